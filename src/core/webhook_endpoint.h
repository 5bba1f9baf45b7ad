/* Where a company wants to be told of events, and the secret that signs what is sent there. */
#ifndef WAYMARK_CORE_WEBHOOK_ENDPOINT_H
#define WAYMARK_CORE_WEBHOOK_ENDPOINT_H

#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"

enum webhook_endpoint_state {
    WEBHOOK_ACTIVE = 1,
    WEBHOOK_DISABLED,
};
extern const struct choices webhook_endpoint_state_choices;

struct webhook_endpoint {
    struct id id;
    int64_t version;
    const char *url;
    const char *secret;
    const char *new_secret; /* the same, in the answer that made it and never again */
    struct texts events;    /* "invoice.issued"; none of them: all */
    enum webhook_endpoint_state state;
    int64_t created_at;
};
extern const struct shape webhook_endpoint_shape;

/* Holds address and events to their syntax: http or https, a host, no user name, nothing but
 * printable ASCII; each event a valid one (core/leaf.h) and named once. What the host is shows only
 * when it is called. ERROR_INVALID, field "url" or "events/0". */
enum error webhook_endpoint_check(const struct webhook_endpoint *endpoint,
                                  struct fault *fault) WARN_UNUSED;

/* What it must be to be called. ERROR_WRONG_STATE, field "state". */
enum error webhook_endpoint_check_active(const struct webhook_endpoint *endpoint,
                                         struct fault *fault) WARN_UNUSED;

/* Switches it on or off. ERROR_WRONG_STATE, field "state", if it is so already. */
enum error webhook_endpoint_switch(struct webhook_endpoint *endpoint,
                                   enum webhook_endpoint_state state,
                                   struct fault *fault) WARN_UNUSED;

#endif
