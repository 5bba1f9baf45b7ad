#include "action/webhook_endpoint.h"

#include "../check.h"
#include "../stage.h"
#include "action/client.h"
#include "action/webhook_delivery.h"
#include "base/base64.h"
#include "base/json.h"
#include "store/job.h"
#include "store/kept.h"

static struct actor owner(void)
{
    return stage_user(USER_OWNER);
}

static struct webhook_endpoint create(struct stage *stage, const char **events, size_t count)
{
    struct webhook_endpoint in = {.url = "https://hooks.client.example/in",
                                  .events = {events, count}};
    struct webhook_endpoint endpoint;
    assert_result(stage,
                  stage_perform(stage, owner(), &create_webhook_endpoint_operation, &in, &endpoint),
                  OK);
    return endpoint;
}

static enum error act_on(struct stage *stage, const struct operation *operation, struct id id,
                         void *out)
{
    struct subject in = {id};
    return stage_perform(stage, owner(), operation, &in, out);
}

/* Something that happens. */
static void make_client(struct stage *stage)
{
    struct client in = {
        .name = "Client", .country = "DE", .currency = "EUR", .time_zone = "Europe/Berlin"};
    struct client client;
    assert_result(stage, stage_perform(stage, owner(), &create_client_operation, &in, &client), OK);
}

static struct list deliveries(struct stage *stage, struct id endpoint_id, enum outbox_state state,
                              const char *event)
{
    struct list_deliveries query;
    struct page page;
    shape_init(list_deliveries_operation.in, &query);
    query.endpoint_id = endpoint_id;
    query.state = state;
    query.event = event;
    query.page.sort = "-id";
    assert_result(stage, stage_perform(stage, owner(), &list_deliveries_operation, &query, &page),
                  OK);
    return page.items;
}

/* ---- endpoints ----------------------------------------------------------------------------- */

CASE(the_secret_is_a_key_of_32_bytes_told_once)
{
    struct stage *stage = *state;
    uint8_t key[64];
    size_t size;
    struct webhook_endpoint endpoint = create(stage, NULL, 0);
    assert_int_equal(strncmp(endpoint.new_secret, "whsec_", 6), 0);
    assert_true(base64_decode(endpoint.new_secret + 6, strlen(endpoint.new_secret) - 6, key,
                              sizeof key, &size));
    assert_int_equal(size, 32);
    assert_string_not_equal(create(stage, NULL, 0).new_secret, endpoint.new_secret);
    assert_result(stage, act_on(stage, &show_webhook_endpoint_operation, endpoint.id, &endpoint),
                  OK);
    assert_null(endpoint.new_secret);
    struct text_buffer json = text_buffer_in(stage->arena);
    json_write_shape(&json, &webhook_endpoint_shape, &endpoint, JSON_FOR_AGENCY);
    assert_null(strstr(json.bytes, "whsec_"));
}

CASE(an_address_that_cannot_be_called_is_refused)
{
    struct stage *stage = *state;
    struct webhook_endpoint in = {.url = "ftp://hooks.client.example/"};
    struct webhook_endpoint endpoint;
    assert_result(stage,
                  stage_perform(stage, owner(), &create_webhook_endpoint_operation, &in, &endpoint),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "url");
    const char *events[] = {"milestone accepted"};
    in.url = "https://hooks.client.example/";
    in.events = (struct texts){events, 1};
    assert_result(stage,
                  stage_perform(stage, owner(), &create_webhook_endpoint_operation, &in, &endpoint),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "events/0");
}

CASE(an_endpoint_gets_the_events_that_it_asks_for)
{
    struct stage *stage = *state;
    const char *some[] = {"client.created"};
    const char *others[] = {"invoice.issued", "contact.created"};
    struct webhook_endpoint all = create(stage, NULL, 0);
    struct webhook_endpoint one = create(stage, some, 1);
    struct webhook_endpoint none = create(stage, others, 2);
    make_client(stage);
    assert_int_equal(deliveries(stage, all.id, 0, "client.created").count, 1);
    assert_int_equal(deliveries(stage, one.id, 0, NULL).count, 1);
    assert_int_equal(deliveries(stage, none.id, 0, NULL).count, 0);
    struct webhook_endpoint in = {.id = none.id, .url = none.url, .events = {some, 1}};
    assert_result(
        stage, stage_perform_at(stage, owner(), 3, &change_webhook_endpoint_operation, &in, &none),
        ERROR_STALE);
    assert_result(
        stage, stage_perform_at(stage, owner(), 1, &change_webhook_endpoint_operation, &in, &none),
        OK);
    make_client(stage);
    assert_int_equal(deliveries(stage, one.id, 0, NULL).count, 2);
    assert_int_equal(deliveries(stage, in.id, 0, NULL).count, 1);
}

CASE(changing_an_endpoint_keeps_its_secret)
{
    struct stage *stage = *state;
    struct webhook_endpoint endpoint = create(stage, NULL, 0);
    const char *secret = endpoint.secret;
    struct webhook_endpoint in = {.id = endpoint.id, .url = "https://moved.client.example/"};
    assert_result(stage,
                  stage_perform(stage, owner(), &change_webhook_endpoint_operation, &in, &endpoint),
                  OK);
    assert_string_equal(endpoint.url, "https://moved.client.example/");
    assert_string_equal(endpoint.secret, secret);
    assert_int_equal(endpoint.version, 2);
}

CASE(a_disabled_endpoint_is_told_nothing)
{
    struct stage *stage = *state;
    const char *events[] = {"client.created"};
    struct outbox delivery;
    struct webhook_endpoint endpoint = create(stage, events, 1);
    struct id id = endpoint.id;
    assert_result(stage, act_on(stage, &disable_webhook_endpoint_operation, id, &endpoint), OK);
    assert_result(stage, act_on(stage, &disable_webhook_endpoint_operation, id, &endpoint),
                  ERROR_WRONG_STATE);
    make_client(stage);
    assert_int_equal(deliveries(stage, id, 0, NULL).count, 0);
    assert_result(stage, act_on(stage, &test_webhook_endpoint_operation, id, &delivery),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "state");
    assert_result(stage, act_on(stage, &enable_webhook_endpoint_operation, id, &endpoint), OK);
    make_client(stage);
    assert_int_equal(deliveries(stage, id, 0, NULL).count, 1);
}

/* Two jobs of one group: what the first changes, the second must see. */
static enum error switch_and_happen(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    struct list endpoints;
    (void)output;
    enum error error = kept_endpoints(&call->store, &endpoints, fault);
    size_t before = endpoints.count;
    struct webhook_endpoint endpoint;
    if (!error)
        error = disable_webhook_endpoint_operation.run(call, input, &endpoint, fault);
    if (!error)
        error = kept_endpoints(&call->store, &endpoints, fault);
    assert_int_equal(endpoints.count, before - 1);
    return error;
}

CASE(the_rest_of_a_group_sees_an_endpoint_as_it_is_now)
{
    struct stage *stage = *state;
    static const struct operation operation = {.name = "switch_and_happen",
                                               .permission = PERMIT_READ_AGENCY,
                                               .writes = true,
                                               .run = switch_and_happen};
    struct webhook_endpoint endpoint = create(stage, NULL, 0);
    struct subject in = {endpoint.id};
    assert_result(stage, stage_perform(stage, owner(), &operation, &in, NULL), OK);
}

CASE(endpoints_are_listed_by_state)
{
    struct stage *stage = *state;
    struct list_webhook_endpoints query;
    struct page page;
    shape_init(list_webhook_endpoints_operation.in, &query);
    query.state = WEBHOOK_DISABLED;
    assert_result(
        stage, stage_perform(stage, owner(), &list_webhook_endpoints_operation, &query, &page), OK);
    size_t before = page.items.count;
    struct webhook_endpoint endpoint = create(stage, NULL, 0);
    assert_result(stage, act_on(stage, &disable_webhook_endpoint_operation, endpoint.id, &endpoint),
                  OK);
    assert_result(
        stage, stage_perform(stage, owner(), &list_webhook_endpoints_operation, &query, &page), OK);
    assert_int_equal(page.items.count, before + 1);
}

/* ---- deliveries ---------------------------------------------------------------------------- */

CASE(a_test_is_delivered_to_that_endpoint_alone)
{
    struct stage *stage = *state;
    const char *events[] = {"invoice.issued"};
    struct webhook_endpoint tested = create(stage, events, 1);
    struct webhook_endpoint all = create(stage, NULL, 0);
    struct outbox delivery;
    assert_result(stage, act_on(stage, &test_webhook_endpoint_operation, tested.id, &delivery), OK);
    assert_string_equal(delivery.event, "webhook_endpoint.tested");
    assert_true(id_equal(delivery.subject_id, tested.id));
    assert_non_null(strstr(delivery.payload, "\"type\":\"webhook_endpoint.tested\""));
    assert_int_equal(deliveries(stage, tested.id, OUTBOX_PENDING, NULL).count, 1);
    assert_int_equal(deliveries(stage, all.id, 0, "webhook_endpoint.tested").count, 0);
}

static enum error end_delivery(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    (void)output;
    return save_delivery(&call->store, input, fault);
}

/* As the one who delivers leaves it. */
static void end_as(struct stage *stage, struct outbox *delivery, enum outbox_state end)
{
    static const struct operation operation = {
        .name = "end_delivery", .permission = PERMIT_READ, .writes = true, .run = end_delivery};
    delivery->state = end;
    delivery->attempts = 9;
    delivery->next_at = 0;
    delivery->last_error = end == OUTBOX_DEAD ? "503 from there" : NULL;
    delivery->delivered_at = end == OUTBOX_DELIVERED ? STAGE_NOW_MS : 0;
    assert_result(stage, stage_perform(stage, owner(), &operation, delivery, NULL), OK);
}

CASE(what_was_delivered_or_given_up_is_sent_again)
{
    struct stage *stage = *state;
    static const enum outbox_state ends[] = {OUTBOX_DELIVERED, OUTBOX_DEAD};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct webhook_endpoint endpoint = create(stage, NULL, 0);
        struct outbox delivery, again;
        assert_result(stage,
                      act_on(stage, &test_webhook_endpoint_operation, endpoint.id, &delivery), OK);
        assert_result(stage, act_on(stage, &replay_delivery_operation, delivery.id, &again),
                      ERROR_WRONG_STATE);
        end_as(stage, &delivery, ends[i]);
        assert_int_equal(deliveries(stage, endpoint.id, ends[i], NULL).count, 1);
        assert_result(stage, act_on(stage, &replay_delivery_operation, delivery.id, &again), OK);
        struct list pending = deliveries(stage, endpoint.id, OUTBOX_PENDING, delivery.event);
        assert_int_equal(pending.count, 1);
        const struct outbox *now = LIST_AT(struct outbox, pending, 0);
        assert_true(id_equal(now->id, delivery.id));
        assert_int_equal(now->attempts, 0);
        assert_int_equal(now->next_at, STAGE_NOW_MS);
        assert_null(now->last_error);
        assert_int_equal(now->delivered_at, 0);
    }
}

CASE(what_went_to_a_disabled_endpoint_is_not_sent_again)
{
    struct stage *stage = *state;
    struct webhook_endpoint endpoint = create(stage, NULL, 0);
    struct outbox delivery, again;
    struct id id = endpoint.id;
    assert_result(stage, act_on(stage, &test_webhook_endpoint_operation, id, &delivery), OK);
    end_as(stage, &delivery, OUTBOX_DEAD);
    assert_result(stage, act_on(stage, &disable_webhook_endpoint_operation, id, &endpoint), OK);
    assert_result(stage, act_on(stage, &replay_delivery_operation, delivery.id, &again),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "state");
}

CASE(a_mail_is_no_delivery)
{
    struct stage *stage = *state;
    struct outbox mail = {.id = id_make(STAGE_NOW_MS, 1, 9),
                          .kind = OUTBOX_MAIL,
                          .state = OUTBOX_DEAD,
                          .event = "mail",
                          .subject_id = id_make(STAGE_NOW_MS, 1, 8),
                          .recipient = "carl@client.example",
                          .payload = "{}",
                          .created_at = STAGE_NOW_MS};
    struct outbox again;
    stage_plant(stage, &outbox_shape, &mail);
    assert_result(stage, act_on(stage, &replay_delivery_operation, mail.id, &again),
                  ERROR_NOT_FOUND);
    assert_int_equal(deliveries(stage, (struct id){0}, OUTBOX_DEAD, "mail").count, 0);
}

/* ---- who may ------------------------------------------------------------------------------- */

CASE(only_owners_manage_webhooks_and_only_the_agency_sees_them)
{
    struct stage *stage = *state;
    static const struct operation *const managing[] = {
        &create_webhook_endpoint_operation,  &change_webhook_endpoint_operation,
        &disable_webhook_endpoint_operation, &enable_webhook_endpoint_operation,
        &test_webhook_endpoint_operation,    &replay_delivery_operation,
    };
    static const struct operation *const reading[] = {
        &list_webhook_endpoints_operation,
        &show_webhook_endpoint_operation,
        &list_deliveries_operation,
    };
    unsigned agency = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY | ROLE_FINANCE | ROLE_AUDITOR;
    for (size_t i = 0; i < sizeof managing / sizeof *managing; i++)
        stage_assert_only(stage, managing[i], ROLE_OWNER);
    for (size_t i = 0; i < sizeof reading / sizeof *reading; i++)
        stage_assert_only(stage, reading[i], agency);
}

STAGE_RUN(T(the_secret_is_a_key_of_32_bytes_told_once),
          T(an_address_that_cannot_be_called_is_refused),
          T(an_endpoint_gets_the_events_that_it_asks_for), T(changing_an_endpoint_keeps_its_secret),
          T(a_disabled_endpoint_is_told_nothing),
          T(the_rest_of_a_group_sees_an_endpoint_as_it_is_now), T(endpoints_are_listed_by_state),
          T(a_test_is_delivered_to_that_endpoint_alone),
          T(what_was_delivered_or_given_up_is_sent_again),
          T(what_went_to_a_disabled_endpoint_is_not_sent_again), T(a_mail_is_no_delivery),
          T(only_owners_manage_webhooks_and_only_the_agency_sees_them))
