#include "action/happening.h"

#include <string.h>

#include "base/limits.h"
#include "core/payload.h"
#include "store/log.h"

static const struct field happening_fields[] = {
    FIELD(struct happening, position, INTEGER, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct happening, kind, TEXT, .limit = EVENT_LIMIT),
    FIELD(struct happening, subject_kind, TEXT, .limit = PAYLOAD_KIND_LIMIT),
    FIELD(struct happening, subject_id, ID),
    FIELD(struct happening, engagement_id, ID),
    FIELD(struct happening, at, MOMENT),
};
const struct shape happening_shape = SHAPE("happening", struct happening, happening_fields);

static const struct field list_fields[] = {
    FIELD(struct list_happenings, after, INTEGER, .flags = FROM_QUERY | NULLABLE, .minimum = -1,
          .maximum = LOG_SIZE_LIMIT),
    FIELD(struct list_happenings, limit, INTEGER, .flags = FROM_QUERY, .initial = PAGE_DEFAULT,
          .minimum = 1, .maximum = HAPPENINGS_LIMIT),
};
static const struct shape list_shape =
    SHAPE("list_happenings", struct list_happenings, list_fields);

static const struct field page_fields[] = {
    FIELD(struct happenings, items, LIST, .limit = HAPPENINGS_LIMIT, .shape = &happening_shape),
    FIELD(struct happenings, position, INTEGER, .minimum = -1, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct happenings, has_more, BOOLEAN),
};
static const struct shape page_shape = SHAPE("happenings", struct happenings, page_fields);

/* ---- what the viewer may know of --------------------------------------------------------------
 */

static const struct table *table_named(const char *name)
{
    for (const struct table *table = all_tables; table->shape; table++) {
        if (strcmp(table->shape->name, name) == 0)
            return table;
    }
    return NULL;
}

/* What a leaf tells of: the row among those that changed which has the subject's id. An event whose
 * subject did not change itself, or whose payload is erased, says it by its name. */
static const char *subject_kind(struct call *call, const struct leaf_row *leaf,
                                const struct payload *payload)
{
    for (size_t i = 0; i < payload->row_count; i++) {
        if (id_equal(payload->rows[i].id, leaf->subject_id) && table_named(payload->rows[i].kind))
            return payload->rows[i].kind;
    }
    return arena_text_n(call->arena, leaf->event, strcspn(leaf->event, "."));
}

static bool changed_what_clients_see(const struct payload *payload)
{
    for (size_t i = 0; i < payload->row_count; i++) {
        const struct table *table = table_named(payload->rows[i].kind);
        if (table && table->client_sees)
            return true;
    }
    return false;
}

/* Whether the viewer may know of it: nothing of the agency's own is told to a client, nor of what
 * it has not been shown. */
static enum error is_told(struct call *call, const struct leaf_row *leaf,
                          const struct payload *payload, const char *kind, bool *told,
                          struct fault *fault)
{
    const struct table *table = table_named(kind);
    *told = call->store.viewer.is_agency;
    if (*told || !table || !table->client_sees || !changed_what_clients_see(payload))
        return OK;
    void *row = arena_alloc(call->arena, table->shape->size);
    enum error error = store_load(&call->store, table->shape, leaf->subject_id, row, fault);
    *told = !error;
    return error == ERROR_NOT_FOUND ? OK : error;
}

/* ---- the list -------------------------------------------------------------------------------- */

static enum error tell(struct call *call, const struct leaf_row *leaf, struct happenings *out,
                       struct fault *fault)
{
    struct payload payload = {0};
    bool told;
    enum error error = OK;
    if (leaf->payload)
        error = payload_parse(call->arena, leaf->payload, &payload, fault);
    if (error)
        return error;
    const char *kind = subject_kind(call, leaf, &payload);
    error = is_told(call, leaf, &payload, kind, &told, fault);
    if (!error && told)
        *LIST_AT(struct happening, out->items, out->items.count++) = (struct happening){
            .position = leaf->position,
            .kind = leaf->event,
            .subject_kind = kind,
            .subject_id = leaf->subject_id,
            .engagement_id = leaf->engagement_id,
            .at = leaf->at,
        };
    return error;
}

/* What is known, and the last position that there is. */
static enum error find_start(struct call *call, int64_t after, int64_t *position, int64_t *last,
                             struct fault *fault)
{
    int64_t size;
    enum error error = load_stated_size(&call->store, &size, fault);
    if (error)
        return error;
    *last = size - 1;
    *position = after == INTEGER_NONE ? *last : after;
    if (*position > *last)
        return refuse(fault, ERROR_OUT_OF_RANGE, "after", "the last position is %lld",
                      (long long)*last);
    return OK;
}

static enum error list_happenings(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct list_happenings *in = input;
    struct happenings *out = output;
    struct list leaves = {0};
    int64_t last;
    enum error error = find_start(call, in->after, &out->position, &last, fault);
    if (error)
        return error;
    error = list_leaves(&call->store, out->position + 1, out->position + 1 + HAPPENINGS_LOOKED_AT,
                        &leaves, fault);
    out->items.rows = arena_array(call->arena, (size_t)in->limit, sizeof(struct happening));
    for (size_t i = 0; !error && i < leaves.count && out->items.count < (size_t)in->limit; i++) {
        const struct leaf_row *leaf = LIST_AT(struct leaf_row, leaves, i);
        error = tell(call, leaf, out, fault);
        out->position = leaf->position;
    }
    out->has_more = out->position < last;
    return error;
}

const struct operation list_happenings_operation = {
    .name = "list_changes",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_happenings,
};

/* ---- following ----------------------------------------------------------------------------- */

static const struct field follow_fields[] = {
    FIELD(struct list_happenings, after, INTEGER, .flags = FROM_QUERY | NULLABLE, .minimum = -1,
          .maximum = LOG_SIZE_LIMIT),
};
static const struct shape follow_shape =
    SHAPE("follow_happenings", struct list_happenings, follow_fields);

static const struct field start_fields[] = {
    FIELD(struct happenings_start, position, INTEGER, .minimum = -1, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct happenings_start, last, INTEGER, .minimum = -1, .maximum = LOG_SIZE_LIMIT),
};
static const struct shape start_shape =
    SHAPE("happenings_start", struct happenings_start, start_fields);

static enum error follow_happenings(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct list_happenings *in = input;
    struct happenings_start *out = output;
    return find_start(call, in->after, &out->position, &out->last, fault);
}

const struct operation follow_happenings_operation = {
    .name = "follow_changes",
    .permission = PERMIT_READ,
    .in = &follow_shape,
    .out = &start_shape,
    .run = follow_happenings,
};
