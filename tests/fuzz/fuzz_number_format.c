/* How documents are numbered: patterns that an agency chooses, and numbers read back by them. The
 * input is two bytes of choices, two patterns and a number, a line each. */
#include <ctype.h>

#include "base/utf8.h"
#include "core/number_format.h"
#include "core/reference.h"
#include "fuzz.h"

static struct number_format format_of(enum number_series series, uint8_t choice,
                                      const char *pattern)
{
    return (struct number_format){
        .series = series,
        .drawn_from = series,
        .pattern = pattern,
        .digits = 1 + choice % NUMBER_DIGITS_LIMIT,
        .reset = choice & 0x80 ? NUMBER_RESET_NEVER : NUMBER_RESET_YEARLY,
        .since_at = 1,
    };
}

static bool is_good(const struct number_format *format)
{
    struct fault fault = {0};
    enum error error = number_format_check(format, &fault);
    must(!error || (fault.code == error && *fault.field && utf8_is_line(fault.detail)));
    return !error;
}

/* What a reference keeps of a number. */
static const char *body_of(struct arena *arena, const char *number)
{
    char *body = arena_text(arena, number), *end = body;
    for (; *number; number++)
        if (isalnum((unsigned char)*number))
            *end++ = (char)toupper((unsigned char)*number);
    *end = '\0';
    return body;
}

/* A text is a number just if it is written so. */
static void check_text(struct arena *arena, const struct number_format *format, const char *text)
{
    int year;
    int64_t number;
    if (number_format_read(format, text, &year, &number))
        must(strcmp(number_format_write(arena, format, year, number), text) == 0);
    const char *of_body = number_format_of_body(arena, format, text);
    must(!of_body || number_format_read(format, of_body, &year, &number));
}

static const int years[] = {1, 2016, 2017, 9999};
static const int64_t numbers[] = {1, 9, 10, 120, 2016, 20161, 120160001, 999999999999};
enum { YEARS = sizeof years / sizeof *years, NUMBERS = sizeof numbers / sizeof *numbers };

static void check_written(struct arena *arena, const struct number_format *format)
{
    for (size_t i = 0; i < YEARS * NUMBERS; i++) {
        int year;
        int64_t number;
        char reference[REFERENCE_SIZE];
        const char *text =
            number_format_write(arena, format, years[i / NUMBERS], numbers[i % NUMBERS]);
        must(number_format_read(format, text, &year, &number) && number == numbers[i % NUMBERS]);
        const char *of_body = number_format_of_body(arena, format, body_of(arena, text));
        must(of_body && strcmp(of_body, text) == 0);
        must(number > 999999999 || reference_make(text, reference, NULL) == OK);
    }
}

/* Formats that fit beside each other never give two documents one number or reference. */
static void check_beside(struct arena *arena, const struct number_format *a,
                         const struct number_format *b)
{
    bool is_used[SERIES_LAST + 1] = {false, true, true, true, true, true};
    struct number_format rows[] = {*a};
    const struct list history = {rows, 1};
    if (number_format_fits(&history, b, is_used, NULL) != OK)
        return;
    for (size_t i = 0; i < YEARS * NUMBERS; i++) {
        const char *left =
            body_of(arena, number_format_write(arena, a, years[i / NUMBERS], numbers[i % NUMBERS]));
        for (size_t j = 0; j < YEARS * NUMBERS; j++) {
            const char *right = body_of(
                arena, number_format_write(arena, b, years[j / NUMBERS], numbers[j % NUMBERS]));
            must(strcmp(left, right) != 0);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    if (size < 2)
        return 0;
    struct arena *arena = arena_new();
    char *text = fuzz_text(input + 2, size - 2), *rest = text;
    const char *first = strsep(&rest, "\n");
    const char *second = rest ? strsep(&rest, "\n") : "";
    struct number_format a = format_of(SERIES_PAYMENT, input[0], first);
    struct number_format b = format_of(SERIES_INVOICE, input[1], second);
    if (is_good(&a)) {
        check_text(arena, &a, rest ? rest : "");
        check_written(arena, &a);
    }
    if (is_good(&a) && is_good(&b))
        check_beside(arena, &a, &b);
    free(text);
    arena_free(arena);
    return 0;
}
