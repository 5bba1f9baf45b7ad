#include "db/pointer_map.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/must.h"

static size_t slot_of(const struct pointer_map *map, const void *key)
{
    uint64_t mixed = (uint64_t)(uintptr_t)key * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(mixed >> 32) & (map->size - 1);
    while (map->pairs[slot].key && map->pairs[slot].key != key)
        slot = (slot + 1) & (map->size - 1);
    return slot;
}

void *pointer_map_find(const struct pointer_map *map, const void *key)
{
    return map->size == 0 ? NULL : map->pairs[slot_of(map, key)].value;
}

static void grow(struct pointer_map *map)
{
    struct pointer_map larger = {.size = map->size ? map->size * 2 : 64};
    larger.pairs = calloc(larger.size, sizeof *larger.pairs);
    must(larger.pairs);
    for (size_t i = 0; i < map->size; i++) {
        if (map->pairs[i].key)
            pointer_map_add(&larger, map->pairs[i].key, map->pairs[i].value);
    }
    free(map->pairs);
    *map = larger;
}

void pointer_map_add(struct pointer_map *map, const void *key, void *value)
{
    must(key && value);
    if (map->used * 2 >= map->size)
        grow(map);
    size_t slot = slot_of(map, key);
    must(!map->pairs[slot].key);
    map->pairs[slot] = (struct pointer_pair){key, value};
    map->used++;
}

void pointer_map_free(struct pointer_map *map)
{
    free(map->pairs);
    *map = (struct pointer_map){0};
}
