/* Addresses of tiles. */
#include "core/tile.h"
#include "fuzz.h"

/* A tile that exists is no wider than the tree has it, and has a place among its level's. */
static void check_tile(struct tile tile)
{
    static const uint64_t sizes[] = {0, 1, 255, 256, 257, 65536, 70000, INT64_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int level = tile.level == TILE_ENTRIES ? 0 : tile.level;
        unsigned width = tile_width(sizes[i], level, tile.index);
        must(width <= TILE_WIDTH);
        must((width > 0) == (tile.index < tile_count(sizes[i], level)));
        must(tile_exists(sizes[i], tile) == (width >= tile.width));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    char *text = fuzz_text(input, size);
    char path[TILE_PATH_SIZE];
    struct tile tile;
    if (tile_path_parse(text, &tile)) {
        must(strcmp(tile_path(tile, path), text) == 0);
        check_tile(tile);
    }
    free(text);
    return 0;
}
