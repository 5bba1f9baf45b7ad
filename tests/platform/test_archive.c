#include "platform/archive.h"

#include <stdlib.h>

#include "../check.h"
#include "sample_archive.h"

static const char *const names[] = {"[Content_Types].xml", "word/document.xml", "docProps/a", NULL};

static int make_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

/* A copy of exactly that size, so that the sanitizer sees a read beyond it. */
static bool has(const void *bytes, size_t size, const char *beginning)
{
    char *copy = malloc(size > 0 ? size : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    bool found = archive_has(copy, size, beginning);
    free(copy);
    return found;
}

static void members_are_found_by_how_they_begin(void **state)
{
    struct sample_archive archive = make_archive(*state, names, "<xml/>");
    static const char *const there[] = {"[Content", "word/", "WORD/Document.xml", "docProps/a", ""};
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        assert_true(has(archive.bytes, archive.size, there[i]));
    static const char *const absent[] = {"ocument.xml", "xl/", "docProps/ab", "<xml/>", "word\\"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        assert_false(has(archive.bytes, archive.size, absent[i]));
}

static void a_comment_may_follow(void **state)
{
    struct sample_archive archive = make_archive(*state, names, "");
    enum { COMMENT = 65535 };
    char *longer = arena_alloc(*state, archive.size + COMMENT + 1);
    memcpy(longer, archive.bytes, archive.size);
    assert_true(has(longer, archive.size + COMMENT, "word/"));
    assert_false(has(longer, archive.size + COMMENT + 1, "word/"));
}

static void what_is_cut_or_shifted_is_no_archive(void **state)
{
    struct sample_archive archive = make_archive(*state, names, "");
    for (size_t size = 0; size < archive.size; size++)
        assert_false(has(archive.bytes, size, "word/"));
    for (size_t skip = 1; skip < archive.size; skip++)
        assert_false(has(archive.bytes + skip, archive.size - skip, "word/"));
    static const char *const none[] = {NULL};
    struct sample_archive empty = make_archive(*state, none, "");
    assert_false(has(empty.bytes, empty.size, ""));
}

static void no_damage_leads_astray(void **state)
{
    struct sample_archive archive = make_archive(*state, names, "");
    uint64_t random = 7;
    int found = 0;
    for (int round = 0; round < 20000; round++) {
        char *damaged = arena_copy(*state, archive.bytes, archive.size);
        for (int i = 0; i < 3; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            damaged[(random >> 33) % archive.size] = (char)(random >> 24);
        }
        found += has(damaged, archive.size, "word/");
    }
    assert_in_range(found, 1, 19999);
}

#define A(sentence) cmocka_unit_test_setup_teardown(sentence, make_arena, free_arena)

RUN(A(members_are_found_by_how_they_begin), A(a_comment_may_follow),
    A(what_is_cut_or_shifted_is_no_archive), A(no_damage_leads_astray))
