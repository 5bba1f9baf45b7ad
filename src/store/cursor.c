#include "store/cursor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "base/utf8.h"

const char *cursor_format(struct arena *arena, const char *sort, const struct field *column,
                          const struct cursor *cursor)
{
    char id[ID_TEXT_SIZE];
    struct text_buffer text = text_buffer_in(arena);
    text_printf(&text, "%s %s ", sort, id_format(cursor->id, id));
    if (column->kind == FIELD_TEXT)
        text_put_text(&text, cursor->text);
    else if (column->kind != FIELD_ID)
        text_put_integer(&text, cursor->integer);
    return base64_encode(text.bytes, text.size, arena_alloc(arena, BASE64_SIZE(text.size)));
}

static bool read_value(const char *value, const struct field *column, struct cursor *cursor)
{
    char *end;
    if (column->kind == FIELD_ID)
        return *value == '\0';
    cursor->text = value;
    if (column->kind == FIELD_TEXT)
        return utf8_valid(value, strlen(value)); /* a database takes no other text */
    errno = 0;
    cursor->integer = strtoll(value, &end, 10);
    return errno == 0 && end > value && *end == '\0';
}

static bool read_cursor(struct arena *arena, const char *sort, const struct field *column,
                        const char *encoded, struct cursor *cursor)
{
    size_t size;
    size_t room = strlen(encoded);
    char *text = arena_alloc(arena, room + 1);
    if (!base64_decode(encoded, room, text, room, &size) || memchr(text, '\0', size))
        return false;
    char *id = strchr(text, ' ');
    char *value = id ? strchr(id + 1, ' ') : NULL;
    if (!value)
        return false;
    *id++ = '\0';
    *value++ = '\0';
    return strcmp(text, sort) == 0 && id_parse(id, &cursor->id) && !id_is_none(cursor->id) &&
           read_value(value, column, cursor);
}

enum error cursor_parse(struct arena *arena, const char *sort, const struct field *column,
                        const char *text, struct cursor *cursor, struct fault *fault)
{
    *cursor = (struct cursor){0};
    if (!read_cursor(arena, sort, column, text, cursor))
        return refuse(fault, ERROR_INVALID, "cursor",
                      "this cursor belongs to no page of this list");
    return OK;
}
