/* Each line of an invoice, its taxes and its totals, explained. */
#include <string.h>

#include "base/must.h"
#include "core/contract_terms.h"
#include "core/explanation_making.h"
#include "core/plan_price.h"

/* ---- lines --------------------------------------------------------------------------------- */

static const struct milestone *milestone_of(const struct list *milestones, struct id id)
{
    for (size_t i = 0; i < milestones->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *milestones, i);
        if (id_equal(milestone->id, id))
            return milestone;
    }
    return NULL;
}

/* Of what the percentages are taken, and how far they come before one of them and in all. */
struct share_ground {
    int64_t whole_minor;
    int64_t whole_ppm;
    int64_t before_ppm;
};

/* core/plan_price.h: those that are not settled share what those that are leave. */
static bool find_share_ground(const struct plan *plan, const struct plan_milestone *planned,
                              struct share_ground *ground)
{
    bool is_settled = false, is_before = true;
    int64_t open_ppm = 0;
    *ground = (struct share_ground){.whole_minor = plan->total_minor, .whole_ppm = PPM};
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *other = LIST_AT(struct plan_milestone, plan->milestones, i);
        is_before = is_before && other != planned;
        if (other->pricing != PRICING_PERCENTAGE)
            continue;
        if (plan_is_settled(other)) {
            is_settled = true;
            continue;
        }
        open_ppm += other->percent_ppm;
        ground->before_ppm += is_before ? other->percent_ppm : 0;
    }
    if (!is_settled)
        return true;
    ground->whole_ppm = open_ppm;
    return plan_rest_of_shares(plan, &ground->whole_minor, NULL) == OK;
}

static void set_share_rule(struct making *making, struct explained_number *number,
                           const struct plan *plan, const struct plan_milestone *planned,
                           const struct share_ground *ground)
{
    const char *percent = explanation_percent(making->arena, planned->percent_ppm);
    const char *total = explanation_money(making, plan->total_minor);
    number->rate_ppm = planned->percent_ppm;
    number->of_minor = plan->total_minor;
    if (ground->whole_ppm == PPM) {
        explained_set_rule(number, RULE_PERCENTAGE);
        number->rule = arena_format(making->arena, "%s of the contract's total of %s, counted up",
                                    percent, total);
        return;
    }
    explained_set_rule(number, RULE_PERCENTAGE_OF_REST);
    number->rest_minor = ground->whole_minor;
    number->rule = arena_format(
        making->arena,
        "%s of the contract's total of %s: its part of the %s that what is settled leaves, "
        "counted up",
        percent, total, explanation_money(making, ground->whole_minor));
}

/* round(total * all up to it) - round(total * all before it), core/plan_price.h. */
static void explain_share(struct making *making, struct explained_number *number,
                          const struct plan *plan, const struct plan_milestone *planned)
{
    struct share_ground ground;
    int64_t up_to_minor = 0, before_minor = 0;
    bool fits = find_share_ground(plan, planned, &ground);
    int64_t up_to_ppm = ground.before_ppm + planned->percent_ppm;
    fits = fits &&
           money_ratio(ground.whole_minor, up_to_ppm, ground.whole_ppm, ROUND_HALF_UP, &up_to_minor,
                       NULL) == OK &&
           money_ratio(ground.whole_minor, ground.before_ppm, ground.whole_ppm, ROUND_HALF_UP,
                       &before_minor, NULL) == OK;
    set_share_rule(making, number, plan, planned, &ground);
    number->exact = ground.whole_ppm == PPM
                        ? explanation_product(making, plan->total_minor, planned->percent_ppm)
                        : NULL;
    explained_set_rounding(number, ROUNDED_SHARES);
    explanation_add_input(making, number,
                          (struct explained_input){INPUT_SHARES_UP_TO, .rate_ppm = up_to_ppm,
                                                   .amount_minor = up_to_minor});
    explanation_add_input(making, number,
                          (struct explained_input){INPUT_SHARES_BEFORE,
                                                   .rate_ppm = ground.before_ppm,
                                                   .amount_minor = -before_minor});
    number->is_sound = fits && up_to_minor - before_minor == planned->price_minor;
}

static void explain_percentage(struct making *making, struct explained_number *number,
                               const struct plan *plan, const struct plan_milestone *planned)
{
    if (!plan_is_settled(planned)) {
        explain_share(making, number, plan, planned);
        return;
    }
    explained_set_rule(number, RULE_SETTLED_PERCENTAGE);
    number->rate_ppm = planned->percent_ppm;
    number->rule = arena_format(making->arena,
                                "%s of the contract's total as it was before a change order "
                                "restated it: settled, so it stays",
                                explanation_percent(making->arena, planned->percent_ppm));
    explanation_add_input(
        making, number,
        (struct explained_input){
            INPUT_SETTLED,
            .name = arena_format(making->arena, "%s %s", planned->code, planned->title),
            .amount_minor = planned->settled_minor,
        });
    number->is_sound = true;
}

/* What both sides agreed to take off the price. */
static void explain_reduction(struct making *making, struct explained_number *number,
                              const struct milestone *milestone)
{
    if (milestone_reduction(milestone) == 0)
        return;
    number->is_reduced = true;
    number->rule = arena_format(making->arena, "%s, less what was agreed", number->rule);
    explanation_add_input(making, number,
                          (struct explained_input){
                              INPUT_REDUCTION,
                              .name = milestone->reduction_reason,
                              .amount_minor = -milestone_reduction(milestone),
                              .subject_id = milestone->id,
                          });
}

/* The one that a line bills: the line names it, or its invoice is the claim's alone. */
static const struct progress_claim *claim_of(const struct invoice_facts *facts,
                                             const struct invoice_line *line)
{
    for (size_t i = 0; i < facts->claims.count; i++) {
        const struct progress_claim *claim = LIST_AT(struct progress_claim, facts->claims, i);
        if (id_is_none(line->progress_claim_id)
                ? id_is_none(line->certificate_id) &&
                      id_equal(claim->invoice_id, facts->invoice->id)
                : id_equal(claim->id, line->progress_claim_id))
            return claim;
    }
    return NULL;
}

/* What the accepted claims of the milestone before one billed, all for NULL. */
static int64_t claimed_before(const struct invoice_facts *facts, const struct milestone *milestone,
                              const struct progress_claim *before)
{
    int64_t sum_minor = 0; /* within the milestone's price */
    for (size_t i = 0; i < facts->claims.count; i++) {
        const struct progress_claim *claim = LIST_AT(struct progress_claim, facts->claims, i);
        if (claim->state == PROGRESS_ACCEPTED && id_equal(claim->milestone_id, milestone->id) &&
            (!before || claim->number < before->number))
            sum_minor += claim->net_minor;
    }
    return sum_minor;
}

/* A share of the price, or with its acceptance all of it, less what was billed before. */
static void explain_progress(struct making *making, struct explained_number *number,
                             const struct invoice_facts *facts, const struct milestone *milestone,
                             const struct invoice_line *line)
{
    const struct progress_claim *claim = claim_of(facts, line);
    const char *title = arena_format(making->arena, "%s %s", milestone->code, milestone->title);
    int64_t before_minor = claimed_before(facts, milestone, claim);
    if (claim) {
        explained_set_rule(number, RULE_PROGRESS_SHARE);
        explained_set_rounding(number, ROUNDED_WHOLE_SHARE);
        explanation_add_input(making, number,
                              (struct explained_input){
                                  INPUT_PROGRESS,
                                  .name = title,
                                  .rate_ppm = claim->percent_ppm,
                                  .amount_minor = before_minor + claim->net_minor,
                                  .subject_id = claim->id,
                              });
    } else {
        explained_set_rule(number, RULE_PRICE_LESS_PROGRESS);
        explanation_add_input(making, number,
                              (struct explained_input){INPUT_MILESTONE, .name = title,
                                                       .amount_minor = milestone->price_minor,
                                                       .subject_id = milestone->id});
        explain_reduction(making, number, milestone);
    }
    if (before_minor > 0)
        explanation_add_input(
            making, number,
            (struct explained_input){INPUT_PROGRESS_BEFORE, .amount_minor = -before_minor});
    explained_check_sum(number);
}

static void explain_line(struct making *making, const struct invoice_facts *facts,
                         const struct invoice_line *line)
{
    const struct plan *plan = facts->contract->plan;
    const struct milestone *milestone = milestone_of(&facts->milestones, line->milestone_id);
    struct explained_number *number =
        explanation_add_number(making, "net", line->net_minor, RULE_PRICE, 3);
    if (!milestone)
        return; /* not sound */
    const struct plan_milestone *planned = plan_milestone_of(plan, milestone->code);
    if (milestone->pricing == PRICING_PERCENTAGE && planned) {
        explain_percentage(making, number, plan, planned);
        explain_reduction(making, number, milestone);
        number->is_sound = number->is_sound && explained_is_sum(number);
        return;
    }
    if (milestone->pricing == PRICING_PROGRESS) {
        explain_progress(making, number, facts, milestone, line);
        return;
    }
    bool is_period = milestone->pricing == PRICING_RECURRING;
    if (is_period)
        explained_set_rule(number, RULE_PERIOD_SHARE);
    const char *title = arena_format(making->arena, "%s %s", milestone->code, milestone->title);
    explanation_add_input(making, number,
                          (struct explained_input){
                              is_period ? INPUT_LINE : INPUT_MILESTONE,
                              .name = is_period ? line->description : title,
                              .amount_minor = is_period ? line->net_minor : milestone->price_minor,
                              .subject_id = line->milestone_id,
                          });
    if (!is_period)
        explain_reduction(making, number, milestone);
    explained_check_sum(number);
}

/* ---- tax and totals of an invoice ---------------------------------------------------------- */

static bool is_in_group(const struct invoice_line *line, const struct invoice_tax *tax)
{
    return line->tax_category == tax->category && line->tax_rate_ppm == tax->rate_ppm;
}

static const enum explained_rounding tax_roundings[2][2] = {
    {ROUNDED_ONCE_UP, ROUNDED_ONCE_EVEN},
    {ROUNDED_LINES_UP, ROUNDED_LINES_EVEN},
};

static void explain_tax(struct making *making, const struct invoice_facts *facts, size_t place)
{
    const struct invoice *invoice = facts->invoice;
    const struct invoice_tax *tax = LIST_AT(struct invoice_tax, invoice->taxes, place);
    const struct tax_rule rule = contract_tax_rule(facts->contract->plan->terms);
    bool is_per_line = rule.scope == TAX_PER_LINE;
    int64_t base_minor = 0, lines_minor = 0, group_minor = 0;
    bool fits = true;
    struct explained_number *number = explanation_add_number(
        making, "tax", tax->tax_minor, RULE_TAX_OF_LINES, invoice->lines.count);
    for (size_t i = 0; i < invoice->lines.count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, invoice->lines, i);
        int64_t tax_minor = 0;
        if (!is_in_group(line, tax))
            continue;
        fits = fits && money_ratio(line->net_minor, tax->rate_ppm, PPM, rule.rounding, &tax_minor,
                                   NULL) == OK;
        base_minor += line->net_minor;
        lines_minor += tax_minor;
        explanation_add_input(
            making, number,
            (struct explained_input){
                INPUT_LINE,
                .name = line->description,
                .exact = is_per_line ? explanation_product(making, line->net_minor, tax->rate_ppm)
                                     : NULL,
                .amount_minor = line->net_minor,
                .subject_id = line->milestone_id,
            });
    }
    fits = fits &&
           money_ratio(base_minor, tax->rate_ppm, PPM, rule.rounding, &group_minor, NULL) == OK;
    number->rate_ppm = tax->rate_ppm;
    number->of_minor = base_minor;
    number->rule = arena_format(making->arena, "%s of the lines' net of %s",
                                explanation_percent(making->arena, tax->rate_ppm),
                                explanation_money(making, base_minor));
    number->exact = explanation_product(making, base_minor, tax->rate_ppm);
    explained_set_rounding(number, tax_roundings[is_per_line][rule.rounding == ROUND_HALF_EVEN]);
    number->is_sound = fits && base_minor == tax->base_minor &&
                       tax->tax_minor == (is_per_line ? lines_minor : group_minor);
}

static void explain_outstanding(struct making *making, const struct invoice_facts *facts)
{
    const struct invoice *invoice = facts->invoice;
    struct explained_number *number =
        explanation_add_number(making, "outstanding", invoice_outstanding(invoice),
                               RULE_TOTAL_LESS_PAID, facts->applied.count + 1);
    explanation_add_member(making, number, "total", invoice->total_minor);
    for (size_t i = 0; i < facts->applied.count; i++) {
        const struct applied_amount *applied = LIST_AT(struct applied_amount, facts->applied, i);
        explanation_add_input(making, number,
                              (struct explained_input){
                                  applied->is_credit_note ? INPUT_CREDIT_NOTE : INPUT_PAYMENT,
                                  .name = applied->number,
                                  .amount_minor = -applied->amount_minor,
                                  .subject_id = applied->subject_id,
                              });
    }
    explained_check_sum(number);
}

void explain_invoice(struct arena *arena, const struct invoice_facts *facts,
                     struct explanation *explanation)
{
    const struct invoice *invoice = facts->invoice;
    must(invoice->kind == INVOICE_INVOICE);
    struct making making = explanation_begin(arena, explanation, invoice->id, invoice->currency,
                                             invoice->lines.count + invoice->taxes.count + 4);
    for (size_t i = 0; i < invoice->lines.count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, invoice->lines, i);
        explanation_begin_row(&making, "lines", i, line->description);
        explain_line(&making, facts, line);
    }
    for (size_t i = 0; i < invoice->taxes.count; i++) {
        explanation_begin_row(&making, "taxes", i, NULL);
        explain_tax(&making, facts, i);
    }
    explanation_end_row(&making);
    explanation_add_sums(&making, invoice);
    explain_outstanding(&making, facts);
}
