#include "core/forecast.h"

#include "sample.h"

static struct fault fault;

enum { TODAY = 17000 };

static struct budget_event event_due(int32_t due_day, int64_t outstanding_minor)
{
    return (struct budget_event){
        .stage = BUDGET_INVOICED,
        .due_day = due_day,
        .total_minor = outstanding_minor,
        .outstanding_minor = outstanding_minor,
    };
}

static struct forecast_part part_of(struct id client_id, struct budget_event *events, size_t count)
{
    return (struct forecast_part){
        .budget = {.currency = "EUR", .events = {events, count}},
        .client_id = client_id,
    };
}

static const struct forecast_event *event_at(const struct forecast *forecast, size_t i)
{
    return LIST_AT(struct forecast_event, forecast->events, i);
}

static const struct forecast_month *month_at(const struct forecast *forecast, size_t i)
{
    return LIST_AT(struct forecast_month, forecast->months, i);
}

/* Nearest rank: the smallest delay that at least so many of 100 kept. */
CASE(a_share_of_delays_is_its_nearest_rank)
{
    assert_int_equal(rank_of_percent(10, 50), 5);
    assert_int_equal(rank_of_percent(10, 80), 8);
    assert_int_equal(rank_of_percent(10, 95), 10);
    assert_int_equal(rank_of_percent(10, 1), 1);
    assert_int_equal(rank_of_percent(1, 95), 1);
    assert_int_equal(rank_of_percent(3, 100), 3);
}

CASE(without_any_history_money_comes_on_its_due_day_and_not_before_today)
{
    struct arena *arena = arena_new();
    struct budget_event events[] = {event_due(TODAY - 5, 1000), event_due(TODAY + 40, 2000),
                                    event_due(TODAY - 90, 0)};
    struct forecast_part part = part_of(sample_id(1), events, 3);
    struct forecast forecast;
    ALLOWED(
        forecast_of(arena, &(struct list){&part, 1}, &(struct list){0}, TODAY, &forecast, &fault));
    assert_int_equal(forecast.events.count, 2); /* what is paid is no more to come */
    assert_int_equal(event_at(&forecast, 0)->history, HISTORY_NONE);
    assert_int_equal(event_at(&forecast, 0)->paid_50_day, TODAY);
    assert_int_equal(event_at(&forecast, 1)->paid_50_day, TODAY + 40);
    assert_int_equal(event_at(&forecast, 1)->paid_95_day, TODAY + 40);
    arena_free(arena);
}

CASE(a_client_is_expected_to_pay_as_it_has_paid)
{
    struct arena *arena = arena_new();
    const int32_t delays[] = {0, 2, 3, 20, 4};
    struct paid_invoice paid[5];
    for (size_t i = 0; i < 5; i++)
        paid[i] = (struct paid_invoice){
            .client_id = sample_id(1), .due_day = 16000, .paid_day = 16000 + delays[i]};
    struct budget_event events[] = {event_due(TODAY + 10, 1000)};
    struct forecast_part parts[] = {part_of(sample_id(1), events, 1),
                                    part_of(sample_id(2), events, 1)};
    struct forecast forecast;
    ALLOWED(forecast_of(arena, &(struct list){parts, 2}, &(struct list){paid, 5}, TODAY, &forecast,
                        &fault));
    for (size_t i = 0; i < 2; i++) {
        const struct forecast_event *event = event_at(&forecast, i);
        bool is_own = id_equal(event->client_id, sample_id(1));
        assert_int_equal(event->history, is_own ? HISTORY_CLIENT : HISTORY_ALL_CLIENTS);
        assert_int_equal(event->history_count, 5);
        assert_int_equal(event->paid_50_day, TODAY + 13);
        assert_int_equal(event->paid_80_day, TODAY + 14);
        assert_int_equal(event->paid_95_day, TODAY + 30);
    }
    arena_free(arena);
}

CASE(what_a_due_day_stands_on_is_told_as_in_the_budget)
{
    struct arena *arena = arena_new();
    struct budget_event event = event_due(TODAY + 40, 2000);
    event.basis = BASIS_SIGNED_DAY;
    event.done_day = TODAY + 10;
    event.issue_day = TODAY + 12;
    event.payment_days = 28;
    struct forecast_part part = part_of(sample_id(1), &event, 1);
    struct forecast forecast;
    ALLOWED(
        forecast_of(arena, &(struct list){&part, 1}, &(struct list){0}, TODAY, &forecast, &fault));
    assert_int_equal(event_at(&forecast, 0)->basis, BASIS_SIGNED_DAY);
    assert_int_equal(event_at(&forecast, 0)->done_day, TODAY + 10);
    assert_int_equal(event_at(&forecast, 0)->issue_day, TODAY + 12);
    assert_int_equal(event_at(&forecast, 0)->payment_days, 28);
    arena_free(arena);
}

CASE(four_payments_are_no_history)
{
    struct arena *arena = arena_new();
    struct paid_invoice paid[4];
    for (size_t i = 0; i < 4; i++)
        paid[i] =
            (struct paid_invoice){.client_id = sample_id(1), .due_day = 16000, .paid_day = 16090};
    struct budget_event events[] = {event_due(TODAY + 10, 1000)};
    struct forecast_part part = part_of(sample_id(1), events, 1);
    struct forecast forecast;
    ALLOWED(forecast_of(arena, &(struct list){&part, 1}, &(struct list){paid, 4}, TODAY, &forecast,
                        &fault));
    assert_int_equal(event_at(&forecast, 0)->history, HISTORY_NONE);
    assert_int_equal(event_at(&forecast, 0)->history_count, 0);
    assert_int_equal(event_at(&forecast, 0)->paid_80_day, TODAY + 10);
    arena_free(arena);
}

CASE(months_are_summed_by_currency_and_hold_each_event_once_for_each_share)
{
    struct arena *arena = arena_new();
    int32_t due_day = sample_day("2016-07-20");
    struct paid_invoice paid[5];
    for (size_t i = 0; i < 5; i++)
        paid[i] = (struct paid_invoice){
            .client_id = sample_id(1), .due_day = 16000, .paid_day = i < 4 ? 16000 : 16030};
    struct budget_event euros[] = {event_due(due_day, 1000), event_due(due_day + 1, 500)};
    struct budget_event dollars[] = {event_due(due_day, 70)};
    struct forecast_part parts[] = {part_of(sample_id(1), euros, 2),
                                    part_of(sample_id(1), dollars, 1)};
    parts[1].budget.currency = "USD";
    struct forecast forecast;
    ALLOWED(forecast_of(arena, &(struct list){parts, 2}, &(struct list){paid, 5},
                        sample_day("2016-07-01"), &forecast, &fault));
    assert_int_equal(forecast.months.count, 4); /* July and August of each */
    const struct forecast_month *july = month_at(&forecast, 0);
    const struct forecast_month *august = month_at(&forecast, 1);
    assert_string_equal(july->currency, "EUR");
    assert_int_equal(july->start_day, sample_day("2016-07-01"));
    assert_int_equal(july->due_minor, 1500);
    assert_int_equal(july->paid_50_minor, 1500);
    assert_int_equal(july->paid_80_minor, 1500);
    assert_int_equal(july->paid_95_minor, 0);
    assert_int_equal(august->start_day, sample_day("2016-08-01"));
    assert_int_equal(august->due_minor, 0);
    assert_int_equal(august->paid_95_minor, 1500);
    assert_string_equal(month_at(&forecast, 2)->currency, "USD");
    assert_int_equal(month_at(&forecast, 3)->paid_95_minor, 70);
    arena_free(arena);
}

RUN(T(a_share_of_delays_is_its_nearest_rank),
    T(without_any_history_money_comes_on_its_due_day_and_not_before_today),
    T(a_client_is_expected_to_pay_as_it_has_paid),
    T(what_a_due_day_stands_on_is_told_as_in_the_budget), T(four_payments_are_no_history),
    T(months_are_summed_by_currency_and_hold_each_event_once_for_each_share))
