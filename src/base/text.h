/* A growing text in an arena: JSON, metrics, canonical rows. Always NUL-terminated. And whether two
 * texts are the same. */
#ifndef WAYMARK_BASE_TEXT_H
#define WAYMARK_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct text_buffer {
    struct arena *arena;
    char *bytes;
    size_t size; /* without the NUL */
    size_t room;
};

/* An empty text that grows in arena. */
struct text_buffer text_buffer_in(struct arena *arena);

void text_put(struct text_buffer *buffer, const char *bytes, size_t size);
void text_put_text(struct text_buffer *buffer, const char *text);
void text_put_char(struct text_buffer *buffer, char character);
void text_put_integer(struct text_buffer *buffer, int64_t integer);
void text_printf(struct text_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same text, or both NULL. */
bool text_same(const char *one, const char *other);

#endif
