#include "core/status_report.h"

#include "sample.h"

static struct report_rhythm rhythm_of(enum rhythm rhythm, const char *first_day)
{
    return (struct report_rhythm){.rhythm = rhythm, .first_day = sample_day(first_day)};
}

static int32_t next(const struct report_rhythm *rhythm, const char *not_before)
{
    int32_t day;
    struct fault fault = {0};
    ALLOWED(report_rhythm_next(rhythm, sample_day(not_before), &day, &fault));
    return day;
}

CASE(the_next_day_is_counted_from_the_first)
{
    struct report_rhythm weekly = rhythm_of(RHYTHM_WEEKLY, "2026-12-04");
    assert_int_equal(next(&weekly, "2026-01-01"), sample_day("2026-12-04"));
    assert_int_equal(next(&weekly, "2026-12-04"), sample_day("2026-12-04"));
    assert_int_equal(next(&weekly, "2026-12-05"), sample_day("2026-12-11"));
    struct report_rhythm monthly = rhythm_of(RHYTHM_MONTHLY, "2026-01-31");
    assert_int_equal(next(&monthly, "2026-02-01"), sample_day("2026-02-28"));
    assert_int_equal(next(&monthly, "2026-03-01"), sample_day("2026-03-31"));
}

CASE(two_days_a_month_are_no_rhythm_of_reports)
{
    struct fault fault = {0};
    struct report_rhythm twice = rhythm_of(RHYTHM_SEMI_MONTHLY, "2026-12-04");
    REFUSED(report_rhythm_check(&twice, &fault), ERROR_INVALID, "rhythm");
    twice.rhythm = RHYTHM_BIWEEKLY;
    ALLOWED(report_rhythm_check(&twice, &fault));
}

RUN(T(the_next_day_is_counted_from_the_first), T(two_days_a_month_are_no_rhythm_of_reports))
