#include "core/time_entry.h"

#include "core/estimate.h"
#include "sample.h"

enum { TODAY = 17000 };

static struct rate rates[] = {{"developer", "61.3333", "105.00"}};
static const struct list frozen = {rates, 1};
static const struct list no_rates;

static struct engagement engagement_in(enum engagement_state state)
{
    struct engagement engagement = sample_engagement();
    engagement.state = state;
    return engagement;
}

static struct time_entry entry_of(int64_t minutes)
{
    struct time_entry entry;
    shape_init(&time_entry_shape, &entry);
    entry.id = sample_id(300);
    entry.user_id = sample_id(8);
    entry.day = TODAY;
    entry.minutes = minutes;
    entry.role = "developer";
    entry.note = "Drew the map";
    entry.currency = "USD";
    return entry;
}

static enum error check(const struct time_entry *entry, enum engagement_state state,
                        int64_t before_minutes, struct fault *fault)
{
    struct engagement engagement = engagement_in(state);
    return time_entry_check(entry, &engagement, TODAY, before_minutes, &frozen, fault);
}

CASE(time_is_recorded_while_the_work_goes_on)
{
    static const bool allowed[ENGAGEMENT_TERMINATED + 1] = {
        [ENGAGEMENT_ACTIVE] = true,
        [ENGAGEMENT_SUSPENDED] = true,
    };
    struct time_entry entry = entry_of(60);
    for (enum engagement_state at = ENGAGEMENT_CONSULTATION; at <= ENGAGEMENT_TERMINATED; at++) {
        struct fault fault = {0};
        enum error error = check(&entry, at, 0, &fault);
        assert_int_equal(error == OK, allowed[at]);
        if (error)
            REFUSED(error, ERROR_WRONG_STATE, "engagement");
    }
}

CASE(nobody_works_in_the_future)
{
    struct fault fault = {0};
    struct time_entry entry = entry_of(60);
    entry.day = TODAY + 1;
    REFUSED(check(&entry, ENGAGEMENT_ACTIVE, 0, &fault), ERROR_OUT_OF_RANGE, "day");
}

CASE(a_day_of_one_person_has_24_hours)
{
    struct fault fault = {0};
    struct time_entry entry = entry_of(60);
    ALLOWED(check(&entry, ENGAGEMENT_ACTIVE, TIME_OF_DAY_LIMIT - 60, &fault));
    REFUSED(check(&entry, ENGAGEMENT_ACTIVE, TIME_OF_DAY_LIMIT - 59, &fault), ERROR_OUT_OF_RANGE,
            "minutes");
    entry.minutes = 0;
    REFUSED(check(&entry, ENGAGEMENT_ACTIVE, 0, &fault), ERROR_OUT_OF_RANGE, "minutes");
    entry.minutes = -60;
    REFUSED(check(&entry, ENGAGEMENT_ACTIVE, 0, &fault), ERROR_OUT_OF_RANGE, "minutes");
}

CASE(time_has_a_note_and_a_role_with_a_rate)
{
    struct fault fault = {0};
    struct time_entry entry = entry_of(60);
    entry.role = NULL;
    REFUSED(check(&entry, ENGAGEMENT_ACTIVE, 0, &fault), ERROR_INVALID, "role");
    entry.role = "king";
    REFUSED(check(&entry, ENGAGEMENT_ACTIVE, 0, &fault), ERROR_INVALID, "role");
    struct engagement engagement = engagement_in(ENGAGEMENT_ACTIVE);
    ALLOWED(time_entry_check(&entry, &engagement, TODAY, 0, &no_rates, &fault));
    entry.note = " ";
    REFUSED(time_entry_check(&entry, &engagement, TODAY, 0, &no_rates, &fault), ERROR_INVALID,
            "note");
}

CASE(approved_time_costs_what_its_role_does)
{
    struct fault fault = {0};
    struct time_entry entry = entry_of(90);
    ALLOWED(time_entry_approve(&entry, &frozen, &fault));
    assert_int_equal(entry.state, TIME_ENTRY_APPROVED);
    assert_int_equal(entry.cost_minor, 9200); /* 91.99995 */
    entry = entry_of(90);
    ALLOWED(time_entry_approve(&entry, &no_rates, &fault));
    assert_true(entry.cost_minor == INTEGER_NONE);
    entry = entry_of(90);
    entry.role = "king";
    REFUSED(time_entry_approve(&entry, &frozen, &fault), ERROR_INVALID, "role");
    assert_int_equal(entry.state, TIME_ENTRY_SUBMITTED);
}

CASE(what_is_decided_is_not_decided_again)
{
    for (enum time_entry_state at = TIME_ENTRY_SUBMITTED; at <= TIME_ENTRY_WITHDRAWN; at++) {
        for (enum time_entry_event event = TIME_ENTRY_APPROVE; event < TIME_ENTRY_EVENT_COUNT;
             event++) {
            struct fault fault = {0};
            struct time_entry entry = entry_of(60);
            entry.state = at;
            enum error error = time_entry_advance(&entry, event, &fault);
            assert_int_equal(error == OK, at == TIME_ENTRY_SUBMITTED);
            if (error)
                REFUSED(error, ERROR_WRONG_STATE, "state");
            if (error)
                assert_int_equal(entry.state, at);
        }
    }
}

CASE(a_reversal_takes_back_minutes_and_cost_and_nothing_else)
{
    struct fault fault = {0};
    struct time_entry reversal, entry = entry_of(90);
    REFUSED(time_entry_reverse(&entry, "Twice", &reversal, &fault), ERROR_WRONG_STATE, "state");
    ALLOWED(time_entry_approve(&entry, &frozen, &fault));
    REFUSED(time_entry_reverse(&entry, "", &reversal, &fault), ERROR_INVALID, "reason");
    ALLOWED(time_entry_reverse(&entry, "Twice", &reversal, &fault));
    assert_int_equal(reversal.minutes, -90);
    assert_int_equal(reversal.cost_minor, -9200);
    assert_int_equal(reversal.state, TIME_ENTRY_APPROVED);
    assert_int_equal(reversal.day, entry.day);
    assert_true(id_equal(reversal.reverses_entry_id, entry.id));
    reversal.id = sample_id(301);
    REFUSED(time_entry_reverse(&reversal, "Again", &entry, &fault), ERROR_WRONG_STATE, "state");
}

RUN(T(time_is_recorded_while_the_work_goes_on), T(nobody_works_in_the_future),
    T(a_day_of_one_person_has_24_hours), T(time_has_a_note_and_a_role_with_a_rate),
    T(approved_time_costs_what_its_role_does), T(what_is_decided_is_not_decided_again),
    T(a_reversal_takes_back_minutes_and_cost_and_nothing_else))
