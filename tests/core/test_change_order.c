#include "core/change_order.h"

#include "core/change_apply.h"
#include "core/change_effect.h"
#include "core/plan_rebase.h"
#include "sample.h"

/* The sample's contract in force, its milestones as they came to be, and an order against it. */
struct ground {
    struct arena *arena;
    struct company company;
    struct client client;
    struct engagement engagement;
    struct contract contract;
    struct list requirements;
    struct list milestones;
    struct list billed;
    struct change_basis basis;
    struct plan *plan; /* of the order, to be changed */
};

static struct ground ground_of(struct arena *arena, struct plan *plan)
{
    struct ground ground = {
        .arena = arena,
        .company = sample_company(),
        .client = sample_client(),
        .engagement = sample_engagement(),
        .contract = sample_contract(arena),
        .requirements = sample_requirements(arena),
        .plan = shape_clone(arena, &plan_shape, plan),
    };
    struct list dependencies;
    size_t count = plan->milestones.count;
    struct id *ids = arena_array(arena, count, sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = sample_id(1000 + (unsigned)i);
    ground.engagement.state = ENGAGEMENT_ACTIVE;
    ground.contract.state = CONTRACT_ACTIVE;
    ground.contract.number = "C-2016-0001";
    ground.contract.plan = plan;
    assert_int_equal(milestones_of_contract(arena, &ground.contract, ids, &ground.milestones,
                                            &dependencies, NULL),
                     OK);
    return ground;
}

/* Points into the ground, so it is made where it is used. */
static struct change_order order_on(struct ground *ground)
{
    struct change_order order = {.id = sample_id(900), .number = 1, .revision = 1};
    ground->basis = (struct change_basis){
        .company = &ground->company,
        .client = &ground->client,
        .contract = &ground->contract,
        .engagement = &ground->engagement,
        .requirements = &ground->requirements,
        .plan = ground->contract.plan,
        .plan_start_day = DAY_NONE,
        .milestones = &ground->milestones,
        .billed = &ground->billed,
        .today = sample_day("2016-06-01"),
    };
    struct change_order form = {
        .title = "A change",
        .plan = ground->plan,
        .start_day = DAY_NONE,
        .valid_until_day = sample_day("2016-06-10"),
    };
    ALLOWED(change_order_draft(&order, &ground->basis, NULL));
    ALLOWED(change_order_edit(&order, &form, NULL));
    return order;
}

static void set_price(struct plan *plan, size_t i, int64_t price_minor)
{
    plan->total_minor += price_minor - sprint(plan, i)->price_minor;
    sprint(plan, i)->price_minor = price_minor;
}

static struct milestone *row(struct ground *ground, size_t i)
{
    return LIST_AT(struct milestone, ground->milestones, i);
}

static struct milestone_effect *shown(const struct change_effect *effect, size_t i)
{
    return LIST_AT(struct milestone_effect, effect->milestones, i);
}

/* ---- the effect ---------------------------------------------------------------------------- */

CASE(a_change_is_told_in_money_days_and_order)
{
    struct change_effect effect = {0};
    struct arena *arena = arena_new();
    struct ground ground = ground_of(arena, sample_plan(arena));
    set_price(ground.plan, 3, 2820000);
    sprint(ground.plan, 3)->due_day += 9;
    sprint(ground.plan, 3)->after = TEXTS("S1");
    struct change_order order = order_on(&ground);
    ALLOWED(change_effect(arena, &order, &ground.basis, &effect, NULL));
    assert_string_equal(shown(&effect, 3)->summary, "+1200.00 USD, +9 days, now after S1");
    assert_int_equal(shown(&effect, 3)->kind, EFFECT_CHANGED);
    assert_int_equal(shown(&effect, 2)->kind, EFFECT_UNCHANGED);
    assert_int_equal(effect.change_minor, 120000);
    assert_int_equal(effect.sum_after_minor, 12120000);
    assert_int_equal(effect.problems.count, 0);
    arena_free(arena);
}

CASE(what_comes_later_moves_by_the_graph_and_signed_days_only_by_the_order)
{
    struct change_effect effect = {0};
    struct arena *arena = arena_new();
    struct ground ground = ground_of(arena, sample_plan(arena));
    sprint(ground.plan, 1)->due_day += 5; /* S1; S2 is due 7 days after it was */
    struct change_order order = order_on(&ground);
    ALLOWED(change_effect(arena, &order, &ground.basis, &effect, NULL));
    assert_int_equal(shown(&effect, 1)->graph_after_day, sample_day("2016-07-05"));
    for (size_t i = 2; i < 5; i++) {
        assert_int_equal(shown(&effect, i)->days_moved, 0);
        assert_int_equal(shown(&effect, i)->graph_after_day,
                         shown(&effect, i)->graph_before_day + 5);
        assert_int_equal(shown(&effect, i)->days_short, 5);
    }
    assert_int_equal(effect.end_moved_days, 5);
    assert_int_equal(effect.end_before_day, sample_day("2016-08-15"));
    arena_free(arena);
}

CASE(what_decides_the_end_is_named_before_and_after)
{
    struct change_effect effect = {0};
    struct arena *arena = arena_new();
    struct ground ground = ground_of(arena, sample_plan(arena));
    sprint(ground.plan, 3)->after = TEXTS("S1"); /* S2 no longer holds S3 up */
    struct change_order order = order_on(&ground);
    ALLOWED(change_effect(arena, &order, &ground.basis, &effect, NULL));
    assert_int_equal(effect.critical_before.count, 5);
    assert_int_equal(effect.critical_after.count, 4);
    assert_false(shown(&effect, 2)->is_critical);
    assert_true(shown(&effect, 2)->was_critical);
    assert_int_equal(shown(&effect, 2)->slack_days, 32);
    assert_int_equal(effect.end_moved_days, -7); /* S3 can begin a week earlier */
    arena_free(arena);
}

CASE(what_falls_due_moves_with_its_milestone_and_its_terms)
{
    struct change_effect effect = {0};
    struct arena *arena = arena_new();
    struct ground ground = ground_of(arena, sample_plan(arena));
    ground.plan->terms->payment_days = 14;
    set_price(ground.plan, 4, 2700000 + 100);
    struct change_order order = order_on(&ground);
    ALLOWED(change_effect(arena, &order, &ground.basis, &effect, NULL));
    const struct due_effect *last =
        LIST_AT(struct due_effect, effect.falls_due, effect.falls_due.count - 1);
    assert_int_equal(effect.falls_due.count, 10);
    assert_int_equal(last->day, sample_day("2016-08-15") + 30);
    assert_int_equal(last->before_minor, 2700000);
    assert_int_equal(last->after_minor, 0);
    arena_free(arena);
}

CASE(tax_is_that_of_each_milestone_as_an_invoice)
{
    struct change_effect effect = {0};
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    for (size_t i = 0; i < 5; i++) {
        sprint(plan, i)->tax_category = TAX_STANDARD;
        sprint(plan, i)->tax_rate_ppm = 190000;
    }
    struct ground ground = ground_of(arena, plan);
    set_price(ground.plan, 4, 2700003); /* 0.57 of a cent more */
    struct change_order order = order_on(&ground);
    ALLOWED(change_effect(arena, &order, &ground.basis, &effect, NULL));
    assert_int_equal(effect.tax_before_minor, 2280000);
    assert_int_equal(effect.tax_change_minor, 1);
    arena_free(arena);
}

/* A chain of as many milestones as a plan can have, all of which change. */
CASE(the_effect_on_a_thousand_milestones_is_found)
{
    enum { MANY = 1000 };
    struct change_effect effect = {0};
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    struct plan_milestone *rows = arena_array(arena, MANY, sizeof *rows);
    for (int i = 0; i < MANY; i++) {
        rows[i] = *sprint(plan, 0);
        rows[i].code = arena_format(arena, "S%d", i);
        rows[i].due_day += i;
        rows[i].after = (struct texts){arena_array(arena, 1, sizeof(char *)), i > 0};
        if (i > 0)
            rows[i].after.texts[0] = rows[i - 1].code;
    }
    plan->milestones = (struct list){rows, MANY};
    plan->total_minor = INT64_C(1200000) * MANY;
    struct ground ground = ground_of(arena, plan);
    for (size_t i = 0; i < MANY; i += 2) {
        set_price(ground.plan, i, 1300000);
        sprint(ground.plan, i)->title = "Another";
    }
    for (size_t i = 0; i < MANY; i++)
        sprint(ground.plan, i)->due_day += 9;
    struct change_order order = order_on(&ground);
    ALLOWED(change_effect(arena, &order, &ground.basis, &effect, NULL));
    assert_int_equal(effect.milestones.count, MANY);
    assert_int_equal(effect.problems.count, 0);
    arena_free(arena);
}

/* ---- what may change ----------------------------------------------------------------------- */

CASE(each_state_of_a_milestone_leaves_its_own_freedom)
{
    enum { RAISED, RENAMED, MOVED, DROPPED, KINDS };
    static const struct {
        enum milestone_state state;
        enum error expected[KINDS];
    } cases[] = {
        {MILESTONE_PLANNED, {OK, OK, OK, OK}},
        {MILESTONE_READY, {OK, OK, OK, OK}},
        {MILESTONE_IN_PROGRESS, {OK, OK, OK, OK}},
        {MILESTONE_REJECTED, {OK, OK, OK, OK}},
        {MILESTONE_REWORK, {OK, OK, OK, OK}},
        {MILESTONE_SUBMITTED, {ERROR_WRONG_STATE, ERROR_WRONG_STATE, OK, ERROR_WRONG_STATE}},
        {MILESTONE_ACCEPTED, {ERROR_WRONG_STATE, ERROR_WRONG_STATE, ERROR_WRONG_STATE, OK}},
        {MILESTONE_DEEMED_ACCEPTED, {ERROR_WRONG_STATE, ERROR_WRONG_STATE, ERROR_WRONG_STATE, OK}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int kind = 0; kind < KINDS; kind++) {
            struct arena *arena = arena_new();
            struct ground ground = ground_of(arena, sample_plan(arena));
            row(&ground, 0)->state = MILESTONE_ACCEPTED;
            row(&ground, 4)->state = cases[i].state;
            for (size_t j = 1; j < 4; j++) /* what comes first is accepted */
                row(&ground, j)->state = MILESTONE_ACCEPTED;
            if (kind == RAISED)
                set_price(ground.plan, 4, 2700001);
            if (kind == RENAMED)
                sprint(ground.plan, 4)->title = "Another";
            if (kind == MOVED)
                sprint(ground.plan, 4)->due_day++;
            if (kind == DROPPED) {
                set_price(ground.plan, 4, 0);
                ground.plan->milestones.count--;
            }
            struct change_order order = order_on(&ground);
            enum error error = change_order_check(arena, &order, &ground.basis, NULL);
            if (error != cases[i].expected[kind])
                print_error("case %zu, kind %d\n", i, kind);
            assert_string_equal(error_slug(error), error_slug(cases[i].expected[kind]));
            arena_free(arena);
        }
    }
}

CASE(what_progress_was_billed_of_keeps_its_price_and_its_place)
{
    enum { PRICED, REPRICED, TAXED, DROPPED, MOVED, RENAMED, KINDS };
    static const char *const fields[] = {[PRICED] = "plan/milestones/4/price",
                                         [REPRICED] = "plan/milestones/4/pricing",
                                         [TAXED] = "plan/milestones/4/tax_category",
                                         [DROPPED] = "plan/milestones"};
    for (int claimed = 0; claimed < 2; claimed++) {
        for (int kind = 0; kind < KINDS; kind++) {
            struct fault fault = {0};
            struct arena *arena = arena_new();
            struct plan *plan = sample_plan(arena);
            sprint(plan, 4)->pricing = PRICING_PROGRESS;
            struct ground ground = ground_of(arena, plan);
            for (size_t i = 0; i < 4; i++)
                row(&ground, i)->state = MILESTONE_ACCEPTED;
            row(&ground, 4)->state = MILESTONE_IN_PROGRESS;
            if (claimed)
                row(&ground, 4)->claimed_minor = row(&ground, 4)->claimed_ppm = 100000;
            if (kind == PRICED)
                set_price(ground.plan, 4, 2700001);
            if (kind == REPRICED)
                sprint(ground.plan, 4)->pricing = PRICING_FIXED;
            if (kind == TAXED) {
                sprint(ground.plan, 4)->tax_category = TAX_STANDARD;
                sprint(ground.plan, 4)->tax_rate_ppm = 190000;
            }
            if (kind == DROPPED) {
                set_price(ground.plan, 4, 0);
                ground.plan->milestones.count--;
            }
            if (kind == MOVED)
                sprint(ground.plan, 4)->due_day++;
            if (kind == RENAMED)
                sprint(ground.plan, 4)->title = "Another";
            struct change_order order = order_on(&ground);
            enum error error = change_order_check(arena, &order, &ground.basis, &fault);
            if (claimed && kind < MOVED)
                REFUSED(error, ERROR_WRONG_STATE, fields[kind]);
            else
                ALLOWED(error);
            arena_free(arena);
        }
    }
}

CASE(an_order_that_is_not_based_on_what_is_agreed_is_stale)
{
    struct fault fault;
    struct arena *arena = arena_new();
    struct ground ground = ground_of(arena, sample_plan(arena));
    set_price(ground.plan, 4, 2700001);
    struct change_order order = order_on(&ground);
    ground.basis.based_on_id = sample_id(901);
    REFUSED(change_order_check(arena, &order, &ground.basis, &fault), ERROR_STALE, "based_on_id");
    arena_free(arena);
}

CASE(only_a_contract_in_force_is_changed)
{
    struct fault fault;
    struct arena *arena = arena_new();
    struct ground ground = ground_of(arena, sample_plan(arena));
    set_price(ground.plan, 4, 2700001);
    struct change_order order = order_on(&ground);
    ground.contract.state = CONTRACT_SUSPENDED;
    REFUSED(change_order_check(arena, &order, &ground.basis, &fault), ERROR_WRONG_STATE,
            "contract");
    arena_free(arena);
}

/* ---- applying ------------------------------------------------------------------------------ */

CASE(applying_gives_milestones_that_follow_the_plan)
{
    struct change_result result;
    struct fault fault;
    struct arena *arena = arena_new();
    struct ground ground = ground_of(arena, sample_plan(arena));
    struct id ids[5];
    for (unsigned i = 0; i < 5; i++)
        ids[i] = sample_id(2000 + i);
    sprint(ground.plan, 4)->code = "S5"; /* S4 is dropped, S5 is new */
    set_price(ground.plan, 2, 2500000);
    struct change_order order = order_on(&ground);
    ALLOWED(change_order_check(arena, &order, &ground.basis, NULL));
    change_apply(arena, &order, &ground.basis, ids, &result);
    assert_int_equal(result.changed.count, 2);
    assert_int_equal(result.added.count, 1);
    assert_int_equal(result.cancelled.count, 1);
    assert_int_equal(result.dependencies.count, 1);
    const struct milestone *added = LIST_AT(struct milestone, result.added, 0);
    assert_true(id_equal(added->id, ids[4]));
    assert_int_equal(added->number, 6);
    struct milestone all[6];
    for (size_t i = 0; i < 5; i++)
        all[i] = *row(&ground, i);
    all[2] = *LIST_AT(struct milestone, result.changed, 0);
    all[4] = *LIST_AT(struct milestone, result.changed, 1);
    all[5] = *added;
    struct list rows = {all, 6};
    ALLOWED(milestones_follow_plan(arena, order.plan, &rows, &fault));
    all[5].price_minor++;
    REFUSED(milestones_follow_plan(arena, order.plan, &rows, &fault), ERROR_CHECK_FAILED,
            "milestones");
    arena_free(arena);
}

/* ---- rebasing ------------------------------------------------------------------------------ */

CASE(rebasing_keeps_what_both_changed)
{
    struct plan *rebased;
    struct arena *arena = arena_new();
    struct plan *from = sample_plan(arena), *mine = sample_plan(arena), *onto = sample_plan(arena);
    set_price(onto, 1, 2800000);
    sprint(onto, 3)->title = "Theirs";
    onto->terms->payment_days = 10;
    set_price(mine, 2, 2600000);
    mine->terms->acceptance_days = 5;
    mine->total_minor -= sprint(mine, 4)->price_minor;
    mine->milestones.count--;
    ALLOWED(plan_rebase(arena, from, mine, onto, &rebased, NULL));
    assert_int_equal(rebased->milestones.count, 4);
    assert_int_equal(sprint(rebased, 1)->price_minor, 2800000);
    assert_int_equal(sprint(rebased, 2)->price_minor, 2600000);
    assert_string_equal(sprint(rebased, 3)->title, "Theirs");
    assert_int_equal(rebased->terms->payment_days, 10);
    assert_int_equal(rebased->terms->acceptance_days, 5);
    assert_int_equal(rebased->total_minor, 12000000 + 100000 - 100000 - 2700000);
    arena_free(arena);
}

RUN(T(what_progress_was_billed_of_keeps_its_price_and_its_place),
    T(a_change_is_told_in_money_days_and_order),
    T(what_comes_later_moves_by_the_graph_and_signed_days_only_by_the_order),
    T(what_decides_the_end_is_named_before_and_after),
    T(what_falls_due_moves_with_its_milestone_and_its_terms),
    T(tax_is_that_of_each_milestone_as_an_invoice), T(the_effect_on_a_thousand_milestones_is_found),
    T(each_state_of_a_milestone_leaves_its_own_freedom),
    T(an_order_that_is_not_based_on_what_is_agreed_is_stale),
    T(only_a_contract_in_force_is_changed), T(applying_gives_milestones_that_follow_the_plan),
    T(rebasing_keeps_what_both_changed))
