#include "base/utf8.h"

#include <string.h>

/* What the first byte of a sequence tells: its length, its own bits, and the least character that
 * needs that length. */
static const struct form {
    uint8_t mask, mark;
    size_t length;
    uint32_t least;
} forms[] = {
    {0x80, 0x00, 1, 0},
    {0xe0, 0xc0, 2, 0x80},
    {0xf0, 0xe0, 3, 0x800},
    {0xf8, 0xf0, 4, 0x10000},
};

static const struct form *form_of(uint8_t first)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if ((first & forms[i].mask) == forms[i].mark)
            return &forms[i];
    return NULL;
}

size_t utf8_read(const char *text, size_t size, uint32_t *character)
{
    const uint8_t *bytes = (const uint8_t *)text;
    const struct form *form = form_of(bytes[0]);
    if (!form || form->length > size)
        return 0;
    uint32_t value = bytes[0] & (uint8_t)~form->mask;
    for (size_t i = 1; i < form->length; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (bytes[i] & 0x3f);
    }
    if (value < form->least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *character = value;
    return form->length;
}

bool utf8_valid(const char *text, size_t size)
{
    while (size > 0) {
        uint32_t character;
        size_t length = utf8_read(text, size, &character);
        if (length == 0)
            return false;
        text += length;
        size -= length;
    }
    return true;
}

/* Controls (C0, DEL, C1) and the two separators of lines and paragraphs. */
static bool is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 ||
           character == 0x2029;
}

/* Reads the next character of a text, but for controls other than those. Returns its length; if
 * there is none that may stand there, 0 and in *step how many bytes to go on. */
static size_t read_allowed(const char *text, size_t size, const char *controls, size_t *step)
{
    uint32_t character;
    size_t length = utf8_read(text, size, &character);
    *step = length > 0 ? length : 1;
    return length > 0 && is_control(character) && !(length == 1 && strchr(controls, *text))
               ? 0
               : length;
}

static bool has_only(const char *text, const char *controls)
{
    size_t size = strlen(text);
    for (size_t at = 0, step; at < size; at += step)
        if (read_allowed(text + at, size - at, controls, &step) == 0)
            return false;
    return true;
}

bool utf8_is_line(const char *text)
{
    return has_only(text, "");
}

bool utf8_is_prose(const char *text)
{
    return has_only(text, "\t\n\r");
}

static void mend(char *text, const char *controls)
{
    size_t size = strlen(text);
    for (size_t at = 0, step; at < size; at += step)
        if (read_allowed(text + at, size - at, controls, &step) == 0)
            memset(text + at, '?', step);
}

void utf8_mend_line(char *text)
{
    mend(text, "");
}

void utf8_mend_prose(char *text)
{
    mend(text, "\t\n\r");
}

bool utf8_is_space(uint32_t character)
{
    static const struct {
        uint32_t first, last;
    } spaces[] = {
        {0x0009, 0x000d}, {0x0020, 0x0020}, {0x0085, 0x0085}, {0x00a0, 0x00a0}, {0x1680, 0x1680},
        {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000},
    };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (character >= spaces[i].first && character <= spaces[i].last)
            return true;
    return false;
}
