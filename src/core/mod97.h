/* Check digits by ISO 7064 MOD 97-10, as creditor references (ISO 11649) and account numbers (ISO
 * 13616) carry them: two letters, two check digits, then letters and digits. */
#ifndef WAYMARK_CORE_MOD97_H
#define WAYMARK_CORE_MOD97_H

#include <stdbool.h>
#include <stddef.h>

enum { MOD97_PREFIX_SIZE = 4, MOD97_MODULUS = 97 };

/* What a person or bank wrote, in either case and with spaces anywhere, as capitals and digits
 * without spaces; false if there is something else in it, or more than size - 1 of them. */
bool mod97_read(const char *text, char *found, size_t size);

/* Over the body, then the prefix: 1 if the check digits in that are right; else 98 less this are
 * the right ones, of a prefix with "00". */
int mod97_value(const char *body, const char prefix[static MOD97_PREFIX_SIZE + 1]);

/* Whether what mod97_read found begins like one and has the right check digits. */
bool mod97_is_right(const char *found);

#endif
