#include "verify/canonical.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

static bool write_value(struct text_buffer *text, const json_t *value);

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* RFC 8785 sorts by UTF-16 units; for ASCII that is the order of the bytes. */
static bool is_printable_ascii(const char *name)
{
    for (; *name; name++)
        if (*name < 0x20 || *name > 0x7e)
            return false;
    return true;
}

static bool write_object(struct text_buffer *text, const json_t *object)
{
    size_t count = json_object_size(object), i = 0;
    const char **names = arena_array(text->arena, count, sizeof *names);
    for (void *at = json_object_iter((json_t *)object); at;
         at = json_object_iter_next((json_t *)object, at))
        names[i++] = json_object_iter_key(at);
    qsort(names, count, sizeof *names, compare_names);
    text_put_char(text, '{');
    for (i = 0; i < count; i++) {
        if (!is_printable_ascii(names[i]))
            return false;
        if (i > 0)
            text_put_char(text, ',');
        json_write_string(text, names[i]);
        text_put_char(text, ':');
        if (!write_value(text, json_object_get(object, names[i])))
            return false;
    }
    text_put_char(text, '}');
    return true;
}

static bool write_array(struct text_buffer *text, const json_t *array)
{
    text_put_char(text, '[');
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (i > 0)
            text_put_char(text, ',');
        if (!write_value(text, json_array_get(array, i)))
            return false;
    }
    text_put_char(text, ']');
    return true;
}

static bool write_value(struct text_buffer *text, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return write_object(text, value);
    case JSON_ARRAY:
        return write_array(text, value);
    case JSON_STRING:
        json_write_string(text, json_string_value(value));
        return true;
    case JSON_INTEGER:
        text_put_integer(text, json_integer_value(value));
        return true;
    case JSON_TRUE:
        text_put_text(text, "true");
        return true;
    case JSON_FALSE:
        text_put_text(text, "false");
        return true;
    case JSON_NULL:
        text_put_text(text, "null");
        return true;
    case JSON_REAL:
        return false;
    }
    return false;
}

enum error canonical_text(struct arena *arena, const json_t *value, const char **text,
                          struct fault *fault)
{
    struct text_buffer buffer = text_buffer_in(arena);
    if (!write_value(&buffer, value))
        return refuse(fault, ERROR_INVALID, NULL,
                      "it holds a fraction or a name that is not printable ASCII");
    *text = buffer.bytes;
    return OK;
}
