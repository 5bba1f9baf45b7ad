#include "core/checkpoint.h"

#include "../check.h"

/* The example of c2sp.org/tlog-checkpoint. */
#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
static const char example[] = "example.com/behind-the-sofa\n20852163\n" ROOT "\n";

static struct note_signer signer_named(const char *name)
{
    static const uint8_t seed[NOTE_KEY_SIZE] = "0123456789abcdef0123456789abcdef";
    struct note_signer signer;
    assert_int_equal(note_signer_make(name, seed, &signer, NULL), OK);
    return signer;
}

CASE(the_example_is_read_and_written)
{
    struct arena *arena = arena_new();
    struct checkpoint checkpoint;
    char root[HASH_BASE64_SIZE];
    assert_int_equal(checkpoint_parse(arena, example, &checkpoint, NULL), OK);
    assert_string_equal(checkpoint.origin, "example.com/behind-the-sofa");
    assert_int_equal(checkpoint.size, 20852163);
    assert_string_equal(hash_to_base64(checkpoint.root, root), ROOT);
    assert_string_equal(checkpoint.extension, "");
    assert_string_equal(checkpoint_format(arena, &checkpoint), example);
    arena_free(arena);
}

CASE(sizes_from_none_to_the_limit_are_read)
{
    static const struct {
        const char *text;
        uint64_t size;
    } sizes[] = {
        {"a\n0\n" ROOT "\n", 0},
        {"a\n1\n" ROOT "\n", 1},
        {"a\n9223372036854775807\n" ROOT "\n", INT64_MAX},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct checkpoint checkpoint;
        assert_int_equal(checkpoint_parse(arena, sizes[i].text, &checkpoint, NULL), OK);
        assert_int_equal(checkpoint.size, sizes[i].size);
        assert_string_equal(checkpoint_format(arena, &checkpoint), sizes[i].text);
    }
    arena_free(arena);
}

CASE(extension_lines_are_kept)
{
    struct arena *arena = arena_new();
    struct checkpoint checkpoint;
    static const char text[] = "a\n1\n" ROOT "\none\ntwo\n";
    assert_int_equal(checkpoint_parse(arena, text, &checkpoint, NULL), OK);
    assert_string_equal(checkpoint.extension, "one\ntwo\n");
    assert_string_equal(checkpoint_format(arena, &checkpoint), text);
    arena_free(arena);
}

CASE(anything_else_is_malformed)
{
    static const char *const wrong[] = {
        "",
        "\n",
        "a",
        "a\n",
        "a\n1\n",
        "a\n1\n" ROOT,
        "\n1\n" ROOT "\n",
        "a\n\n" ROOT "\n",
        "a\n1\n\n",
        "a\n01\n" ROOT "\n",
        "a\n00\n" ROOT "\n",
        "a\n-1\n" ROOT "\n",
        "a\n+1\n" ROOT "\n",
        "a\n 1\n" ROOT "\n",
        "a\n1 \n" ROOT "\n",
        "a\n1x\n" ROOT "\n",
        "a\n9223372036854775808\n" ROOT "\n",
        "a\n99999999999999999999999\n" ROOT "\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "a\n1\nAAAA\n",
        "a\n1\n" ROOT " \n",
        "a\n1\n" ROOT "\n\n",
        "a\n1\n" ROOT "\none",
        "a\n1\n" ROOT "\none\n\ntwo\n",
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct checkpoint checkpoint;
        struct fault fault;
        assert_int_equal(checkpoint_parse(arena, wrong[i], &checkpoint, &fault), ERROR_MALFORMED);
        assert_string_equal(fault.field, "checkpoint");
    }
    arena_free(arena);
}

CASE(a_signed_checkpoint_opens_with_its_key)
{
    struct arena *arena = arena_new();
    struct note_signer signer = signer_named("billing.example/company/7");
    struct hash root = hash_bytes("root", 4);
    struct checkpoint checkpoint;
    const char *note;
    assert_int_equal(checkpoint_sign(arena, &signer, 42, root, &note, NULL), OK);
    assert_int_equal(checkpoint_open(arena, &signer.key, 1, note, &checkpoint, NULL), OK);
    assert_string_equal(checkpoint.origin, "billing.example/company/7");
    assert_int_equal(checkpoint.size, 42);
    assert_true(hash_equal(checkpoint.root, root));
    arena_free(arena);
}

CASE(a_checkpoint_by_another_key_does_not_open)
{
    struct arena *arena = arena_new();
    struct note_signer signer = signer_named("billing.example/company/7");
    struct note_signer other = signer_named("billing.example/company/8");
    struct checkpoint checkpoint;
    const char *note;
    assert_int_equal(checkpoint_sign(arena, &signer, 1, hash_bytes("", 0), &note, NULL), OK);
    assert_int_equal(checkpoint_open(arena, &other.key, 1, note, &checkpoint, NULL),
                     ERROR_CHECK_FAILED);
    arena_free(arena);
}

CASE(a_key_cannot_speak_for_another_log)
{
    struct arena *arena = arena_new();
    struct note_signer signer = signer_named("billing.example/company/7");
    struct checkpoint checkpoint;
    struct fault fault;
    const char *note;
    assert_int_equal(note_sign(arena, &signer, example, &note, NULL), OK);
    assert_int_equal(checkpoint_open(arena, &signer.key, 1, note, &checkpoint, &fault),
                     ERROR_CHECK_FAILED);
    assert_string_equal(fault.field, "checkpoint");
    arena_free(arena);
}

CASE(a_signed_text_that_is_no_checkpoint_is_malformed)
{
    struct arena *arena = arena_new();
    struct note_signer signer = signer_named("billing.example/company/7");
    struct checkpoint checkpoint;
    const char *note;
    assert_int_equal(note_sign(arena, &signer, "hello\n", &note, NULL), OK);
    assert_int_equal(checkpoint_open(arena, &signer.key, 1, note, &checkpoint, NULL),
                     ERROR_MALFORMED);
    arena_free(arena);
}

RUN(T(the_example_is_read_and_written), T(sizes_from_none_to_the_limit_are_read),
    T(extension_lines_are_kept), T(anything_else_is_malformed),
    T(a_signed_checkpoint_opens_with_its_key), T(a_checkpoint_by_another_key_does_not_open),
    T(a_key_cannot_speak_for_another_log), T(a_signed_text_that_is_no_checkpoint_is_malformed))
