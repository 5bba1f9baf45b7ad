#include "action/notify.h"

#include <string.h>

#include "base/day.h"
#include "base/json.h"
#include "base/must.h"
#include "core/webhook_endpoint.h"
#include "store/kept.h"

static bool wants(const struct webhook_endpoint *endpoint, const char *event)
{
    for (size_t i = 0; i < endpoint->events.count; i++) {
        if (strcmp(endpoint->events.texts[i], event) == 0)
            return true;
    }
    return endpoint->events.count == 0;
}

/* The body that endpoints receive: names and ids only; who wants to know more asks the API, which
 * checks what they may see. */
static const char *webhook_body(struct call *call, const struct event *event)
{
    char id[ID_TEXT_SIZE];
    char moment[TIME_TEXT_SIZE];
    struct text_buffer text = text_buffer_in(call->arena);
    text_printf(&text, "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":{\"subject_id\":\"%s\"",
                event->name, time_format(call->now_ms, moment), id_format(event->subject_id, id));
    if (!id_is_none(event->engagement_id))
        text_printf(&text, ",\"engagement_id\":\"%s\"", id_format(event->engagement_id, id));
    text_put_text(&text, "}}");
    return text.bytes;
}

enum error queue_webhook(struct call *call, const struct event *event, struct id endpoint_id,
                         struct outbox *message, struct fault *fault)
{
    *message = (struct outbox){
        .id = call_id(call),
        .kind = OUTBOX_WEBHOOK,
        .state = OUTBOX_PENDING,
        .next_at = call->now_ms,
        .event = event->name,
        .subject_id = event->subject_id,
        .endpoint_id = endpoint_id,
        .payload = webhook_body(call, event),
        .created_at = call->now_ms,
    };
    return insert_row(call, &outbox_shape, message, fault);
}

enum error queue_webhooks(struct call *call, const struct event *event, struct fault *fault)
{
    struct list endpoints;
    struct outbox message;
    enum error error = kept_endpoints(&call->store, &endpoints, fault);
    for (size_t i = 0; !error && i < endpoints.count; i++) {
        const struct webhook_endpoint *endpoint = LIST_AT(struct webhook_endpoint, endpoints, i);
        if (wants(endpoint, event->name))
            error = queue_webhook(call, event, endpoint->id, &message, fault);
    }
    return error;
}

static void put_member(struct text_buffer *json, const char *label, const char *text)
{
    text_put_text(json, label);
    json_write_string(json, text);
}

/* As struct mail_payload (action/outbox.h). */
enum error queue_letter(struct call *call, struct id message_id, const struct letter *letter,
                        struct id subject_id, struct fault *fault)
{
    struct text_buffer payload = text_buffer_in(call->arena);
    put_member(&payload, "{\"body\":", letter->body);
    if (letter->locale)
        put_member(&payload, ",\"locale\":", choice_name(&locale_choices, (int)letter->locale));
    put_member(&payload, ",\"name\":", letter->name);
    if (letter->paper)
        put_member(&payload,
                   ",\"paper\":", choice_name(&document_kind_choices, (int)letter->paper));
    put_member(&payload, ",\"subject\":", letter->subject);
    text_put_char(&payload, '}');
    struct outbox message = {
        .id = message_id,
        .kind = OUTBOX_MAIL,
        .state = OUTBOX_PENDING,
        .next_at = call->now_ms,
        .event = "mail",
        .subject_id = subject_id,
        .recipient = letter->address,
        .payload = payload.bytes,
        .created_at = call->now_ms,
    };
    return insert_row(call, &outbox_shape, &message, fault);
}
