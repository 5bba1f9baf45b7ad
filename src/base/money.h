/* Exact money: int64_t minor units of an ISO 4217 currency.
 *
 * Every sum and product is checked; what does not fit is ERROR_OUT_OF_RANGE and leaves the result
 * alone. Division rounds once, by a rounding that the caller names. Faults name the field "amount"
 * or "currency"; a caller that knows the path to them puts it in front. */
#ifndef WAYMARK_BASE_MONEY_H
#define WAYMARK_BASE_MONEY_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/error.h"

/* On the absolute value, so that -0.5 mirrors 0.5. Half up unless a contract says otherwise. */
enum rounding {
    ROUND_HALF_UP,
    ROUND_HALF_EVEN,
};

enum { MONEY_TEXT_SIZE = DECIMAL_TEXT_SIZE };

enum error money_add(int64_t a_minor, int64_t b_minor, int64_t *sum_minor,
                     struct fault *fault) WARN_UNUSED;
enum error money_subtract(int64_t a_minor, int64_t b_minor, int64_t *difference_minor,
                          struct fault *fault) WARN_UNUSED;
enum error money_sum(const int64_t *parts_minor, size_t count, int64_t *sum_minor,
                     struct fault *fault) WARN_UNUSED;

/* amount * numerator / denominator through 128 bits, rounded once. The denominator is not 0. */
enum error money_ratio(int64_t amount_minor, int64_t numerator, int64_t denominator,
                       enum rounding rounding, int64_t *result_minor,
                       struct fault *fault) WARN_UNUSED;

/* Reads API text such as "1234.5" (base/decimal.h), with at most the currency's decimals.
 * ERROR_INVALID for other text, more decimals or an unknown currency, ERROR_OUT_OF_RANGE. */
enum error money_parse(const char *text, const char *currency, int64_t *amount_minor,
                       struct fault *fault) WARN_UNUSED;

/* Canonical text with exactly the currency's decimals: "1234.50", JPY "1234". The currency is
 * known. Returns text. */
char *money_format(int64_t amount_minor, const char *currency, char text[static MONEY_TEXT_SIZE]);

#endif
