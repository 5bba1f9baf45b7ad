#include "action/secret.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "platform/random.h"

enum {
    SECRET_BYTES = 32,
    SECRET_TEXT_SIZE = 44, /* base64url without padding, and NUL */
};

static const char *write_secret(struct arena *arena, int64_t company,
                                const unsigned char bytes[SECRET_BYTES], struct hash *hash)
{
    char text[SECRET_TEXT_SIZE];
    sodium_bin2base64(text, sizeof text, bytes, SECRET_BYTES,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    const char *secret = arena_format(arena, "%lld.%s", (long long)company, text);
    *hash = hash_bytes(secret, strlen(secret));
    return secret;
}

const char *secret_make(struct arena *arena, int64_t company, struct hash *hash)
{
    unsigned char bytes[SECRET_BYTES];
    random_bytes(bytes, sizeof bytes);
    const char *secret = write_secret(arena, company, bytes, hash);
    sodium_memzero(bytes, sizeof bytes);
    return secret;
}

const char *secret_make_csrf(struct arena *arena, int64_t company, const char *session_secret,
                             struct hash *hash)
{
    static const char purpose[] = "waymark csrf";
    unsigned char bytes[crypto_auth_hmacsha256_BYTES];
    static_assert(sizeof bytes == SECRET_BYTES, "a secret is as long as the hash");
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)session_secret,
                                strlen(session_secret));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, sizeof purpose - 1);
    crypto_auth_hmacsha256_final(&state, bytes);
    return write_secret(arena, company, bytes, hash);
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
