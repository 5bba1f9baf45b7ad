#include "http/forwarded.h"

#include <stdio.h>

#include "../check.h"

/* The sender of a request from peer with up to two headers. */
static const char *sender(const char *peer, const char *proxies, const char *first,
                          const char *second)
{
    static char found[64];
    struct arena *arena = arena_new();
    const struct http_pair headers[] = {
        {"host", "waymark.example"}, {"x-forwarded-for", first}, {"x-forwarded-for", second}};
    const struct http_request request = {.peer = peer,
                                         .headers = headers,
                                         .header_count = !first    ? 1
                                                         : !second ? 2
                                                                   : 3};
    snprintf(found, sizeof found, "%s", http_sender(arena, &request, proxies));
    arena_free(arena);
    return found;
}

CASE(without_proxies_the_sender_is_who_calls_whatever_it_says)
{
    assert_string_equal(sender("192.0.2.1", "", "198.51.100.7", NULL), "192.0.2.1");
    assert_string_equal(sender("192.0.2.1", "10.0.0.1", "198.51.100.7", NULL), "192.0.2.1");
    assert_string_equal(sender("unix", "", "198.51.100.7", NULL), "unix");
}

CASE(a_proxy_tells_who_called_it)
{
    assert_string_equal(sender("10.0.0.1", "10.0.0.1", "198.51.100.7", NULL), "198.51.100.7");
    assert_string_equal(sender("unix", "unix", "198.51.100.7", NULL), "198.51.100.7");
    assert_string_equal(sender("::1", "10.0.0.1, ::1", "2001:db8::7", NULL), "2001:db8::7");
}

CASE(what_was_said_before_our_proxies_is_not_believed)
{
    assert_string_equal(sender("10.0.0.1", "10.0.0.1", "203.0.113.9, 198.51.100.7", NULL),
                        "198.51.100.7");
    assert_string_equal(sender("10.0.0.1", "10.0.0.1", "203.0.113.9", "198.51.100.7"),
                        "198.51.100.7");
    assert_string_equal(
        sender("10.0.0.1", "10.0.0.1 10.0.0.2", "203.0.113.9,198.51.100.7 ,10.0.0.2", NULL),
        "198.51.100.7");
}

CASE(a_proxy_that_does_not_say_stands_for_the_sender)
{
    assert_string_equal(sender("10.0.0.1", "10.0.0.1", NULL, NULL), "10.0.0.1");
    assert_string_equal(sender("10.0.0.1", "10.0.0.1", "", NULL), "10.0.0.1");
    assert_string_equal(sender("10.0.0.1", "10.0.0.1", "198.51.100.7, unknown", NULL), "10.0.0.1");
    assert_string_equal(sender("10.0.0.1", "10.0.0.1", "198.51.100.7:4711", NULL), "10.0.0.1");
    assert_string_equal(sender("10.0.0.1", "10.0.0.0/8", "10.0.0.3, 10.0.0.2", NULL), "10.0.0.3");
}

CASE(proxies_are_named_by_networks_too)
{
    static const struct {
        const char *peer, *proxies;
        bool is_within;
    } cases[] = {
        {"172.18.0.5", "172.16.0.0/12", true},   {"172.32.0.5", "172.16.0.0/12", false},
        {"::ffff:10.1.2.3", "10.0.0.0/8", true}, {"::ffff:11.1.2.3", "10.0.0.0/8", false},
        {"10.1.2.3", "::ffff:10.1.2.3", true},   {"fd00::1", "fc00::/7", true},
        {"fe80::1", "fc00::/7", false},          {"192.0.2.1", "0.0.0.0/0", true},
        {"2001:db8::1", "0.0.0.0/0", false},     {"192.0.2.1", "::/0", true},
        {"10.0.0.129", "10.0.0.128/25", true},   {"10.0.0.127", "10.0.0.128/25", false},
        {"unix", "0.0.0.0/0 ::/0", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(sender(cases[i].peer, cases[i].proxies, "198.51.100.7", NULL),
                            cases[i].is_within ? "198.51.100.7" : cases[i].peer);
}

CASE(what_is_no_address_is_refused_as_a_proxy)
{
    static const char *const good[] = {"",     "10.0.0.1",    "10.0.0.1, ::1", "unix 10.0.0.0/8",
                                       "::/0", "10.0.0.1/32", "10.0.0.0/0"};
    static const char *const bad[] = {
        "localhost",      "10.0.0",      "10.0.0.0/33",         "10.0.0.0/",
        "::/129",         "10.0.0.0/-1", "10.0.0.0/8/8",        "10.0.0.1:80",
        "10.0.0.1 [::1]", "/8",          "10.0.0.0/99999999999"};
    struct fault fault;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(http_proxies_check(good[i], &fault), OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(http_proxies_check(bad[i], &fault), ERROR_INVALID);
        assert_string_equal(fault.field, "proxies");
    }
}

RUN(T(without_proxies_the_sender_is_who_calls_whatever_it_says), T(a_proxy_tells_who_called_it),
    T(what_was_said_before_our_proxies_is_not_believed),
    T(a_proxy_that_does_not_say_stands_for_the_sender), T(proxies_are_named_by_networks_too),
    T(what_is_no_address_is_refused_as_a_proxy))
