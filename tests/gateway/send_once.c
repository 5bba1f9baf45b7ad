/* One delivery for the Python tests: reads what to do as one JSON object from standard input, in
 * which a missing member is absent, and writes how it ended as one JSON object.
 *
 *   send_once mail      {"server": {...}, "mail": {...}}
 *   send_once spool     {"directory": "...", "server": {...}, "mail": {...}}
 *   send_once webhook   {"policy": {...}, "webhook": {...}}
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/must.h"
#include "gateway/mail.h"
#include "gateway/webhook.h"

enum { LIST_MAX = 8 };

static const char *text_of(json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static int integer_of(json_t *object, const char *name)
{
    return (int)json_integer_value(json_object_get(object, name));
}

static struct mailbox mailbox_of(json_t *object)
{
    return (struct mailbox){.address = text_of(object, "address"), .name = text_of(object, "name")};
}

static struct mail_server server_of(json_t *object)
{
    return (struct mail_server){
        .url = text_of(object, "url"),
        .user = text_of(object, "user"),
        .password = text_of(object, "password"),
        .tls = (enum mail_tls)integer_of(object, "tls"),
        .from = mailbox_of(json_object_get(object, "from")),
        .timeout_ms = integer_of(object, "timeout_ms"),
        .ca_file = text_of(object, "ca_file"),
    };
}

struct lists {
    struct mail_header headers[LIST_MAX];
    struct mail_attachment attachments[LIST_MAX];
};

static struct mail mail_of(json_t *object, struct lists *lists)
{
    struct mail mail = {
        .to = mailbox_of(json_object_get(object, "to")),
        .subject = text_of(object, "subject"),
        .text = text_of(object, "text"),
        .message_id = text_of(object, "message_id"),
        .date_ms = json_integer_value(json_object_get(object, "date_ms")),
        .headers = lists->headers,
        .attachments = lists->attachments,
    };
    size_t i;
    json_t *element;
    json_array_foreach(json_object_get(object, "headers"), i, element)
    {
        lists->headers[mail.header_count++] = (struct mail_header){
            .name = text_of(element, "name"), .value = text_of(element, "value")};
    }
    json_array_foreach(json_object_get(object, "attachments"), i, element)
    {
        json_t *bytes = json_object_get(element, "text");
        lists->attachments[mail.attachment_count++] = (struct mail_attachment){
            .name = text_of(element, "name"),
            .type = text_of(element, "type"),
            .bytes = json_string_value(bytes),
            .size = json_string_length(bytes),
        };
    }
    return mail;
}

static void print_delivery(struct delivery delivery)
{
    static const char *const outcomes[] = {
        [DELIVERY_REFUSED] = "refused",
        [DELIVERY_RETRY] = "retry",
        [DELIVERY_DONE] = "done",
        [DELIVERY_GONE] = "gone",
    };
    json_t *result = json_pack("{s:s, s:i, s:I, s:s}", "outcome", outcomes[delivery.outcome],
                               "status", delivery.status, "retry_after_ms",
                               (json_int_t)delivery.retry_after_ms, "text", delivery.text);
    must(json_dumpf(result, stdout, 0) == 0);
    json_decref(result);
}

static void print_error(enum error error, const struct fault *fault)
{
    json_t *result = json_pack("{s:s, s:s, s:s}", "error", error ? error_slug(error) : "", "field",
                               fault->field, "detail", fault->detail);
    must(json_dumpf(result, stdout, 0) == 0);
    json_decref(result);
}

static void do_mail(json_t *order)
{
    struct lists lists = {0};
    struct fault fault = {0};
    struct mail_server server = server_of(json_object_get(order, "server"));
    struct mail mail = mail_of(json_object_get(order, "mail"), &lists);
    enum error error = mail_check_server(&server, &fault);
    if (error)
        print_error(error, &fault);
    else
        print_delivery(mail_send(&server, &mail));
}

static void do_spool(json_t *order)
{
    struct lists lists = {0};
    struct fault fault = {0};
    struct mail_server server = server_of(json_object_get(order, "server"));
    struct mail mail = mail_of(json_object_get(order, "mail"), &lists);
    print_error(mail_spool_write(text_of(order, "directory"), &server.from, &mail, &fault), &fault);
}

static void do_webhook(json_t *order)
{
    json_t *policy_json = json_object_get(order, "policy");
    json_t *webhook_json = json_object_get(order, "webhook");
    json_t *body = json_object_get(webhook_json, "body");
    struct webhook_policy policy = {
        .allow_private = json_is_true(json_object_get(policy_json, "allow_private")),
        .timeout_ms = integer_of(policy_json, "timeout_ms"),
        .user_agent = "waymark-test",
        .ca_file = text_of(policy_json, "ca_file"),
    };
    struct webhook webhook = {
        .url = text_of(webhook_json, "url"),
        .secret = text_of(webhook_json, "secret"),
        .id = text_of(webhook_json, "id"),
        .time_ms = json_integer_value(json_object_get(webhook_json, "time_ms")),
        .body = json_string_value(body),
        .body_size = json_string_length(body),
    };
    print_delivery(webhook_send(&policy, &webhook));
}

int main(int argument_count, char **arguments)
{
    static const struct {
        const char *name;
        void (*run)(json_t *order);
    } commands[] = {{"mail", do_mail}, {"spool", do_spool}, {"webhook", do_webhook}};
    must(argument_count == 2);
    json_t *order = json_loadf(stdin, JSON_ALLOW_NUL, NULL);
    must(order);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(arguments[1], commands[i].name) == 0)
            commands[i].run(order);
    json_decref(order);
    return 0;
}
