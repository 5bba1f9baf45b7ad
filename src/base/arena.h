/* Memory by lifetime: one arena per request or job, freed as a whole.
 *
 * Nothing allocated here is freed singly. Allocation never fails: every input has a limit
 * (base/limits.h), so an arena that runs past ARENA_LIMIT, or a machine without memory, is
 * impossible rather than refused. An arena belongs to one thread at a time. */
#ifndef WAYMARK_BASE_ARENA_H
#define WAYMARK_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new, empty arena; the caller owns it. */
struct arena *arena_new(void);

/* Frees the arena and all that came from it. NULL is allowed. */
void arena_free(struct arena *arena);

/* Forgets all that came from it but keeps one block for reuse. */
void arena_reset(struct arena *arena);

/* size zeroed bytes, aligned for any type; size may be 0. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same, but not zeroed: for bytes that are written at once. */
void *arena_room(struct arena *arena, size_t size);

/* A zeroed array of count elements; the product is checked. */
void *arena_array(struct arena *arena, size_t count, size_t element_size);

/* NUL-terminated copies. */
char *arena_text(struct arena *arena, const char *text);
char *arena_text_n(struct arena *arena, const char *bytes, size_t size);
void *arena_copy(struct arena *arena, const void *bytes, size_t size);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Bytes handed out so far. */
size_t arena_used(const struct arena *arena);

#endif
