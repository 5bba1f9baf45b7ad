#include "action/webhook_endpoint.h"

#include "action/notify.h"
#include "action/webhook_delivery.h"
#include "base/base64.h"
#include "base/limits.h"
#include "platform/random.h"
#include "store/kept.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_webhook_endpoints),
    FIELD(struct list_webhook_endpoints, state, CHOICE, .flags = FROM_QUERY,
          .choices = &webhook_endpoint_state_choices),
};
static const struct shape list_shape =
    SHAPE("list_webhook_endpoints", struct list_webhook_endpoints, list_fields);

static const struct shape page_shape = PAGE_SHAPE("webhook_endpoint_page", webhook_endpoint_shape);

static const struct listing endpoints = {.shape = &webhook_endpoint_shape};

static enum error list_webhook_endpoints(struct call *call, const void *input, void *output,
                                         struct fault *fault)
{
    return store_page(&call->store, &endpoints, &list_shape, input, output, fault);
}

const struct operation list_webhook_endpoints_operation = {
    .name = "list_webhook_endpoints",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_webhook_endpoints,
};

static const struct shape subject_shape = SUBJECT_SHAPE(endpoint_id);

const struct operation show_webhook_endpoint_operation = {
    .name = "show_webhook_endpoint",
    .permission = PERMIT_READ_AGENCY,
    .in = &subject_shape,
    .out = &webhook_endpoint_shape,
};

/* ---- creating and changing ----------------------------------------------------------------- */

#define ENDPOINT_FORM                                                                              \
    FIELD(struct webhook_endpoint, url, TEXT, .flags = REQUIRED, .limit = URL_LIMIT),              \
        FIELD(struct webhook_endpoint, events, TEXTS, .limit = SHORT_LIST_LIMIT)

static enum error prepare_endpoint(struct call *call, void *input, struct fault *fault)
{
    (void)call;
    return webhook_endpoint_check(input, fault);
}

/* As Standard Webhooks writes a symmetric key. */
static const char *make_secret(struct arena *arena)
{
    unsigned char key[32];
    char text[BASE64_SIZE(sizeof key)];
    random_bytes(key, sizeof key);
    return arena_format(arena, "whsec_%s", base64_encode(key, sizeof key, text));
}

static const struct field create_fields[] = {ENDPOINT_FORM};
static const struct shape create_shape =
    SHAPE("create_webhook_endpoint", struct webhook_endpoint, create_fields);

static enum error create_webhook_endpoint(struct call *call, const void *input, void *output,
                                          struct fault *fault)
{
    struct webhook_endpoint *endpoint = output;
    shape_copy(&create_shape, input, endpoint);
    endpoint->id = call_id(call);
    endpoint->secret = make_secret(call->arena);
    endpoint->new_secret = endpoint->secret;
    endpoint->state = WEBHOOK_ACTIVE;
    endpoint->created_at = call->now_ms;
    happened(call, "webhook_endpoint.created", endpoint->id, (struct id){0});
    enum error error = kept_forget_endpoints(&call->store, fault);
    return error ? error : insert_row(call, &webhook_endpoint_shape, endpoint, fault);
}

const struct operation create_webhook_endpoint_operation = {
    .name = "create_webhook_endpoint",
    .permission = PERMIT_MANAGE_WEBHOOKS,
    .writes = true,
    .in = &create_shape,
    .out = &webhook_endpoint_shape,
    .prepare = prepare_endpoint,
    .run = create_webhook_endpoint,
};

enum error save_endpoint(struct call *call, const char *event, struct webhook_endpoint *endpoint,
                         struct fault *fault)
{
    happened(call, event, endpoint->id, (struct id){0});
    enum error error = kept_forget_endpoints(&call->store, fault);
    return error ? error : save_row(call, &webhook_endpoint_shape, endpoint, fault);
}

static const struct field change_fields[] = {
    ID_FROM_PATH(struct webhook_endpoint, endpoint_id),
    ENDPOINT_FORM,
};
static const struct shape change_shape =
    SHAPE("change_webhook_endpoint", struct webhook_endpoint, change_fields);

static enum error change_webhook_endpoint(struct call *call, const void *input, void *output,
                                          struct fault *fault)
{
    const struct webhook_endpoint *in = input;
    struct webhook_endpoint *endpoint = output;
    enum error error = load_subject(call, &webhook_endpoint_shape, in->id, endpoint, fault);
    if (error)
        return error;
    shape_copy(&change_shape, in, endpoint);
    return save_endpoint(call, "webhook_endpoint.changed", endpoint, fault);
}

const struct operation change_webhook_endpoint_operation = {
    .name = "change_webhook_endpoint",
    .permission = PERMIT_MANAGE_WEBHOOKS,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &webhook_endpoint_shape,
    .prepare = prepare_endpoint,
    .run = change_webhook_endpoint,
};

static enum error switch_endpoint(struct call *call, const struct subject *in,
                                  enum webhook_endpoint_state state, const char *event,
                                  struct webhook_endpoint *endpoint, struct fault *fault)
{
    enum error error = load_subject(call, &webhook_endpoint_shape, in->id, endpoint, fault);
    if (!error)
        error = webhook_endpoint_switch(endpoint, state, fault);
    return error ? error : save_endpoint(call, event, endpoint, fault);
}

static enum error disable_webhook_endpoint(struct call *call, const void *input, void *output,
                                           struct fault *fault)
{
    return switch_endpoint(call, input, WEBHOOK_DISABLED, "webhook_endpoint.disabled", output,
                           fault);
}

const struct operation disable_webhook_endpoint_operation = {
    .name = "disable_webhook_endpoint",
    .permission = PERMIT_MANAGE_WEBHOOKS,
    .writes = true,
    .in = &subject_shape,
    .out = &webhook_endpoint_shape,
    .run = disable_webhook_endpoint,
};

static enum error enable_webhook_endpoint(struct call *call, const void *input, void *output,
                                          struct fault *fault)
{
    return switch_endpoint(call, input, WEBHOOK_ACTIVE, "webhook_endpoint.enabled", output, fault);
}

const struct operation enable_webhook_endpoint_operation = {
    .name = "enable_webhook_endpoint",
    .permission = PERMIT_MANAGE_WEBHOOKS,
    .writes = true,
    .in = &subject_shape,
    .out = &webhook_endpoint_shape,
    .run = enable_webhook_endpoint,
};

/* ---- trying it out ------------------------------------------------------------------------- */

/* Nothing has happened that others should hear of: no leaf. */
static enum error test_webhook_endpoint(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    const struct subject *in = input;
    struct webhook_endpoint endpoint;
    enum error error = load_subject(call, &webhook_endpoint_shape, in->id, &endpoint, fault);
    if (!error)
        error = webhook_endpoint_check_active(&endpoint, fault);
    if (error)
        return error;
    const struct event event = {.name = "webhook_endpoint.tested", .subject_id = endpoint.id};
    return queue_webhook(call, &event, endpoint.id, output, fault);
}

const struct operation test_webhook_endpoint_operation = {
    .name = "test_webhook_endpoint",
    .permission = PERMIT_MANAGE_WEBHOOKS,
    .writes = true,
    .in = &subject_shape,
    .out = &delivery_shape,
    .run = test_webhook_endpoint,
};
