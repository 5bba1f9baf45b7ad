#include "action/secret.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "platform/random.h"

enum {
    SECRET_BYTES = 32,
    SECRET_TEXT_SIZE = 44, /* base64url without padding, and NUL */
};

const char *secret_make(struct arena *arena, int64_t company, struct hash *hash)
{
    unsigned char bytes[SECRET_BYTES];
    char text[SECRET_TEXT_SIZE];
    random_bytes(bytes, sizeof bytes);
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    const char *secret = arena_format(arena, "%lld.%s", (long long)company, text);
    *hash = hash_bytes(secret, strlen(secret));
    sodium_memzero(bytes, sizeof bytes);
    return secret;
}

bool secret_read(const char *text, int64_t *company, struct hash *hash)
{
    const char *dot = strchr(text, '.');
    if (!dot || dot == text || dot - text > 18 || strlen(dot + 1) != SECRET_TEXT_SIZE - 1 ||
        strspn(text, "0123456789") != (size_t)(dot - text))
        return false;
    *company = strtoll(text, NULL, 10);
    *hash = hash_bytes(text, strlen(text));
    return true;
}

bool secret_matches(const char *text, struct hash hash)
{
    struct hash given = hash_bytes(text, strlen(text));
    return sodium_memcmp(given.bytes, hash.bytes, sizeof hash.bytes) == 0;
}
