/* Change orders on prices that follow from something: percentages of the contract sum, periods, and
 * what is not billed. */
#include "core/change_pricing.h"

#include "core/change_apply.h"
#include "core/change_check.h"
#include "core/change_effect.h"
#include "core/plan_check.h"
#include "core/plan_price.h"
#include "core/random_stream.h"
#include "sample.h"

/* The seeds are kept; one that ever fails is added. */
static const uint64_t seeds[] = {1, 20160622, 0x9e3779b97f4a7c15, 42};
enum { LIVES = 150, STEPS = 14, ROOM = 64, SHARES = 4 };

/* A contract in force at work, its rows kept as the store would. */
struct life {
    struct arena *arena;
    struct random_stream random;
    struct company company;
    struct client client;
    struct engagement engagement;
    struct contract contract;
    struct list requirements;
    struct milestone rows[ROOM];
    int64_t accepted_minor[ROOM]; /* the prices at which rows were accepted */
    struct list milestones;
    struct change_billed invoices[ROOM];
    struct list billed;
    struct billing_period period_rows[ROOM];
    struct list periods;
    const struct plan *plan_rows[ROOM];
    struct list plans;
    struct change_basis basis;
    struct plan *plan; /* of the next order, to be changed */
    int32_t today;
    unsigned next_id;
};

static struct milestone *row(struct life *life, size_t i)
{
    return &life->rows[i];
}

static void take_basis(struct life *life)
{
    const struct plan *in_force = life->plan_rows[life->plans.count - 1];
    life->basis = (struct change_basis){
        .company = &life->company,
        .client = &life->client,
        .contract = &life->contract,
        .engagement = &life->engagement,
        .requirements = &life->requirements,
        .plan = in_force,
        .plan_start_day = DAY_NONE,
        .milestones = &life->milestones,
        .billed = &life->billed,
        .periods = &life->periods,
        .plans = life->plans,
        .today = life->today,
    };
    life->plan = shape_clone(life->arena, &plan_shape, in_force);
}

/* S0 to S3 are percentages of all but S4, which is 24 months of care. */
static void price(struct plan *plan, struct arena *arena)
{
    static const int64_t percents[SHARES] = {100000, 200000, 150000, 250000};
    struct plan_milestone *care = sprint(plan, 4);
    int64_t parts_minor[8], sum_minor = 0;
    plan->total_minor = 10000000;
    for (size_t i = 0; i < SHARES; i++) {
        sprint(plan, i)->pricing = PRICING_PERCENTAGE;
        sprint(plan, i)->percent_ppm = percents[i];
    }
    ALLOWED(plan_shares(plan, parts_minor, NULL));
    for (size_t i = 0; i < SHARES; i++)
        sum_minor += sprint(plan, i)->price_minor = parts_minor[i];
    care->pricing = PRICING_RECURRING;
    care->price_minor = plan->total_minor - sum_minor;
    care->recurrence = arena_array(arena, 1, sizeof *care->recurrence);
    shape_init(&recurrence_shape, care->recurrence);
    care->recurrence->rhythm = RHYTHM_MONTHLY;
    care->recurrence->start_day = sample_day("2016-07-01");
    care->recurrence->end_day = sample_day("2018-06-30");
}

static struct life life_of(struct arena *arena, void (*change)(struct plan *plan))
{
    struct life life = {
        .arena = arena,
        .company = sample_company(),
        .client = sample_client(),
        .engagement = sample_engagement(),
        .contract = sample_contract(arena),
        .requirements = sample_requirements(arena),
        .today = sample_day("2016-06-25"),
        .next_id = 1000,
    };
    struct plan *plan = sample_plan(arena);
    struct list made, dependencies;
    struct id ids[ROOM];
    price(plan, arena);
    if (change)
        change(plan);
    for (size_t i = 0; i < plan->milestones.count; i++)
        ids[i] = sample_id(life.next_id++);
    life.engagement.state = ENGAGEMENT_ACTIVE;
    life.contract.state = CONTRACT_ACTIVE;
    life.contract.number = "C-2016-0001";
    life.contract.plan = plan;
    ALLOWED(milestones_of_contract(arena, &life.contract, ids, &made, &dependencies, NULL));
    memcpy(life.rows, made.rows, made.count * sizeof *life.rows);
    life.milestones.count = made.count;
    life.plan_rows[0] = plan;
    life.plans.count = 1;
    return life;
}

/* The lists point into the life, so this is done where it stands. */
static void begin(struct life *life)
{
    life->milestones.rows = life->rows;
    life->billed.rows = life->invoices;
    life->periods.rows = life->period_rows;
    life->plans.rows = life->plan_rows;
    take_basis(life);
}

static void bill(struct life *life, struct id milestone_id, int64_t net_minor)
{
    assert_true(life->billed.count < ROOM);
    life->invoices[life->billed.count++] = (struct change_billed){
        .id = sample_id(life->next_id++), .milestone_id = milestone_id, .net_minor = net_minor};
}

static void accept(struct life *life, size_t i)
{
    row(life, i)->state = MILESTONE_ACCEPTED;
    life->accepted_minor[i] = row(life, i)->price_minor;
    if (row(life, i)->pricing != PRICING_RECURRING && row(life, i)->price_minor > 0)
        bill(life, row(life, i)->id, row(life, i)->price_minor);
}

/* Bills the next period of the care, and gives whether there was one. */
static bool bill_period(struct life *life)
{
    struct list told;
    struct milestone *care = row(life, 4);
    ALLOWED(billing_periods_of(life->arena, &life->plans, care, &told, NULL));
    if (life->periods.count >= told.count)
        return false;
    struct billing_period period = *LIST_AT(struct billing_period, told, life->periods.count);
    assert_int_equal(period.number, life->periods.count + 1);
    life->period_rows[life->periods.count++] = period;
    life->today = period.bill_day > life->today ? period.bill_day : life->today;
    bill(life, care->id, period.net_minor);
    return true;
}

static struct change_order order_of(struct life *life)
{
    struct change_order order = {.id = sample_id(900), .number = 1, .revision = 1};
    struct change_order form = {
        .title = "A change",
        .plan = life->plan,
        .start_day = DAY_NONE,
        .valid_until_day = life->today + 10,
    };
    ALLOWED(change_order_draft(&order, &life->basis, NULL));
    ALLOWED(change_order_edit(&order, &form, NULL));
    order.credits = change_credits_needed(life->arena, order.plan, &life->basis);
    return order;
}

/* The credits are issued as the order lists them. */
static void credit(struct life *life, const struct change_order *order)
{
    for (size_t i = 0; i < order->credits.count; i++) {
        const struct change_credit *listed = LIST_AT(struct change_credit, order->credits, i);
        for (size_t b = 0; b < life->billed.count; b++) {
            if (id_equal(life->invoices[b].id, listed->invoice_id))
                life->invoices[b].net_minor -= listed->net_minor;
        }
    }
}

static void apply(struct life *life, const struct change_order *order)
{
    struct id ids[ROOM];
    struct change_result result;
    for (size_t i = 0; i < order->plan->milestones.count; i++)
        ids[i] = sample_id(life->next_id++);
    change_apply(life->arena, order, &life->basis, ids, &result);
    for (size_t i = 0; i < result.changed.count; i++) {
        const struct milestone *changed = LIST_AT(struct milestone, result.changed, i);
        for (size_t r = 0; r < life->milestones.count; r++) {
            if (id_equal(life->rows[r].id, changed->id))
                life->rows[r] = *changed;
        }
    }
    credit(life, order);
    life->plan_rows[life->plans.count++] = order->plan;
    take_basis(life);
}

static void agree(struct life *life)
{
    struct change_order order = order_of(life);
    ALLOWED(change_order_check(life->arena, &order, &life->basis, NULL));
    apply(life, &order);
}

static int64_t billed_for(const struct life *life, struct id milestone_id)
{
    int64_t sum_minor = 0;
    for (size_t i = 0; i < life->billed.count; i++)
        sum_minor += id_equal(life->invoices[i].milestone_id, milestone_id)
                         ? life->invoices[i].net_minor
                         : 0;
    return sum_minor;
}

/* ---- percentages --------------------------------------------------------------------------- */

CASE(what_is_accepted_keeps_its_price_and_the_rest_falls_on_the_other_percentages)
{
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    struct fault fault;
    begin(&life);
    accept(&life, 0);
    life.plan->total_minor = 11000001;
    ALLOWED(change_restate(arena, life.plan, &life.basis, DAY_NONE, NULL));
    /* 70% come to 77000.01, less 10000.00: 67000.01 over 20, 15 and 25 */
    assert_int_equal(sprint(life.plan, 0)->price_minor, 1000000);
    assert_int_equal(sprint(life.plan, 0)->settled_minor, 1000000);
    assert_int_equal(sprint(life.plan, 1)->price_minor, 2233334);
    assert_int_equal(sprint(life.plan, 2)->price_minor, 1675000);
    assert_int_equal(sprint(life.plan, 3)->price_minor, 2791667);
    sprint(life.plan, 4)->price_minor += 300000; /* the care's part of the higher sum */
    agree(&life);
    assert_int_equal(row(&life, 0)->price_minor, 1000000);
    assert_int_equal(row(&life, 1)->price_minor, 2233334);
    /* and once more, with another that is accepted by then */
    accept(&life, 1);
    life.plan->total_minor -= 1000000;
    ALLOWED(change_restate(arena, life.plan, &life.basis, DAY_NONE, NULL));
    sprint(life.plan, 4)->price_minor -= 300000;
    agree(&life);
    assert_int_equal(row(&life, 1)->price_minor, 2233334);
    REFUSED(plan_check_first(arena, life.plan, &fault), ERROR_INVALID, "plan/milestones/0/settled");
    arena_free(arena);
}

CASE(the_effect_tells_what_each_later_percentage_comes_to)
{
    struct change_effect effect = {0};
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    begin(&life);
    accept(&life, 0);
    life.plan->total_minor = 11000001;
    change_settle_shares(life.plan, &life.basis);
    struct change_order order = order_of(&life);
    ALLOWED(change_effect(arena, &order, &life.basis, &effect, NULL));
    static const int64_t expected[] = {1000000, 2233334, 1675000, 2791667, INTEGER_NONE};
    for (size_t i = 0; i < SHARES; i++) {
        const struct milestone_effect *shown =
            LIST_AT(struct milestone_effect, effect.milestones, i);
        assert_int_equal(shown->comes_to_minor, expected[i]);
        assert_int_equal(shown->pricing, PRICING_PERCENTAGE);
    }
    const struct effect_problem *problem = LIST_AT(struct effect_problem, effect.problems, 0);
    assert_int_equal(effect.problems.count, 1);
    assert_string_equal(problem->code, "sum-mismatch");
    assert_string_equal(problem->field, "plan/milestones/1/price");
    assert_non_null(strstr(problem->detail, "22333.34"));
    arena_free(arena);
}

CASE(a_sum_below_what_is_billed_lowers_what_is_accepted_with_a_credit)
{
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    struct fault fault;
    begin(&life);
    accept(&life, 0);
    accept(&life, 1);
    life.plan->total_minor = 4000000; /* 70% are 28000.00, and 30000.00 are billed */
    ALLOWED(change_restate(arena, life.plan, &life.basis, DAY_NONE, NULL));
    assert_int_equal(sprint(life.plan, 1)->price_minor, 1800000);
    assert_int_equal(sprint(life.plan, 2)->price_minor, 0);
    sprint(life.plan, 4)->price_minor = 1200000;
    struct change_order order = order_of(&life);
    assert_int_equal(order.credits.count, 1);
    const struct change_credit *credit = LIST_AT(struct change_credit, order.credits, 0);
    assert_string_equal(credit->milestone, "S1");
    assert_int_equal(credit->net_minor, 200000);
    order.credits = (struct list){0};
    REFUSED(change_order_check(arena, &order, &life.basis, &fault), ERROR_WRONG_STATE, "credits");
    agree(&life);
    assert_int_equal(billed_for(&life, row(&life, 1)->id), 1800000);
    arena_free(arena);
}

CASE(only_what_is_accepted_or_under_review_is_settled)
{
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    struct fault fault;
    begin(&life);
    sprint(life.plan, 1)->settled_minor = sprint(life.plan, 1)->price_minor;
    struct change_order order = order_of(&life);
    REFUSED(change_order_check(arena, &order, &life.basis, &fault), ERROR_WRONG_STATE,
            "plan/milestones/1/settled");
    row(&life, 1)->state = MILESTONE_SUBMITTED;
    ALLOWED(change_order_check(arena, &order, &life.basis, &fault));
    sprint(life.plan, 1)->settled_minor--;
    REFUSED(change_order_check(arena, &order, &life.basis, &fault), ERROR_SUM_MISMATCH,
            "plan/milestones/1/settled");
    arena_free(arena);
}

CASE(how_open_work_is_priced_can_change_to_any_other_way)
{
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    begin(&life);
    struct plan_milestone *third = sprint(life.plan, 3);
    third->pricing = PRICING_FIXED;
    third->percent_ppm = INTEGER_NONE;
    agree(&life);
    assert_int_equal(row(&life, 3)->pricing, PRICING_FIXED);
    third = sprint(life.plan, 3);
    sprint(life.plan, 4)->price_minor += third->price_minor;
    third->price_minor = 0;
    third->pricing = PRICING_NON_BILLABLE;
    agree(&life);
    assert_int_equal(row(&life, 3)->pricing, PRICING_NON_BILLABLE);
    ALLOWED(milestones_follow_plan(arena, life.basis.plan, &life.milestones, NULL));
    arena_free(arena);
}

/* ---- periods ------------------------------------------------------------------------------- */

static struct list told_of(struct life *life)
{
    struct list told;
    ALLOWED(billing_periods_of(life->arena, &life->plans, row(life, 4), &told, NULL));
    return told;
}

static const struct billing_period *told_at(const struct list *told, size_t i)
{
    return LIST_AT(struct billing_period, *told, i);
}

CASE(billed_periods_stay_and_later_ones_follow_the_new_price_rhythm_and_end)
{
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    begin(&life);
    for (int i = 0; i < 3; i++)
        assert_true(bill_period(&life)); /* July to September, 1250.00 each */
    life.today = sample_day("2016-09-20");
    take_basis(&life);
    struct plan_milestone *care = sprint(life.plan, 4);
    care->recurrence->rhythm = RHYTHM_QUARTERLY;
    care->recurrence->end_day = sample_day("2017-06-30");
    care->period_price_minor = 400000;
    life.plan->total_minor = 10000000;
    ALLOWED(change_restate(arena, life.plan, &life.basis, DAY_NONE, NULL));
    assert_int_equal(care->settled_periods, 3);
    assert_int_equal(care->settled_minor, 375000);
    assert_int_equal(care->recurrence->start_day, sample_day("2016-10-01"));
    assert_int_equal(care->price_minor, 375000 + 3 * 400000);
    struct plan_milestone *last = sprint(life.plan, 3); /* takes what it is less */
    last->pricing = PRICING_FIXED;
    last->percent_ppm = INTEGER_NONE;
    last->price_minor += 3000000 - care->price_minor;
    agree(&life);
    struct list told = told_of(&life);
    assert_int_equal(told.count, 6);
    assert_int_equal(told_at(&told, 2)->net_minor, 125000);
    assert_int_equal(told_at(&told, 3)->number, 4);
    assert_int_equal(told_at(&told, 3)->start_day, sample_day("2016-10-01"));
    assert_int_equal(told_at(&told, 3)->end_day, sample_day("2016-12-31"));
    assert_int_equal(told_at(&told, 5)->net_minor, 400000);
    ALLOWED(change_periods_hold(arena, &life.plans, &life.milestones, &life.periods, NULL));
    ALLOWED(change_settled_holds(arena, &life.plans, NULL));
    arena_free(arena);
}

CASE(a_recurring_milestone_of_which_periods_are_billed_ends_with_them)
{
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    struct fault fault;
    begin(&life);
    bill_period(&life);
    take_basis(&life);
    struct plan_milestone *care = sprint(life.plan, 4);
    int64_t before_minor = care->price_minor;
    care->recurrence->end_day = sample_day("2016-07-31");
    care->price_minor = 125001;
    ALLOWED(change_restate(arena, life.plan, &life.basis, DAY_NONE, NULL));
    assert_null(care->recurrence);
    assert_int_equal(care->price_minor, 125000);
    struct plan_milestone *last = sprint(life.plan, 3);
    last->pricing = PRICING_FIXED;
    last->percent_ppm = INTEGER_NONE;
    last->price_minor += before_minor - care->price_minor;
    agree(&life);
    assert_false(bill_period(&life));
    life.plan->milestones.count--; /* and then it cannot be dropped */
    life.plan->total_minor -= 125000;
    for (size_t i = 0; i < SHARES; i++) {
        sprint(life.plan, i)->pricing = PRICING_FIXED;
        sprint(life.plan, i)->percent_ppm = INTEGER_NONE;
    }
    struct change_order order = order_of(&life);
    REFUSED(change_order_check(arena, &order, &life.basis, &fault), ERROR_WRONG_STATE,
            "plan/milestones");
    arena_free(arena);
}

CASE(an_order_that_would_change_billed_periods_is_refused)
{
    static const struct {
        const char *field;
        int64_t settled_periods, settled_minor;
        const char *start_day;
        enum error expected;
    } cases[] = {
        {"plan/milestones/4/recurrence", INTEGER_NONE, INTEGER_NONE, "2016-07-02",
         ERROR_WRONG_STATE},
        {"plan/milestones/4/settled_periods", 1, 125000, "2016-08-01", ERROR_WRONG_STATE},
        {"plan/milestones/4/settled", 2, 250001, "2016-09-01", ERROR_SUM_MISMATCH},
        {"plan/milestones/4/settled_periods", 25, 125000, "2016-09-01", ERROR_OUT_OF_RANGE},
        {"plan/milestones/4/recurrence/start_day", 2, 250000, "2016-08-31", ERROR_OUT_OF_RANGE},
        {"plan/milestones/4/settled", 2, INTEGER_NONE, "2016-09-01", ERROR_INVALID},
        {"", 2, 250000, "2016-09-01", OK},
        {"", 3, 375000, "2016-10-01", OK}, /* later than it has to */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct life life = life_of(arena, NULL);
        struct fault fault = {0};
        begin(&life);
        bill_period(&life);
        bill_period(&life);
        take_basis(&life);
        struct plan_milestone *care = sprint(life.plan, 4);
        care->settled_periods = cases[i].settled_periods;
        care->settled_minor = cases[i].settled_minor;
        care->recurrence->start_day = sample_day(cases[i].start_day);
        struct change_order order = order_of(&life);
        REFUSED(change_order_check(arena, &order, &life.basis, &fault), cases[i].expected,
                cases[i].field);
        arena_free(arena);
    }
}

CASE(what_falls_due_tells_each_period_that_is_not_billed)
{
    struct change_effect effect = {0};
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    begin(&life);
    bill_period(&life);
    take_basis(&life);
    sprint(life.plan, 4)->title = "Care";
    struct change_order order = order_of(&life);
    ALLOWED(change_effect(arena, &order, &life.basis, &effect, NULL));
    size_t found = 0;
    for (size_t i = 0; i < effect.falls_due.count; i++) {
        const struct due_effect *due = LIST_AT(struct due_effect, effect.falls_due, i);
        assert_int_equal(due->before_minor, due->after_minor);
        assert_true(due->day != sample_day("2016-07-01") + 30); /* it is billed */
        found += due->day == sample_day("2016-08-01") + 30 && due->after_minor == 125000;
    }
    assert_int_equal(found, 1);
    arena_free(arena);
}

CASE(a_settled_sum_that_no_plan_says_is_found)
{
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    struct fault fault;
    begin(&life);
    struct plan *forged = shape_clone(arena, &plan_shape, life.basis.plan);
    sprint(forged, 4)->settled_periods = 2;
    sprint(forged, 4)->settled_minor = 250001;
    life.plan_rows[life.plans.count++] = forged;
    REFUSED(change_settled_holds(arena, &life.plans, &fault), ERROR_CHECK_FAILED, "settled");
    life.plans.count--;
    bill_period(&life);
    life.period_rows[0].net_minor++;
    REFUSED(change_periods_hold(arena, &life.plans, &life.milestones, &life.periods, &fault),
            ERROR_CHECK_FAILED, "periods");
    arena_free(arena);
}

/* ---- any sequence -------------------------------------------------------------------------- */

static int64_t draw(struct life *life, int64_t below)
{
    return (int64_t)(random_next(&life->random) % (uint64_t)below);
}

/* The care takes what its percentage-priced neighbours leave of the sum; false if it cannot. */
static bool fit_care(struct life *life)
{
    struct plan_milestone *care = sprint(life->plan, 4);
    int64_t sum_minor = 0;
    for (size_t i = 0; i < life->plan->milestones.count; i++)
        sum_minor += i == 4 ? 0 : sprint(life->plan, i)->price_minor;
    care->price_minor = life->plan->total_minor - sum_minor;
    return care->price_minor >= 0;
}

static void change_at_random(struct life *life)
{
    static const enum rhythm rhythms[] = {RHYTHM_WEEKLY, RHYTHM_MONTHLY, RHYTHM_QUARTERLY,
                                          RHYTHM_YEARLY};
    struct plan_milestone *care = sprint(life->plan, 4);
    struct fault fault = {0};
    if (draw(life, 3) > 0)
        life->plan->total_minor = 1 + draw(life, 20000000);
    if (care->recurrence && draw(life, 2)) {
        care->recurrence->rhythm = rhythms[draw(life, 4)];
        care->recurrence->end_day += (int32_t)draw(life, 300) - 150;
        if (care->recurrence->end_day < care->recurrence->start_day)
            care->recurrence->end_day = care->recurrence->start_day;
    }
    bool fits = change_restate(life->arena, life->plan, &life->basis, DAY_NONE, &fault) == OK &&
                fit_care(life) &&
                change_restate(life->arena, life->plan, &life->basis, DAY_NONE, &fault) == OK &&
                fit_care(life);
    struct change_order order = order_of(life);
    if (fits && change_order_check(life->arena, &order, &life->basis, &fault) == OK)
        apply(life, &order);
    else
        take_basis(life);
}

static void accept_at_random(struct life *life)
{
    for (size_t i = 0; i < SHARES; i++) {
        if (!milestone_is_accepted(row(life, i))) {
            row(life, i)->state = MILESTONE_READY; /* what comes first is accepted */
            accept(life, i);
            return;
        }
    }
}

static void assert_whole(struct life *life, const struct list *before)
{
    int64_t sum_minor = 0, billed_minor = 0, periods_minor = 0;
    const struct plan *plan = life->basis.plan;
    struct fault fault = {0};
    struct list told = told_of(life);
    for (size_t i = 0; i < plan->milestones.count; i++) {
        int64_t billed = billed_for(life, row(life, i)->id);
        sum_minor += row(life, i)->price_minor;
        billed_minor += billed;
        assert_true(billed <= row(life, i)->price_minor);
        if (milestone_is_accepted(row(life, i)) && row(life, i)->pricing != PRICING_RECURRING)
            assert_int_equal(billed, row(life, i)->price_minor);
    }
    for (size_t i = 0; i < told.count; i++)
        periods_minor += told_at(&told, i)->net_minor;
    assert_int_equal(sum_minor, plan->total_minor);
    assert_true(billed_minor <= plan->total_minor);
    assert_int_equal(periods_minor, row(life, 4)->price_minor);
    for (size_t i = 0; i < before->count; i++) /* what was billed by periods has not moved */
        assert_int_equal(told_at(&told, i)->net_minor, told_at(before, i)->net_minor);
    ALLOWED(plan_check_prices(life->arena, plan, &fault));
    ALLOWED(milestones_follow_plan(life->arena, plan, &life->milestones, &fault));
    ALLOWED(change_settled_holds(life->arena, &life->plans, &fault));
    ALLOWED(
        change_periods_hold(life->arena, &life->plans, &life->milestones, &life->periods, &fault));
}

/* What lives went through, so that nothing of it is left untried. */
struct tried {
    size_t applied;
    size_t settled_shares;
    size_t settled_periods;
    size_t credits;
};

static void count_tried(const struct life *life, struct tried *tried)
{
    const struct plan *plan = life->basis.plan;
    tried->applied += life->plans.count - 1;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *planned = LIST_AT(struct plan_milestone, plan->milestones, i);
        bool is_settled = plan_is_settled(planned);
        tried->settled_shares += is_settled && planned->pricing == PRICING_PERCENTAGE;
        tried->settled_periods += is_settled && planned->pricing == PRICING_RECURRING;
    }
    for (size_t i = 0; i < life->milestones.count; i++)
        tried->credits += life->rows[i].price_minor < life->accepted_minor[i];
}

static void live(uint64_t seed, uint64_t number, struct tried *tried)
{
    struct arena *arena = arena_new();
    struct life life = life_of(arena, NULL);
    life.random = random_stream_of(seed, number);
    begin(&life);
    for (int step = 0; step < STEPS; step++) {
        int64_t kind = draw(&life, 6);
        if (kind == 0)
            accept_at_random(&life);
        else if (kind <= 2)
            bill_period(&life);
        struct list before = {arena_copy(arena, life.period_rows, sizeof life.period_rows),
                              life.periods.count};
        take_basis(&life);
        if (kind > 2)
            change_at_random(&life);
        assert_whole(&life, &before);
    }
    count_tried(&life, tried);
    arena_free(arena);
}

CASE(any_changes_keep_parts_whole_and_bill_no_more_than_was_signed)
{
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        struct tried tried = {0};
        print_message("# seed %llu\n", (unsigned long long)seeds[i]);
        for (uint64_t number = 0; number < LIVES; number++)
            live(seeds[i], number, &tried);
        assert_true(tried.applied > 2 * (size_t)LIVES);
        assert_true(tried.settled_shares > LIVES / 2);
        assert_true(tried.settled_periods > LIVES / 2);
        assert_true(tried.credits > LIVES / 10);
    }
}

RUN(T(what_is_accepted_keeps_its_price_and_the_rest_falls_on_the_other_percentages),
    T(the_effect_tells_what_each_later_percentage_comes_to),
    T(a_sum_below_what_is_billed_lowers_what_is_accepted_with_a_credit),
    T(only_what_is_accepted_or_under_review_is_settled),
    T(how_open_work_is_priced_can_change_to_any_other_way),
    T(billed_periods_stay_and_later_ones_follow_the_new_price_rhythm_and_end),
    T(a_recurring_milestone_of_which_periods_are_billed_ends_with_them),
    T(an_order_that_would_change_billed_periods_is_refused),
    T(what_falls_due_tells_each_period_that_is_not_billed),
    T(a_settled_sum_that_no_plan_says_is_found),
    T(any_changes_keep_parts_whole_and_bill_no_more_than_was_signed))
