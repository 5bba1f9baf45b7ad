#include "core/merkle.h"

#include <string.h>

#include "base/must.h"

enum { LEAF_PREFIX = 0, NODE_PREFIX = 1, SHORT_LEAF = 512 };

struct hash merkle_leaf_hash(const void *leaf, size_t size)
{
    static const uint8_t prefix = LEAF_PREFIX;
    if (size <= SHORT_LEAF) {
        uint8_t bytes[1 + SHORT_LEAF] = {prefix};
        if (size > 0)
            memcpy(bytes + 1, leaf, size);
        return hash_bytes(bytes, 1 + size);
    }
    struct hasher *hasher = hasher_new();
    hasher_add(hasher, &prefix, 1);
    hasher_add(hasher, leaf, size);
    struct hash hash = hasher_finish(hasher);
    hasher_free(hasher);
    return hash;
}

struct hash merkle_node_hash(struct hash left, struct hash right)
{
    uint8_t bytes[1 + 2 * HASH_SIZE] = {NODE_PREFIX};
    memcpy(bytes + 1, left.bytes, HASH_SIZE);
    memcpy(bytes + 1 + HASH_SIZE, right.bytes, HASH_SIZE);
    return hash_bytes(bytes, sizeof bytes);
}

static unsigned subtree_count(uint64_t size)
{
    return (unsigned)__builtin_popcountll(size);
}

static bool is_power_of_two(uint64_t size)
{
    return size != 0 && (size & (size - 1)) == 0;
}

/* Adding a leaf is adding one to size in binary: each carry joins two subtrees. */
unsigned merkle_append(struct merkle_frontier *frontier, struct hash leaf, struct hash *made)
{
    must(frontier->size < INT64_MAX);
    unsigned held = subtree_count(frontier->size);
    unsigned level = 0;
    struct hash hash = leaf;
    while (frontier->size >> level & 1) {
        if (made)
            made[level] = hash;
        hash = merkle_node_hash(frontier->subtrees[--held], hash);
        level++;
    }
    if (made)
        made[level] = hash;
    frontier->subtrees[held] = hash;
    frontier->size++;
    return level + 1;
}

struct hash merkle_root(const struct merkle_frontier *frontier)
{
    unsigned held = subtree_count(frontier->size);
    if (held == 0)
        return hash_bytes("", 0);
    struct hash root = frontier->subtrees[--held];
    while (held > 0)
        root = merkle_node_hash(frontier->subtrees[--held], root);
    return root;
}

size_t merkle_frontier_write(const struct merkle_frontier *frontier,
                             uint8_t bytes[static MERKLE_FRONTIER_LIMIT])
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(frontier->size >> (56 - 8 * i));
    size_t held = subtree_count(frontier->size) * sizeof(struct hash);
    memcpy(bytes + 8, frontier->subtrees, held);
    return 8 + held;
}

bool merkle_frontier_read(const uint8_t *bytes, size_t size, struct merkle_frontier *frontier)
{
    if (size < 8)
        return false;
    uint64_t leaves = 0;
    for (int i = 0; i < 8; i++)
        leaves = leaves << 8 | bytes[i];
    size_t held = subtree_count(leaves) * sizeof(struct hash);
    if (leaves > INT64_MAX || size != 8 + held)
        return false;
    *frontier = (struct merkle_frontier){.size = leaves};
    memcpy(frontier->subtrees, bytes + 8, held);
    return true;
}

/* The largest power of two below size: where a tree of that size parts in left and right. */
static uint64_t split(uint64_t size)
{
    return UINT64_C(1) << (63 - __builtin_clzll(size - 1));
}

/* The root over the leaves from start to before end, where start is a multiple of a power of two
 * that is no less than the range. */
static enum error range_root(const struct merkle_source *source, uint64_t start, uint64_t end,
                             struct hash *root, struct fault *fault)
{
    uint64_t size = end - start;
    if (is_power_of_two(size)) {
        unsigned level = (unsigned)__builtin_ctzll(size);
        return source->subtree(source->context, level, start >> level, root, fault);
    }
    struct hash left, right;
    uint64_t middle = start + split(size);
    enum error error = range_root(source, start, middle, &left, fault);
    if (error == OK)
        error = range_root(source, middle, end, &right, fault);
    if (error == OK)
        *root = merkle_node_hash(left, right);
    return error;
}

static enum error add_range(const struct merkle_source *source, uint64_t start, uint64_t end,
                            struct merkle_proof *proof, struct fault *fault)
{
    must(proof->count < MERKLE_PROOF_LIMIT);
    return range_root(source, start, end, &proof->hashes[proof->count++], fault);
}

/* Proofs are gathered on the way down from the root and told from the bottom up. */
static void reverse(struct merkle_proof *proof)
{
    for (unsigned i = 0, j = proof->count; i + 1 < j; i++) {
        struct hash hash = proof->hashes[i];
        proof->hashes[i] = proof->hashes[--j];
        proof->hashes[j] = hash;
    }
}

static enum error check_size(uint64_t size, struct fault *fault)
{
    if (size > INT64_MAX)
        return refuse(fault, ERROR_OUT_OF_RANGE, "size", "no tree has that many leaves");
    return OK;
}

enum error merkle_root_of(const struct merkle_source *source, uint64_t size, struct hash *root,
                          struct fault *fault)
{
    if (size == 0) {
        *root = hash_bytes("", 0);
        return OK;
    }
    enum error error = check_size(size, fault);
    return error == OK ? range_root(source, 0, size, root, fault) : error;
}

enum error merkle_inclusion(const struct merkle_source *source, uint64_t index, uint64_t size,
                            struct merkle_proof *proof, struct fault *fault)
{
    if (index >= size)
        return refuse(fault, ERROR_OUT_OF_RANGE, "index", "the tree has %ju leaves",
                      (uintmax_t)size);
    enum error error = check_size(size, fault);
    proof->count = 0;
    uint64_t start = 0, end = size;
    while (error == OK && end - start > 1) {
        uint64_t middle = start + split(end - start);
        if (index < middle) {
            error = add_range(source, middle, end, proof, fault);
            end = middle;
        } else {
            error = add_range(source, start, middle, proof, fault);
            start = middle;
        }
    }
    reverse(proof);
    return error;
}

/* RFC 9162 section 2.1.4.1, SUBPROOF. While start is 0 the verifier knows the smaller tree's root
 * and need not be told it. */
enum error merkle_consistency(const struct merkle_source *source, uint64_t first, uint64_t second,
                              struct merkle_proof *proof, struct fault *fault)
{
    if (first > second)
        return refuse(fault, ERROR_OUT_OF_RANGE, "first", "the tree has %ju leaves",
                      (uintmax_t)second);
    enum error error = check_size(second, fault);
    proof->count = 0;
    if (first == 0)
        return error;
    uint64_t start = 0, end = second;
    while (error == OK && first != end) {
        uint64_t middle = start + split(end - start);
        if (first <= middle) {
            error = add_range(source, middle, end, proof, fault);
            end = middle;
        } else {
            error = add_range(source, start, middle, proof, fault);
            start = middle;
        }
    }
    if (error == OK && start > 0)
        error = add_range(source, start, end, proof, fault);
    reverse(proof);
    return error;
}

/* Where a verifier stands: a node and the last node of its level, by index. */
struct climb {
    uint64_t node, last;
};

static bool is_right(struct climb at)
{
    return at.node & 1 || at.node == at.last;
}

static struct climb up(struct climb at)
{
    return (struct climb){at.node >> 1, at.last >> 1};
}

/* A last node without a left neighbour is its own parent, so it goes up unhashed. */
static struct climb up_from_right(struct climb at)
{
    while (!(at.node & 1) && at.node != 0)
        at = up(at);
    return up(at);
}

bool merkle_verify_inclusion(const struct merkle_proof *proof, uint64_t index, uint64_t size,
                             struct hash leaf, struct hash root)
{
    if (index >= size || proof->count > MERKLE_PROOF_LIMIT)
        return false;
    struct climb at = {index, size - 1};
    struct hash hash = leaf;
    for (unsigned i = 0; i < proof->count; i++) {
        if (at.last == 0)
            return false;
        if (is_right(at)) {
            hash = merkle_node_hash(proof->hashes[i], hash);
            at = up_from_right(at);
        } else {
            hash = merkle_node_hash(hash, proof->hashes[i]);
            at = up(at);
        }
    }
    return at.last == 0 && hash_equal(hash, root);
}

/* Climbs both trees at once from the root of the smaller tree's last complete subtree. */
static bool verify_growth(const struct hash *hashes, unsigned count, struct climb at,
                          struct hash seed, struct hash first_root, struct hash second_root)
{
    struct hash first = seed, second = seed;
    for (unsigned i = 0; i < count; i++) {
        if (at.last == 0)
            return false;
        if (is_right(at)) {
            first = merkle_node_hash(hashes[i], first);
            second = merkle_node_hash(hashes[i], second);
            at = up_from_right(at);
        } else {
            second = merkle_node_hash(second, hashes[i]);
            at = up(at);
        }
    }
    return at.last == 0 && hash_equal(first, first_root) && hash_equal(second, second_root);
}

bool merkle_verify_consistency(const struct merkle_proof *proof, uint64_t first, uint64_t second,
                               struct hash first_root, struct hash second_root)
{
    if (first > second || proof->count > MERKLE_PROOF_LIMIT)
        return false;
    if (first == second)
        return proof->count == 0 && hash_equal(first_root, second_root);
    if (first == 0)
        return proof->count == 0 && hash_equal(first_root, hash_bytes("", 0));
    if (proof->count == 0)
        return false;
    struct climb at = {first - 1, second - 1};
    while (at.node & 1)
        at = up(at);
    if (is_power_of_two(first))
        return verify_growth(proof->hashes, proof->count, at, first_root, first_root, second_root);
    return verify_growth(proof->hashes + 1, proof->count - 1, at, proof->hashes[0], first_root,
                         second_root);
}
