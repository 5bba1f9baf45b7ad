/* Every limit on input, in one place. Each is named in the refusal that it causes. */
#ifndef WAYMARK_BASE_LIMITS_H
#define WAYMARK_BASE_LIMITS_H

#define KIB 1024
#define MIB (1024 * KIB)

enum {
    ARENA_LIMIT = 256 * MIB,       /* memory of one request or job */
    BODY_LIMIT = 1 * MIB,          /* JSON body */
    UPLOAD_LIMIT = 32 * MIB,       /* one deliverable file */
    HEADER_LIMIT = 16 * KIB,       /* request line and headers together */
    JSON_DEPTH_LIMIT = 16,         /* nesting */
    SHORT_TEXT_LIMIT = 200,        /* names, titles; bytes of UTF-8, as all text limits are */
    TEXT_LIMIT = 4000,             /* descriptions, reasons, comments */
    LONG_TEXT_LIMIT = 100 * 1000,  /* contract terms in prose */
    LIST_LIMIT = 1000,             /* elements of one list in a body */
    PAGE_LIMIT = 200,              /* rows of one page */
    PAGE_DEFAULT = 50,
    IDEMPOTENCY_KEY_LIMIT = 128,
};

#endif
