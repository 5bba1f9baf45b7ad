/* The schema's versions, forward only. A step that has been applied never changes: its text is held
 * against the hash that was kept when it ran. The build makes the array from files
 * (tools/embed_schema.py). Table schema_version is this module's own. */
#ifndef WAYMARK_DB_MIGRATE_H
#define WAYMARK_DB_MIGRATE_H

#include <stddef.h>
#include <stdint.h>

#include "db/db.h"

struct schema_step {
    int number; /* 1, 2 … in order, without a gap */
    const char *name;
    const char *sha256; /* of the text, in hexadecimal */
    const char *sql;    /* with the type words of db_schema_text */
};

/* The program's own schema; defined by the file that the build makes from src/store/schema/. */
extern const struct schema_step schema_steps[];
extern const size_t schema_step_count;

/* How many steps are missing in the database; session may be of either mode and is outside a
 * transaction. ERROR_WRONG_STATE: the text of an applied step has changed, or the database has
 * steps that the program does not know. Otherwise the errors of db.h. */
enum error migrate_pending(struct db_session *session, const struct schema_step *steps,
                           size_t count, size_t *pending, struct fault *fault) WARN_UNUSED;

/* Applies what is missing, each step in a transaction of its own, with now_ms as its time. session
 * is a writing one outside a transaction. *applied counts those that are now durable, also when a
 * later one fails. Errors as above. */
enum error migrate(struct db_session *session, const struct schema_step *steps, size_t count,
                   int64_t now_ms, size_t *applied, struct fault *fault) WARN_UNUSED;

#endif
