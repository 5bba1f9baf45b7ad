#include "core/dispute.h"

#include "core/acceptance_clock.h"
#include "sample.h"

static struct fault fault;

static struct submission submitted(void)
{
    return (struct submission){.id = sample_id(71),
                               .milestone_id = sample_id(9),
                               .engagement_id = sample_id(1),
                               .state = SUBMISSION_SUBMITTED,
                               .clock_start_at = SAMPLE_NOON};
}

CASE(a_dispute_freezes_the_submission_until_it_ends)
{
    struct submission submission = submitted();
    struct actor approver = sample_approver(), manager = sample_manager();
    struct dispute dispute = {.id = sample_id(60)}, other = {.id = sample_id(61)};
    REFUSED(dispute_open(&dispute, &submission, " ", 5, &approver, SAMPLE_NOON, &fault),
            ERROR_INVALID, "reason");
    ALLOWED(dispute_open(&dispute, &submission, "no map", 5, &approver, SAMPLE_NOON, &fault));
    assert_int_equal(dispute.side, SIDE_CLIENT);
    assert_false(acceptance_clock_runs(&submission));
    for (int event = SUBMISSION_WITHDRAW; event < SUBMISSION_EVENT_COUNT; event++)
        REFUSED(submission_advance(&submission, (enum submission_event)event, &fault),
                ERROR_WRONG_STATE, "dispute");
    REFUSED(dispute_open(&other, &submission, "no map", 5, &manager, SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "dispute");
    REFUSED(dispute_withdraw(&dispute, &submission, "well", &manager, SAMPLE_NOON, &fault),
            ERROR_FORBIDDEN, "");
    ALLOWED(dispute_withdraw(&dispute, &submission, "well", &approver, SAMPLE_NOON, &fault));
    assert_true(acceptance_clock_runs(&submission));
    ALLOWED(submission_advance(&submission, SUBMISSION_ACCEPT, &fault));
    REFUSED(dispute_open(&other, &submission, "no map", 5, &manager, SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
}

CASE(a_dispute_is_resolved_when_both_sides_say_so)
{
    struct submission submission = submitted();
    struct actor approver = sample_approver(), manager = sample_manager();
    struct dispute dispute = {.id = sample_id(60)};
    ALLOWED(dispute_open(&dispute, &submission, "late", 5, &manager, SAMPLE_NOON, &fault));
    assert_int_equal(dispute.side, SIDE_AGENCY);
    REFUSED(dispute_resolve(&dispute, &submission, NULL, &manager, SAMPLE_NOON, &fault),
            ERROR_INVALID, "note");
    ALLOWED(dispute_resolve(&dispute, &submission, "agreed", &manager, SAMPLE_NOON, &fault));
    assert_int_equal(dispute.state, DISPUTE_OPEN);
    assert_int_not_equal(submission.disputed_at, 0);
    REFUSED(dispute_resolve(&dispute, &submission, "agreed", &manager, SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
    ALLOWED(dispute_resolve(&dispute, &submission, "yes", &approver, SAMPLE_NOON, &fault));
    assert_int_equal(dispute.state, DISPUTE_RESOLVED);
    assert_int_equal(submission.disputed_at, 0);
    REFUSED(dispute_withdraw(&dispute, &submission, "well", &manager, SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
}

CASE(what_is_left_of_a_clock_is_counted_as_the_contract_counts)
{
    static const struct {
        enum day_kind kind;
        const char *today, *deadline;
        int64_t days_left;
    } rows[] = {
        {DAYS_CALENDAR, "2016-06-24", "2016-07-04", 10},
        {DAYS_BUSINESS, "2016-06-24", "2016-07-04", 6}, /* Friday to Monday of the second week */
        {DAYS_BUSINESS, "2016-07-02", "2016-07-04", 1}, /* Saturday to Monday */
        {DAYS_CALENDAR, "2016-07-04", "2016-07-04", 1}, /* its last day: one is always left */
        {DAYS_BUSINESS, "2016-07-04", "2016-07-04", 1},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct contract_terms terms = {.acceptance_day_kind = rows[i].kind};
        int64_t days_left;
        ALLOWED(acceptance_clock_days_left(arena, &terms, sample_day(rows[i].today),
                                           sample_day(rows[i].deadline), &days_left, &fault));
        assert_int_equal(days_left, rows[i].days_left);
    }
    arena_free(arena);
}

RUN(T(a_dispute_freezes_the_submission_until_it_ends),
    T(a_dispute_is_resolved_when_both_sides_say_so),
    T(what_is_left_of_a_clock_is_counted_as_the_contract_counts))
