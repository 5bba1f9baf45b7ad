#include "action/obligation.h"

#include "action/obligation_clock.h"
#include "action/obligation_mail.h"
#include "action/task.h"
#include "base/limits.h"
#include "core/code.h"
#include "core/contact.h"
#include "core/engagement.h"
#include "store/obligation.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_obligations),
    FIELD(struct list_obligations, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_obligations, state, CHOICE, .flags = FROM_QUERY,
          .choices = &obligation_state_choices),
    FIELD(struct list_obligations, contact_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_obligations, due_before, DAY, .flags = FROM_QUERY),
};
static const struct shape list_shape =
    SHAPE("list_obligations", struct list_obligations, list_fields);

static const struct shape page_shape = PAGE_SHAPE("obligation_page", obligation_shape);

static const struct list_filter filters[] = {{"due_before", "due_day < :due_before"}, {0}};

static const struct listing obligations = {
    .shape = &obligation_shape,
    .sorts = (const char *const[]){"code", "due_day", NULL},
    .filters = filters,
};

static enum error list_obligations(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct list_obligations *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &obligations, &list_shape, in, output, fault);
}

const struct operation list_obligations_operation = {
    .name = "list_obligations",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_obligations,
};

static const struct shape subject_shape = SUBJECT_SHAPE(obligation_id);

const struct operation show_obligation_operation = {
    .name = "show_obligation",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &obligation_shape,
};

static const struct field slips_fields[] = {
    PAGE_QUERY_FIELDS(struct list_obligation_slips),
    FIELD(struct list_obligation_slips, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_obligation_slips, obligation_id, ID, .flags = FROM_QUERY),
};
static const struct shape slips_shape =
    SHAPE("list_obligation_slips", struct list_obligation_slips, slips_fields);

static const struct shape slip_page_shape =
    PAGE_SHAPE("obligation_slip_page", obligation_slip_shape);

static const struct listing slips = {.shape = &obligation_slip_shape};

static enum error list_obligation_slips(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    const struct list_obligation_slips *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &slips, &slips_shape, in, output, fault);
}

const struct operation list_obligation_slips_operation = {
    .name = "list_obligation_slips",
    .permission = PERMIT_READ,
    .in = &slips_shape,
    .out = &slip_page_shape,
    .run = list_obligation_slips,
};

/* ---- asking -------------------------------------------------------------------------------- */

static enum error load_working(struct call *call, struct id engagement_id,
                               struct engagement *engagement, struct fault *fault)
{
    enum error error = load_row(call, &engagement_shape, engagement_id, engagement, fault);
    return error ? error : engagement_check_work(engagement, fault);
}

/* One of the client's, who can be written to. */
static enum error check_contact(struct call *call, const struct engagement *engagement,
                                struct id contact_id, struct fault *fault)
{
    struct contact contact;
    if (id_is_none(contact_id))
        return OK;
    enum error error = load_row(call, &contact_shape, contact_id, &contact, fault);
    if (error && error != ERROR_NOT_FOUND)
        return error;
    if (error || !id_equal(contact.client_id, engagement->client_id) ||
        contact_check_active(&contact, NULL) != OK)
        return refuse(fault, ERROR_INVALID, "contact_id",
                      "the client of this engagement has no such contact");
    return OK;
}

static enum error check_obligation(struct call *call, const struct engagement *engagement,
                                   const struct obligation *obligation,
                                   const struct obligation *was, struct fault *fault)
{
    struct plan_lists lists;
    enum error error = load_work_plan(call, engagement->id, &lists, fault);
    if (!error)
        error = obligation_check(obligation, was, &lists.milestones, &lists.tasks, lists.plan.today,
                                 fault);
    if (error || (was && id_equal(was->contact_id, obligation->contact_id)))
        return error;
    return check_contact(call, engagement, obligation->contact_id, fault);
}

#define ASKED_FIELDS                                                                               \
    FIELD(struct obligation, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),                  \
        FIELD(struct obligation, due_day, DAY, .flags = REQUIRED),                                 \
        FIELD(struct obligation, contact_id, ID),                                                  \
        FIELD(struct obligation, milestones, LIST, .limit = SHORT_LIST_LIMIT,                      \
              .shape = &waiting_milestone_shape),                                                  \
        FIELD(struct obligation, tasks, LIST, .limit = SHORT_LIST_LIMIT,                           \
              .shape = &waiting_task_shape)

static const struct field create_fields[] = {
    FIELD(struct obligation, engagement_id, ID, .flags = FROM_PATH),
    ASKED_FIELDS,
};
static const struct shape create_shape =
    SHAPE("create_obligation", struct obligation, create_fields);

static enum error create_obligation(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct obligation *in = input;
    struct obligation *obligation = output;
    struct engagement engagement;
    struct list others;
    enum error error = load_working(call, in->engagement_id, &engagement, fault);
    if (!error)
        error = list_obligations_of(&call->store, engagement.id, &others, fault);
    if (error)
        return error;
    if (others.count >= OBLIGATIONS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "obligations", "an engagement has at most %d",
                      OBLIGATIONS_LIMIT);
    shape_init(&obligation_shape, obligation);
    shape_copy(&create_shape, in, obligation);
    obligation->id = call_id(call);
    obligation->engagement_id = engagement.id;
    obligation->code = obligation_next_code(call->arena, &others);
    obligation->created_at = call->now_ms;
    error = check_obligation(call, &engagement, obligation, NULL, fault);
    if (error)
        return error;
    happened(call, "obligation.created", obligation->id, engagement.id);
    error = insert_row(call, &obligation_shape, obligation, fault);
    if (!error)
        error = schedule_obligation(call, &engagement, obligation, fault);
    return error ? error : mail_obligation_asked(call, &engagement, obligation, fault);
}

const struct operation create_obligation_operation = {
    .name = "create_obligation",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &create_shape,
    .out = &obligation_shape,
    .run = create_obligation,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct obligation, obligation_id),
    ASKED_FIELDS,
};
static const struct shape change_shape =
    SHAPE("change_obligation", struct obligation, change_fields);

static enum error change_obligation(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct obligation *in = input;
    struct obligation *obligation = output;
    struct engagement engagement;
    enum error error = load_subject(call, &obligation_shape, in->id, obligation, fault);
    if (!error)
        error = load_working(call, obligation->engagement_id, &engagement, fault);
    if (!error && obligation->state != OBLIGATION_OPEN)
        error = refuse(fault, ERROR_WRONG_STATE, "state", "the obligation is %s",
                       choice_name(&obligation_state_choices, (int)obligation->state));
    if (error)
        return error;
    struct obligation was = *obligation;
    shape_copy(&change_shape, in, obligation);
    error = check_obligation(call, &engagement, obligation, &was, fault);
    if (error)
        return error;
    happened(call, "obligation.changed", obligation->id, engagement.id);
    error = save_row(call, &obligation_shape, obligation, fault);
    if (error || was.due_day == obligation->due_day)
        return error;
    error = schedule_obligation(call, &engagement, obligation, fault);
    return error ? error : mail_obligation_asked(call, &engagement, obligation, fault);
}

const struct operation change_obligation_operation = {
    .name = "change_obligation",
    .permission = PERMIT_PLAN,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &obligation_shape,
    .run = change_obligation,
};

/* ---- its end ------------------------------------------------------------------------------- */

static enum error load_to_close(struct call *call, struct id id, struct obligation *obligation,
                                struct engagement *engagement, struct fault *fault)
{
    enum error error = load_subject(call, &obligation_shape, id, obligation, fault);
    if (!error)
        error = load_row(call, &engagement_shape, obligation->engagement_id, engagement, fault);
    return error ? error : engagement_check_decision(engagement, fault);
}

static void sign_off(const struct call *call, const struct engagement *engagement,
                     struct obligation *obligation, const char *note)
{
    obligation->closed_day = call_today(call, engagement->time_zone);
    obligation->closed_at = call->now_ms;
    obligation->closed_by_kind = call->actor.kind;
    obligation->closed_by = call->actor.id;
    obligation->closed_by_name = call->actor.name;
    obligation->note = note;
}

static const struct field fulfil_fields[] = {
    ID_FROM_PATH(struct close_obligation, obligation_id),
    FIELD(struct close_obligation, note, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape fulfil_shape =
    SHAPE("fulfil_obligation", struct close_obligation, fulfil_fields);

static enum error fulfil_obligation(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct close_obligation *in = input;
    struct obligation *obligation = output;
    struct engagement engagement;
    enum error error = load_to_close(call, in->id, obligation, &engagement, fault);
    if (!error)
        error = obligation_advance(obligation, OBLIGATION_FULFIL, fault);
    if (error)
        return error;
    sign_off(call, &engagement, obligation, in->note);
    happened(call, "obligation.fulfilled", obligation->id, engagement.id);
    error = save_row(call, &obligation_shape, obligation, fault);
    return error ? error : mail_obligation_fulfilled(call, &engagement, obligation, fault);
}

const struct operation fulfil_obligation_operation = {
    .name = "fulfil_obligation",
    .permission = PERMIT_FULFIL,
    .writes = true,
    .in = &fulfil_shape,
    .out = &obligation_shape,
    .run = fulfil_obligation,
};

static const struct field reason_fields[] = {
    ID_FROM_PATH(struct close_obligation, obligation_id),
    FIELD(struct close_obligation, note, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape waive_shape =
    SHAPE("waive_obligation", struct close_obligation, reason_fields);

static enum error waive_obligation(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct close_obligation *in = input;
    struct obligation *obligation = output;
    struct engagement engagement;
    enum error error = load_to_close(call, in->id, obligation, &engagement, fault);
    if (!error)
        error = text_check(in->note, "note", fault);
    if (!error)
        error = obligation_advance(obligation, OBLIGATION_WAIVE, fault);
    if (error)
        return error;
    sign_off(call, &engagement, obligation, in->note);
    happened(call, "obligation.waived", obligation->id, engagement.id);
    return save_row(call, &obligation_shape, obligation, fault);
}

const struct operation waive_obligation_operation = {
    .name = "waive_obligation",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &waive_shape,
    .out = &obligation_shape,
    .run = waive_obligation,
};

static const struct shape reopen_shape =
    SHAPE("reopen_obligation", struct close_obligation, reason_fields);

/* The count goes on from the day that was counted last. */
static enum error reopen_obligation(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct close_obligation *in = input;
    struct obligation *obligation = output;
    struct engagement engagement;
    enum error error = load_to_close(call, in->id, obligation, &engagement, fault);
    if (!error)
        error = text_check(in->note, "note", fault);
    if (!error)
        error = obligation_advance(obligation, OBLIGATION_REOPEN, fault);
    if (error)
        return error;
    obligation->note = in->note;
    happened(call, "obligation.reopened", obligation->id, engagement.id);
    error = save_row(call, &obligation_shape, obligation, fault);
    int32_t counted = obligation->counted_day > obligation->due_day ? obligation->counted_day
                                                                    : obligation->due_day;
    return error ? error : schedule_next_late_day(call, &engagement, obligation, counted, fault);
}

const struct operation reopen_obligation_operation = {
    .name = "reopen_obligation",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &reopen_shape,
    .out = &obligation_shape,
    .run = reopen_obligation,
};
