#include "core/reference.h"

#include <stdio.h>
#include <string.h>

#include "base/must.h"

enum { PREFIX_SIZE = 4, MODULUS = 97 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static char to_capital(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Letters count as 10 to 35, two digits each. */
static int append_modulo(int rest, const char *characters)
{
    for (; *characters; characters++)
        rest = is_digit(*characters) ? (rest * 10 + *characters - '0') % MODULUS
                                     : (rest * 100 + *characters - 'A' + 10) % MODULUS;
    return rest;
}

/* ISO 7064 MOD 97-10 over the body, then the prefix; 1 if the check digits in it are right. */
static int check_value(const char *body, const char prefix[static PREFIX_SIZE + 1])
{
    return append_modulo(append_modulo(0, body), prefix);
}

enum error reference_make(const char *number, char reference[static REFERENCE_SIZE],
                          struct fault *fault)
{
    char body[REFERENCE_BODY_MAX + 1];
    size_t size = 0;
    for (; *number; number++) {
        char c = to_capital(*number);
        if ((unsigned char)c > 127)
            return refuse(fault, ERROR_INVALID, "number", "only ASCII can be in a reference");
        if (!is_digit(c) && !is_capital(c))
            continue;
        if (size == REFERENCE_BODY_MAX)
            return refuse(fault, ERROR_INVALID, "number", "more than %d letters and digits",
                          REFERENCE_BODY_MAX);
        body[size++] = c;
    }
    body[size] = '\0';
    if (size == 0)
        return refuse(fault, ERROR_INVALID, "number", "neither letters nor digits");
    int check = MODULUS + 1 - check_value(body, "RF00");
    snprintf(reference, REFERENCE_SIZE, "RF%02d%s", check, body);
    return OK;
}

bool reference_parse(const char *text, char reference[static REFERENCE_SIZE])
{
    char found[REFERENCE_SIZE];
    size_t size = 0;
    for (; *text; text++) {
        char c = to_capital(*text);
        if (c == ' ')
            continue;
        if (size == REFERENCE_SIZE - 1 || (!is_digit(c) && !is_capital(c)))
            return false;
        found[size++] = c;
    }
    found[size] = '\0';
    if (size <= PREFIX_SIZE || found[0] != 'R' || found[1] != 'F' || !is_digit(found[2]) ||
        !is_digit(found[3]))
        return false;
    char prefix[PREFIX_SIZE + 1] = {found[0], found[1], found[2], found[3]};
    if (check_value(found + PREFIX_SIZE, prefix) != 1)
        return false;
    memcpy(reference, found, size + 1);
    return true;
}

const char *reference_body(const char *reference)
{
    must(strlen(reference) > PREFIX_SIZE);
    return reference + PREFIX_SIZE;
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
