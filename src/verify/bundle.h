/* An evidence bundle as structs: what docs/evidence-format.md says stands in the file, read and not
 * yet judged. Everything lives as long as the bundle and its arena. */
#ifndef WAYMARK_VERIFY_BUNDLE_H
#define WAYMARK_VERIFY_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/limits.h"
#include "core/merkle.h"
#include "core/salt.h"

enum { BUNDLE_LIMIT = 32 * MIB };

struct bundle_proof {
    unsigned count;
    const struct hash *hashes;
};

struct bundle_checkpoint {
    const char *note;
    struct bundle_proof consistency; /* from the checkpoint before */
};

struct bundle_leaf {
    uint64_t index;
    const char *text;
    struct bundle_proof inclusion; /* in the tree of the last checkpoint */
    const json_t *payload;         /* NULL if it is erased, and then there is no salt */
    struct salt salt;
};

struct bundle_row {
    const char *kind;
    struct id id;
    int64_t version;
    const json_t *row; /* NULL if it is erased */
    bool has_salt;     /* of its own; otherwise that of the leaf holds */
    struct salt salt;
};

/* A document stands behind the hash that a row has in one of its members. */
struct bundle_document {
    const char *kind;
    struct hash hash;
    const char *row_kind;
    struct id row_id;
    int64_t row_version;
    const char *member;
    const char *file; /* a plain file name, or NULL */
};

struct bundle_end {
    const char *kind;
    struct id id;
};

struct bundle_link {
    struct bundle_end from, to;
    const char *relation;
};

struct bundle {
    json_t *root;
    struct bundle_checkpoint *checkpoints; /* at least one */
    struct bundle_leaf *leaves;
    struct bundle_row *rows;
    struct bundle_document *documents;
    struct bundle_link *links;
    size_t checkpoint_count, leaf_count, row_count, document_count, link_count;
};

/* Reads a file's bytes: ERROR_MALFORMED, with the place, for what is not a bundle of version 1.
 * bundle_free frees what is not in the arena. */
enum error bundle_read(struct arena *arena, const char *bytes, size_t size, struct bundle *bundle,
                       struct fault *fault) WARN_UNUSED;
void bundle_free(struct bundle *bundle);

/* A proof as core takes it. */
struct merkle_proof bundle_proof(struct bundle_proof proof);

#endif
