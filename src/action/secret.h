/* Secrets that let somebody in: session and API tokens, one-time links, CSRF tokens. Text is
 * "<company>.<43 characters>": 256 random bits after the number of the company that they open, so
 * that looking one up never crosses companies. Only the SHA-256 of the text is kept. */
#ifndef WAYMARK_ACTION_SECRET_H
#define WAYMARK_ACTION_SECRET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"

/* A new secret's text in the arena, and its hash. */
const char *secret_make(struct arena *arena, int64_t company, struct hash *hash);

/* The CSRF token of the session that session_secret opens: always the same text, so that a page
 * which was loaded anew learns it again, and nobody without the cookie can make it. */
const char *secret_make_csrf(struct arena *arena, int64_t company, const char *session_secret,
                             struct hash *hash);

/* The company and hash of a text; false if it cannot be a secret. */
bool secret_read(const char *text, int64_t *company, struct hash *hash);

/* Whether text hashes to hash, without telling by time how much of it was right. */
bool secret_matches(const char *text, struct hash hash);

#endif
