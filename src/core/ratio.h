/* Ratios that are shown: rounded half up on the absolute value, and none (INTEGER_NONE) where they
 * would divide by zero or leave the range of amounts. */
#ifndef WAYMARK_CORE_RATIO_H
#define WAYMARK_CORE_RATIO_H

#include <stdint.h>

/* amount * numerator / denominator. */
int64_t ratio_of(int64_t amount, int64_t numerator, int64_t denominator);

/* part / whole in millionths. */
int64_t ratio_ppm(int64_t part, int64_t whole);

#endif
