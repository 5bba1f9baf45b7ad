/* JSON by shape: bodies of requests, members of queries, columns of the database. The first byte of
 * the input tells as which of them the rest is read. What was read must be written and read again
 * to the same, and what is refused must say so in words that are JSON themselves. */
#include <stdbool.h>

#include "../base/sample_shape.h"
#include "base/json.h"
#include "base/utf8.h"
#include "fuzz.h"

static const char *written(struct arena *arena, const struct sample *sample, enum json_style style)
{
    struct text_buffer text = text_buffer_in(arena);
    json_write_shape(&text, &sample_shape, sample, style);
    must(utf8_valid(text.bytes, text.size));
    return text.bytes;
}

static void check_refusal(enum error error, const struct fault *fault)
{
    must(fault->code == error && *fault->detail);
    must(utf8_is_prose(fault->field) && utf8_is_prose(fault->detail));
}

static enum error read_body(struct arena *arena, const char *bytes, size_t size,
                            struct sample *sample, struct fault *fault)
{
    json_t *object;
    enum error error = json_parse_object(bytes, size, &object, fault);
    if (error)
        return error;
    *sample = (struct sample){0};
    error = json_read_shape(arena, &sample_shape, object, sample, fault);
    json_decref(object);
    return error;
}

static void check_again(struct arena *arena, struct sample *sample)
{
    struct sample again;
    struct fault fault;
    sample->secret = NULL; /* a secret is never written */
    const char *text = written(arena, sample, JSON_FOR_AGENCY);
    must(read_body(arena, text, strlen(text), &again, &fault) == OK);
    must(strcmp(text, written(arena, &again, JSON_FOR_AGENCY)) == 0);
    must(strcmp(written(arena, sample, JSON_CANONICAL), written(arena, &again, JSON_CANONICAL)) ==
         0);
    (void)written(arena, sample, JSON_FOR_CLIENT);
}

static void fuzz_body(struct arena *arena, const char *text, size_t size)
{
    struct sample sample;
    struct fault fault = {0};
    enum error error = read_body(arena, text, size, &sample, &fault);
    if (error)
        check_refusal(error, &fault);
    else if (sample.currency) /* every row with money has one, and it is written with it */
        check_again(arena, &sample);
}

/* A member as it comes in an address, and as it comes from its column. */
static void fuzz_member(struct arena *arena, const struct field *field, bool is_stored,
                        const char *text, size_t size)
{
    struct sample sample = {.currency = "EUR"};
    struct fault fault = {0};
    struct text_buffer out = text_buffer_in(arena);
    shape_clear(&sample_shape, &sample);
    sample.currency = "EUR";
    enum error error =
        is_stored ? json_read_member(arena, &sample_shape, field, text, size, &sample, &fault)
                  : json_read_text(arena, &sample_shape, field, text, &sample, &fault);
    if (error)
        check_refusal(error, &fault);
    else
        json_write_member(&out, &sample_shape, field, &sample, JSON_FOR_AGENCY);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *arena = arena_new();
    char *text = fuzz_text(input + 1, size - 1);
    size_t way = input[0] % (1 + 2 * sample_shape.field_count);
    if (way == 0)
        fuzz_body(arena, text, size - 1);
    else
        fuzz_member(arena, &sample_shape.fields[(way - 1) / 2], way % 2 == 0, text, size - 1);
    free(text);
    arena_free(arena);
    return 0;
}
