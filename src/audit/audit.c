#include "audit/audit.h"

#include <string.h>

#include "action/company.h"
#include "action/evidence.h"
#include "audit/check.h"
#include "base/must.h"
#include "store/audit.h"
#include "store/walk.h"

/* ---- going through a table ----------------------------------------------------------------- */

/* Once a batch cannot be read: its rows one by one, to find out which. */
static enum error walk_singly(struct audit *audit, const struct audit_walk *walk, struct id *after,
                              struct fault *fault)
{
    struct list ids;
    struct call *call = audit->call;
    enum error error = store_walk_ids(&call->store, walk->shape, after, &ids, fault);
    void *row = arena_alloc(call->arena, walk->shape->size);
    for (size_t i = 0; !error && i < ids.count; i++) {
        struct id id = *LIST_AT(struct id, ids, i);
        const struct list single = {row, 1};
        error = store_load(&call->store, walk->shape, id, row, fault);
        if (!error)
            error = walk->visit(audit, &single, walk->context, fault);
        else if (error == ERROR_INTERNAL)
            error = walk->unreadable
                        ? walk->unreadable(audit, id, fault->detail, walk->context, fault)
                        : OK;
    }
    return error;
}

static enum error walk_batch(struct audit *audit, const struct audit_walk *walk, struct id *after,
                             bool *more, struct fault *fault)
{
    struct list rows;
    struct id start = *after;
    enum error error = store_walk(&audit->call->store, walk->shape, after, &rows, fault);
    if (error == ERROR_INTERNAL)
        error = walk_singly(audit, walk, after, fault);
    else if (!error && rows.count > 0)
        error = walk->visit(audit, &rows, walk->context, fault);
    *more = !id_equal(start, *after);
    return error;
}

enum error audit_walk(struct audit *audit, const struct audit_walk *walk, struct fault *fault)
{
    struct call *call = audit->call;
    struct arena *before = call->arena;
    struct arena *batch = arena_new();
    struct id after = {0};
    bool more = true;
    enum error error = OK;
    call->arena = call->store.arena = batch;
    while (!error && more) {
        error = walk_batch(audit, walk, &after, &more, fault);
        arena_reset(batch);
    }
    call->arena = call->store.arena = before;
    arena_free(batch);
    return error;
}

static const struct id *owner_of(const struct shape *shape, const char *row)
{
    return field_of(&shape->fields[0], row);
}

enum error audit_attach(struct audit *audit, const struct shape *shape, const struct field *owned,
                        const struct list *owners, struct fault *fault)
{
    struct list rows;
    const struct shape *of = owned->shape;
    const struct field *id_field = shape_field(shape, "id", NULL);
    char *first = owners->rows;
    char *last = first + (owners->count - 1) * shape->size;
    enum error error =
        store_walk_owned(&audit->call->store, of, *(const struct id *)field_of(id_field, first),
                         *(const struct id *)field_of(id_field, last), &rows, fault);
    if (error)
        return error;
    char *at = rows.rows, *end = at + rows.count * of->size;
    for (char *owner = first; owner <= last; owner += shape->size) {
        const struct id *id = field_of(id_field, owner);
        struct list *member = field_at(owned, owner);
        while (at < end && memcmp(owner_of(of, at), id, sizeof *id) < 0)
            at += of->size; /* of an owner that is gone */
        *member = (struct list){.rows = at};
        for (; at < end && id_equal(*owner_of(of, at), *id); at += of->size)
            member->count++;
    }
    return OK;
}

/* ---- all of it ----------------------------------------------------------------------------- */

static void add_kind(struct audit *audit, const char *name, const struct shape *shape,
                     const struct field *owned)
{
    must(audit->kind_count < AUDIT_KINDS_MAX);
    audit->kinds[audit->kind_count++] = (struct audit_kind){name, shape, owned};
}

static void list_kinds(struct audit *audit)
{
    for (const struct table *table = all_tables; table->shape; table++) {
        if (!table->is_proven)
            continue;
        add_kind(audit, table->shape->name, table->shape, NULL);
        for (size_t i = 0; i < table->shape->field_count; i++) {
            const struct field *field = &table->shape->fields[i];
            if (field_is_owned(field))
                add_kind(audit, owned_kind(audit->arena, table->shape, field), table->shape, field);
        }
    }
}

/* The first three lean on each other. */
static enum error (*const checks[])(struct audit *audit, struct fault *fault) = {
    audit_log,    audit_rows,      audit_reaches,    audit_contracts, audit_changes,
    audit_papers, audit_positions, audit_files,      audit_invoices,  audit_numbers,
    audit_values, audit_sums,      audit_references,
};

/* Nothing can be checked of a company whose own row cannot be read, or cannot name a log. */
static enum error open_company(struct audit *audit, bool *is_open, struct fault *fault)
{
    struct note_signer signer;
    enum error error = load_company(audit->call, &audit->company, fault);
    if (!error)
        error = log_signer(audit->call, audit->company.slug, &signer, fault);
    *is_open = !error;
    if (error != ERROR_INTERNAL && error != ERROR_INVALID)
        return error;
    report_begin(audit->report, "the company itself");
    report_wrong(audit->report, "company", fault->field, "%s", fault->detail);
    report_end(audit->report);
    return OK;
}

enum error audit_company(struct call *call, struct report *report, struct fault *fault)
{
    struct audit audit = {.call = call, .report = report, .arena = arena_new()};
    bool is_open;
    enum error error = open_company(&audit, &is_open, fault);
    list_kinds(&audit);
    for (size_t i = 0; !error && is_open && i < sizeof checks / sizeof *checks; i++)
        error = checks[i](&audit, fault);
    sorter_free(audit.named);
    sorter_free(audit.reaches);
    arena_free(audit.arena);
    return error;
}

enum error audit_server(struct call *call, struct report *report, struct fault *fault)
{
    struct list numbers;
    enum error error = list_lost_companies(&call->store, &numbers, fault);
    if (error)
        return error;
    report_begin(report, "logs of companies that are gone");
    for (size_t i = 0; i < numbers.count; i++) {
        const struct audit_finding *finding = LIST_AT(struct audit_finding, numbers, i);
        report_wrong(report, "company", finding->name, "it has a log of %lld leaves, and no row",
                     (long long)finding->stored);
    }
    report_end(report);
    return OK;
}
