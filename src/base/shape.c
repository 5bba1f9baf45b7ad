#include "base/shape.h"

#include <string.h>

#include "base/day.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/must.h"
#include "base/text.h"

static const size_t kind_sizes[] = {
    [FIELD_ID] = sizeof(struct id),       [FIELD_TEXT] = sizeof(const char *),
    [FIELD_INTEGER] = sizeof(int64_t),    [FIELD_BOOLEAN] = sizeof(bool),
    [FIELD_DAY] = sizeof(int32_t),        [FIELD_MOMENT] = sizeof(int64_t),
    [FIELD_MONEY] = sizeof(int64_t),      [FIELD_CHOICE] = sizeof(int),
    [FIELD_HASH] = sizeof(struct hash),   [FIELD_BYTES] = sizeof(struct bytes),
    [FIELD_TEXTS] = sizeof(struct texts), [FIELD_OBJECT] = sizeof(void *),
    [FIELD_LIST] = sizeof(struct list),
};

static const char minor_ending[] = "_minor";

const struct field *shape_field(const struct shape *shape, const char *name, size_t *hint)
{
    size_t start = hint && *hint < shape->field_count ? *hint : 0;
    for (size_t step = 0; step < shape->field_count; step++) {
        size_t i = (start + step) % shape->field_count;
        if (strcmp(shape->fields[i].name, name) != 0)
            continue;
        if (hint)
            *hint = i + 1;
        return &shape->fields[i];
    }
    return NULL;
}

const char *field_json_name(const struct field *field, char name[static FIELD_NAME_SIZE])
{
    size_t length = strlen(field->name);
    size_t ending = sizeof minor_ending - 1;
    must(length < FIELD_NAME_SIZE);
    if (field->kind != FIELD_MONEY || length <= ending ||
        strcmp(field->name + length - ending, minor_ending) != 0)
        return field->name;
    memcpy(name, field->name, length - ending);
    name[length - ending] = '\0';
    return name;
}

void *field_at(const struct field *field, void *row)
{
    return (char *)row + field->offset;
}

const void *field_of(const struct field *field, const void *row)
{
    return (const char *)row + field->offset;
}

bool field_is_none(const struct field *field, const void *row)
{
    static const struct hash no_hash;
    const void *at = field_of(field, row);
    switch (field->kind) {
    case FIELD_ID:
        return id_is_none(*(const struct id *)at);
    case FIELD_TEXT:
        return !*(const char *const *)at;
    case FIELD_INTEGER:
    case FIELD_MONEY:
        return *(const int64_t *)at == INTEGER_NONE;
    case FIELD_BOOLEAN:
        return false;
    case FIELD_DAY:
        return *(const int32_t *)at == DAY_NONE;
    case FIELD_MOMENT:
        return *(const int64_t *)at == 0;
    case FIELD_CHOICE:
        return *(const int *)at == 0;
    case FIELD_HASH:
        return memcmp(at, &no_hash, sizeof no_hash) == 0;
    case FIELD_BYTES:
        return !((const struct bytes *)at)->bytes;
    case FIELD_OBJECT:
        return !*(void *const *)at;
    case FIELD_TEXTS:
    case FIELD_LIST:
        return false;
    }
    must_fail(__FILE__, __LINE__, "unknown field kind");
}

static bool same_texts(const struct texts *a, const struct texts *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = text_same(a->texts[i], b->texts[i]);
    return same;
}

static bool same_rows(const struct shape *shape, const char *a, const char *b)
{
    bool same = true;
    for (size_t i = 0; same && i < shape->field_count; i++)
        same = field_same(&shape->fields[i], a, b);
    return same;
}

static bool same_list(const struct shape *shape, const struct list *a, const struct list *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = same_rows(shape, (const char *)a->rows + i * shape->size,
                         (const char *)b->rows + i * shape->size);
    return same;
}

static bool same_bytes(const struct bytes *a, const struct bytes *b)
{
    return a->size == b->size && (a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0);
}

bool field_same(const struct field *field, const void *a, const void *b)
{
    const void *x = field_of(field, a), *y = field_of(field, b);
    switch ((int)field->kind) {
    case FIELD_TEXT:
        return text_same(*(const char *const *)x, *(const char *const *)y);
    case FIELD_BYTES:
        return same_bytes(x, y);
    case FIELD_TEXTS:
        return same_texts(x, y);
    case FIELD_LIST:
        return same_list(field->shape, x, y);
    case FIELD_OBJECT:
        if (!*(void *const *)x || !*(void *const *)y)
            return *(void *const *)x == *(void *const *)y;
        return same_rows(field->shape, *(void *const *)x, *(void *const *)y);
    default:
        return memcmp(x, y, kind_sizes[field->kind]) == 0;
    }
}

static void set_none(const struct field *field, void *row)
{
    void *at = field_at(field, row);
    memset(at, 0, kind_sizes[field->kind]);
    if (field->kind == FIELD_DAY)
        *(int32_t *)at = DAY_NONE;
    if (field->flags & NULLABLE)
        *(int64_t *)at = INTEGER_NONE;
}

void shape_init_field(const struct field *field, void *row)
{
    set_none(field, row);
    void *at = field_at(field, row);
    if (field->initial == 0)
        return;
    if (field->kind == FIELD_BOOLEAN)
        *(bool *)at = true;
    else if (field->kind == FIELD_CHOICE)
        *(int *)at = (int)field->initial;
    else
        *(int64_t *)at = field->initial;
}

void shape_init(const struct shape *shape, void *row)
{
    for (size_t i = 0; i < shape->field_count; i++)
        shape_init_field(&shape->fields[i], row);
}

void shape_clear(const struct shape *shape, void *row)
{
    for (size_t i = 0; i < shape->field_count; i++)
        set_none(&shape->fields[i], row);
}

void shape_copy(const struct shape *shape, const void *from, void *to)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        if (!(field->flags & (FROM_PATH | FROM_QUERY)))
            memcpy(field_at(field, to), field_of(field, from), kind_sizes[field->kind]);
    }
}

static void clone_members(struct arena *arena, const struct shape *shape, void *row);

static void clone_texts(struct arena *arena, struct texts *texts)
{
    const char **copies = arena_array(arena, texts->count, sizeof *copies);
    for (size_t i = 0; i < texts->count; i++)
        copies[i] = arena_text(arena, texts->texts[i]);
    texts->texts = copies;
}

static void clone_list(struct arena *arena, const struct shape *shape, struct list *list)
{
    char *rows = arena_copy(arena, list->rows, list->count * shape->size);
    list->rows = rows;
    for (size_t i = 0; i < list->count; i++)
        clone_members(arena, shape, rows + i * shape->size);
}

/* What a member of the copy still shares with the original. */
static void clone_member(struct arena *arena, const struct field *field, void *at)
{
    struct bytes *bytes = at;
    if (field->kind == FIELD_TEXT)
        *(const char **)at = arena_text(arena, *(const char **)at);
    else if (field->kind == FIELD_BYTES)
        bytes->bytes = arena_copy(arena, bytes->bytes, bytes->size);
    else if (field->kind == FIELD_TEXTS)
        clone_texts(arena, at);
    else if (field->kind == FIELD_OBJECT)
        *(void **)at = shape_clone(arena, field->shape, *(void **)at);
    else if (field->kind == FIELD_LIST)
        clone_list(arena, field->shape, at);
}

static void clone_members(struct arena *arena, const struct shape *shape, void *row)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        if (!field_is_none(field, row))
            clone_member(arena, field, field_at(field, row));
    }
}

void *shape_clone(struct arena *arena, const struct shape *shape, const void *row)
{
    void *copy = arena_copy(arena, row, shape->size);
    clone_members(arena, shape, copy);
    return copy;
}

const char *shape_currency(const struct shape *shape, const void *row)
{
    const struct field *field = shape_field(shape, "currency", NULL);
    return field ? *(const char *const *)field_of(field, row) : NULL;
}

const char *choice_name(const struct choices *choices, int value)
{
    must(value >= 0 && (size_t)value < choices->count);
    return choices->names[value];
}

int choice_value(const struct choices *choices, const char *name)
{
    for (size_t i = 1; i < choices->count; i++) {
        if (strcmp(choices->names[i], name) == 0)
            return (int)i;
    }
    return 0;
}
