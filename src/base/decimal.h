/* Decimal numbers as integers with a known scale: 12.5 hours at scale 3 is 12500.
 *
 * The text that the API takes and gives: an optional '-', digits without leading zeros, at most
 * scale decimals. No plus, exponent, spaces, separators; never a float in between. */
#ifndef WAYMARK_BASE_DECIMAL_H
#define WAYMARK_BASE_DECIMAL_H

#include <stdint.h>

#include "base/error.h"

enum {
    DECIMAL_SCALE_MAX = 18,
    DECIMAL_TEXT_SIZE = 24, /* sign, 19 digits, point, leading zero, NUL, rounded up */
};

/* Reads text as value / 10^scale. ERROR_INVALID if it is not such a number or has more than scale
 * decimals, ERROR_OUT_OF_RANGE if it does not fit. The fault names no field: the caller knows it.
 */
enum error decimal_parse(const char *text, int scale, int64_t *value,
                         struct fault *fault) WARN_UNUSED;

/* With exactly scale decimals ("12.500"). Returns text. */
char *decimal_format(int64_t value, int scale, char text[static DECIMAL_TEXT_SIZE]);

/* Without zeros at the end ("12.5", "12"). Returns text. */
char *decimal_format_short(int64_t value, int scale, char text[static DECIMAL_TEXT_SIZE]);

#endif
