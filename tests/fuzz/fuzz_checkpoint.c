/* Checkpoints: as they stand, and behind a signature that holds. */
#include "core/checkpoint.h"
#include "fuzz.h"

static const uint8_t seed[NOTE_KEY_SIZE] = "a seed that everybody knows, 32.";

static void check_text(struct arena *arena, const char *text)
{
    struct checkpoint checkpoint;
    struct fault fault = {0};
    if (checkpoint_parse(arena, text, &checkpoint, &fault) == OK)
        must(strcmp(checkpoint_format(arena, &checkpoint), text) == 0);
}

static void check_signed(struct arena *arena, const char *text)
{
    struct note_signer signer;
    struct checkpoint checkpoint;
    struct fault fault = {0};
    const char *note;
    must(note_signer_make("waymark.example/log/fuzz", seed, &signer, &fault) == OK);
    if (note_sign(arena, &signer, text, &note, &fault) == OK &&
        checkpoint_open(arena, &signer.key, 1, note, &checkpoint, &fault) == OK)
        must(strcmp(checkpoint.origin, signer.key.name) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct arena *arena = arena_new();
    char *text = fuzz_text(input, size);
    check_text(arena, text);
    check_signed(arena, text);
    free(text);
    arena_free(arena);
    return 0;
}
