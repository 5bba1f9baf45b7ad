/* Leaves of the evidence log and their payloads: there is one text for each, so whatever is read
 * must be written the same. */
#include "core/leaf.h"
#include "core/payload.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct arena *arena = arena_new();
    char *text = fuzz_text(input, size);
    char leaf_text[LEAF_TEXT_SIZE];
    struct leaf leaf;
    struct payload payload;
    struct salt salt;
    struct fault fault = {0};
    if (leaf_parse(text, &leaf, &fault) == OK)
        must(strcmp(leaf_format(&leaf, leaf_text), text) == 0);
    if (payload_parse(arena, text, &payload, &fault) == OK)
        must(strcmp(payload_format(arena, &payload), text) == 0);
    if (salt_parse(text, &salt))
        must(strlen(text) == SALT_TEXT_SIZE - 1);
    free(text);
    arena_free(arena);
    return 0;
}
