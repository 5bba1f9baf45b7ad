#include "core/change_apply.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/money.h"
#include "base/must.h"
#include "core/change_pricing.h"
#include "core/contract.h"
#include "core/plan_check.h"

/* ---- milestones by code -------------------------------------------------------------------- */

struct rows {
    struct milestone **sorted;
    size_t count;
};

static int by_code(const void *a, const void *b)
{
    return strcmp((*(struct milestone *const *)a)->code, (*(struct milestone *const *)b)->code);
}

static struct rows rows_of(struct arena *arena, const struct list *milestones)
{
    struct rows rows = {arena_array(arena, milestones->count, sizeof *rows.sorted),
                        milestones->count};
    for (size_t i = 0; i < rows.count; i++)
        rows.sorted[i] = LIST_AT(struct milestone, *milestones, i);
    if (rows.count > 0)
        qsort(rows.sorted, rows.count, sizeof *rows.sorted, by_code);
    return rows;
}

static struct milestone *row_of(const struct rows *rows, const char *code)
{
    const struct milestone key_row = {.code = code};
    const struct milestone *key = &key_row;
    struct milestone **found = rows->count > 0 && code ? bsearch(&key, rows->sorted, rows->count,
                                                                 sizeof *rows->sorted, by_code)
                                                       : NULL;
    return found ? *found : NULL;
}

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
    struct rows rows;
    struct plan_index before;
    struct plan_index after;
    struct fault *fault;
};

static const struct plan_milestone *planned_at(const struct plan *plan, size_t i)
{
    return LIST_AT(struct plan_milestone, plan->milestones, i);
}

static const char *state_name(const struct milestone *row)
{
    return choice_name(&milestone_state_choices, (int)row->state);
}

/* Its acceptance bills nothing, so what it is billed by can change after it. */
static bool is_of_periods(const struct field *field, const struct plan_milestone *from)
{
    static const char *const names[] = {"price_minor", "recurrence", "period_price_minor",
                                        "settled_minor", "settled_periods"};
    bool is_one = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        is_one = is_one || strcmp(field->name, names[i]) == 0;
    return is_one && from->pricing == PRICING_RECURRING;
}

static bool may_change(enum freedom freedom, const struct field *field, const void *from,
                       const void *to)
{
    if (freedom == FREE || freedom == BEGUN || is_of_periods(field, from))
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
        const struct milestone *other = row_of(&checking->rows, to->after.texts[a]);
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
    const struct milestone *row = row_of(&checking->rows, to->code);
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
    const struct milestone *row = row_of(&checking->rows, from->code);
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
static int64_t overbilled(const struct change_basis *basis, const struct rows *rows,
                          const struct plan_index *after, const char *code,
                          const struct change_billed **invoice)
{
    int64_t billed_minor = 0;
    const struct milestone *row = row_of(rows, code);
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
    struct rows rows = rows_of(arena, basis->milestones);
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
        .rows = rows_of(arena, basis->milestones),
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

/* ---- applying ------------------------------------------------------------------------------ */

struct applying {
    const struct change_basis *basis;
    const struct change_order *order;
    struct rows rows; /* of copies, as they will be, and of new ones */
    struct milestone *copies;
    struct milestone *added;
    struct change_result *result;
};

static void put_id(struct list *ids, struct id id)
{
    *LIST_AT(struct id, *ids, ids->count++) = id;
}

static void no_reduction(struct milestone *row)
{
    row->reduction_minor = INTEGER_NONE;
    row->reduction_reason = NULL;
}

static bool is_fixed(enum pricing pricing)
{
    return pricing == 0 || pricing == PRICING_FIXED;
}

/* A new price is the whole price: both have signed it after what they took off the old one. Of what
 * is accepted the reduction stays, as it was billed. */
static void take_plan(struct milestone *row, const struct plan_milestone *to)
{
    if (row->price_minor != to->price_minor && !milestone_is_accepted(row))
        no_reduction(row);
    row->title = to->title;
    row->description = to->description;
    row->price_minor = to->price_minor;
    row->tax_category = to->tax_category;
    row->tax_rate_ppm = to->tax_rate_ppm;
    row->start_day = to->start_day;
    if (row->due_day != to->due_day)
        row->planned_due_day = DAY_NONE;
    row->due_day = to->due_day;
    row->deliverables = to->deliverables;
    row->criteria = to->criteria;
    if (!is_fixed(row->pricing) || !is_fixed(to->pricing))
        row->pricing = to->pricing;
}

static struct milestone new_milestone(const struct applying *applying,
                                      const struct plan_milestone *to, struct id id, int64_t number)
{
    struct milestone row = {
        .id = id,
        .version = 1,
        .engagement_id = applying->order->engagement_id,
        .contract_id = applying->order->contract_id,
        .number = number,
        .code = to->code,
        .currency = applying->order->currency,
        .state = MILESTONE_PLANNED,
        .billing = BILLING_UNBILLED,
        .reduction_minor = INTEGER_NONE,
        .planned_due_day = DAY_NONE,
        .claimed_minor = INTEGER_NONE,
        .claimed_ppm = INTEGER_NONE,
    };
    take_plan(&row, to);
    return row;
}

/* Whether rows differ in what a plan says, in state or in price. */
static bool is_changed(const struct milestone *before, const struct milestone *after)
{
    for (size_t i = 0; i < milestone_shape.field_count; i++) {
        if (!field_same(&milestone_shape.fields[i], before, after))
            return true;
    }
    return false;
}

static void drop(const struct applying *applying, struct milestone *row)
{
    if (milestone_is_accepted(row)) {
        row->price_minor = 0;
        no_reduction(row);
        return;
    }
    enum error error = milestone_advance(row, MILESTONE_CANCEL, NULL);
    must(error == OK);
    put_id(&applying->result->cancelled, row->id);
    put_id(&applying->result->rewired, row->id);
}

static int64_t last_number(const struct list *milestones)
{
    int64_t last = 0;
    for (size_t i = 0; i < milestones->count; i++) {
        int64_t number = LIST_AT(struct milestone, *milestones, i)->number;
        last = number > last ? number : last;
    }
    return last;
}

/* Sets each milestone of the plan, and drops those that are no longer in it. */
static void set_milestones(struct arena *arena, struct applying *applying, const struct id *ids)
{
    const struct plan *plan = applying->order->plan;
    struct plan_index before = plan_index(arena, applying->basis->plan);
    struct plan_index after = plan_index(arena, plan);
    int64_t number = last_number(applying->basis->milestones);
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *to = planned_at(plan, i);
        struct milestone *row = row_of(&applying->rows, to->code);
        if (row)
            take_plan(row, to);
        else
            applying->added[applying->result->added.count++] =
                new_milestone(applying, to, ids[i], ++number);
    }
    for (size_t i = 0; i < applying->basis->plan->milestones.count; i++) {
        const char *code = planned_at(applying->basis->plan, i)->code;
        if (plan_find(&before, code) && !plan_find(&after, code))
            drop(applying, row_of(&applying->rows, code));
    }
}

static struct list all_of(struct arena *arena, const struct applying *applying)
{
    size_t count = applying->basis->milestones->count, added = applying->result->added.count;
    struct milestone **all = arena_array(arena, count + added, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = &applying->copies[i];
    for (size_t i = 0; i < added; i++)
        all[count + i] = &applying->added[i];
    return (struct list){all, count + added};
}

static struct rows index_all(struct arena *arena, const struct applying *applying)
{
    struct list all = all_of(arena, applying);
    struct rows rows = {all.rows, all.count};
    if (rows.count > 0)
        qsort(rows.sorted, rows.count, sizeof *rows.sorted, by_code);
    return rows;
}

/* Ready where all that it comes after is accepted, planned where not; neither for one that has
 * begun. */
static void set_readiness(const struct applying *applying, struct milestone *row,
                          const struct plan_milestone *to)
{
    bool is_ready = true;
    if (row->state != MILESTONE_PLANNED && row->state != MILESTONE_READY)
        return;
    for (size_t a = 0; is_ready && a < to->after.count; a++)
        is_ready = milestone_is_accepted(row_of(&applying->rows, to->after.texts[a]));
    enum milestone_event event = is_ready ? MILESTONE_MAKE_READY : MILESTONE_HOLD_BACK;
    if ((row->state == MILESTONE_READY) == is_ready)
        return;
    enum error error = milestone_advance(row, event, NULL);
    must(error == OK);
    if (is_ready)
        put_id(&applying->result->ready, row->id);
}

static void wire(const struct applying *applying, const struct milestone *row,
                 const struct plan_milestone *to)
{
    struct list *dependencies = &applying->result->dependencies;
    put_id(&applying->result->rewired, row->id);
    for (size_t a = 0; a < to->after.count; a++)
        *LIST_AT(struct milestone_dependency, *dependencies, dependencies->count++) =
            (struct milestone_dependency){
                .milestone_id = row->id,
                .after_id = row_of(&applying->rows, to->after.texts[a])->id,
                .engagement_id = row->engagement_id,
            };
}

static void set_graph(struct arena *arena, const struct applying *applying)
{
    static const char after_name[] = "after";
    const struct field *after = shape_field(&plan_milestone_shape, after_name, NULL);
    struct plan_index before = plan_index(arena, applying->basis->plan);
    const struct plan *plan = applying->order->plan;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *to = planned_at(plan, i);
        const struct plan_milestone *from = plan_find(&before, to->code);
        struct milestone *row = row_of(&applying->rows, to->code);
        set_readiness(applying, row, to);
        if (!from || !field_same(after, from, to))
            wire(applying, row, to);
    }
}

static struct list room_for(struct arena *arena, size_t count, size_t size)
{
    return (struct list){arena_array(arena, count, size), 0};
}

static void make_room(struct arena *arena, struct applying *applying)
{
    struct change_result *result = applying->result;
    const struct plan *plan = applying->order->plan;
    size_t there = applying->basis->milestones->count, planned = plan->milestones.count;
    size_t edges = 0;
    for (size_t i = 0; i < planned; i++)
        edges += planned_at(plan, i)->after.count;
    *result = (struct change_result){
        .changed = room_for(arena, there, sizeof(struct milestone)),
        .added = room_for(arena, planned, sizeof(struct milestone)),
        .rewired = room_for(arena, there + planned, sizeof(struct id)),
        .dependencies = room_for(arena, edges, sizeof(struct milestone_dependency)),
        .ready = room_for(arena, planned, sizeof(struct id)),
        .cancelled = room_for(arena, there, sizeof(struct id)),
        .recurring = room_for(arena, planned, sizeof(struct milestone)),
    };
    applying->added = result->added.rows;
    applying->copies =
        arena_copy(arena, applying->basis->milestones->rows, there * sizeof(struct milestone));
}

static bool has_same_periods(const struct plan_milestone *from, const struct plan_milestone *to)
{
    bool same = from && from->pricing == to->pricing;
    for (size_t i = 0; same && i < plan_milestone_shape.field_count; i++) {
        const struct field *field = &plan_milestone_shape.fields[i];
        same = !is_of_periods(field, from) || field_same(field, from, to);
    }
    return same;
}

static void set_recurring(struct arena *arena, const struct applying *applying)
{
    struct list *recurring = &applying->result->recurring;
    const struct plan *plan = applying->order->plan;
    struct plan_index before = plan_index(arena, applying->basis->plan);
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *to = planned_at(plan, i);
        if (to->pricing == PRICING_RECURRING && !has_same_periods(plan_find(&before, to->code), to))
            *LIST_AT(struct milestone, *recurring, recurring->count++) =
                *row_of(&applying->rows, to->code);
    }
}

static bool is_open(const struct milestone *row)
{
    return !milestone_is_accepted(row) && row->state != MILESTONE_CANCELLED;
}

void change_apply(struct arena *arena, const struct change_order *order,
                  const struct change_basis *basis, const struct id *ids,
                  struct change_result *result)
{
    struct applying applying = {.basis = basis, .order = order, .result = result};
    size_t there = basis->milestones->count;
    make_room(arena, &applying);
    applying.rows = rows_of(arena, &(struct list){applying.copies, there});
    set_milestones(arena, &applying, ids);
    applying.rows = index_all(arena, &applying);
    set_graph(arena, &applying);
    for (size_t i = 0; i < there; i++) {
        const struct milestone *before = LIST_AT(struct milestone, *basis->milestones, i);
        if (is_changed(before, &applying.copies[i]))
            *LIST_AT(struct milestone, result->changed, result->changed.count++) =
                applying.copies[i];
    }
    set_recurring(arena, &applying);
    for (size_t i = 0; i < applying.rows.count; i++)
        result->leaves_open = result->leaves_open || is_open(applying.rows.sorted[i]);
}

/* ---- proof --------------------------------------------------------------------------------- */

static bool follows(const struct milestone *row, const struct plan_milestone *to)
{
    struct milestone same = *row;
    take_plan(&same, to);
    return row->state != MILESTONE_CANCELLED && !is_changed(row, &same);
}

enum error milestones_follow_plan(struct arena *arena, const struct plan *plan,
                                  const struct list *milestones, struct fault *fault)
{
    struct rows rows = rows_of(arena, milestones);
    struct plan_index index = plan_index(arena, plan);
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *to = planned_at(plan, i);
        const struct milestone *row = row_of(&rows, to->code);
        if (!row || !follows(row, to))
            return refuse(fault, ERROR_CHECK_FAILED, "milestones",
                          "milestone %s is not as the contract and its applied orders say",
                          to->code);
    }
    for (size_t i = 0; i < rows.count; i++) {
        const struct milestone *row = rows.sorted[i];
        bool is_gone = row->state == MILESTONE_CANCELLED ||
                       (milestone_is_accepted(row) && row->price_minor == 0);
        if (!is_gone && !plan_find(&index, row->code))
            return refuse(fault, ERROR_CHECK_FAILED, "milestones",
                          "milestone %s is in neither the contract nor an applied order",
                          row->code);
    }
    return OK;
}
