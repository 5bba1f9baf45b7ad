/* Passwords: argon2id (RFC 9106) with 2 passes over 19 MiB, about 20 ms. */
#ifndef WAYMARK_ACTION_PASSWORD_H
#define WAYMARK_ACTION_PASSWORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

enum { PASSWORD_MIN = 12, PASSWORD_LIMIT = 200 };

/* The text to keep. ERROR_OUT_OF_RANGE, field "password", unless it has PASSWORD_MIN to
 * PASSWORD_LIMIT bytes. */
enum error password_hash(struct arena *arena, const char *password, const char **hash,
                         struct fault *fault) WARN_UNUSED;

/* Takes as long when hash is NULL (nobody there) as when the password is wrong. */
bool password_matches(const char *password, const char *hash);

#endif
