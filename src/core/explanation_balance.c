/* A trial balance, explained: accounts from their movements, the totals from the accounts. */
#include <string.h>

#include "core/explanation_making.h"

enum { NUMBERS = 3, TOTALS = 2 };

struct balancing {
    struct making making;
    const struct balances_facts *facts;
};

static const struct ledger_balance *balance_at(const struct balancing *of, size_t i)
{
    return LIST_AT(struct ledger_balance, of->facts->balances, i);
}

/* ---- an account ---------------------------------------------------------------------------- */

/* Both sides are told above zero. */
static void explain_side(struct balancing *of, const struct account_facts *account, bool is_debit)
{
    struct making *making = &of->making;
    const struct ledger_balance *balance = balance_at(of, account->place);
    struct explained_number *number =
        explanation_add_number(making, is_debit ? "debit" : "credit",
                               is_debit ? balance->debit_minor : balance->credit_minor, RULE_SUM,
                               account->movements.count + 1);
    explanation_add_input(
        making, number,
        (struct explained_input){
            INPUT_BALANCE,
            .day = of->facts->before_day,
            .amount_minor = is_debit ? account->before.debit_minor : account->before.credit_minor,
        });
    for (size_t i = 0; i < account->movements.count; i++) {
        const struct ledger_movement *movement =
            LIST_AT(struct ledger_movement, account->movements, i);
        if ((movement->amount_minor > 0) == is_debit)
            explanation_add_input(
                making, number,
                (struct explained_input){
                    INPUT_ENTRY,
                    .name = movement->narrative,
                    .day = movement->day,
                    .amount_minor = is_debit ? movement->amount_minor : -movement->amount_minor,
                    .subject_id = movement->entry_id,
                });
    }
    explained_check_sum(number);
}

static void explain_account(struct balancing *of, const struct account_facts *account)
{
    const struct ledger_balance *balance = balance_at(of, account->place);
    of->making.currency = balance->currency;
    explanation_begin_row(&of->making, "accounts", account->place, balance->name);
    explain_side(of, account, true);
    explain_side(of, account, false);
    struct explained_number *number =
        explanation_add_number(&of->making, "balance", balance->balance_minor, RULE_DIFFERENCE, 2);
    explanation_add_member(&of->making, number, "debit", balance->debit_minor);
    explanation_add_member(&of->making, number, "credit", -balance->credit_minor);
    explained_check_sum(number);
}

/* ---- totals -------------------------------------------------------------------------------- */

static void explain_total(struct balancing *of, int64_t sum_minor, bool is_debit)
{
    size_t count = of->facts->balances.count;
    struct explained_number *number = explanation_add_number(
        &of->making, is_debit ? "debit" : "credit", sum_minor, RULE_SUM, count);
    for (size_t i = 0; i < count; i++) {
        const struct ledger_balance *balance = balance_at(of, i);
        if (strcmp(balance->currency, of->making.currency) == 0)
            explanation_add_input(
                &of->making, number,
                (struct explained_input){
                    INPUT_ACCOUNT,
                    .name = balance->name,
                    .amount_minor = is_debit ? balance->debit_minor : balance->credit_minor,
                });
    }
    explained_check_sum(number);
}

void explain_balances(struct arena *arena, const struct balances_facts *facts,
                      struct explanation *explanation)
{
    struct balancing of = {.facts = facts};
    of.making = explanation_begin(arena, explanation, (struct id){0}, NULL,
                                  facts->accounts.count * NUMBERS + facts->totals.count * TOTALS);
    for (size_t i = 0; i < facts->accounts.count; i++)
        explain_account(&of, LIST_AT(struct account_facts, facts->accounts, i));
    for (size_t i = 0; i < facts->totals.count; i++) {
        const struct trial_balance_total *total =
            LIST_AT(struct trial_balance_total, facts->totals, i);
        of.making.currency = total->currency;
        explanation_begin_row(&of.making, "totals", i, total->currency);
        explain_total(&of, total->debit_minor, true);
        explain_total(&of, total->credit_minor, false);
    }
}
