#include "core/salt.h"

#include <string.h>

#include "base/base64.h"

struct hash salted_hash(const struct salt *salt, const char *text, size_t size)
{
    struct hasher *hasher = hasher_new();
    hasher_add(hasher, salt->bytes, SALT_SIZE);
    hasher_add(hasher, text, size);
    struct hash hash = hasher_finish(hasher);
    hasher_free(hasher);
    return hash;
}

bool salt_parse(const char *text, struct salt *salt)
{
    size_t size;
    return base64_decode(text, strlen(text), salt->bytes, SALT_SIZE, &size) && size == SALT_SIZE;
}
