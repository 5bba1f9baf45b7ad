#include "core/merkle.h"

#include "../check.h"

enum { TREE = 70 };

/* The tree by its definition, RFC 9162 section 2.1: slow, and unlike the code under test. */
static struct hash leaves[TREE], roots[TREE + 1];

static unsigned half(unsigned size)
{
    unsigned k = 1;
    while (k * 2 < size)
        k *= 2;
    return k;
}

static struct hash tree_hash(const struct hash *at, unsigned size)
{
    if (size == 0)
        return hash_bytes("", 0);
    if (size == 1)
        return *at;
    unsigned k = half(size);
    return merkle_node_hash(tree_hash(at, k), tree_hash(at + k, size - k));
}

static void grow(void)
{
    for (uint8_t i = 0; i < TREE; i++)
        leaves[i] = merkle_leaf_hash((uint8_t[]){i, (uint8_t)(i * 7)}, 2);
    for (unsigned size = 0; size <= TREE; size++)
        roots[size] = tree_hash(leaves, size);
}

static void path(unsigned m, const struct hash *at, unsigned size, struct merkle_proof *proof)
{
    if (size == 1)
        return;
    unsigned k = half(size);
    if (m < k) {
        path(m, at, k, proof);
        proof->hashes[proof->count++] = tree_hash(at + k, size - k);
    } else {
        path(m - k, at + k, size - k, proof);
        proof->hashes[proof->count++] = tree_hash(at, k);
    }
}

static void subproof(unsigned m, const struct hash *at, unsigned size, bool whole,
                     struct merkle_proof *proof)
{
    if (m == size) {
        if (!whole)
            proof->hashes[proof->count++] = tree_hash(at, size);
        return;
    }
    unsigned k = half(size);
    if (m <= k) {
        subproof(m, at, k, whole, proof);
        proof->hashes[proof->count++] = tree_hash(at + k, size - k);
    } else {
        subproof(m - k, at + k, size - k, false, proof);
        proof->hashes[proof->count++] = tree_hash(at, k);
    }
}

static enum error subtree(void *context, unsigned level, uint64_t index, struct hash *hash,
                          struct fault *fault)
{
    uint64_t *asked = context;
    (*asked)++;
    (void)fault;
    assert_true((index + 1) << level <= TREE);
    *hash = tree_hash(leaves + (index << level), 1u << level);
    return OK;
}

static uint64_t subtrees_asked;
static const struct merkle_source source = {subtree, &subtrees_asked};

static void assert_same(const struct merkle_proof *a, const struct merkle_proof *b)
{
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->hashes, b->hashes, a->count * sizeof *a->hashes);
}

static struct hash hex(const char *text)
{
    struct hash hash;
    assert_true(hash_from_hex(text, &hash));
    return hash;
}

/* The eight leaves of the Certificate Transparency reference implementation, the roots of the trees
 * they make, and the proofs in its tests (certificate-transparency, merkle_tree_test). */
static const struct {
    size_t size;
    uint8_t bytes[16];
} reference_leaves[8] = {
    {0, {0}},
    {1, {0x00}},
    {1, {0x10}},
    {2, {0x20, 0x21}},
    {2, {0x30, 0x31}},
    {4, {0x40, 0x41, 0x42, 0x43}},
    {8, {0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57}},
    {16,
     {0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e,
      0x6f}},
};

static const char *const reference_roots[9] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static struct hash reference_leaf(unsigned i)
{
    return merkle_leaf_hash(reference_leaves[i].bytes, reference_leaves[i].size);
}

CASE(the_reference_leaves_make_the_reference_roots)
{
    struct merkle_frontier frontier = {0};
    for (unsigned i = 0; i < 8; i++) {
        assert_true(hash_equal(merkle_root(&frontier), hex(reference_roots[i])));
        merkle_append(&frontier, reference_leaf(i), NULL);
    }
    assert_true(hash_equal(merkle_root(&frontier), hex(reference_roots[8])));
}

CASE(the_reference_proofs_are_made_and_hold)
{
    static const struct {
        bool inclusion;
        unsigned a, b, count;
        const char *hashes[3];
    } proofs[] = {
        {true,
         0,
         8,
         3,
         {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
        {true,
         5,
         8,
         3,
         {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
        {true, 2, 3, 1, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
        {true,
         1,
         5,
         3,
         {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
        {false, 1, 1, 0, {NULL}},
        {false,
         1,
         8,
         3,
         {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
        {false,
         6,
         8,
         3,
         {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
        {false,
         2,
         5,
         2,
         {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
    };
    for (unsigned i = 0; i < 8; i++)
        leaves[i] = reference_leaf(i);
    for (size_t i = 0; i < sizeof proofs / sizeof *proofs; i++) {
        unsigned a = proofs[i].a, b = proofs[i].b;
        struct hash root = hex(reference_roots[b]);
        struct merkle_proof expected = {.count = proofs[i].count}, made;
        for (unsigned j = 0; j < expected.count; j++)
            expected.hashes[j] = hex(proofs[i].hashes[j]);
        if (proofs[i].inclusion) {
            assert_int_equal(merkle_inclusion(&source, a, b, &made, NULL), OK);
            assert_true(merkle_verify_inclusion(&expected, a, b, leaves[a], root));
        } else {
            assert_int_equal(merkle_consistency(&source, a, b, &made, NULL), OK);
            assert_true(merkle_verify_consistency(&expected, a, b, hex(reference_roots[a]), root));
        }
        assert_same(&made, &expected);
    }
}

CASE(appending_completes_the_subtrees_of_the_definition)
{
    grow();
    struct merkle_frontier frontier = {0};
    for (unsigned i = 0; i < TREE; i++) {
        struct hash made[MERKLE_LEVELS];
        unsigned count = merkle_append(&frontier, leaves[i], made);
        assert_int_equal(count, __builtin_ctz(i + 1) + 1);
        for (unsigned level = 0; level < count; level++) {
            unsigned width = 1u << level;
            assert_true(hash_equal(made[level], tree_hash(leaves + i + 1 - width, width)));
        }
        assert_int_equal(frontier.size, i + 1);
        assert_true(hash_equal(merkle_root(&frontier), tree_hash(leaves, i + 1)));
    }
}

CASE(a_long_leaf_hashes_as_a_short_one_does)
{
    static uint8_t bytes[5000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i % 251);
    for (size_t size = 505; size <= sizeof bytes - 1; size = size * 2 - 500) {
        static uint8_t prefixed[5001];
        memcpy(prefixed + 1, bytes, size);
        assert_true(hash_equal(merkle_leaf_hash(bytes, size), hash_bytes(prefixed, size + 1)));
    }
}

CASE(a_frontier_survives_a_database_row)
{
    grow();
    struct merkle_frontier frontier = {0};
    for (unsigned i = 0; i <= TREE; i++) {
        uint8_t bytes[MERKLE_FRONTIER_LIMIT];
        size_t size = merkle_frontier_write(&frontier, bytes);
        assert_int_equal(size, 8 + 32 * __builtin_popcount(i));
        struct merkle_frontier back;
        memset(&back, 0xff, sizeof back);
        assert_true(merkle_frontier_read(bytes, size, &back));
        assert_true(hash_equal(merkle_root(&back), merkle_root(&frontier)));
        assert_int_equal(back.size, i);
        assert_false(merkle_frontier_read(bytes, size - 1, &back));
        assert_false(merkle_frontier_read(bytes, size + 1, &back));
        if (i < TREE)
            merkle_append(&frontier, leaves[i], NULL);
    }
}

CASE(a_frontier_of_impossible_size_is_refused)
{
    uint8_t bytes[8 + 32] = {0x80};
    struct merkle_frontier frontier;
    assert_false(merkle_frontier_read(bytes, sizeof bytes, &frontier));
    assert_false(merkle_frontier_read(bytes, 0, &frontier));
}

CASE(the_largest_frontier_fits)
{
    struct merkle_frontier frontier = {.size = INT64_MAX};
    uint8_t bytes[MERKLE_FRONTIER_LIMIT];
    size_t size = merkle_frontier_write(&frontier, bytes);
    assert_int_equal(size, 8 + 63 * 32);
    struct merkle_frontier back;
    assert_true(merkle_frontier_read(bytes, size, &back));
    assert_memory_equal(&back, &frontier, sizeof back);
}

CASE(a_root_is_found_for_every_size)
{
    grow();
    for (unsigned size = 0; size <= TREE; size++) {
        struct hash root;
        assert_int_equal(merkle_root_of(&source, size, &root, NULL), OK);
        assert_true(hash_equal(root, tree_hash(leaves, size)));
    }
}

CASE(every_inclusion_proof_is_that_of_the_definition_and_holds)
{
    grow();
    for (unsigned size = 1; size <= TREE; size++) {
        struct hash root = roots[size];
        for (unsigned index = 0; index < size; index++) {
            struct merkle_proof proof, expected = {0};
            assert_int_equal(merkle_inclusion(&source, index, size, &proof, NULL), OK);
            path(index, leaves, size, &expected);
            assert_same(&proof, &expected);
            assert_true(merkle_verify_inclusion(&proof, index, size, leaves[index], root));
        }
    }
}

CASE(every_consistency_proof_is_that_of_the_definition_and_holds)
{
    grow();
    for (unsigned second = 0; second <= TREE; second++) {
        struct hash second_root = roots[second];
        for (unsigned first = 0; first <= second; first++) {
            struct merkle_proof proof, expected = {0};
            assert_int_equal(merkle_consistency(&source, first, second, &proof, NULL), OK);
            if (first > 0)
                subproof(first, leaves, second, true, &expected);
            assert_same(&proof, &expected);
            assert_true(
                merkle_verify_consistency(&proof, first, second, roots[first], second_root));
        }
    }
}

static bool included(const struct merkle_proof *proof, uint64_t index, uint64_t size)
{
    return merkle_verify_inclusion(proof, index, size, leaves[index], roots[size]);
}

CASE(a_tampered_inclusion_proof_does_not_hold)
{
    grow();
    for (unsigned size = 1; size <= TREE; size++) {
        for (unsigned index = 0; index < size; index++) {
            struct merkle_proof proof, wrong;
            assert_int_equal(merkle_inclusion(&source, index, size, &proof, NULL), OK);
            for (unsigned i = 0; i < proof.count; i++) {
                wrong = proof;
                wrong.hashes[i].bytes[index % HASH_SIZE] ^= 0x10;
                assert_false(included(&wrong, index, size));
            }
            wrong = proof;
            wrong.hashes[wrong.count++] = leaves[0];
            assert_false(included(&wrong, index, size));
            if (proof.count > 0) {
                wrong = proof;
                wrong.count--;
                assert_false(included(&wrong, index, size));
            }
            assert_false(merkle_verify_inclusion(&proof, index, size, leaves[(index + 1) % TREE],
                                                 roots[size]));
            assert_false(
                merkle_verify_inclusion(&proof, index, size, leaves[index], leaves[size % TREE]));
        }
    }
}

CASE(a_proof_does_not_hold_for_another_place)
{
    grow();
    for (unsigned size = 2; size <= 40; size++) {
        struct hash root = roots[size];
        for (unsigned index = 0; index < size; index++) {
            struct merkle_proof proof;
            assert_int_equal(merkle_inclusion(&source, index, size, &proof, NULL), OK);
            for (unsigned other = 0; other < size + 2; other++)
                if (other != index)
                    assert_false(merkle_verify_inclusion(&proof, other, size, leaves[index], root));
        }
    }
}

CASE(a_tampered_consistency_proof_does_not_hold)
{
    grow();
    for (unsigned second = 1; second <= TREE; second++) {
        struct hash second_root = roots[second];
        for (unsigned first = 1; first <= second; first++) {
            struct hash first_root = roots[first];
            struct merkle_proof proof, wrong;
            assert_int_equal(merkle_consistency(&source, first, second, &proof, NULL), OK);
            for (unsigned i = 0; i < proof.count; i++) {
                wrong = proof;
                wrong.hashes[i].bytes[first % HASH_SIZE] ^= 1;
                assert_false(
                    merkle_verify_consistency(&wrong, first, second, first_root, second_root));
            }
            wrong = proof;
            wrong.hashes[wrong.count++] = leaves[0];
            assert_false(merkle_verify_consistency(&wrong, first, second, first_root, second_root));
            if (proof.count > 0) {
                wrong = proof;
                wrong.count--;
                assert_false(
                    merkle_verify_consistency(&wrong, first, second, first_root, second_root));
            }
            struct hash other = hash_bytes("other", 5);
            assert_false(merkle_verify_consistency(&proof, first, second, other, second_root));
            assert_false(merkle_verify_consistency(&proof, first, second, first_root, other));
        }
    }
}

CASE(an_empty_tree_is_the_start_of_any_tree_if_its_root_is_right)
{
    grow();
    struct merkle_proof none = {0};
    struct hash empty = hash_bytes("", 0), root = tree_hash(leaves, 5);
    assert_true(merkle_verify_consistency(&none, 0, 5, empty, root));
    assert_false(merkle_verify_consistency(&none, 0, 5, root, root));
    assert_true(merkle_verify_consistency(&none, 0, 0, empty, empty));
}

CASE(a_proof_of_what_is_not_there_is_refused)
{
    struct merkle_proof proof = {0};
    struct fault fault;
    assert_int_equal(merkle_inclusion(&source, 5, 5, &proof, &fault), ERROR_OUT_OF_RANGE);
    assert_string_equal(fault.field, "index");
    assert_int_equal(merkle_inclusion(&source, 0, 0, &proof, &fault), ERROR_OUT_OF_RANGE);
    assert_int_equal(merkle_inclusion(&source, 0, UINT64_MAX, &proof, &fault), ERROR_OUT_OF_RANGE);
    assert_int_equal(merkle_consistency(&source, 6, 5, &proof, &fault), ERROR_OUT_OF_RANGE);
    assert_string_equal(fault.field, "first");
    assert_false(merkle_verify_inclusion(&proof, 1, 1, leaves[0], leaves[0]));
    assert_false(merkle_verify_consistency(&proof, 2, 1, leaves[0], leaves[0]));
    proof.count = MERKLE_PROOF_LIMIT + 1;
    assert_false(merkle_verify_inclusion(&proof, 0, 1, leaves[0], leaves[0]));
    assert_false(merkle_verify_consistency(&proof, 1, 2, leaves[0], leaves[0]));
}

static enum error broken(void *context, unsigned level, uint64_t index, struct hash *hash,
                         struct fault *fault)
{
    (void)level;
    unsigned *good = context;
    if ((*good)-- == 0)
        return refuse(fault, ERROR_STORAGE, "subtree", "cannot be read");
    *hash = leaves[index % TREE];
    return OK;
}

CASE(trouble_in_the_source_ends_the_proof)
{
    for (unsigned good = 0; good < 4; good++) {
        struct merkle_proof proof;
        struct fault fault;
        unsigned left = good;
        const struct merkle_source trouble = {broken, &left};
        assert_int_equal(merkle_inclusion(&trouble, 0, 7 * 11, &proof, &fault), ERROR_STORAGE);
        left = good;
        assert_int_equal(merkle_consistency(&trouble, 37, 77, &proof, &fault), ERROR_STORAGE);
        assert_string_equal(fault.field, "subtree");
    }
}

/* A proof in a tree of 2^62 leaves would take forever if it read more than the right edge. */
static enum error any(void *context, unsigned level, uint64_t index, struct hash *hash,
                      struct fault *fault)
{
    (void)fault;
    (*(unsigned *)context)++;
    *hash = hash_bytes(&(uint64_t[]){level, index}, 16);
    return OK;
}

CASE(a_proof_reads_few_hashes_of_a_huge_tree)
{
    unsigned asked = 0;
    const struct merkle_source huge = {any, &asked};
    uint64_t size = INT64_MAX;
    struct merkle_proof proof;
    struct hash root, leaf = hash_bytes(&(uint64_t[]){0, size - 1}, 16);
    assert_int_equal(merkle_root_of(&huge, size, &root, NULL), OK);
    assert_int_equal(merkle_inclusion(&huge, size - 1, size, &proof, NULL), OK);
    assert_true(merkle_verify_inclusion(&proof, size - 1, size, leaf, root));
    assert_int_equal(merkle_consistency(&huge, size / 2 + 12345, size, &proof, NULL), OK);
    assert_in_range(asked, 63, 63 * 5);
}

RUN(T(the_reference_leaves_make_the_reference_roots), T(the_reference_proofs_are_made_and_hold),
    T(appending_completes_the_subtrees_of_the_definition),
    T(a_long_leaf_hashes_as_a_short_one_does), T(a_frontier_survives_a_database_row),
    T(a_frontier_of_impossible_size_is_refused), T(the_largest_frontier_fits),
    T(a_root_is_found_for_every_size), T(every_inclusion_proof_is_that_of_the_definition_and_holds),
    T(every_consistency_proof_is_that_of_the_definition_and_holds),
    T(a_tampered_inclusion_proof_does_not_hold), T(a_proof_does_not_hold_for_another_place),
    T(a_tampered_consistency_proof_does_not_hold),
    T(an_empty_tree_is_the_start_of_any_tree_if_its_root_is_right),
    T(a_proof_of_what_is_not_there_is_refused), T(trouble_in_the_source_ends_the_proof),
    T(a_proof_reads_few_hashes_of_a_huge_tree))
