#include "core/change_check.h"

#include <string.h>

#include "base/money.h"
#include "core/change_pricing.h"

/* ---- what may change ----------------------------------------------------------------------- */

enum freedom { FREE = 1, BEGUN, UNDER_REVIEW, DONE, GONE };

static const unsigned char freedoms[] = {
    [MILESTONE_PLANNED] = FREE,      [MILESTONE_READY] = FREE,
    [MILESTONE_IN_PROGRESS] = BEGUN, [MILESTONE_REJECTED] = BEGUN,
    [MILESTONE_REWORK] = BEGUN,      [MILESTONE_SUBMITTED] = UNDER_REVIEW,
    [MILESTONE_ACCEPTED] = DONE,     [MILESTONE_DEEMED_ACCEPTED] = DONE,
    [MILESTONE_CANCELLED] = GONE,
};

struct checking {
    struct arena *arena;
    const struct change_order *order;
    const struct change_basis *basis;
    struct milestone_index rows;
    struct plan_index before;
    struct plan_index after;
    struct fault *fault;
};

static const char *state_name(const struct milestone *row)
{
    return choice_name(&milestone_state_choices, (int)row->state);
}

static bool may_change(enum freedom freedom, const struct field *field, const void *from,
                       const void *to)
{
    if (freedom == FREE || freedom == BEGUN || change_is_of_periods(field, from))
        return true;
    if (strcmp(field->name, "settled_minor") == 0)
        return true; /* core/change_pricing.h */
    if (freedom == UNDER_REVIEW)
        return field->kind == FIELD_DAY;
    return strcmp(field->name, "price_minor") == 0 &&
           ((const struct plan_milestone *)to)->price_minor <
               ((const struct plan_milestone *)from)->price_minor;
}

/* What shares were billed of: it cannot become another. */
static bool is_of_claims(const struct field *field)
{
    static const char *const names[] = {"price_minor", "pricing", "tax_category", "tax_rate_ppm"};
    bool is_one = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        is_one = is_one || strcmp(field->name, names[i]) == 0;
    return is_one;
}

static enum error check_claimed(const struct checking *checking, size_t i,
                                const struct milestone *row, const struct plan_milestone *from,
                                const struct plan_milestone *to)
{
    for (size_t f = 0; milestone_claimed(row) > 0 && f < plan_milestone_shape.field_count; f++) {
        const struct field *field = &plan_milestone_shape.fields[f];
        char name[FIELD_NAME_SIZE];
        if (is_of_claims(field) && !field_same(field, from, to))
            return refuse(checking->fault, ERROR_WRONG_STATE,
                          arena_format(checking->arena, "plan/milestones/%zu/%s", i,
                                       field_json_name(field, name)),
                          "progress of %s is billed already, and this can no longer change",
                          row->code);
    }
    return OK;
}

static enum error check_fields(const struct checking *checking, size_t i,
                               const struct milestone *row, const struct plan_milestone *from,
                               const struct plan_milestone *to)
{
    enum freedom freedom = freedoms[row->state];
    for (size_t f = 0; f < plan_milestone_shape.field_count; f++) {
        const struct field *field = &plan_milestone_shape.fields[f];
        char name[FIELD_NAME_SIZE];
        if (field_same(field, from, to) || may_change(freedom, field, from, to))
            continue;
        return refuse(checking->fault, ERROR_WRONG_STATE,
                      arena_format(checking->arena, "plan/milestones/%zu/%s", i,
                                   field_json_name(field, name)),
                      "%s is %s, and this can no longer change", row->code, state_name(row));
    }
    return OK;
}

/* One that has begun waits for nothing new. */
static enum error check_begun(const struct checking *checking, size_t i,
                              const struct milestone *row, const struct plan_milestone *to)
{
    if (freedoms[row->state] != BEGUN)
        return OK;
    for (size_t a = 0; a < to->after.count; a++) {
        const struct milestone *other = milestone_find(&checking->rows, to->after.texts[a]);
        if (!other || !milestone_is_accepted(other))
            return refuse(checking->fault, ERROR_WRONG_STATE,
                          arena_format(checking->arena, "plan/milestones/%zu/after/%zu", i, a),
                          "%s has begun and cannot come after %s, which is not accepted", row->code,
                          to->after.texts[a]);
    }
    return OK;
}

static enum error check_kept(const struct checking *checking, size_t i)
{
    const struct plan_milestone *to = planned_at(checking->order->plan, i);
    const struct plan_milestone *from = plan_find(&checking->before, to->code);
    const struct milestone *row = milestone_find(&checking->rows, to->code);
    if (!from && row)
        return refuse(checking->fault, ERROR_CONFLICT,
                      arena_format(checking->arena, "plan/milestones/%zu/code", i),
                      "%s was a milestone of this contract before: take another code", to->code);
    if (!from || !row) /* new, or of an order that still waits for its day */
        return OK;
    enum error error = check_fields(checking, i, row, from, to);
    if (!error)
        error = check_claimed(checking, i, row, from, to);
    if (!error && milestone_is_accepted(row) && to->price_minor < milestone_reduction(row))
        error = refuse(checking->fault, ERROR_WRONG_STATE,
                       arena_format(checking->arena, "plan/milestones/%zu/price", i),
                       "%s was reduced by more than that already: drop it instead", row->code);
    return error ? error : check_begun(checking, i, row, to);
}

static enum error check_dropped(const struct checking *checking, size_t i)
{
    const struct plan_milestone *from = planned_at(checking->basis->plan, i);
    if (plan_find(&checking->after, from->code))
        return OK;
    const struct milestone *row = milestone_find(&checking->rows, from->code);
    if (row && freedoms[row->state] == UNDER_REVIEW)
        return refuse(
            checking->fault, ERROR_WRONG_STATE, "plan/milestones",
            "%s is submitted and cannot be dropped: it is decided on, or taken back, first",
            row->code);
    if (row && milestone_claimed(row) > 0)
        return refuse(checking->fault, ERROR_WRONG_STATE, "plan/milestones",
                      "progress of %s is billed already, and it cannot be dropped", row->code);
    return OK;
}

/* ---- credits ------------------------------------------------------------------------------- */

/* How much of what is billed for the milestone lies above its price in the plan; 0 if nothing, and
 * for one that is not accepted. */
static int64_t overbilled(const struct change_basis *basis, const struct milestone_index *rows,
                          const struct plan_index *after, const char *code,
                          const struct change_billed **invoice)
{
    int64_t billed_minor = 0;
    const struct milestone *row = milestone_find(rows, code);
    const struct plan_milestone *to = plan_find(after, code);
    *invoice = NULL;
    if (!row || !milestone_is_accepted(row))
        return 0;
    for (size_t i = 0; i < basis->billed->count; i++) {
        const struct change_billed *billed = LIST_AT(struct change_billed, *basis->billed, i);
        if (!id_equal(billed->milestone_id, row->id))
            continue;
        billed_minor += billed->net_minor; /* each is within the milestone's price */
        if (billed->net_minor > 0)
            *invoice = billed;
    }
    int64_t price_minor = to ? to->price_minor - milestone_reduction(row) : 0;
    if (price_minor < 0)
        price_minor = 0; /* which is refused, for another reason than what is billed */
    return billed_minor > price_minor ? billed_minor - price_minor : 0;
}

struct list change_credits_needed(struct arena *arena, const struct plan *plan,
                                  const struct change_basis *basis)
{
    struct milestone_index rows = milestone_index(arena, basis->milestones);
    struct plan_index after = plan_index(arena, plan);
    struct change_credit *credits =
        arena_array(arena, basis->plan->milestones.count, sizeof *credits);
    size_t count = 0;
    for (size_t i = 0; i < basis->plan->milestones.count; i++) {
        const struct change_billed *invoice;
        const char *code = planned_at(basis->plan, i)->code;
        int64_t net_minor = overbilled(basis, &rows, &after, code, &invoice);
        if (net_minor > 0)
            credits[count++] = (struct change_credit){code, invoice->id, net_minor};
    }
    return (struct list){credits, count};
}

static const struct change_credit *find_credit(const struct list *credits, const char *code)
{
    for (size_t i = 0; i < credits->count; i++) {
        const struct change_credit *credit = LIST_AT(struct change_credit, *credits, i);
        if (strcmp(credit->milestone, code) == 0)
            return credit;
    }
    return NULL;
}

static enum error check_needed(const struct checking *checking, const struct list *needed)
{
    char amount[MONEY_TEXT_SIZE];
    for (size_t i = 0; i < needed->count; i++) {
        const struct change_credit *need = LIST_AT(struct change_credit, *needed, i);
        const struct change_credit *credit =
            find_credit(&checking->order->credits, need->milestone);
        money_format(need->net_minor, checking->basis->plan->currency, amount);
        if (!credit)
            return refuse(checking->fault, ERROR_WRONG_STATE, "credits",
                          "%s is billed already: list a credit of %s %s net on its invoice",
                          need->milestone, amount, checking->basis->plan->currency);
        if (!id_equal(credit->invoice_id, need->invoice_id) || credit->net_minor != need->net_minor)
            return refuse(checking->fault, ERROR_SUM_MISMATCH, "credits",
                          "what is to be credited for %s is %s %s net on its invoice",
                          need->milestone, amount, checking->basis->plan->currency);
    }
    return OK;
}

static enum error check_credits(const struct checking *checking)
{
    const struct list *credits = &checking->order->credits;
    struct list needed =
        change_credits_needed(checking->arena, checking->order->plan, checking->basis);
    enum error error = check_needed(checking, &needed);
    for (size_t i = 0; !error && i < credits->count; i++) {
        const struct change_credit *credit = LIST_AT(struct change_credit, *credits, i);
        if (find_credit(credits, credit->milestone) != credit ||
            !find_credit(&needed, credit->milestone))
            error =
                refuse(checking->fault, ERROR_INVALID,
                       arena_format(checking->arena, "credits/%zu/milestone", i),
                       "nothing is to be credited for %s, or it is there twice", credit->milestone);
    }
    return error;
}

enum error change_check(struct arena *arena, const struct change_order *order,
                        const struct change_basis *basis, struct fault *fault)
{
    const struct checking checking = {
        .arena = arena,
        .order = order,
        .basis = basis,
        .rows = milestone_index(arena, basis->milestones),
        .before = plan_index(arena, basis->plan),
        .after = plan_index(arena, order->plan),
        .fault = fault,
    };
    enum error error = OK;
    for (size_t i = 0; !error && i < order->plan->milestones.count; i++)
        error = check_kept(&checking, i);
    for (size_t i = 0; !error && i < basis->plan->milestones.count; i++)
        error = check_dropped(&checking, i);
    if (!error)
        error = change_check_pricing(arena, order, basis, fault);
    return error ? error : check_credits(&checking);
}
