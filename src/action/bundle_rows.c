#include "action/bundle_rows.h"

#include <string.h>

#include "base/json.h"
#include "core/domain.h"
#include "core/payload.h"
#include "store/walk.h"

/* The end of an id is random. */
static size_t bucket_of(struct id id)
{
    return (size_t)(id.bytes[14] << 8 | id.bytes[15]) % BUNDLE_BUCKETS;
}

struct bundled_row *bundle_row_find(const struct bundle_rows *rows, const char *kind, struct id id)
{
    for (size_t place = rows->buckets[bucket_of(id)]; place > 0;
         place = rows->rows[place - 1].next) {
        struct bundled_row *row = &rows->rows[place - 1];
        if (id_equal(row->id, id) && strcmp(row->kind, kind) == 0)
            return row;
    }
    return NULL;
}

static struct bundled_row *add(struct bundle_rows *rows, const char *kind, struct id id)
{
    if (rows->count == rows->room) {
        size_t room = rows->room ? rows->room * 2 : 64;
        struct bundled_row *larger = arena_array(rows->arena, room, sizeof *larger);
        if (rows->count > 0)
            memcpy(larger, rows->rows, rows->count * sizeof *larger);
        rows->rows = larger;
        rows->room = room;
    }
    size_t *bucket = &rows->buckets[bucket_of(id)];
    struct bundled_row *row = &rows->rows[rows->count++];
    *row = (struct bundled_row){.kind = kind, .id = id, .next = *bucket};
    *bucket = rows->count;
    return row;
}

enum error bundle_rows_name(struct bundle_rows *rows, const char *text, struct fault *fault)
{
    struct payload payload;
    enum error error = payload_parse(rows->arena, text, &payload, fault);
    for (size_t i = 0; !error && i < payload.row_count; i++) {
        const struct payload_row *named = &payload.rows[i];
        struct bundled_row *row = bundle_row_find(rows, named->kind, named->id);
        if (!row)
            row = add(rows, named->kind, named->id);
        if (named->version > row->version)
            row->version = named->version;
    }
    return error;
}

/* ---- loading ------------------------------------------------------------------------------- */

/* Finds the table of a kind, and the member if the kind is of owned rows. */
static const struct shape *shape_of(struct arena *arena, const char *kind,
                                    const struct field **owned)
{
    for (const struct table *table = all_tables; table->shape; table++) {
        const struct shape *shape = table->shape;
        *owned = NULL;
        if (table->is_proven && strcmp(shape->name, kind) == 0)
            return shape;
        for (size_t i = 0; table->is_proven && i < shape->field_count; i++) {
            *owned = &shape->fields[i];
            if (field_is_owned(*owned) && strcmp(owned_kind(arena, shape, *owned), kind) == 0)
                return shape;
        }
    }
    return NULL;
}

static int64_t version_of(const struct shape *shape, const void *row)
{
    const struct field *field = shape_field(shape, "version", NULL);
    return field ? *(const int64_t *)field_of(field, row) : 1;
}

/* Whether the row has something in it that the viewer must not see. */
static bool hides(const struct call *call, const struct shape *shape, const void *row)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        bool is_hidden = (field->flags & SECRET) ||
                         (!call->store.viewer.is_agency && (field->flags & AGENCY_ONLY));
        if (is_hidden && !(field->flags & NOT_STORED) && !field_is_none(field, row))
            return true;
    }
    return false;
}

static const char *canonical(struct arena *arena, const struct shape *shape, const void *row)
{
    struct text_buffer text = text_buffer_in(arena);
    json_write_shape(&text, shape, row, JSON_CANONICAL);
    return text.bytes;
}

static enum error load(struct bundled_row *bundled, struct call *call, struct fault *fault)
{
    const struct field *owned;
    const struct shape *shape = shape_of(call->arena, bundled->kind, &owned);
    if (!shape)
        return OK;
    void *row = arena_alloc(call->arena, shape->size);
    enum error error = load_row(call, shape, bundled->id, row, fault);
    if (!error && owned)
        error = store_walk_owned(&call->store, owned->shape, bundled->id, bundled->id,
                                 field_at(owned, row), fault);
    if (error)
        return error == ERROR_NOT_FOUND ? OK : error;
    if (!owned && version_of(shape, row) != bundled->version)
        return OK;
    bundled->shape = shape;
    bundled->owned = owned;
    bundled->row = row;
    return OK;
}

/* ---- what belongs to the engagement -------------------------------------------------------- */

struct belongings {
    const struct bundle_rows *rows;
    struct id engagement_id;
};

static bool is_loaded(const struct bundled_row *row, const struct shape *shape)
{
    return row->shape == shape && !row->owned;
}

/* Whether the row names the engagement as its own. */
static bool is_own(const struct belongings *of, const struct bundled_row *row)
{
    return row && row->shape &&
           id_equal(row_belonging(row->shape, row->row).engagement_id, of->engagement_id);
}

static struct bundled_row *money_of(const struct belongings *of, const struct bundled_row *row)
{
    struct id id = row_belonging(row->shape, row->row).money_id;
    struct bundled_row *payment = bundle_row_find(of->rows, payment_shape.name, id);
    return payment ? payment : bundle_row_find(of->rows, invoice_shape.name, id);
}

/* Money that went to an invoice of the engagement belongs to it, wherever it comes from. What its
 * credit notes paid elsewhere does too. */
static void judge_allocation(const struct belongings *of, struct bundled_row *row)
{
    const struct allocation *allocation = row->row;
    struct bundled_row *money = money_of(of, row);
    bool is_ours =
        is_own(of, bundle_row_find(of->rows, invoice_shape.name, allocation->invoice_id));
    row->belongs = is_ours || is_own(of, money);
    if (is_ours && money)
        money->belongs = true;
}

static void judge_refund(const struct belongings *of, struct bundled_row *row)
{
    const struct bundled_row *money = money_of(of, row);
    row->belongs = money && money->belongs;
}

static void judge_entry(const struct belongings *of, struct bundled_row *row)
{
    const struct ledger_entry *entry = row->row;
    const char *kind = choice_name(&source_kind_choices, (int)entry->source_kind);
    const struct bundled_row *source = bundle_row_find(of->rows, kind, entry->source_id);
    row->belongs = source && source->belongs;
}

/* In this order, as each leans on those before. */
static const struct {
    const struct shape *shape;
    void (*judge)(const struct belongings *of, struct bundled_row *row);
} judges[] = {
    {&allocation_shape, judge_allocation},
    {&refund_shape, judge_refund},
    {&ledger_entry_shape, judge_entry},
};

static void judge_all(const struct belongings *of)
{
    const struct bundle_rows *rows = of->rows;
    for (size_t i = 0; i < rows->count; i++)
        rows->rows[i].belongs = is_own(of, &rows->rows[i]);
    for (size_t j = 0; j < sizeof judges / sizeof *judges; j++) {
        for (size_t i = 0; i < rows->count; i++) {
            if (is_loaded(&rows->rows[i], judges[j].shape))
                judges[j].judge(of, &rows->rows[i]);
        }
    }
    for (size_t i = 0; i < rows->count; i++) {
        struct bundled_row *row = &rows->rows[i];
        const struct bundled_row *owner =
            row->owned ? bundle_row_find(rows, row->shape->name, row->id) : row;
        row->belongs = owner && owner->belongs;
    }
}

static void show(struct bundled_row *row, const struct call *call)
{
    if (row->owned)
        row->text = owned_text(call->arena, row->shape, row->owned, row->row);
    else if (!hides(call, row->shape, row->row))
        row->text = canonical(call->arena, row->shape, row->row);
}

enum error bundle_rows_load(struct bundle_rows *rows, struct call *call, struct id engagement_id,
                            struct fault *fault)
{
    const struct belongings of = {rows, engagement_id};
    enum error error = OK;
    for (size_t i = 0; !error && i < rows->count; i++)
        error = load(&rows->rows[i], call, fault);
    if (error)
        return error;
    judge_all(&of);
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].belongs)
            show(&rows->rows[i], call);
    }
    return OK;
}
