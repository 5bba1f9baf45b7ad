#include "core/code.h"

#include <string.h>

#include "base/limits.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter_or_digit(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

enum error text_check(const char *text, const char *field, struct fault *fault)
{
    if (!text || text[strspn(text, " \t\r\n")] == '\0')
        return refuse(fault, ERROR_INVALID, field, "is missing");
    return OK;
}

enum error code_check(const char *text, const char *field, struct fault *fault)
{
    if (!text || !*text)
        return refuse(fault, ERROR_INVALID, field, "is missing");
    bool good = is_letter_or_digit(*text) && strlen(text) <= CODE_LIMIT;
    for (const char *at = text; good && *at; at++)
        good = is_letter_or_digit(*at) || strchr(".-_", *at);
    if (!good)
        return refuse(fault, ERROR_INVALID, field,
                      "a code is at most %d letters, digits, '.', '-' and '_'", CODE_LIMIT);
    return OK;
}

bool texts_hold(const struct texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->texts[i], text) == 0)
            return true;
    }
    return false;
}

int64_t code_number(const char *code, const char *prefix)
{
    enum { NUMBER_LIMIT = 1000 * 1000 * 1000 };
    size_t length = strlen(prefix);
    if (strncmp(code, prefix, length) != 0 || !is_digit(code[length]))
        return 0;
    int64_t number = 0;
    for (const char *at = code + length; *at; at++) {
        if (!is_digit(*at) || number >= NUMBER_LIMIT)
            return 0;
        number = 10 * number + (*at - '0');
    }
    return number;
}

/* Steps over a run of digits, and gives it without leading zeros. */
static const char *take_digits(const char **at, size_t *length)
{
    while (**at == '0' && is_digit((*at)[1]))
        (*at)++;
    const char *digits = *at;
    while (is_digit(**at))
        (*at)++;
    *length = (size_t)(*at - digits);
    return digits;
}

static int compare_numbers(const char **a, const char **b)
{
    size_t a_length, b_length;
    const char *a_digits = take_digits(a, &a_length);
    const char *b_digits = take_digits(b, &b_length);
    if (a_length != b_length)
        return a_length < b_length ? -1 : 1;
    return memcmp(a_digits, b_digits, a_length);
}

int code_compare(const char *a, const char *b)
{
    const char *a_at = a, *b_at = b;
    while (*a_at && *b_at) {
        int order;
        if (is_digit(*a_at) && is_digit(*b_at))
            order = compare_numbers(&a_at, &b_at);
        else
            order = (unsigned char)*a_at++ - (unsigned char)*b_at++;
        if (order != 0)
            return order;
    }
    if (*a_at || *b_at)
        return *a_at ? 1 : -1;
    return strcmp(a, b); /* "R01" and "R1" are two codes */
}
