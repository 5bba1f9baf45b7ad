#include "action/requirement.h"

#include "action/scope_mail.h"
#include "base/limits.h"
#include "core/engagement.h"
#include "store/log.h"
#include "store/recipient.h"
#include "store/requirement.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_requirements),
    FIELD(struct list_requirements, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_requirements, state, CHOICE, .flags = FROM_QUERY,
          .choices = &requirement_state_choices),
    FIELD(struct list_requirements, code, TEXT, .flags = FROM_QUERY, .limit = CODE_LIMIT),
};
static const struct shape list_shape =
    SHAPE("list_requirements", struct list_requirements, list_fields);

static const struct shape page_shape = PAGE_SHAPE("requirement_page", requirement_shape);

static const struct listing requirement_listing = {
    .shape = &requirement_shape,
    .sorts = (const char *const[]){"code", "created_at", NULL},
};

static enum error check_engagement(struct call *call, struct id id, struct fault *fault)
{
    struct engagement engagement;
    return load_row(call, &engagement_shape, id, &engagement, fault);
}

static enum error list_requirements(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    struct list_requirements query = *(const struct list_requirements *)input;
    enum error error = check_engagement(call, query.engagement_id, fault);
    if (error)
        return error;
    if (!query.state && !query.code)
        query.state = REQUIREMENT_CURRENT;
    return store_page(&call->store, &requirement_listing, &list_shape, &query, output, fault);
}

const struct operation list_requirements_operation = {
    .name = "list_requirements",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_requirements,
};

static const struct shape subject_shape = SUBJECT_SHAPE(requirement_id);

const struct operation show_requirement_operation = {
    .name = "show_requirement",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &requirement_shape,
};

/* ---- writing ------------------------------------------------------------------------------- */

/* Loads the engagement, whose scope must still be open, and all its requirements. */
static enum error load_scope(struct call *call, struct id engagement_id,
                             struct engagement *engagement, struct list *requirements,
                             struct fault *fault)
{
    enum error error = load_row(call, &engagement_shape, engagement_id, engagement, fault);
    if (!error)
        error = engagement_check_open(engagement, fault);
    if (!error)
        error = list_requirements_of(&call->store, engagement_id, requirements, fault);
    return error;
}

/* The criteria are about to be numbered, and the input must not change. */
static void own_criteria(struct call *call, struct requirement *requirement)
{
    struct list *criteria = &requirement->criteria;
    if (criteria->count > 0)
        criteria->rows =
            arena_copy(call->arena, criteria->rows, criteria->count * sizeof(struct criterion));
}

static const struct field add_fields[] = {
    FIELD(struct requirement, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct requirement, code, TEXT, .limit = CODE_LIMIT),
    FIELD(struct requirement, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct requirement, priority, CHOICE, .flags = REQUIRED, .choices = &priority_choices),
    FIELD(struct requirement, criteria, LIST, .limit = SHORT_LIST_LIMIT, .shape = &criterion_shape),
};
static const struct shape add_shape = SHAPE("add_requirement", struct requirement, add_fields);

static enum error add_requirement(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct requirement *in = input;
    struct requirement *requirement = output;
    struct engagement engagement;
    struct list others;
    enum error error = load_scope(call, in->engagement_id, &engagement, &others, fault);
    if (error)
        return error;
    shape_copy(&add_shape, in, requirement);
    requirement->id = call_id(call);
    requirement->engagement_id = in->engagement_id;
    requirement->revision = 1;
    requirement->state = REQUIREMENT_CURRENT;
    requirement->created_at = call->now_ms;
    if (!requirement->code)
        requirement->code = requirement_next_code(call->arena, &others);
    own_criteria(call, requirement);
    requirement_number_criteria(call->arena, requirement, &others);
    error = requirement_check(requirement, &others, fault);
    if (error)
        return error;
    happened(call, "requirement.added", requirement->id, requirement->engagement_id);
    return insert_row(call, &requirement_shape, requirement, fault);
}

const struct operation add_requirement_operation = {
    .name = "add_requirement",
    .permission = PERMIT_WRITE_REQUIREMENTS,
    .writes = true,
    .in = &add_shape,
    .out = &requirement_shape,
    .run = add_requirement,
};

static const struct field revise_fields[] = {
    ID_FROM_PATH(struct requirement, requirement_id),
    FIELD(struct requirement, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct requirement, priority, CHOICE, .flags = REQUIRED, .choices = &priority_choices),
    FIELD(struct requirement, criteria, LIST, .limit = SHORT_LIST_LIMIT, .shape = &criterion_shape),
};
static const struct shape revise_shape =
    SHAPE("revise_requirement", struct requirement, revise_fields);

static enum error revise_requirement(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct requirement *in = input;
    struct requirement *next = output;
    struct requirement current;
    struct engagement engagement;
    struct list others;
    enum error error = load_subject(call, &requirement_shape, in->id, &current, fault);
    if (!error)
        error = load_scope(call, current.engagement_id, &engagement, &others, fault);
    if (error)
        return error;
    shape_copy(&revise_shape, in, next);
    next->id = call_id(call);
    next->created_at = call->now_ms;
    own_criteria(call, next);
    error = requirement_revise(&current, next, fault);
    if (error)
        return error;
    requirement_number_criteria(call->arena, next, &others);
    error = requirement_check(next, &others, fault);
    if (error)
        return error;
    happened(call, "requirement.revised", next->id, next->engagement_id);
    error = save_row(call, &requirement_shape, &current, fault);
    return error ? error : insert_row(call, &requirement_shape, next, fault);
}

const struct operation revise_requirement_operation = {
    .name = "revise_requirement",
    .permission = PERMIT_WRITE_REQUIREMENTS,
    .writes = true,
    .in = &revise_shape,
    .out = &requirement_shape,
    .run = revise_requirement,
};

static enum error withdraw_requirement(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct subject *in = input;
    struct requirement *requirement = output;
    struct engagement engagement;
    struct list others;
    enum error error = load_subject(call, &requirement_shape, in->id, requirement, fault);
    if (!error)
        error = load_scope(call, requirement->engagement_id, &engagement, &others, fault);
    if (!error)
        error = requirement_withdraw(requirement, fault);
    if (error)
        return error;
    happened(call, "requirement.withdrawn", requirement->id, requirement->engagement_id);
    return save_row(call, &requirement_shape, requirement, fault);
}

const struct operation withdraw_requirement_operation = {
    .name = "withdraw_requirement",
    .permission = PERMIT_WRITE_REQUIREMENTS,
    .writes = true,
    .in = &subject_shape,
    .out = &requirement_shape,
    .run = withdraw_requirement,
};

/* ---- the set ------------------------------------------------------------------------------- */

static enum error load_set(struct call *call, struct id engagement_id, struct list *requirements,
                           struct requirement_confirmation *confirmation, bool *is_confirmed,
                           struct fault *fault)
{
    bool found = false;
    enum error error = list_requirements_of(&call->store, engagement_id, requirements, fault);
    if (!error)
        error = find_confirmation(&call->store, engagement_id, confirmation, &found, fault);
    if (!error)
        *is_confirmed =
            requirement_set_is_confirmed(call->arena, requirements, found ? confirmation : NULL);
    return error;
}

static const struct field set_fields[] = {
    FIELD(struct requirement_set, engagement_id, ID),
    FIELD(struct requirement_set, set_hash, HASH),
    FIELD(struct requirement_set, is_confirmed, BOOLEAN),
    FIELD(struct requirement_set, confirmed_at, MOMENT),
    FIELD(struct requirement_set, asked_at, MOMENT),
    FIELD(struct requirement_set, requirements, LIST, .limit = LIST_LIMIT,
          .shape = &requirement_statement_shape),
};
static const struct shape requirement_set_shape =
    SHAPE("requirement_set", struct requirement_set, set_fields);

static const struct shape set_subject_shape = SUBJECT_SHAPE(engagement_id);

/* The log remembers it, and nothing else needs it. */
static enum error find_asked(struct call *call, struct id engagement_id, int64_t *asked_at,
                             struct fault *fault)
{
    const struct leaf_filter last = {.event = "requirements.sent",
                                     .subject_id = engagement_id,
                                     .first = LOG_SIZE_LIMIT,
                                     .is_falling = true};
    struct list leaves;
    enum error error = find_leaves(&call->store, &last, 1, &leaves, fault);
    *asked_at = !error && leaves.count > 0 ? LIST_AT(struct leaf_row, leaves, 0)->at : 0;
    return error;
}

static enum error show_requirement_set(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct subject *in = input;
    struct requirement_set *set = output;
    struct list requirements;
    struct requirement_confirmation confirmation;
    enum error error = check_engagement(call, in->id, fault);
    if (!error)
        error = load_set(call, in->id, &requirements, &confirmation, &set->is_confirmed, fault);
    if (!error)
        error = find_asked(call, in->id, &set->asked_at, fault);
    if (error)
        return error;
    set->engagement_id = in->id;
    set->set_hash = requirement_set_hash(call->arena, &requirements);
    set->requirements = requirement_statements(call->arena, &requirements);
    if (set->is_confirmed && set->requirements.count > 0)
        set->confirmed_at = confirmation.confirmed_at;
    return OK;
}

const struct operation show_requirement_set_operation = {
    .name = "show_requirement_set",
    .permission = PERMIT_READ,
    .in = &set_subject_shape,
    .out = &requirement_set_shape,
    .run = show_requirement_set,
};

static enum error check_sendable(struct arena *arena, const struct list *requirements,
                                 bool is_confirmed, const struct list *approvers,
                                 struct fault *fault)
{
    if (requirement_statements(arena, requirements).count == 0)
        return refuse(fault, ERROR_WRONG_STATE, "requirements", "there are none yet");
    if (is_confirmed)
        return refuse(fault, ERROR_WRONG_STATE, "requirements", "they are confirmed as they stand");
    if (approvers->count == 0)
        return refuse(fault, ERROR_CONFLICT, "client", "the client has no approver to be asked");
    return OK;
}

static enum error send_requirements(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct subject *in = input;
    struct engagement engagement;
    struct list requirements;
    struct list approvers;
    struct requirement_confirmation last;
    bool is_confirmed;
    (void)output;
    enum error error = load_row(call, &engagement_shape, in->id, &engagement, fault);
    if (!error)
        error = engagement_check_open(&engagement, fault);
    if (!error)
        error = load_set(call, in->id, &requirements, &last, &is_confirmed, fault);
    if (!error)
        error = list_role_recipients(&call->store, engagement.client_id, CONTACT_APPROVER,
                                     &approvers, fault);
    if (!error)
        error = check_sendable(call->arena, &requirements, is_confirmed, &approvers, fault);
    if (error)
        return error;
    happened(call, "requirements.sent", engagement.id, engagement.id);
    return mail_requirements_sent(call, &engagement, &approvers, fault);
}

const struct operation send_requirements_operation = {
    .name = "send_requirements",
    .permission = PERMIT_WRITE_REQUIREMENTS,
    .writes = true,
    .in = &set_subject_shape,
    .run = send_requirements,
};

static const struct field confirm_fields[] = {
    FIELD(struct confirm_requirements, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct confirm_requirements, set_hash, HASH, .flags = REQUIRED),
};
static const struct shape confirm_shape =
    SHAPE("confirm_requirements", struct confirm_requirements, confirm_fields);

static enum error confirm_requirements(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct confirm_requirements *in = input;
    struct requirement_confirmation *confirmation = output;
    struct engagement engagement;
    struct list requirements;
    enum error error = load_scope(call, in->engagement_id, &engagement, &requirements, fault);
    if (!error)
        error = requirement_confirm(call->arena, &requirements, in->set_hash, call->actor.id,
                                    call->now_ms, confirmation, fault);
    if (error)
        return error;
    confirmation->id = call_id(call);
    happened(call, "requirements.confirmed", confirmation->id, in->engagement_id);
    error = insert_row(call, &requirement_confirmation_shape, confirmation, fault);
    for (size_t i = 0; !error && i < requirements.count; i++) {
        struct requirement *requirement = LIST_AT(struct requirement, requirements, i);
        if (requirement->state == REQUIREMENT_CURRENT)
            error = save_row(call, &requirement_shape, requirement, fault);
    }
    return error ? error : mail_requirements_confirmed(call, &engagement, confirmation, fault);
}

const struct operation confirm_requirements_operation = {
    .name = "confirm_requirements",
    .permission = PERMIT_CONFIRM_REQUIREMENTS,
    .writes = true,
    .in = &confirm_shape,
    .out = &requirement_confirmation_shape,
    .run = confirm_requirements,
};

static const struct field confirmations_fields[] = {
    PAGE_QUERY_FIELDS(struct list_confirmations),
    FIELD(struct list_confirmations, engagement_id, ID, .flags = FROM_PATH),
};
static const struct shape confirmations_shape =
    SHAPE("list_requirement_confirmations", struct list_confirmations, confirmations_fields);

static const struct shape confirmation_page_shape =
    PAGE_SHAPE("requirement_confirmation_page", requirement_confirmation_shape);

static const struct listing confirmation_listing = {.shape = &requirement_confirmation_shape};

static enum error list_confirmations(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct list_confirmations *in = input;
    enum error error = check_engagement(call, in->engagement_id, fault);
    return error ? error
                 : store_page(&call->store, &confirmation_listing, &confirmations_shape, in, output,
                              fault);
}

const struct operation list_requirement_confirmations_operation = {
    .name = "list_requirement_confirmations",
    .permission = PERMIT_READ,
    .in = &confirmations_shape,
    .out = &confirmation_page_shape,
    .run = list_confirmations,
};
