#include "db/postgres_asked.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"

static void append(struct asked_list *list, const void *bytes, size_t size)
{
    if (list->size + size > list->room) {
        list->room = (list->size + size) * 2;
        list->bytes = realloc(list->bytes, list->room);
        must(list->bytes);
    }
    if (size > 0)
        memcpy(list->bytes + list->size, bytes, size);
    list->size += size;
}

/* All that makes one value another, so that equal bytes mean equal values. */
static void append_values(struct asked_list *list, const struct statement *statement,
                          const struct value *values)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct value *value = &values[i];
        const int64_t head[] = {value->kind, value->is_null, value->is_null ? 0 : value->integer,
                                value->is_null ? 0 : (int64_t)value->size};
        append(list, head, sizeof head);
        append(list, value->bytes, (size_t)head[3]);
    }
}

struct asked *asked_add(struct asked_list *list, const struct statement *statement,
                        const struct value *values)
{
    if (list->count == ASKED_LIMIT)
        return NULL;
    struct asked *asked = &list->all[list->count++];
    *asked = (struct asked){.statement = statement, .values = list->size};
    append_values(list, statement, values);
    asked->values_size = list->size - asked->values;
    return asked;
}

struct asked *asked_find(struct asked_list *list, const struct statement *statement,
                         const struct value *values)
{
    if (list->count == 0)
        return NULL;
    size_t end = list->size;
    struct asked *found = NULL;
    append_values(list, statement, values);
    for (size_t i = 0; i < list->count && !found; i++) {
        struct asked *asked = &list->all[i];
        if (asked->statement == statement && asked->values_size == list->size - end &&
            memcmp(list->bytes + asked->values, list->bytes + end, asked->values_size) == 0)
            found = asked;
    }
    list->size = end;
    return found;
}

PGresult *asked_take(struct asked *asked)
{
    PGresult *rows = asked->rows;
    asked->statement = NULL;
    asked->rows = NULL;
    return rows;
}

void asked_forget(struct asked_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        PQclear(list->all[i].rows);
    list->count = 0;
    list->size = 0;
}

void asked_free(struct asked_list *list)
{
    asked_forget(list);
    free(list->bytes);
}
