#include "base/arena.h"

#include "../check.h"

CASE(memory_is_zeroed_and_aligned)
{
    struct arena *arena = arena_new();
    for (size_t size = 0; size < 100; size++) {
        unsigned char *bytes = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xff, size);
    }
    arena_free(arena);
}

CASE(an_allocation_larger_than_a_block_is_served)
{
    struct arena *arena = arena_new();
    char *small = arena_text(arena, "small");
    char *large = arena_alloc(arena, 1000000);
    memset(large, 'x', 1000000);
    assert_string_equal(small, "small");
    assert_int_equal(arena_used(arena), 1000006);
    arena_free(arena);
}

CASE(a_reset_arena_is_empty_and_usable)
{
    struct arena *arena = arena_new();
    for (int i = 0; i < 1000; i++)
        arena_format(arena, "line %d of many", i);
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    assert_string_equal(arena_format(arena, "%d-%s", 7, "seven"), "7-seven");
    arena_free(arena);
}

RUN(T(memory_is_zeroed_and_aligned), T(an_allocation_larger_than_a_block_is_served),
    T(a_reset_arena_is_empty_and_usable))
