#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/currency.h"
#include "base/day.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/money.h"
#include "base/must.h"
#include "base/utf8.h"

/* Where the reader is: the path of the object being read, and the currency around it. */
struct place {
    struct arena *arena;
    const char *path; /* "" or "milestones/2/" */
    const char *currency;
    struct fault *fault;
};

static bool is_too_deep(const json_t *value, int depth)
{
    if (depth > JSON_DEPTH_LIMIT)
        return true;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (is_too_deep(json_array_get(value, i), depth + 1))
                return true;
        }
    }
    if (json_is_object(value)) {
        void *at = json_object_iter((json_t *)value);
        for (; at; at = json_object_iter_next((json_t *)value, at)) {
            if (is_too_deep(json_object_iter_value(at), depth + 1))
                return true;
        }
    }
    return false;
}

enum error json_parse_object(const char *bytes, size_t size, json_t **object, struct fault *fault)
{
    json_error_t error;
    json_t *parsed = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    bool has_nul = !parsed && json_error_code(&error) == json_error_null_character;
    if (!parsed)
        return refuse(fault, ERROR_MALFORMED, NULL, "not JSON: line %d column %d: %s", error.line,
                      error.column, has_nul ? "a NUL character within a text" : error.text);
    if (!json_is_object(parsed) || is_too_deep(parsed, 1)) {
        json_decref(parsed);
        return refuse(fault, ERROR_MALFORMED, NULL,
                      "the body must be a JSON object nested at most %d deep", JSON_DEPTH_LIMIT);
    }
    *object = parsed;
    return OK;
}

static enum error refuse_field(const struct place *place, const struct field *field,
                               enum error code, const char *detail)
{
    char room[FIELD_NAME_SIZE];
    const char *path =
        arena_format(place->arena, "%s%s", place->path, field_json_name(field, room));
    return refuse(place->fault, code, path, "%s", detail);
}

static enum error read_text(const struct place *place, const struct field *field, const char *text,
                            void *at)
{
    size_t limit = field->limit ? field->limit : SHORT_TEXT_LIMIT;
    if (strlen(text) > limit)
        return refuse_field(place, field, ERROR_OUT_OF_RANGE,
                            arena_format(place->arena, "longer than %zu bytes", limit));
    if (*text == '\0' && (field->flags & REQUIRED))
        return refuse_field(place, field, ERROR_INVALID, "must not be empty");
    if (limit > SHORT_TEXT_LIMIT ? !utf8_is_prose(text) : !utf8_is_line(text))
        return refuse_field(place, field, ERROR_INVALID, "holds control characters");
    *(const char **)at = arena_text(place->arena, text);
    return OK;
}

static enum error check_range(const struct place *place, const struct field *field, int64_t value)
{
    bool unlimited = field->minimum == 0 && field->maximum == 0;
    if (value != INTEGER_NONE &&
        (unlimited || (value >= field->minimum && value <= field->maximum)))
        return OK;
    if (field->kind == FIELD_MONEY)
        return refuse_field(place, field, ERROR_OUT_OF_RANGE, "outside its limits");
    return refuse_field(place, field, ERROR_OUT_OF_RANGE,
                        arena_format(place->arena, "must be from %lld to %lld",
                                     (long long)field->minimum, (long long)field->maximum));
}

static enum error read_integer(const struct place *place, const struct field *field,
                               int64_t integer, void *at)
{
    *(int64_t *)at = integer;
    return check_range(place, field, integer);
}

static enum error read_amount(const struct place *place, const struct field *field,
                              const char *amount, const char *currency, void *at)
{
    struct fault why = {0};
    if (!place->currency || strcmp(currency, place->currency) != 0)
        return refuse_field(place, field, ERROR_INVALID,
                            arena_format(place->arena, "the currency here is %s",
                                         place->currency ? place->currency : "not known"));
    enum error error = money_parse(amount, currency, at, &why);
    if (error)
        return refuse_field(place, field, error, why.detail);
    return check_range(place, field, *(int64_t *)at);
}

static enum error read_money(const struct place *place, const struct field *field,
                             const json_t *value, void *at)
{
    const char *amount = json_string_value(json_object_get(value, "amount"));
    const char *currency = json_string_value(json_object_get(value, "currency"));
    if (!amount || !currency || json_object_size(value) != 2)
        return refuse_field(place, field, ERROR_INVALID,
                            "money is {\"amount\": \"1234.50\", \"currency\": \"EUR\"}");
    return read_amount(place, field, amount, currency, at);
}

static enum error read_choice(const struct place *place, const struct field *field,
                              const char *name, void *at)
{
    int value = choice_value(field->choices, name);
    if (value == 0) {
        struct text_buffer names = text_buffer_in(place->arena);
        for (size_t i = 1; i < field->choices->count; i++)
            text_printf(&names, "%s%s", i > 1 ? ", " : "", field->choices->names[i]);
        return refuse_field(place, field, ERROR_INVALID,
                            arena_format(place->arena, "must be one of: %s", names.bytes));
    }
    *(int *)at = value;
    return OK;
}

static enum error read_bytes(const struct place *place, const struct field *field, const char *text,
                             void *at)
{
    struct bytes *bytes = at;
    size_t limit = field->limit ? field->limit : SHORT_TEXT_LIMIT;
    size_t room = strlen(text) / 4 * 3;
    void *decoded = arena_alloc(place->arena, room);
    if (!base64_decode(text, strlen(text), decoded, room, &bytes->size))
        return refuse_field(place, field, ERROR_INVALID, "not base64");
    bytes->bytes = decoded;
    if (bytes->size > limit)
        return refuse_field(place, field, ERROR_OUT_OF_RANGE,
                            arena_format(place->arena, "more than %zu bytes", limit));
    return OK;
}

/* Kinds whose JSON is a string. */
static enum error read_string(const struct place *place, const struct field *field,
                              const char *text, void *at)
{
    switch ((int)field->kind) {
    case FIELD_TEXT:
        return read_text(place, field, text, at);
    case FIELD_ID:
        if (!id_parse(text, at) || id_is_none(*(struct id *)at))
            return refuse_field(place, field, ERROR_INVALID, "not an id");
        return OK;
    case FIELD_DAY:
        if (day_parse(text, at, NULL) == OK)
            return OK;
        return refuse_field(place, field, ERROR_INVALID, "not a day written YYYY-MM-DD");
    case FIELD_MOMENT:
        if (time_parse(text, at, NULL) == OK && *(int64_t *)at != 0)
            return OK;
        return refuse_field(place, field, ERROR_INVALID, "not a moment written as in RFC 3339");
    case FIELD_CHOICE:
        return read_choice(place, field, text, at);
    case FIELD_HASH:
        if (hash_from_hex(text, at))
            return OK;
        return refuse_field(place, field, ERROR_INVALID, "not a SHA-256 in hexadecimal");
    case FIELD_BYTES:
        return read_bytes(place, field, text, at);
    default:
        return refuse_field(place, field, ERROR_INVALID, "must not be a string");
    }
}

static enum error read_object(const struct place *place, const struct shape *shape,
                              const json_t *object, void *row);

static struct place place_within(const struct place *place, const struct field *field,
                                 const char *index)
{
    struct place inner = *place;
    inner.path =
        arena_format(place->arena, "%s%s/%s%s", place->path, field->name, index, *index ? "/" : "");
    return inner;
}

static enum error read_list(const struct place *place, const struct field *field,
                            const json_t *array, void *at)
{
    struct list *list = at;
    size_t limit = field->limit ? field->limit : LIST_LIMIT;
    if (!json_is_array(array))
        return refuse_field(place, field, ERROR_INVALID, "must be a list");
    if (json_array_size(array) > limit)
        return refuse_field(place, field, ERROR_OUT_OF_RANGE,
                            arena_format(place->arena, "more than %zu elements", limit));
    list->count = json_array_size(array);
    list->rows = arena_array(place->arena, list->count, field->shape->size);
    for (size_t i = 0; i < list->count; i++) {
        char index[24];
        snprintf(index, sizeof index, "%zu", i);
        struct place inner = place_within(place, field, index);
        enum error error = read_object(&inner, field->shape, json_array_get(array, i),
                                       (char *)list->rows + i * field->shape->size);
        if (error)
            return error;
    }
    if (list->count == 0 && (field->flags & REQUIRED))
        return refuse_field(place, field, ERROR_INVALID, "must not be empty");
    return OK;
}

static enum error read_texts(const struct place *place, const struct field *field,
                             const json_t *array, void *at)
{
    struct texts *texts = at;
    size_t limit = field->limit ? field->limit : LIST_LIMIT;
    if (!json_is_array(array) || json_array_size(array) > limit)
        return refuse_field(place, field, ERROR_INVALID,
                            arena_format(place->arena, "must be a list of at most %zu", limit));
    texts->count = json_array_size(array);
    texts->texts = arena_array(place->arena, texts->count, sizeof *texts->texts);
    for (size_t i = 0; i < texts->count; i++) {
        const char *text = json_string_value(json_array_get(array, i));
        if (!text || strlen(text) > SHORT_TEXT_LIMIT || !utf8_is_line(text))
            return refuse_field(place, field, ERROR_INVALID,
                                "must hold only strings of one line, of at most 200 bytes");
        texts->texts[i] = arena_text(place->arena, text);
    }
    return OK;
}

static enum error read_child(const struct place *place, const struct field *field,
                             const json_t *object, void *at)
{
    struct place inner = place_within(place, field, "");
    void *child = arena_alloc(place->arena, field->shape->size);
    *(void **)at = child;
    return read_object(&inner, field->shape, object, child);
}

static enum error read_value(const struct place *place, const struct field *field,
                             const json_t *value, void *at)
{
    if (field->kind == FIELD_LIST)
        return read_list(place, field, value, at);
    if (field->kind == FIELD_TEXTS)
        return read_texts(place, field, value, at);
    if (field->kind == FIELD_OBJECT)
        return read_child(place, field, value, at);
    if (field->kind == FIELD_MONEY)
        return read_money(place, field, value, at);
    if (field->kind == FIELD_INTEGER && json_is_integer(value))
        return read_integer(place, field, json_integer_value(value), at);
    if (field->kind == FIELD_BOOLEAN && json_is_boolean(value)) {
        *(bool *)at = json_is_true(value);
        return OK;
    }
    if (json_is_string(value))
        return read_string(place, field, json_string_value(value), at);
    return refuse_field(place, field, ERROR_INVALID, "has the wrong JSON type");
}

static bool is_from_body(const struct field *field)
{
    return !(field->flags & (FROM_PATH | FROM_QUERY));
}

static const struct field *field_by_json_name(const struct shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        char room[FIELD_NAME_SIZE];
        const struct field *field = &shape->fields[i];
        if (is_from_body(field) && strcmp(field_json_name(field, room), name) == 0)
            return field;
    }
    return NULL;
}

static enum error refuse_unknown(const struct place *place, const struct shape *shape,
                                 const json_t *object)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)object, name, value)
    {
        if (!field_by_json_name(shape, name))
            return refuse(place->fault, ERROR_INVALID,
                          arena_format(place->arena, "%s%.64s", place->path, name),
                          "there is no such field here");
    }
    return OK;
}

/* A currency that a money names, and which one: "lines/0/net". */
struct named_currency {
    const char *currency;
    const char *path;
};

static struct named_currency first_currency(const struct place *place, const struct shape *shape,
                                            const json_t *object);

static struct named_currency currency_in(const struct place *place, const struct field *field,
                                         const json_t *value)
{
    char room[FIELD_NAME_SIZE];
    const char *name = field_json_name(field, room);
    if (field->kind == FIELD_MONEY)
        return (struct named_currency){
            json_string_value(json_object_get(value, "currency")),
            arena_format(place->arena, "%s%s", place->path, name),
        };
    if (field->kind != FIELD_LIST || !json_is_object(json_array_get(value, 0)))
        return (struct named_currency){0};
    struct place inner = *place;
    inner.path = arena_format(place->arena, "%s%s/0/", place->path, name);
    return first_currency(&inner, field->shape, json_array_get(value, 0));
}

/* The first money that the object holds, itself or in a list of it, tells the currency when the
 * object does not name one. */
static struct named_currency first_currency(const struct place *place, const struct shape *shape,
                                            const json_t *object)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        char room[FIELD_NAME_SIZE];
        const struct field *field = &shape->fields[i];
        const json_t *value = json_object_get(object, field_json_name(field, room));
        struct named_currency found = currency_in(place, field, value);
        if (found.currency)
            return found;
    }
    return (struct named_currency){0};
}

static enum error settle_currency(struct place *place, const struct shape *shape,
                                  const json_t *object, void *row)
{
    const struct field *field = shape_field(shape, "currency", NULL);
    if (!field || !is_from_body(field))
        return OK;
    struct named_currency given = {
        json_string_value(json_object_get(object, "currency")),
        arena_format(place->arena, "%scurrency", place->path),
    };
    if (!given.currency)
        given = first_currency(place, shape, object);
    if (!given.currency && place->currency)
        given.currency = place->currency;
    if (!given.currency)
        return OK;
    if (!currency_find(given.currency))
        return refuse(place->fault, ERROR_INVALID, given.path, "not a currency of ISO 4217");
    place->currency = arena_text(place->arena, given.currency);
    *(const char **)field_at(field, row) = place->currency;
    return OK;
}

/* Whether there must be a value: it is asked for, or what stands for none is outside the limits. */
static bool is_needed(const struct field *field)
{
    bool is_number = field->kind == FIELD_INTEGER || field->kind == FIELD_MONEY;
    bool is_limited = field->minimum != 0 || field->maximum != 0;
    if (field->flags & REQUIRED)
        return true;
    return is_number && is_limited && !(field->flags & NULLABLE) &&
           (field->initial < field->minimum || field->initial > field->maximum);
}

static enum error read_given(const struct place *place, const struct field *field,
                             const json_t *object, void *row)
{
    char room[FIELD_NAME_SIZE];
    const json_t *value = json_object_get(object, field_json_name(field, room));
    if (value && !json_is_null(value))
        return read_value(place, field, value, field_at(field, row));
    bool has_value = field->kind == FIELD_TEXT && *(const char **)field_at(field, row);
    if (is_needed(field) && !has_value)
        return refuse_field(place, field, ERROR_INVALID, "is missing");
    return OK;
}

static enum error read_object(const struct place *outer, const struct shape *shape,
                              const json_t *object, void *row)
{
    struct place place = *outer;
    if (!json_is_object(object)) {
        size_t length = strlen(place.path);
        const char *path = arena_text_n(place.arena, place.path, length ? length - 1 : 0);
        return refuse(place.fault, ERROR_INVALID, path, "must be an object");
    }
    enum error error = refuse_unknown(&place, shape, object);
    for (size_t i = 0; !error && i < shape->field_count; i++) {
        if (is_from_body(&shape->fields[i]))
            shape_init_field(&shape->fields[i], row);
    }
    if (!error)
        error = settle_currency(&place, shape, object, row);
    for (size_t i = 0; !error && i < shape->field_count; i++) {
        if (is_from_body(&shape->fields[i]))
            error = read_given(&place, &shape->fields[i], object, row);
    }
    return error;
}

enum error json_read_shape(struct arena *arena, const struct shape *shape, const json_t *object,
                           void *row, struct fault *fault)
{
    struct place place = {.arena = arena, .path = "", .fault = fault};
    if (object)
        return read_object(&place, shape, object, row);
    json_t *empty = json_object();
    must(empty);
    enum error error = read_object(&place, shape, empty, row);
    json_decref(empty);
    return error;
}

static bool parse_integer(const char *text, int64_t *integer)
{
    char *end;
    errno = 0;
    long long parsed = strtoll(text, &end, 10);
    *integer = parsed;
    bool plain = *text == '-' || (*text >= '0' && *text <= '9');
    return plain && errno == 0 && *end == '\0';
}

enum error json_read_text(struct arena *arena, const struct shape *shape, const struct field *field,
                          const char *text, void *row, struct fault *fault)
{
    struct place place = {
        .arena = arena, .path = "", .currency = shape_currency(shape, row), .fault = fault};
    void *at = field_at(field, row);
    int64_t integer;
    if (field->kind == FIELD_INTEGER) {
        if (parse_integer(text, &integer))
            return read_integer(&place, field, integer, at);
        return refuse_field(&place, field, ERROR_INVALID, "not an integer");
    }
    if (field->kind == FIELD_BOOLEAN) {
        *(bool *)at = strcmp(text, "true") == 0;
        if (*(bool *)at || strcmp(text, "false") == 0)
            return OK;
        return refuse_field(&place, field, ERROR_INVALID, "must be true or false");
    }
    return read_string(&place, field, text, at);
}

enum error json_read_member(struct arena *arena, const struct shape *shape,
                            const struct field *field, const char *bytes, size_t size, void *row,
                            struct fault *fault)
{
    struct place place = {
        .arena = arena, .path = "", .currency = shape_currency(shape, row), .fault = fault};
    json_t *value = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL);
    if (!value)
        return refuse_field(&place, field, ERROR_MALFORMED, "not JSON");
    enum error error = read_value(&place, field, value, field_at(field, row));
    json_decref(value);
    return error;
}
