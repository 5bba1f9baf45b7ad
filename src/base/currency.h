/* ISO 4217: which currencies money can be in, and how many decimals each has.
 *
 * The table is list one as of amendment 180. It leaves out the codes that have no minor unit and so
 * cannot be billed: metals, bond market units, XDR, XSU, XUA, XTS and XXX. */
#ifndef WAYMARK_BASE_CURRENCY_H
#define WAYMARK_BASE_CURRENCY_H

#include <stddef.h>

enum { CURRENCY_CODE_SIZE = 4 }; /* three letters and NUL */

struct currency {
    char code[CURRENCY_CODE_SIZE];
    int numeric;
    int exponent; /* decimals: one unit is 10^exponent minor units */
    const char *name;
};

/* The currency of an alphabetic code in capitals, or NULL if it is unknown or not billable. */
const struct currency *currency_find(const char *code);

/* Decimals of a currency that is known to be in the table; input passes currency_find first. */
int currency_exponent(const char *code);

/* The whole table, sorted by code. */
const struct currency *currency_list(size_t *count);

#endif
