#include "core/progress_approval.h"

#include "../random.h"
#include "sample.h"

static struct fault fault;

enum { PEOPLE = 8, ROUNDS = 2000 };

static struct actor person(unsigned number)
{
    struct actor actor = sample_approver();
    actor.id = sample_id(100 + number);
    return actor;
}

CASE(an_approval_says_who_and_how_and_counts_on)
{
    const struct progress_claim claim = {.id = sample_id(10),
                                         .engagement_id = sample_id(1),
                                         .milestone_id = sample_id(9),
                                         .state = PROGRESS_CLAIMED};
    struct progress_approval all[2] = {{.id = sample_id(20)}, {.id = sample_id(21)}};
    for (unsigned i = 0; i < 2; i++) {
        const struct list earlier = {all, i};
        struct actor actor = person(i);
        ALLOWED(progress_approval_give(&all[i], &claim, &earlier, "seen", &actor, SAMPLE_NOON + i,
                                       &fault));
        assert_int_equal(all[i].sequence, i + 1);
        assert_true(id_equal(all[i].progress_claim_id, claim.id));
        assert_true(id_equal(all[i].milestone_id, claim.milestone_id));
        assert_true(id_equal(all[i].approved_by, actor.id));
        assert_int_equal(all[i].method, actor.method);
        assert_int_equal(all[i].approved_at, SAMPLE_NOON + i);
        assert_string_equal(all[i].note, "seen");
    }
}

/* Whoever comes in whatever order, as often as they like: each counts once. */
CASE(nobody_approves_twice_whatever_the_order)
{
    const struct progress_claim claim = {.id = sample_id(10), .state = PROGRESS_CLAIMED};
    static const uint64_t seeds[] = {1, 20160622, 0x9E3779B97F4A7C15};
    for (size_t s = 0; s < sizeof seeds / sizeof *seeds; s++) {
        struct random random = {seeds[s]};
        for (int round = 0; round < ROUNDS; round++) {
            struct progress_approval given[PEOPLE] = {0};
            bool has_approved[PEOPLE] = {0};
            struct list earlier = {given, 0};
            for (int i = 0; i < 2 * PEOPLE; i++) {
                size_t who = (size_t)random_between(&random, 0, PEOPLE - 1);
                struct actor actor = person((unsigned)who);
                struct progress_approval next = {.id = sample_id(20)};
                enum error error = progress_approval_give(&next, &claim, &earlier, NULL, &actor,
                                                          SAMPLE_NOON, &fault);
                assert_int_equal(error, has_approved[who] ? ERROR_CONFLICT : OK);
                if (error)
                    continue;
                has_approved[who] = true;
                given[earlier.count++] = next;
                assert_int_equal(next.sequence, earlier.count);
            }
        }
    }
    assert_string_equal(fault.field, "approved_by");
}

RUN(T(an_approval_says_who_and_how_and_counts_on), T(nobody_approves_twice_whatever_the_order))
