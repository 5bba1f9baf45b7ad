#include "core/split.h"

#include "../check.h"
#include "../random.h"

enum { PARTS_MAX = 40 };

static void assert_parts(const int64_t *found, const int64_t *expected, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(found[i], expected[i]);
}

static void assert_steps(int64_t total, const int64_t *shares, const int64_t *expected,
                         size_t count)
{
    int64_t parts[PARTS_MAX];
    assert_int_equal(split_in_steps(total, shares, count, ROUND_HALF_UP, parts, NULL), OK);
    assert_parts(parts, expected, count);
}

/* odoo/odoo#249836: 30% and 70% of 145.05 were billed as 145.06. */
CASE(parts_of_145_05_sum_to_145_05)
{
    assert_steps(14505, (int64_t[]){300000, 700000}, (int64_t[]){4352, 10153}, 2);
}

CASE(a_hundred_in_thirds)
{
    assert_steps(10000, (int64_t[]){1, 1, 1}, (int64_t[]){3333, 3334, 3333}, 3);
    assert_steps(10000, (int64_t[]){333333, 333333, 333334}, (int64_t[]){3333, 3334, 3333}, 3);
    assert_steps(-10000, (int64_t[]){1, 1, 1}, (int64_t[]){-3333, -3334, -3333}, 3);
}

/* odoo/odoo#125140: 12,870.59 in two deposits of 50% left a final invoice of -0.01. */
CASE(two_halves_leave_nothing_for_the_final_invoice)
{
    assert_steps(1287059, (int64_t[]){50, 50, 0}, (int64_t[]){643530, 643529, 0}, 3);
    assert_steps(1, (int64_t[]){50, 50, 0}, (int64_t[]){1, 0, 0}, 3);
}

/* frappe/erpnext#26951: 33.334%, 33.333% and 33.333% made 10,000.20 of a third of 30,000.00. Equal
 * parts need no percentages. */
CASE(three_equal_parts_of_30000_are_10000_each)
{
    assert_steps(3000000, (int64_t[]){1, 1, 1}, (int64_t[]){1000000, 1000000, 1000000}, 3);
}

CASE(a_step_bills_the_growth_and_credits_a_drop)
{
    int64_t part;
    assert_int_equal(split_step(14505, 0, 30, 100, ROUND_HALF_UP, &part, NULL), OK);
    assert_int_equal(part, 4352);
    assert_int_equal(split_step(14505, 30, 100, 100, ROUND_HALF_UP, &part, NULL), OK);
    assert_int_equal(part, 10153);
    assert_int_equal(split_step(14505, 30, 20, 100, ROUND_HALF_UP, &part, NULL), OK);
    assert_int_equal(part, 2901 - 4352);
    assert_int_equal(split_step(5, 0, 1, 2, ROUND_HALF_EVEN, &part, NULL), OK);
    assert_int_equal(part, 2);
}

CASE(a_step_outside_the_whole_is_refused)
{
    int64_t part = 42;
    assert_int_equal(split_step(1, 0, 101, 100, ROUND_HALF_UP, &part, NULL), ERROR_INVALID);
    assert_int_equal(split_step(1, -1, 1, 100, ROUND_HALF_UP, &part, NULL), ERROR_INVALID);
    assert_int_equal(split_step(1, 0, -1, 100, ROUND_HALF_UP, &part, NULL), ERROR_INVALID);
    assert_int_equal(split_step(1, 101, 1, 100, ROUND_HALF_UP, &part, NULL), ERROR_INVALID);
    assert_int_equal(split_step(1, 0, 0, 0, ROUND_HALF_UP, &part, NULL), ERROR_INVALID);
    assert_int_equal(part, 42);
}

CASE(shares_that_cannot_be_split_by_are_refused)
{
    static const struct {
        int64_t shares[2];
        enum error error;
    } cases[] = {
        {{0, 0}, ERROR_INVALID}, {{2, -1}, ERROR_INVALID}, {{INT64_MAX, 1}, ERROR_OUT_OF_RANGE}};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t parts[2] = {42, 42};
        struct fault fault = {0};
        const int64_t *shares = cases[i].shares;
        assert_int_equal(split_in_steps(1, shares, 2, ROUND_HALF_UP, parts, &fault),
                         cases[i].error);
        assert_string_equal(fault.field, "shares");
        assert_int_equal(split_by_remainder(arena, 1, shares, 2, parts, NULL), cases[i].error);
        assert_int_equal(parts[0], 42);
    }
    int64_t part;
    assert_int_equal(split_in_steps(1, NULL, 0, ROUND_HALF_UP, &part, NULL), ERROR_INVALID);
    arena_free(arena);
}

static void assert_by_remainder(int64_t total, const int64_t *shares, const int64_t *expected,
                                size_t count)
{
    struct arena *arena = arena_new();
    int64_t parts[PARTS_MAX];
    assert_int_equal(split_by_remainder(arena, total, shares, count, parts, NULL), OK);
    assert_parts(parts, expected, count);
    arena_free(arena);
}

CASE(the_largest_remainder_gets_the_odd_cent)
{
    assert_by_remainder(10000, (int64_t[]){1, 1, 1}, (int64_t[]){3334, 3333, 3333}, 3);
    assert_by_remainder(-10000, (int64_t[]){1, 1, 1}, (int64_t[]){-3334, -3333, -3333}, 3);
    assert_by_remainder(100, (int64_t[]){1, 2, 4}, (int64_t[]){14, 29, 57}, 3);
    assert_by_remainder(5, (int64_t[]){1, 1, 1, 1}, (int64_t[]){2, 1, 1, 1}, 4);
    assert_by_remainder(2, (int64_t[]){0, 1, 1, 1}, (int64_t[]){0, 1, 1, 0}, 4);
    assert_by_remainder(0, (int64_t[]){1, 5}, (int64_t[]){0, 0}, 2);
}

static int64_t random_total(struct random *random)
{
    static const int64_t sizes[] = {3, 1000, 1000000, INT64_C(1000000000000), INT64_MAX};
    int64_t most = sizes[random_next(random) % 5];
    return random_between(random, -most, most);
}

static size_t random_shares(struct random *random, int64_t *shares)
{
    static const int64_t sizes[] = {1, 10, 1000000, INT64_MAX / PARTS_MAX};
    int64_t most = sizes[random_next(random) % 4];
    size_t count = (size_t)random_between(random, 1, PARTS_MAX);
    for (size_t i = 0; i < count; i++)
        shares[i] = random_between(random, 0, most);
    shares[random_next(random) % count] = most;
    return count;
}

static void assert_whole(int64_t total, const int64_t *parts, size_t count)
{
    int64_t sum;
    assert_int_equal(money_sum(parts, count, &sum, NULL), OK);
    assert_true(sum == total);
    for (size_t i = 0; i < count; i++)
        assert_true(total < 0 ? parts[i] <= 0 : parts[i] >= 0);
}

CASE(any_split_sums_to_the_whole_and_no_part_changes_sign)
{
    struct random random = {20160622};
    struct arena *arena = arena_new();
    for (int round = 0; round < 20000; round++) {
        int64_t shares[PARTS_MAX], parts[PARTS_MAX];
        size_t count = random_shares(&random, shares);
        int64_t total = random_total(&random);
        enum rounding rounding = round % 2 ? ROUND_HALF_UP : ROUND_HALF_EVEN;
        assert_int_equal(split_in_steps(total, shares, count, rounding, parts, NULL), OK);
        assert_whole(total, parts, count);
        assert_int_equal(split_by_remainder(arena, total, shares, count, parts, NULL), OK);
        assert_whole(total, parts, count);
        arena_reset(arena);
    }
    arena_free(arena);
}

CASE(a_part_by_remainder_is_within_one_of_its_exact_share)
{
    struct random random = {249836};
    struct arena *arena = arena_new();
    for (int round = 0; round < 5000; round++) {
        int64_t shares[PARTS_MAX], parts[PARTS_MAX], whole;
        size_t count = random_shares(&random, shares);
        int64_t total = random_total(&random);
        assert_int_equal(split_by_remainder(arena, total, shares, count, parts, NULL), OK);
        assert_int_equal(money_sum(shares, count, &whole, NULL), OK);
        for (size_t i = 0; i < count; i++) {
            int64_t exact;
            assert_int_equal(money_ratio(total, shares[i], whole, ROUND_HALF_UP, &exact, NULL), OK);
            assert_true(parts[i] - exact <= 1 && exact - parts[i] <= 1);
        }
        arena_reset(arena);
    }
    arena_free(arena);
}

RUN(T(parts_of_145_05_sum_to_145_05), T(a_hundred_in_thirds),
    T(two_halves_leave_nothing_for_the_final_invoice), T(three_equal_parts_of_30000_are_10000_each),
    T(a_step_bills_the_growth_and_credits_a_drop), T(a_step_outside_the_whole_is_refused),
    T(shares_that_cannot_be_split_by_are_refused), T(the_largest_remainder_gets_the_odd_cent),
    T(any_split_sums_to_the_whole_and_no_part_changes_sign),
    T(a_part_by_remainder_is_within_one_of_its_exact_share))
