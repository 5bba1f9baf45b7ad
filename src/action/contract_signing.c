#include "action/billing_period.h"
#include "action/contract.h"
#include "action/earned_value.h"
#include "action/estimate.h"
#include "action/scope_mail.h"
#include "base/limits.h"
#include "core/milestone.h"
#include "store/contract.h"

/* ---- whose turn it is ---------------------------------------------------------------------- */

enum error find_own_signature(const struct call *call, const struct list *signatures,
                              struct signature **own, struct fault *fault)
{
    for (size_t i = 0; i < signatures->count; i++) {
        *own = LIST_AT(struct signature, *signatures, i);
        if ((*own)->signer_kind == call->actor.kind && id_equal((*own)->signer_id, call->actor.id))
            return OK;
    }
    return refuse(fault, ERROR_FORBIDDEN, NULL, "you are not named as one who signs this");
}

static enum error load_out(struct call *call, struct id contract_id, struct contract *contract,
                           struct fault *fault)
{
    enum error error = load_subject(call, &contract_shape, contract_id, contract, fault);
    return error ? error
                 : list_signatures(&call->store, contract->id, &contract->signatures, fault);
}

/* ---- signing ------------------------------------------------------------------------------- */

static enum error insert_milestones(struct call *call, const struct contract *contract,
                                    struct fault *fault)
{
    struct list milestones, dependencies;
    size_t count = contract->plan->milestones.count;
    struct id *ids = arena_array(call->arena, count, sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = call_id(call);
    enum error error =
        milestones_of_contract(call->arena, contract, ids, &milestones, &dependencies, fault);
    for (size_t i = 0; !error && i < milestones.count; i++)
        error = insert_row(call, &milestone_shape, LIST_AT(struct milestone, milestones, i), fault);
    for (size_t i = 0; !error && i < dependencies.count; i++)
        error = insert_row(call, &milestone_dependency_shape,
                           LIST_AT(struct milestone_dependency, dependencies, i), fault);
    const struct plan *plan = contract->plan;
    const struct list plans = {&plan, 1};
    return error ? error : start_billing_periods(call, contract, &plans, &milestones, fault);
}

/* All have signed: the contract is in force and work can begin. */
static enum error put_in_force(struct call *call, struct contract *contract,
                               struct contract_setting *setting, struct fault *fault)
{
    happened(call, "contract.activated", contract->id, contract->engagement_id);
    enum error error = save_row(call, &engagement_shape, &setting->engagement, fault);
    if (!error)
        error = insert_milestones(call, contract, fault);
    if (!error)
        error = start_snapshots(call, &setting->engagement, fault);
    if (!error)
        error = freeze_estimate(call, contract->proposal_id, fault);
    if (!error)
        error = keep_contract(call, contract, setting, contract->signatures, fault);
    return error ? error : mail_contract_signed(call, &setting->engagement, contract, fault);
}

static const struct field sign_fields[] = {
    ID_FROM_PATH(struct sign_contract, contract_id),
    FIELD(struct sign_contract, document_hash, HASH, .flags = REQUIRED),
    FIELD(struct sign_contract, consent, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape sign_shape = SHAPE("sign_contract", struct sign_contract, sign_fields);

static enum error take_signature(struct call *call, const struct sign_contract *in,
                                 struct contract *contract, const struct signature *own,
                                 struct engagement *engagement, struct fault *fault)
{
    struct signing signing = {
        .document_hash = in->document_hash,
        .consent = in->consent,
        .method = call->actor.method,
        .address = call->address,
        .user_agent = call->user_agent,
    };
    enum error error =
        contract_sign(contract, &contract->signatures, own->id, &signing, call->now_ms, fault);
    if (!error && contract->state == CONTRACT_ACTIVE)
        error = engagement_advance(engagement, ENGAGEMENT_ACTIVATE, fault);
    return error;
}

static enum error sign_contract(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct sign_contract *in = input;
    struct contract *contract = output;
    struct contract_setting setting;
    struct signature *own;
    enum error error = load_out(call, in->id, contract, fault);
    if (!error)
        error = find_own_signature(call, &contract->signatures, &own, fault);
    if (!error)
        error = load_contract_setting(call, contract->engagement_id, &setting, fault);
    if (!error)
        error = take_signature(call, in, contract, own, &setting.engagement, fault);
    if (error)
        return error;
    happened(call, "contract.signed", contract->id, contract->engagement_id);
    error = save_row(call, &contract_shape, contract, fault);
    if (!error)
        error = save_row(call, &signature_shape, own, fault);
    if (error)
        return error;
    if (contract->state == CONTRACT_ACTIVE)
        return put_in_force(call, contract, &setting, fault);
    return mail_next_signer(call, &setting.engagement, contract, &contract->signatures, fault);
}

const struct operation sign_contract_operation = {
    .name = "sign_contract",
    .permission = PERMIT_SIGN,
    .writes = true,
    .in = &sign_shape,
    .out = &contract_shape,
    .run = sign_contract,
};

/* ---- declining ----------------------------------------------------------------------------- */

static const struct field decline_fields[] = {
    ID_FROM_PATH(struct contract, contract_id),
    FIELD(struct contract, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape decline_shape =
    SHAPE("decline_contract", struct contract, decline_fields);

/* Who is to sign declines for themselves. Beside that an owner takes back what the agency has sent:
 * a signer who is gone would hold it up for good. *declined is NULL then. */
static enum error refuse_to_sign(const struct call *call, struct contract *contract,
                                 const char *reason, struct signature **declined,
                                 struct fault *fault)
{
    struct signature *own;
    enum error error = find_own_signature(call, &contract->signatures, &own, fault);
    bool takes_back = call->actor.kind == ACTOR_USER && (error || own->state != SIGNATURE_PENDING);
    *declined = takes_back || error ? NULL : own;
    if (takes_back)
        return contract_take_refusal(contract, reason, call->now_ms, fault);
    return error ? error
                 : contract_decline(contract, &contract->signatures, own->id, reason, call->now_ms,
                                    fault);
}

static enum error decline_contract(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct contract *in = input;
    struct contract *contract = output;
    struct engagement engagement;
    struct signature *declined;
    enum error error = load_out(call, in->id, contract, fault);
    if (!error)
        error = load_row(call, &engagement_shape, contract->engagement_id, &engagement, fault);
    if (!error)
        error = refuse_to_sign(call, contract, in->reason, &declined, fault);
    if (!error)
        error = engagement_advance(&engagement, ENGAGEMENT_REOPEN, fault);
    if (error)
        return error;
    happened(call, "contract.declined", contract->id, contract->engagement_id);
    error = save_row(call, &contract_shape, contract, fault);
    if (!error && declined)
        error = save_row(call, &signature_shape, declined, fault);
    if (!error)
        error = save_row(call, &engagement_shape, &engagement, fault);
    return error ? error : mail_contract_declined(call, &engagement, contract, fault);
}

const struct operation decline_contract_operation = {
    .name = "decline_contract",
    .permission = PERMIT_SIGN,
    .writes = true,
    .in = &decline_shape,
    .out = &contract_shape,
    .run = decline_contract,
};
