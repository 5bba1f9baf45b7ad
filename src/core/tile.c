#include "core/tile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

/* Complete subtrees of 256^level leaves in a tree. Entries count as leaves do. */
static uint64_t hash_count(uint64_t size, int level)
{
    must(level >= TILE_ENTRIES && level < TILE_LEVELS);
    return level == TILE_ENTRIES ? size : size >> (TILE_HEIGHT * level);
}

uint64_t tile_count(uint64_t size, int level)
{
    uint64_t hashes = hash_count(size, level);
    return hashes / TILE_WIDTH + (hashes % TILE_WIDTH != 0);
}

unsigned tile_width(uint64_t size, int level, uint64_t index)
{
    uint64_t hashes = hash_count(size, level);
    if (index < hashes / TILE_WIDTH)
        return TILE_WIDTH;
    return index == hashes / TILE_WIDTH ? (unsigned)(hashes % TILE_WIDTH) : 0;
}

bool tile_exists(uint64_t size, struct tile tile)
{
    return tile.width > 0 && tile.width <= tile_width(size, tile.level, tile.index);
}

char *tile_path(struct tile tile, char path[static TILE_PATH_SIZE])
{
    must(tile.width >= 1 && tile.width <= TILE_WIDTH);
    must(tile.level >= TILE_ENTRIES && tile.level < TILE_LEVELS);
    unsigned groups[7]; /* of three digits, last first; 2^64 has 20 digits */
    int count = 0;
    uint64_t rest = tile.index;
    do {
        groups[count++] = (unsigned)(rest % 1000);
        rest /= 1000;
    } while (rest > 0);

    char *at = path;
    if (tile.level == TILE_ENTRIES)
        at += sprintf(at, "tile/entries");
    else
        at += sprintf(at, "tile/%d", tile.level);
    while (count-- > 0)
        at += sprintf(at, count > 0 ? "/x%03u" : "/%03u", groups[count]);
    if (tile.width < TILE_WIDTH)
        sprintf(at, ".p/%u", tile.width);
    return path;
}

static bool skip(const char **at, const char *text)
{
    size_t length = strlen(text);
    if (strncmp(*at, text, length) != 0)
        return false;
    *at += length;
    return true;
}

/* One to three digits. */
static bool read_number(const char **at, unsigned *number)
{
    size_t length = strspn(*at, "0123456789");
    if (length < 1 || length > 3)
        return false;
    *number = (unsigned)strtoul(*at, NULL, 10);
    *at += length;
    return true;
}

static bool read_level(const char **at, int *level)
{
    unsigned number;
    *level = TILE_ENTRIES;
    if (skip(at, "entries"))
        return true;
    if (!read_number(at, &number) || number >= TILE_LEVELS)
        return false;
    *level = (int)number;
    return true;
}

static bool read_index(const char **at, uint64_t *index)
{
    bool more;
    *index = 0;
    do {
        unsigned group;
        if (!skip(at, "/"))
            return false;
        more = skip(at, "x");
        if (!read_number(at, &group))
            return false;
        if (__builtin_mul_overflow(*index, 1000, index) ||
            __builtin_add_overflow(*index, group, index))
            return false;
    } while (more);
    return true;
}

/* Reads loosely, then holds the path against the only right way to write it. */
bool tile_path_parse(const char *path, struct tile *tile)
{
    const char *at = path;
    tile->width = TILE_WIDTH;
    if (!skip(&at, "tile/") || !read_level(&at, &tile->level) || !read_index(&at, &tile->index))
        return false;
    if (skip(&at, ".p/") && !read_number(&at, &tile->width))
        return false;
    if (tile->width < 1 || tile->width > TILE_WIDTH)
        return false;
    char canonical[TILE_PATH_SIZE];
    return strcmp(tile_path(*tile, canonical), path) == 0;
}

enum error tile_read(const struct tile_source *source, struct tile tile,
                     struct hash hashes[static TILE_WIDTH], struct fault *fault)
{
    must(tile.level >= 0 && tile.level < TILE_LEVELS);
    must(tile.width >= 1 && tile.width <= TILE_WIDTH);
    return source->read(source->context, tile.level, tile.index * TILE_WIDTH, tile.width, hashes,
                        fault);
}

static enum error read_subtree(void *context, unsigned level, uint64_t index, struct hash *hash,
                               struct fault *fault)
{
    const struct tile_source *source = context;
    unsigned width = 1u << level % TILE_HEIGHT;
    struct hash hashes[TILE_WIDTH / 2];
    enum error error = source->read(source->context, (int)(level / TILE_HEIGHT), index * width,
                                    width, hashes, fault);
    if (error != OK)
        return error;
    for (; width > 1; width /= 2)
        for (unsigned i = 0; i < width / 2; i++)
            hashes[i] = merkle_node_hash(hashes[2 * i], hashes[2 * i + 1]);
    *hash = hashes[0];
    return OK;
}

struct merkle_source tile_subtrees(const struct tile_source *source)
{
    return (struct merkle_source){.subtree = read_subtree, .context = (void *)source};
}
