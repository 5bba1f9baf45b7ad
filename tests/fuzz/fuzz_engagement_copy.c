/* The document that an engagement is imported from, up to where rows are written: held to its
 * shapes and to what makes it whole. What passes must pass again as it would be exported. */
#include "base/json.h"
#include "base/utf8.h"
#include "core/engagement_copy.h"
#include "fuzz.h"

static enum error read_copy(struct arena *arena, const char *bytes, size_t size,
                            struct engagement_copy *copy, struct fault *fault)
{
    json_t *object;
    enum error error = json_parse_object(bytes, size, &object, fault);
    if (error)
        return error;
    *copy = (struct engagement_copy){0};
    json_object_del(object, "blobs");
    error = json_read_shape(arena, &engagement_copy_shape, object, copy, fault);
    json_decref(object);
    return error ? error : engagement_copy_check(copy, fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct arena *arena = arena_new();
    char *text = fuzz_text(input, size);
    struct engagement_copy copy;
    struct fault fault = {0};
    enum error error = read_copy(arena, text, size, &copy, &fault);
    if (error) {
        must(fault.code == error && *fault.detail);
        must(utf8_is_prose(fault.field) && utf8_is_prose(fault.detail));
    } else {
        struct text_buffer written = text_buffer_in(arena);
        json_write_shape(&written, &engagement_copy_shape, &copy, JSON_FOR_AGENCY);
        must(read_copy(arena, written.bytes, written.size, &copy, &fault) == OK);
    }
    free(text);
    arena_free(arena);
    return 0;
}
