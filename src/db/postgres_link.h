/* A connection to PostgreSQL in pipeline mode: what was sent and not yet answered.
 *
 * Commands are sent without waiting; each leaves an entry in a queue that says what its answer must
 * be. link_drain reads the answers. After an error the server skips all that follows up to the
 * next sync, and the answers say so: nothing is ever out of step, or else the connection is given
 * up. Only postgres.c includes this. */
#ifndef WAYMARK_DB_POSTGRES_LINK_H
#define WAYMARK_DB_POSTGRES_LINK_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "db/pointer_map.h"
#include "db/postgres_asked.h"

enum answer {
    ANSWER_ANY = 1,  /* a command or rows, of no interest */
    ANSWER_PREPARED, /* for the statement in prepared */
    ANSWER_COUNT,    /* so many changed rows */
    ANSWER_COMMIT,   /* the tag COMMIT: a failed transaction would say ROLLBACK */
    ANSWER_KEPT,     /* one text, kept in link->kept */
    ANSWER_ASKED,    /* rows that are wanted later, kept in asked */
    ANSWER_SYNC,
};

/* A statement on this connection. */
struct prepared {
    char name[16];
    bool sent; /* or answered */
    const enum value_kind *kinds;
    char *many_sql; /* NULL: it is sent for one row of values at a time */
};

struct pending {
    enum answer answer;
    const char *name; /* for messages */
    struct prepared *prepared;
    int64_t expected;
    struct asked *asked;
};

struct postgres_link {
    char *url;
    const char *statement_timeout; /* as the server reads it */
    PGconn *connection;
    unsigned connection_count;
    bool lost; /* to be opened anew at the next link_connect */
    struct pending *pending;
    size_t first; /* the oldest that is unanswered */
    size_t end;
    size_t room;
    size_t awaited; /* the server was told to answer up to here */
    struct asked_list asked;
    bool is_whole; /* the rows being read came ahead and belong to asked */
    size_t name_count;
    struct pointer_map prepared; /* by address of struct statement */
    struct pointer_map many;     /* the same, for several rows of values */
    char kept[32];
};

/* Opens the connection, or anew if it was lost. ERROR_UNAVAILABLE. */
enum error link_connect(struct postgres_link *link, struct fault *fault) WARN_UNUSED;
void link_close(struct postgres_link *link);

/* Sends a command without parameters. */
enum error link_send(struct postgres_link *link, const char *sql, enum answer answer,
                     struct fault *fault) WARN_UNUSED;

/* Sends a statement whose count is awaited. */
enum error link_send_change(struct postgres_link *link, const struct statement *statement,
                            const struct value *values, int64_t expected,
                            struct fault *fault) WARN_UNUSED;

/* Ends a row of commands: after an error the server goes on from here. */
enum error link_sync(struct postgres_link *link, struct fault *fault) WARN_UNUSED;

/* Sends what is buffered, as far as it goes without waiting. */
void link_push(struct postgres_link *link);

/* Reads all answers; returns the first error among them. */
enum error link_drain(struct postgres_link *link, struct fault *fault) WARN_UNUSED;

/* Notes a statement whose rows a later link_select of it finds, if its values are the same: all
 * that is noted is sent together. Returns whether they are there already. */
bool link_ask(struct postgres_link *link, const struct statement *statement,
              const struct value *values);

/* Sends what was asked for and waits until all of it is there. */
enum error link_await_asked(struct postgres_link *link, struct fault *fault) WARN_UNUSED;

/* Sends a statement, unless it was asked for ahead, and reads all answers up to its own, whose
 * first rows are *rows. With row_by_row each result holds one row. */
enum error link_select(struct postgres_link *link, const struct statement *statement,
                       const struct value *values, bool row_by_row, struct result_part *rows,
                       struct fault *fault) WARN_UNUSED;

/* The rows behind these of the same select, whose result is freed: none behind the last. */
enum error link_more_rows(struct postgres_link *link, const char *name, struct result_part *rows,
                          struct fault *fault) WARN_UNUSED;

/* Drains, then runs one or several statements outside the pipeline; *result may be NULL, else it is
 * that of the last one. */
enum error link_run_plain(struct postgres_link *link, const char *sql, PGresult **result,
                          struct fault *fault) WARN_UNUSED;

/* Whether the database takes the statement. */
enum error link_check(struct postgres_link *link, const struct statement *statement,
                      struct fault *fault) WARN_UNUSED;

#endif
