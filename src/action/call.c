#include "action/call.h"

#include <string.h>

#include "action/zoned_day.h"
#include "base/json.h"
#include "base/must.h"
#include "platform/random.h"

struct id call_id(const struct call *call)
{
    return new_id(call->app->clock);
}

int32_t call_today(const struct call *call, const char *zone)
{
    return zoned_day(zone, call->now_ms);
}

enum error load_row(struct call *call, const struct shape *shape, struct id id, void *row,
                    struct fault *fault)
{
    return store_load(&call->store, shape, id, row, fault);
}

static const struct field *must_field(const struct shape *shape, const char *name)
{
    const struct field *field = shape_field(shape, name, NULL);
    must(field);
    return field;
}

static int64_t version_of(const struct shape *shape, const void *row)
{
    const struct field *field = shape_field(shape, "version", NULL);
    return field ? *(const int64_t *)field_of(field, row) : 1;
}

enum error check_version(const struct call *call, const struct shape *shape, const void *row,
                         struct fault *fault)
{
    int64_t version = version_of(shape, row);
    if (call->expected_version == 0 || version == call->expected_version)
        return OK;
    return refuse(fault, ERROR_STALE, "If-Match", "this %s is at version %lld, not %lld",
                  shape->name, (long long)version, (long long)call->expected_version);
}

enum error load_subject(struct call *call, const struct shape *shape, struct id id, void *row,
                        struct fault *fault)
{
    enum error error = load_row(call, shape, id, row, fault);
    return error ? error : check_version(call, shape, row, fault);
}

struct hash row_hash(struct arena *arena, const struct shape *shape, const void *row,
                     const struct salt *salt)
{
    struct text_buffer text = text_buffer_in(arena);
    json_write_shape(&text, shape, row, JSON_CANONICAL);
    return salted_hash(salt, text.bytes, text.size);
}

bool field_is_owned(const struct field *field)
{
    return field->kind == FIELD_LIST && (field->flags & NOT_STORED) &&
           !shape_field(field->shape, "id", NULL);
}

const char *owned_kind(struct arena *arena, const struct shape *shape, const struct field *field)
{
    return arena_format(arena, "%s_%s", shape->name, field->name);
}

const char *owned_text(struct arena *arena, const struct shape *shape, const struct field *field,
                       const void *row)
{
    struct text_buffer text = text_buffer_in(arena);
    must(strcmp("id", field->name) < 0); /* members stand in the order of their names */
    text_put_text(&text, "{\"id\":");
    json_write_member(&text, shape, must_field(shape, "id"), row, JSON_CANONICAL);
    text_printf(&text, ",\"%s\":", field->name);
    json_write_member(&text, shape, field, row, JSON_CANONICAL);
    text_put_char(&text, '}');
    return text.bytes;
}

/* Room for one more at the end of a growing array in the arena. */
static void *grown(struct call *call, void *rows, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return rows;
    *room = *room ? *room * 2 : 16;
    void *larger = arena_array(call->arena, *room, size);
    if (count > 0)
        memcpy(larger, rows, count * size);
    return larger;
}

static void add_change(struct call *call, const struct change *change)
{
    call->is_too_large = call->is_too_large || call->change_count == CHANGES_MAX;
    if (call->is_too_large)
        return;
    call->changes =
        grown(call, call->changes, call->change_count, &call->change_room, sizeof *call->changes);
    call->changes[call->change_count++] = *change;
}

static struct id id_of(const struct shape *shape, const void *row)
{
    return *(const struct id *)field_of(must_field(shape, "id"), row);
}

static void remember(struct call *call, const struct shape *shape, const void *row)
{
    if (!table_of(shape)->is_proven)
        return;
    add_change(call, &(struct change){
                         .kind = shape->name,
                         .id = id_of(shape, row),
                         .version = version_of(shape, row),
                         .hash = row_hash(call->arena, shape, row, &call->salt),
                         .belonging = row_belonging(shape, row),
                     });
}

static void remember_owned(struct call *call, const struct shape *shape, const void *row)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        if (!field_is_owned(field))
            continue;
        const char *text = owned_text(call->arena, shape, field, row);
        add_change(call, &(struct change){
                             .kind = owned_kind(call->arena, shape, field),
                             .id = id_of(shape, row),
                             .version = 1,
                             .hash = salted_hash(&call->salt, text, strlen(text)),
                             .belonging = row_belonging(shape, row),
                         });
    }
}

enum error insert_row(struct call *call, const struct shape *shape, void *row, struct fault *fault)
{
    enum error error = store_insert(&call->store, shape, row, fault);
    if (error)
        return error;
    remember(call, shape, row);
    remember_owned(call, shape, row);
    return OK;
}

enum error save_row(struct call *call, const struct shape *shape, void *row, struct fault *fault)
{
    enum error error = store_save(&call->store, shape, row, fault);
    if (!error)
        remember(call, shape, row);
    return error;
}

void happened(struct call *call, const char *event, struct id subject_id, struct id engagement_id)
{
    call->is_too_large = call->is_too_large || call->event_count == EVENTS_MAX;
    if (call->is_too_large)
        return;
    call->events =
        grown(call, call->events, call->event_count, &call->event_room, sizeof *call->events);
    call->events[call->event_count++] = (struct event){event, subject_id, engagement_id};
}
