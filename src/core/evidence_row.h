/* Rows of a company's evidence log. A leaf's hash covers its salt and payload, so once the payload
 * is erased the log still holds and nothing can be guessed back from it. */
#ifndef WAYMARK_CORE_EVIDENCE_ROW_H
#define WAYMARK_CORE_EVIDENCE_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/leaf.h"

struct leaf_row {
    int64_t position;  /* 0, 1, … in the company's log */
    const char *event; /* "milestone.accepted" */
    struct id subject_id;
    struct id engagement_id; /* none for what concerns the company as a whole */
    int64_t at;
    struct hash hash;
    struct bytes salt;        /* none once erased */
    const char *payload;      /* canonical JSON; none once erased */
    struct hash payload_hash; /* salted, to write the leaf by; none until erased */
    int64_t erased_at;
};
extern const struct shape leaf_shape;

/* The leaf's text, with the hash of its payload or the one that was kept of it. False if the row
 * cannot be a leaf. */
bool leaf_row_format(const struct leaf_row *row, char text[static LEAF_TEXT_SIZE]);

/* Takes away the payload and the salt, and keeps what the leaf itself says. It must have them. */
void leaf_row_erase(struct leaf_row *leaf, int64_t now_ms);

/* The root of a complete subtree; level 1 covers 256 leaves, level 2 256 of those, and so on. */
struct tile_row {
    int64_t level;
    int64_t number; /* 0, 1, … on its level */
    struct hash hash;
};
extern const struct shape tile_shape;

struct checkpoint_row {
    int64_t size;     /* of the log that it states */
    const char *note; /* signed note */
    int64_t signed_at;
};
extern const struct shape checkpoint_shape;

#endif
