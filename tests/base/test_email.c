#include "base/email.h"

#include "../check.h"

CASE(an_address_is_dotted_words_at_host_labels)
{
    static const char *const right[] = {
        "carl@client.example", "carl.o'neil+waymark@mail.client.example", "a@b",
        "1@2.example",         "postmaster@xn--bcher-kva.example",
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(email_is_valid(right[i]));
}

CASE(anything_else_is_no_address)
{
    static const char *const wrong[] = {
        "",
        "carl",
        "@client.example",
        "carl@",
        "carl@.example",
        "carl@client.",
        "carl@client..example",
        ".carl@client.example",
        "carl.@client.example",
        "carl@-client.example",
        "carl@client-.example",
        "carl @client.example",
        "carl@client.example\n",
        "carl@client.example,dora@client.example",
        "Carl <carl@client.example>",
        "\"carl\"@client.example",
        "carl@[127.0.0.1]",
        "carl@\xc3\xbc.example",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(email_is_valid(wrong[i]));
}

/* count times the letter a in front of rest. */
static bool long_one_is_valid(size_t count, const char *rest)
{
    char address[512];
    memset(address, 'a', count);
    strcpy(address + count, rest);
    return email_is_valid(address);
}

CASE(parts_have_their_lengths)
{
    assert_true(long_one_is_valid(64, "@client.example"));
    assert_false(long_one_is_valid(65, "@client.example"));
    assert_false(long_one_is_valid(40, ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@client.example"));
}

CASE(addresses_are_compared_in_lower_case)
{
    struct arena *arena = arena_new();
    assert_string_equal(email_lower(arena, "Carl.O'Neil@CLIENT.example"),
                        "carl.o'neil@client.example");
    arena_free(arena);
}

RUN(T(an_address_is_dotted_words_at_host_labels), T(anything_else_is_no_address),
    T(parts_have_their_lengths), T(addresses_are_compared_in_lower_case))
