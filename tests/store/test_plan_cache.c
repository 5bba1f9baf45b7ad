#include "store/plan_cache.h"

#include "../check.h"

static struct plan *sample_plan(struct arena *arena, const char *currency)
{
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    plan->currency = currency;
    plan->terms = arena_alloc(arena, sizeof *plan->terms);
    plan->terms->time_zone = "UTC";
    return plan;
}

CASE(a_kept_plan_is_found_under_its_version_alone)
{
    struct arena *arena = arena_new();
    struct plan_cache *cache = plan_cache_new();
    struct id id = id_make(1, 2, 3), other = id_make(1, 2, 4);
    assert_null(plan_cache_find(cache, arena, id, 1));
    plan_cache_keep(cache, id, 1, sample_plan(arena, "EUR"));
    struct plan *found = plan_cache_find(cache, arena, id, 1);
    assert_non_null(found);
    assert_string_equal(found->currency, "EUR");
    assert_string_equal(found->terms->time_zone, "UTC");
    assert_null(plan_cache_find(cache, arena, id, 2));
    assert_null(plan_cache_find(cache, arena, other, 1));
    plan_cache_free(cache);
    arena_free(arena);
}

CASE(a_plan_gives_way_to_another_of_its_slot)
{
    struct arena *arena = arena_new();
    struct plan_cache *cache = plan_cache_new();
    struct id first = id_make(1, 2, 3), second = id_make(9, 9, 3); /* the same last bytes */
    plan_cache_keep(cache, first, 1, sample_plan(arena, "EUR"));
    plan_cache_keep(cache, second, 1, sample_plan(arena, "USD"));
    assert_null(plan_cache_find(cache, arena, first, 1));
    assert_string_equal(plan_cache_find(cache, arena, second, 1)->currency, "USD");
    plan_cache_free(cache);
    arena_free(arena);
}

RUN(T(a_kept_plan_is_found_under_its_version_alone), T(a_plan_gives_way_to_another_of_its_slot))
