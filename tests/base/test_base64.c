#include "base/base64.h"

#include "../check.h"

CASE(the_vectors_of_rfc_4648_hold_both_ways)
{
    static const struct {
        const char *bytes, *text;
    } vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        char text[BASE64_SIZE(6)], bytes[6];
        size_t length = strlen(vectors[i].bytes), size;
        assert_string_equal(base64_encode(vectors[i].bytes, length, text), vectors[i].text);
        assert_int_equal(strlen(text) + 1, BASE64_SIZE(length));
        assert_true(base64_decode(text, strlen(text), bytes, sizeof bytes, &size));
        assert_int_equal(size, length);
        assert_memory_equal(bytes, vectors[i].bytes, length);
    }
}

CASE(there_is_one_text_for_any_bytes)
{
    static const char *const wrong[] = {
        "Zg",       "Zg=", "Zg===",     "Zh==", "Zm9=", "Zm8",  " Zg==",     "Zg==\n",
        "Zg==Zg==", "Z",   "Zm9v YmFy", "Zm-_", "=",    "====", "\xc3\xa4=="};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char bytes[64];
        size_t size;
        assert_false(base64_decode(wrong[i], strlen(wrong[i]), bytes, sizeof bytes, &size));
    }
}

/* 2026-11-28: libsodium took every byte above 127 for a slash. */
CASE(no_byte_stands_for_another)
{
    int found = 0;
    for (int byte = 0; byte < 256; byte++) {
        char text[4] = {(char)byte, 'A', 'A', 'A'}, again[BASE64_SIZE(3)], bytes[3];
        size_t size;
        if (!base64_decode(text, sizeof text, bytes, sizeof bytes, &size))
            continue;
        assert_memory_equal(base64_encode(bytes, size, again), text, sizeof text);
        found++;
    }
    assert_int_equal(found, 64);
}

CASE(what_does_not_fit_is_refused)
{
    char bytes[6];
    size_t size;
    assert_true(base64_decode("Zm9vYmFy", 8, bytes, 6, &size));
    assert_false(base64_decode("Zm9vYmFy", 8, bytes, 5, &size));
}

CASE(only_the_given_length_is_read)
{
    char bytes[6];
    size_t size;
    assert_true(base64_decode("Zm9vYmFy!!", 8, bytes, 6, &size));
    assert_int_equal(size, 6);
    assert_false(base64_decode("Zg==\0Zg=", 8, bytes, 6, &size));
}

RUN(T(the_vectors_of_rfc_4648_hold_both_ways), T(there_is_one_text_for_any_bytes),
    T(no_byte_stands_for_another), T(what_does_not_fit_is_refused),
    T(only_the_given_length_is_read))
