/* Ids: UUID version 7 (RFC 9562), so that they sort by the time they were made and the last 62
 * bits cannot be guessed. Made by the program, never by the database. */
#ifndef WAYMARK_BASE_ID_H
#define WAYMARK_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

struct id {
    uint8_t bytes[16];
};

enum { ID_TEXT_SIZE = 37 }; /* 36 characters and NUL */

/* From a moment (ms since 1970, below 2^48) , a 12-bit sequence for the order within that
 * millisecond, and 64 random bits. */
struct id id_make(int64_t time_ms, unsigned sequence, uint64_t random);

/* The moment that it was made from. */
int64_t id_time_ms(struct id id);

/* Canonical lower-case text with hyphens. Returns text. */
char *id_format(struct id id, char text[static ID_TEXT_SIZE]);

/* Reads canonical text, either case; false if it is anything else. */
bool id_parse(const char *text, struct id *id);

/* The id of all zero bytes stands for "none". */
bool id_is_none(struct id id);
bool id_equal(struct id a, struct id b);

#endif
