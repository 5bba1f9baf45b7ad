/* A shape tells a struct's fields as data: name, kind, place, limits. One table per struct serves
 * every place that would otherwise list its fields again: the columns of its table, its JSON in
 * both directions, the canonical text that evidence hashes, and the check against the API's
 * published contract.
 *
 * The name of a field is the member's and the column's. In JSON a name ending in _minor loses
 * that ending ("price_minor" is "price": {"amount": "12.50", "currency": "EUR"}), one ending in
 * _day or _at keeps it, and a money field takes its currency from the shape's text field
 * "currency".
 *
 * Texts, an object or a list with a column is stored in it as JSON text in the agency's style.
 *
 * None: the zero id, a NULL text, DAY_NONE, moment 0, choice 0, NULL bytes, an empty hash; for
 * integers and money only INTEGER_NONE. None is null in JSON and in the database. */
#ifndef WAYMARK_BASE_SHAPE_H
#define WAYMARK_BASE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define INTEGER_NONE INT64_MIN

enum field_kind {
    FIELD_ID = 1,  /* struct id */
    FIELD_TEXT,    /* const char * */
    FIELD_INTEGER, /* int64_t */
    FIELD_BOOLEAN, /* bool */
    FIELD_DAY,     /* int32_t, base/day.h; JSON "YYYY-MM-DD" */
    FIELD_MOMENT,  /* int64_t ms, base/day.h; JSON RFC 3339 UTC */
    FIELD_MONEY,   /* int64_t minor units */
    FIELD_CHOICE,  /* an enum (int); names in .choices; stored and shown as text */
    FIELD_HASH,    /* struct hash; JSON lower-case hex */
    FIELD_BYTES,   /* struct bytes; JSON base64 */
    FIELD_TEXTS,   /* struct texts; JSON list of strings */
    FIELD_OBJECT,  /* a pointer to a struct of .shape, or NULL */
    FIELD_LIST,    /* struct list of structs of .shape */
};

enum field_flag {
    REQUIRED = 1 << 0,      /* on input it must be there and not none */
    NULLABLE = 1 << 1,      /* an integer or money that is missing is none rather than .initial */
    NOT_STORED = 1 << 2,    /* no column: comes from elsewhere (lists, sums, parents) */
    SECRET = 1 << 3,        /* a column that never appears in JSON or logs */
    FROM_PATH = 1 << 4,     /* on input it comes from the address */
    FROM_QUERY = 1 << 5,    /* on input it comes from the query */
    FROM_RAW_BODY = 1 << 8, /* BYTES: the body itself, which is then no JSON */
    AGENCY_ONLY = 1 << 6,   /* in JSON for the agency's side only: cost, internal notes */
    PERSONAL = 1 << 7,      /* about a person: erased on request */
    SHOWN_ONCE = 1 << 9,    /* NOT_STORED, a new secret: an answer that is given again is without */
    FIXED = 1 << 10,        /* never changes once the row is there: saving leaves it alone */
    ADDED_LATER =
        1 << 11, /* the shape had rows before it: where it is none or empty, the canonical
                    text is without it, so that what was hashed or signed stays as it is */
};

/* The names of an enum's values; [0] is NULL because zero means none. */
struct choices {
    const char *name; /* "milestone_state", the schema's name in the API's contract */
    const char *const *names;
    size_t count; /* with the zero */
};

#define CHOICES(label, array)                                                                      \
    {                                                                                              \
        .name = (label), .names = (array), .count = sizeof(array) / sizeof *(array)                \
    }

struct shape;

struct field {
    const char *name;
    enum field_kind kind;
    unsigned flags;
    size_t offset;
    size_t limit;    /* TEXT and BYTES: most bytes, 0 for SHORT_TEXT_LIMIT; LIST and TEXTS: most
                        elements */
    int64_t minimum; /* INTEGER and MONEY on input; both 0: any */
    int64_t maximum;
    int64_t initial; /* INTEGER, MONEY, BOOLEAN, CHOICE: when it is missing from the input */
    const struct choices *choices;
    const struct shape *shape;
};

struct shape {
    const char *name; /* the table's and the schema's name: "milestone" */
    size_t size;
    const struct field *fields;
    size_t field_count;
};

#define FIELD(type, member, kind_, ...)                                                            \
    {                                                                                              \
        .name = #member, .kind = FIELD_##kind_, .offset = offsetof(type, member), __VA_ARGS__      \
    }
#define SHAPE(label, type, table)                                                                  \
    {                                                                                              \
        .name = (label), .size = sizeof(type), .fields = (table),                                  \
        .field_count = sizeof(table) / sizeof *(table)                                             \
    }

/* The same struct without its last field, which a row of a list does not have. */
#define SUMMARY(label, type, table)                                                                \
    {                                                                                              \
        .name = (label), .size = sizeof(type), .fields = (table),                                  \
        .field_count = sizeof(table) / sizeof *(table)-1                                           \
    }

struct bytes {
    const void *bytes;
    size_t size;
};

struct list {
    void *rows; /* an array of the shape's structs */
    size_t count;
};

struct texts {
    const char **texts;
    size_t count;
};

/* Element i of a list whose elements are type. */
#define LIST_AT(type, list, i) (&((type *)(list).rows)[i])

/* The field of that name; hint is where to look first (callers that go through fields in order
 * keep it). NULL if there is none. */
const struct field *shape_field(const struct shape *shape, const char *name, size_t *hint);

/* The JSON name: without a trailing _minor. Written to name, which holds 64 bytes. */
enum { FIELD_NAME_SIZE = 64 };
const char *field_json_name(const struct field *field, char name[static FIELD_NAME_SIZE]);

/* The member itself. */
void *field_at(const struct field *field, void *row);
const void *field_of(const struct field *field, const void *row);

/* Whether the member is none. */
bool field_is_none(const struct field *field, const void *row);

/* Whether two structs have the same in this member, to the last text and row within it. */
bool field_same(const struct field *field, const void *a, const void *b);

/* Sets each field of a zeroed struct to none where that is not all zero bytes (days, and
 * integers and money that are NULLABLE), and to .initial otherwise. */
void shape_init(const struct shape *shape, void *row);
void shape_init_field(const struct field *field, void *row);

/* The same without .initial: what a row is before its columns are read. */
void shape_clear(const struct shape *shape, void *row);

/* Copies the members that shape names, but for those FROM_PATH and FROM_QUERY, between two structs
 * of the same type: a form's fields into the row that it edits. */
void shape_copy(const struct shape *shape, const void *from, void *to);

/* A copy of a row with all that it points at, in the arena. */
void *shape_clone(struct arena *arena, const struct shape *shape, const void *row);

/* The currency of a struct with money: its text field "currency", or NULL. */
const char *shape_currency(const struct shape *shape, const void *row);

/* A choice's name, NULL for none; and the value of a name, 0 if unknown. */
const char *choice_name(const struct choices *choices, int value);
int choice_value(const struct choices *choices, const char *name);

#endif
