/* An operation is an action with what the world around it must know: who may do it, what it takes
 * and gives, whether it writes. The API's routes, the command line and timed jobs all run
 * operations, so each is described once. */
#ifndef WAYMARK_ACTION_OPERATION_H
#define WAYMARK_ACTION_OPERATION_H

#include "action/call.h"

struct operation {
    const char *name; /* the function's: "accept_submission"; the API's operationId */
    enum permission permission;
    bool writes;             /* runs on the writer, in a group's transaction */
    bool is_bookkeeping;     /* writes only what could be made again: who may read may run it */
    bool needs_version;      /* the request must name the version that it changes (If-Match) */
    bool is_slow;            /* prepare takes long on purpose (passwords): has a queue of its own */
    const struct shape *in;  /* of the struct that run is given; NULL: nothing */
    const struct shape *out; /* of the struct that run fills, zeroed before; NULL: nothing */

    /* Slow or outside work before the transaction: hashing a password, storing a file. Runs once,
     * on a worker, with a store that reads. May change in. Optional. */
    enum error (*prepare)(struct call *call, void *in, struct fault *fault);
    bool prepare_asks; /* it only reads: runs with a store that asks (store_asking), too */

    /* NULL: it shows the row of out that in, a struct subject, is about. */
    enum error (*run)(struct call *call, const void *in, void *out, struct fault *fault);
};

#endif
