/* The Merkle tree of the evidence log: RFC 9162 section 2.1, which hashes as RFC 6962 does, with
 * SHA-256. A leaf hash starts with a zero byte, a node hash with a one.
 *
 * A subtree is named by level and index: it is complete, and holds the leaves from index * 2^level
 * on, 2^level of them. Level 0 is a leaf hash. Sizes stay below 2^63. */
#ifndef WAYMARK_CORE_MERKLE_H
#define WAYMARK_CORE_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"

enum {
    MERKLE_LEVELS = 64,
    MERKLE_PROOF_LIMIT = 65, /* hashes of the longest proof */
    MERKLE_FRONTIER_LIMIT = 8 + MERKLE_LEVELS * HASH_SIZE,
};

struct hash merkle_leaf_hash(const void *leaf, size_t size);
struct hash merkle_node_hash(struct hash left, struct hash right);

/* All that must be kept to append and to tell the root: the complete subtrees, largest first, one
 * for each bit set in size. All zero is the empty tree. */
struct merkle_frontier {
    uint64_t size;
    struct hash subtrees[MERKLE_LEVELS];
};

/* Appends a leaf hash. made, unless NULL, has room for MERKLE_LEVELS hashes and receives the roots
 * of the subtrees that this leaf completes: made[k] is that of level k with index
 * (size - 1) >> k. Returns how many there are, at least 1. */
unsigned merkle_append(struct merkle_frontier *frontier, struct hash leaf, struct hash *made);

/* The root; of the empty tree it is the hash of nothing. */
struct hash merkle_root(const struct merkle_frontier *frontier);

/* The frontier as bytes for a database row: the size as 8 bytes big endian, then the subtrees.
 * Writing returns the number of bytes. Reading is false if they are of any other shape. */
size_t merkle_frontier_write(const struct merkle_frontier *frontier,
                             uint8_t bytes[static MERKLE_FRONTIER_LIMIT]);
bool merkle_frontier_read(const uint8_t *bytes, size_t size, struct merkle_frontier *frontier);

/* Where proofs get their hashes from. An error ends the proof and is passed on. */
struct merkle_source {
    enum error (*subtree)(void *context, unsigned level, uint64_t index, struct hash *hash,
                          struct fault *fault);
    void *context;
};

/* Hashes in the order of the RFC. */
struct merkle_proof {
    unsigned count;
    struct hash hashes[MERKLE_PROOF_LIMIT];
};

/* The root of the tree of the first size leaves. */
enum error merkle_root_of(const struct merkle_source *source, uint64_t size, struct hash *root,
                          struct fault *fault) WARN_UNUSED;

/* Proves that the leaf with that index is in the tree of size leaves. ERROR_OUT_OF_RANGE unless
 * index < size. */
enum error merkle_inclusion(const struct merkle_source *source, uint64_t index, uint64_t size,
                            struct merkle_proof *proof, struct fault *fault) WARN_UNUSED;

/* Proves that the tree of second leaves starts with the tree of first leaves. Empty if first is 0
 * or equals second. ERROR_OUT_OF_RANGE unless first <= second. */
enum error merkle_consistency(const struct merkle_source *source, uint64_t first, uint64_t second,
                              struct merkle_proof *proof, struct fault *fault) WARN_UNUSED;

/* Check a proof against roots that are trusted (RFC 9162 sections 2.1.3.2 and 2.1.4.2). A proof
 * must have exactly the hashes it needs. Sizes are only as good as the signature on them: some
 * inclusion proofs hold for two sizes. */
bool merkle_verify_inclusion(const struct merkle_proof *proof, uint64_t index, uint64_t size,
                             struct hash leaf, struct hash root);
bool merkle_verify_consistency(const struct merkle_proof *proof, uint64_t first, uint64_t second,
                               struct hash first_root, struct hash second_root);

#endif
