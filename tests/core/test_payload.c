#include "core/payload.h"

#include "../check.h"

#define ACTOR                                                                                      \
    "{\"actor\":{\"id\":\"0191e5a0-7c31-7d52-9a44-3c5f0b6d1e22\",\"kind\":\"user\"},\"rows\":["
#define HASH "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
#define ROW(kind, version)                                                                         \
    "{\"hash\":\"" HASH "\",\"id\":\"0191e5a0-7c31-7d52-9a44-3c5f0b6d1e23\",\"kind\":\"" kind      \
    "\",\"version\":" version "}"

/* Text and salted hash were computed independently of this code. */
static const char known[] =
    ACTOR ROW("milestone", "3") ","
                                "{\"hash\":\"ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\","
                                "\"id\":\"0191e5a0-7c31-7d52-9a44-3c5f0b6d1e24\",\"kind\":"
                                "\"invoice_line\",\"version\":1}]}";
static const char known_hash[] = "O0qn1w4VbvWDkWnz2MMwuBCzDeuTXCG0Hnayt5lfz7E=";

static struct id id(const char *text)
{
    struct id id;
    assert_true(id_parse(text, &id));
    return id;
}

CASE(a_payload_is_canonical_json)
{
    struct arena *arena = arena_new();
    const struct payload_row rows[] = {
        {"milestone", id("0191e5a0-7c31-7d52-9a44-3c5f0b6d1e23"), 3, hash_bytes("", 0)},
        {"invoice_line", id("0191e5a0-7c31-7d52-9a44-3c5f0b6d1e24"), 1, hash_bytes("abc", 3)},
    };
    const struct payload payload = {"user", id("0191e5a0-7c31-7d52-9a44-3c5f0b6d1e22"), rows, 2};
    assert_string_equal(payload_format(arena, &payload), known);
    arena_free(arena);
}

CASE(a_payload_comes_back)
{
    struct arena *arena = arena_new();
    struct payload payload;
    assert_int_equal(payload_parse(arena, known, &payload, NULL), OK);
    assert_string_equal(payload.actor_kind, "user");
    assert_int_equal(payload.row_count, 2);
    assert_string_equal(payload.rows[0].kind, "milestone");
    assert_int_equal(payload.rows[0].version, 3);
    assert_string_equal(payload.rows[1].kind, "invoice_line");
    assert_true(hash_equal(payload.rows[1].hash, hash_bytes("abc", 3)));
    assert_string_equal(payload_format(arena, &payload), known);
    arena_free(arena);
}

CASE(a_payload_may_change_no_row_and_be_nobodys)
{
    struct arena *arena = arena_new();
    const struct payload nothing = {.actor_kind = "system"};
    struct payload payload;
    char *text = payload_format(arena, &nothing);
    assert_string_equal(text, "{\"actor\":{\"id\":\"00000000-0000-0000-0000-000000000000\","
                              "\"kind\":\"system\"},\"rows\":[]}");
    assert_int_equal(payload_parse(arena, text, &payload, NULL), OK);
    assert_true(id_is_none(payload.actor));
    assert_int_equal(payload.row_count, 0);
    arena_free(arena);
}

CASE(many_rows_come_back_in_order)
{
    enum { MANY = 3000 };
    struct arena *arena = arena_new();
    struct payload_row *rows = arena_array(arena, MANY, sizeof *rows);
    for (int i = 0; i < MANY; i++)
        rows[i] = (struct payload_row){"entry", id_make(i, 0, 1), i + 1, hash_bytes(&i, sizeof i)};
    const struct payload many = {.actor_kind = "user", .rows = rows, .row_count = MANY};
    struct payload payload;
    assert_int_equal(payload_parse(arena, payload_format(arena, &many), &payload, NULL), OK);
    assert_int_equal(payload.row_count, MANY);
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(payload.rows[i].version, i + 1);
        assert_true(hash_equal(payload.rows[i].hash, rows[i].hash));
    }
    arena_free(arena);
}

CASE(anything_else_is_no_payload)
{
    static const char *const wrong[] = {
        "",
        "{}",
        "[]",
        ACTOR,
        ACTOR "]",
        ACTOR "]}\n",
        ACTOR "]} ",
        " " ACTOR "]}",
        ACTOR ROW("milestone", "0") "]}",
        ACTOR ROW("milestone", "01") "]}",
        ACTOR ROW("milestone", "-1") "]}",
        ACTOR ROW("milestone", "+1") "]}",
        ACTOR ROW("milestone", "1.0") "]}",
        ACTOR ROW("milestone", "") "]}",
        ACTOR ROW("milestone", "9223372036854775808") "]}",
        ACTOR ROW("Milestone", "1") "]}",
        ACTOR ROW("1milestone", "1") "]}",
        ACTOR ROW("", "1") "]}",
        ACTOR ROW("a_kind_that_is_longer_than_all_kinds_are_x", "1") "]}",
        ACTOR ROW("mile\\u0073tone", "1") "]}",
        ACTOR ROW("milestone", "1") ",]}",
        ACTOR "," ROW("milestone", "1") "]}",
        ACTOR ROW("milestone", "1") ROW("milestone", "2") "]}",
        ACTOR "{\"hash\":\"" HASH "\"}]}",
        ACTOR "{\"hash\":\"" HASH,
        ACTOR "{\"hash\":\"AAAA\",\"id\":\"0191e5a0-7c31-7d52-9a44-3c5f0b6d1e23\","
              "\"kind\":\"milestone\",\"version\":1}]}",
        "{\"actor\":{\"id\":\"0191E5A0-7C31-7D52-9A44-3C5F0B6D1E22\",\"kind\":\"user\"},\"rows\":[]"
        "}",
        "{\"actor\":{\"kind\":\"user\",\"id\":\"0191e5a0-7c31-7d52-9a44-3c5f0b6d1e22\"},\"rows\":[]"
        "}",
        "{\"actor\": "
        "{\"id\":\"0191e5a0-7c31-7d52-9a44-3c5f0b6d1e22\",\"kind\":\"user\"},\"rows\":[]}",
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct payload payload;
        struct fault fault;
        assert_int_equal(payload_parse(arena, wrong[i], &payload, &fault), ERROR_MALFORMED);
        assert_string_equal(fault.field, "payload");
    }
    arena_free(arena);
}

CASE(a_payload_cut_off_anywhere_is_no_payload)
{
    struct arena *arena = arena_new();
    for (size_t size = 0; size < strlen(known); size++) {
        struct payload payload;
        assert_int_equal(payload_parse(arena, arena_text_n(arena, known, size), &payload, NULL),
                         ERROR_MALFORMED);
    }
    arena_free(arena);
}

CASE(a_flood_of_row_starts_takes_no_memory)
{
    enum { COUNT = 10000 };
    struct arena *arena = arena_new();
    char *text = arena_alloc(arena, sizeof ACTOR + 9 * COUNT);
    char *at = stpcpy(text, ACTOR);
    for (int i = 0; i < COUNT; i++)
        at = stpcpy(at, "{\"hash\":\"");
    size_t before = arena_used(arena);
    struct payload payload;
    assert_int_equal(payload_parse(arena, text, &payload, NULL), ERROR_MALFORMED);
    assert_in_range(arena_used(arena) - before, 0, 1000);
    arena_free(arena);
}

CASE(a_payload_belongs_to_the_leaf_with_its_salted_hash)
{
    struct salt salt;
    struct leaf leaf = {0};
    assert_true(salt_parse("AAECAwQFBgcICQoLDA0ODw==", &salt));
    assert_true(hash_from_base64(known_hash, &leaf.payload));
    assert_true(payload_belongs(known, &salt, &leaf));
    assert_false(payload_belongs(ACTOR "]}", &salt, &leaf));
    salt.bytes[15] ^= 1;
    assert_false(payload_belongs(known, &salt, &leaf));
}

CASE(a_salt_is_sixteen_bytes)
{
    struct salt salt;
    assert_true(salt_parse("AAECAwQFBgcICQoLDA0ODw==", &salt));
    assert_int_equal(salt.bytes[15], 15);
    static const char *const wrong[] = {"", "AAECAwQFBgcICQoLDA0O",
                                        "AAECAwQFBgcICQoLDA0ODxA=", "AAECAwQFBgcICQoLDA0ODw",
                                        "AAECAwQFBgcICQoLDA0ODw==\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(salt_parse(wrong[i], &salt));
}

RUN(T(a_payload_is_canonical_json), T(a_payload_comes_back),
    T(a_payload_may_change_no_row_and_be_nobodys), T(many_rows_come_back_in_order),
    T(anything_else_is_no_payload), T(a_payload_cut_off_anywhere_is_no_payload),
    T(a_flood_of_row_starts_takes_no_memory), T(a_payload_belongs_to_the_leaf_with_its_salted_hash),
    T(a_salt_is_sixteen_bytes))
