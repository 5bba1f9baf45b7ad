#include "store/kept.h"

#include <string.h>

#include "base/must.h"
#include "core/webhook_endpoint.h"
#include "store/statements.h"

struct kept_log {
    struct kept_log *next;
    int64_t company;
    uint64_t stored_size;
    struct merkle_frontier frontier;
};

struct kept_series {
    struct kept_series *next;
    int64_t company;
    const char *kind;
    int year;
    int64_t stored_next; /* 0: not stored yet */
    int64_t next_number;
};

struct kept_endpoints {
    struct kept_endpoints *next;
    int64_t company;
    struct list endpoints;
};

struct kept_day {
    struct kept_day *next;
    int64_t company;
    int32_t day;
    const char *account;
    const char *currency;
    int64_t debit_minor;
    int64_t credit_minor;
};

struct kept {
    struct kept_log *logs;
    struct kept_series *series;
    struct kept_endpoints *endpoints;
    struct kept_day *days;
};

static struct kept *kept_of(struct write_group *group)
{
    if (!group->kept)
        group->kept = arena_alloc(group->arena, sizeof(struct kept));
    return group->kept;
}

/* ---- the log's frontier -------------------------------------------------------------------- */

static enum error load_frontier(struct store *store, struct merkle_frontier *frontier,
                                struct fault *fault)
{
    struct bytes stored = {0};
    enum error error = store_bytes(store, &sql_log_head_load, NO_PARAMS, &stored, fault);
    if (error || !stored.bytes)
        return error;
    if (!merkle_frontier_read(stored.bytes, stored.size, frontier))
        return refuse(fault, ERROR_INTERNAL, NULL, "the stored log frontier cannot be read");
    return OK;
}

enum error kept_log_frontier(struct store *store, struct merkle_frontier **frontier,
                             struct fault *fault)
{
    if (!store->group) {
        *frontier = arena_alloc(store->arena, sizeof **frontier);
        return load_frontier(store, *frontier, fault);
    }
    struct kept *kept = kept_of(store->group);
    struct kept_log *log = kept->logs;
    while (log && log->company != store->company)
        log = log->next;
    if (!log) {
        log = arena_alloc(store->group->arena, sizeof *log);
        enum error error = load_frontier(store, &log->frontier, fault);
        if (error)
            return error;
        log->company = store->company;
        log->stored_size = log->frontier.size;
        log->next = kept->logs;
        kept->logs = log;
    }
    *frontier = &log->frontier;
    return OK;
}

static enum error flush_log(struct store *store, struct kept_log *log, struct fault *fault)
{
    uint8_t bytes[MERKLE_FRONTIER_LIMIT];
    if (log->frontier.size == log->stored_size)
        return OK;
    size_t size = merkle_frontier_write(&log->frontier, bytes);
    store->company = log->company;
    return store_change(store, &sql_log_head_put,
                        PARAMS({"size", value_integer((int64_t)log->frontier.size)},
                               {"frontier", value_bytes(bytes, size)}),
                        NULL, NULL, 1, fault);
}

/* ---- number series ------------------------------------------------------------------------- */

static enum error load_series(struct store *store, struct kept_series *series, struct fault *fault)
{
    enum error error = store_count(
        store, &sql_number_series_load,
        PARAMS({"kind", value_text(series->kind)}, {"year", value_integer(series->year)}),
        &series->stored_next, fault);
    series->next_number = series->stored_next ? series->stored_next : 1;
    return error;
}

static struct kept_series *find_series(struct kept *kept, int64_t company, const char *kind,
                                       int year)
{
    struct kept_series *series = kept->series;
    while (series &&
           !(series->company == company && series->year == year && strcmp(series->kind, kind) == 0))
        series = series->next;
    return series;
}

enum error take_number(struct store *store, const char *kind, int year, int64_t *number,
                       struct fault *fault)
{
    struct kept *kept = kept_of(store->group);
    struct kept_series *series = find_series(kept, store->company, kind, year);
    if (!series) {
        series = arena_alloc(store->group->arena, sizeof *series);
        series->company = store->company;
        series->kind = arena_text(store->group->arena, kind);
        series->year = year;
        enum error error = load_series(store, series, fault);
        if (error)
            return error;
        series->next = kept->series;
        kept->series = series;
    }
    store->group->changed = true;
    *number = series->next_number++;
    return OK;
}

enum error next_number(struct store *store, const char *kind, int year, int64_t *number,
                       struct fault *fault)
{
    struct kept_series *known =
        store->group ? find_series(kept_of(store->group), store->company, kind, year) : NULL;
    struct kept_series stored = {.kind = kind, .year = year};
    enum error error = known ? OK : load_series(store, &stored, fault);
    *number = known ? known->next_number : stored.next_number;
    return error;
}

enum error is_series_used(struct store *store, const char *kind, bool *is_used, struct fault *fault)
{
    int64_t count = 0;
    struct kept_series *series = store->group ? kept_of(store->group)->series : NULL;
    for (; series; series = series->next) {
        if (series->company == store->company && strcmp(series->kind, kind) == 0)
            count += series->next_number > 1;
    }
    enum error error = count > 0 ? OK
                                 : store_count(store, &sql_number_series_count,
                                               PARAMS({"kind", value_text(kind)}), &count, fault);
    *is_used = count > 0;
    return error;
}

static enum error flush_series(struct store *store, struct kept_series *series, struct fault *fault)
{
    if (series->next_number == series->stored_next || series->next_number == 1)
        return OK;
    store->company = series->company;
    return store_change(store, &sql_number_series_put,
                        PARAMS({"kind", value_text(series->kind)},
                               {"year", value_integer(series->year)},
                               {"next", value_integer(series->next_number)}),
                        NULL, NULL, 1, fault);
}

/* ---- the ledger's days --------------------------------------------------------------------- */

static struct kept_day *find_day(struct kept *kept, int64_t company, int32_t day,
                                 const char *account, const char *currency)
{
    struct kept_day *found = kept->days;
    while (found &&
           !(found->company == company && found->day == day &&
             strcmp(found->account, account) == 0 && strcmp(found->currency, currency) == 0))
        found = found->next;
    return found;
}

void keep_posting(struct store *store, int32_t day, const char *currency,
                  const struct ledger_posting *posting)
{
    struct arena *arena = store->group->arena;
    struct kept *kept = kept_of(store->group);
    struct kept_day *found = find_day(kept, store->company, day, posting->account, currency);
    if (!found) {
        found = arena_alloc(arena, sizeof *found);
        found->company = store->company;
        found->day = day;
        found->account = arena_text(arena, posting->account);
        found->currency = arena_text(arena, currency);
        found->next = kept->days;
        kept->days = found;
    }
    if (posting->amount_minor > 0)
        found->debit_minor += posting->amount_minor;
    else
        found->credit_minor -= posting->amount_minor;
}

static enum error flush_day(struct store *store, const struct kept_day *day, struct fault *fault)
{
    store->company = day->company;
    return store_change(store, &sql_ledger_day_add,
                        PARAMS({"day", value_integer(day->day)},
                               {"account", value_text(day->account)},
                               {"currency", value_text(day->currency)},
                               {"debit_minor", value_integer(day->debit_minor)},
                               {"credit_minor", value_integer(day->credit_minor)}),
                        NULL, NULL, 1, fault);
}

/* ---- webhook endpoints --------------------------------------------------------------------- */

enum error kept_endpoints(struct store *store, struct list *endpoints, struct fault *fault)
{
    struct kept *kept = kept_of(store->group);
    struct kept_endpoints *known = kept->endpoints;
    while (known && known->company != store->company)
        known = known->next;
    if (!known) {
        struct store group_store = *store;
        group_store.arena = store->group->arena;
        known = arena_alloc(store->group->arena, sizeof *known);
        enum error error = store_list(&group_store, &sql_webhook_endpoint_list_active, NO_PARAMS,
                                      &webhook_endpoint_shape, &known->endpoints, fault);
        if (error)
            return error;
        known->company = store->company;
        known->next = kept->endpoints;
        kept->endpoints = known;
    }
    *endpoints = known->endpoints;
    return OK;
}

void kept_forget_endpoints(struct store *store)
{
    struct kept_endpoints **at = &kept_of(store->group)->endpoints;
    while (*at && (*at)->company != store->company)
        at = &(*at)->next;
    if (*at)
        *at = (*at)->next;
}

enum error kept_flush(struct write_group *group, struct fault *fault)
{
    struct kept *kept = kept_of(group);
    struct store store = {.session = group->session, .group = group, .arena = group->arena};
    enum error error = OK;
    for (struct kept_log *log = kept->logs; !error && log; log = log->next)
        error = flush_log(&store, log, fault);
    for (struct kept_series *series = kept->series; !error && series; series = series->next)
        error = flush_series(&store, series, fault);
    for (struct kept_day *day = kept->days; !error && day; day = day->next)
        error = flush_day(&store, day, fault);
    return error;
}
