#include "core/leaf.h"

#include "core/merkle.h"

#include "../check.h"

/* Computed independently of this code, as is the leaf's hash below. */
#define SUBJECT "0191e5a0-7c31-7d52-9a44-3c5f0b6d1e23"
#define MOMENT  "2026-09-14T08:00:00.123Z"
#define PAYLOAD "O0qn1w4VbvWDkWnz2MMwuBCzDeuTXCG0Hnayt5lfz7E="
#define LEAF(event, subject, moment, payload)                                                      \
    "waymark-leaf/1\n" event "\n" subject "\n" moment "\n" payload "\n"
static const char known[] = LEAF("milestone.accepted", SUBJECT, MOMENT, PAYLOAD);

static struct leaf known_leaf(void)
{
    struct leaf leaf = {.event = "milestone.accepted", .time_ms = INT64_C(1789372800123)};
    assert_true(id_parse(SUBJECT, &leaf.subject));
    assert_true(hash_from_base64(PAYLOAD, &leaf.payload));
    return leaf;
}

CASE(a_leaf_is_five_lines)
{
    struct leaf leaf = known_leaf();
    char text[LEAF_TEXT_SIZE];
    assert_string_equal(leaf_format(&leaf, text), known);
}

CASE(a_leaf_has_its_known_hash)
{
    char hex[HASH_HEX_SIZE];
    assert_string_equal(hash_to_hex(merkle_leaf_hash(known, strlen(known)), hex),
                        "8c6ad27fbd42ac63381e0a0f339f0076c20167a8df792a27bb7f852dc03a9063");
}

CASE(a_leaf_comes_back)
{
    struct leaf leaf, expected = known_leaf();
    assert_int_equal(leaf_parse(known, &leaf, NULL), OK);
    assert_string_equal(leaf.event, expected.event);
    assert_true(id_equal(leaf.subject, expected.subject));
    assert_int_equal(leaf.time_ms, expected.time_ms);
    assert_true(hash_equal(leaf.payload, expected.payload));
}

CASE(the_longest_leaf_fits)
{
    struct leaf leaf = known_leaf(), back;
    memset(leaf.event, 'a', LEAF_EVENT_LIMIT);
    leaf.event[1] = '.';
    char text[LEAF_TEXT_SIZE];
    leaf_format(&leaf, text);
    assert_in_range(strlen(text), LEAF_TEXT_SIZE - 16, LEAF_TEXT_SIZE - 1);
    assert_int_equal(leaf_parse(text, &back, NULL), OK);
    assert_string_equal(back.event, leaf.event);
}

CASE(an_event_is_words_joined_by_dots)
{
    static const char *const right[] = {"a.b", "milestone.accepted", "invoice_line.taken_2",
                                        "client.contact.erased"};
    static const char *const wrong[] = {"",      "accepted", ".",    "a.",   ".a",
                                        "a..b",  "a.B",      "a.1b", "a._b", "a b.c",
                                        "a.b\n", "a.b ",     "ä.b",  "a-b.c"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(leaf_event_is_valid(right[i]));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(leaf_event_is_valid(wrong[i]));
    char longest[LEAF_EVENT_LIMIT + 2];
    memset(longest, 'a', sizeof longest);
    longest[1] = '.';
    longest[LEAF_EVENT_LIMIT + 1] = '\0';
    assert_false(leaf_event_is_valid(longest));
    longest[LEAF_EVENT_LIMIT] = '\0';
    assert_true(leaf_event_is_valid(longest));
}

CASE(anything_else_is_no_leaf)
{
    static const char *const wrong[] = {
        "",
        "waymark-leaf/1",
        "waymark-leaf/1\n",
        "waymark-leaf/2\nmilestone.accepted\n" SUBJECT "\n" MOMENT "\n" PAYLOAD "\n",
        LEAF("accepted", SUBJECT, MOMENT, PAYLOAD),
        LEAF("milestone.accepted", "0191E5A0-7c31-7d52-9a44-3c5f0b6d1e23", MOMENT, PAYLOAD),
        LEAF("milestone.accepted", "0191e5a07c317d529a443c5f0b6d1e23", MOMENT, PAYLOAD),
        LEAF("milestone.accepted", SUBJECT, "2026-09-14T08:00:00Z", PAYLOAD),
        LEAF("milestone.accepted", SUBJECT, "2026-09-14T08:00:00.12Z", PAYLOAD),
        LEAF("milestone.accepted", SUBJECT, "2026-09-14T08:00:00.123+00:00", PAYLOAD),
        LEAF("milestone.accepted", SUBJECT, "2026-09-14t08:00:00.123z", PAYLOAD),
        LEAF("milestone.accepted", SUBJECT, "2026-02-30T08:00:00.123Z", PAYLOAD),
        LEAF("milestone.accepted", SUBJECT, MOMENT, "O0qn1w4VbvWDkWnz2MMwuBCzDeuTXCG0Hnayt5lfz7E"),
        LEAF("milestone.accepted", SUBJECT, MOMENT, ""),
        LEAF("milestone.accepted", SUBJECT, MOMENT, PAYLOAD "\n"),
        LEAF("milestone.accepted", SUBJECT, MOMENT, PAYLOAD) "more\n",
        "\n" LEAF("milestone.accepted", SUBJECT, MOMENT, PAYLOAD),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct leaf leaf;
        struct fault fault;
        assert_int_equal(leaf_parse(wrong[i], &leaf, &fault), ERROR_MALFORMED);
        assert_string_equal(fault.field, "leaf");
    }
}

CASE(a_leaf_missing_any_byte_is_no_leaf)
{
    size_t size = strlen(known);
    for (size_t i = 0; i < size; i++) {
        /* A shorter event is another leaf, not a broken one. */
        if (i >= strlen("waymark-leaf/1\n") && i < strlen("waymark-leaf/1\nmilestone.accepted"))
            continue;
        char text[LEAF_TEXT_SIZE];
        memcpy(text, known, i);
        strcpy(text + i, known + i + 1);
        struct leaf leaf;
        assert_int_equal(leaf_parse(text, &leaf, NULL), ERROR_MALFORMED);
    }
}

CASE(what_is_read_is_written_the_same)
{
    /* Each single changed byte gives no leaf or another one: no two texts mean the same. */
    size_t size = strlen(known);
    unsigned read = 0;
    for (size_t i = 0; i < size; i++) {
        for (int c = 1; c < 128; c++) {
            char text[LEAF_TEXT_SIZE], again[LEAF_TEXT_SIZE];
            strcpy(text, known);
            text[i] = (char)c;
            struct leaf leaf;
            if (leaf_parse(text, &leaf, NULL) != OK)
                continue;
            read++;
            assert_string_equal(leaf_format(&leaf, again), text);
        }
    }
    assert_in_range(read, 1000, 8000);
}

RUN(T(a_leaf_is_five_lines), T(a_leaf_has_its_known_hash), T(a_leaf_comes_back),
    T(the_longest_leaf_fits), T(an_event_is_words_joined_by_dots), T(anything_else_is_no_leaf),
    T(a_leaf_missing_any_byte_is_no_leaf), T(what_is_read_is_written_the_same))
