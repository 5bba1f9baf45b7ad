/* Where a contract stands, explained: sum, changes, accepted, invoiced, paid and left. */
#include "base/money.h"
#include "core/explanation_making.h"

/* An invoice less its credit notes, as core/contract_position.h counts. */
static struct billed billed_of(const struct list *documents, const struct invoice *invoice)
{
    struct billed billed = {invoice->net_minor, invoice->total_minor,
                            invoice->paid_minor + invoice->credited_minor};
    for (size_t i = 0; i < documents->count; i++) {
        const struct invoice *note = LIST_AT(struct invoice, *documents, i);
        if (note->kind != INVOICE_CREDIT_NOTE || !id_equal(note->credited_invoice_id, invoice->id))
            continue;
        billed.net_minor -= note->net_minor;
        billed.total_minor -= note->total_minor;
        billed.paid_minor -= note->total_minor;
    }
    return billed;
}

static void explain_changes(struct making *making, const struct position_facts *facts)
{
    struct explained_number *number =
        explanation_add_number(making, "changes", facts->position->changes_minor,
                               RULE_SUM_OF_CHANGES, facts->changes.count);
    for (size_t i = 0; i < facts->changes.count; i++) {
        const struct applied_change *change = LIST_AT(struct applied_change, facts->changes, i);
        explanation_add_input(making, number,
                              (struct explained_input){
                                  INPUT_CHANGE_ORDER,
                                  .name = arena_format(making->arena, "%lld %s",
                                                       (long long)change->number, change->title),
                                  .amount_minor = change->change_minor,
                                  .subject_id = change->id,
                              });
    }
    explained_check_sum(number);
}

static void explain_reductions(struct making *making, const struct position_facts *facts)
{
    struct explained_number *number =
        explanation_add_number(making, "reductions", facts->position->reductions_minor,
                               RULE_SUM_OF_REDUCTIONS, facts->milestones.count);
    for (size_t i = 0; i < facts->milestones.count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, facts->milestones, i);
        if (milestone_is_accepted(milestone) && milestone_reduction(milestone) > 0)
            explanation_add_input(making, number,
                                  (struct explained_input){
                                      INPUT_REDUCTION,
                                      .name = arena_format(making->arena, "%s: %s", milestone->code,
                                                           milestone->reduction_reason),
                                      .amount_minor = milestone_reduction(milestone),
                                      .subject_id = milestone->id,
                                  });
    }
    explained_check_sum(number);
}

static void explain_sum_to_date(struct making *making, const struct contract_position *position)
{
    struct explained_number *number = explanation_add_number(
        making, "sum_to_date", position->sum_to_date_minor, RULE_SUM_TO_DATE, 3);
    explanation_add_member(making, number, "sum", position->sum_minor);
    explanation_add_member(making, number, "changes", position->changes_minor);
    explanation_add_member(making, number, "reductions", -position->reductions_minor);
    explained_check_sum(number);
}

/* A milestone counts once it is accepted, and before that with its accepted progress. */
static int64_t accepted_of(const struct milestone *milestone)
{
    return milestone_is_accepted(milestone) ? milestone_billed_minor(milestone)
                                            : milestone_claimed(milestone);
}

static void explain_accepted(struct making *making, const struct position_facts *facts)
{
    struct explained_number *number =
        explanation_add_number(making, "accepted", facts->position->accepted_minor,
                               RULE_ACCEPTED_PRICES, facts->milestones.count);
    for (size_t i = 0; i < facts->milestones.count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, facts->milestones, i);
        if (!milestone_is_accepted(milestone) && milestone_claimed(milestone) == 0)
            continue;
        explanation_add_input(
            making, number,
            (struct explained_input){
                milestone_is_accepted(milestone) ? INPUT_MILESTONE : INPUT_PROGRESS,
                .name = arena_format(making->arena, "%s %s", milestone->code, milestone->title),
                .rate_ppm = milestone_claimed_ppm(milestone),
                .amount_minor = accepted_of(milestone),
                .subject_id = milestone->id,
            });
    }
    explained_check_sum(number);
}

static void explain_invoiced(struct making *making, const struct position_facts *facts)
{
    struct explained_number *number =
        explanation_add_number(making, "invoiced", facts->position->invoiced_minor,
                               RULE_NET_INVOICED, facts->documents.count);
    for (size_t i = 0; i < facts->documents.count; i++) {
        const struct invoice *document = LIST_AT(struct invoice, facts->documents, i);
        bool is_note = document->kind == INVOICE_CREDIT_NOTE;
        explanation_add_input(
            making, number,
            (struct explained_input){
                is_note ? INPUT_CREDIT_NOTE : INPUT_INVOICE,
                .name = document->number,
                .amount_minor = is_note ? -document->net_minor : document->net_minor,
                .subject_id = document->id,
            });
    }
    explained_check_sum(number);
}

static enum error explain_paid(struct making *making, const struct position_facts *facts,
                               struct fault *fault)
{
    struct explained_number *number = explanation_add_number(
        making, "paid", facts->position->paid_minor, RULE_NET_SHARE_PAID, facts->documents.count);
    explained_set_rounding(number, ROUNDED_EACH_INVOICE);
    for (size_t i = 0; i < facts->documents.count; i++) {
        const struct invoice *invoice = LIST_AT(struct invoice, facts->documents, i);
        if (invoice->kind != INVOICE_INVOICE)
            continue;
        const struct billed billed = billed_of(&facts->documents, invoice);
        int64_t net_minor = 0;
        enum error error = OK;
        if (billed.total_minor != 0)
            error = money_ratio(billed.paid_minor, billed.net_minor, billed.total_minor,
                                ROUND_HALF_UP, &net_minor, fault);
        if (error)
            return error;
        if (billed.paid_minor == 0)
            continue;
        explanation_add_input(making, number,
                              (struct explained_input){
                                  INPUT_INVOICE_PAID,
                                  .name = invoice->number,
                                  .paid_minor = billed.paid_minor,
                                  .of_minor = billed.total_minor,
                                  .amount_minor = net_minor,
                                  .subject_id = invoice->id,
                              });
    }
    explained_check_sum(number);
    return OK;
}

static void explain_sum(struct making *making, const struct contract_position *position)
{
    struct explained_number *number =
        explanation_add_number(making, "sum", position->sum_minor, RULE_AS_SIGNED, 1);
    explanation_add_input(making, number,
                          (struct explained_input){INPUT_CONTRACT,
                                                   .amount_minor = position->sum_minor,
                                                   .subject_id = position->contract_id});
    explained_check_sum(number);
}

static void explain_left(struct making *making, const struct contract_position *position)
{
    struct explained_number *number =
        explanation_add_number(making, "left", position->left_minor, RULE_SUM_LESS_INVOICED, 2);
    explanation_add_member(making, number, "sum_to_date", position->sum_to_date_minor);
    explanation_add_member(making, number, "invoiced", -position->invoiced_minor);
    explained_check_sum(number);
}

enum error explain_position(struct arena *arena, const struct position_facts *facts,
                            struct explanation *explanation, struct fault *fault)
{
    const struct contract_position *position = facts->position;
    struct making making =
        explanation_begin(arena, explanation, position->contract_id, position->currency, 8);
    explain_sum(&making, position);
    explain_changes(&making, facts);
    explain_reductions(&making, facts);
    explain_sum_to_date(&making, position);
    explain_accepted(&making, facts);
    explain_invoiced(&making, facts);
    enum error error = explain_paid(&making, facts, fault);
    explain_left(&making, position);
    return error;
}
