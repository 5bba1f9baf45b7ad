/* Checkpoints (C2SP tlog-checkpoint): a log's name, size and root as a signed note. Handing one to
 * somebody commits the log to all of its past.
 *
 * A waymark log is signed with a key of its own name, so the origin and the key's name are one. */
#ifndef WAYMARK_CORE_CHECKPOINT_H
#define WAYMARK_CORE_CHECKPOINT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "core/note.h"

struct checkpoint {
    const char *origin; /* the log's name */
    uint64_t size;      /* leaves, below 2^63 */
    struct hash root;
    const char *extension; /* further lines, each ending in a newline; "" for none */
};

/* The three lines and the extension, in the arena. */
char *checkpoint_format(struct arena *arena, const struct checkpoint *checkpoint);

/* Reads exactly that: ERROR_MALFORMED for anything else. What it points to is in the arena. */
enum error checkpoint_parse(struct arena *arena, const char *text, struct checkpoint *checkpoint,
                            struct fault *fault) WARN_UNUSED;

/* The signed note of the tree with that size and root, named after the signer, in the arena. */
enum error checkpoint_sign(struct arena *arena, const struct note_signer *signer, uint64_t size,
                           struct hash root, const char **note, struct fault *fault) WARN_UNUSED;

/* The checkpoint in a note that one of the keys signed, in the arena. Errors are those of note_open
 * and checkpoint_parse, and ERROR_CHECK_FAILED if the origin is not the name of the key. */
enum error checkpoint_open(struct arena *arena, const struct note_key *keys, size_t key_count,
                           const char *note, struct checkpoint *checkpoint,
                           struct fault *fault) WARN_UNUSED;

#endif
