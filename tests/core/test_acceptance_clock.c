#include "core/acceptance_clock.h"

#include "sample.h"

static struct acceptance_clock start(struct arena *arena, const struct contract_terms *terms,
                                     const char *day)
{
    struct acceptance_clock clock;
    assert_int_equal(acceptance_clock_start(arena, terms, sample_day(day), true, &clock, NULL), OK);
    return clock;
}

static void assert_day(int32_t day, const char *expected)
{
    char text[DAY_TEXT_SIZE];
    assert_string_equal(day_format(day, text), expected);
}

/* Known periods: Upwork's 14 days, the 10 business days of a US government order
 * (18F/bpa-fedramp-dashboard#72), the 30 days that EU law expects at most. */
CASE(the_known_periods_end_on_their_days)
{
    struct arena *arena = arena_new();
    struct contract_terms *terms = sample_terms(arena);
    terms->acceptance_days = 14;
    assert_day(start(arena, terms, "2016-06-22").deadline_day, "2016-07-06");
    terms->acceptance_days = 30;
    assert_day(start(arena, terms, "2016-06-22").deadline_day, "2016-07-22");
    terms->acceptance_days = 10;
    terms->acceptance_day_kind = DAYS_BUSINESS;
    assert_day(start(arena, terms, "2016-06-22").deadline_day, "2016-07-06");
    terms->holidays = TEXTS("2016-07-04"); /* Independence Day, a Monday */
    assert_day(start(arena, terms, "2016-06-22").deadline_day, "2016-07-07");
    arena_free(arena);
}

CASE(an_objection_is_given_days_as_the_acceptance_is)
{
    struct arena *arena = arena_new();
    struct contract_terms *terms = sample_terms(arena);
    int32_t day = 0;
    int32_t deadline_day = sample_day("2016-07-01"); /* Friday */
    assert_int_equal(acceptance_clock_objection(arena, terms, deadline_day, &day, NULL), OK);
    assert_int_equal(day, DAY_NONE);
    terms->objection_days = 0;
    assert_int_equal(acceptance_clock_objection(arena, terms, deadline_day, &day, NULL), OK);
    assert_int_equal(day, DAY_NONE);
    terms->objection_days = 5;
    assert_int_equal(acceptance_clock_objection(arena, terms, deadline_day, &day, NULL), OK);
    assert_day(day, "2016-07-06");
    terms->acceptance_day_kind = DAYS_BUSINESS;
    terms->holidays = TEXTS("2016-07-04");
    assert_int_equal(acceptance_clock_objection(arena, terms, deadline_day, &day, NULL), OK);
    assert_day(day, "2016-07-11");
    arena_free(arena);
}

CASE(a_calendar_period_may_end_on_a_weekend_and_a_business_one_may_start_on_one)
{
    struct arena *arena = arena_new();
    struct contract_terms *terms = sample_terms(arena);
    terms->acceptance_days = 3;
    assert_day(start(arena, terms, "2016-06-22").deadline_day, "2016-06-25"); /* Saturday */
    terms->acceptance_day_kind = DAYS_BUSINESS;
    assert_day(start(arena, terms, "2016-06-25").deadline_day, "2016-06-29");
    arena_free(arena);
}

CASE(the_deadline_is_the_last_day_for_an_answer)
{
    struct arena *arena = arena_new();
    struct contract_terms *terms = sample_terms(arena);
    terms->acceptance_days = 14;
    struct acceptance_clock clock = start(arena, terms, "2016-06-22");
    assert_false(acceptance_clock_has_run_out(&clock, sample_day("2016-07-06")));
    assert_true(acceptance_clock_has_run_out(&clock, sample_day("2016-07-07")));
    arena_free(arena);
}

CASE(without_a_period_there_is_no_deadline_and_silence_means_nothing)
{
    struct arena *arena = arena_new();
    struct contract_terms *terms = sample_terms(arena);
    terms->acceptance_days = 0;
    terms->silence = SILENCE_DEEMED;
    struct acceptance_clock clock = start(arena, terms, "2016-06-22");
    assert_true(clock.deadline_day == DAY_NONE);
    assert_false(clock.deems);
    assert_false(acceptance_clock_has_run_out(&clock, DAY_MAX));
    arena_free(arena);
}

CASE(who_was_not_told_is_not_bound_by_silence)
{
    struct arena *arena = arena_new();
    struct acceptance_clock clock;
    struct contract_terms *terms = sample_terms(arena);
    assert_false(start(arena, terms, "2016-06-22").deems);
    terms->silence = SILENCE_DEEMED;
    assert_true(start(arena, terms, "2016-06-22").deems);
    int32_t day = sample_day("2016-06-22");
    assert_int_equal(acceptance_clock_start(arena, terms, day, false, &clock, NULL), OK);
    assert_false(clock.deems);
    arena_free(arena);
}

CASE(reminders_fall_between_start_and_deadline_in_order_and_once)
{
    struct arena *arena = arena_new();
    struct contract_terms *terms = sample_terms(arena);
    struct reminder reminders[] = {{1}, {5}, {5}, {14}, {20}};
    terms->acceptance_days = 14;
    terms->reminders = (struct list){reminders, 5};
    struct acceptance_clock clock = start(arena, terms, "2016-06-22");
    assert_int_equal(clock.reminder_count, 2);
    assert_day(clock.reminder_days[0], "2016-07-01");
    assert_day(clock.reminder_days[1], "2016-07-05");
    terms->acceptance_day_kind = DAYS_BUSINESS; /* and so are the reminders' days */
    terms->holidays = TEXTS("2016-07-04");
    clock = start(arena, terms, "2016-06-22"); /* until Tuesday 12 July, 14 business days */
    assert_day(clock.deadline_day, "2016-07-13");
    assert_day(clock.reminder_days[0], "2016-07-06");
    assert_day(clock.reminder_days[1], "2016-07-12");
    arena_free(arena);
}

CASE(the_clock_runs_until_the_decision)
{
    struct submission submission = {.state = SUBMISSION_SUBMITTED};
    assert_false(acceptance_clock_runs(&submission));
    submission.clock_start_at = SAMPLE_NOON;
    for (enum submission_state each = SUBMISSION_SUBMITTED; each <= SUBMISSION_REJECTED; each++) {
        submission.state = each;
        assert_int_equal(acceptance_clock_runs(&submission), each == SUBMISSION_SUBMITTED);
    }
}

CASE(an_answer_after_silence_has_decided_comes_too_late)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct contract_terms *terms = sample_terms(arena);
    terms->acceptance_days = 14;
    struct acceptance_clock clock = start(arena, terms, "2016-06-22");
    ALLOWED(acceptance_clock_check(&clock, sample_day("2016-07-07"), &fault)); /* silence is none */
    terms->silence = SILENCE_DEEMED;
    clock = start(arena, terms, "2016-06-22");
    ALLOWED(acceptance_clock_check(&clock, sample_day("2016-07-06"), &fault));
    REFUSED(acceptance_clock_check(&clock, sample_day("2016-07-07"), &fault), ERROR_EXPIRED,
            "deadline_at");
    arena_free(arena);
}

CASE(wrong_terms_are_refused_by_the_clock_too)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct acceptance_clock clock;
    struct contract_terms *terms = sample_terms(arena);
    terms->holidays = TEXTS("4 July");
    REFUSED(acceptance_clock_start(arena, terms, 0, true, &clock, &fault), ERROR_INVALID,
            "plan/terms/holidays/0");
    terms->holidays.count = 0;
    assert_int_equal(acceptance_clock_start(arena, terms, DAY_MAX, true, &clock, &fault),
                     ERROR_OUT_OF_RANGE);
    arena_free(arena);
}

RUN(T(the_known_periods_end_on_their_days), T(an_objection_is_given_days_as_the_acceptance_is),
    T(a_calendar_period_may_end_on_a_weekend_and_a_business_one_may_start_on_one),
    T(the_deadline_is_the_last_day_for_an_answer),
    T(without_a_period_there_is_no_deadline_and_silence_means_nothing),
    T(who_was_not_told_is_not_bound_by_silence),
    T(reminders_fall_between_start_and_deadline_in_order_and_once),
    T(the_clock_runs_until_the_decision), T(an_answer_after_silence_has_decided_comes_too_late),
    T(wrong_terms_are_refused_by_the_clock_too))
