/* The evidence log cut into tiles, as C2SP tlog-tiles publishes them: a tile of level L holds up to
 * 256 roots of complete subtrees of 256^L leaves, side by side. Tiles never change, so a store that
 * keeps these roots for L = 0, 1, 2, ... can serve tiles and any proof. Sizes stay below 2^63. */
#ifndef WAYMARK_CORE_TILE_H
#define WAYMARK_CORE_TILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "core/merkle.h"

enum {
    TILE_HEIGHT = 8, /* levels of the Merkle tree in a tile */
    TILE_WIDTH = 256,
    TILE_LEVELS = 8,     /* 256^8 is beyond any size */
    TILE_ENTRIES = -1,   /* as a level: the bundle of log entries that the tile at level 0 hashes */
    TILE_PATH_SIZE = 64, /* of the longest path, NUL included */
};

struct tile {
    int level;      /* 0 to TILE_LEVELS - 1, or TILE_ENTRIES */
    uint64_t index; /* within its level */
    unsigned width; /* hashes it holds: TILE_WIDTH, or fewer in a partial tile; never 0 */
};

/* How many tiles a tree of that size has at that level; only the last may be partial. */
uint64_t tile_count(uint64_t size, int level);

/* How many hashes the tile has in a tree of that size; 0 if the tree has no such tile. */
unsigned tile_width(uint64_t size, int level, uint64_t index);

/* Whether a tree of that size can serve the tile: a narrower one, of an earlier size, counts. */
bool tile_exists(uint64_t size, struct tile tile);

/* "tile/1/x001/x234/067.p/8", or "tile/entries/..."; the ending only for a partial tile. Returns
 * path. */
char *tile_path(struct tile tile, char path[static TILE_PATH_SIZE]);

/* Reads exactly what tile_path writes; false for anything else. */
bool tile_path_parse(const char *path, struct tile *tile);

/* Where tiles get their hashes from: the roots of count (1 to TILE_WIDTH) complete subtrees of
 * 256^level leaves from index first on. An error is passed on. */
struct tile_source {
    enum error (*read)(void *context, int level, uint64_t first, unsigned count,
                       struct hash *hashes, struct fault *fault);
    void *context;
};

/* The hashes of a tile, in their order the tile's content; not for TILE_ENTRIES. */
enum error tile_read(const struct tile_source *source, struct tile tile,
                     struct hash hashes[static TILE_WIDTH], struct fault *fault) WARN_UNUSED;

/* A source of subtrees for proofs. Each subtree costs one read of at most 128 hashes from the
 * level below it. source must outlive it. */
struct merkle_source tile_subtrees(const struct tile_source *source);

#endif
