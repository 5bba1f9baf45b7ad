/* Canonical JSON (RFC 8785) of a value that was read: members sorted by name, no white space,
 * shortest escapes. Numbers are integers of 64 bits; that is the one place where it is wider than
 * the RFC, and fractions are where it is narrower. */
#ifndef WAYMARK_VERIFY_CANONICAL_H
#define WAYMARK_VERIFY_CANONICAL_H

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"

/* The text, in the arena. ERROR_INVALID if the value holds a number that is not an integer or a
 * name that is not printable ASCII. */
enum error canonical_text(struct arena *arena, const json_t *value, const char **text,
                          struct fault *fault) WARN_UNUSED;

#endif
