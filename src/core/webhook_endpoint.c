#include "core/webhook_endpoint.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/code.h"
#include "core/fields.h"
#include "core/leaf.h"

static const char *const webhook_endpoint_states[] = {
    [WEBHOOK_ACTIVE] = "active",
    [WEBHOOK_DISABLED] = "disabled",
};
const struct choices webhook_endpoint_state_choices =
    CHOICES("webhook_endpoint_state", webhook_endpoint_states);

static const struct field webhook_endpoint_fields[] = {
    ID_FIELD(struct webhook_endpoint),
    VERSION_FIELD(struct webhook_endpoint),
    FIELD(struct webhook_endpoint, url, TEXT, .flags = REQUIRED, .limit = URL_LIMIT),
    FIELD(struct webhook_endpoint, secret, TEXT, .flags = REQUIRED | SECRET),
    FIELD(struct webhook_endpoint, new_secret, TEXT, .flags = NOT_STORED | SHOWN_ONCE),
    FIELD(struct webhook_endpoint, events, TEXTS, .limit = SHORT_LIST_LIMIT),
    FIELD(struct webhook_endpoint, state, CHOICE, .flags = REQUIRED,
          .choices = &webhook_endpoint_state_choices, .initial = WEBHOOK_ACTIVE),
    FIELD(struct webhook_endpoint, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape webhook_endpoint_shape =
    SHAPE("webhook_endpoint", struct webhook_endpoint, webhook_endpoint_fields);

/* What stands behind "http://" or "https://", or NULL. */
static const char *after_scheme(const char *url)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
            return url + strlen(schemes[i]);
    }
    return NULL;
}

static bool is_printable_ascii(const char *text)
{
    while (*text > 0x20 && *text < 0x7f)
        text++;
    return *text == '\0';
}

static enum error check_url(const char *url, struct fault *fault)
{
    const char *host = after_scheme(url);
    if (!host || !is_printable_ascii(url))
        return refuse(fault, ERROR_INVALID, "url", "an address begins with https:// or http://");
    size_t length = strcspn(host, "/?#");
    if (memchr(host, '@', length))
        return refuse(fault, ERROR_INVALID, "url", "an address carries no user name or password");
    if (strcspn(host, "/?#:") == 0)
        return refuse(fault, ERROR_INVALID, "url", "an address names a host");
    return OK;
}

static enum error check_events(const struct texts *events, struct fault *fault)
{
    char field[32];
    for (size_t i = 0; i < events->count; i++) {
        struct texts before = {events->texts, i};
        snprintf(field, sizeof field, "events/%zu", i);
        if (!leaf_event_is_valid(events->texts[i]))
            return refuse(fault, ERROR_INVALID, field,
                          "an event is written as in \"invoice.issued\"");
        if (texts_hold(&before, events->texts[i]))
            return refuse(fault, ERROR_INVALID, field, "is named twice");
    }
    return OK;
}

enum error webhook_endpoint_check(const struct webhook_endpoint *endpoint, struct fault *fault)
{
    enum error error = check_url(endpoint->url, fault);
    return error ? error : check_events(&endpoint->events, fault);
}

enum error webhook_endpoint_check_active(const struct webhook_endpoint *endpoint,
                                         struct fault *fault)
{
    if (endpoint->state != WEBHOOK_ACTIVE)
        return refuse(fault, ERROR_WRONG_STATE, "state", "this endpoint is disabled");
    return OK;
}

enum error webhook_endpoint_switch(struct webhook_endpoint *endpoint,
                                   enum webhook_endpoint_state state, struct fault *fault)
{
    if (endpoint->state == state)
        return refuse(fault, ERROR_WRONG_STATE, "state", "this endpoint is %s already",
                      choice_name(&webhook_endpoint_state_choices, (int)state));
    endpoint->state = state;
    return OK;
}
