#include "action/proposal.h"
#include "action/scope_mail.h"
#include "action/zoned_day.h"
#include "base/limits.h"
#include "store/proposal.h"

/* ---- reading it as its addressee ----------------------------------------------------------- */

static enum error view_proposal(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct subject *in = input;
    struct proposal *proposal = output;
    enum error error = load_row(call, &proposal_shape, in->id, proposal, fault);
    if (error || !proposal_view(proposal, call->now_ms))
        return error;
    happened(call, "proposal.viewed", proposal->id, proposal->engagement_id);
    return save_row(call, &proposal_shape, proposal, fault);
}

const struct operation view_proposal_operation = {
    .name = "view_proposal",
    .permission = PERMIT_VIEW_PROPOSAL,
    .writes = true,
    .in = &proposal_subject_shape,
    .out = &proposal_shape,
    .run = view_proposal,
};

/* ---- accepting ----------------------------------------------------------------------------- */

/* Loads all that an acceptance changes. */
static enum error load_acceptance(struct call *call, struct id id, struct proposal *proposal,
                                  struct proposal_setting *setting, struct list *open,
                                  struct fault *fault)
{
    enum error error = load_subject(call, &proposal_shape, id, proposal, fault);
    if (!error)
        error = load_proposal_setting(call, proposal->engagement_id, setting, fault);
    if (!error)
        error = list_open_proposals(&call->store, proposal->engagement_id, open, fault);
    return error;
}

/* The proposal is accepted: it must stand on what is confirmed now, and ends every other offer. */
static enum error agree(struct call *call, struct proposal *proposal,
                        struct proposal_setting *setting, const struct list *open,
                        struct fault *fault)
{
    enum error error = proposal_check_basis(call->arena, proposal, &setting->basis, fault);
    if (!error)
        error = engagement_advance(&setting->engagement, ENGAGEMENT_AGREE, fault);
    if (error)
        return error;
    happened(call, "proposal.accepted", proposal->id, proposal->engagement_id);
    error = save_row(call, &proposal_shape, proposal, fault);
    if (!error)
        error = save_row(call, &engagement_shape, &setting->engagement, fault);
    if (!error)
        error = supersede_proposals(call, open, proposal->id, INT64_MAX, fault);
    return error;
}

static enum error accept_proposal(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct subject *in = input;
    struct proposal *proposal = output;
    struct proposal_setting setting;
    struct list open;
    enum error error = load_acceptance(call, in->id, proposal, &setting, &open, fault);
    if (!error)
        error = proposal_accept(proposal, &call->actor, setting.basis.today, call->now_ms, fault);
    if (!error)
        error = agree(call, proposal, &setting, &open, fault);
    return error ? error : mail_proposal_decided(call, &setting.engagement, proposal, fault);
}

const struct operation accept_proposal_operation = {
    .name = "accept_proposal",
    .permission = PERMIT_DECIDE_PROPOSAL,
    .writes = true,
    .in = &proposal_subject_shape,
    .out = &proposal_shape,
    .run = accept_proposal,
};

static const struct field record_fields[] = {
    ID_FROM_PATH(struct proposal, proposal_id),
    FIELD(struct proposal, proof, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape record_shape = SHAPE("record_acceptance", struct proposal, record_fields);

static enum error record_acceptance(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct proposal *in = input;
    struct proposal *proposal = output;
    struct proposal_setting setting;
    struct list open;
    enum error error = load_acceptance(call, in->id, proposal, &setting, &open, fault);
    if (!error)
        error = proposal_record_acceptance(proposal, &call->actor, in->proof, setting.basis.today,
                                           call->now_ms, fault);
    if (!error)
        error = agree(call, proposal, &setting, &open, fault);
    return error ? error : mail_acceptance_recorded(call, &setting.engagement, proposal, fault);
}

const struct operation record_acceptance_operation = {
    .name = "record_acceptance",
    .permission = PERMIT_RECORD_DECISION,
    .writes = true,
    .in = &record_shape,
    .out = &proposal_shape,
    .run = record_acceptance,
};

/* ---- saying no ----------------------------------------------------------------------------- */

static const struct field reason_fields[] = {
    ID_FROM_PATH(struct proposal, proposal_id),
    FIELD(struct proposal, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape reason_shape = SHAPE("proposal_reason", struct proposal, reason_fields);

typedef enum error proposal_refusal(struct proposal *proposal, const struct actor *actor,
                                    const char *reason, int64_t now_ms, struct fault *fault);

static enum error say_no(struct call *call, const struct proposal *in, struct proposal *proposal,
                         proposal_refusal *refusal, const char *event, struct fault *fault)
{
    struct engagement engagement;
    enum error error = load_subject(call, &proposal_shape, in->id, proposal, fault);
    if (!error)
        error = load_row(call, &engagement_shape, proposal->engagement_id, &engagement, fault);
    if (!error)
        error = refusal(proposal, &call->actor, in->reason, call->now_ms, fault);
    if (error)
        return error;
    happened(call, event, proposal->id, proposal->engagement_id);
    error = save_row(call, &proposal_shape, proposal, fault);
    return error ? error : mail_proposal_decided(call, &engagement, proposal, fault);
}

static enum error decline_proposal(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    return say_no(call, input, output, proposal_decline, "proposal.declined", fault);
}

const struct operation decline_proposal_operation = {
    .name = "decline_proposal",
    .permission = PERMIT_DECIDE_PROPOSAL,
    .writes = true,
    .in = &reason_shape,
    .out = &proposal_shape,
    .run = decline_proposal,
};

static enum error request_change(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    return say_no(call, input, output, proposal_request_change, "proposal.change_requested", fault);
}

const struct operation request_change_operation = {
    .name = "request_change",
    .permission = PERMIT_DECIDE_PROPOSAL,
    .writes = true,
    .in = &reason_shape,
    .out = &proposal_shape,
    .run = request_change,
};

/* ---- saying nothing ------------------------------------------------------------------------ */

enum error expire_proposal(struct call *call, const struct job *job, struct fault *fault)
{
    struct proposal proposal;
    struct engagement engagement;
    enum error error = load_row(call, &proposal_shape, job->subject_id, &proposal, fault);
    if (!error)
        error = load_row(call, &engagement_shape, proposal.engagement_id, &engagement, fault);
    if (error)
        return error;
    int32_t due_day = zoned_day(engagement.time_zone, job->due_at);
    error = proposal_expire(&proposal, due_day, fault);
    if (error)
        return error == ERROR_WRONG_STATE ? OK : error; /* decided or withdrawn in time */
    proposal.decided_at = job->due_at;
    happened(call, "proposal.expired", proposal.id, proposal.engagement_id);
    error = save_row(call, &proposal_shape, &proposal, fault);
    return error ? error : mail_proposal_decided(call, &engagement, &proposal, fault);
}
