#include "base/error.h"

#include "../check.h"

CASE(a_refusal_returns_its_code_and_says_why)
{
    struct fault fault = {0};
    assert_int_equal(refuse(&fault, ERROR_INVALID, "milestones/2/price", "%d is too much", 7),
                     ERROR_INVALID);
    assert_int_equal(fault.code, ERROR_INVALID);
    assert_string_equal(fault.field, "milestones/2/price");
    assert_string_equal(fault.detail, "7 is too much");
}

CASE(a_long_detail_is_cut_at_its_limit)
{
    struct fault fault = {0};
    assert_int_equal(refuse(&fault, ERROR_INVALID, NULL, "%0300d", 1), ERROR_INVALID);
    assert_int_equal(strlen(fault.detail), FAULT_DETAIL_MAX - 1);
}

CASE(every_code_has_facts_and_its_own_slug)
{
    for (enum error a = OK; a < ERROR_COUNT; a++) {
        assert_true(error_http_status(a) >= 200 && error_http_status(a) < 600);
        assert_true(error_exit_code(a) >= 0 && error_exit_code(a) < 126);
        assert_true(strlen(error_message(a)) > 3);
        for (enum error b = OK; b < a; b++)
            assert_string_not_equal(error_slug(a), error_slug(b));
    }
}

RUN(T(a_refusal_returns_its_code_and_says_why), T(a_long_detail_is_cut_at_its_limit),
    T(every_code_has_facts_and_its_own_slug))
