/* How the numbers of a company's documents are written, series by series: "2016-0001" for invoices
 * and "CN-2016-0001" for credit notes unless the company has chosen otherwise. A choice holds for
 * what is issued from then on; earlier ones are remembered, because their numbers are read back. */
#ifndef WAYMARK_CORE_NUMBER_FORMAT_H
#define WAYMARK_CORE_NUMBER_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/shape.h"

/* Which counter a document's number comes from. A company's counter is a row of its own per series
 * and year (0 where the series does not start anew each year). */
enum number_series {
    SERIES_INVOICE = 1,
    SERIES_CREDIT_NOTE,
    SERIES_CONTRACT,
    SERIES_PAYMENT,
    SERIES_REFUND,
    SERIES_LAST = SERIES_REFUND,
};
extern const struct choices number_series_choices;

enum number_reset {
    NUMBER_RESET_YEARLY = 1, /* from 1 each year, which stands in the number */
    NUMBER_RESET_NEVER,
};
extern const struct choices number_reset_choices;

enum {
    NUMBER_PATTERN_LIMIT = 32,
    NUMBER_LITERALS_LIMIT = 8, /* letters and digits beside the year and the number */
    NUMBER_DIGITS_LIMIT = 9,
};

struct number_format {
    enum number_series series;
    enum number_series drawn_from; /* whose counter and pattern: its own, or for credit notes that
                                      of invoices */
    const char *pattern;           /* "INV-{year}-{number}"; none where it is drawn from another */
    int64_t digits;                /* of the number at least, with zeros in front */
    enum number_reset reset;
    int64_t since_at;
};
extern const struct shape number_format_shape;

/* ---- rules; history is a company's list of struct number_format, oldest first ------------------
 */

/* What a series starts with. */
const struct number_format *number_format_initial(enum number_series series);

/* By which its next number is written: of the series that it is drawn from. */
const struct number_format *number_format_of(const struct list *history, enum number_series series);

/* The format by which a series last wrote numbers that start anew each year, or that never do. */
const struct number_format *number_format_with(const struct list *history,
                                               enum number_series series, enum number_reset reset);

/* Whether the format itself makes sense: a pattern of letters, digits and "-", "/", "." or "_" with
 * {number} once and {year} at most once, which there must be where the series starts anew each
 * year. Digits are from 1 to NUMBER_DIGITS_LIMIT. Only credit notes are drawn from another series,
 * that of invoices, and then have no pattern. ERROR_INVALID or ERROR_OUT_OF_RANGE for "pattern",
 * "digits", "reset" or "drawn_from". */
enum error number_format_check(const struct number_format *format, struct fault *fault) WARN_UNUSED;

/* Whether a format can be chosen beside those of the history without two documents ever getting one
 * number or, by their letters and digits, one payment reference. is_used tells, by series, whether
 * numbers were given from its counters: only then what was chosen before matters. ERROR_CONFLICT
 * for "pattern", naming the other. */
enum error number_format_fits(const struct list *history, const struct number_format *format,
                              const bool is_used[static SERIES_LAST + 1],
                              struct fault *fault) WARN_UNUSED;

/* The year whose counter a document of that day is counted by: 0 if it never starts anew. */
int number_format_year(const struct number_format *format, int32_t day);

/* A number by that format, in the arena; number is 1 or above, year as it stands in the text. */
const char *number_format_write(struct arena *arena, const struct number_format *format, int year,
                                int64_t number);

/* Reads one back: true if it is just as it would be written. year is that of the text, 0 for none.
 */
bool number_format_read(const struct number_format *format, const char *text, int *year,
                        int64_t *number);

/* The counter that a document's number came from: series, year and number, by any format that its
 * series had. False if it is no number of it. */
struct document_count {
    enum number_series series;
    int year; /* 0 where it never starts anew */
    int64_t number;
};
bool number_format_find(const struct list *history, enum number_series series, const char *text,
                        struct document_count *count);

/* What the letters and digits of a reference (core/reference.h), without its "RF" and check digits,
 * are as a number of this format, in the arena; NULL if they are none. */
const char *number_format_of_body(struct arena *arena, const struct number_format *format,
                                  const char *body);

#endif
