/* ISO 3166-1: the two-letter codes of countries, the 249 that are officially assigned. An
 * electronic invoice with any other code is refused by whoever receives it (EN 16931, BR-CL-14). */
#ifndef WAYMARK_BASE_COUNTRY_H
#define WAYMARK_BASE_COUNTRY_H

#include <stdbool.h>

/* Whether code is one of them, in capitals. */
bool country_exists(const char *code);

#endif
