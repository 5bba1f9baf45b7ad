#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/must.h"

enum { FIRST_BLOCK = 8 * 1024 };

struct block {
    struct block *older;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *newest;
    size_t used;
};

static struct block *block_new(size_t size, struct block *older)
{
    struct block *block = malloc(sizeof *block + size);
    must(block);
    block->older = older;
    block->size = size;
    block->used = 0;
    return block;
}

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    must(arena);
    arena->newest = block_new(FIRST_BLOCK, NULL);
    return arena;
}

static void free_blocks(struct block *block)
{
    while (block) {
        struct block *older = block->older;
        free(block);
        block = older;
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->newest);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    struct block *kept = arena->newest;
    free_blocks(kept->older);
    kept->older = NULL;
    kept->used = 0;
    arena->used = 0;
}

static size_t rounded_up(size_t size)
{
    return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

void *arena_room(struct arena *arena, size_t size)
{
    must(size <= ARENA_LIMIT - arena->used);
    size_t rounded = rounded_up(size);
    struct block *block = arena->newest;
    if (rounded > block->size - block->used) {
        size_t grown = block->size * 2;
        block = block_new(rounded > grown ? rounded : grown, block);
        arena->newest = block;
    }
    void *memory = block->bytes + block->used;
    block->used += rounded;
    arena->used += size;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(arena_room(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t element_size)
{
    must(element_size == 0 || count <= ARENA_LIMIT / element_size);
    return arena_alloc(arena, count * element_size);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_room(arena, size);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

char *arena_text_n(struct arena *arena, const char *bytes, size_t size)
{
    char *copy = arena_room(arena, size + 1);
    if (size > 0)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return arena_text_n(arena, text, strlen(text));
}

/* Most texts fit into what is left of the block, and are then formatted once. */
char *arena_format(struct arena *arena, const char *format, ...)
{
    must(format);
    struct block *block = arena->newest;
    size_t left = block->size - block->used;
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf((char *)block->bytes + block->used, left, format, arguments);
    va_end(arguments);
    must(length >= 0);
    char *text = arena_room(arena, (size_t)length + 1);
    if ((size_t)length >= left)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
