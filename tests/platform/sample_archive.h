/* Small ZIP archives for tests: members without content, stored. */
#ifndef WAYMARK_TESTS_PLATFORM_SAMPLE_ARCHIVE_H
#define WAYMARK_TESTS_PLATFORM_SAMPLE_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

struct sample_archive {
    char *bytes;
    size_t size;
};

static void put_number(struct text_buffer *buffer, size_t number, int size)
{
    for (int i = 0; i < size; i++)
        text_put_char(buffer, (char)(number >> 8 * i));
}

static void put_zeros(struct text_buffer *buffer, int size)
{
    while (size-- > 0)
        text_put_char(buffer, '\0');
}

/* What a member says of itself both before its content and in the directory. */
static void put_member_facts(struct text_buffer *buffer, const char *name, size_t content_size)
{
    put_number(buffer, 20, 2);
    put_zeros(buffer, 12); /* flags, method, time, checksum */
    put_number(buffer, content_size, 4);
    put_number(buffer, content_size, 4);
    put_number(buffer, strlen(name), 2);
    put_zeros(buffer, 2);
}

/* The first member has the content, the others none. names ends in NULL. */
static struct sample_archive make_archive(struct arena *arena, const char *const *names,
                                          const char *content)
{
    struct text_buffer buffer = text_buffer_in(arena);
    size_t count = 0;
    for (; names[count]; count++) {
        const char *inside = count == 0 ? content : "";
        text_put(&buffer, "PK\3\4", 4);
        put_member_facts(&buffer, names[count], strlen(inside));
        text_put_text(&buffer, names[count]);
        text_put_text(&buffer, inside);
    }
    size_t directory = buffer.size;
    for (size_t i = 0; i < count; i++) {
        text_put(&buffer, "PK\1\2\24\0", 6);
        put_member_facts(&buffer, names[i], i == 0 ? strlen(content) : 0);
        put_zeros(&buffer, 14); /* comment, disk, attributes, offset */
        text_put_text(&buffer, names[i]);
    }
    size_t size = buffer.size - directory;
    text_put(&buffer, "PK\5\6", 4);
    put_zeros(&buffer, 4);
    put_number(&buffer, count, 2);
    put_number(&buffer, count, 2);
    put_number(&buffer, size, 4);
    put_number(&buffer, directory, 4);
    put_zeros(&buffer, 2);
    return (struct sample_archive){buffer.bytes, buffer.size};
}

#endif
