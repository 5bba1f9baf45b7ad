#include "core/number_format.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "core/fields.h"

static const char *const series_names[] = {
    [SERIES_INVOICE] = "invoice",   [SERIES_CREDIT_NOTE] = "credit_note",
    [SERIES_CONTRACT] = "contract", [SERIES_PAYMENT] = "payment",
    [SERIES_REFUND] = "refund",
};
const struct choices number_series_choices = CHOICES("number_series", series_names);

static const char *const resets[] = {
    [NUMBER_RESET_YEARLY] = "yearly",
    [NUMBER_RESET_NEVER] = "never",
};
const struct choices number_reset_choices = CHOICES("number_reset", resets);

static const struct field number_format_fields[] = {
    FIELD(struct number_format, series, CHOICE, .flags = REQUIRED,
          .choices = &number_series_choices),
    FIELD(struct number_format, drawn_from, CHOICE, .flags = REQUIRED,
          .choices = &number_series_choices),
    FIELD(struct number_format, pattern, TEXT, .limit = NUMBER_PATTERN_LIMIT),
    FIELD(struct number_format, digits, INTEGER, .minimum = 0, .maximum = NUMBER_DIGITS_LIMIT),
    FIELD(struct number_format, reset, CHOICE, .choices = &number_reset_choices),
    FIELD(struct number_format, since_at, MOMENT, OPTIONAL),
};
const struct shape number_format_shape =
    SHAPE("number_format", struct number_format, number_format_fields);

#define INITIAL(which, pattern_)                                                                   \
    [which] = {                                                                                    \
        .series = (which),                                                                         \
        .drawn_from = (which),                                                                     \
        .pattern = (pattern_),                                                                     \
        .digits = 4,                                                                               \
        .reset = NUMBER_RESET_YEARLY,                                                              \
    }

static const struct number_format initial_formats[SERIES_LAST + 1] = {
    INITIAL(SERIES_INVOICE, "{year}-{number}"),
    INITIAL(SERIES_CREDIT_NOTE, "CN-{year}-{number}"),
    INITIAL(SERIES_CONTRACT, "C-{year}-{number}"),
    INITIAL(SERIES_PAYMENT, "P-{year}-{number}"),
    INITIAL(SERIES_REFUND, "R-{year}-{number}"),
};

const struct number_format *number_format_initial(enum number_series series)
{
    must(series >= SERIES_INVOICE && series <= SERIES_LAST);
    return &initial_formats[series];
}

static const struct number_format *entry_at(const struct list *history, size_t i)
{
    return LIST_AT(struct number_format, *history, i);
}

/* What is chosen for a series now. */
static const struct number_format *number_format_chosen(const struct list *history,
                                                        enum number_series series)
{
    for (size_t i = history->count; i > 0; i--) {
        if (entry_at(history, i - 1)->series == series)
            return entry_at(history, i - 1);
    }
    return number_format_initial(series);
}

const struct number_format *number_format_of(const struct list *history, enum number_series series)
{
    const struct number_format *chosen = number_format_chosen(history, series);
    return chosen->drawn_from == series ? chosen
                                        : number_format_chosen(history, chosen->drawn_from);
}

const struct number_format *number_format_with(const struct list *history,
                                               enum number_series series, enum number_reset reset)
{
    for (size_t i = history->count; i > 0; i--) {
        const struct number_format *format = entry_at(history, i - 1);
        if (format->series == series && format->pattern && format->reset == reset)
            return format;
    }
    return number_format_initial(series);
}

/* ---- patterns ------------------------------------------------------------------------------ */

enum { YEAR_DIGITS = 4 };

/* One part of a pattern. */
struct mark {
    enum { MARK_LETTER = 1, MARK_YEAR, MARK_NUMBER } kind; /* a letter is any single character */
    char letter;
};

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Takes the next part; false at the end. */
static bool next_mark(const char **at, struct mark *mark)
{
    static const char year[] = "{year}", number[] = "{number}";
    if (!**at)
        return false;
    *mark = (struct mark){.kind = MARK_LETTER, .letter = **at};
    if (starts_with(*at, year))
        mark->kind = MARK_YEAR;
    else if (starts_with(*at, number))
        mark->kind = MARK_NUMBER;
    *at += mark->kind == MARK_YEAR     ? sizeof year - 1
           : mark->kind == MARK_NUMBER ? sizeof number - 1
                                       : 1;
    return true;
}

static bool is_counted(char letter)
{
    return isalnum((unsigned char)letter) && (unsigned char)letter < 128;
}

struct shape_of_pattern {
    int years;
    int numbers;
    int literals; /* letters and digits */
    int others;   /* what joins them */
    char wrong;   /* a character that cannot be in a number, 0 for none */
};

static struct shape_of_pattern measure(const char *pattern)
{
    struct shape_of_pattern found = {0};
    struct mark mark;
    for (const char *at = pattern; next_mark(&at, &mark);) {
        found.years += mark.kind == MARK_YEAR;
        found.numbers += mark.kind == MARK_NUMBER;
        if (mark.kind != MARK_LETTER)
            continue;
        if (is_counted(mark.letter))
            found.literals++;
        else if (strchr("-/._", mark.letter))
            found.others++;
        else if (!found.wrong)
            found.wrong = mark.letter;
    }
    return found;
}

static enum error check_pattern(const struct number_format *format, struct fault *fault)
{
    static const char field[] = "pattern";
    struct shape_of_pattern found = measure(format->pattern);
    if (found.wrong)
        return refuse(fault, ERROR_INVALID, field,
                      "takes letters, digits, - / . _ and the places for year and number");
    if (found.numbers != 1)
        return refuse(fault, ERROR_INVALID, field, "has the place for the number once");
    if (found.years > 1 || (found.years == 0 && format->reset == NUMBER_RESET_YEARLY))
        return refuse(fault, ERROR_INVALID, field,
                      "has the place for the year once, as the series starts anew then");
    if (found.literals > NUMBER_LITERALS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, field,
                      "has at most %d letters and digits of its own", NUMBER_LITERALS_LIMIT);
    return OK;
}

enum error number_format_check(const struct number_format *format, struct fault *fault)
{
    must(format->series >= SERIES_INVOICE && format->series <= SERIES_LAST);
    if (format->drawn_from != format->series) {
        if (format->series != SERIES_CREDIT_NOTE || format->drawn_from != SERIES_INVOICE)
            return refuse(fault, ERROR_INVALID, "drawn_from",
                          "only credit notes can take their numbers from another series, that of "
                          "invoices");
        if (format->pattern)
            return refuse(fault, ERROR_INVALID, "pattern", "is that of the invoices");
        return OK;
    }
    if (!format->pattern || !*format->pattern)
        return refuse(fault, ERROR_INVALID, "pattern", "is missing");
    if (format->digits < 1 || format->digits > NUMBER_DIGITS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "digits", "must be from 1 to %d",
                      NUMBER_DIGITS_LIMIT);
    if (!format->reset)
        return refuse(fault, ERROR_INVALID, "reset", "is missing");
    return check_pattern(format, fault);
}

/* ---- whether two formats can meet ---------------------------------------------------------- */

/* What a reference keeps of a number, character by character. */
struct item {
    char letter;  /* 0: any digit */
    bool repeats; /* any number of times, also none */
};

enum { ITEMS_MAX = NUMBER_LITERALS_LIMIT + YEAR_DIGITS + NUMBER_DIGITS_LIMIT + 1 };

static size_t items_of(const struct number_format *format, struct item items[static ITEMS_MAX])
{
    size_t count = 0;
    struct mark mark;
    for (const char *at = format->pattern; next_mark(&at, &mark);) {
        int digits = mark.kind == MARK_YEAR     ? YEAR_DIGITS
                     : mark.kind == MARK_NUMBER ? (int)format->digits
                                                : 0;
        for (int i = 0; i < digits; i++)
            items[count++] = (struct item){0};
        if (mark.kind == MARK_NUMBER)
            items[count++] = (struct item){.repeats = true};
        else if (mark.kind == MARK_LETTER && is_counted(mark.letter))
            items[count++] = (struct item){.letter = (char)toupper((unsigned char)mark.letter)};
    }
    must(count <= ITEMS_MAX);
    return count;
}

struct meeting {
    struct item a[ITEMS_MAX], b[ITEMS_MAX];
    size_t a_count, b_count;
};

static bool is_digit_or(char letter, char other)
{
    return letter == other || (letter == 0 && isdigit((unsigned char)other));
}

/* Whether some text is written by both from there on. */
static bool meet_from(const struct meeting *meeting, size_t a, size_t b)
{
    bool a_ends = a == meeting->a_count, b_ends = b == meeting->b_count;
    if (a_ends && b_ends)
        return true;
    bool a_repeats = !a_ends && meeting->a[a].repeats;
    bool b_repeats = !b_ends && meeting->b[b].repeats;
    if ((a_repeats && meet_from(meeting, a + 1, b)) || (b_repeats && meet_from(meeting, a, b + 1)))
        return true;
    if (a_ends || b_ends || (a_repeats && b_repeats))
        return false;
    char left = meeting->a[a].letter, right = meeting->b[b].letter;
    if (!is_digit_or(left, right) && !is_digit_or(right, left))
        return false;
    return meet_from(meeting, a + !a_repeats, b + !b_repeats);
}

static bool can_meet(const struct number_format *a, const struct number_format *b)
{
    struct meeting meeting;
    meeting.a_count = items_of(a, meeting.a);
    meeting.b_count = items_of(b, meeting.b);
    return meet_from(&meeting, 0, 0);
}

/* Two of one counter whose texts differ in punctuation and zeros only never give one number twice,
 * because the counter does not. */
static bool go_on_from(const struct number_format *a, const struct number_format *b)
{
    struct item left[ITEMS_MAX], right[ITEMS_MAX];
    struct number_format one = *a, other = *b;
    if (a->series != b->series || a->reset != b->reset)
        return false;
    one.digits = other.digits = 1;
    size_t count = items_of(&one, left);
    if (count != items_of(&other, right))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (left[i].letter != right[i].letter || left[i].repeats != right[i].repeats)
            return false;
    }
    return true;
}

/* Whether a format that a series had, or has, matters to another series' new one. Credit notes and
 * invoices may come to share theirs, so between them everything does. */
static bool matters(const struct list *history, const struct number_format *other,
                    enum number_series series, const bool is_used[static SERIES_LAST + 1])
{
    bool are_kin = other->series <= SERIES_CREDIT_NOTE && series <= SERIES_CREDIT_NOTE;
    if (!other->pattern)
        return false;
    if (is_used[other->series])
        return true;
    return other->series != series &&
           (are_kin || number_format_chosen(history, other->series) == other);
}

static enum error check_beside(const struct list *history, const struct number_format *other,
                               const struct number_format *format,
                               const bool is_used[static SERIES_LAST + 1], struct fault *fault)
{
    if (!matters(history, other, format->series, is_used) || go_on_from(other, format) ||
        !can_meet(other, format))
        return OK;
    return refuse(fault, ERROR_CONFLICT, "pattern",
                  "could give the same numbers or payment references as %s of the series %s",
                  other->pattern, choice_name(&number_series_choices, (int)other->series));
}

enum error number_format_fits(const struct list *history, const struct number_format *format,
                              const bool is_used[static SERIES_LAST + 1], struct fault *fault)
{
    enum error error = OK;
    if (!format->pattern)
        return OK;
    for (int series = SERIES_INVOICE; series <= SERIES_LAST && !error; series++)
        error = check_beside(history, number_format_initial((enum number_series)series), format,
                             is_used, fault);
    for (size_t i = 0; i < history->count && !error; i++)
        error = check_beside(history, entry_at(history, i), format, is_used, fault);
    return error;
}

/* ---- writing and reading ------------------------------------------------------------------- */

int number_format_year(const struct number_format *format, int32_t day)
{
    return format->reset == NUMBER_RESET_YEARLY ? day_to_civil(day).year : 0;
}

const char *number_format_write(struct arena *arena, const struct number_format *format, int year,
                                int64_t number)
{
    struct text_buffer text = text_buffer_in(arena);
    struct mark mark;
    must(format->pattern && number > 0 && year >= 0 && year <= 9999);
    for (const char *at = format->pattern; next_mark(&at, &mark);) {
        if (mark.kind == MARK_YEAR)
            text_printf(&text, "%04d", year);
        else if (mark.kind == MARK_NUMBER)
            text_printf(&text, "%0*lld", (int)format->digits, (long long)number);
        else
            text_put_char(&text, mark.letter);
    }
    return text.bytes;
}

/* So many digits as a number, -1 if they are none. */
static int64_t read_digits(const char *text, size_t count)
{
    int64_t number = 0;
    if (count > 18)
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (!isdigit((unsigned char)text[i]))
            return -1;
        number = number * 10 + text[i] - '0';
    }
    return number;
}

/* How long the number itself is in a text of that length; 0 if the text is too short. */
static size_t number_width(const struct shape_of_pattern *found, size_t length)
{
    size_t fixed = (size_t)(found->literals + found->others + found->years * YEAR_DIGITS);
    return length > fixed ? length - fixed : 0;
}

bool number_format_read(const struct number_format *format, const char *text, int *year,
                        int64_t *number)
{
    struct shape_of_pattern found = measure(format->pattern);
    size_t width = number_width(&found, strlen(text));
    int64_t written = 0;
    struct mark mark;
    *number = 0;
    for (const char *at = format->pattern; width > 0 && next_mark(&at, &mark);) {
        size_t step = mark.kind == MARK_YEAR ? YEAR_DIGITS : mark.kind == MARK_NUMBER ? width : 1;
        if (mark.kind == MARK_LETTER && *text != mark.letter)
            return false;
        if (mark.kind == MARK_YEAR)
            written = read_digits(text, step);
        else if (mark.kind == MARK_NUMBER)
            *number = read_digits(text, step);
        /* Zeros fill up to the least digits and no further. */
        if (written < 0 || *number < 0 ||
            (mark.kind == MARK_NUMBER && *text == '0' && width > (size_t)format->digits))
            return false;
        text += step;
    }
    *year = (int)written;
    return *number > 0 && width >= (size_t)format->digits;
}

static bool read_by(const struct number_format *format, const char *text,
                    struct document_count *count)
{
    int year;
    if (!format->pattern || !number_format_read(format, text, &year, &count->number))
        return false;
    count->series = format->series;
    count->year = format->reset == NUMBER_RESET_YEARLY ? year : 0;
    return true;
}

bool number_format_find(const struct list *history, enum number_series series, const char *text,
                        struct document_count *count)
{
    bool was_drawn_elsewhere = false;
    if (read_by(number_format_initial(series), text, count))
        return true;
    for (size_t i = 0; i < history->count; i++) {
        const struct number_format *format = entry_at(history, i);
        if (format->series != series)
            continue;
        was_drawn_elsewhere = was_drawn_elsewhere || format->drawn_from != series;
        if (read_by(format, text, count))
            return true;
    }
    return was_drawn_elsewhere && number_format_find(history, SERIES_INVOICE, text, count);
}

const char *number_format_of_body(struct arena *arena, const struct number_format *format,
                                  const char *body)
{
    struct shape_of_pattern found = measure(format->pattern);
    size_t width = number_width(&found, strlen(body) + (size_t)found.others);
    struct text_buffer text = text_buffer_in(arena);
    struct mark mark;
    int year;
    int64_t number;
    for (const char *at = format->pattern; width > 0 && next_mark(&at, &mark);) {
        size_t step = mark.kind == MARK_YEAR ? YEAR_DIGITS : mark.kind == MARK_NUMBER ? width : 1;
        if (mark.kind == MARK_LETTER) {
            text_put_char(&text, mark.letter);
            step = is_counted(mark.letter);
            if (step && toupper((unsigned char)mark.letter) != toupper((unsigned char)*body))
                return NULL;
        } else {
            text_put(&text, body, step);
        }
        body += step;
    }
    return width > 0 && number_format_read(format, text.bytes, &year, &number) ? text.bytes : NULL;
}
