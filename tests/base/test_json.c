#include "base/json.h"

#include "../check.h"
#include "base/day.h"
#include "sample_shape.h"

static enum error read(struct arena *arena, const char *text, struct sample *sample,
                       struct fault *fault)
{
    json_t *object;
    enum error error = json_parse_object(text, strlen(text), &object, fault);
    if (error)
        return error;
    error = json_read_shape(arena, &sample_shape, object, sample, fault);
    json_decref(object);
    return error;
}

static const char full[] =
    "{\"id\":\"017f22e2-79b0-7cc3-98c4-dc0c0c07398f\",\"currency\":\"EUR\",\"name\":\"caf\\u00e9 "
    "\\\"x\\\"\","
    "\"count\":9,\"maybe\":null,\"loud\":true,\"due_day\":\"2016-06-22\","
    "\"made_at\":\"2016-06-22T14:03:05.123Z\",\"total\":{\"amount\":\"-12.50\",\"currency\":"
    "\"EUR\"},"
    "\"mood\":\"loud\",\"hash\":"
    "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
    "\"logo\":\"AAEC\",\"tags\":[\"a\",\"b\"],\"best\":null,"
    "\"parts\":[{\"title\":\"one\",\"price\":{\"amount\":\"10.00\",\"currency\":\"EUR\"}}],"
    "\"note\":\"two\\nlines\",\"cost\":null}";

CASE(what_is_read_is_written_again)
{
    struct arena *arena = arena_new();
    struct sample sample;
    struct fault fault = {0};
    assert_int_equal(read(arena, full, &sample, &fault), OK);
    assert_int_equal(sample.total_minor, -1250);
    assert_int_equal(LIST_AT(struct part, sample.parts, 0)->price_minor, 1000);
    struct text_buffer text = text_buffer_in(arena);
    json_write_shape(&text, &sample_shape, &sample, JSON_FOR_AGENCY);
    const char *escape = strstr(full, "\\u00e9"); /* written as UTF-8 */
    assert_non_null(escape);
    const char *expected =
        arena_format(arena, "%.*s\xc3\xa9%s", (int)(escape - full), full, escape + 6);
    assert_string_equal(text.bytes, expected);
    arena_free(arena);
}

CASE(a_client_sees_neither_secrets_nor_what_is_the_agencys)
{
    struct arena *arena = arena_new();
    struct sample sample;
    shape_init(&sample_shape, &sample);
    sample.secret = "hidden";
    sample.cost = "much";
    sample.currency = "EUR";
    struct text_buffer text = text_buffer_in(arena);
    json_write_shape(&text, &sample_shape, &sample, JSON_FOR_CLIENT);
    assert_null(strstr(text.bytes, "hidden"));
    assert_null(strstr(text.bytes, "much"));
    arena_free(arena);
}

CASE(the_canonical_text_is_sorted_stored_columns_with_integer_amounts)
{
    struct arena *arena = arena_new();
    struct sample sample;
    shape_init(&sample_shape, &sample);
    sample.name = "line\nbreak\x01";
    sample.secret = "kept";
    sample.total_minor = -5;
    struct text_buffer text = text_buffer_in(arena);
    json_write_shape(&text, &sample_shape, &sample, JSON_CANONICAL);
    assert_string_equal(
        text.bytes,
        "{\"cost\":null,\"count\":7,\"currency\":null,\"due_day\":null,\"hash\":null,\"id\":null,"
        "\"logo\":null,\"loud\":false,\"made_at\":null,\"maybe\":null,\"mood\":null,"
        "\"name\":\"line\\nbreak\\u0001\",\"note\":null,\"parts\":[],\"secret\":\"kept\",\"tags\":["
        "],"
        "\"total_minor\":-5}");
    arena_free(arena);
}

/* Rows that were hashed before a field came keep their hash, and texts that were signed their
 * bytes.
 */
CASE(what_was_added_later_is_canonical_only_where_it_holds_something)
{
    struct grown {
        const char *name;
        const char *rule;
        int64_t share;
        struct texts tags;
        struct list parts;
    };
    static const struct field fields[] = {
        FIELD(struct grown, name, TEXT),
        FIELD(struct grown, rule, TEXT, .flags = ADDED_LATER),
        FIELD(struct grown, share, INTEGER, .flags = ADDED_LATER | NULLABLE),
        FIELD(struct grown, tags, TEXTS, .flags = ADDED_LATER),
        FIELD(struct grown, parts, LIST, .flags = ADDED_LATER, .shape = &part_shape),
    };
    static const struct shape shape = SHAPE("grown", struct grown, fields);
    struct arena *arena = arena_new();
    struct grown grown;
    shape_init(&shape, &grown);
    grown.name = "old";
    struct text_buffer before = text_buffer_in(arena), after = text_buffer_in(arena),
                       shown = text_buffer_in(arena);
    json_write_shape(&before, &shape, &grown, JSON_CANONICAL);
    assert_string_equal(before.bytes, "{\"name\":\"old\"}");
    json_write_shape(&shown, &shape, &grown, JSON_FOR_CLIENT);
    assert_string_equal(shown.bytes, "{\"name\":\"old\",\"rule\":null,\"share\":null,\"tags\":[],"
                                     "\"parts\":[]}");
    grown.rule = "new";
    grown.share = 0;
    grown.tags = (struct texts){(const char *[]){"a"}, 1};
    json_write_shape(&after, &shape, &grown, JSON_CANONICAL);
    assert_string_equal(after.bytes,
                        "{\"name\":\"old\",\"rule\":\"new\",\"share\":0,\"tags\":[\"a\"]}");
    arena_free(arena);
}

/* The parser's own words name a switch that nobody who asks can turn. */
CASE(a_nul_within_a_text_is_named)
{
    static const char bytes[] = "{\"name\":\"a\\u0000b\"}";
    json_t *object;
    struct fault fault = {0};
    assert_int_equal(json_parse_object(bytes, strlen(bytes), &object, &fault), ERROR_MALFORMED);
    assert_string_equal(fault.detail, "not JSON: line 1 column 18: a NUL character within a text");
}

struct refusal {
    const char *text;
    enum error code;
    const char *field;
};

CASE(each_refusal_names_its_field)
{
    static const struct refusal refusals[] = {
        {"[]", ERROR_MALFORMED, ""},
        {"{\"name\":\"x\"} x", ERROR_MALFORMED, ""},
        {"{\"name\":\"x\",\"name\":\"y\"}", ERROR_MALFORMED, ""},
        {"{\"name\":\"a\\u0000b\"}", ERROR_MALFORMED, ""},
        {"{\"name\":\"\xff\"}", ERROR_MALFORMED, ""},
        {"{\"a\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}", ERROR_MALFORMED, ""},
        {"{}", ERROR_INVALID, "name"},
        {"{\"name\":\"\"}", ERROR_INVALID, "name"},
        {"{\"name\":null}", ERROR_INVALID, "name"},
        {"{\"name\":5}", ERROR_INVALID, "name"},
        {"{\"name\":\"123456789012345678901\"}", ERROR_OUT_OF_RANGE, "name"},
        {"{\"name\":\"a\\nb\"}", ERROR_INVALID, "name"},
        {"{\"name\":\"x\",\"tags\":[\"a\\tb\"]}", ERROR_INVALID, "tags"},
        {"{\"name\":\"x\",\"note\":\"bell\\u0007\"}", ERROR_INVALID, "note"},
        {"{\"name\":\"x\",\"nmae\":1}", ERROR_INVALID, "nmae"},
        {"{\"name\":\"x\",\"total_minor\":1}", ERROR_INVALID, "total_minor"},
        {"{\"name\":\"x\",\"count\":100}", ERROR_OUT_OF_RANGE, "count"},
        {"{\"name\":\"x\",\"count\":1.0}", ERROR_INVALID, "count"},
        {"{\"name\":\"x\",\"count\":99999999999999999999}", ERROR_MALFORMED, ""},
        {"{\"name\":\"x\",\"loud\":1}", ERROR_INVALID, "loud"},
        {"{\"name\":\"x\",\"due_day\":\"2016-02-30\"}", ERROR_INVALID, "due_day"},
        {"{\"name\":\"x\",\"made_at\":\"yesterday\"}", ERROR_INVALID, "made_at"},
        {"{\"name\":\"x\",\"mood\":\"angry\"}", ERROR_INVALID, "mood"},
        {"{\"name\":\"x\",\"logo\":\"AAE\"}", ERROR_INVALID, "logo"},
        {"{\"name\":\"x\",\"logo\":\"AAECAwQFBgcI\"}", ERROR_OUT_OF_RANGE, "logo"},
        {"{\"name\":\"x\",\"tags\":[1]}", ERROR_INVALID, "tags"},
        {"{\"name\":\"x\",\"currency\":\"XYZ\"}", ERROR_INVALID, "currency"},
        {"{\"name\":\"x\",\"total\":{\"amount\":\"1\",\"currency\":\"XYZ\"}}", ERROR_INVALID,
         "total"},
        {"{\"name\":\"x\",\"parts\":[{\"title\":\"a\",\"price\":"
         "{\"amount\":\"1\",\"currency\":\"XYZ\"}}]}",
         ERROR_INVALID, "parts/0/price"},
        {"{\"name\":\"x\",\"total\":\"12.50\"}", ERROR_INVALID, "total"},
        {"{\"name\":\"x\",\"total\":{\"amount\":\"1.234\",\"currency\":\"EUR\"}}", ERROR_INVALID,
         "total"},
        {"{\"name\":\"x\",\"parts\":[{\"title\":\"a\"},{}]}", ERROR_INVALID, "parts/1/title"},
        {"{\"name\":\"x\",\"parts\":[{\"title\":\"a\"},7]}", ERROR_INVALID, "parts/1"},
        {"{\"name\":\"x\",\"currency\":\"EUR\",\"parts\":[{\"title\":\"a\",\"price\":"
         "{\"amount\":\"1\",\"currency\":\"USD\"}}]}",
         ERROR_INVALID, "parts/0/price"},
        {"{\"name\":\"x\",\"parts\":[{\"title\":\"a\",\"price\":"
         "{\"amount\":\"-1\",\"currency\":\"USD\"}}]}",
         ERROR_OUT_OF_RANGE, "parts/0/price"},
        {"{\"name\":\"x\",\"best\":{\"title\":\"a\",\"colour\":1}}", ERROR_INVALID, "best/colour"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        struct sample sample;
        struct fault fault = {0};
        assert_int_equal(read(arena, refusals[i].text, &sample, &fault), refusals[i].code);
        assert_string_equal(fault.field, refusals[i].field);
    }
    arena_free(arena);
}

struct numbered {
    int64_t number;
    int64_t other;
    int64_t maybe;
};
static const struct field numbered_fields[] = {
    FIELD(struct numbered, number, INTEGER, .minimum = 1, .maximum = 9),
    FIELD(struct numbered, other, INTEGER, .minimum = 1, .maximum = 9, .initial = 3),
    FIELD(struct numbered, maybe, INTEGER, .flags = NULLABLE, .minimum = 1, .maximum = 9),
};
static const struct shape numbered_shape = SHAPE("numbered", struct numbered, numbered_fields);

/* 2026-11-28: a missing number became 0, below its limit, and could not be read again. */
CASE(a_missing_number_is_never_outside_its_limits)
{
    struct arena *arena = arena_new();
    struct numbered row;
    struct fault fault = {0};
    json_t *object = json_pack("{s:i}", "other", 4);
    assert_int_equal(json_read_shape(arena, &numbered_shape, object, &row, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "number");
    assert_string_equal(fault.detail, "is missing");
    json_decref(object);
    object = json_pack("{s:i}", "number", 2);
    assert_int_equal(json_read_shape(arena, &numbered_shape, object, &row, &fault), OK);
    assert_int_equal(row.other, 3);
    assert_int_equal(row.maybe, INTEGER_NONE);
    json_decref(object);
    arena_free(arena);
}

CASE(a_currency_comes_from_the_first_money)
{
    struct arena *arena = arena_new();
    struct sample sample;
    struct fault fault = {0};
    assert_int_equal(read(arena,
                          "{\"name\":\"x\",\"parts\":[{\"title\":\"a\",\"price\":"
                          "{\"amount\":\"100\",\"currency\":\"JPY\"}}]}",
                          &sample, &fault),
                     OK);
    assert_string_equal(sample.currency, "JPY");
    assert_int_equal(LIST_AT(struct part, sample.parts, 0)->price_minor, 100);
    arena_free(arena);
}

CASE(query_text_is_read_by_kind)
{
    struct arena *arena = arena_new();
    struct sample sample;
    struct fault fault = {0};
    shape_init(&sample_shape, &sample);
    const struct field *count = shape_field(&sample_shape, "count", NULL);
    const struct field *day = shape_field(&sample_shape, "due_day", NULL);
    const struct field *loud = shape_field(&sample_shape, "loud", NULL);
    assert_int_equal(json_read_text(arena, &sample_shape, count, "-5", &sample, &fault), OK);
    assert_int_equal(sample.count, -5);
    assert_int_equal(json_read_text(arena, &sample_shape, count, " 5", &sample, &fault),
                     ERROR_INVALID);
    assert_int_equal(json_read_text(arena, &sample_shape, count, "5x", &sample, &fault),
                     ERROR_INVALID);
    assert_int_equal(json_read_text(arena, &sample_shape, day, "1970-01-02", &sample, &fault), OK);
    assert_int_equal(sample.due_day, 1);
    assert_int_equal(json_read_text(arena, &sample_shape, loud, "yes", &sample, &fault),
                     ERROR_INVALID);
    arena_free(arena);
}

RUN(T(what_is_read_is_written_again), T(a_client_sees_neither_secrets_nor_what_is_the_agencys),
    T(the_canonical_text_is_sorted_stored_columns_with_integer_amounts),
    T(what_was_added_later_is_canonical_only_where_it_holds_something),
    T(a_nul_within_a_text_is_named), T(each_refusal_names_its_field),
    T(a_missing_number_is_never_outside_its_limits), T(a_currency_comes_from_the_first_money),
    T(query_text_is_read_by_kind))
