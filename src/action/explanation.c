#include "action/explanation.h"

#include <string.h>

#include "action/budget.h"
#include "action/change_order.h"
#include "action/client_statement.h"
#include "action/earned_value.h"
#include "action/estimate.h"
#include "action/invoice.h"
#include "action/ledger.h"
#include "action/subject.h"
#include "base/day.h"
#include "base/limits.h"
#include "core/explanation.h"
#include "store/budget.h"
#include "store/contract_position.h"
#include "store/estimate.h"
#include "store/explanation.h"
#include "store/invoice.h"
#include "store/ledger.h"
#include "store/progress_claim.h"

/* Each is for whom the answer is that it explains: the permission is that one's, and so are the
 * rows that the caller may load. */
#define EXPLAINING(name_, permission_, shape_)                                                     \
    const struct operation name_##_operation = {                                                   \
        .name = #name_,                                                                            \
        .permission = permission_,                                                                 \
        .in = &(shape_),                                                                           \
        .out = &explanation_shape,                                                                 \
        .run = name_##_run,                                                                        \
    }

/* ---- an invoice ---------------------------------------------------------------------------- */

static enum error explain_bill(struct call *call, const struct invoice *invoice,
                               struct explanation *explanation, struct fault *fault)
{
    struct invoice_around around;
    struct budget_rows rows;
    struct invoice_facts facts = {.invoice = invoice, .contract = &around.contract};
    enum error error =
        load_around(call, invoice->engagement_id, invoice->contract_id, &around, fault);
    if (!error)
        error = load_budget_rows(&call->store, &around.contract, &rows, fault);
    if (!error)
        error = list_applied(&call->store, invoice->id, &facts.applied, fault);
    if (!error)
        error = list_claims_of(&call->store, &around.contract, &facts.claims, fault);
    if (error)
        return error;
    facts.milestones = rows.milestones;
    explain_invoice(call->arena, &facts, explanation);
    return OK;
}

/* The notes of an invoice before one of them. */
static struct list notes_before(const struct list *notes, const struct invoice *note)
{
    size_t count = 0;
    while (count < notes->count && !id_equal(LIST_AT(struct invoice, *notes, count)->id, note->id))
        count++;
    return (struct list){notes->rows, count};
}

static enum error explain_note(struct call *call, const struct invoice *note,
                               struct explanation *explanation, struct fault *fault)
{
    struct invoice invoice;
    struct invoice_around around;
    struct list notes;
    struct credit_note_facts facts = {
        .note = note,
        .invoice = &invoice,
        .contract = &around.contract,
    };
    enum error error = load_row(call, &invoice_shape, note->credited_invoice_id, &invoice, fault);
    if (!error)
        error = load_invoice_lines(&call->store, &invoice, fault);
    if (!error)
        error = list_credit_notes(&call->store, invoice.id, &notes, fault);
    if (!error)
        error = load_around(call, note->engagement_id, note->contract_id, &around, fault);
    if (!error)
        error = list_spent(&call->store, note, &facts.spent, fault);
    if (error)
        return error;
    facts.earlier = notes_before(&notes, note);
    explain_credit_note(call->arena, &facts, explanation);
    return OK;
}

static enum error explain_invoice_run(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct subject *in = input;
    struct invoice invoice;
    enum error error = load_row(call, &invoice_shape, in->id, &invoice, fault);
    if (!error)
        error = load_invoice_lines(&call->store, &invoice, fault);
    if (error)
        return error;
    return invoice.kind == INVOICE_CREDIT_NOTE ? explain_note(call, &invoice, output, fault)
                                               : explain_bill(call, &invoice, output, fault);
}

static const struct shape explain_invoice_shape = SUBJECT_SHAPE(invoice_id);
EXPLAINING(explain_invoice, PERMIT_READ, explain_invoice_shape);

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

static const struct shape explain_position_shape = SUBJECT_SHAPE(engagement_id);
EXPLAINING(explain_position, PERMIT_READ, explain_position_shape);

/* ---- what falls due when, and when it comes ------------------------------------------------ */

static enum error explain_budget_run(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct subject *in = input;
    struct contract contract;
    struct invoice_around around;
    struct budget budget;
    enum error error = find_budget(call, in->id, &contract, &budget, fault);
    if (!error)
        error = load_around(call, contract.engagement_id, contract.id, &around, fault);
    if (!error)
        explain_budget(call->arena, &budget, &around.contract, output);
    return error;
}

static const struct shape explain_budget_shape = SUBJECT_SHAPE(engagement_id);
EXPLAINING(explain_budget, PERMIT_READ, explain_budget_shape);

static enum error explain_forecast_run(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct show_forecast *in = input;
    struct forecast_ground ground;
    enum error error = load_forecast(call, in->client_id, &ground, fault);
    return error ? error
                 : explain_forecast(call->arena, &ground.parts, &ground.paid, ground.today, output,
                                    fault);
}

EXPLAINING(explain_forecast, PERMIT_READ_AGENCY, show_forecast_shape);

/* ---- what it costs: the agency's own ------------------------------------------------------- */

static enum error explain_estimate_run(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct subject *in = input;
    struct reckoning of;
    enum error error = load_reckoning(call, in->id, &of, fault);
    return error ? error
                 : explain_estimate(call->arena, &of.estimate, of.proposal.plan, &of.rates, output,
                                    fault);
}

static const struct shape explain_estimate_shape = SUBJECT_SHAPE(estimate_id);
EXPLAINING(explain_estimate, PERMIT_READ_AGENCY, explain_estimate_shape);

static enum error explain_earned_value_run(struct call *call, const void *input, void *output,
                                           struct fault *fault)
{
    const struct show_earned_value *in = input;
    struct engagement engagement;
    struct estimate estimate;
    struct value_day value;
    bool found;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (!error)
        error = load_value(call, &engagement, in->day, &value, fault);
    if (!error)
        error = find_frozen_estimate(&call->store, engagement.id, &estimate, &found, fault);
    if (error)
        return error;
    const struct value_facts facts = {
        .snapshot = &value.snapshot,
        .ground = value.is_today ? &value.ground : NULL,
        .estimate_id = found ? estimate.id : (struct id){{0}},
    };
    explain_value(call->arena, &facts, output);
    return OK;
}

EXPLAINING(explain_earned_value, PERMIT_READ_AGENCY, show_earned_value_shape);

/* ---- a change order ------------------------------------------------------------------------ */

static enum error explain_change_effect_run(struct call *call, const void *input, void *output,
                                            struct fault *fault)
{
    const struct subject *in = input;
    struct change_order order;
    struct change_setting setting;
    struct change_effect effect = {0};
    enum error error = load_change_effect(call, in->id, &order, &setting, &effect, fault);
    return error ? error
                 : explain_change(call->arena, &order, &setting.basis, &effect, output, fault);
}

EXPLAINING(explain_change_effect, PERMIT_READ, change_order_subject_shape);

/* ---- a client's statement ------------------------------------------------------------------ */

static enum error explain_client_statement_run(struct call *call, const void *input, void *output,
                                               struct fault *fault)
{
    const struct subject *in = input;
    struct client_rows rows;
    struct client_statement statement;
    enum error error = load_statement(call, in->id, &rows, &statement, fault);
    if (!error)
        explain_statement(call->arena, &statement, &rows.refunds, output);
    return error;
}

static const struct shape explain_client_statement_shape = SUBJECT_SHAPE(client_id);
EXPLAINING(explain_client_statement, PERMIT_READ, explain_client_statement_shape);

/* ---- the trial balance --------------------------------------------------------------------- */

static struct ledger_balance balance_before(const struct list *balances,
                                            const struct ledger_balance *wanted)
{
    for (size_t i = 0; i < balances->count; i++) {
        const struct ledger_balance *balance = LIST_AT(struct ledger_balance, *balances, i);
        if (strcmp(balance->account, wanted->account) == 0 &&
            strcmp(balance->currency, wanted->currency) == 0)
            return *balance;
    }
    return (struct ledger_balance){0};
}

static enum error check_account(struct call *call, const char *code, struct fault *fault)
{
    struct ledger_account account;
    bool found;
    enum error error = find_account(&call->store, code, &account, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_NOT_FOUND, "account", "there is no such account");
    return error;
}

static enum error load_movements(struct call *call, const struct ledger_balance *balance,
                                 int32_t from_day, int32_t day, struct list *movements,
                                 struct fault *fault)
{
    const struct ledger_period period = {balance->account, balance->currency, from_day, day};
    enum error error = list_movements(&call->store, &period, movements, fault);
    if (error == ERROR_OUT_OF_RANGE)
        return refuse(fault, error, "from_day", "more than %d postings: choose a shorter period",
                      MOVEMENTS_LIMIT);
    return error;
}

/* The account in each of its currencies. */
static enum error load_account(struct call *call, const char *account, int32_t from_day,
                               const struct trial_balance *balance, struct balances_facts *facts,
                               struct fault *fault)
{
    struct list before;
    size_t count = balance->accounts.count;
    struct account_facts *accounts = arena_array(call->arena, count, sizeof *accounts);
    facts->accounts = (struct list){accounts, 0};
    enum error error = check_account(call, account, fault);
    if (!error)
        error = list_balances(&call->store, facts->before_day, &before, fault);
    for (size_t i = 0; !error && i < count; i++) {
        const struct ledger_balance *one = LIST_AT(struct ledger_balance, balance->accounts, i);
        if (strcmp(one->account, account) != 0)
            continue;
        struct account_facts *made = &accounts[facts->accounts.count++];
        *made = (struct account_facts){.place = i, .before = balance_before(&before, one)};
        error = load_movements(call, one, from_day, balance->day, &made->movements, fault);
    }
    return error;
}

static enum error explain_trial_balance_run(struct call *call, const void *input, void *output,
                                            struct fault *fault)
{
    const struct explain_trial_balance *in = input;
    struct trial_balance balance;
    struct balances_facts facts = {0};
    enum error error = load_trial_balance(call, in->day, &balance, fault);
    if (error)
        return error;
    int32_t from_day = in->from_day;
    if (from_day == DAY_NONE)
        from_day = balance.day - day_to_civil(balance.day).day + 1;
    if (from_day > balance.day)
        return refuse(fault, ERROR_INVALID, "from_day", "the period ends before it begins");
    if (day_add(from_day, -1, &facts.before_day, NULL) != OK)
        return refuse(fault, ERROR_OUT_OF_RANGE, "from_day", "outside its limits");
    if (in->account)
        error = load_account(call, in->account, from_day, &balance, &facts, fault);
    if (error)
        return error;
    facts.balances = balance.accounts;
    facts.totals = balance.totals;
    explain_balances(call->arena, &facts, output);
    return OK;
}

static const struct field explain_trial_balance_fields[] = {
    FIELD(struct explain_trial_balance, account, TEXT, .flags = FROM_QUERY, .limit = CODE_LIMIT),
    FIELD(struct explain_trial_balance, day, DAY, .flags = FROM_QUERY),
    FIELD(struct explain_trial_balance, from_day, DAY, .flags = FROM_QUERY),
};
static const struct shape explain_trial_balance_shape =
    SHAPE("explain_trial_balance", struct explain_trial_balance, explain_trial_balance_fields);

EXPLAINING(explain_trial_balance, PERMIT_READ_LEDGER, explain_trial_balance_shape);
