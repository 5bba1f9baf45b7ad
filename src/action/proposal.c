#include "action/proposal.h"

#include <string.h>

#include "action/check.h"
#include "action/scope_mail.h"
#include "action/zoned_day.h"
#include "base/limits.h"
#include "base/money.h"
#include "core/contract_terms.h"
#include "core/plan_check.h"
#include "core/plan_diff.h"
#include "core/plan_price.h"
#include "store/proposal.h"
#include "store/requirement.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_proposals),
    FIELD(struct list_proposals, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_proposals, state, CHOICE, .flags = FROM_QUERY,
          .choices = &proposal_state_choices),
};
static const struct shape list_shape = SHAPE("list_proposals", struct list_proposals, list_fields);

static const struct shape page_shape = PAGE_SHAPE("proposal_page", proposal_shape);

static const struct listing proposals = {
    .shape = &proposal_shape,
    .sorts = (const char *const[]){"revision", "created_at", NULL},
};

static enum error list_proposals(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct list_proposals *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &proposals, &list_shape, in, output, fault);
}

const struct operation list_proposals_operation = {
    .name = "list_proposals",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_proposals,
};

const struct shape proposal_subject_shape = SUBJECT_SHAPE(proposal_id);

const struct operation show_proposal_operation = {
    .name = "show_proposal",
    .permission = PERMIT_READ,
    .in = &proposal_subject_shape,
    .out = &proposal_shape,
};

/* ---- comparing ----------------------------------------------------------------------------- */

static const struct field compare_fields[] = {
    ID_FROM_PATH(struct compare_proposals, proposal_id),
    FIELD(struct compare_proposals, from_id, ID, .flags = FROM_QUERY),
};
static const struct shape compare_shape =
    SHAPE("compare_proposals", struct compare_proposals, compare_fields);

static const struct field difference_fields[] = {
    FIELD(struct proposal_difference, from_revision, INTEGER),
    FIELD(struct proposal_difference, to_revision, INTEGER),
    FIELD(struct proposal_difference, currency, TEXT),
    FIELD(struct proposal_difference, total_minor, MONEY),
    FIELD(struct proposal_difference, difference_minor, MONEY, .flags = NULLABLE),
    FIELD(struct proposal_difference, changes, LIST, .shape = &plan_change_shape),
};
static const struct shape difference_shape =
    SHAPE("proposal_difference", struct proposal_difference, difference_fields);

static enum error load_earlier(struct call *call, const struct proposal *proposal,
                               struct id from_id, struct proposal *earlier, struct fault *fault)
{
    bool found;
    if (id_is_none(from_id)) {
        enum error error = find_proposal_before(&call->store, proposal->engagement_id,
                                                proposal->revision, earlier, &found, fault);
        if (!error && !found)
            return refuse(fault, ERROR_NOT_FOUND, "from_id", "there is no earlier revision");
        return error;
    }
    enum error error = load_row(call, &proposal_shape, from_id, earlier, fault);
    if (error == ERROR_NOT_FOUND ||
        (!error && !id_equal(earlier->engagement_id, proposal->engagement_id)))
        return refuse(fault, ERROR_INVALID, "from_id", "there is no such proposal beside this one");
    return error;
}

static enum error compare_proposals(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct compare_proposals *in = input;
    struct proposal_difference *difference = output;
    struct proposal from, to;
    enum error error = load_row(call, &proposal_shape, in->id, &to, fault);
    if (!error)
        error = load_earlier(call, &to, in->from_id, &from, fault);
    if (error)
        return error;
    *difference = (struct proposal_difference){
        .from_revision = from.revision,
        .to_revision = to.revision,
        .currency = to.currency,
        .total_minor = to.total_minor,
        .difference_minor = INTEGER_NONE,
        .changes = plan_diff(call->arena, from.plan, to.plan),
    };
    if (strcmp(from.currency, to.currency) != 0)
        return OK;
    return money_subtract(to.total_minor, from.total_minor, &difference->difference_minor, fault);
}

const struct operation compare_proposals_operation = {
    .name = "compare_proposals",
    .permission = PERMIT_READ,
    .in = &compare_shape,
    .out = &difference_shape,
    .run = compare_proposals,
};

/* ---- drafting ------------------------------------------------------------------------------ */

/* What the plan itself cannot know, which zones there are, and that it does not go round; and what
 * it leaves unsaid, said. */
static enum error complete_plan(struct call *call, struct plan *plan, struct fault *fault)
{
    contract_terms_complete(plan->terms);
    enum error error = check_time_zone("plan/terms/time_zone", plan->terms->time_zone, fault);
    return error ? error : plan_check_cycle(call->arena, plan, fault);
}

/* One draft at a time: two would not know of each other. */
static enum error check_no_draft(struct call *call, struct id engagement_id, struct fault *fault)
{
    struct list open;
    enum error error = list_open_proposals(&call->store, engagement_id, &open, fault);
    for (size_t i = 0; !error && i < open.count; i++) {
        const struct proposal *proposal = LIST_AT(struct proposal, open, i);
        if (proposal->state == PROPOSAL_DRAFT)
            return refuse(fault, ERROR_CONFLICT, "engagement_id",
                          "revision %lld is a draft already: change that one",
                          (long long)proposal->revision);
    }
    return error;
}

/* Makes draft, whose engagement, plan and last day are given, the next revision. */
static enum error insert_draft(struct call *call, struct proposal *draft, const char *event,
                               struct fault *fault)
{
    struct engagement engagement;
    int64_t last_revision;
    enum error error = load_row(call, &engagement_shape, draft->engagement_id, &engagement, fault);
    if (!error)
        error = engagement_check_open(&engagement, fault);
    if (!error)
        error = check_no_draft(call, engagement.id, fault);
    if (!error)
        error = last_proposal_revision(&call->store, engagement.id, &last_revision, fault);
    if (error)
        return error;
    draft->id = call_id(call);
    draft->state = PROPOSAL_DRAFT;
    draft->revision = last_revision + 1;
    draft->created_at = call->now_ms;
    error = proposal_edit(draft, draft->plan, draft->valid_until_day, fault);
    if (error)
        return error;
    happened(call, event, draft->id, engagement.id);
    return insert_row(call, &proposal_shape, draft, fault);
}

static const struct field create_fields[] = {
    FIELD(struct proposal, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct proposal, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
    FIELD(struct proposal, valid_until_day, DAY, .flags = REQUIRED),
};
static const struct shape create_shape = SHAPE("create_proposal", struct proposal, create_fields);

static enum error create_proposal(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct proposal *in = input;
    struct proposal *proposal = output;
    enum error error = complete_plan(call, in->plan, fault);
    if (error)
        return error;
    shape_copy(&create_shape, in, proposal);
    proposal->engagement_id = in->engagement_id;
    return insert_draft(call, proposal, "proposal.drafted", fault);
}

const struct operation create_proposal_operation = {
    .name = "create_proposal",
    .permission = PERMIT_WRITE_PROPOSAL,
    .writes = true,
    .in = &create_shape,
    .out = &proposal_shape,
    .run = create_proposal,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct proposal, proposal_id),
    FIELD(struct proposal, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
    FIELD(struct proposal, valid_until_day, DAY, .flags = REQUIRED),
};
static const struct shape change_shape = SHAPE("change_proposal", struct proposal, change_fields);

static enum error change_proposal(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct proposal *in = input;
    struct proposal *proposal = output;
    enum error error = complete_plan(call, in->plan, fault);
    if (!error)
        error = load_subject(call, &proposal_shape, in->id, proposal, fault);
    if (!error)
        error = proposal_edit(proposal, in->plan, in->valid_until_day, fault);
    if (error)
        return error;
    happened(call, "proposal.changed", proposal->id, proposal->engagement_id);
    return save_row(call, &proposal_shape, proposal, fault);
}

const struct operation change_proposal_operation = {
    .name = "change_proposal",
    .permission = PERMIT_WRITE_PROPOSAL,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &proposal_shape,
    .run = change_proposal,
};

static const struct field settle_fields[] = {
    ID_FROM_PATH(struct settle_proposal, proposal_id),
    FIELD(struct settle_proposal, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
};
static const struct shape settle_shape =
    SHAPE("settle_proposal", struct settle_proposal, settle_fields);

static enum error settle_proposal(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct settle_proposal *in = input;
    struct proposal *proposal = output;
    enum error error = load_subject(call, &proposal_shape, in->id, proposal, fault);
    if (!error)
        error = plan_put_difference(proposal->plan, in->code, fault);
    if (!error)
        error = proposal_edit(proposal, proposal->plan, proposal->valid_until_day, fault);
    if (error)
        return error;
    happened(call, "proposal.changed", proposal->id, proposal->engagement_id);
    return save_row(call, &proposal_shape, proposal, fault);
}

const struct operation settle_proposal_operation = {
    .name = "settle_proposal",
    .permission = PERMIT_WRITE_PROPOSAL,
    .writes = true,
    .in = &settle_shape,
    .out = &proposal_shape,
    .run = settle_proposal,
};

static enum error revise_proposal(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct subject *in = input;
    struct proposal *draft = output;
    struct proposal before;
    enum error error = load_subject(call, &proposal_shape, in->id, &before, fault);
    if (error)
        return error;
    draft->engagement_id = before.engagement_id;
    draft->plan = before.plan;
    draft->valid_until_day = before.valid_until_day;
    return insert_draft(call, draft, "proposal.revised", fault);
}

const struct operation revise_proposal_operation = {
    .name = "revise_proposal",
    .permission = PERMIT_WRITE_PROPOSAL,
    .writes = true,
    .in = &proposal_subject_shape,
    .out = &proposal_shape,
    .run = revise_proposal,
};

/* ---- sending and withdrawing --------------------------------------------------------------- */

enum error load_proposal_setting(struct call *call, struct id engagement_id,
                                 struct proposal_setting *setting, struct fault *fault)
{
    bool found = false;
    enum error error =
        load_row(call, &engagement_shape, engagement_id, &setting->engagement, fault);
    if (!error)
        error = list_requirements_of(&call->store, engagement_id, &setting->requirements, fault);
    if (!error)
        error =
            find_confirmation(&call->store, engagement_id, &setting->confirmation, &found, fault);
    if (error)
        return error;
    setting->basis = (struct proposal_basis){
        .engagement = &setting->engagement,
        .requirements = &setting->requirements,
        .confirmation = found ? &setting->confirmation : NULL,
        .today = call_today(call, setting->engagement.time_zone),
    };
    return OK;
}

enum error supersede_proposals(struct call *call, const struct list *open, struct id except,
                               int64_t last_revision, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < open->count; i++) {
        struct proposal *proposal = LIST_AT(struct proposal, *open, i);
        if (id_equal(proposal->id, except) || proposal->revision > last_revision)
            continue;
        error = proposal_supersede(proposal, fault);
        if (error)
            return error;
        happened(call, "proposal.superseded", proposal->id, proposal->engagement_id);
        error = save_row(call, &proposal_shape, proposal, fault);
    }
    return error;
}

/* The first moment at which the proposal is no longer valid. */
static int64_t end_of_validity(const struct proposal *proposal, const struct engagement *engagement)
{
    return zoned_day_start(engagement->time_zone, proposal->valid_until_day + 1);
}

static enum error send_proposal(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct subject *in = input;
    struct proposal *proposal = output;
    struct proposal_setting setting;
    struct list open;
    enum error error = load_subject(call, &proposal_shape, in->id, proposal, fault);
    if (!error)
        error = load_proposal_setting(call, proposal->engagement_id, &setting, fault);
    if (!error)
        error = list_open_proposals(&call->store, proposal->engagement_id, &open, fault);
    if (!error)
        error = proposal_send(call->arena, proposal, &setting.basis, call->now_ms, fault);
    if (!error)
        error = engagement_advance(&setting.engagement, ENGAGEMENT_PROPOSE, fault);
    if (error)
        return error;
    happened(call, "proposal.sent", proposal->id, proposal->engagement_id);
    error = save_row(call, &proposal_shape, proposal, fault);
    if (!error)
        error = save_row(call, &engagement_shape, &setting.engagement, fault);
    if (!error)
        error = supersede_proposals(call, &open, proposal->id, proposal->revision, fault);
    if (!error)
        error = schedule_job(call, JOB_EXPIRE_PROPOSAL, proposal->id, proposal->engagement_id,
                             end_of_validity(proposal, &setting.engagement), fault);
    return error ? error : mail_proposal_sent(call, &setting.engagement, proposal, fault);
}

const struct operation send_proposal_operation = {
    .name = "send_proposal",
    .permission = PERMIT_SEND_PROPOSAL,
    .writes = true,
    .in = &proposal_subject_shape,
    .out = &proposal_shape,
    .run = send_proposal,
};

static enum error withdraw_proposal(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct subject *in = input;
    struct proposal *proposal = output;
    struct engagement engagement;
    enum error error = load_subject(call, &proposal_shape, in->id, proposal, fault);
    if (!error)
        error = load_row(call, &engagement_shape, proposal->engagement_id, &engagement, fault);
    if (!error)
        error = proposal_withdraw(proposal, fault);
    if (error)
        return error;
    happened(call, "proposal.withdrawn", proposal->id, proposal->engagement_id);
    error = save_row(call, &proposal_shape, proposal, fault);
    if (error || proposal->sent_at == 0)
        return error;
    return mail_proposal_withdrawn(call, &engagement, proposal, fault);
}

const struct operation withdraw_proposal_operation = {
    .name = "withdraw_proposal",
    .permission = PERMIT_SEND_PROPOSAL,
    .writes = true,
    .in = &proposal_subject_shape,
    .out = &proposal_shape,
    .run = withdraw_proposal,
};
