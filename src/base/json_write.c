#include <inttypes.h>
#include <string.h>

#include "base/base64.h"
#include "base/day.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/json.h"
#include "base/money.h"
#include "base/must.h"

/* What RFC 8785 escapes in two characters; other control characters take six. */
static const char *const escapes[256] = {
    ['"'] = "\\\"", ['\\'] = "\\\\", ['\b'] = "\\b", ['\f'] = "\\f",
    ['\n'] = "\\n", ['\r'] = "\\r",  ['\t'] = "\\t",
};

static bool is_plain(char character)
{
    return (unsigned char)character >= 0x20 && character != '"' && character != '\\';
}

static void write_escaped(struct text_buffer *text, char character)
{
    static const char digits[] = "0123456789abcdef";
    const char *escape = escapes[(unsigned char)character];
    if (escape) {
        text_put(text, escape, 2);
        return;
    }
    text_put(text, "\\u00", 4);
    text_put_char(text, digits[(unsigned char)character >> 4]);
    text_put_char(text, digits[(unsigned char)character & 15]);
}

void json_write_string(struct text_buffer *text, const char *string)
{
    if (!string) {
        text_put(text, "null", 4);
        return;
    }
    text_put_char(text, '"');
    while (*string) {
        size_t plain = 0;
        while (is_plain(string[plain]))
            plain++;
        text_put(text, string, plain);
        string += plain;
        if (*string)
            write_escaped(text, *string++);
    }
    text_put_char(text, '"');
}

static void write_quoted(struct text_buffer *text, const char *plain)
{
    text_put_char(text, '"');
    text_put_text(text, plain);
    text_put_char(text, '"');
}

static void write_money(struct text_buffer *text, int64_t amount_minor, const char *currency)
{
    char amount[MONEY_TEXT_SIZE];
    must(currency);
    text_put_text(text, "{\"amount\":\"");
    text_put_text(text, money_format(amount_minor, currency, amount));
    text_put_text(text, "\",\"currency\":\"");
    text_put_text(text, currency);
    text_put_text(text, "\"}");
}

static void write_object(struct text_buffer *text, const struct shape *shape, const void *row,
                         enum json_style style, const char *currency);

static void write_list(struct text_buffer *text, const struct field *field, const struct list *list,
                       enum json_style style, const char *currency)
{
    text_put_char(text, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            text_put_char(text, ',');
        const char *row = (const char *)list->rows + i * field->shape->size;
        write_object(text, field->shape, row, style, currency);
    }
    text_put_char(text, ']');
}

static void write_texts(struct text_buffer *text, const struct texts *texts)
{
    text_put_char(text, '[');
    for (size_t i = 0; i < texts->count; i++) {
        if (i > 0)
            text_put_char(text, ',');
        json_write_string(text, texts->texts[i]);
    }
    text_put_char(text, ']');
}

static void write_bytes(struct text_buffer *text, const struct bytes *bytes)
{
    char *encoded = arena_alloc(text->arena, BASE64_SIZE(bytes->size));
    write_quoted(text, base64_encode(bytes->bytes, bytes->size, encoded));
}

static void write_value(struct text_buffer *text, const struct field *field, const void *at,
                        enum json_style style, const char *currency)
{
    char room[HASH_HEX_SIZE];
    switch (field->kind) {
    case FIELD_ID:
        write_quoted(text, id_format(*(const struct id *)at, room));
        return;
    case FIELD_TEXT:
        json_write_string(text, *(const char *const *)at);
        return;
    case FIELD_INTEGER:
        text_put_integer(text, *(const int64_t *)at);
        return;
    case FIELD_BOOLEAN:
        text_put_text(text, *(const bool *)at ? "true" : "false");
        return;
    case FIELD_DAY:
        write_quoted(text, day_format(*(const int32_t *)at, room));
        return;
    case FIELD_MOMENT:
        write_quoted(text, time_format(*(const int64_t *)at, room));
        return;
    case FIELD_MONEY:
        if (style == JSON_CANONICAL)
            text_put_integer(text, *(const int64_t *)at);
        else
            write_money(text, *(const int64_t *)at, currency);
        return;
    case FIELD_CHOICE:
        write_quoted(text, choice_name(field->choices, *(const int *)at));
        return;
    case FIELD_HASH:
        write_quoted(text, hash_to_hex(*(const struct hash *)at, room));
        return;
    case FIELD_BYTES:
        write_bytes(text, at);
        return;
    case FIELD_TEXTS:
        write_texts(text, at);
        return;
    case FIELD_OBJECT:
        write_object(text, field->shape, *(const void *const *)at, style, currency);
        return;
    case FIELD_LIST:
        write_list(text, field, at, style, currency);
        return;
    }
}

static bool holds_nothing(const struct field *field, const void *row)
{
    if (field->kind == FIELD_LIST)
        return ((const struct list *)field_of(field, row))->count == 0;
    if (field->kind == FIELD_TEXTS)
        return ((const struct texts *)field_of(field, row))->count == 0;
    return field_is_none(field, row);
}

static bool is_shown(const struct field *field, const void *row, enum json_style style)
{
    unsigned hidden = style == JSON_CANONICAL    ? NOT_STORED
                      : style == JSON_FOR_CLIENT ? SECRET | AGENCY_ONLY
                                                 : SECRET;
    if (style == JSON_CANONICAL && (field->flags & ADDED_LATER) && holds_nothing(field, row))
        return false;
    return !(field->flags & hidden);
}

static void write_field(struct text_buffer *text, const struct field *field, const void *row,
                        enum json_style style, const char *currency)
{
    char room[FIELD_NAME_SIZE];
    if (text->bytes[text->size - 1] != '{')
        text_put_char(text, ',');
    write_quoted(text, style == JSON_CANONICAL ? field->name : field_json_name(field, room));
    text_put_char(text, ':');
    if (field_is_none(field, row))
        text_put_text(text, "null");
    else
        write_value(text, field, field_of(field, row), style, currency);
}

enum { SHAPE_FIELDS_MAX = 64 };

/* The fields in the order of their names, as RFC 8785 wants members. */
static void sort_fields(const struct shape *shape, const struct field *sorted[])
{
    must(shape->field_count <= SHAPE_FIELDS_MAX);
    for (size_t i = 0; i < shape->field_count; i++) {
        size_t place = i;
        for (; place > 0 && strcmp(sorted[place - 1]->name, shape->fields[i].name) > 0; place--)
            sorted[place] = sorted[place - 1];
        sorted[place] = &shape->fields[i];
    }
}

static void write_object(struct text_buffer *text, const struct shape *shape, const void *row,
                         enum json_style style, const char *currency)
{
    const char *own = style == JSON_CANONICAL ? NULL : shape_currency(shape, row);
    const struct field *sorted[SHAPE_FIELDS_MAX];
    if (style == JSON_CANONICAL)
        sort_fields(shape, sorted);
    text_put_char(text, '{');
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = style == JSON_CANONICAL ? sorted[i] : &shape->fields[i];
        if (is_shown(field, row, style))
            write_field(text, field, row, style, own ? own : currency);
    }
    text_put_char(text, '}');
}

void json_write_shape(struct text_buffer *text, const struct shape *shape, const void *row,
                      enum json_style style)
{
    write_object(text, shape, row, style, NULL);
}

void json_write_member(struct text_buffer *text, const struct shape *shape,
                       const struct field *field, const void *row, enum json_style style)
{
    write_value(text, field, field_of(field, row), style, shape_currency(shape, row));
}
