/* What every action gets: who acts, when, on whose data, and the means to change it.
 *
 * An action's body is load, decide, save: it reads rows through this, lets core decide, and saves
 * the rows that changed. It may run more than once (db/writer.h), so it touches nothing else.
 * What it saves is gathered here, and run.c writes one leaf of the evidence log for it, in the
 * same transaction: an action that changes rows must say what happened. */
#ifndef WAYMARK_ACTION_CALL_H
#define WAYMARK_ACTION_CALL_H

#include "action/app.h"
#include "base/error.h"
#include "core/belonging.h"
#include "core/policy.h"
#include "core/salt.h"
#include "store/store.h"

enum {
    EVENTS_MAX = 4096,  /* things that one action makes happen */
    CHANGES_MAX = 4096, /* rows that one action changes */
};

/* Something that happened, by its public name ("milestone.accepted"): the leaf's and the
 * webhooks' event. */
struct event {
    const char *name;
    struct id subject_id;
    struct id engagement_id; /* none: of the whole company */
};

/* A row that was saved: its state's salted hash goes into the leaf's payload. A row that is saved
 * twice is two changes, so that leaves name every version of it. */
struct change {
    const char *kind; /* the table's name, or that of rows it owns */
    struct id id;
    int64_t version;
    struct hash hash;
    struct belonging belonging;
};

struct call {
    const struct app *app;
    struct store store;
    struct arena *arena;
    struct actor actor;
    int64_t now_ms;
    const char *address;         /* where the request came from, for evidence; "" if nowhere */
    const char *user_agent;      /* likewise; a line of at most SHORT_TEXT_LIMIT bytes */
    const char *content_type;    /* of the body, as its sender declares it; NULL: undeclared */
    const char *idempotency_key; /* NULL: none given */
    bool key_is_new;             /* it was looked for ahead of the turn to write: run.h */
    const char *session_secret;  /* of the cookie that let the actor in; NULL: a token or nobody */
    int64_t session_ends_at;     /* 0: no session */
    struct hash request_hash;    /* of what was asked, to tell a replay from a reuse */
    int64_t expected_version;    /* from If-Match; 0: none given */

    /* Filled while the body runs. */
    struct salt salt;
    struct event *events;
    size_t event_count;
    size_t event_room;
    struct change *changes;
    size_t change_count;
    size_t change_room;
    bool is_too_large; /* more happened or changed than one leaf tells of: the call is refused */
};

/* A fresh id in time order. */
struct id call_id(const struct call *call);

/* The present calendar day in a time zone (IANA name), and in UTC when zone is NULL. */
int32_t call_today(const struct call *call, const char *zone);

/* The row as the actor may see it; ERROR_NOT_FOUND. */
enum error load_row(struct call *call, const struct shape *shape, struct id id, void *row,
                    struct fault *fault) WARN_UNUSED;

/* The same for the row that the request is about: if it named a version (If-Match) and the row has
 * another, ERROR_STALE. */
enum error load_subject(struct call *call, const struct shape *shape, struct id id, void *row,
                        struct fault *fault) WARN_UNUSED;

/* ERROR_STALE if the request named another version than the row has. */
enum error check_version(const struct call *call, const struct shape *shape, const void *row,
                         struct fault *fault) WARN_UNUSED;

/* Inserts or saves a row and remembers it for the leaf. Only rows of proven tables are remembered
 * (store/tables.h). Rows that it owns are remembered with its insertion, so they must be in it. */
enum error insert_row(struct call *call, const struct shape *shape, void *row,
                      struct fault *fault) WARN_UNUSED;
enum error save_row(struct call *call, const struct shape *shape, void *row,
                    struct fault *fault) WARN_UNUSED;

/* SHA-256 of the salt and the row's canonical JSON: how a leaf's payload names a row's state. */
struct hash row_hash(struct arena *arena, const struct shape *shape, const void *row,
                     const struct salt *salt);

/* Whether the member holds rows that the shape's rows own: an invoice's lines, an entry's postings.
 * They have a table of their own but no id, and never change. */
bool field_is_owned(const struct field *field);

/* The kind under which a leaf names all the rows that one row owns, by its id: "invoice_lines". In
 * the arena. */
const char *owned_kind(struct arena *arena, const struct shape *shape, const struct field *field);

/* What stands for them, canonical JSON as a row: {"id":"…","lines":[…]}. In the arena. */
const char *owned_text(struct arena *arena, const struct shape *shape, const struct field *field,
                       const void *row);

/* Says what happened. The first is what the leaf is about. */
void happened(struct call *call, const char *event, struct id subject_id, struct id engagement_id);

#endif
