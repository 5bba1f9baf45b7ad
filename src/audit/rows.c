/* Every row of a proven table against the newest leaf that names it, and the other way round. Both
 * sides come in the order of kind and id, so this is one pass over each. */
#include <endian.h>
#include <string.h>

#include "audit/check.h"

struct rows_audit {
    struct audit *audit;
    uint8_t kind;
    const struct named_row *head; /* the next that the log names, NULL at the end */
    struct named_row newest;      /* of the id that was taken last */
    struct id row_id;             /* the row that is looked at, and what it belongs to */
    struct belonging belonging;
};

static int64_t number_of(const uint8_t bytes[static 8])
{
    uint64_t big_endian;
    memcpy(&big_endian, bytes, sizeof big_endian);
    return (int64_t)be64toh(big_endian);
}

static const struct audit_kind *kind_of(const struct rows_audit *rows)
{
    return &rows->audit->kinds[rows->kind];
}

static enum error advance(struct rows_audit *rows, struct fault *fault)
{
    const void *record;
    enum error error = sorter_next(rows->audit->named, &record, fault);
    rows->head = error ? NULL : record;
    return error;
}

/* The versions that leaves name go up by one, from 1. Leaves of a contact may have been erased. */
static void check_sequence(struct rows_audit *rows, int64_t before, int64_t version)
{
    struct report *report = rows->audit->report;
    if (version == before)
        report_wrong_row(report, kind_of(rows)->name, rows->newest.id,
                         "two leaves name version %lld of it", (long long)version);
    else if (version > before + 1 && kind_of(rows)->shape != &contact_shape)
        report_wrong_row(report, kind_of(rows)->name, rows->newest.id,
                         "no leaf names version %lld of it", (long long)before + 1);
}

static enum error need_reaches(struct rows_audit *rows, struct fault *fault)
{
    struct audit *audit = rows->audit;
    int64_t position = number_of(rows->newest.position);
    if (!id_equal(rows->newest.id, rows->row_id))
        return OK;
    enum error error = add_reach(audit, rows->belonging.engagement_id, position, true, fault);
    return error ? error : add_reach(audit, rows->belonging.money_id, position, true, fault);
}

/* Takes all that the log names of the next id; the last of them is the newest. */
static enum error take_newest(struct rows_audit *rows, struct fault *fault)
{
    struct id id = rows->head->id;
    int64_t before = 0;
    enum error error = OK;
    while (!error && rows->head && rows->head->kind == rows->kind && id_equal(rows->head->id, id)) {
        rows->newest = *rows->head;
        check_sequence(rows, before, number_of(rows->newest.version));
        before = number_of(rows->newest.version);
        error = need_reaches(rows, fault);
        if (!error)
            error = advance(rows, fault);
    }
    return error;
}

/* Moves to an id; what the log names before it has no row. *found tells whether it names this. */
static enum error move_to(struct rows_audit *rows, const struct id *id, bool *found,
                          struct fault *fault)
{
    enum error error = OK;
    *found = false;
    while (!error && !*found && rows->head && rows->head->kind == rows->kind &&
           (!id || memcmp(&rows->head->id, id, sizeof *id) <= 0)) {
        error = take_newest(rows, fault);
        *found = id && id_equal(rows->newest.id, *id);
        if (!*found)
            report_wrong_row(rows->audit->report, kind_of(rows)->name, rows->newest.id,
                             "leaf %lld names it, and it is gone",
                             (long long)number_of(rows->newest.position));
    }
    return error;
}

/* ---- a row --------------------------------------------------------------------------------- */

static struct hash hash_of(struct rows_audit *rows, const void *row)
{
    const struct audit_kind *kind = kind_of(rows);
    struct arena *arena = rows->audit->call->arena;
    if (!kind->owned)
        return row_hash(arena, kind->shape, row, &rows->newest.salt);
    const char *text = owned_text(arena, kind->shape, kind->owned, row);
    return salted_hash(&rows->newest.salt, text, strlen(text));
}

static int64_t version_of(const struct audit_kind *kind, const void *row)
{
    const struct field *field = kind->owned ? NULL : shape_field(kind->shape, "version", NULL);
    return field ? *(const int64_t *)field_of(field, row) : 1;
}

static enum error check_row(struct rows_audit *rows, const void *row, struct fault *fault)
{
    bool found;
    const struct audit_kind *kind = kind_of(rows);
    struct id id = *(const struct id *)field_of(shape_field(kind->shape, "id", NULL), row);
    rows->row_id = id;
    rows->belonging = row_belonging(kind->shape, row);
    enum error error = move_to(rows, &id, &found, fault);
    if (error)
        return error;
    int64_t named = number_of(rows->newest.version);
    int64_t stored = version_of(kind, row);
    if (!found)
        report_wrong_row(rows->audit->report, kind->name, id, "no leaf names it");
    else if (named != stored)
        report_wrong_row(rows->audit->report, kind->name, id,
                         "it is at version %lld, and leaf %lld names version %lld",
                         (long long)stored, (long long)number_of(rows->newest.position),
                         (long long)named);
    else if (!hash_equal(hash_of(rows, row), rows->newest.hash))
        report_wrong_row(rows->audit->report, kind->name, id,
                         "it is not as leaf %lld has it, at version %lld",
                         (long long)number_of(rows->newest.position), (long long)named);
    report_checked(rows->audit->report, 1);
    return OK;
}

static enum error check_unreadable(struct audit *audit, struct id id, const char *why,
                                   void *context, struct fault *fault)
{
    bool found;
    struct rows_audit *rows = context;
    report_wrong_row(audit->report, kind_of(rows)->name, id, "%s", why);
    return move_to(rows, &id, &found, fault);
}

/* ---- owned rows ---------------------------------------------------------------------------- */

static enum error attach_owned(struct rows_audit *rows, const struct list *owners,
                               struct fault *fault)
{
    const struct audit_kind *kind = kind_of(rows);
    return audit_attach(rows->audit, kind->shape, kind->owned, owners, fault);
}

static void *row_at(const struct shape *shape, const struct list *rows, size_t i)
{
    return (char *)rows->rows + i * shape->size;
}

/* Where what a batch owns cannot be read: owner by owner, to find out whose. */
static enum error check_singly(struct rows_audit *rows, const struct list *batch,
                               struct fault *fault)
{
    const struct audit_kind *kind = kind_of(rows);
    enum error error = OK;
    for (size_t i = 0; !error && i < batch->count; i++) {
        void *row = row_at(kind->shape, batch, i);
        const struct list single = {row, 1};
        struct id id = *(const struct id *)field_of(shape_field(kind->shape, "id", NULL), row);
        error = attach_owned(rows, &single, fault);
        if (!error)
            error = check_row(rows, row, fault);
        else if (error == ERROR_INTERNAL)
            error = check_unreadable(rows->audit, id, fault->detail, rows, fault);
    }
    return error;
}

static enum error check_rows(struct audit *audit, const struct list *batch, void *context,
                             struct fault *fault)
{
    (void)audit;
    struct rows_audit *rows = context;
    const struct audit_kind *kind = kind_of(rows);
    enum error error = kind->owned ? attach_owned(rows, batch, fault) : OK;
    if (error == ERROR_INTERNAL)
        return check_singly(rows, batch, fault);
    for (size_t i = 0; !error && i < batch->count; i++)
        error = check_row(rows, row_at(kind->shape, batch, i), fault);
    return error;
}

enum error audit_rows(struct audit *audit, struct fault *fault)
{
    struct rows_audit rows = {.audit = audit};
    bool found;
    enum error error = advance(&rows, fault);
    for (size_t i = 0; !error && i < audit->kind_count; i++) {
        rows.kind = (uint8_t)i;
        const struct audit_walk walk = {
            .shape = audit->kinds[i].shape,
            .visit = check_rows,
            .unreadable = check_unreadable,
            .context = &rows,
        };
        report_begin(audit->report, arena_format(audit->arena, "rows: %s", audit->kinds[i].name));
        error = audit_walk(audit, &walk, fault);
        if (!error)
            error = move_to(&rows, NULL, &found, fault);
        if (!error)
            report_end(audit->report);
    }
    return error;
}
