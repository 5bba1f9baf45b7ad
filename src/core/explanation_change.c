/* What a change order does to the contract sum and its tax, explained. */
#include <string.h>

#include "core/explanation_making.h"

enum { NUMBERS = 6 };

struct changing {
    struct making making;
    const struct change_basis *basis;
    const struct change_effect *effect;
};

/* Of a milestone that is there already; none of one that the order adds. */
static struct id id_of(const struct changing *of, const char *code)
{
    const struct milestone *milestone = milestone_by_code(of->basis->milestones, code);
    return milestone ? milestone->id : (struct id){0};
}

static const char *title_of(struct changing *of, const char *code, const char *title)
{
    return arena_format(of->making.arena, "%s %s", code, title ? title : "");
}

/* ---- sums ---------------------------------------------------------------------------------- */

static void explain_sum_before(struct changing *of)
{
    const struct list *milestones = &of->basis->plan->milestones;
    struct explained_number *number = explanation_add_number(
        &of->making, "sum_before", of->effect->sum_before_minor, RULE_SUM, milestones->count);
    for (size_t i = 0; i < milestones->count; i++) {
        const struct plan_milestone *milestone = LIST_AT(struct plan_milestone, *milestones, i);
        explanation_add_input(
            &of->making, number,
            (struct explained_input){
                INPUT_MILESTONE, .name = title_of(of, milestone->code, milestone->title),
                .amount_minor = milestone->price_minor, .subject_id = id_of(of, milestone->code)});
    }
    explained_check_sum(number);
}

/* What each milestone changes by. */
static void explain_change_of_sum(struct changing *of)
{
    const struct list *effects = &of->effect->milestones;
    struct explained_number *number = explanation_add_number(
        &of->making, "change", of->effect->change_minor, RULE_SUM, effects->count);
    for (size_t i = 0; i < effects->count; i++) {
        const struct milestone_effect *effect = LIST_AT(struct milestone_effect, *effects, i);
        if (effect->change_minor == 0 || effect->change_minor == INTEGER_NONE)
            continue;
        explanation_add_input(
            &of->making, number,
            (struct explained_input){
                INPUT_MILESTONE, .name = title_of(of, effect->code, effect->title),
                .amount_minor = effect->change_minor, .subject_id = id_of(of, effect->code)});
    }
    explained_check_sum(number);
}

static void explain_sum_after(struct changing *of)
{
    struct explained_number *number =
        explanation_add_number(&of->making, "sum_after", of->effect->sum_after_minor, RULE_SUM, 2);
    explanation_add_member(&of->making, number, "sum_before", of->effect->sum_before_minor);
    explanation_add_member(&of->making, number, "change", of->effect->change_minor);
    explained_check_sum(number);
}

/* ---- tax ----------------------------------------------------------------------------------- */

static enum error explain_tax(struct changing *of, const char *name, int64_t sum_minor,
                              const struct plan *plan, struct fault *fault)
{
    struct making *making = &of->making;
    struct explained_number *number = explanation_add_number(
        making, name, sum_minor, RULE_TAX_OF_MILESTONES, plan->milestones.count);
    enum error error = OK;
    explained_set_rounding(number, ROUNDED_EACH_MILESTONE);
    for (size_t i = 0; !error && i < plan->milestones.count; i++) {
        const struct plan_milestone *milestone =
            LIST_AT(struct plan_milestone, plan->milestones, i);
        int64_t tax_minor = 0;
        error = change_tax_of(milestone, milestone->price_minor, &tax_minor, fault);
        explanation_add_input(making, number,
                              (struct explained_input){
                                  INPUT_MILESTONE_TAX,
                                  .name = title_of(of, milestone->code, milestone->title),
                                  .rate_ppm = milestone->tax_rate_ppm,
                                  .exact = explanation_product(making, milestone->price_minor,
                                                               milestone->tax_rate_ppm),
                                  .amount_minor = tax_minor,
                                  .subject_id = id_of(of, milestone->code),
                              });
    }
    explained_check_sum(number);
    return error;
}

static void explain_tax_change(struct changing *of)
{
    struct explained_number *number = explanation_add_number(
        &of->making, "tax_change", of->effect->tax_change_minor, RULE_DIFFERENCE, 2);
    explanation_add_member(&of->making, number, "tax_after", of->effect->tax_after_minor);
    explanation_add_member(&of->making, number, "tax_before", -of->effect->tax_before_minor);
    explained_check_sum(number);
}

enum error explain_change(struct arena *arena, const struct change_order *order,
                          const struct change_basis *basis, const struct change_effect *effect,
                          struct explanation *explanation, struct fault *fault)
{
    struct changing of = {.basis = basis, .effect = effect};
    of.making = explanation_begin(arena, explanation, order->id, effect->currency, NUMBERS);
    explain_sum_before(&of);
    explain_change_of_sum(&of);
    explain_sum_after(&of);
    enum error error = explain_tax(&of, "tax_before", effect->tax_before_minor, basis->plan, fault);
    if (!error)
        error = explain_tax(&of, "tax_after", effect->tax_after_minor, order->plan, fault);
    explain_tax_change(&of);
    return error;
}
