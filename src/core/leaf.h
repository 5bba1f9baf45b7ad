/* A leaf of the evidence log: what happened to what, when, and a salted hash of the particulars
 * (core/payload.h), which stay outside so that personal data can be erased. Five lines of text,
 * each with its newline, and never any other way to write the same:
 *
 *     waymark-leaf/1
 *     milestone.accepted                              the event
 *     0191e5a0-7c31-7d52-9a44-3c5f0b6d1e22            the subject
 *     2026-09-14T08:00:00.000Z                        the moment, UTC
 *     3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=    base64 of SHA-256(salt || payload)
 *
 * An event is a noun and a verb, or more words: lower-case letters, digits and underscores, joined
 * by dots. docs/evidence-format.md tells others the same. */
#ifndef WAYMARK_CORE_LEAF_H
#define WAYMARK_CORE_LEAF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"

enum {
    LEAF_EVENT_LIMIT = 64,
    LEAF_TEXT_SIZE = 192, /* of the longest leaf, NUL included */
};

struct leaf {
    char event[LEAF_EVENT_LIMIT + 1];
    struct id subject;
    int64_t time_ms;
    struct hash payload; /* salted */
};

bool leaf_event_is_valid(const char *event);

/* The leaf as text; its bytes without the NUL are what the log hashes. The event must be valid.
 * Returns text. */
char *leaf_format(const struct leaf *leaf, char text[static LEAF_TEXT_SIZE]);

/* Reads exactly what leaf_format writes: ERROR_MALFORMED for anything else. */
enum error leaf_parse(const char *text, struct leaf *leaf, struct fault *fault) WARN_UNUSED;

#endif
