#include "core/webhook_endpoint.h"

#include "../check.h"
#include "core/outbox.h"

static enum error check_url(const char *url)
{
    struct webhook_endpoint endpoint = {.url = url};
    struct fault fault = {0};
    enum error error = webhook_endpoint_check(&endpoint, &fault);
    assert_string_equal(fault.field, error ? "url" : "");
    return error;
}

CASE(an_address_is_http_or_https_with_a_host)
{
    static const char *const right[] = {
        "https://hooks.client.example/waymark?key=1",
        "HTTPS://hooks.client.example",
        "http://127.0.0.1:8081/a@b",
        "https://[2001:db8::1]:8443/",
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_int_equal(check_url(right[i]), OK);
}

CASE(any_other_address_is_refused)
{
    static const char *const wrong[] = {
        "",
        "hooks.client.example",
        "ftp://hooks.client.example/",
        "file:///etc/passwd",
        "https:/hooks.client.example",
        "https://",
        "https:///path",
        "https://:8080/",
        "https://?query",
        "https://user:password@hooks.client.example/",
        "https://user@hooks.client.example",
        "https://hooks.client.example/a b",
        "https://hooks.client.example/\r\nX-More: yes",
        "https://h\xc3\xa4user.example/",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(check_url(wrong[i]), ERROR_INVALID);
}

CASE(events_are_written_as_they_happen_and_named_once)
{
    struct webhook_endpoint endpoint = {.url = "https://hooks.client.example/"};
    struct fault fault = {0};
    const char *events[] = {"invoice.issued", "milestone.accepted"};
    endpoint.events = (struct texts){events, 2};
    assert_int_equal(webhook_endpoint_check(&endpoint, &fault), OK);
    events[1] = "invoice.issued";
    assert_int_equal(webhook_endpoint_check(&endpoint, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "events/1");
    events[0] = "Invoice issued";
    assert_int_equal(webhook_endpoint_check(&endpoint, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "events/0");
}

CASE(an_endpoint_is_switched_to_the_other_state_only)
{
    struct webhook_endpoint endpoint = {.state = WEBHOOK_ACTIVE};
    struct fault fault = {0};
    assert_int_equal(webhook_endpoint_check_active(&endpoint, &fault), OK);
    assert_int_equal(webhook_endpoint_switch(&endpoint, WEBHOOK_ACTIVE, &fault), ERROR_WRONG_STATE);
    assert_string_equal(fault.field, "state");
    assert_int_equal(webhook_endpoint_switch(&endpoint, WEBHOOK_DISABLED, &fault), OK);
    assert_int_equal(endpoint.state, WEBHOOK_DISABLED);
    assert_int_equal(webhook_endpoint_check_active(&endpoint, &fault), ERROR_WRONG_STATE);
}

CASE(what_ended_is_put_back_in_line_as_if_never_tried)
{
    static const enum outbox_state ended[] = {OUTBOX_DELIVERED, OUTBOX_DEAD};
    for (size_t i = 0; i < sizeof ended / sizeof *ended; i++) {
        struct outbox message = {
            .state = ended[i], .attempts = 9, .last_error = "503", .delivered_at = 3};
        struct fault fault = {0};
        assert_int_equal(outbox_replay(&message, 7, &fault), OK);
        assert_int_equal(message.state, OUTBOX_PENDING);
        assert_int_equal(message.attempts, 0);
        assert_int_equal(message.next_at, 7);
        assert_int_equal(message.delivered_at, 0);
        assert_null(message.last_error);
        assert_int_equal(outbox_replay(&message, 8, &fault), ERROR_WRONG_STATE);
        assert_string_equal(fault.field, "state");
        assert_int_equal(message.next_at, 7);
    }
}

RUN(T(an_address_is_http_or_https_with_a_host), T(any_other_address_is_refused),
    T(events_are_written_as_they_happen_and_named_once),
    T(an_endpoint_is_switched_to_the_other_state_only),
    T(what_ended_is_put_back_in_line_as_if_never_tried))
