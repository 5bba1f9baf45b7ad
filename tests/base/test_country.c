#include "base/country.h"

#include "../check.h"

CASE(codes_that_are_assigned_exist)
{
    static const char *const right[] = {"AD", "DE", "GB", "US", "ZW"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(country_exists(right[i]));
}

CASE(anything_else_is_no_country)
{
    static const char *const wrong[] = {"", "D", "de", "DEU", "UK", "XX", "EU", "D ", " E", "E "};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(country_exists(wrong[i]));
}

CASE(there_are_249)
{
    int count = 0;
    for (char first = 'A'; first <= 'Z'; first++) {
        for (char second = 'A'; second <= 'Z'; second++)
            count += country_exists((const char[]){first, second, '\0'});
    }
    assert_int_equal(count, 249);
}

RUN(T(codes_that_are_assigned_exist), T(anything_else_is_no_country), T(there_are_249))
