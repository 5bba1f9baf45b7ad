#include "action/outbox.h"

#include <string.h>

#include "action/company.h"
#include "action/evidence.h"
#include "action/webhook_endpoint.h"
#include "base/json.h"
#include "base/limits.h"
#include "core/checkpoint.h"
#include "store/job.h"
#include "store/log.h"

static const struct field mail_payload_fields[] = {
    FIELD(struct mail_payload, name, TEXT),
    FIELD(struct mail_payload, subject, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct mail_payload, body, TEXT, .flags = REQUIRED, .limit = DOCUMENT_TEXT_LIMIT),
    FIELD(struct mail_payload, locale, CHOICE, .choices = &locale_choices),
    FIELD(struct mail_payload, paper, CHOICE, .choices = &document_kind_choices),
};
const struct shape mail_payload_shape =
    SHAPE("mail_payload", struct mail_payload, mail_payload_fields);

/* ---- before an attempt --------------------------------------------------------------------- */

static enum error read_payload(struct call *call, struct delivery_order *order, struct fault *fault)
{
    json_t *object;
    const char *text = order->message.payload;
    enum error error = json_parse_object(text, strlen(text), &object, fault);
    if (error)
        return error;
    error = json_read_shape(call->arena, &mail_payload_shape, object, &order->mail, fault);
    json_decref(object);
    return error;
}

static enum error load_mail(struct call *call, struct delivery_order *order, struct fault *fault)
{
    struct company company;
    struct note_signer signer;
    uint64_t size;
    struct hash root;
    enum error error = read_payload(call, order, fault);
    if (!error)
        error = load_company(call, &company, fault);
    if (error)
        return error;
    order->sender = company.name;
    order->answer_to = company.email;
    error = load_log_head(&call->store, &size, &root, fault);
    if (error || size == 0)
        return error;
    order->checkpoint_size = (int64_t)size;
    error = log_signer(call, company.slug, &signer, fault);
    if (!error)
        error = checkpoint_sign(call->arena, &signer, size, root, &order->checkpoint, fault);
    return error;
}

enum error load_delivery_order(struct call *call, struct delivery_order *order, struct fault *fault)
{
    if (order->message.kind == OUTBOX_MAIL)
        return load_mail(call, order, fault);
    return load_row(call, &webhook_endpoint_shape, order->message.endpoint_id, &order->endpoint,
                    fault);
}

/* ---- after it ------------------------------------------------------------------------------ */

static enum error disable_endpoint(struct call *call, struct id id, struct fault *fault)
{
    struct webhook_endpoint endpoint;
    enum error error = load_row(call, &webhook_endpoint_shape, id, &endpoint, fault);
    if (error || endpoint.state == WEBHOOK_DISABLED)
        return error;
    endpoint.state = WEBHOOK_DISABLED;
    return save_endpoint(call, "webhook_endpoint.disabled", &endpoint, fault);
}

static enum error report_delivery(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct delivery_report *report = input;
    enum error error = OK;
    (void)output;
    if (report->endpoint_is_gone)
        error = disable_endpoint(call, report->message.endpoint_id, fault);
    if (!error && report->checkpoint)
        error = keep_checkpoint(&call->store, report->checkpoint_size, report->checkpoint,
                                call->now_ms, fault);
    if (!error)
        error = save_delivery(&call->store, &report->message, fault);
    if (!error && report->defer_until != 0)
        error = defer_deliveries(&call->store, &report->message, report->defer_until, fault);
    return error;
}

const struct operation report_delivery_operation = {
    .name = "report_delivery",
    .permission = PERMIT_RUN_JOB,
    .writes = true,
    .in = &outbox_shape,
    .run = report_delivery,
};
