/* SHA-256, the one hash of waymark, and the two texts it is written in: base64 wherever a
 * published log format or the evidence log is spoken, hex where people compare files.
 *
 * Every function may be called from any thread; a struct hasher belongs to one thread at a time. */
#ifndef WAYMARK_BASE_HASH_H
#define WAYMARK_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HASH_SIZE = 32,
    HASH_HEX_SIZE = 65,    /* 64 digits and NUL */
    HASH_BASE64_SIZE = 45, /* 44 characters and NUL */
};

struct hash {
    uint8_t bytes[HASH_SIZE];
};

/* The hash of size bytes in one piece. */
struct hash hash_bytes(const void *bytes, size_t size);

bool hash_equal(struct hash a, struct hash b);

/* Lower-case hex and padded base64. Both return text. */
char *hash_to_hex(struct hash hash, char text[static HASH_HEX_SIZE]);
char *hash_to_base64(struct hash hash, char text[static HASH_BASE64_SIZE]);

/* Read back exactly what the two above write, hex in lower case only; false for anything else. */
bool hash_from_hex(const char *text, struct hash *hash);
bool hash_from_base64(const char *text, struct hash *hash);

/* For what comes in pieces, and for many hashes in a row: the context is reused. */
struct hasher;

struct hasher *hasher_new(void);
void hasher_free(struct hasher *hasher);
void hasher_add(struct hasher *hasher, const void *bytes, size_t size);

/* The hash of all that was added since the last call; the hasher is then as new. */
struct hash hasher_finish(struct hasher *hasher);

#endif
