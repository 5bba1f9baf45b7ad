#include "gateway/delivery.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static bool is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

/* Appends a space unless there is one already or nothing before it. */
static char *put_space(char *clean, const char *begin)
{
    if (clean > begin && clean[-1] != ' ')
        *clean++ = ' ';
    return clean;
}

/* Copies what a person can read to clean, which has as much room, and ends it. If the raw text was
 * cut, the character at its end may be broken and is left out. */
static void clean_text(const char *raw, bool was_cut, char *clean)
{
    const char *begin = clean;
    size_t size = strlen(raw);
    for (size_t at = 0, step; at < size; at += step) {
        uint32_t character;
        step = utf8_read(raw + at, size - at, &character);
        if (step == 0 && was_cut && size - at < 4)
            break;
        if (step == 0) {
            step = 1;
            *clean++ = '?';
        } else if (is_control(character) || character == ' ') {
            clean = put_space(clean, begin);
        } else {
            clean = mempcpy(clean, raw + at, step);
        }
    }
    if (clean > begin && clean[-1] == ' ')
        clean--;
    *clean = '\0';
}

struct delivery delivery_ended(enum delivery_outcome outcome, int status, const char *format, ...)
{
    char raw[DELIVERY_TEXT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(raw, sizeof raw, format, arguments);
    va_end(arguments);
    struct delivery delivery = {.outcome = outcome, .status = status};
    clean_text(raw, length >= DELIVERY_TEXT_SIZE, delivery.text);
    return delivery;
}
