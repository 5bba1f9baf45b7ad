#include "core/note.h"

#include <stdbool.h>
#include <stdio.h>

#include "../check.h"

/* Keys and note of the documentation and tests of golang.org/x/mod/sumdb/note. */
static const char peter_key[] =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char peter_secret[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
static const char enoch_key[] = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
#define TEXT                                                                                       \
    "If you think cryptography is the answer to your problem,\n"                                   \
    "then you don't know what your problem is.\n"
#define PETER                                                                                      \
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp" \
    "RZb6KE6RyyBwJnAM=\n"
#define ENOCH                                                                                       \
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox3" \
    "3WWd1RvMc+QQ=\n"

static struct note_key key_of(const char *text)
{
    struct note_key key;
    assert_int_equal(note_key_parse(text, &key, NULL), OK);
    return key;
}

CASE(the_known_keys_are_read_and_written)
{
    struct arena *arena = arena_new();
    struct note_key peter = key_of(peter_key), enoch = key_of(enoch_key);
    assert_string_equal(peter.name, "PeterNeumann");
    assert_int_equal(peter.id, 0xc74f20a3);
    assert_int_equal(enoch.id, 0xaf0cfe78);
    assert_string_equal(note_key_format(arena, &peter), peter_key);
    struct note_signer signer;
    assert_int_equal(note_signer_parse(peter_secret, &signer, NULL), OK);
    assert_string_equal(note_signer_format(arena, &signer), peter_secret);
    assert_string_equal(note_key_format(arena, &signer.key), peter_key);
    arena_free(arena);
}

CASE(a_mangled_key_is_refused)
{
    const struct {
        const char *text;
        bool secret;
    } keys[] = {{peter_key, false}, {peter_secret, true}};
    for (int k = 0; k < 2; k++) {
        size_t size = strlen(keys[k].text);
        char text[128];
        struct note_signer signer;
        for (size_t from = 0; from <= size; from++) {
            for (size_t length = 0; length <= size - from; length++) {
                if (length == size)
                    continue;
                snprintf(text, sizeof text, "%.*s", (int)length, keys[k].text + from);
                assert_int_equal(note_key_parse(text, &signer.key, NULL), ERROR_INVALID);
                assert_int_equal(note_signer_parse(text, &signer, NULL), ERROR_INVALID);
            }
        }
        for (size_t i = 0; i < size; i++) {
            strcpy(text, keys[k].text);
            text[i]++;
            if (keys[k].secret)
                assert_int_equal(note_signer_parse(text, &signer, NULL), ERROR_INVALID);
            else
                assert_int_equal(note_key_parse(text, &signer.key, NULL), ERROR_INVALID);
        }
    }
}

CASE(another_kind_of_key_is_refused)
{
    static const char *const wrong[] = {
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
        " PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct note_key key;
        struct fault fault;
        assert_int_equal(note_key_parse(wrong[i], &key, &fault), ERROR_INVALID);
        assert_true(fault.detail[0]);
    }
}

CASE(a_name_has_no_space_no_plus_and_no_end)
{
    static const uint8_t bytes[NOTE_KEY_SIZE] = {1};
    char name[NOTE_KEY_NAME_LIMIT + 2];
    memset(name, 'a', sizeof name);
    name[NOTE_KEY_NAME_LIMIT + 1] = '\0';
    const char *const wrong[] = {
        "",      "a b",  "a+b", "a\tb", "a\xc2\xa0", "a\xe3\x80\x80", "a\xe2\x80\xa8",
        "a\xff", "a\nb", name};
    struct note_key key;
    struct fault fault;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(note_key_make(wrong[i], bytes, &key, &fault), ERROR_INVALID);
        assert_string_equal(fault.field, "name");
    }
    name[NOTE_KEY_NAME_LIMIT] = '\0';
    assert_int_equal(note_key_make(name, bytes, &key, &fault), OK);
    assert_int_equal(note_key_make("werk.example/zürich", bytes, &key, &fault), OK);
}

CASE(the_known_text_gets_its_known_signature)
{
    struct arena *arena = arena_new();
    struct note_signer signer;
    const char *note;
    assert_int_equal(note_signer_parse(peter_secret, &signer, NULL), OK);
    assert_int_equal(note_sign(arena, &signer, TEXT, &note, NULL), OK);
    assert_string_equal(note, TEXT "\n" PETER);
    arena_free(arena);
}

CASE(only_plain_lines_are_signed)
{
    struct arena *arena = arena_new();
    struct note_signer signer;
    assert_int_equal(note_signer_parse(peter_secret, &signer, NULL), OK);
    static const char *const wrong[] = {"", "no newline", "a\tb\n", "a\r\n", "\xff\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *note;
        struct fault fault;
        assert_int_equal(note_sign(arena, &signer, wrong[i], &note, &fault), ERROR_INVALID);
        assert_string_equal(fault.field, "text");
    }
    arena_free(arena);
}

static enum error open_with(const char *note, const char *key)
{
    struct arena *arena = arena_new();
    struct note_key keys[1] = {key_of(key)};
    const char *text;
    const struct note_key *by;
    enum error error = note_open(arena, keys, 1, note, &text, &by, NULL);
    if (error == OK) {
        assert_string_equal(text, TEXT);
        assert_ptr_equal(by, keys);
    }
    arena_free(arena);
    return error;
}

CASE(a_note_opens_with_any_of_its_keys)
{
    assert_int_equal(open_with(TEXT "\n" PETER, peter_key), OK);
    assert_int_equal(open_with(TEXT "\n" PETER ENOCH, peter_key), OK);
    assert_int_equal(open_with(TEXT "\n" PETER ENOCH, enoch_key), OK);
    assert_int_equal(open_with(TEXT "\n" ENOCH, enoch_key), OK);
}

CASE(a_note_says_which_key_it_was)
{
    struct arena *arena = arena_new();
    struct note_key keys[2] = {key_of(peter_key), key_of(enoch_key)};
    const struct note_key *by;
    const char *text;
    assert_int_equal(note_open(arena, keys, 2, TEXT "\n" ENOCH, &text, &by, NULL), OK);
    assert_ptr_equal(by, keys + 1);
    assert_int_equal(note_open(arena, keys, 2, TEXT "\n" ENOCH PETER, &text, NULL, NULL), OK);
    assert_int_equal(note_open(arena, keys, 0, TEXT "\n" ENOCH, &text, NULL, NULL),
                     ERROR_CHECK_FAILED);
    arena_free(arena);
}

CASE(a_note_by_strangers_does_not_open)
{
    assert_int_equal(open_with(TEXT "\n" ENOCH, peter_key), ERROR_CHECK_FAILED);
    /* Peter's key id under another name, and his name over another id. */
    assert_int_equal(open_with(TEXT "\n— CarmenSandiego x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZI"
                                    "nNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
                               peter_key),
                     ERROR_CHECK_FAILED);
    assert_int_equal(open_with(TEXT "\n— PeterNeumann xxxxo/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInN"
                                    "IuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
                               peter_key),
                     ERROR_CHECK_FAILED);
}

CASE(one_wrong_signature_of_a_known_key_spoils_the_note)
{
    static const char wrong[] =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN"
        "1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAA=\n";
    struct arena *arena = arena_new();
    assert_int_equal(open_with(arena_format(arena, TEXT "\n%s", wrong), peter_key),
                     ERROR_CHECK_FAILED);
    assert_int_equal(open_with(arena_format(arena, TEXT "\n" PETER "%s", wrong), peter_key),
                     ERROR_CHECK_FAILED);
    assert_int_equal(open_with(arena_format(arena, TEXT "\n" ENOCH "%s", wrong), enoch_key), OK);
    /* A signature of another length. */
    assert_int_equal(open_with(TEXT "\n— PeterNeumann x08gowAA\n", peter_key), ERROR_CHECK_FAILED);
    arena_free(arena);
}

CASE(every_changed_byte_of_the_text_is_seen)
{
    char note[] = TEXT "\n" PETER;
    for (size_t i = 0; i < strlen(TEXT); i++) {
        note[i] ^= 1;
        assert_int_not_equal(open_with(note, peter_key), OK);
        note[i] ^= 1;
    }
    assert_int_equal(open_with(note, peter_key), OK);
}

CASE(what_is_no_note_is_malformed)
{
    static const char *const wrong[] = {
        "",
        "\n",
        TEXT,
        TEXT "\n",
        TEXT PETER,
        "\x01" TEXT "\n" PETER,
        "\xff" TEXT "\n" PETER,
        TEXT "\n" PETER "Unexpected line.\n",
        TEXT "\n" PETER "\n",
        TEXT "\n- PeterNeumann x08gowAA\n",
        TEXT "\n—PeterNeumann x08gowAA\n",
        TEXT "\n— PeterNeumann\n",
        TEXT "\n— PeterNeumann \n",
        TEXT "\n— Peter Neumann x08gowAA\n",
        TEXT "\n—  x08gowAA\n",
        TEXT "\n— PeterNeumann x08go\n",
        TEXT "\n— PeterNeumann x08gow==\n",
        TEXT "\n— PeterNeumann x08gowAA \n",
        TEXT "\n— PeterNeumann  x08gowAA\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(open_with(wrong[i], peter_key), ERROR_MALFORMED);
    char cut[] = TEXT "\n" PETER;
    cut[strlen(cut) - 1] = '\0';
    assert_int_equal(open_with(cut, peter_key), ERROR_MALFORMED);
}

CASE(a_text_may_have_empty_lines)
{
    struct arena *arena = arena_new();
    struct note_signer signer;
    const char *note, *text;
    assert_int_equal(note_signer_parse(peter_secret, &signer, NULL), OK);
    assert_int_equal(note_sign(arena, &signer, "\n\none\n\n\ntwo\n\n", &note, NULL), OK);
    assert_int_equal(note_open(arena, &signer.key, 1, note, &text, NULL, NULL), OK);
    assert_string_equal(text, "\n\none\n\n\ntwo\n\n");
    arena_free(arena);
}

static char *with_signatures(struct arena *arena, int count)
{
    char *note = arena_text(arena, TEXT "\n");
    for (int i = 0; i < count; i++)
        note = arena_format(arena, "%s%s", note, i % 2 ? PETER : ENOCH);
    return note;
}

CASE(a_note_has_at_most_so_many_signatures_and_bytes)
{
    struct arena *arena = arena_new();
    assert_int_equal(open_with(with_signatures(arena, NOTE_SIGNATURE_LIMIT), peter_key), OK);
    assert_int_equal(open_with(with_signatures(arena, NOTE_SIGNATURE_LIMIT + 1), peter_key),
                     ERROR_MALFORMED);
    char *large = arena_alloc(arena, NOTE_LIMIT + 200);
    memset(large, 'a', NOTE_LIMIT);
    strcpy(large + NOTE_LIMIT - 10, "\n\n" PETER);
    assert_int_equal(open_with(large, peter_key), ERROR_MALFORMED);
    arena_free(arena);
}

CASE(the_example_of_the_specification_is_a_note)
{
    /* c2sp.org/signed-note; its key is not published, so it is read and then not trusted. */
    assert_int_equal(open_with("Ognuno sta solo sul cuor della terra\n"
                               "trafitto da un raggio di sole:\n"
                               "\n"
                               "ed è subito sera.\n"
                               "\n"
                               "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5dd"
                               "nGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n",
                               peter_key),
                     ERROR_CHECK_FAILED);
}

RUN(T(the_known_keys_are_read_and_written), T(a_mangled_key_is_refused),
    T(another_kind_of_key_is_refused), T(a_name_has_no_space_no_plus_and_no_end),
    T(the_known_text_gets_its_known_signature), T(only_plain_lines_are_signed),
    T(a_note_opens_with_any_of_its_keys), T(a_note_says_which_key_it_was),
    T(a_note_by_strangers_does_not_open), T(one_wrong_signature_of_a_known_key_spoils_the_note),
    T(every_changed_byte_of_the_text_is_seen), T(what_is_no_note_is_malformed),
    T(a_text_may_have_empty_lines), T(a_note_has_at_most_so_many_signatures_and_bytes),
    T(the_example_of_the_specification_is_a_note))
