#include "core/contract.h"

#include <string.h>

#include "base/limits.h"
#include "core/code.h"
#include "core/contract_document.h"
#include "core/engagement.h"
#include "core/fields.h"
#include "core/machine.h"
#include "core/plan_check.h"
#include "core/proposal.h"
#include "core/requirement.h"
#include "core/signature.h"

static const char *const contract_states[] = {
    [CONTRACT_DRAFT] = "draft",
    [CONTRACT_OUT_FOR_SIGNATURE] = "out_for_signature",
    [CONTRACT_PARTLY_SIGNED] = "partly_signed",
    [CONTRACT_ACTIVE] = "active",
    [CONTRACT_SUSPENDED] = "suspended",
    [CONTRACT_COMPLETED] = "completed",
    [CONTRACT_TERMINATED] = "terminated",
    [CONTRACT_DECLINED] = "declined",
};
const struct choices contract_state_choices = CHOICES("contract_state", contract_states);

static const struct field contract_fields[] = {
    ID_FIELD(struct contract),
    VERSION_FIELD(struct contract),
    FIELD(struct contract, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct contract, proposal_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct contract, number, TEXT, .limit = CODE_LIMIT),
    FIELD(struct contract, state, CHOICE, .flags = REQUIRED, .choices = &contract_state_choices,
          .initial = CONTRACT_DRAFT),
    FIELD(struct contract, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
    FIELD(struct contract, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct contract, sum_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct contract, document, TEXT, .limit = DOCUMENT_LIMIT),
    FIELD(struct contract, document_hash, HASH, OPTIONAL),
    FIELD(struct contract, sent_at, MOMENT, OPTIONAL),
    FIELD(struct contract, active_at, MOMENT, OPTIONAL),
    FIELD(struct contract, ended_at, MOMENT, OPTIONAL),
    FIELD(struct contract, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct contract, created_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct contract, signatures, LIST, .flags = NOT_STORED, .limit = SIGNERS_LIMIT,
          .shape = &signature_shape),
};
const struct shape contract_shape = SHAPE("contract", struct contract, contract_fields);

/* ---- states -------------------------------------------------------------------------------- */

enum contract_event {
    CONTRACT_EDIT = 1,
    CONTRACT_SEND,
    CONTRACT_SIGN,
    CONTRACT_SIGN_LAST,
    CONTRACT_DECLINE,
    CONTRACT_SUSPEND,
    CONTRACT_RESUME,
    CONTRACT_COMPLETE,
    CONTRACT_TERMINATE,
    CONTRACT_EVENT_COUNT,
};

static const char *const contract_verbs[] = {
    [CONTRACT_EDIT] = "edited",          [CONTRACT_SEND] = "sent out",
    [CONTRACT_SIGN] = "signed",          [CONTRACT_SIGN_LAST] = "signed",
    [CONTRACT_DECLINE] = "declined",     [CONTRACT_SUSPEND] = "suspended",
    [CONTRACT_RESUME] = "resumed",       [CONTRACT_COMPLETE] = "completed",
    [CONTRACT_TERMINATE] = "terminated",
};

static const unsigned char contract_steps[][CONTRACT_EVENT_COUNT] = {
    [CONTRACT_DRAFT] =
        {
            [CONTRACT_EDIT] = CONTRACT_DRAFT,
            [CONTRACT_SEND] = CONTRACT_OUT_FOR_SIGNATURE,
        },
    [CONTRACT_OUT_FOR_SIGNATURE] =
        {
            [CONTRACT_SIGN] = CONTRACT_PARTLY_SIGNED,
            [CONTRACT_SIGN_LAST] = CONTRACT_ACTIVE,
            [CONTRACT_DECLINE] = CONTRACT_DECLINED,
        },
    [CONTRACT_PARTLY_SIGNED] =
        {
            [CONTRACT_SIGN] = CONTRACT_PARTLY_SIGNED,
            [CONTRACT_SIGN_LAST] = CONTRACT_ACTIVE,
            [CONTRACT_DECLINE] = CONTRACT_DECLINED,
        },
    [CONTRACT_ACTIVE] =
        {
            [CONTRACT_SUSPEND] = CONTRACT_SUSPENDED,
            [CONTRACT_COMPLETE] = CONTRACT_COMPLETED,
            [CONTRACT_TERMINATE] = CONTRACT_TERMINATED,
        },
    [CONTRACT_SUSPENDED] =
        {
            [CONTRACT_RESUME] = CONTRACT_ACTIVE,
            [CONTRACT_TERMINATE] = CONTRACT_TERMINATED,
        },
    [CONTRACT_COMPLETED] = {0},
    [CONTRACT_TERMINATED] = {0},
    [CONTRACT_DECLINED] = {0},
};

static const struct machine contract_machine =
    MACHINE("contract", "state", &contract_state_choices, contract_verbs, contract_steps);

static enum error step(struct contract *contract, enum contract_event event, struct fault *fault)
{
    int state = (int)contract->state;
    enum error error = machine_step(&contract_machine, &state, (int)event, fault);
    contract->state = (enum contract_state)state;
    return error;
}

static enum error step_with_reason(struct contract *contract, enum contract_event event,
                                   const char *reason, struct fault *fault)
{
    enum error error = text_check(reason, "reason", fault);
    if (!error)
        error = step(contract, event, fault);
    if (!error)
        contract->reason = reason;
    return error;
}

/* ---- drafting ------------------------------------------------------------------------------ */

static void take_plan(struct contract *contract, struct plan *plan)
{
    contract->plan = plan;
    contract->currency = plan->currency;
    contract->sum_minor = plan->total_minor;
}

/* What is drawn up and signed must be able to begin. */
static enum error check_engagement(const struct engagement *engagement, struct fault *fault)
{
    struct engagement begun = *engagement;
    return engagement_advance(&begun, ENGAGEMENT_ACTIVATE, fault);
}

enum error contract_draft(struct contract *contract, const struct engagement *engagement,
                          const struct proposal *proposal, struct fault *fault)
{
    enum error error = check_engagement(engagement, fault);
    if (error)
        return error;
    if (proposal->state != PROPOSAL_ACCEPTED)
        return refuse(fault, ERROR_WRONG_STATE, "proposal_id", "the proposal is not accepted");
    contract->version = 1;
    contract->engagement_id = proposal->engagement_id;
    contract->proposal_id = proposal->id;
    contract->state = CONTRACT_DRAFT;
    take_plan(contract, proposal->plan);
    return OK;
}

enum error contract_edit(struct contract *contract, struct plan *plan, struct fault *fault)
{
    enum error error = step(contract, CONTRACT_EDIT, fault);
    if (!error)
        take_plan(contract, plan);
    return error;
}

enum error contract_check_send(struct arena *arena, const struct contract *contract,
                               const struct contract_basis *basis, const struct list *signatures,
                               struct fault *fault)
{
    struct contract sent = *contract;
    struct texts criteria = requirement_criteria(arena, basis->requirements);
    enum error error = step(&sent, CONTRACT_SEND, fault);
    if (!error)
        error = check_engagement(basis->engagement, fault);
    if (!error)
        error = plan_check(arena, contract->plan, &criteria, fault);
    if (!error && strcmp(contract->plan->currency, basis->engagement->currency) != 0)
        error = refuse(fault, ERROR_INVALID, "plan/currency", "the engagement is in %s",
                       basis->engagement->currency);
    return error ? error : signers_check(signatures, fault);
}

enum error contract_send(struct arena *arena, struct contract *contract,
                         const struct contract_basis *basis, const struct list *signatures,
                         const char *number, int64_t now_ms, struct fault *fault)
{
    enum error error = contract_check_send(arena, contract, basis, signatures, fault);
    if (!error)
        error = step(contract, CONTRACT_SEND, fault);
    if (error)
        return error;
    contract->number = number;
    contract->document = contract_document_text(arena, basis, number, contract->plan, signatures);
    contract->document_hash = hash_bytes(contract->document, strlen(contract->document));
    contract->sent_at = now_ms;
    return OK;
}

/* ---- signing and after --------------------------------------------------------------------- */

enum error contract_take_signature(struct contract *contract, bool is_last, int64_t now_ms,
                                   struct fault *fault)
{
    enum error error = step(contract, is_last ? CONTRACT_SIGN_LAST : CONTRACT_SIGN, fault);
    if (!error && is_last)
        contract->active_at = now_ms;
    return error;
}

enum error contract_take_refusal(struct contract *contract, const char *reason, int64_t now_ms,
                                 struct fault *fault)
{
    enum error error = step_with_reason(contract, CONTRACT_DECLINE, reason, fault);
    if (!error)
        contract->ended_at = now_ms;
    return error;
}

enum error contract_suspend(struct contract *contract, const char *reason, struct fault *fault)
{
    return step_with_reason(contract, CONTRACT_SUSPEND, reason, fault);
}

enum error contract_resume(struct contract *contract, struct fault *fault)
{
    return step(contract, CONTRACT_RESUME, fault);
}

enum error contract_complete(struct contract *contract, int64_t now_ms, struct fault *fault)
{
    enum error error = step(contract, CONTRACT_COMPLETE, fault);
    if (!error)
        contract->ended_at = now_ms;
    return error;
}

enum error contract_terminate(struct contract *contract, const char *reason, int64_t now_ms,
                              struct fault *fault)
{
    enum error error = step_with_reason(contract, CONTRACT_TERMINATE, reason, fault);
    if (!error)
        contract->ended_at = now_ms;
    return error;
}
