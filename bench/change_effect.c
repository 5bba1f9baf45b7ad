/* How long it takes to say what a change order would do to a contract of 1,000 milestones: what is
 * shown while it is typed. Each milestone comes after two before it; the order moves the first by
 * nine days, drops one and changes the price of every tenth. */
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/must.h"
#include "core/change_effect.h"
#include "core/client.h"
#include "core/company.h"
#include "core/engagement.h"
#include "platform/clock.h"

enum { MILESTONES = 1000, START_DAY = 20000, PASSES = 20, PRICE_MINOR = 100000 };

static struct id id_of(unsigned number)
{
    struct id id = {{0}};
    id.bytes[14] = (uint8_t)(number >> 8);
    id.bytes[15] = (uint8_t)number;
    return id;
}

static struct texts after_of(struct arena *arena, size_t i)
{
    size_t count = i < 2 ? i : 2;
    const char **codes = arena_array(arena, count, sizeof *codes);
    for (size_t j = 0; j < count; j++)
        codes[j] = arena_format(arena, "M%zu", i - j);
    return (struct texts){codes, count};
}

static struct plan *make_plan(struct arena *arena)
{
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    struct plan_milestone *rows = arena_array(arena, MILESTONES, sizeof *rows);
    struct contract_terms *terms = arena_alloc(arena, sizeof *terms);
    shape_init(&contract_terms_shape, terms);
    terms->payment_days = 30;
    terms->acceptance_days = 14;
    terms->time_zone = "UTC";
    for (size_t i = 0; i < MILESTONES; i++) {
        shape_init(&plan_milestone_shape, &rows[i]);
        rows[i].code = arena_format(arena, "M%zu", i + 1);
        rows[i].title = "A part";
        rows[i].price_minor = PRICE_MINOR;
        rows[i].tax_category = TAX_STANDARD;
        rows[i].tax_rate_ppm = 190000;
        rows[i].due_day = START_DAY + (int32_t)i;
        rows[i].after = after_of(arena, i);
    }
    *plan = (struct plan){
        .currency = "EUR",
        .total_minor = (int64_t)MILESTONES * PRICE_MINOR,
        .milestones = {rows, MILESTONES},
        .terms = terms,
    };
    return plan;
}

static struct plan *change(struct arena *arena, const struct plan *before)
{
    struct plan *plan = shape_clone(arena, &plan_shape, before);
    LIST_AT(struct plan_milestone, plan->milestones, 0)->due_day += 9;
    for (size_t i = 0; i < MILESTONES - 1; i += 10) {
        LIST_AT(struct plan_milestone, plan->milestones, i)->price_minor += 100;
        plan->total_minor += 100;
    }
    plan->milestones.count--;
    plan->total_minor -= PRICE_MINOR;
    return plan;
}

int main(void)
{
    struct arena *arena = arena_new();
    struct company company = {.id = id_of(1), .currency = "EUR"};
    struct client client = {.id = id_of(2), .currency = "EUR"};
    struct engagement engagement = {.id = id_of(3), .currency = "EUR", .state = ENGAGEMENT_ACTIVE};
    struct plan *plan = make_plan(arena);
    struct contract contract = {.id = id_of(4),
                                .engagement_id = id_of(3),
                                .state = CONTRACT_ACTIVE,
                                .plan = plan,
                                .currency = "EUR",
                                .sum_minor = plan->total_minor};
    struct list milestones, dependencies, none = {0};
    struct id *ids = arena_array(arena, MILESTONES, sizeof *ids);
    for (unsigned i = 0; i < MILESTONES; i++)
        ids[i] = id_of(100 + i);
    must(milestones_of_contract(arena, &contract, ids, &milestones, &dependencies, NULL) == OK);
    const struct change_basis basis = {
        .company = &company,
        .client = &client,
        .contract = &contract,
        .engagement = &engagement,
        .requirements = &none,
        .plan = plan,
        .plan_start_day = DAY_NONE,
        .milestones = &milestones,
        .billed = &none,
        .today = START_DAY - 10,
    };
    struct plan *after = change(arena, plan);
    const struct change_order order = {.id = id_of(5),
                                       .plan = after,
                                       .currency = "EUR",
                                       .sum_before_minor = plan->total_minor,
                                       .sum_after_minor = after->total_minor,
                                       .start_day = DAY_NONE,
                                       .valid_until_day = START_DAY};
    struct change_effect effect;
    int64_t best_ns = INT64_MAX;
    for (int i = 0; i < PASSES; i++) {
        struct arena *scratch = arena_new();
        int64_t started = monotonic_ns();
        must(change_effect(scratch, &order, &basis, &effect, NULL) == OK);
        int64_t taken_ns = monotonic_ns() - started;
        best_ns = taken_ns < best_ns ? taken_ns : best_ns;
        if (i + 1 < PASSES)
            arena_free(scratch);
    }
    printf("effect of a change on %d milestones: %.2f ms; the end moves %lld days, %.2f EUR\n",
           MILESTONES, (double)best_ns / 1e6, (long long)effect.end_moved_days,
           (double)effect.change_minor / 100);
    return 0;
}
