#include "base/decimal.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/must.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *text)
{
    size_t count = 0;
    while (is_digit(text[count]))
        count++;
    return count;
}

/* Collects on the negative side, which holds one number more. */
static bool append_digit(int64_t *negative, int digit)
{
    return !__builtin_mul_overflow(*negative, 10, negative) &&
           !__builtin_sub_overflow(*negative, digit, negative);
}

static bool append_digits(int64_t *negative, const char *digits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!append_digit(negative, digits[i] - '0'))
            return false;
    return true;
}

static bool append_zeros(int64_t *negative, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!append_digit(negative, 0))
            return false;
    return true;
}

enum error decimal_parse(const char *text, int scale, int64_t *value, struct fault *fault)
{
    must(scale >= 0 && scale <= DECIMAL_SCALE_MAX);
    bool minus = *text == '-';
    const char *whole = text + minus;
    size_t whole_count = count_digits(whole);
    const char *point = whole + whole_count;
    const char *decimals = point + (*point == '.');
    size_t decimal_count = count_digits(decimals);

    bool leading_zero = whole_count > 1 && *whole == '0';
    bool empty_decimals = *point == '.' && decimal_count == 0;
    if (whole_count == 0 || leading_zero || empty_decimals || decimals[decimal_count] != '\0')
        return refuse(fault, ERROR_INVALID, NULL, "not a plain decimal number");
    if (decimal_count > (size_t)scale)
        return refuse(fault, ERROR_INVALID, NULL, "more than %d decimals", scale);

    int64_t negative = 0;
    if (!append_digits(&negative, whole, whole_count) ||
        !append_digits(&negative, decimals, decimal_count) ||
        !append_zeros(&negative, (size_t)scale - decimal_count) ||
        (!minus && negative == INT64_MIN))
        return refuse(fault, ERROR_OUT_OF_RANGE, NULL, "the number is too large");
    *value = minus ? negative : -negative;
    return OK;
}

char *decimal_format(int64_t value, int scale, char text[static DECIMAL_TEXT_SIZE])
{
    must(scale >= 0 && scale <= DECIMAL_SCALE_MAX);
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    char reversed[DECIMAL_TEXT_SIZE];
    int count = 0;
    for (int digits = 0; rest > 0 || digits <= scale; digits++) {
        if (scale > 0 && digits == scale)
            reversed[count++] = '.';
        reversed[count++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value < 0)
        reversed[count++] = '-';
    for (int i = 0; i < count; i++)
        text[i] = reversed[count - 1 - i];
    text[count] = '\0';
    return text;
}

char *decimal_format_short(int64_t value, int scale, char text[static DECIMAL_TEXT_SIZE])
{
    for (; scale > 0 && value % 10 == 0; scale--)
        value /= 10;
    return decimal_format(value, scale, text);
}
