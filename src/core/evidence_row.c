#include "core/evidence_row.h"

#include <string.h>

#include "base/must.h"
#include "core/fields.h"
#include "core/salt.h"

static const struct field leaf_fields[] = {
    FIELD(struct leaf_row, position, INTEGER, .minimum = 0, .maximum = INT64_MAX),
    FIELD(struct leaf_row, event, TEXT, .flags = REQUIRED, .limit = EVENT_LIMIT),
    FIELD(struct leaf_row, subject_id, ID, .flags = REQUIRED),
    FIELD(struct leaf_row, engagement_id, ID, OPTIONAL),
    FIELD(struct leaf_row, at, MOMENT, .flags = REQUIRED),
    FIELD(struct leaf_row, hash, HASH, .flags = REQUIRED),
    FIELD(struct leaf_row, salt, BYTES, .limit = HASH_SIZE),
    FIELD(struct leaf_row, payload, TEXT, .limit = DOCUMENT_LIMIT),
    FIELD(struct leaf_row, payload_hash, HASH, OPTIONAL),
    FIELD(struct leaf_row, erased_at, MOMENT, OPTIONAL),
};
const struct shape leaf_shape = SHAPE("leaf", struct leaf_row, leaf_fields);

bool leaf_row_format(const struct leaf_row *row, char text[static LEAF_TEXT_SIZE])
{
    struct leaf leaf = {
        .subject = row->subject_id, .time_ms = row->at, .payload = row->payload_hash};
    struct salt salt;
    if (!leaf_event_is_valid(row->event))
        return false;
    if (row->payload) {
        if (row->salt.size != sizeof salt.bytes)
            return false;
        memcpy(salt.bytes, row->salt.bytes, sizeof salt.bytes);
        leaf.payload = salted_hash(&salt, row->payload, strlen(row->payload));
    }
    strcpy(leaf.event, row->event);
    leaf_format(&leaf, text);
    return true;
}

void leaf_row_erase(struct leaf_row *leaf, int64_t now_ms)
{
    struct salt salt;
    must(leaf->payload && leaf->salt.size == sizeof salt.bytes);
    memcpy(salt.bytes, leaf->salt.bytes, sizeof salt.bytes);
    leaf->payload_hash = salted_hash(&salt, leaf->payload, strlen(leaf->payload));
    leaf->payload = NULL;
    leaf->salt = (struct bytes){0};
    leaf->erased_at = now_ms;
}

static const struct field tile_fields[] = {
    FIELD(struct tile_row, level, INTEGER, .minimum = 0, .maximum = 7),
    FIELD(struct tile_row, number, INTEGER, .minimum = 0, .maximum = INT64_MAX),
    FIELD(struct tile_row, hash, HASH, .flags = REQUIRED),
};
const struct shape tile_shape = SHAPE("tile", struct tile_row, tile_fields);

static const struct field checkpoint_fields[] = {
    FIELD(struct checkpoint_row, size, INTEGER, .minimum = 0, .maximum = INT64_MAX),
    FIELD(struct checkpoint_row, note, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct checkpoint_row, signed_at, MOMENT, .flags = REQUIRED),
};
const struct shape checkpoint_shape = SHAPE("checkpoint", struct checkpoint_row, checkpoint_fields);
