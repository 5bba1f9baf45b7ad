/* Every leaf is found by what the rows that it names belong to: neither its engagement's column nor
 * the rows beside it are under the tree's hashes. Both sides are sorted outside of memory. */
#include <endian.h>
#include <string.h>

#include "audit/check.h"
#include "store/log.h"

enum { SORT_MEMORY = 32 * 1024 * 1024 };

/* What a leaf is found by, or should be. Sorted by its bytes, the first stands before the second.
 */
struct reach_record {
    struct id id;
    uint8_t position[8]; /* big endian */
    uint8_t is_needed;
};

enum error add_reach(struct audit *audit, struct id id, int64_t position, bool is_needed,
                     struct fault *fault)
{
    struct reach_record record = {.id = id, .is_needed = is_needed};
    uint64_t big_endian = htobe64((uint64_t)position);
    if (id_is_none(id))
        return OK;
    if (!audit->reaches)
        audit->reaches = sorter_new(sizeof record, SORT_MEMORY);
    memcpy(record.position, &big_endian, sizeof big_endian);
    return sorter_add(audit->reaches, &record, fault);
}

static enum error add_stored(struct audit *audit, struct fault *fault)
{
    struct reach after = {.position = -1};
    struct list reaches;
    struct arena *before = audit->call->store.arena;
    struct arena *batch = arena_new();
    enum error error = OK;
    audit->call->store.arena = batch;
    do {
        error = walk_reaches(&audit->call->store, &after, &reaches, fault);
        for (size_t i = 0; !error && i < reaches.count; i++) {
            after = *LIST_AT(struct reach, reaches, i);
            error = add_reach(audit, after.reached_id, after.position, false, fault);
        }
        arena_reset(batch);
    } while (!error && reaches.count > 0);
    audit->call->store.arena = before;
    arena_free(batch);
    return error;
}

static bool is_same_place(const struct reach_record *a, const struct reach_record *b)
{
    return memcmp(a, b, offsetof(struct reach_record, is_needed)) == 0;
}

static void report_missing(struct audit *audit, const struct reach_record *record)
{
    char id[ID_TEXT_SIZE];
    uint64_t big_endian;
    memcpy(&big_endian, record->position, sizeof big_endian);
    report_wrong(audit->report, "leaf",
                 arena_format(audit->arena, "%lld", (long long)be64toh(big_endian)),
                 "it tells of %s, and is not found by it", id_format(record->id, id));
}

enum error audit_reaches(struct audit *audit, struct fault *fault)
{
    struct reach_record last = {0};
    const void *next = NULL;
    enum error error = add_stored(audit, fault);
    report_begin(audit->report, "what leaves are found by");
    if (!error && audit->reaches)
        error = sorter_next(audit->reaches, &next, fault);
    while (!error && next) {
        const struct reach_record *record = next;
        if (!is_same_place(record, &last)) {
            report_checked(audit->report, 1);
            if (record->is_needed)
                report_missing(audit, record);
        }
        last = *record;
        error = sorter_next(audit->reaches, &next, fault);
    }
    report_end(audit->report);
    return error;
}
