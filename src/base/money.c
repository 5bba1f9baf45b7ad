#include "base/money.h"

#include <stdbool.h>
#include <string.h>

#include "base/currency.h"
#include "base/must.h"

__extension__ typedef __int128 wide;

static enum error too_large(struct fault *fault)
{
    return refuse(fault, ERROR_OUT_OF_RANGE, "amount", "the amount is too large");
}

enum error money_add(int64_t a_minor, int64_t b_minor, int64_t *sum_minor, struct fault *fault)
{
    int64_t sum;
    if (__builtin_add_overflow(a_minor, b_minor, &sum))
        return too_large(fault);
    *sum_minor = sum;
    return OK;
}

enum error money_subtract(int64_t a_minor, int64_t b_minor, int64_t *difference_minor,
                          struct fault *fault)
{
    int64_t difference;
    if (__builtin_sub_overflow(a_minor, b_minor, &difference))
        return too_large(fault);
    *difference_minor = difference;
    return OK;
}

enum error money_sum(const int64_t *parts_minor, size_t count, int64_t *sum_minor,
                     struct fault *fault)
{
    /* In 128 bits the order of large positive and negative parts does not matter. */
    wide sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += parts_minor[i];
    if (sum < INT64_MIN || sum > INT64_MAX)
        return too_large(fault);
    *sum_minor = (int64_t)sum;
    return OK;
}

static wide absolute(wide number)
{
    return number < 0 ? -number : number;
}

static wide divide_rounded(wide dividend, wide divisor, enum rounding rounding)
{
    wide quotient = absolute(dividend) / absolute(divisor);
    wide twice_rest = absolute(dividend) % absolute(divisor) * 2;
    bool above_half = twice_rest > absolute(divisor);
    bool half = twice_rest == absolute(divisor);
    if (above_half || (half && (rounding == ROUND_HALF_UP || quotient % 2 == 1)))
        quotient++;
    return (dividend < 0) == (divisor < 0) ? quotient : -quotient;
}

enum error money_ratio(int64_t amount_minor, int64_t numerator, int64_t denominator,
                       enum rounding rounding, int64_t *result_minor, struct fault *fault)
{
    must(denominator != 0);
    wide result = divide_rounded((wide)amount_minor * numerator, denominator, rounding);
    if (result < INT64_MIN || result > INT64_MAX)
        return too_large(fault);
    *result_minor = (int64_t)result;
    return OK;
}

enum error money_parse(const char *text, const char *currency, int64_t *amount_minor,
                       struct fault *fault)
{
    const struct currency *known = currency_find(currency);
    if (!known)
        return refuse(fault, ERROR_INVALID, "currency", "not a billable ISO 4217 currency code");
    struct fault found = {0};
    enum error error = decimal_parse(text, known->exponent, amount_minor, &found);
    if (error != OK)
        return refuse(fault, error, "amount", "%s", found.detail);
    return OK;
}

char *money_format(int64_t amount_minor, const char *currency, char text[static MONEY_TEXT_SIZE])
{
    return decimal_format(amount_minor, currency_exponent(currency), text);
}
