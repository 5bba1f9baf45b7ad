/* Mail addresses as this program takes them: local@domain in ASCII, dot-separated words before the
 * @, host labels after it, at most 64 and 254 bytes (RFC 5321 without quoted words and address
 * literals). An internationalised domain is written in its xn-- form. */
#ifndef WAYMARK_BASE_EMAIL_H
#define WAYMARK_BASE_EMAIL_H

#include <stdbool.h>

#include "base/arena.h"

bool email_is_valid(const char *address);

/* The address as it is stored and compared: in lower case, a copy in the arena. Strictly, only the
 * receiving host knows whether the case of the local part matters; none has been seen to care. */
const char *email_lower(struct arena *arena, const char *address);

#endif
