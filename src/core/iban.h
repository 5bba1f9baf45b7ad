/* International bank account numbers, ISO 13616. */
#ifndef WAYMARK_CORE_IBAN_H
#define WAYMARK_CORE_IBAN_H

#include <stdbool.h>

enum { IBAN_MIN = 15, IBAN_MAX = 34 };

/* Reads what a person wrote, in either case and with spaces anywhere; false unless it is one whose
 * check digits are right. How long one is in each country is not looked at. */
bool iban_read(const char *text, char iban[static IBAN_MAX + 1]);

#endif
