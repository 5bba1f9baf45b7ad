#include "audit/sorter.h"

#include <stdlib.h>

#include "../check.h"

static void sort_and_check(size_t count, size_t memory)
{
    struct sorter *sorter = sorter_new(8, memory);
    struct fault fault;
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t record = (i * UINT64_C(0x9e3779b97f4a7c15)) >> 32;
        sum += record;
        assert_int_equal(sorter_add(sorter, &record, &fault), OK);
    }
    uint64_t before = 0;
    const void *record;
    for (size_t i = 0; i < count; i++) {
        uint64_t value;
        assert_int_equal(sorter_next(sorter, &record, &fault), OK);
        assert_non_null(record);
        assert_true(i == 0 || memcmp(&before, record, sizeof before) <= 0);
        memcpy(&value, record, sizeof value);
        before = value;
        sum -= value;
    }
    assert_int_equal(sorter_next(sorter, &record, &fault), OK);
    assert_null(record);
    assert_int_equal(sum, 0);
    sorter_free(sorter);
}

CASE(what_fits_into_memory_is_sorted_there)
{
    sort_and_check(0, 80);
    sort_and_check(1, 80);
    sort_and_check(1000, 8 * 1000);
}

CASE(what_does_not_fit_is_sorted_in_runs)
{
    sort_and_check(1001, 8 * 1000);
    sort_and_check(100000, 8 * 1000);
}

CASE(a_temporary_file_that_cannot_be_made_is_trouble)
{
    struct sorter *sorter = sorter_new(1, 1);
    struct fault fault;
    setenv("TMPDIR", "/nowhere", 1);
    assert_int_equal(sorter_add(sorter, "a", &fault), OK);
    assert_int_equal(sorter_add(sorter, "b", &fault), ERROR_STORAGE);
    unsetenv("TMPDIR");
    sorter_free(sorter);
}

RUN(T(what_fits_into_memory_is_sorted_there), T(what_does_not_fit_is_sorted_in_runs),
    T(a_temporary_file_that_cannot_be_made_is_trouble))
