/* Where the company wants to be told of events. Only owners decide: who reads the events reads
 * what happens in every engagement. */
#ifndef WAYMARK_ACTION_WEBHOOK_ENDPOINT_H
#define WAYMARK_ACTION_WEBHOOK_ENDPOINT_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/webhook_endpoint.h"
#include "store/list.h"

struct list_webhook_endpoints {
    struct page_query page;
    enum webhook_endpoint_state state;
};

extern const struct operation list_webhook_endpoints_operation;
extern const struct operation show_webhook_endpoint_operation;

/* The answer tells the secret that signs what is sent there (Standard Webhooks), once. */
extern const struct operation create_webhook_endpoint_operation;

extern const struct operation change_webhook_endpoint_operation;
extern const struct operation disable_webhook_endpoint_operation;
extern const struct operation enable_webhook_endpoint_operation;

/* Sends it the event "webhook_endpoint.tested", whatever it asks for; out is the delivery. */
extern const struct operation test_webhook_endpoint_operation;

/* Saves an endpoint that has changed, and says by the event what happened to it. */
enum error save_endpoint(struct call *call, const char *event, struct webhook_endpoint *endpoint,
                         struct fault *fault) WARN_UNUSED;

#endif
