#include "action/call.h"

#include <string.h>

#include "base/day.h"
#include "base/json.h"
#include "base/must.h"
#include "platform/random.h"
#include "platform/zone.h"

struct id call_id(const struct call *call)
{
    return new_id(call->app->clock);
}

int32_t call_today(const struct call *call, const char *zone)
{
    const struct zone *found = zone ? zone_find(zone) : NULL;
    return found ? zone_local_day(found, call->now_ms) : time_day(call->now_ms);
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

static struct change *change_of(struct call *call, const struct shape *shape, struct id id)
{
    for (size_t i = 0; i < call->change_count; i++) {
        if (call->changes[i].shape == shape && id_equal(call->changes[i].id, id))
            return &call->changes[i];
    }
    if (call->change_count == call->change_room) {
        size_t room = call->change_room ? call->change_room * 2 : 16;
        must(room <= CHANGES_MAX);
        struct change *larger = arena_array(call->arena, room, sizeof *larger);
        if (call->change_count > 0)
            memcpy(larger, call->changes, call->change_count * sizeof *larger);
        call->changes = larger;
        call->change_room = room;
    }
    return &call->changes[call->change_count++];
}

static void remember(struct call *call, const struct shape *shape, const void *row)
{
    if (!table_of(shape)->is_proven)
        return;
    struct id id = *(const struct id *)field_of(must_field(shape, "id"), row);
    *change_of(call, shape, id) = (struct change){
        .shape = shape,
        .id = id,
        .version = version_of(shape, row),
        .hash = row_hash(call->arena, shape, row, &call->salt),
    };
}

enum error insert_row(struct call *call, const struct shape *shape, void *row, struct fault *fault)
{
    enum error error = store_insert(&call->store, shape, row, fault);
    if (!error)
        remember(call, shape, row);
    return error;
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
    must(call->event_count < EVENTS_MAX);
    call->events[call->event_count++] = (struct event){event, subject_id, engagement_id};
}
