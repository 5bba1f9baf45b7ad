#include "core/mod97.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool mod97_read(const char *text, char *found, size_t size)
{
    size_t count = 0;
    for (; *text; text++) {
        char c = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
        if (c == ' ')
            continue;
        if (count == size - 1 || (!is_digit(c) && !is_capital(c)))
            return false;
        found[count++] = c;
    }
    found[count] = '\0';
    return true;
}

/* Letters count as 10 to 35, two digits each. */
static int append(int rest, const char *characters)
{
    for (; *characters; characters++)
        rest = is_digit(*characters) ? (rest * 10 + *characters - '0') % MOD97_MODULUS
                                     : (rest * 100 + *characters - 'A' + 10) % MOD97_MODULUS;
    return rest;
}

int mod97_value(const char *body, const char prefix[static MOD97_PREFIX_SIZE + 1])
{
    return append(append(0, body), prefix);
}

bool mod97_is_right(const char *found)
{
    if (strlen(found) <= MOD97_PREFIX_SIZE || !is_capital(found[0]) || !is_capital(found[1]) ||
        !is_digit(found[2]) || !is_digit(found[3]))
        return false;
    char prefix[MOD97_PREFIX_SIZE + 1] = {found[0], found[1], found[2], found[3]};
    return mod97_value(found + MOD97_PREFIX_SIZE, prefix) == 1;
}
