#include "core/proposal.h"

#include <string.h>

#include "base/day.h"
#include "core/code.h"
#include "core/fields.h"
#include "core/machine.h"
#include "core/plan_check.h"
#include "core/plan_price.h"

static const char *const proposal_states[] = {
    [PROPOSAL_DRAFT] = "draft",           [PROPOSAL_SENT] = "sent",
    [PROPOSAL_VIEWED] = "viewed",         [PROPOSAL_ACCEPTED] = "accepted",
    [PROPOSAL_DECLINED] = "declined",     [PROPOSAL_CHANGE_REQUESTED] = "change_requested",
    [PROPOSAL_SUPERSEDED] = "superseded", [PROPOSAL_EXPIRED] = "expired",
    [PROPOSAL_WITHDRAWN] = "withdrawn",
};
const struct choices proposal_state_choices = CHOICES("proposal_state", proposal_states);

static const struct field proposal_fields[] = {
    ID_FIELD(struct proposal),
    VERSION_FIELD(struct proposal),
    FIELD(struct proposal, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct proposal, revision, INTEGER, .flags = FIXED, COUNT_RANGE, .initial = 1),
    FIELD(struct proposal, state, CHOICE, .flags = REQUIRED, .choices = &proposal_state_choices,
          .initial = PROPOSAL_DRAFT),
    FIELD(struct proposal, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
    FIELD(struct proposal, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct proposal, total_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct proposal, valid_until_day, DAY, .flags = REQUIRED),
    FIELD(struct proposal, sent_at, MOMENT, OPTIONAL),
    FIELD(struct proposal, viewed_at, MOMENT, OPTIONAL),
    FIELD(struct proposal, decided_at, MOMENT, OPTIONAL),
    FIELD(struct proposal, decided_by, ID, OPTIONAL),
    FIELD(struct proposal, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct proposal, proof, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct proposal, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape proposal_shape = SHAPE("proposal", struct proposal, proposal_fields);

/* ---- states -------------------------------------------------------------------------------- */

enum proposal_event {
    PROPOSAL_EDIT = 1,
    PROPOSAL_SEND,
    PROPOSAL_VIEW,
    PROPOSAL_ACCEPT,
    PROPOSAL_DECLINE,
    PROPOSAL_REQUEST_CHANGE,
    PROPOSAL_SUPERSEDE,
    PROPOSAL_EXPIRE,
    PROPOSAL_WITHDRAW,
    PROPOSAL_EVENT_COUNT,
};

static const char *const proposal_verbs[] = {
    [PROPOSAL_EDIT] = "edited",          [PROPOSAL_SEND] = "sent",
    [PROPOSAL_VIEW] = "viewed",          [PROPOSAL_ACCEPT] = "accepted",
    [PROPOSAL_DECLINE] = "declined",     [PROPOSAL_REQUEST_CHANGE] = "sent back for changes",
    [PROPOSAL_SUPERSEDE] = "superseded", [PROPOSAL_EXPIRE] = "expired",
    [PROPOSAL_WITHDRAW] = "withdrawn",
};

static const unsigned char proposal_steps[][PROPOSAL_EVENT_COUNT] = {
    [PROPOSAL_DRAFT] =
        {
            [PROPOSAL_EDIT] = PROPOSAL_DRAFT,
            [PROPOSAL_SEND] = PROPOSAL_SENT,
            [PROPOSAL_SUPERSEDE] = PROPOSAL_SUPERSEDED,
            [PROPOSAL_WITHDRAW] = PROPOSAL_WITHDRAWN,
        },
    [PROPOSAL_SENT] =
        {
            [PROPOSAL_VIEW] = PROPOSAL_VIEWED,
            [PROPOSAL_ACCEPT] = PROPOSAL_ACCEPTED,
            [PROPOSAL_DECLINE] = PROPOSAL_DECLINED,
            [PROPOSAL_REQUEST_CHANGE] = PROPOSAL_CHANGE_REQUESTED,
            [PROPOSAL_SUPERSEDE] = PROPOSAL_SUPERSEDED,
            [PROPOSAL_EXPIRE] = PROPOSAL_EXPIRED,
            [PROPOSAL_WITHDRAW] = PROPOSAL_WITHDRAWN,
        },
    [PROPOSAL_VIEWED] =
        {
            [PROPOSAL_ACCEPT] = PROPOSAL_ACCEPTED,
            [PROPOSAL_DECLINE] = PROPOSAL_DECLINED,
            [PROPOSAL_REQUEST_CHANGE] = PROPOSAL_CHANGE_REQUESTED,
            [PROPOSAL_SUPERSEDE] = PROPOSAL_SUPERSEDED,
            [PROPOSAL_EXPIRE] = PROPOSAL_EXPIRED,
            [PROPOSAL_WITHDRAW] = PROPOSAL_WITHDRAWN,
        },
    [PROPOSAL_CHANGE_REQUESTED] =
        {
            [PROPOSAL_SUPERSEDE] = PROPOSAL_SUPERSEDED,
            [PROPOSAL_WITHDRAW] = PROPOSAL_WITHDRAWN,
        },
    [PROPOSAL_ACCEPTED] = {0},
    [PROPOSAL_DECLINED] = {0},
    [PROPOSAL_SUPERSEDED] = {0},
    [PROPOSAL_EXPIRED] = {0},
    [PROPOSAL_WITHDRAWN] = {0},
};

static const struct machine proposal_machine =
    MACHINE("proposal", "state", &proposal_state_choices, proposal_verbs, proposal_steps);

static enum error step(struct proposal *proposal, enum proposal_event event, struct fault *fault)
{
    int state = (int)proposal->state;
    enum error error = machine_step(&proposal_machine, &state, (int)event, fault);
    proposal->state = (enum proposal_state)state;
    return error;
}

/* Whether the event is allowed, without taking it. */
static enum error check_step(const struct proposal *proposal, enum proposal_event event,
                             struct fault *fault)
{
    int state = (int)proposal->state;
    return machine_step(&proposal_machine, &state, (int)event, fault);
}

static bool can(const struct proposal *proposal, enum proposal_event event)
{
    return machine_next(&proposal_machine, (int)proposal->state, (int)event) != 0;
}

/* ---- the agency's side --------------------------------------------------------------------- */

enum error proposal_edit(struct proposal *proposal, struct plan *plan, int32_t valid_until_day,
                         struct fault *fault)
{
    enum error error = step(proposal, PROPOSAL_EDIT, fault);
    if (error)
        return error;
    proposal->plan = plan;
    proposal->currency = plan->currency;
    proposal->total_minor = plan->total_minor;
    proposal->valid_until_day = valid_until_day;
    return OK;
}

enum error proposal_check_basis(struct arena *arena, const struct proposal *proposal,
                                const struct proposal_basis *basis, struct fault *fault)
{
    struct texts criteria = requirement_criteria(arena, basis->requirements);
    enum error error = plan_check(arena, proposal->plan, &criteria, fault);
    if (!error)
        error = plan_check_first(arena, proposal->plan, fault);
    if (error)
        return error;
    if (strcmp(proposal->plan->currency, basis->engagement->currency) != 0)
        return refuse(fault, ERROR_INVALID, "plan/currency", "the engagement is in %s",
                      basis->engagement->currency);
    if (!requirement_set_is_confirmed(arena, basis->requirements, basis->confirmation))
        return refuse(fault, ERROR_WRONG_STATE, "requirements",
                      "the client has not confirmed the requirements as they are now");
    return OK;
}

static enum error check_last_day(const struct proposal *proposal, int32_t today,
                                 struct fault *fault)
{
    if (proposal->valid_until_day == DAY_NONE || proposal->valid_until_day < today)
        return refuse(fault, ERROR_INVALID, "valid_until_day", "must be today or later");
    if (proposal->valid_until_day - today > DAYS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "valid_until_day", "more than %d days ahead",
                      DAYS_LIMIT);
    return OK;
}

enum error proposal_send(struct arena *arena, struct proposal *proposal,
                         const struct proposal_basis *basis, int64_t now_ms, struct fault *fault)
{
    enum error error = check_step(proposal, PROPOSAL_SEND, fault);
    if (!error)
        error = proposal_check_basis(arena, proposal, basis, fault);
    if (!error)
        error = check_last_day(proposal, basis->today, fault);
    if (!error)
        error = step(proposal, PROPOSAL_SEND, fault);
    if (!error)
        proposal->sent_at = now_ms;
    return error;
}

enum error proposal_supersede(struct proposal *proposal, struct fault *fault)
{
    return step(proposal, PROPOSAL_SUPERSEDE, fault);
}

enum error proposal_expire(struct proposal *proposal, int32_t today, struct fault *fault)
{
    enum error error = check_step(proposal, PROPOSAL_EXPIRE, fault);
    if (error)
        return error;
    if (today <= proposal->valid_until_day)
        return refuse(fault, ERROR_OUT_OF_RANGE, "valid_until_day", "it is still valid");
    return step(proposal, PROPOSAL_EXPIRE, fault);
}

enum error proposal_withdraw(struct proposal *proposal, struct fault *fault)
{
    return step(proposal, PROPOSAL_WITHDRAW, fault);
}

/* ---- the client's side --------------------------------------------------------------------- */

bool proposal_view(struct proposal *proposal, int64_t now_ms)
{
    if (!can(proposal, PROPOSAL_VIEW) || step(proposal, PROPOSAL_VIEW, NULL) != OK)
        return false;
    proposal->viewed_at = now_ms;
    return true;
}

static enum error decide(struct proposal *proposal, enum proposal_event event,
                         const struct actor *actor, int64_t now_ms, struct fault *fault)
{
    enum error error = step(proposal, event, fault);
    if (error)
        return error;
    proposal->decided_at = now_ms;
    proposal->decided_by = actor->id;
    return OK;
}

enum error proposal_accept(struct proposal *proposal, const struct actor *actor, int32_t today,
                           int64_t now_ms, struct fault *fault)
{
    enum error error = check_step(proposal, PROPOSAL_ACCEPT, fault);
    if (error)
        return error;
    if (today > proposal->valid_until_day) {
        char day[DAY_TEXT_SIZE];
        return refuse(fault, ERROR_EXPIRED, "valid_until_day", "it was valid until %s",
                      day_format(proposal->valid_until_day, day));
    }
    return decide(proposal, PROPOSAL_ACCEPT, actor, now_ms, fault);
}

enum error proposal_record_acceptance(struct proposal *proposal, const struct actor *actor,
                                      const char *proof, int32_t today, int64_t now_ms,
                                      struct fault *fault)
{
    enum error error = text_check(proof, "proof", fault);
    if (!error)
        error = proposal_accept(proposal, actor, today, now_ms, fault);
    if (!error)
        proposal->proof = proof;
    return error;
}

static enum error refuse_with_reason(struct proposal *proposal, enum proposal_event event,
                                     const struct actor *actor, const char *reason, int64_t now_ms,
                                     struct fault *fault)
{
    enum error error = text_check(reason, "reason", fault);
    if (!error)
        error = decide(proposal, event, actor, now_ms, fault);
    if (!error)
        proposal->reason = reason;
    return error;
}

enum error proposal_decline(struct proposal *proposal, const struct actor *actor,
                            const char *reason, int64_t now_ms, struct fault *fault)
{
    return refuse_with_reason(proposal, PROPOSAL_DECLINE, actor, reason, now_ms, fault);
}

enum error proposal_request_change(struct proposal *proposal, const struct actor *actor,
                                   const char *reason, int64_t now_ms, struct fault *fault)
{
    return refuse_with_reason(proposal, PROPOSAL_REQUEST_CHANGE, actor, reason, now_ms, fault);
}
