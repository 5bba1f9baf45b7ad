/* Evidence bundles, as the offline verifier reads and checks them, with a key that everybody has:
 * the one that tests/verify/evidence.py signs with. */
#include <stdio.h>

#include "fuzz.h"
#include "verify/canonical.h"
#include "verify/verification.h"

static const char key_text[] =
    "billing.example/company/7+faa5fdec+AT0avqPgf6Pm9S6c/Ue4YPo4zhM+LX2Sf8PdVegigHT0";

static FILE *nowhere(void)
{
    static FILE *file;
    if (!file)
        file = fopen("/dev/null", "w");
    must(file);
    return file;
}

/* What is canonical is so already. */
static void check_canonical(struct arena *arena, const json_t *value)
{
    const char *text, *again;
    struct fault fault;
    if (canonical_text(arena, value, &text, &fault) != OK)
        return;
    json_t *parsed = json_loads(text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    must(parsed && canonical_text(arena, parsed, &again, &fault) == OK);
    must(strcmp(text, again) == 0);
    json_decref(parsed);
}

static void check_bundle(struct arena *arena, const struct bundle *bundle)
{
    struct note_key key;
    struct fault fault;
    struct report report = {.out = nowhere()};
    struct verification verification = {
        .arena = arena,
        .scratch = arena_new(),
        .report = &report,
        .bundle = bundle,
        .keys = &key,
        .key_count = 1,
        .held_note = bundle->checkpoints[0].note,
    };
    must(note_key_parse(key_text, &key, &fault) == OK);
    check_log(&verification);
    check_rows(&verification);
    check_documents(&verification);
    check_chain(&verification);
    must(report_verdict(&report) == (report.failed == 0));
    arena_free(verification.scratch);
    for (size_t i = 0; i < bundle->row_count; i++)
        if (bundle->rows[i].row)
            check_canonical(arena, bundle->rows[i].row);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct arena *arena = arena_new();
    char *text = fuzz_text(input, size);
    struct bundle bundle;
    struct fault fault = {0};
    enum error error = bundle_read(arena, text, size, &bundle, &fault);
    if (error) {
        must(fault.code == error && *fault.detail);
    } else {
        check_bundle(arena, &bundle);
        bundle_free(&bundle);
    }
    free(text);
    arena_free(arena);
    return 0;
}
