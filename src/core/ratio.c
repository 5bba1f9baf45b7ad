#include "core/ratio.h"

#include "base/limits.h"
#include "base/money.h"
#include "base/shape.h"
#include "core/split.h"

int64_t ratio_of(int64_t amount, int64_t numerator, int64_t denominator)
{
    int64_t result;
    if (denominator == 0 ||
        money_ratio(amount, numerator, denominator, ROUND_HALF_UP, &result, NULL) != OK)
        return INTEGER_NONE;
    return result > AMOUNT_LIMIT || result < -AMOUNT_LIMIT ? INTEGER_NONE : result;
}

int64_t ratio_ppm(int64_t part, int64_t whole)
{
    return ratio_of(part, SPLIT_WHOLE_PPM, whole);
}
