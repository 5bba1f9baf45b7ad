#include "core/reference.h"

#include <stdio.h>
#include <string.h>

#include "base/must.h"
#include "core/mod97.h"

/* What else a number has is left out. */
static bool is_kept(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

enum error reference_make(const char *number, char reference[static REFERENCE_SIZE],
                          struct fault *fault)
{
    char kept[REFERENCE_BODY_MAX + 1];
    char body[sizeof kept];
    size_t size = 0;
    for (; *number; number++) {
        if ((unsigned char)*number > 127)
            return refuse(fault, ERROR_INVALID, "number", "only ASCII can be in a reference");
        if (!is_kept(*number))
            continue;
        if (size == REFERENCE_BODY_MAX)
            return refuse(fault, ERROR_INVALID, "number", "more than %d letters and digits",
                          REFERENCE_BODY_MAX);
        kept[size++] = *number;
    }
    kept[size] = '\0';
    if (size == 0)
        return refuse(fault, ERROR_INVALID, "number", "neither letters nor digits");
    must(mod97_read(kept, body, sizeof body));
    int check = MOD97_MODULUS + 1 - mod97_value(body, "RF00");
    snprintf(reference, REFERENCE_SIZE, "RF%02d%s", check, body);
    return OK;
}

bool reference_parse(const char *text, char reference[static REFERENCE_SIZE])
{
    char found[REFERENCE_SIZE];
    if (!mod97_read(text, found, sizeof found) || !mod97_is_right(found) || found[0] != 'R' ||
        found[1] != 'F')
        return false;
    memcpy(reference, found, strlen(found) + 1);
    return true;
}

const char *reference_body(const char *reference)
{
    must(strlen(reference) > MOD97_PREFIX_SIZE);
    return reference + MOD97_PREFIX_SIZE;
}

char *reference_print(const char *reference, char text[static REFERENCE_PRINT_SIZE])
{
    must(strlen(reference) < REFERENCE_SIZE);
    char *end = text;
    for (size_t i = 0; reference[i]; i++) {
        if (i > 0 && i % 4 == 0)
            *end++ = ' ';
        *end++ = reference[i];
    }
    *end = '\0';
    return text;
}
