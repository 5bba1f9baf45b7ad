#include "core/split.h"

#include <stdlib.h>

#include "base/must.h"

__extension__ typedef __int128 wide;

static enum error sum_shares(const int64_t *shares, size_t count, int64_t *whole,
                             struct fault *fault)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (shares[i] < 0)
            return refuse(fault, ERROR_INVALID, "shares", "share %zu is negative", i);
        if (__builtin_add_overflow(sum, shares[i], &sum))
            return refuse(fault, ERROR_OUT_OF_RANGE, "shares", "the shares are too large");
    }
    if (sum == 0)
        return refuse(fault, ERROR_INVALID, "shares", "there is nothing to split by");
    *whole = sum;
    return OK;
}

/* Neither errs nor overflows: a share of the whole is no larger than the total. */
static int64_t rounded_share(int64_t total_minor, int64_t share, int64_t whole,
                             enum rounding rounding)
{
    int64_t part_minor;
    enum error error = money_ratio(total_minor, share, whole, rounding, &part_minor, NULL);
    must(error == OK);
    return part_minor;
}

enum error split_step(int64_t total_minor, int64_t from, int64_t to, int64_t whole,
                      enum rounding rounding, int64_t *part_minor, struct fault *fault)
{
    if (whole <= 0 || from < 0 || to < 0 || from > whole || to > whole)
        return refuse(fault, ERROR_INVALID, "shares", "a step must lie within the whole");
    *part_minor = rounded_share(total_minor, to, whole, rounding) -
                  rounded_share(total_minor, from, whole, rounding);
    return OK;
}

static void split_in_checked_steps(int64_t total_minor, const int64_t *shares, size_t count,
                                   int64_t whole, enum rounding rounding, int64_t *parts_minor)
{
    int64_t done = 0;
    int64_t billed_minor = 0;
    for (size_t i = 0; i < count; i++) {
        done += shares[i];
        int64_t to_date_minor = rounded_share(total_minor, done, whole, rounding);
        parts_minor[i] = to_date_minor - billed_minor;
        billed_minor = to_date_minor;
    }
}

enum error split_in_steps(int64_t total_minor, const int64_t *shares, size_t count,
                          enum rounding rounding, int64_t *parts_minor, struct fault *fault)
{
    int64_t whole;
    enum error error = sum_shares(shares, count, &whole, fault);
    if (error != OK)
        return error;
    split_in_checked_steps(total_minor, shares, count, whole, rounding, parts_minor);
    return OK;
}

/* Sets parts to the shares rounded toward 0 and returns what is left of the total: less than one
 * minor unit a line, with the sign of the total. */
static int64_t split_toward_zero(int64_t total_minor, const int64_t *shares, size_t count,
                                 int64_t whole, int64_t *parts_minor)
{
    int64_t rest_minor = total_minor;
    for (size_t i = 0; i < count; i++) {
        parts_minor[i] = (int64_t)((wide)total_minor * shares[i] / whole);
        rest_minor -= parts_minor[i];
    }
    return rest_minor;
}

struct remainder {
    uint64_t lost; /* in fractions of a minor unit, 1 / whole each */
    size_t line;
};

static int most_lost_first(const void *left, const void *right)
{
    const struct remainder *a = left;
    const struct remainder *b = right;
    if (a->lost != b->lost)
        return a->lost > b->lost ? -1 : 1;
    return a->line < b->line ? -1 : 1;
}

static struct remainder *sorted_remainders(struct arena *scratch, int64_t total_minor,
                                           const int64_t *shares, size_t count, int64_t whole)
{
    struct remainder *remainders = arena_array(scratch, count, sizeof *remainders);
    for (size_t i = 0; i < count; i++) {
        wide lost = (wide)total_minor * shares[i] % whole;
        remainders[i] = (struct remainder){(uint64_t)(lost < 0 ? -lost : lost), i};
    }
    qsort(remainders, count, sizeof *remainders, most_lost_first);
    return remainders;
}

enum error split_by_remainder(struct arena *scratch, int64_t total_minor, const int64_t *shares,
                              size_t count, int64_t *parts_minor, struct fault *fault)
{
    int64_t whole;
    enum error error = sum_shares(shares, count, &whole, fault);
    if (error != OK)
        return error;
    int64_t rest_minor = split_toward_zero(total_minor, shares, count, whole, parts_minor);
    int64_t unit = rest_minor < 0 ? -1 : 1;
    struct remainder *remainder = sorted_remainders(scratch, total_minor, shares, count, whole);
    for (; rest_minor != 0; rest_minor -= unit)
        parts_minor[remainder++->line] += unit;
    return OK;
}
