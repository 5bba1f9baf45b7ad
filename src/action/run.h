/* Running an operation: the one place where a write transaction's bread is: idempotency before,
 * evidence, webhooks and the stored answer after the body. */
#ifndef WAYMARK_ACTION_RUN_H
#define WAYMARK_ACTION_RUN_H

#include "action/operation.h"

/* How an operation answers, for those who have to repeat it: a status and JSON text. */
struct answer {
    int status;       /* as in HTTP */
    const char *body; /* JSON, or NULL for nothing */
    int64_t version;  /* of the subject, for the ETag; 0: none */
};

/* Runs a reading operation in the call's store. The answer lives in the call's arena. */
enum error run_reading(struct call *call, const struct operation *operation, const void *in,
                       void *out, struct fault *fault) WARN_UNUSED;

/* Runs a writing operation inside the group's transaction: answers again if its idempotency key
 * was seen with the same request (ERROR_IDEMPOTENCY_MISMATCH with another), else runs the body,
 * appends its leaf, queues its webhooks, and stores the answer under the key. success_status is
 * what the answer has if all goes well. *replayed tells that out was not filled. */
enum error run_writing(struct call *call, const struct operation *operation, const void *in,
                       void *out, int success_status, struct answer *answer, bool *replayed,
                       struct fault *fault) WARN_UNUSED;

/* Looks for the call's idempotency key by the reading session that the store has, ahead of the turn
 * to write: run_writing then need not ask for one that was new. */
enum error look_for_key(struct call *call, struct fault *fault) WARN_UNUSED;

/* Writes out as the actor may see it. */
void answer_write(struct call *call, const struct operation *operation, const void *out,
                  struct answer *answer);

#endif
