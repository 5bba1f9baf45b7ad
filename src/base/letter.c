#include "base/letter.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum { ASCII_END = 0x80, CHARACTER_SIZE = 6 }; /* what g_unichar_to_utf8 may write */

const char *letters_lower(struct arena *arena, const char *text)
{
    struct text_buffer lower = text_buffer_in(arena);
    for (; *text; text = g_utf8_next_char(text)) {
        char bytes[CHARACTER_SIZE];
        int size = g_unichar_to_utf8(g_unichar_tolower(g_utf8_get_char(text)), bytes);
        text_put(&lower, bytes, (size_t)size);
    }
    return lower.bytes;
}

static bool begins(const char *text, const char *word)
{
    for (; *word; word = g_utf8_next_char(word), text = g_utf8_next_char(text)) {
        if (!*text ||
            g_unichar_tolower(g_utf8_get_char(text)) != g_unichar_tolower(g_utf8_get_char(word)))
            return false;
    }
    return true;
}

const char *letters_find(const char *text, const char *word)
{
    for (;; text = g_utf8_next_char(text)) {
        if (begins(text, word))
            return text;
        if (!*text)
            return NULL;
    }
}

static bool is_among(const struct letter *letters, size_t count, const char *small)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(letters[i].small, small) == 0)
            return true;
    }
    return false;
}

size_t letters_cased(const char *text, struct letter letters[static LETTERS_LIMIT])
{
    size_t count = 0;
    for (; *text && count < LETTERS_LIMIT; text = g_utf8_next_char(text)) {
        gunichar small = g_unichar_tolower(g_utf8_get_char(text));
        gunichar capital = g_unichar_toupper(small);
        struct letter *letter = &letters[count];
        *letter = (struct letter){0};
        g_unichar_to_utf8(small, letter->small);
        g_unichar_to_utf8(capital, letter->capital);
        if (small >= ASCII_END && small != capital && !is_among(letters, count, letter->small))
            count++;
    }
    return count;
}
