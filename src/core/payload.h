/* The particulars of a leaf: who did it, and every row that changed, by kind, id, version and the
 * salted hash of its canonical JSON. It is canonical JSON itself, of this shape and no other:
 *
 *     {"actor":{"id":"…","kind":"user"},"rows":[{"hash":"…","id":"…","kind":"invoice","version":1}]}
 *
 * without white space, ids in lower case, hashes in base64, kinds of lower-case letters, digits and
 * underscores. Rows stand in the order in which they changed. What is not a person acts with an id
 * of zeros. docs/evidence-format.md says what canonical JSON is. */
#ifndef WAYMARK_CORE_PAYLOAD_H
#define WAYMARK_CORE_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"
#include "core/leaf.h"
#include "core/salt.h"

enum { PAYLOAD_KIND_LIMIT = 40 };

/* hash is salted_hash of the row's canonical JSON, with the salt of the leaf or, where the row must
 * be erasable on its own, with a salt of the row. */
struct payload_row {
    const char *kind;
    struct id id;
    int64_t version; /* from 1 */
    struct hash hash;
};

struct payload {
    const char *actor_kind;
    struct id actor;
    const struct payload_row *rows;
    size_t row_count;
};

bool payload_kind_is_valid(const char *kind);

/* The payload as text, in the arena. Kinds and versions must be valid. */
char *payload_format(struct arena *arena, const struct payload *payload);

/* Reads exactly what payload_format writes: ERROR_MALFORMED for anything else. What it points to is
 * in the arena. */
enum error payload_parse(struct arena *arena, const char *text, struct payload *payload,
                         struct fault *fault) WARN_UNUSED;

/* Whether this is the payload that the leaf was made for. */
bool payload_belongs(const char *text, const struct salt *salt, const struct leaf *leaf);

#endif
