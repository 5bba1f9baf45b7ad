/* A small map from an address to an address: a session's cache of prepared statements. Grows,
 * never forgets. */
#ifndef WAYMARK_DB_POINTER_MAP_H
#define WAYMARK_DB_POINTER_MAP_H

#include <stddef.h>

struct pointer_map {
    struct pointer_pair {
        const void *key;
        void *value;
    } * pairs;
    size_t size; /* a power of two, or 0 */
    size_t used;
};

/* The value, or NULL. */
void *pointer_map_find(const struct pointer_map *map, const void *key);

/* Adds a key that is not there yet. */
void pointer_map_add(struct pointer_map *map, const void *key, void *value);

/* Frees the map's own memory; values are the caller's. */
void pointer_map_free(struct pointer_map *map);

#endif
