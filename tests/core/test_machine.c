#include "core/machine.h"

#include "../check.h"

enum { LIGHT_RED = 1, LIGHT_GREEN, LIGHT_OUT_OF_ORDER };
enum { EVENT_SWITCH = 1, EVENT_BREAK, EVENT_COUNT };

static const char *const light_names[] = {
    [LIGHT_RED] = "red", [LIGHT_GREEN] = "green", [LIGHT_OUT_OF_ORDER] = "out_of_order"};
static const struct choices light_choices = CHOICES("light", light_names);
static const char *const verbs[] = {[EVENT_SWITCH] = "switched", [EVENT_BREAK] = "broken"};
static const unsigned char steps[][EVENT_COUNT] = {
    [LIGHT_RED] = {[EVENT_SWITCH] = LIGHT_GREEN, [EVENT_BREAK] = LIGHT_OUT_OF_ORDER},
    [LIGHT_GREEN] = {[EVENT_SWITCH] = LIGHT_RED},
    [LIGHT_OUT_OF_ORDER] = {0},
};
static const struct machine light = MACHINE("light", "state", &light_choices, verbs, steps);

CASE(a_listed_event_steps_the_state)
{
    int now = LIGHT_RED;
    assert_int_equal(machine_step(&light, &now, EVENT_SWITCH, NULL), OK);
    assert_int_equal(now, LIGHT_GREEN);
    assert_int_equal(machine_next(&light, LIGHT_GREEN, EVENT_SWITCH), LIGHT_RED);
}

CASE(what_is_not_listed_is_wrong_state_and_says_so_in_words)
{
    int now = LIGHT_OUT_OF_ORDER;
    struct fault fault = {0};
    assert_int_equal(machine_step(&light, &now, EVENT_SWITCH, &fault), ERROR_WRONG_STATE);
    assert_int_equal(now, LIGHT_OUT_OF_ORDER);
    assert_string_equal(fault.field, "state");
    assert_string_equal(fault.detail, "the light is out of order and cannot be switched");
    assert_int_equal(machine_next(&light, LIGHT_GREEN, EVENT_BREAK), 0);
}

RUN(T(a_listed_event_steps_the_state), T(what_is_not_listed_is_wrong_state_and_says_so_in_words))
