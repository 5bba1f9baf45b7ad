/* Where a company wants to be told of events, and the secret that signs what is sent there. */
#ifndef WAYMARK_CORE_WEBHOOK_ENDPOINT_H
#define WAYMARK_CORE_WEBHOOK_ENDPOINT_H

#include <stdint.h>

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
    struct texts events; /* "invoice.issued"; none of them: all */
    enum webhook_endpoint_state state;
    int64_t created_at;
};
extern const struct shape webhook_endpoint_shape;

#endif
