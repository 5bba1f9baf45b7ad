/* Signed notes (C2SP signed-note): a text that people can read, a blank line, and signature lines.
 * Only Ed25519 keys are known here; a signature by any other key is left alone, as the format asks.
 *
 * A key has a name, best a host and path without scheme, and an id, the first four bytes of
 * SHA-256(name || 0x0A || 0x01 || public key). As text a public key is "name+id+base64", the id in
 * hex and the base64 that of 0x01 and the key; a private key is "PRIVATE+KEY+" and the same with
 * the seed. */
#ifndef WAYMARK_CORE_NOTE_H
#define WAYMARK_CORE_NOTE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"

enum {
    NOTE_KEY_NAME_LIMIT = 200, /* bytes */
    NOTE_KEY_SIZE = 32,        /* of a public key, and of a seed */
    NOTE_LIMIT = 64 * KIB,     /* bytes of a note */
    NOTE_SIGNATURE_LIMIT = 32, /* signature lines; the format asks for at least 16 */
};

/* A key to verify with. */
struct note_key {
    char name[NOTE_KEY_NAME_LIMIT + 1];
    uint32_t id;
    uint8_t bytes[NOTE_KEY_SIZE];
};

/* A key to sign with: a secret. */
struct note_signer {
    struct note_key key;
    uint8_t seed[NOTE_KEY_SIZE];
};

/* ERROR_INVALID if the name is empty, too long, not UTF-8, or has white space, a control character
 * or a plus. The seed is 32 random bytes. */
enum error note_key_make(const char *name, const uint8_t bytes[static NOTE_KEY_SIZE],
                         struct note_key *key, struct fault *fault) WARN_UNUSED;
enum error note_signer_make(const char *name, const uint8_t seed[static NOTE_KEY_SIZE],
                            struct note_signer *signer, struct fault *fault) WARN_UNUSED;

/* Keys as text, in the arena. */
char *note_key_format(struct arena *arena, const struct note_key *key);
char *note_signer_format(struct arena *arena, const struct note_signer *signer);

/* Read exactly what these write: ERROR_INVALID for anything else, another kind of key and an id
 * that does not fit the key. The fault quotes no secret. */
enum error note_key_parse(const char *text, struct note_key *key, struct fault *fault) WARN_UNUSED;
enum error note_signer_parse(const char *text, struct note_signer *signer,
                             struct fault *fault) WARN_UNUSED;

/* The text signed, as a note in the arena. ERROR_INVALID unless the text ends in a newline, is
 * UTF-8 and has no other control character. */
enum error note_sign(struct arena *arena, const struct note_signer *signer, const char *text,
                     const char **note, struct fault *fault) WARN_UNUSED;

/* The text of a note that at least one of the keys signed, in the arena, and which key that was,
 * unless signed_by is NULL. A text must not be read before this. ERROR_MALFORMED if it is no note;
 * ERROR_CHECK_FAILED if none of the keys signed it or a signature in the name of one is wrong. */
enum error note_open(struct arena *arena, const struct note_key *keys, size_t key_count,
                     const char *note, const char **text, const struct note_key **signed_by,
                     struct fault *fault) WARN_UNUSED;

#endif
