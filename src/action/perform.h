/* Performing operations without HTTP: for the command line, timed jobs and tests. */
#ifndef WAYMARK_ACTION_PERFORM_H
#define WAYMARK_ACTION_PERFORM_H

#include "action/run.h"
#include "db/readers.h"
#include "db/writer.h"

/* A call by the system or the operator for one company, now. Results live in arena. */
struct call call_by(const struct app *app, struct arena *arena, int64_t company,
                    enum actor_kind kind);

/* Prepares and runs a writing operation in a group of the writer, and waits until it is durable.
 * reading is a session for the preparation, outside a transaction; it may be NULL where the
 * operation has none. Permissions are checked. */
enum error perform_writing(struct call *call, struct writer *writer, struct db_session *reading,
                           const struct operation *operation, void *in, void *out,
                           struct fault *fault) WARN_UNUSED;

/* Runs a reading operation on one snapshot of the session. */
enum error perform_reading(struct call *call, struct db_session *reading,
                           const struct operation *operation, void *in, void *out,
                           struct fault *fault) WARN_UNUSED;

#endif
