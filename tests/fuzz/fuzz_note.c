/* Signed notes and the texts of keys. */
#include "core/note.h"
#include "fuzz.h"

static const uint8_t seed[NOTE_KEY_SIZE] = "a seed that everybody knows, 32.";

static void check_key(struct arena *arena, const char *text)
{
    struct note_key key;
    struct note_signer signer;
    struct fault fault = {0};
    if (note_key_parse(text, &key, &fault) == OK)
        must(strcmp(note_key_format(arena, &key), text) == 0);
    if (note_signer_parse(text, &signer, &fault) == OK)
        must(strcmp(note_signer_format(arena, &signer), text) == 0);
    if (note_key_make(text, seed, &key, &fault) == OK)
        must(strcmp(key.name, text) == 0);
}

/* A note that nobody could have signed but by chance is opened by no key; one that is signed here
 * gives its text back. */
static void check_note(struct arena *arena, const struct note_signer *signer, const char *text)
{
    const char *note, *found;
    const struct note_key *by;
    struct fault fault = {0};
    if (note_open(arena, &signer->key, 1, text, &found, &by, &fault) == OK)
        must(by == &signer->key && strncmp(found, text, strlen(found)) == 0);
    if (note_sign(arena, signer, text, &note, &fault) != OK)
        return;
    must(note_open(arena, &signer->key, 1, note, &found, &by, &fault) == OK);
    must(strcmp(found, text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct arena *arena = arena_new();
    struct note_signer signer;
    struct fault fault;
    char *text = fuzz_text(input, size);
    must(note_signer_make("waymark.example/log/fuzz", seed, &signer, &fault) == OK);
    check_key(arena, text);
    check_note(arena, &signer, text);
    free(text);
    arena_free(arena);
    return 0;
}
