/* Checks of the small texts that people give. Codes are the short names that people give
 * requirements, criteria and milestones: "R1", "R1.2", "S3": letters, digits, '.', '-' and '_',
 * starting with a letter or digit. */
#ifndef WAYMARK_CORE_CODE_H
#define WAYMARK_CORE_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/shape.h"

/* ERROR_INVALID for field unless text is a code; NULL is none. */
enum error code_check(const char *text, const char *field, struct fault *fault) WARN_UNUSED;

/* ERROR_INVALID for field if text is NULL or blank. */
enum error text_check(const char *text, const char *field, struct fault *fault) WARN_UNUSED;

/* Whether text is among texts. */
bool texts_hold(const struct texts *texts, const char *text);

/* n of a code that is prefix and the number n ("R12" with "R", "R1.2" with "R1."), else 0. */
int64_t code_number(const char *code, const char *prefix);

/* Orders codes as people count: "R2" before "R10". As strcmp. */
int code_compare(const char *a, const char *b);

#endif
