#include "action/explanation.h"

#include "action/invoice.h"
#include "action/subject.h"
#include "core/explanation.h"
#include "store/budget.h"
#include "store/contract_position.h"
#include "store/explanation.h"
#include "store/invoice.h"
#include "store/progress_claim.h"

/* ---- an invoice ---------------------------------------------------------------------------- */

static enum error explain_invoice_run(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct subject *in = input;
    struct invoice invoice;
    struct invoice_around around;
    struct budget_rows rows;
    struct invoice_facts facts = {.invoice = &invoice, .contract = &around.contract};
    enum error error = load_row(call, &invoice_shape, in->id, &invoice, fault);
    if (!error)
        error = load_invoice_lines(&call->store, &invoice, fault);
    if (!error)
        error = load_around(call, invoice.engagement_id, invoice.contract_id, &around, fault);
    if (!error)
        error = load_budget_rows(&call->store, &around.contract, &rows, fault);
    if (!error)
        error = list_applied(&call->store, invoice.id, &facts.applied, fault);
    if (!error)
        error = list_claims_of(&call->store, &around.contract, &facts.claims, fault);
    if (error)
        return error;
    facts.milestones = rows.milestones;
    return explain_invoice(call->arena, &facts, output, fault);
}

static const struct field invoice_fields[] = {ID_FROM_PATH(struct subject, invoice_id)};
static const struct shape invoice_subject_shape =
    SHAPE("explain_invoice", struct subject, invoice_fields);

const struct operation explain_invoice_operation = {
    .name = "explain_invoice",
    .permission = PERMIT_READ,
    .in = &invoice_subject_shape,
    .out = &explanation_shape,
    .run = explain_invoice_run,
};

/* ---- the contract's position --------------------------------------------------------------- */

static enum error explain_position_run(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct subject *in = input;
    struct contract contract;
    struct contract_position position;
    struct budget_rows rows;
    struct position_facts facts = {.position = &position};
    bool found;
    enum error error = find_signed_contract(&call->store, in->id, &contract, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_NOT_FOUND, NULL,
                       "there is no such engagement, or its contract is not signed yet");
    if (!error)
        error = load_contract_position(&call->store, &contract, (struct id){0}, &position, fault);
    if (!error)
        error = load_budget_rows(&call->store, &contract, &rows, fault);
    if (!error)
        error = list_applied_changes(&call->store, &contract, &facts.changes, fault);
    if (error)
        return error;
    facts.milestones = rows.milestones;
    facts.documents = rows.documents;
    return explain_position(call->arena, &facts, output, fault);
}

static const struct field position_fields[] = {ID_FROM_PATH(struct subject, engagement_id)};
static const struct shape position_subject_shape =
    SHAPE("explain_position", struct subject, position_fields);

const struct operation explain_position_operation = {
    .name = "explain_position",
    .permission = PERMIT_READ,
    .in = &position_subject_shape,
    .out = &explanation_shape,
    .run = explain_position_run,
};
