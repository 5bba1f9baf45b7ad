#include "base/error.h"

#include "../check.h"
#include "base/utf8.h"

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

/* 2026-11-28: a refusal that quoted a name cut it within a character, and was no JSON. */
CASE(what_a_refusal_quotes_is_text_where_it_is_cut_too)
{
    struct fault fault = {0};
    char name[3 * FAULT_DETAIL_MAX + 1] = "";
    for (size_t i = 0; i < FAULT_DETAIL_MAX; i++)
        memcpy(name + 3 * i, "東", 4);
    assert_int_equal(refuse(&fault, ERROR_INVALID, name, "no %s", name), ERROR_INVALID);
    assert_int_equal(strlen(fault.field), FAULT_FIELD_MAX - 1);
    assert_true(utf8_is_line(fault.field));
    assert_true(utf8_is_line(fault.detail));
    assert_int_equal(refuse(&fault, ERROR_INVALID, "\xff", "%.2s", "東"), ERROR_INVALID);
    assert_string_equal(fault.field, "?");
    assert_string_equal(fault.detail, "??");
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
    T(what_a_refusal_quotes_is_text_where_it_is_cut_too), T(every_code_has_facts_and_its_own_slug))
