#include "store/kept.h"

#include <string.h>

#include "base/must.h"
#include "core/webhook_endpoint.h"
#include "store/statements.h"

enum { BUCKETS = 256 };

/* What a leaf tells of, newest first. */
struct kept_leaf {
    struct kept_leaf *older;
    uint64_t position;
    struct id engagement_id; /* none: of no engagement */
};

struct kept_log {
    bool is_read;
    uint64_t read_size; /* leaves from here on are known */
    uint64_t stored_size;
    struct merkle_frontier frontier;
    struct kept_leaf *leaves;
};

struct kept_series {
    struct kept_series *next;
    const char *kind;
    int year;
    int64_t stored_next; /* 0: not stored yet */
    int64_t next_number;
};

struct kept_company {
    struct kept_company *next; /* of its bucket */
    int64_t number;
    struct kept_log log;
    struct kept_series *series;
    bool has_endpoints;
    struct list endpoints;

    bool is_changed; /* in this transaction */
    struct kept_company *next_changed;
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
    struct kept_company *buckets[BUCKETS]; /* by number */
    bool is_holder;                        /* or has to become it with the first change */

    /* Of this transaction: */
    struct kept_company *changed;
    struct kept_day *days;
};

/* ---- whether it still holds ---------------------------------------------------------------- */

/* What was kept holds while no other process has written in the lane. One that does not know of
 * this would be noticed, too: it has appended a leaf, and the next one here claims the same place.
 */
static enum error check_kept(struct store *store, struct fault *fault)
{
    struct write_group *group = store->group;
    struct bytes holder = {0};
    enum error error = store_bytes(store, &sql_lane_holder,
                                   PARAMS({"lane", value_integer(group->lane)}), &holder, fault);
    if (error)
        return error;
    bool is_holder = holder.size == sizeof group->writer &&
                     memcmp(holder.bytes, &group->writer, sizeof group->writer) == 0;
    if (!is_holder || !group->kept) {
        arena_reset(group->kept_arena);
        group->kept = arena_alloc(group->kept_arena, sizeof(struct kept));
    }
    ((struct kept *)group->kept)->is_holder = is_holder;
    group->kept_holds = true;
    return OK;
}

static enum error find_kept(struct store *store, struct kept **kept, struct fault *fault)
{
    enum error error = store->group->kept_holds ? OK : check_kept(store, fault);
    *kept = store->group->kept;
    return error;
}

static enum error become_holder(struct store *store, struct kept *kept, struct fault *fault)
{
    const struct write_group *group = store->group;
    if (kept->is_holder)
        return OK;
    kept->is_holder = true;
    return store_change(store, &sql_lane_hold,
                        PARAMS({"lane", value_integer(group->lane)},
                               {"holder", value_bytes(&group->writer, sizeof group->writer)}),
                        NULL, NULL, 1, fault);
}

/* ---- a company ----------------------------------------------------------------------------- */

static enum error find_company(struct store *store, struct kept_company **company,
                               struct fault *fault)
{
    struct kept *kept;
    enum error error = find_kept(store, &kept, fault);
    if (error)
        return error;
    struct kept_company **bucket = &kept->buckets[(uint64_t)store->company % BUCKETS];
    *company = *bucket;
    while (*company && (*company)->number != store->company)
        *company = (*company)->next;
    if (*company)
        return OK;
    *company = arena_alloc(store->group->kept_arena, sizeof **company);
    (*company)->number = store->company;
    (*company)->next = *bucket;
    *bucket = *company;
    return OK;
}

/* So that it is written with the group. */
static void note_change(struct store *store, struct kept_company *company)
{
    struct kept *kept = store->group->kept;
    store->group->changed = true;
    if (company->is_changed)
        return;
    company->is_changed = true;
    company->next_changed = kept->changed;
    kept->changed = company;
}

/* ---- the log ------------------------------------------------------------------------------- */

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

static enum error find_log(struct store *store, struct kept_company **company, struct fault *fault)
{
    enum error error = find_company(store, company, fault);
    if (error || (*company)->log.is_read)
        return error;
    struct kept_log *log = &(*company)->log;
    error = load_frontier(store, &log->frontier, fault);
    log->is_read = !error;
    log->read_size = log->stored_size = log->frontier.size;
    return error;
}

enum error kept_log_frontier(struct store *store, struct merkle_frontier **frontier,
                             struct fault *fault)
{
    struct kept_company *company;
    if (!store->group) {
        *frontier = arena_alloc(store->arena, sizeof **frontier);
        return load_frontier(store, *frontier, fault);
    }
    enum error error = find_log(store, &company, fault);
    if (!error)
        *frontier = &company->log.frontier;
    return error;
}

enum error keep_leaf(struct store *store, struct id engagement_id, struct fault *fault)
{
    struct kept_company *company;
    enum error error = find_log(store, &company, fault);
    if (error)
        return error;
    struct kept_log *log = &company->log;
    must(log->frontier.size > log->read_size);
    struct kept_leaf *leaf = arena_alloc(store->group->kept_arena, sizeof *leaf);
    *leaf = (struct kept_leaf){log->leaves, log->frontier.size - 1, engagement_id};
    log->leaves = leaf;
    note_change(store, company);
    return OK;
}

enum error is_log_quiet(struct store *store, int64_t since, struct id engagement_id, bool *quiet,
                        struct fault *fault)
{
    struct kept_company *company;
    enum error error = find_log(store, &company, fault);
    if (error)
        return error;
    const struct kept_log *log = &company->log;
    if ((uint64_t)since < log->read_size) {
        int64_t count = 0;
        error = store_count(
            store, &sql_leaf_tells_of,
            PARAMS({"since", value_integer(since)}, {"engagement_id", value_id(&engagement_id)}),
            &count, fault);
        *quiet = count == 0;
        return error;
    }
    const struct kept_leaf *leaf = log->leaves;
    while (leaf && leaf->position >= (uint64_t)since && !id_is_none(leaf->engagement_id) &&
           !id_equal(leaf->engagement_id, engagement_id))
        leaf = leaf->older;
    *quiet = !leaf || leaf->position < (uint64_t)since;
    return OK;
}

static enum error flush_log(struct store *store, struct kept_log *log, struct fault *fault)
{
    uint8_t bytes[MERKLE_FRONTIER_LIMIT];
    if (log->frontier.size == log->stored_size)
        return OK;
    size_t size = merkle_frontier_write(&log->frontier, bytes);
    log->stored_size = log->frontier.size;
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

static struct kept_series *find_series(const struct kept_company *company, const char *kind,
                                       int year)
{
    struct kept_series *series = company->series;
    while (series && !(series->year == year && strcmp(series->kind, kind) == 0))
        series = series->next;
    return series;
}

enum error take_number(struct store *store, const char *kind, int year, int64_t *number,
                       struct fault *fault)
{
    struct kept_company *company;
    enum error error = find_company(store, &company, fault);
    if (error)
        return error;
    struct kept_series *series = find_series(company, kind, year);
    if (!series) {
        struct arena *arena = store->group->kept_arena;
        series = arena_alloc(arena, sizeof *series);
        *series = (struct kept_series){.kind = arena_text(arena, kind), .year = year};
        error = load_series(store, series, fault);
        if (error)
            return error;
        series->next = company->series;
        company->series = series;
    }
    note_change(store, company);
    *number = series->next_number++;
    return OK;
}

enum error next_number(struct store *store, const char *kind, int year, int64_t *number,
                       struct fault *fault)
{
    struct kept_company *company;
    struct kept_series *known = NULL;
    struct kept_series stored = {.kind = kind, .year = year};
    enum error error = store->group ? find_company(store, &company, fault) : OK;
    if (!error && store->group)
        known = find_series(company, kind, year);
    if (!error && !known)
        error = load_series(store, &stored, fault);
    *number = known ? known->next_number : stored.next_number;
    return error;
}

enum error is_series_used(struct store *store, const char *kind, bool *is_used, struct fault *fault)
{
    struct kept_company *company;
    int64_t count = 0;
    enum error error = store->group ? find_company(store, &company, fault) : OK;
    for (struct kept_series *series = !error && store->group ? company->series : NULL; series;
         series = series->next)
        count += strcmp(series->kind, kind) == 0 && series->next_number > 1;
    if (!error && count == 0)
        error = store_count(store, &sql_number_series_count, PARAMS({"kind", value_text(kind)}),
                            &count, fault);
    *is_used = count > 0;
    return error;
}

static enum error flush_series(struct store *store, struct kept_series *series, struct fault *fault)
{
    if (series->next_number == series->stored_next || series->next_number == 1)
        return OK;
    series->stored_next = series->next_number;
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

enum error keep_posting(struct store *store, int32_t day, const char *currency,
                        const struct ledger_posting *posting, struct fault *fault)
{
    struct arena *arena = store->group->arena;
    struct kept *kept;
    enum error error = find_kept(store, &kept, fault);
    if (error)
        return error;
    store->group->changed = true;
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
    return OK;
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
    struct kept_company *company;
    enum error error = find_company(store, &company, fault);
    if (!error && !company->has_endpoints) {
        struct store kept_store = *store;
        kept_store.arena = store->group->kept_arena;
        error = store_list(&kept_store, &sql_webhook_endpoint_list_active, NO_PARAMS,
                           &webhook_endpoint_shape, &company->endpoints, fault);
        company->has_endpoints = !error;
    }
    if (!error)
        *endpoints = company->endpoints;
    return error;
}

enum error kept_forget_endpoints(struct store *store, struct fault *fault)
{
    struct kept_company *company;
    enum error error = find_company(store, &company, fault);
    if (!error)
        company->has_endpoints = false;
    return error;
}

/* ---- the group's end ----------------------------------------------------------------------- */

static enum error flush_company(struct store *store, struct kept_company *company,
                                struct fault *fault)
{
    store->company = company->number;
    company->is_changed = false;
    enum error error = flush_log(store, &company->log, fault);
    for (struct kept_series *series = company->series; !error && series; series = series->next)
        error = flush_series(store, series, fault);
    return error;
}

enum error kept_flush(struct write_group *group, struct fault *fault)
{
    struct kept *kept;
    struct store store = {.session = group->session, .group = group, .arena = group->arena};
    enum error error = find_kept(&store, &kept, fault);
    if (!error)
        error = become_holder(&store, kept, fault);
    for (struct kept_company *each = error ? NULL : kept->changed; !error && each;
         each = each->next_changed)
        error = flush_company(&store, each, fault);
    for (struct kept_day *day = error ? NULL : kept->days; !error && day; day = day->next)
        error = flush_day(&store, day, fault);
    if (error)
        return error;
    kept->changed = NULL;
    kept->days = NULL;
    return OK;
}
