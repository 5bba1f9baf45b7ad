#include "core/tile.h"

#include <stdlib.h>

#include "../check.h"

CASE(a_tree_of_70000_has_the_tiles_of_the_specification)
{
    uint64_t size = 70000;
    assert_int_equal(tile_count(size, 0), 274);
    assert_int_equal(tile_width(size, 0, 272), 256);
    assert_int_equal(tile_width(size, 0, 273), 112);
    assert_int_equal(tile_width(size, 0, 274), 0);
    assert_int_equal(tile_count(size, 1), 2);
    assert_int_equal(tile_width(size, 1, 0), 256);
    assert_int_equal(tile_width(size, 1, 1), 17);
    assert_int_equal(tile_count(size, 2), 1);
    assert_int_equal(tile_width(size, 2, 0), 1);
    assert_int_equal(tile_count(size, 3), 0);
    assert_int_equal(tile_width(size, 3, 0), 0);
    assert_int_equal(tile_count(size, TILE_ENTRIES), 274);
    assert_int_equal(tile_width(size, TILE_ENTRIES, 273), 112);
}

CASE(a_tree_of_256_has_a_full_tile_and_one_above)
{
    assert_int_equal(tile_count(256, 0), 1);
    assert_int_equal(tile_width(256, 0, 0), 256);
    assert_int_equal(tile_width(256, 0, 1), 0);
    assert_int_equal(tile_width(256, 1, 0), 1);
    assert_int_equal(tile_count(255, 1), 0);
    assert_int_equal(tile_count(0, 0), 0);
    assert_int_equal(tile_width(INT64_MAX, 7, 0), 127);
}

CASE(an_earlier_narrower_tile_still_exists)
{
    struct tile tile = {.level = 0, .index = 273, .width = 112};
    assert_true(tile_exists(70000, tile));
    assert_true(tile_exists(80000, tile));
    assert_false(tile_exists(69999, tile));
    tile.width = 1;
    assert_true(tile_exists(70000, tile));
    tile.width = 0;
    assert_false(tile_exists(70000, tile));
}

static const struct {
    struct tile tile;
    const char *path;
} paths[] = {
    {{0, 0, 256}, "tile/0/000"},
    {{0, 0, 1}, "tile/0/000.p/1"},
    {{0, 273, 112}, "tile/0/273.p/112"},
    {{1, 999, 255}, "tile/1/999.p/255"},
    {{1, 1000, 256}, "tile/1/x001/000"},
    {{3, 1234067, 256}, "tile/3/x001/x234/067"},
    {{7, 1234067, 8}, "tile/7/x001/x234/067.p/8"},
    {{TILE_ENTRIES, 5, 7}, "tile/entries/005.p/7"},
    {{TILE_ENTRIES, 1000000, 256}, "tile/entries/x001/x000/000"},
    {{0, UINT64_MAX, 255}, "tile/0/x018/x446/x744/x073/x709/x551/615.p/255"},
};

CASE(paths_are_written_and_read)
{
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char path[TILE_PATH_SIZE];
        struct tile back;
        assert_string_equal(tile_path(paths[i].tile, path), paths[i].path);
        assert_true(tile_path_parse(path, &back));
        assert_int_equal(back.level, paths[i].tile.level);
        assert_int_equal(back.index, paths[i].tile.index);
        assert_int_equal(back.width, paths[i].tile.width);
    }
}

CASE(there_is_one_path_for_any_tile)
{
    static const char *const wrong[] = {
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/x001/x000",
        "tile/0/x1/000",
        "tile/0/000/",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/1000",
        "tile/0/000.p/1/",
        "tile/00/000",
        "tile/8/000",
        "tile/63/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/data/000",
        "tile/entries",
        "/tile/0/000",
        "tile/0/ 01",
        "tile/0/-01",
        "tile//000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/x001/x018/x446/x744/x073/x709/x551/615",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct tile tile;
        assert_false(tile_path_parse(wrong[i], &tile));
    }
}

/* A store as the server may have it: for each tile level the roots in a row, kept while appending.
 */
enum { STORED = 70000 };

struct shelf {
    struct merkle_frontier frontier;
    struct hash *levels[3];
    unsigned reads, widest;
};

static void put(struct shelf *shelf, struct hash leaf)
{
    struct hash made[MERKLE_LEVELS];
    uint64_t index = shelf->frontier.size;
    unsigned count = merkle_append(&shelf->frontier, leaf, made);
    for (unsigned level = 0; level < count; level += TILE_HEIGHT)
        shelf->levels[level / TILE_HEIGHT][index >> level] = made[level];
}

static enum error read_shelf(void *context, int level, uint64_t first, unsigned count,
                             struct hash *hashes, struct fault *fault)
{
    struct shelf *shelf = context;
    (void)fault;
    assert_in_range(count, 1, TILE_WIDTH);
    assert_in_range(first + count, 1, shelf->frontier.size >> TILE_HEIGHT * level);
    memcpy(hashes, shelf->levels[level] + first, count * sizeof *hashes);
    shelf->reads++;
    if (count > shelf->widest)
        shelf->widest = count;
    return OK;
}

static int fill(void **state)
{
    struct shelf *shelf = calloc(1, sizeof *shelf);
    for (int level = 0; level < 3; level++)
        shelf->levels[level] =
            malloc((STORED >> TILE_HEIGHT * level) * sizeof *shelf->levels[level]);
    for (uint32_t i = 0; i < STORED; i++)
        put(shelf, merkle_leaf_hash(&i, sizeof i));
    *state = shelf;
    return 0;
}

static int empty(void **state)
{
    struct shelf *shelf = *state;
    for (int level = 0; level < 3; level++)
        free(shelf->levels[level]);
    free(shelf);
    return 0;
}

static void tiles_of_a_level_hash_to_those_above(void **state)
{
    struct shelf *shelf = *state;
    const struct tile_source source = {read_shelf, shelf};
    for (int level = 0; level < 2; level++) {
        for (uint64_t index = 0; tile_width(STORED, level, index) == TILE_WIDTH; index++) {
            struct hash hashes[TILE_WIDTH];
            struct tile tile = {level, index, TILE_WIDTH};
            assert_int_equal(tile_read(&source, tile, hashes, NULL), OK);
            struct merkle_frontier frontier = {0};
            for (int i = 0; i < TILE_WIDTH; i++)
                merkle_append(&frontier, hashes[i], NULL);
            assert_true(hash_equal(merkle_root(&frontier), shelf->levels[level + 1][index]));
        }
    }
}

static void a_partial_tile_holds_the_last_hashes(void **state)
{
    struct shelf *shelf = *state;
    const struct tile_source source = {read_shelf, shelf};
    struct hash hashes[TILE_WIDTH];
    struct tile tile = {0, 273, tile_width(STORED, 0, 273)};
    assert_int_equal(tile_read(&source, tile, hashes, NULL), OK);
    assert_true(hash_equal(hashes[111], shelf->levels[0][STORED - 1]));
}

static void proofs_come_from_tiles_in_few_reads(void **state)
{
    struct shelf *shelf = *state;
    const struct tile_source source = {read_shelf, shelf};
    const struct merkle_source subtrees = tile_subtrees(&source);
    struct hash root = merkle_root(&shelf->frontier), found;
    shelf->widest = 0;
    assert_int_equal(merkle_root_of(&subtrees, STORED, &found, NULL), OK);
    assert_true(hash_equal(root, found));
    static const uint64_t some[] = {0, 1, 255, 256, 257, 4095, 65535, 65536, 69887, 69888, 69999};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        struct merkle_proof proof;
        shelf->reads = 0;
        assert_int_equal(merkle_inclusion(&subtrees, some[i], STORED, &proof, NULL), OK);
        assert_in_range(shelf->reads, 5, 24);
        assert_true(
            merkle_verify_inclusion(&proof, some[i], STORED, shelf->levels[0][some[i]], root));
        struct hash before;
        assert_int_equal(merkle_root_of(&subtrees, some[i] + 1, &before, NULL), OK);
        assert_int_equal(merkle_consistency(&subtrees, some[i] + 1, STORED, &proof, NULL), OK);
        assert_true(merkle_verify_consistency(&proof, some[i] + 1, STORED, before, root));
    }
    assert_in_range(shelf->widest, 1, TILE_WIDTH / 2);
}

static enum error broken(void *context, int level, uint64_t first, unsigned count,
                         struct hash *hashes, struct fault *fault)
{
    (void)context, (void)level, (void)first, (void)count, (void)hashes;
    return refuse(fault, ERROR_STORAGE, "tile", "cannot be read");
}

CASE(trouble_in_the_source_is_passed_on)
{
    const struct tile_source source = {broken, NULL};
    const struct merkle_source subtrees = tile_subtrees(&source);
    struct hash hashes[TILE_WIDTH];
    struct merkle_proof proof;
    struct fault fault;
    assert_int_equal(tile_read(&source, (struct tile){0, 0, 1}, hashes, &fault), ERROR_STORAGE);
    assert_int_equal(merkle_inclusion(&subtrees, 3, 9, &proof, &fault), ERROR_STORAGE);
    assert_string_equal(fault.field, "tile");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_tree_of_70000_has_the_tiles_of_the_specification),
        T(a_tree_of_256_has_a_full_tile_and_one_above),
        T(an_earlier_narrower_tile_still_exists),
        T(paths_are_written_and_read),
        T(there_is_one_path_for_any_tile),
        T(tiles_of_a_level_hash_to_those_above),
        T(a_partial_tile_holds_the_last_hashes),
        T(proofs_come_from_tiles_in_few_reads),
        T(trouble_in_the_source_is_passed_on),
    };
    return cmocka_run_group_tests(tests, fill, empty);
}
