/* Tax on a document by the categories of EN 16931, and its reversal in parts.
 *
 * A document's lines fall into groups of one category and rate. By default each group's tax is its
 * base times its rate, rounded once. Categories are the fixed facts of the standard; which one
 * applies to a sale is for the company to say. Amounts are minor units of the document's currency;
 * rates are millionths (19% is 190000). Faults name the line: "lines/2/rate". */
#ifndef WAYMARK_CORE_TAX_H
#define WAYMARK_CORE_TAX_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/money.h"
#include "base/shape.h"

enum tax_category {
    TAX_UNKNOWN,
    TAX_STANDARD,        /* S */
    TAX_ZERO_RATED,      /* Z */
    TAX_EXEMPT,          /* E */
    TAX_REVERSE_CHARGE,  /* AE */
    TAX_INTRA_COMMUNITY, /* K */
    TAX_EXPORT,          /* G */
    TAX_OUTSIDE_SCOPE,   /* O */
    TAX_CANARY_ISLANDS,  /* L */
    TAX_CEUTA_MELILLA,   /* M */
    TAX_CATEGORY_COUNT,
};

extern const struct choices tax_category_choices;

enum {
    TAX_RATE_MAX_PPM = 1000 * 1000,
    TAX_GROUP_LIMIT = 16, /* on one document */
};

/* Code of UNCL5305 ("AE") and name of a category; the category of a code, TAX_UNKNOWN if none. */
const char *tax_category_code(enum tax_category category);
enum tax_scope {
    TAX_PER_GROUP = 1, /* the tax of all lines of one category and rate is rounded once */
    TAX_PER_LINE,      /* each line's tax is rounded, then summed */
};
extern const struct choices tax_scope_choices;

/* How a contract rounds tax; the same for its deposits, credits and final invoice. */
struct tax_rule {
    enum tax_scope scope;
    enum rounding rounding;
};

/* A line, or a charge (net above 0) or allowance (net below 0) of the document. */
struct tax_line {
    enum tax_category category;
    int64_t rate_ppm;
    int64_t net_minor;
    const char *reason; /* why no tax is charged; NULL or "" for none */
};

struct tax_group {
    enum tax_category category;
    int64_t rate_ppm;
    int64_t base_minor;
    int64_t tax_minor;
    const char *reason; /* the line's or the category's; NULL if tax is charged */
};

struct tax_breakdown {
    size_t group_count;
    struct tax_group groups[TAX_GROUP_LIMIT]; /* in the order of their first lines */
    int64_t net_minor;
    int64_t tax_minor;
    int64_t gross_minor;
};

/* Whether a category, its rate and its reason go together (BR-S-05, BR-Z-05, BR-E-05 and -10 and
 * their like): rate above 0 for S, any for L and M, 0 for all others; a reason is needed for E, may
 * be given for AE, K, G and O, never for S, Z, L and M. ERROR_INVALID for "category", "rate" or
 * "reason", ERROR_OUT_OF_RANGE for "rate". */
enum error tax_line_check(const struct tax_line *line, struct fault *fault) WARN_UNUSED;

/* note if the category may carry a reason, else NULL: what a document with one note for all its
 * lines says for a line. */
const char *tax_reason(enum tax_category category, const char *note);

/* The groups and totals of a document. Reasons are borrowed from the lines. Errors of
 * tax_line_check, and ERROR_INVALID if O stands beside another category (BR-O-11 to -14) or lines
 * of one group give different reasons, ERROR_OUT_OF_RANGE for sums or more groups than the limit.
 */
enum error tax_compute(struct tax_rule rule, const struct tax_line *lines, size_t count,
                       struct tax_breakdown *breakdown, struct fault *fault) WARN_UNUSED;

/* Adds more to sum, group by group: what was reversed so far. ERROR_OUT_OF_RANGE leaves sum alone.
 */
enum error tax_accumulate(struct tax_breakdown *sum, const struct tax_breakdown *more,
                          struct fault *fault) WARN_UNUSED;

/* Takes back part of an issued document: by a credit note, or by deducting a deposit from a later
 * invoice. lines hold the net amounts to take back, with the sign of the issued ones; reversed is
 * the sum of earlier reversals. The tax comes from the issued groups and is never computed anew:
 * each reversal brings what is reversed to its share of the issued tax, and the last takes the
 * rest, so reversals of all never differ from the document and those of parts never exceed it.
 * ERROR_INVALID for a group that was not issued, ERROR_OUT_OF_RANGE for more than is left ("lines")
 * and for earlier reversals of more than was issued ("reversed"). */
enum error tax_reverse(const struct tax_breakdown *issued, const struct tax_breakdown *reversed,
                       const struct tax_line *lines, size_t count, enum rounding rounding,
                       struct tax_breakdown *reversal, struct fault *fault) WARN_UNUSED;

/* How much of an issued line to take back. */
struct tax_part {
    enum tax_category category;
    int64_t rate_ppm;
    int64_t line_minor;     /* net, as it was issued */
    int64_t reversed_minor; /* of which was taken back before */
    int64_t net_minor;      /* to take back now, with the sign of line_minor */
};

/* The same where the tax was rounded per line: each line's own tax is taken back by its share, and
 * the last part of a line takes the rest of it. Errors of tax_reverse. */
enum error tax_reverse_lines(const struct tax_breakdown *issued,
                             const struct tax_breakdown *reversed, const struct tax_part *parts,
                             size_t count, enum rounding rounding, struct tax_breakdown *reversal,
                             struct fault *fault) WARN_UNUSED;

#endif
