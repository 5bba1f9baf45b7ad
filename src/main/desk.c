#include "main/desk.h"

#include <string.h>

#include "action/perform.h"
#include "base/limits.h"
#include "base/must.h"

static struct call desk_call(struct desk *desk)
{
    struct call call = call_by(&desk->house.app, desk->arena, desk->company.number, ACTOR_OPERATOR);
    call.store.session = desk->reading;
    return call;
}

static enum error find_by_slug(struct desk *desk, const char *slug, struct fault *fault)
{
    struct call call = desk_call(desk);
    bool found = false;
    enum error error = db_begin(desk->reading, fault);
    if (error)
        return error;
    error = find_company(&call.store, slug, &desk->company, &found, fault);
    db_rollback(desk->reading);
    if (!error && !found)
        return refuse(fault, ERROR_NOT_FOUND, slug, "no company has this short name");
    return error;
}

enum error desk_open(const struct command_call *call, enum house_use use, const char *slug,
                     struct desk *desk, struct fault *fault)
{
    *desk = (struct desk){.arena = call->arena};
    enum error error = house_open(call->config, use, &desk->house, fault);
    if (error)
        return error;
    desk->reading = readers_take(desk->house.readers);
    error = find_by_slug(desk, slug, fault);
    if (error)
        desk_close(desk);
    return error;
}

void desk_close(struct desk *desk)
{
    readers_put(desk->house.readers, desk->reading);
    house_close(&desk->house);
}

enum error desk_perform(struct desk *desk, const struct operation *operation, void *in, void *out,
                        struct fault *fault)
{
    struct call call = desk_call(desk);
    if (!operation->writes)
        return perform_reading(&call, desk->reading, operation, in, out, fault);
    return perform_writing(&call, house_writer(&desk->house, desk->company.number), desk->reading,
                           operation, in, out, fault);
}

/* ---- lists --------------------------------------------------------------------------------- */

static void put_behind(struct arena *arena, size_t row_size, const struct list *more,
                       struct list *all)
{
    char *rows = arena_array(arena, all->count + more->count, row_size);
    if (all->count > 0)
        memcpy(rows, all->rows, all->count * row_size);
    if (more->count > 0)
        memcpy(rows + all->count * row_size, more->rows, more->count * row_size);
    *all = (struct list){rows, all->count + more->count};
}

enum error desk_list(struct desk *desk, const struct operation *operation, void *query,
                     struct list *all, struct fault *fault)
{
    struct page_query *asked = query;
    const struct field *items = shape_field(operation->out, "items", NULL);
    struct page page;
    must(items);
    *all = (struct list){0};
    asked->limit = PAGE_LIMIT;
    do {
        enum error error = desk_perform(desk, operation, query, &page, fault);
        if (error)
            return error;
        put_behind(desk->arena, items->shape->size, &page.items, all);
        asked->cursor = page.next_cursor;
    } while (page.next_cursor);
    return OK;
}

/* ---- users --------------------------------------------------------------------------------- */

enum error desk_find_user(struct desk *desk, const char *email, struct user *user,
                          struct fault *fault)
{
    struct call call = desk_call(desk);
    bool found = false;
    enum error error = db_begin(desk->reading, fault);
    if (error)
        return error;
    error = find_user_by_email(&call.store, email, user, &found, fault);
    db_rollback(desk->reading);
    if (!error && !found)
        return refuse(fault, ERROR_NOT_FOUND, email, "no user has this address");
    return error;
}
