#include "base/id.h"

#include "../check.h"

CASE(text_and_bytes_agree)
{
    /* RFC 9562 appendix A.6: the example of a version 7 UUID. */
    struct id id = id_make(INT64_C(0x017F22E279B0), 0xCC3, UINT64_C(0x18C4DC0C0C07398F));
    char text[ID_TEXT_SIZE];
    assert_string_equal(id_format(id, text), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    struct id back;
    assert_true(id_parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", &back));
    assert_true(id_equal(id, back));
}

CASE(later_ids_sort_after_earlier_ones)
{
    struct id a = id_make(1000, 4095, UINT64_MAX);
    struct id b = id_make(1001, 0, 0);
    struct id c = id_make(1001, 1, 0);
    assert_true(memcmp(&a, &b, sizeof a) < 0);
    assert_true(memcmp(&b, &c, sizeof b) < 0);
}

CASE(anything_but_canonical_text_is_refused)
{
    static const char *const wrong[] = {
        "",
        "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        "017f22e2-79b0-7cc3-98c4dc0c0c07398f0",
        "017f22e2 79b0 7cc3 98c4 dc0c0c07398f",
    };
    struct id id;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(id_parse(wrong[i], &id));
}

CASE(an_id_keeps_the_moment_that_it_was_made_from)
{
    assert_int_equal(id_time_ms(id_make(0, 1, 2)), 0);
    assert_int_equal(id_time_ms(id_make(INT64_C(0x017F22E279B0), 4095, UINT64_MAX)),
                     INT64_C(0x017F22E279B0));
}

RUN(T(text_and_bytes_agree), T(an_id_keeps_the_moment_that_it_was_made_from),
    T(later_ids_sort_after_earlier_ones), T(anything_but_canonical_text_is_refused))
