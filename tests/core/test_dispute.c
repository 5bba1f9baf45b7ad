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

static struct submission deemed(void)
{
    struct submission submission = submitted();
    submission.state = SUBMISSION_DEEMED_ACCEPTED;
    submission.objection_until_at = SAMPLE_NOON;
    return submission;
}

static const struct resolution *saying(const char *note, int64_t credit_minor)
{
    static struct resolution resolution;
    resolution = (struct resolution){note, NULL, credit_minor};
    return &resolution;
}

static enum error object(struct dispute *dispute, struct submission *submission,
                         const struct actor *actor, const char *today)
{
    return dispute_object(dispute, submission, "no map", "USD", sample_day("2016-07-13"),
                          sample_day(today), actor, SAMPLE_NOON, &fault);
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
    REFUSED(dispute_resolve(&dispute, &submission, saying(NULL, INTEGER_NONE), &manager,
                            SAMPLE_NOON, &fault),
            ERROR_INVALID, "note");
    ALLOWED(dispute_resolve(&dispute, &submission, saying("agreed", INTEGER_NONE), &manager,
                            SAMPLE_NOON, &fault));
    assert_int_equal(dispute.state, DISPUTE_OPEN);
    assert_int_not_equal(submission.disputed_at, 0);
    REFUSED(dispute_resolve(&dispute, &submission, saying("agreed", INTEGER_NONE), &manager,
                            SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
    ALLOWED(dispute_resolve(&dispute, &submission, saying("yes", INTEGER_NONE), &approver,
                            SAMPLE_NOON, &fault));
    assert_int_equal(dispute.state, DISPUTE_RESOLVED);
    assert_int_equal(submission.disputed_at, 0);
    REFUSED(dispute_withdraw(&dispute, &submission, "well", &manager, SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
}

CASE(what_is_to_be_decided_on_is_not_credited)
{
    struct submission submission = submitted();
    struct actor manager = sample_manager();
    struct dispute dispute = {.id = sample_id(60)};
    ALLOWED(dispute_open(&dispute, &submission, "late", 5, &manager, SAMPLE_NOON, &fault));
    assert_int_equal(dispute.kind, DISPUTE_ROUND);
    REFUSED(
        dispute_resolve(&dispute, &submission, saying("agreed", 1), &manager, SAMPLE_NOON, &fault),
        ERROR_INVALID, "credit");
    ALLOWED(
        dispute_resolve(&dispute, &submission, saying("agreed", 0), &manager, SAMPLE_NOON, &fault));
    assert_int_equal(dispute.credit_minor, INTEGER_NONE);
}

CASE(only_the_client_objects_to_what_is_deemed_accepted_and_in_time)
{
    struct submission submission = submitted();
    struct actor approver = sample_approver(), manager = sample_manager();
    struct dispute dispute = {.id = sample_id(60)}, other = {.id = sample_id(61)};
    REFUSED(object(&dispute, &submission, &approver, "2016-07-13"), ERROR_WRONG_STATE, "state");
    submission = deemed();
    submission.objection_until_at = 0;
    REFUSED(object(&dispute, &submission, &approver, "2016-07-13"), ERROR_WRONG_STATE, "state");
    submission = deemed();
    REFUSED(object(&dispute, &submission, &manager, "2016-07-13"), ERROR_FORBIDDEN, "");
    REFUSED(object(&dispute, &submission, &approver, "2016-07-14"), ERROR_EXPIRED,
            "objection_until_at");
    assert_string_equal(fault.detail,
                        "it was deemed accepted, and the time to object ended with 2016-07-13");
    REFUSED(dispute_object(&dispute, &submission, " ", "USD", 1, 1, &approver, SAMPLE_NOON, &fault),
            ERROR_INVALID, "reason");
    assert_int_equal(submission.disputed_at, 0);
    ALLOWED(object(&dispute, &submission, &approver, "2016-07-13"));
    assert_int_equal(dispute.kind, DISPUTE_OBJECTION);
    assert_int_equal(dispute.side, SIDE_CLIENT);
    assert_int_equal(dispute.days_left, 0);
    assert_int_equal(submission.disputed_at, SAMPLE_NOON);
    assert_int_equal(submission.state, SUBMISSION_DEEMED_ACCEPTED);
    REFUSED(object(&other, &submission, &approver, "2016-07-13"), ERROR_WRONG_STATE, "dispute");
}

CASE(an_objection_is_settled_when_both_sides_say_the_same_credit)
{
    struct submission submission = deemed();
    struct actor approver = sample_approver(), manager = sample_manager();
    struct dispute dispute = {.id = sample_id(60)}, other = {.id = sample_id(61)};
    ALLOWED(object(&dispute, &submission, &approver, "2016-07-13"));
    struct resolution foreign = {"agreed", "JPY", 500};
    REFUSED(dispute_resolve(&dispute, &submission, &foreign, &approver, SAMPLE_NOON, &fault),
            ERROR_INVALID, "currency");
    ALLOWED(dispute_resolve(&dispute, &submission, saying("half of it", 500), &approver,
                            SAMPLE_NOON, &fault));
    REFUSED(dispute_resolve(&dispute, &submission, saying("or so", 400), &approver, SAMPLE_NOON,
                            &fault),
            ERROR_WRONG_STATE, "state");
    ALLOWED(
        dispute_resolve(&dispute, &submission, saying("less", 300), &manager, SAMPLE_NOON, &fault));
    assert_int_equal(dispute.state, DISPUTE_OPEN);
    assert_int_equal(dispute.credit_minor, 300);
    assert_null(dispute.client_note);
    assert_null(dispute.client_name);
    assert_int_equal(dispute.client_at, 0);
    REFUSED(
        dispute_resolve(&dispute, &submission, saying("less", 300), &manager, SAMPLE_NOON, &fault),
        ERROR_WRONG_STATE, "state");
    ALLOWED(dispute_resolve(&dispute, &submission, saying("well", 300), &approver, SAMPLE_NOON,
                            &fault));
    assert_int_equal(dispute.state, DISPUTE_RESOLVED);
    assert_string_equal(dispute.agency_note, "less");
    assert_int_equal(submission.disputed_at, 0);
    REFUSED(object(&other, &submission, &approver, "2016-07-13"), ERROR_WRONG_STATE, "state");
}

CASE(an_objection_is_dismissed_when_both_sides_say_that_nothing_is_credited)
{
    struct submission submission = deemed();
    struct actor approver = sample_approver(), manager = sample_manager();
    struct dispute dispute = {.id = sample_id(60)};
    ALLOWED(object(&dispute, &submission, &approver, "2016-07-13"));
    ALLOWED(dispute_resolve(&dispute, &submission, saying("it is there", INTEGER_NONE), &manager,
                            SAMPLE_NOON, &fault));
    ALLOWED(dispute_resolve(&dispute, &submission, saying("so it is", 0), &approver, SAMPLE_NOON,
                            &fault));
    assert_int_equal(dispute.state, DISPUTE_RESOLVED);
    assert_int_equal(dispute.credit_minor, 0);
}

CASE(an_objection_that_was_withdrawn_can_be_raised_again_in_time)
{
    struct submission submission = deemed();
    struct actor approver = sample_approver(), manager = sample_manager();
    struct dispute dispute = {.id = sample_id(60)}, other = {.id = sample_id(61)};
    ALLOWED(object(&dispute, &submission, &approver, "2016-07-12"));
    REFUSED(dispute_withdraw(&dispute, &submission, "well", &manager, SAMPLE_NOON, &fault),
            ERROR_FORBIDDEN, "");
    ALLOWED(dispute_withdraw(&dispute, &submission, "well", &approver, SAMPLE_NOON, &fault));
    assert_int_equal(submission.disputed_at, 0);
    ALLOWED(object(&other, &submission, &approver, "2016-07-13"));
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
    T(a_dispute_is_resolved_when_both_sides_say_so), T(what_is_to_be_decided_on_is_not_credited),
    T(only_the_client_objects_to_what_is_deemed_accepted_and_in_time),
    T(an_objection_is_settled_when_both_sides_say_the_same_credit),
    T(an_objection_is_dismissed_when_both_sides_say_that_nothing_is_credited),
    T(an_objection_that_was_withdrawn_can_be_raised_again_in_time),
    T(what_is_left_of_a_clock_is_counted_as_the_contract_counts))
