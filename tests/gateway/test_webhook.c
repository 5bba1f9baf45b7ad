#include "gateway/webhook.h"

#include <stdbool.h>

#include <jansson.h>

#include "../check.h"

static const char secret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

static const char *text_of(json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

CASE(published_signatures_are_ours)
{
    json_t *vectors = json_load_file(DATA_DIRECTORY "/standard_webhooks.json", 0, NULL);
    json_t *list = json_object_get(vectors, "sign");
    assert_int_not_equal(json_array_size(list), 0);
    size_t i;
    json_t *vector;
    json_array_foreach(list, i, vector)
    {
        char signature[WEBHOOK_SIGNATURE_SIZE];
        json_int_t time_s = json_integer_value(json_object_get(vector, "webhook-timestamp"));
        const char *body = text_of(vector, "body");
        assert_int_equal(webhook_sign(text_of(vector, "secret"), text_of(vector, "webhook-id"),
                                      time_s, body, strlen(body), signature, NULL),
                         OK);
        assert_string_equal(signature, text_of(vector, "webhook-signature"));
    }
    json_decref(vectors);
}

CASE(the_prefix_of_a_secret_is_optional)
{
    char with[WEBHOOK_SIGNATURE_SIZE];
    char without[WEBHOOK_SIGNATURE_SIZE];
    assert_int_equal(webhook_sign(secret, "m", 1, "{}", 2, with, NULL), OK);
    assert_int_equal(webhook_sign(secret + strlen("whsec_"), "m", 1, "{}", 2, without, NULL), OK);
    assert_string_equal(with, without);
}

CASE(every_part_of_what_is_signed_counts)
{
    char wanted[WEBHOOK_SIGNATURE_SIZE];
    char other[WEBHOOK_SIGNATURE_SIZE];
    assert_int_equal(webhook_sign(secret, "m", 1, "{}", 2, wanted, NULL), OK);
    assert_int_equal(webhook_sign(secret, "n", 1, "{}", 2, other, NULL), OK);
    assert_string_not_equal(wanted, other);
    assert_int_equal(webhook_sign(secret, "m", 2, "{}", 2, other, NULL), OK);
    assert_string_not_equal(wanted, other);
    assert_int_equal(webhook_sign(secret, "m", 1, "{}", 1, other, NULL), OK);
    assert_string_not_equal(wanted, other);
}

CASE(a_secret_of_the_wrong_size_or_alphabet_is_refused)
{
    static const struct {
        const char *secret;
        enum error wanted;
    } secrets[] = {
        {"", ERROR_INVALID},
        {"whsec_", ERROR_INVALID},
        {"whsec_not base64!", ERROR_INVALID},
        {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", ERROR_INVALID},
        {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", ERROR_INVALID},
        /* 23, 24, 64 and 65 bytes */
        {"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", ERROR_INVALID},
        {"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", OK},
        {"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
         OK},
        {"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
         ERROR_INVALID},
    };
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        struct fault fault = {0};
        char signature[WEBHOOK_SIGNATURE_SIZE];
        assert_int_equal(webhook_sign(secrets[i].secret, "m", 1, "{}", 2, signature, &fault),
                         secrets[i].wanted);
        assert_string_equal(fault.field, secrets[i].wanted ? "secret" : "");
    }
}

CASE(addresses_of_the_web_are_taken)
{
    static const char *const urls[] = {
        "https://example.com",
        "https://example.com/hook",
        "http://example.com:8080/hook?tenant=1&x=%20",
        "HTTPS://EXAMPLE.COM/",
        "https://[2606:4700::1111]/hook",
        "https://bücher.example/hook",
    };
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        assert_int_equal(webhook_check_url(urls[i], NULL), OK);
}

CASE(anything_else_is_no_address_for_a_webhook)
{
    char long_url[WEBHOOK_URL_LIMIT + 2];
    memset(long_url, 'x', sizeof long_url - 1);
    memcpy(long_url, "https://example.com/", 20);
    long_url[sizeof long_url - 1] = '\0';
    const char *const urls[] = {
        "",
        "example.com",
        "/hook",
        "https://",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "smtp://example.com/",
        "javascript:alert(1)",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://example.com/a b",
        "https://example.com/\r\nHost: inside",
        "https://example.com:99999/",
        "https://exa mple.com/",
        long_url,
    };
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct fault fault = {0};
        if (webhook_check_url(urls[i], &fault) != ERROR_INVALID)
            fail_msg("%s was taken", urls[i]);
        assert_string_equal(fault.field, "url");
    }
}

RUN(T(published_signatures_are_ours), T(the_prefix_of_a_secret_is_optional),
    T(every_part_of_what_is_signed_counts), T(a_secret_of_the_wrong_size_or_alphabet_is_refused),
    T(addresses_of_the_web_are_taken), T(anything_else_is_no_address_for_a_webhook))
