#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/must.h"

enum { FIRST_ROOM = 256 };

struct text_buffer text_buffer_in(struct arena *arena)
{
    struct text_buffer buffer = {.arena = arena, .room = FIRST_ROOM};
    buffer.bytes = arena_room(arena, FIRST_ROOM);
    buffer.bytes[0] = '\0';
    return buffer;
}

static void grow(struct text_buffer *buffer, size_t size)
{
    size_t room = buffer->room * 2;
    while (size >= room - buffer->size)
        room *= 2;
    char *larger = arena_room(buffer->arena, room);
    memcpy(larger, buffer->bytes, buffer->size + 1);
    buffer->bytes = larger;
    buffer->room = room;
}

static inline void make_room(struct text_buffer *buffer, size_t size)
{
    if (size >= buffer->room - buffer->size)
        grow(buffer, size);
}

void text_put(struct text_buffer *buffer, const char *bytes, size_t size)
{
    make_room(buffer, size);
    if (size > 0)
        memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    buffer->bytes[buffer->size] = '\0';
}

void text_put_text(struct text_buffer *buffer, const char *text)
{
    text_put(buffer, text, strlen(text));
}

void text_put_char(struct text_buffer *buffer, char character)
{
    make_room(buffer, 1);
    buffer->bytes[buffer->size++] = character;
    buffer->bytes[buffer->size] = '\0';
}

void text_put_integer(struct text_buffer *buffer, int64_t integer)
{
    char digits[24];
    char *end = digits + sizeof digits;
    char *at = end;
    uint64_t rest = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (integer < 0)
        *--at = '-';
    text_put(buffer, at, (size_t)(end - at));
}

void text_printf(struct text_buffer *buffer, const char *format, ...)
{
    size_t left = buffer->room - buffer->size;
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(buffer->bytes + buffer->size, left, format, arguments);
    va_end(arguments);
    must(length >= 0);
    if ((size_t)length >= left) {
        make_room(buffer, (size_t)length);
        vsnprintf(buffer->bytes + buffer->size, buffer->room - buffer->size, format, again);
    }
    va_end(again);
    buffer->size += (size_t)length;
}

bool text_same(const char *one, const char *other)
{
    return one && other ? strcmp(one, other) == 0 : one == other;
}
