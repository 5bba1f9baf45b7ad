/* Every limit on input, in one place. Each is named in the refusal that it causes. */
#ifndef WAYMARK_BASE_LIMITS_H
#define WAYMARK_BASE_LIMITS_H

#include <stdint.h>

#define KIB 1024
#define MIB (1024 * KIB)

enum {
    ARENA_LIMIT = 256 * MIB,      /* memory of one request or job */
    BODY_LIMIT = 1 * MIB,         /* JSON body */
    UPLOAD_LIMIT = 32 * MIB,      /* one deliverable file */
    HEADER_LIMIT = 16 * KIB,      /* request line and headers together */
    HEADER_COUNT_LIMIT = 100,     /* headers of one request */
    PATH_SEGMENT_LIMIT = 32,      /* parts of a path between slashes */
    QUERY_LIMIT = 64,             /* parameters of one query */
    JSON_DEPTH_LIMIT = 16,        /* nesting */
    SHORT_TEXT_LIMIT = 200,       /* names, titles; bytes of UTF-8, as all text limits are */
    TEXT_LIMIT = 4000,            /* descriptions, reasons, comments */
    LONG_TEXT_LIMIT = 100 * 1000, /* contract terms in prose */
    CODE_LIMIT = 32,              /* codes, numbers, references */
    EMAIL_LIMIT = 254,            /* an address that mail can carry, RFC 5321 */
    ADDRESS_LIMIT = 1000,         /* postal, all lines */
    URL_LIMIT = 2000,
    ZONE_LIMIT = 64, /* name of a time zone */
    COUNTRY_LIMIT = 2,
    CURRENCY_LIMIT = 3,
    IBAN_LIMIT = 42, /* 34, and spaces as people write them */
    BIC_LIMIT = 11,
    MIME_LIMIT = 100,
    EVENT_LIMIT = 64,          /* "milestone.accepted" */
    DOCUMENT_LIMIT = 16 * MIB, /* texts that the program makes: contracts, snapshots */
    SCOPE_LIMIT = 4 * MIB,     /* all requirements of an engagement, with their revisions */
    COPY_LIMIT = 64 * MIB,     /* an engagement to be imported, with its files */
    LOGO_LIMIT = 256 * KIB,    /* a PNG picture */
    LIST_LIMIT = 1000,         /* elements of one list in a body */
    SHORT_LIST_LIMIT = 100,    /* elements of a list within a list: criteria, deliverables */
    REMINDERS_LIMIT = 8,
    SIGNERS_LIMIT = 20, /* of one contract */
    DAYS_LIMIT = 3650,  /* any period that a contract sets */
    PAGE_LIMIT = 200,   /* rows of one page */
    PAGE_DEFAULT = 50,
    PAGE_BYTES_LIMIT = 8 * MIB, /* of one page: it ends with the row that goes past it */
    MAIL_PAPER_LIMIT = 8 * MIB, /* a PDF that a mail carries; a larger one is linked only */
    MAIL_LIMIT = 24 * MIB,      /* one mail as it travels; many servers refuse more */
    IDEMPOTENCY_KEY_LIMIT = 128,
    DOCUMENT_TEXT_LIMIT = 1 * MIB, /* all text of one PDF, some 300 pages */
    LOGO_SIDE_LIMIT = 2000,        /* its width and height in pixels */
};

/* Leaves of one log: exact in any reader of JSON. */
#define LOG_SIZE_LIMIT INT64_C(1000000000000000)

/* Minor units in one amount: a thousand of them still fit their sum many times over. */
#define AMOUNT_LIMIT INT64_C(1000000000000000)

#endif
