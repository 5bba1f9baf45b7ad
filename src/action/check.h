/* Checks that many forms share. Each refuses with ERROR_INVALID and the field's name; a value that
 * is none (NULL) passes, since whether it may be is said by the form's shape. */
#ifndef WAYMARK_ACTION_CHECK_H
#define WAYMARK_ACTION_CHECK_H

#include "base/arena.h"
#include "base/error.h"

enum error check_country(const char *field, const char *code, struct fault *fault) WARN_UNUSED;
enum error check_currency(const char *field, const char *code, struct fault *fault) WARN_UNUSED;
enum error check_time_zone(const char *field, const char *name, struct fault *fault) WARN_UNUSED;

/* Also puts it as it is sent: without spaces, in capitals. ISO 13616. */
enum error check_iban(struct arena *arena, const char *field, const char **iban,
                      struct fault *fault) WARN_UNUSED;

/* ISO 9362: 8 or 11 characters; in capitals afterwards, too. */
enum error check_bic(struct arena *arena, const char *field, const char **bic,
                     struct fault *fault) WARN_UNUSED;

/* Also puts the address in lower case, a copy in the arena. */
enum error check_email(struct arena *arena, const char *field, const char **address,
                       struct fault *fault) WARN_UNUSED;

#endif
