/* Hashes that tell nothing of what they hash: 16 random bytes go in front. Erase the salt, and the
 * hash can no longer be tied to a guess of the text. The caller makes the salts. */
#ifndef WAYMARK_CORE_SALT_H
#define WAYMARK_CORE_SALT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

enum {
    SALT_SIZE = 16,
    SALT_TEXT_SIZE = 25, /* 24 characters of base64 and NUL */
};

struct salt {
    uint8_t bytes[SALT_SIZE];
};

/* SHA-256(salt || text). */
struct hash salted_hash(const struct salt *salt, const char *text, size_t size);

/* From padded base64; false for anything else. */
bool salt_parse(const char *text, struct salt *salt);

#endif
