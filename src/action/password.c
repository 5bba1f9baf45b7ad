#include "action/password.h"

#include <string.h>

#include <sodium.h>

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };

/* Of a password that nobody has. */
static const char nobody[crypto_pwhash_STRBYTES] = "$argon2id$v=19$m=19456,t=2,p=1$"
                                                   "c29tZXNhbHRzb21lc2FsdA$"
                                                   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

enum error password_hash(struct arena *arena, const char *password, const char **hash,
                         struct fault *fault)
{
    char text[crypto_pwhash_STRBYTES];
    size_t length = strlen(password);
    if (length < PASSWORD_MIN || length > PASSWORD_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "password", "must have %d to %d bytes",
                      PASSWORD_MIN, PASSWORD_LIMIT);
    if (crypto_pwhash_str_alg(text, password, length, PASSES, MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return refuse(fault, ERROR_UNAVAILABLE, NULL, "not enough memory to hash a password");
    *hash = arena_text(arena, text);
    return OK;
}

bool password_matches(const char *password, const char *hash)
{
    bool matches = crypto_pwhash_str_verify(hash ? hash : nobody, password, strlen(password)) == 0;
    return matches && hash;
}
