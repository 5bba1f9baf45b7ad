/* Rows that proven payloads name, and documents that proven rows name. */
#include "verify/verification.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "verify/canonical.h"
#include "verify/file.h"

static int compare_things(const char *kind, struct id id, const char *other_kind,
                          struct id other_id)
{
    int order = strcmp(kind, other_kind);
    return order != 0 ? order : memcmp(&id, &other_id, sizeof id);
}

static bool is_version_of(const struct payload_row *named, const struct bundle_row *row)
{
    return compare_things(row->kind, row->id, named->kind, named->id) == 0;
}

static int compare_row(const struct bundle_row *row, const struct payload_row *named)
{
    int order = compare_things(row->kind, row->id, named->kind, named->id);
    return order != 0 ? order : (row->version > named->version) - (row->version < named->version);
}

/* The first place of an entry that names this version or a later one, or another thing behind it.
 */
static size_t place_of(const struct verification *verification, const struct bundle_row *row)
{
    size_t low = 0, high = verification->named_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_row(row, verification->named[middle].row) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first entry that names the row; NULL if none does. */
static const struct named_row *find_named(const struct verification *verification,
                                          const struct bundle_row *row)
{
    size_t place = place_of(verification, row);
    const struct named_row *found = verification->named + place;
    return place < verification->named_count && compare_row(row, found->row) == 0 ? found : NULL;
}

/* The first of its versions, from 1 to its own, that no leaf names; 0 if all are named. */
static int64_t find_gap(const struct verification *verification, const struct bundle_row *row)
{
    struct bundle_row first = *row;
    int64_t version = first.version = 1;
    for (size_t i = place_of(verification, &first); version <= row->version; i++) {
        if (i == verification->named_count || !is_version_of(verification->named[i].row, row) ||
            verification->named[i].row->version > version)
            return version;
        if (verification->named[i].row->version == version)
            version++;
    }
    return 0;
}

/* The reason why the row is not the one that was hashed, NULL if it is. Where several leaves name
 * the same version, all must agree. */
static const char *judge_text(struct verification *verification, const struct bundle_row *row,
                              const struct named_row *named)
{
    const char *text;
    struct fault fault;
    arena_reset(verification->scratch);
    if (canonical_text(verification->scratch, row->row, &text, &fault) != OK)
        return arena_text(verification->scratch, fault.detail);
    const struct named_row *end = verification->named + verification->named_count;
    for (; named < end && compare_row(row, named->row) == 0; named++) {
        const struct salt *salt = row->has_salt ? &row->salt : &named->leaf->salt;
        if (!hash_equal(salted_hash(salt, text, strlen(text)), named->row->hash))
            return "it is not the row that was hashed";
    }
    return NULL;
}

/* The reason why the row does not hold, NULL if it does. */
static const char *judge_row(struct verification *verification, const struct bundle_row *row,
                             int64_t gap)
{
    const struct named_row *named = find_named(verification, row);
    if (!named)
        return "no proven leaf names it";
    if (!row->row)
        return NULL;
    const char *reason = judge_text(verification, row, named);
    if (!reason && gap > 0 && !verification->has_erased)
        return arena_format(verification->scratch, "no proven leaf names its version %" PRId64,
                            gap);
    return reason;
}

static void check_row(struct verification *verification, size_t i)
{
    const struct bundle_row *row = &verification->bundle->rows[i];
    char id[ID_TEXT_SIZE];
    int64_t gap = row->row ? find_gap(verification, row) : 0;
    const char *reason = judge_row(verification, row, gap);
    id_format(row->id, id);
    verification->row_is_proven[i] = !reason;
    if (reason)
        report_fail(verification->report, "%s %s version %" PRId64 ": %s", row->kind, id,
                    row->version, reason);
    else if (gap > 0)
        report_ok(verification->report,
                  "%s %s version %" PRId64 "; no leaf names version %" PRId64
                  ", unless one whose particulars are erased",
                  row->kind, id, row->version, gap);
    else
        report_ok(verification->report, "%s %s version %" PRId64 "%s", row->kind, id, row->version,
                  row->row ? "" : ": in the log; contents not shown");
}

/* ---- rows that are not here ---------------------------------------------------------------- */

static int compare_bundled(const void *a, const void *b)
{
    const struct bundle_row *x = *(const struct bundle_row *const *)a;
    const struct bundle_row *y = *(const struct bundle_row *const *)b;
    int order = compare_things(x->kind, x->id, y->kind, y->id);
    return order != 0 ? order : (x->version > y->version) - (x->version < y->version);
}

static int compare_key(const void *key, const void *row)
{
    return -compare_row(*(const struct bundle_row *const *)row, key);
}

/* What leaves name must be here in the newest version that they name. */
static void check_missing(struct verification *verification)
{
    const struct bundle *bundle = verification->bundle;
    const struct bundle_row **rows =
        arena_array(verification->arena, bundle->row_count, sizeof *rows);
    for (size_t i = 0; i < bundle->row_count; i++)
        rows[i] = &bundle->rows[i];
    qsort(rows, bundle->row_count, sizeof *rows, compare_bundled);
    for (size_t i = 0; i < verification->named_count; i++) {
        const struct named_row *named = &verification->named[i];
        bool is_newest = i + 1 == verification->named_count ||
                         compare_things(named->row->kind, named->row->id, named[1].row->kind,
                                        named[1].row->id) != 0;
        char id[ID_TEXT_SIZE];
        if (!is_newest || bsearch(named->row, rows, bundle->row_count, sizeof *rows, compare_key))
            continue;
        report_fail(verification->report,
                    "%s %s version %" PRId64 ": leaf %" PRIu64 " names it, and it is not here",
                    named->row->kind, id_format(named->row->id, id), named->row->version,
                    named->leaf->index);
    }
}

void check_rows(struct verification *verification)
{
    const struct bundle *bundle = verification->bundle;
    verification->row_is_proven = arena_array(verification->arena, bundle->row_count, sizeof(bool));
    report_heading(verification->report, "Rows", bundle->row_count);
    for (size_t i = 0; i < bundle->row_count; i++)
        check_row(verification, i);
    check_missing(verification);
}

/* ---- documents ----------------------------------------------------------------------------- */

/* The proven row that a document is recorded in. */
static const struct bundle_row *find_record(const struct verification *verification,
                                            const struct bundle_document *document)
{
    const struct bundle *bundle = verification->bundle;
    for (size_t i = 0; i < bundle->row_count; i++) {
        const struct bundle_row *row = &bundle->rows[i];
        if (verification->row_is_proven[i] && row->row && row->version == document->row_version &&
            id_equal(row->id, document->row_id) && strcmp(row->kind, document->row_kind) == 0)
            return row;
    }
    return NULL;
}

/* The reason why the file does not hold, NULL if it does. */
static const char *judge_file(struct verification *verification,
                              const struct bundle_document *document)
{
    const char *path =
        arena_format(verification->scratch, "%s/%s", verification->files_directory, document->file);
    struct hash hash;
    struct fault fault;
    if (file_hash(path, &hash, &fault) != OK)
        return arena_text(verification->scratch, fault.detail);
    return hash_equal(hash, document->hash) ? NULL : "the file has another hash";
}

static const char *judge_document(struct verification *verification,
                                  const struct bundle_document *document)
{
    const struct bundle_row *record = find_record(verification, document);
    if (!record)
        return "no proven row records it";
    char hex[HASH_HEX_SIZE];
    const char *recorded = json_string_value(json_object_get(record->row, document->member));
    if (!recorded || strcmp(recorded, hash_to_hex(document->hash, hex)) != 0)
        return "the row records another hash";
    if (verification->files_directory && document->file)
        return judge_file(verification, document);
    return NULL;
}

static const char *file_remark(const struct verification *verification,
                               const struct bundle_document *document)
{
    if (!document->file)
        return "no file given";
    return verification->files_directory ? "the file matches" : "file not looked at";
}

void check_documents(struct verification *verification)
{
    const struct bundle *bundle = verification->bundle;
    report_heading(verification->report, "Documents", bundle->document_count);
    for (size_t i = 0; i < bundle->document_count; i++) {
        const struct bundle_document *document = &bundle->documents[i];
        arena_reset(verification->scratch);
        char hex[HASH_HEX_SIZE], id[ID_TEXT_SIZE];
        const char *name = document->file ? document->file : hash_to_hex(document->hash, hex);
        const char *reason = judge_document(verification, document);
        id_format(document->row_id, id);
        if (reason)
            report_fail(verification->report, "%s %s: %s", document->kind, name, reason);
        else
            report_ok(verification->report, "%s %s: recorded in %s %s; %s", document->kind, name,
                      document->row_kind, id, file_remark(verification, document));
    }
}
