#include "db/readers.h"

#include <stdlib.h>

#include "base/must.h"
#include "platform/queue.h"

struct readers {
    struct queue *idle;
    size_t count;
};

enum error readers_open(const char *url, size_t count, struct readers **readers,
                        struct fault *fault)
{
    struct readers *pool = calloc(1, sizeof *pool);
    must(pool);
    pool->idle = queue_new(count);
    for (; pool->count < count; pool->count++) {
        struct db_session *session;
        enum error error = db_open(url, DB_READ, 0, &session, fault);
        if (error) {
            readers_close(pool);
            return error;
        }
        readers_put(pool, session);
    }
    *readers = pool;
    return OK;
}

struct db_session *readers_take(struct readers *readers)
{
    void *session;
    size_t taken = queue_take(readers->idle, &session, 1, -1);
    must(taken == 1);
    return session;
}

void readers_put(struct readers *readers, struct db_session *session)
{
    bool has_room = queue_try_put(readers->idle, session);
    must(has_room);
}

void readers_close(struct readers *readers)
{
    if (!readers)
        return;
    for (; readers->count > 0; readers->count--)
        db_close(readers_take(readers));
    queue_free(readers->idle);
    free(readers);
}
