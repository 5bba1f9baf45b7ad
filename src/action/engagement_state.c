#include "action/baseline.h"
#include "action/engagement.h"
#include "action/scope_mail.h"
#include "base/limits.h"
#include "core/contract.h"
#include "core/proposal.h"
#include "store/contract.h"
#include "store/proposal.h"

/* ---- kickoff ------------------------------------------------------------------------------- */

static const struct field kickoff_fields[] = {
    ID_FROM_PATH(struct engagement, engagement_id),
    FIELD(struct engagement, kickoff_day, DAY, .flags = REQUIRED),
    FIELD(struct engagement, kickoff_note, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape kickoff_shape = SHAPE("kick_off", struct engagement, kickoff_fields);

static enum error kick_off(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct engagement *in = input;
    struct engagement *engagement = output;
    struct baseline baseline;
    enum error error = load_subject(call, &engagement_shape, in->id, engagement, fault);
    if (!error)
        error = engagement_kick_off(engagement, in->kickoff_day, in->kickoff_note, fault);
    if (!error)
        error = make_kickoff_baseline(call, engagement->id, &baseline, fault);
    if (error)
        return error;
    happened(call, "engagement.kicked_off", engagement->id, engagement->id);
    error = save_row(call, &engagement_shape, engagement, fault);
    if (!error)
        error = keep_baseline(call, &baseline, fault);
    return error ? error : mail_kickoff(call, engagement, fault);
}

const struct operation kick_off_operation = {
    .name = "kick_off",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &kickoff_shape,
    .out = &engagement_shape,
    .run = kick_off,
};

/* ---- engagement and contract, step by step ------------------------------------------------- */

/* What a step does to the contract that stands. */
typedef enum error contract_step(struct contract *contract, const char *reason, int64_t now_ms,
                                 struct fault *fault);

struct course {
    enum engagement_event event;
    const char *name; /* of what happened */
    contract_step *step;
};

static enum error go(struct call *call, struct engagement *engagement, const struct course *course,
                     const char *reason, struct fault *fault)
{
    struct contract contract;
    bool found = false;
    enum error error = engagement_advance(engagement, course->event, fault);
    if (!error)
        error = find_standing_contract(&call->store, engagement->id, &contract, &found, fault);
    if (!error && found)
        error = course->step(&contract, reason, call->now_ms, fault);
    if (error)
        return error;
    happened(call, course->name, engagement->id, engagement->id);
    error = save_row(call, &engagement_shape, engagement, fault);
    if (!error && found)
        error = save_row(call, &contract_shape, &contract, fault);
    return error ? error : mail_engagement_state(call, engagement, reason, fault);
}

static enum error take_course(struct call *call, struct id id, const struct course *course,
                              const char *reason, struct engagement *engagement,
                              struct fault *fault)
{
    enum error error = load_subject(call, &engagement_shape, id, engagement, fault);
    return error ? error : go(call, engagement, course, reason, fault);
}

static const struct field reason_fields[] = {
    ID_FROM_PATH(struct engagement_reason, engagement_id),
    FIELD(struct engagement_reason, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape reason_shape =
    SHAPE("engagement_reason", struct engagement_reason, reason_fields);

static enum error suspend_step(struct contract *contract, const char *reason, int64_t now_ms,
                               struct fault *fault)
{
    (void)now_ms;
    return contract_suspend(contract, reason, fault);
}

static enum error suspend_engagement(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    static const struct course course = {ENGAGEMENT_SUSPEND, "engagement.suspended", suspend_step};
    const struct engagement_reason *in = input;
    return take_course(call, in->id, &course, in->reason, output, fault);
}

const struct operation suspend_engagement_operation = {
    .name = "suspend_engagement",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &reason_shape,
    .out = &engagement_shape,
    .run = suspend_engagement,
};

static enum error resume_step(struct contract *contract, const char *reason, int64_t now_ms,
                              struct fault *fault)
{
    (void)reason;
    (void)now_ms;
    return contract_resume(contract, fault);
}

static enum error resume_engagement(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    static const struct course course = {ENGAGEMENT_RESUME, "engagement.resumed", resume_step};
    const struct subject *in = input;
    return take_course(call, in->id, &course, NULL, output, fault);
}

const struct operation resume_engagement_operation = {
    .name = "resume_engagement",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &engagement_subject_shape,
    .out = &engagement_shape,
    .run = resume_engagement,
};

/* ---- ends ---------------------------------------------------------------------------------- */

static enum error complete_step(struct contract *contract, const char *reason, int64_t now_ms,
                                struct fault *fault)
{
    (void)reason;
    return contract_complete(contract, now_ms, fault);
}

/* Nothing can be changed or ended in what is complete. */
static enum error check_finished(const struct unfinished *unfinished, struct fault *fault)
{
    if (unfinished->milestones > 0)
        return refuse(fault, ERROR_WRONG_STATE, "milestones",
                      "%lld of its milestones are not accepted yet",
                      (long long)unfinished->milestones);
    if (unfinished->recurring > 0)
        return refuse(fault, ERROR_WRONG_STATE, "milestones",
                      "%lld of its milestones are not billed to their end yet",
                      (long long)unfinished->recurring);
    if (unfinished->change_orders > 0)
        return refuse(fault, ERROR_WRONG_STATE, "change_orders",
                      "%lld of its change orders are not decided or not in effect yet",
                      (long long)unfinished->change_orders);
    return OK;
}

static const struct course completion = {ENGAGEMENT_COMPLETE, "engagement.completed",
                                         complete_step};

static enum error complete_engagement(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct subject *in = input;
    struct engagement *engagement = output;
    struct unfinished unfinished;
    enum error error = load_subject(call, &engagement_shape, in->id, engagement, fault);
    if (!error)
        error = find_unfinished(&call->store, in->id, &unfinished, fault);
    if (!error)
        error = check_finished(&unfinished, fault);
    return error ? error : go(call, engagement, &completion, NULL, fault);
}

enum error complete_if_finished(struct call *call, struct id engagement_id, struct fault *fault)
{
    struct engagement engagement;
    struct unfinished unfinished;
    struct fault why = {0};
    enum error error = load_row(call, &engagement_shape, engagement_id, &engagement, fault);
    if (error || engagement.state != ENGAGEMENT_ACTIVE)
        return error;
    error = find_unfinished(&call->store, engagement_id, &unfinished, fault);
    if (error || check_finished(&unfinished, &why) != OK)
        return error;
    error = go(call, &engagement, &completion, NULL, fault);
    return error ? error : mail_completed(call, &engagement, fault);
}

const struct operation complete_engagement_operation = {
    .name = "complete_engagement",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &engagement_subject_shape,
    .out = &engagement_shape,
    .run = complete_engagement,
};

/* What was signed is terminated. What still waits for signatures is declined with it; a draft that
 * nobody has seen stays one and can never be sent. */
static enum error terminate_step(struct contract *contract, const char *reason, int64_t now_ms,
                                 struct fault *fault)
{
    switch ((int)contract->state) {
    case CONTRACT_DRAFT:
        return OK;
    case CONTRACT_OUT_FOR_SIGNATURE:
    case CONTRACT_PARTLY_SIGNED:
        return contract_take_refusal(contract, reason, now_ms, fault);
    default:
        return contract_terminate(contract, reason, now_ms, fault);
    }
}

static enum error withdraw_proposals(struct call *call, struct id engagement_id,
                                     struct fault *fault)
{
    struct list open;
    enum error error = list_open_proposals(&call->store, engagement_id, &open, fault);
    for (size_t i = 0; !error && i < open.count; i++) {
        struct proposal *proposal = LIST_AT(struct proposal, open, i);
        error = proposal_withdraw(proposal, fault);
        if (error)
            return error;
        happened(call, "proposal.withdrawn", proposal->id, engagement_id);
        error = save_row(call, &proposal_shape, proposal, fault);
    }
    return error;
}

static enum error terminate_engagement(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    static const struct course course = {ENGAGEMENT_TERMINATE, "engagement.terminated",
                                         terminate_step};
    const struct engagement_reason *in = input;
    enum error error = take_course(call, in->id, &course, in->reason, output, fault);
    return error ? error : withdraw_proposals(call, in->id, fault);
}

const struct operation terminate_engagement_operation = {
    .name = "terminate_engagement",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &reason_shape,
    .out = &engagement_shape,
    .run = terminate_engagement,
};
