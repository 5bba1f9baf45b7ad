/* A pool of reading sessions for worker threads. */
#ifndef WAYMARK_DB_READERS_H
#define WAYMARK_DB_READERS_H

#include <stddef.h>

#include "db/db.h"

struct readers;

enum error readers_open(const char *url, size_t count, struct readers **readers,
                        struct fault *fault) WARN_UNUSED;

/* Waits for a free one; it is outside a transaction. */
struct db_session *readers_take(struct readers *readers);
void readers_put(struct readers *readers, struct db_session *session);

/* All must have been put back. */
void readers_close(struct readers *readers);

#endif
