#include "base/base64.h"

#include <sodium.h>

char *base64_encode(const void *bytes, size_t size, char *text)
{
    return sodium_bin2base64(text, BASE64_SIZE(size), bytes, size, sodium_base64_VARIANT_ORIGINAL);
}

/* libsodium 1.0.18 takes every byte above 127 for a slash. */
static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] > 0x7f)
            return false;
    return true;
}

bool base64_decode(const char *text, size_t length, void *bytes, size_t capacity, size_t *size)
{
    const char *end;
    return is_ascii(text, length) &&
           sodium_base642bin(bytes, capacity, text, length, NULL, size, &end,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           end == text + length;
}
