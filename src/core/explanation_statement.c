/* What a client owes and has to its credit, explained. */
#include <string.h>

#include "core/explanation_making.h"

enum { NUMBERS = 5 }; /* of each currency */

struct stating {
    struct making making;
    const struct client_statement *statement;
    const struct list *refunds; /* struct refund that are requested */
};

static bool is_here(const struct stating *of, const char *currency)
{
    return strcmp(currency, of->making.currency) == 0;
}

static void explain_invoices(struct stating *of, const char *name, int64_t sum_minor,
                             bool only_overdue)
{
    const struct list *invoices = &of->statement->invoices;
    struct explained_number *number =
        explanation_add_number(&of->making, name, sum_minor, RULE_SUM, invoices->count);
    for (size_t i = 0; i < invoices->count; i++) {
        const struct invoice *invoice = LIST_AT(struct invoice, *invoices, i);
        if (!is_here(of, invoice->currency) ||
            (only_overdue && !invoice_is_overdue(invoice, of->statement->day)))
            continue;
        explanation_add_input(&of->making, number,
                              (struct explained_input){INPUT_INVOICE, .name = invoice->number,
                                                       .amount_minor = invoice_outstanding(invoice),
                                                       .subject_id = invoice->id});
    }
    explained_check_sum(number);
}

static void explain_credit(struct stating *of, const struct client_balance *balance)
{
    const struct list *credits = &of->statement->credits;
    struct explained_number *number = explanation_add_number(
        &of->making, "credit", balance->credit_minor, RULE_SUM, credits->count);
    for (size_t i = 0; i < credits->count; i++) {
        const struct client_credit *credit = LIST_AT(struct client_credit, *credits, i);
        bool is_payment = !id_is_none(credit->payment_id);
        if (!is_here(of, credit->currency))
            continue;
        explanation_add_input(
            &of->making, number,
            (struct explained_input){
                is_payment ? INPUT_PAYMENT : INPUT_CREDIT_NOTE,
                .name = credit->number,
                .amount_minor = credit->rest_minor,
                .subject_id = is_payment ? credit->payment_id : credit->credit_note_id,
            });
    }
    explained_check_sum(number);
}

static void explain_refunds(struct stating *of, const struct client_balance *balance)
{
    struct explained_number *number = explanation_add_number(
        &of->making, "refunds", balance->refunds_minor, RULE_SUM, of->refunds->count);
    for (size_t i = 0; i < of->refunds->count; i++) {
        const struct refund *refund = LIST_AT(struct refund, *of->refunds, i);
        if (is_here(of, refund->currency))
            explanation_add_input(&of->making, number,
                                  (struct explained_input){INPUT_REFUND, .name = refund->number,
                                                           .amount_minor = refund->amount_minor,
                                                           .subject_id = refund->id});
    }
    explained_check_sum(number);
}

static void explain_balance(struct stating *of, const struct client_balance *balance)
{
    struct explained_number *number =
        explanation_add_number(&of->making, "balance", balance->balance_minor, RULE_DIFFERENCE, 3);
    explanation_add_member(&of->making, number, "outstanding", balance->outstanding_minor);
    explanation_add_member(&of->making, number, "credit", -balance->credit_minor);
    explanation_add_member(&of->making, number, "refunds", -balance->refunds_minor);
    explained_check_sum(number);
}

void explain_statement(struct arena *arena, const struct client_statement *statement,
                       const struct list *refunds, struct explanation *explanation)
{
    struct stating of = {.statement = statement, .refunds = refunds};
    of.making = explanation_begin(arena, explanation, statement->client_id, NULL,
                                  statement->balances.count * NUMBERS);
    for (size_t i = 0; i < statement->balances.count; i++) {
        const struct client_balance *balance =
            LIST_AT(struct client_balance, statement->balances, i);
        of.making.currency = balance->currency;
        explanation_begin_row(&of.making, "balances", i, balance->currency);
        explain_invoices(&of, "outstanding", balance->outstanding_minor, false);
        explain_invoices(&of, "overdue", balance->overdue_minor, true);
        explain_credit(&of, balance);
        explain_refunds(&of, balance);
        explain_balance(&of, balance);
    }
}
