/* Payment references: ISO 11649 creditor references ("RF"), made from a document's number, so that
 * a mistyped digit cannot match another invoice. */
#ifndef WAYMARK_CORE_REFERENCE_H
#define WAYMARK_CORE_REFERENCE_H

#include <stdbool.h>

#include "base/error.h"

enum {
    REFERENCE_BODY_MAX = 21,
    REFERENCE_SIZE = 4 + REFERENCE_BODY_MAX + 1,                /* "RF", check digits, body, NUL */
    REFERENCE_PRINT_SIZE = REFERENCE_SIZE + REFERENCE_SIZE / 4, /* with spaces */
};

/* From the letters and digits of a document number; anything else in it is left out, so numbers of
 * one series must differ in more than their punctuation. ERROR_INVALID for field "number" if it has
 * none of them or more than REFERENCE_BODY_MAX, or is not ASCII. */
enum error reference_make(const char *number, char reference[static REFERENCE_SIZE],
                          struct fault *fault) WARN_UNUSED;

/* Reads what a person or bank wrote, in either case and with spaces anywhere; false unless it is an
 * RF reference whose check digits are right. */
bool reference_parse(const char *text, char reference[static REFERENCE_SIZE]);

/* The letters and digits that a reference was made from, which it ends in. */
const char *reference_body(const char *reference);

/* For paper, in groups of four: "RF18 5390 0754 7034". Returns text. */
char *reference_print(const char *reference, char text[static REFERENCE_PRINT_SIZE]);

#endif
