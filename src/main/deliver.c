/* Delivers what waits in the outbox: mail by SMTP or into a directory, webhooks by HTTP. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "action/outbox.h"
#include "action/paper.h"
#include "action/perform.h"
#include "base/limits.h"
#include "gateway/backoff.h"
#include "gateway/mail.h"
#include "gateway/webhook.h"
#include "main/settings.h"
#include "main/timed.h"
#include "platform/blob.h"
#include "store/job.h"
#include "words/word.h"

enum {
    DELIVERY_TIMEOUT_MS = 20 * 1000,
    SILENCE_MS = 60 * 1000, /* so long an endpoint is left alone that did not answer */
    SLOW_MS = 5 * 1000,     /* one that takes longer to answer is left alone, too, */
    SLOW_REST = 4,          /* so many times as long: others get most of the time */
};

/* ---- mail ---------------------------------------------------------------------------------- */

enum { PARTS_MAX = 2 };

/* A mail with what goes along with it. */
struct parcel {
    struct mail mail;
    struct mail_header answer_to;
    struct mail_attachment parts[PARTS_MAX];
};

static void put_in(struct parcel *parcel, const char *name, const char *type, const void *bytes,
                   size_t size)
{
    parcel->parts[parcel->mail.attachment_count++] =
        (struct mail_attachment){name, type, bytes, size};
}

/* Numbers may have slashes, and names of files in mails have none. */
static const char *file_name(struct arena *arena, const char *name)
{
    char *plain = arena_text(arena, name);
    for (char *slash = strchr(plain, '/'); slash; slash = strchr(slash, '/'))
        *slash = '-';
    return plain;
}

/* The PDF that the mail speaks of, made if nobody has asked for it yet. Few mail servers take a
 * very large one, and the mail names where it is. */
static enum error put_paper_in(struct house *house, struct arena *arena, int64_t company,
                               const struct delivery_order *order, struct parcel *parcel,
                               struct fault *fault)
{
    struct show_paper in = {.id = order->message.subject_id, .kind = order->mail.paper};
    struct paper_file file;
    const char *bytes;
    size_t size;
    struct call call = call_by(&house->app, arena, company, ACTOR_SYSTEM);
    struct db_session *reading = readers_take(house->readers);
    enum error error = perform_writing(&call, house_writer(house, company), reading,
                                       &take_paper_operation, &in, &file, fault);
    readers_put(house->readers, reading);
    if (!error)
        error = blob_read(house->app.files_directory, file.hash, DOCUMENT_LIMIT, arena, &bytes,
                          &size, fault);
    if (!error && size <= MAIL_PAPER_LIMIT)
        put_in(parcel, file_name(arena, file.name), "application/pdf", bytes, size);
    return error;
}

/* Its sender is known by name, though it comes from this server, and answers go to them. */
static void address_mail(const struct config *config, const struct delivery_order *order,
                         struct arena *arena, struct parcel *parcel)
{
    char id[ID_TEXT_SIZE];
    const char *domain = strchr(config->mail_from, '@');
    const char *note = word(language_of(order->mail.locale), WORD_MAIL_CHECKPOINT);
    parcel->answer_to = (struct mail_header){"Reply-To", order->answer_to};
    parcel->mail = (struct mail){
        .to = {.address = order->message.recipient, .name = order->mail.name},
        .subject = order->mail.subject,
        .text = arena_format(arena, "%s%s", order->mail.body, order->checkpoint ? note : ""),
        .message_id = arena_format(arena, "%s%s", id_format(order->message.id, id),
                                   domain ? domain : "@localhost"),
        .date_ms = order->message.created_at,
        .headers = &parcel->answer_to,
        .header_count = order->answer_to ? 1 : 0,
        .attachments = parcel->parts,
    };
}

static struct delivery spool(struct house *house, const struct mailbox *from,
                             const struct mail *mail, struct arena *arena)
{
    struct fault fault = {0};
    const char *directory = arena_format(arena, "%s/mail", house->config->data);
    if (mail_spool_write(directory, from, mail, &fault))
        return delivery_ended(DELIVERY_RETRY, 0, "%s", fault.detail);
    return delivery_ended(DELIVERY_DONE, 0, "kept in %s", directory);
}

static struct delivery send_mail(struct house *house, struct arena *arena, int64_t company,
                                 const struct delivery_order *order)
{
    struct fault fault = {0};
    struct parcel parcel;
    struct mail_server server = settings_mail_server(house->config);
    server.from.name = order->sender;
    address_mail(house->config, order, arena, &parcel);
    bool lacks_paper =
        order->mail.paper && put_paper_in(house, arena, company, order, &parcel, &fault);
    if (lacks_paper && order->message.attempts == 0) /* but better without it than never */
        return delivery_ended(DELIVERY_RETRY, 0, "%s", fault.detail);
    if (order->checkpoint)
        put_in(&parcel, "checkpoint.txt", "text/plain", order->checkpoint,
               strlen(order->checkpoint));
    return *house->config->smtp_url ? mail_send(&server, &parcel.mail)
                                    : spool(house, &server.from, &parcel.mail, arena);
}

/* ---- webhooks ------------------------------------------------------------------------------ */

static struct delivery post_webhook(struct house *house, const struct delivery_order *order)
{
    char id[ID_TEXT_SIZE];
    const struct webhook_policy policy = {
        .allow_private = house->config->webhooks_to_private_addresses,
        .timeout_ms = DELIVERY_TIMEOUT_MS,
        .user_agent = "waymark",
    };
    const struct webhook webhook = {
        .url = order->endpoint.url,
        .secret = order->endpoint.secret,
        .id = id_format(order->message.id, id),
        .time_ms = clock_now_ms(&house->clock),
        .body = order->message.payload,
        .body_size = strlen(order->message.payload),
    };
    if (order->endpoint.state == WEBHOOK_DISABLED)
        return delivery_ended(DELIVERY_REFUSED, 0, "the endpoint is disabled");
    return webhook_send(&policy, &webhook);
}

/* ---- one message --------------------------------------------------------------------------- */

static struct delivery attempt(struct house *house, struct arena *arena, int64_t company,
                               const struct delivery_order *order)
{
    return order->message.kind == OUTBOX_MAIL ? send_mail(house, arena, company, order)
                                              : post_webhook(house, order);
}

/* What went wrong, for the operator. */
static const char *trouble_of(struct arena *arena, const struct delivery *delivery)
{
    if (delivery->status == 0)
        return arena_text(arena, delivery->text);
    return arena_format(arena, "answered %d%s%s", delivery->status, *delivery->text ? ": " : "",
                        delivery->text);
}

/* What becomes of the message after this attempt. */
static void settle(struct outbox *message, const struct delivery *delivery, const char *trouble,
                   int64_t now_ms)
{
    char id[ID_TEXT_SIZE];
    message->attempts++;
    int64_t wait_ms = backoff_delay_ms((int)message->attempts, id_format(message->id, id));
    message->last_error = delivery->outcome == DELIVERY_DONE ? NULL : trouble;
    if (delivery->outcome == DELIVERY_DONE) {
        message->state = OUTBOX_DELIVERED;
        message->delivered_at = now_ms;
        message->next_at = 0;
    } else if (delivery->outcome == DELIVERY_RETRY && wait_ms >= 0) {
        int64_t asked_ms = delivery->retry_after_ms;
        message->next_at = now_ms + (asked_ms > wait_ms ? asked_ms : wait_ms);
    } else {
        message->state = OUTBOX_DEAD;
        message->next_at = 0;
    }
}

static enum error load_order(struct house *house, struct arena *arena, int64_t company,
                             struct delivery_order *order, struct fault *fault)
{
    struct call call = call_by(&house->app, arena, company, ACTOR_SYSTEM);
    call.store.session = readers_take(house->readers);
    enum error error = db_begin(call.store.session, fault);
    if (!error)
        error = load_delivery_order(&call, order, fault);
    db_rollback(call.store.session);
    readers_put(house->readers, call.store.session);
    return error;
}

/* For how long its endpoint is left alone. Silence: nobody is there who takes calls, or whoever is
 * does not speak. */
static int64_t rest_ms(const struct outbox *message, const struct delivery *delivery,
                       int64_t took_ms)
{
    if (message->kind != OUTBOX_WEBHOOK)
        return 0;
    if (delivery->outcome == DELIVERY_RETRY && delivery->status == 0)
        return SILENCE_MS;
    return took_ms > SLOW_MS ? SLOW_REST * took_ms : 0;
}

/* One that cannot be read is an attempt that failed: it is tried again, ever later, and given up in
 * the end. One that went out, which could not be stored, does not go out again. */
static struct delivery try_one(struct house *house, struct arena *arena,
                               const struct due_message *due, struct delivery_order *order)
{
    struct fault fault = {0};
    const struct patient *patient =
        patience_find(&house->delivery_patience[due->message.kind], due->message.id);
    if (patient && patient->is_sent)
        return delivery_ended(DELIVERY_DONE, 0, "went out before");
    if (load_order(house, arena, due->number, order, &fault))
        return delivery_ended(DELIVERY_RETRY, 0, "%s", fault.detail);
    return attempt(house, arena, due->number, order);
}

static enum error deliver_one(struct house *house, struct arena *arena, struct due_message *due,
                              bool *rests, struct fault *fault)
{
    struct delivery_order order = {.message = due->message};
    int64_t began_ns = monotonic_ns();
    struct delivery delivery = try_one(house, arena, due, &order);
    int64_t rest = rest_ms(&order.message, &delivery, (monotonic_ns() - began_ns) / 1000000);
    const char *trouble = trouble_of(arena, &delivery);
    struct call call = call_by(&house->app, arena, due->number, ACTOR_SYSTEM);
    struct patience *patience = &house->delivery_patience[due->message.kind];
    *rests = rest > 0;
    struct delivery_report report = {
        .message = order.message,
        .endpoint_is_gone = delivery.outcome == DELIVERY_GONE,
        .defer_until = rest > 0 ? call.now_ms + rest : 0,
        .checkpoint = delivery.outcome == DELIVERY_DONE ? order.checkpoint : NULL,
        .checkpoint_size = order.checkpoint_size,
    };
    settle(&report.message, &delivery, trouble, call.now_ms);
    if (delivery.outcome != DELIVERY_DONE)
        log_event(&house->log, LOG_WARNING, "not_delivered",
                  log_text("kind", choice_name(&outbox_kind_choices, (int)due->message.kind)),
                  log_text("reason", trouble), log_number("attempts", report.message.attempts));
    enum error error = perform_writing(&call, house_writer(house, due->number), NULL,
                                       &report_delivery_operation, &report, NULL, fault);
    if (error) {
        patience_keep(patience, due->message.id)->is_sent = delivery.outcome == DELIVERY_DONE;
        return error;
    }
    patience_end(patience, due->message.id);
    atomic_fetch_add(&house->deliveries[report.message.kind][report.message.state], 1);
    return OK;
}

static enum error list_due(struct house *house, struct arena *arena, enum outbox_kind kind,
                           struct list *messages, struct fault *fault)
{
    struct call call = call_by(&house->app, arena, 0, ACTOR_SYSTEM);
    call.store.session = readers_take(house->readers);
    enum error error = db_begin(call.store.session, fault);
    if (!error)
        error = list_due_messages(&call.store, kind, call.now_ms,
                                  house->delivery_patience[kind].count, messages, fault);
    db_rollback(call.store.session);
    readers_put(house->readers, call.store.session);
    return error;
}

static void log_trouble(struct house *house, const struct fault *fault)
{
    log_event(&house->log, LOG_ERROR, "delivery_failed", log_text("error", error_slug(fault->code)),
              log_text("detail", fault->detail));
}

/* Where an endpoint is left alone the list is out of date: what else waits there is, too. */
static size_t deliver_listed(struct house *house, struct arena *arena, const struct list *messages)
{
    size_t done = 0;
    bool rests = false;
    for (size_t i = 0; i < messages->count && !rests && !atomic_load(&house->is_closing); i++) {
        struct due_message *due = LIST_AT(struct due_message, *messages, i);
        struct fault fault = {0};
        if (patience_waits(&house->delivery_patience[due->message.kind], due->message.id))
            continue;
        if (deliver_one(house, arena, due, &rests, &fault) == OK)
            done++;
        else
            log_trouble(house, &fault);
    }
    return done;
}

size_t timed_deliver(struct house *house, enum outbox_kind kind)
{
    struct arena *arena = arena_new();
    struct list messages = {0};
    struct fault fault = {0};
    size_t done = 0;
    pthread_mutex_lock(&house->delivery_locks[kind]);
    if (list_due(house, arena, kind, &messages, &fault))
        log_trouble(house, &fault);
    else
        done = deliver_listed(house, arena, &messages);
    pthread_mutex_unlock(&house->delivery_locks[kind]);
    arena_free(arena);
    return done;
}
