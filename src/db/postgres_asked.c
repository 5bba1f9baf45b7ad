#include "db/postgres_asked.h"

#include <string.h>

#include "base/must.h"
#include "db/postgres_many.h"

static const struct value *copy_values(struct asked_list *list, const struct value *values,
                                       size_t count)
{
    struct value *copies = arena_copy(list->arena, values, count * sizeof *values);
    for (size_t i = 0; i < count; i++) {
        if (copies[i].bytes)
            copies[i].bytes = arena_copy(list->arena, values[i].bytes, values[i].size);
    }
    return copies;
}

struct asked *asked_add(struct asked_list *list, const struct statement *statement,
                        const struct value *values)
{
    if (list->count == ASKED_LIMIT)
        return NULL;
    if (!list->arena)
        list->arena = arena_new();
    struct asked *asked = &list->all[list->count++];
    *asked = (struct asked){.statement = statement};
    asked->values = copy_values(list, values, statement->parameter_count);
    return asked;
}

static bool is_same(const struct value *one, const struct value *other)
{
    if (one->kind != other->kind || one->is_null != other->is_null)
        return false;
    if (one->is_null)
        return true;
    if (one->kind == VALUE_INTEGER)
        return one->integer == other->integer;
    return one->size == other->size &&
           (one->size == 0 || !memcmp(one->bytes, other->bytes, one->size));
}

static bool is_asked(const struct asked *asked, const struct statement *statement,
                     const struct value *values)
{
    bool same = asked->statement == statement;
    for (size_t i = 0; same && i < statement->parameter_count; i++)
        same = is_same(&asked->values[i], &values[i]);
    return same;
}

struct asked *asked_find(struct asked_list *list, const struct statement *statement,
                         const struct value *values)
{
    for (size_t i = 0; i < list->count; i++) {
        if (is_asked(&list->all[i], statement, values))
            return &list->all[i];
    }
    return NULL;
}

void asked_arrived(struct asked_list *list, struct asked *first, PGresult *result)
{
    list->results[list->result_count++] = result;
    struct result_part whole = {result, 0, PQntuples(result), PQnfields(result)};
    if (!first->next) {
        first->rows = whole;
        return;
    }
    int row = 0;
    int64_t number = 1;
    for (struct asked *asked = first; asked; asked = asked->next, number++)
        asked->rows = many_take(&whole, &row, number);
    must(row == whole.end);
}

void asked_forget(struct asked_list *list)
{
    for (size_t i = 0; i < list->result_count; i++)
        PQclear(list->results[i]);
    if (list->count > 0)
        arena_reset(list->arena);
    list->count = list->sent = 0;
    list->result_count = 0;
}

void asked_free(struct asked_list *list)
{
    asked_forget(list);
    arena_free(list->arena);
}
