/* Each line of a credit note, its taxes and its totals, explained from the invoice that it takes
 * back. */
#include "base/money.h"
#include "base/must.h"
#include "core/contract_terms.h"
#include "core/credit_note.h"
#include "core/explanation_making.h"

static const struct invoice_line *line_of(const struct invoice *document, int64_t number)
{
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, document->lines, i);
        if (line->number == number)
            return line;
    }
    return NULL;
}

/* What the earlier notes took of it, each an input. */
static int64_t add_earlier_lines(struct making *making, struct explained_number *number,
                                 const struct credit_note_facts *facts, int64_t line_number)
{
    int64_t taken_minor = 0; /* within the line */
    for (size_t i = 0; i < facts->earlier.count; i++) {
        const struct invoice *note = LIST_AT(struct invoice, facts->earlier, i);
        const struct invoice_line *taken = line_of(note, line_number);
        if (!taken)
            continue;
        taken_minor += taken->net_minor;
        explanation_add_input(making, number,
                              (struct explained_input){INPUT_CREDIT_NOTE, .name = note->number,
                                                       .amount_minor = -taken->net_minor,
                                                       .subject_id = note->id});
    }
    return taken_minor;
}

static void explain_line(struct making *making, const struct credit_note_facts *facts,
                         const struct invoice_line *line)
{
    const struct invoice_line *billed = line_of(facts->invoice, line->number);
    struct explained_number *number = explanation_add_number(
        making, "net", line->net_minor, RULE_CREDITED_PART, facts->earlier.count + 2);
    if (!billed)
        return; /* not sound */
    explanation_add_input(making, number,
                          (struct explained_input){INPUT_INVOICE, .name = facts->invoice->number,
                                                   .amount_minor = billed->net_minor,
                                                   .subject_id = facts->invoice->id});
    int64_t taken_minor = add_earlier_lines(making, number, facts, line->number);
    int64_t left_minor = billed->net_minor - taken_minor - line->net_minor;
    if (left_minor != 0)
        explanation_add_input(making, number,
                              (struct explained_input){
                                  INPUT_STILL_BILLED, .name = facts->invoice->number,
                                  .amount_minor = -left_minor, .subject_id = facts->invoice->id});
    number->is_sound = left_minor >= 0 && explained_is_sum(number);
}

/* ---- tax ----------------------------------------------------------------------------------- */

static const struct invoice_tax *group_of(const struct invoice *document,
                                          const struct invoice_tax *tax)
{
    for (size_t i = 0; i < document->taxes.count; i++) {
        const struct invoice_tax *other = LIST_AT(struct invoice_tax, document->taxes, i);
        if (other->category == tax->category && other->rate_ppm == tax->rate_ppm)
            return other;
    }
    return NULL;
}

/* The note as it is made from the invoice (core/credit_note.h), whoever made it. */
static bool make_again(struct making *making, const struct credit_note_facts *facts,
                       struct invoice *again)
{
    const struct invoice *note = facts->note;
    struct credit_line *lines = arena_array(making->arena, note->lines.count, sizeof *lines);
    for (size_t i = 0; i < note->lines.count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, note->lines, i);
        lines[i] = (struct credit_line){line->number, line->net_minor};
    }
    const struct credit_request request = {
        .invoice = facts->invoice,
        .earlier = &facts->earlier,
        .reason = note->reason,
        .today = note->issue_day,
        .now_ms = note->issued_at,
        .tax_rule = contract_tax_rule(facts->contract->plan->terms),
    };
    *again = (struct invoice){.id = note->id};
    return credit_note_in_part(making->arena, &request, lines, note->lines.count, again, NULL) ==
           OK;
}

static const enum explained_rounding roundings[2][2] = {
    {ROUNDED_CREDITS_UP, ROUNDED_CREDITS_EVEN},
    {ROUNDED_CREDIT_LINES_UP, ROUNDED_CREDIT_LINES_EVEN},
};

/* Where it takes the rest nothing is rounded. */
static void set_share(struct making *making, struct explained_number *number,
                      const struct credit_note_facts *facts, const struct invoice_tax *issued,
                      const struct invoice_tax *tax, bool is_rest)
{
    const struct tax_rule rule = contract_tax_rule(facts->contract->plan->terms);
    bool is_per_line = rule.scope == TAX_PER_LINE;
    number->of_minor = issued->tax_minor;
    if (is_rest) {
        explained_set_rule(number, RULE_TAX_REST);
        return;
    }
    explained_set_rounding(number, roundings[is_per_line][rule.rounding == ROUND_HALF_EVEN]);
    if (!is_per_line && issued->base_minor != 0)
        number->exact =
            explanation_quotient(making, issued->tax_minor, tax->base_minor, issued->base_minor);
}

/* What the earlier notes took back of the group. */
static struct invoice_tax taken_before(const struct credit_note_facts *facts,
                                       const struct invoice_tax *tax)
{
    struct invoice_tax sum = {0}; /* within what was issued */
    for (size_t i = 0; i < facts->earlier.count; i++) {
        const struct invoice_tax *other = group_of(LIST_AT(struct invoice, facts->earlier, i), tax);
        sum.base_minor += other ? other->base_minor : 0;
        sum.tax_minor += other ? other->tax_minor : 0;
    }
    return sum;
}

static void add_earlier_taxes(struct making *making, struct explained_number *number,
                              const struct credit_note_facts *facts, const struct invoice_tax *tax)
{
    for (size_t i = 0; i < facts->earlier.count; i++) {
        const struct invoice *note = LIST_AT(struct invoice, facts->earlier, i);
        const struct invoice_tax *other = group_of(note, tax);
        if (other)
            explanation_add_input(making, number,
                                  (struct explained_input){INPUT_CREDIT_NOTE, .name = note->number,
                                                           .amount_minor = -other->tax_minor,
                                                           .subject_id = note->id});
    }
}

static void explain_tax(struct making *making, const struct credit_note_facts *facts,
                        const struct invoice_tax *tax, const struct invoice *again)
{
    const struct invoice_tax *issued = group_of(facts->invoice, tax);
    const struct invoice_tax *made = group_of(again, tax);
    const struct invoice_tax before = taken_before(facts, tax);
    struct explained_number *number = explanation_add_number(
        making, "tax", tax->tax_minor, RULE_TAX_SHARE, facts->earlier.count + 1);
    number->rate_ppm = tax->rate_ppm;
    if (!issued)
        return; /* not sound */
    set_share(making, number, facts, issued, tax,
              before.base_minor + tax->base_minor == issued->base_minor);
    explanation_add_input(making, number,
                          (struct explained_input){
                              INPUT_INVOICE_TAX,
                              .name = facts->invoice->number,
                              .amount_minor = before.tax_minor + tax->tax_minor,
                              .subject_id = facts->invoice->id,
                          });
    add_earlier_taxes(making, number, facts, tax);
    number->is_sound = made && made->tax_minor == tax->tax_minor &&
                       made->base_minor == tax->base_minor && explained_is_sum(number);
}

/* ---- all of it ----------------------------------------------------------------------------- */

static void explain_rest(struct making *making, const struct credit_note_facts *facts)
{
    struct explained_number *number = explanation_add_number(
        making, "rest", credit_note_rest(facts->note), RULE_DIFFERENCE, facts->spent.count + 1);
    explanation_add_member(making, number, "total", facts->note->total_minor);
    for (size_t i = 0; i < facts->spent.count; i++) {
        const struct spent_amount *spent = LIST_AT(struct spent_amount, facts->spent, i);
        explanation_add_input(making, number,
                              (struct explained_input){
                                  spent->is_refund ? INPUT_REFUND : INPUT_INVOICE,
                                  .name = spent->number,
                                  .amount_minor = -spent->amount_minor,
                                  .subject_id = spent->subject_id,
                              });
    }
    explained_check_sum(number);
}

void explain_credit_note(struct arena *arena, const struct credit_note_facts *facts,
                         struct explanation *explanation)
{
    const struct invoice *note = facts->note;
    must(note->kind == INVOICE_CREDIT_NOTE);
    struct making making = explanation_begin(arena, explanation, note->id, note->currency,
                                             note->lines.count + note->taxes.count + 4);
    struct invoice again = {0};
    if (!make_again(&making, facts, &again))
        again = (struct invoice){0};
    for (size_t i = 0; i < note->lines.count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, note->lines, i);
        explanation_begin_row(&making, "lines", i, line->description);
        explain_line(&making, facts, line);
    }
    for (size_t i = 0; i < note->taxes.count; i++) {
        explanation_begin_row(&making, "taxes", i, NULL);
        explain_tax(&making, facts, LIST_AT(struct invoice_tax, note->taxes, i), &again);
    }
    explanation_end_row(&making);
    explanation_add_sums(&making, note);
    explain_rest(&making, facts);
}
