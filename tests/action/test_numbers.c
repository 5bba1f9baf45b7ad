/* Many who issue at once on one series: nobody is refused for the number's sake, and there is no
 * gap, also not after bodies that fail. */
#include <stdlib.h>

#include "billing.h"
#include "platform/thread.h"

enum { THREADS = 12, EACH = 5 }; /* a scene each, whose milestones are billed */

struct issuer {
    struct scene scene;
    struct arena *arena;
    char numbers[EACH][16];
    int failed;
};

static enum error perform(struct issuer *issuer, struct id milestone_id, struct invoice *invoice)
{
    const struct stage *stage = issuer->scene.stage;
    struct subject subject = {milestone_id};
    struct fault fault = {0};
    struct call call = call_by(&stage->app, issuer->arena, 1, ACTOR_OPERATOR);
    call.actor = issuer->scene.finance;
    return perform_writing(&call, stage->writer, NULL, &issue_invoice_operation, &subject, invoice,
                           &fault);
}

/* Every other attempt is refused, because it bills the same milestone again. */
static void issue_all(void *context)
{
    struct issuer *issuer = context;
    for (size_t i = 0; i < EACH; i++) {
        struct invoice invoice;
        struct id milestone_id = issuer->scene.milestones[i].id;
        issuer->failed += perform(issuer, milestone_id, &invoice) != OK;
        strncpy(issuer->numbers[i], invoice.number, sizeof issuer->numbers[i] - 1);
        issuer->failed += perform(issuer, milestone_id, &invoice) != ERROR_WRONG_STATE;
    }
}

CASE(numbers_have_no_gap_however_many_issue_at_once)
{
    struct issuer *issuers = test_calloc(THREADS, sizeof *issuers);
    struct thread *threads[THREADS];
    bool seen[THREADS * EACH + 1] = {false};
    for (size_t i = 0; i < THREADS; i++) {
        scene_set(&issuers[i].scene, *state, NULL);
        issuers[i].arena = arena_new();
        for (size_t number = 0; number < EACH; number++)
            accept_for_billing(&issuers[i].scene, number);
    }
    for (size_t i = 0; i < THREADS; i++)
        threads[i] = thread_start("issuer", issue_all, &issuers[i]);
    for (size_t i = 0; i < THREADS; i++)
        thread_join(threads[i]);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(issuers[i].failed, 0);
        for (size_t number = 0; number < EACH; number++) {
            assert_int_equal(strncmp(issuers[i].numbers[number], "2016-", 5), 0);
            long place = strtol(issuers[i].numbers[number] + 5, NULL, 10);
            assert_true(place >= 1 && place <= THREADS * EACH);
            assert_false(seen[place]);
            seen[place] = true;
        }
        arena_free(issuers[i].arena);
    }
    test_free(issuers);
}

STAGE_RUN(T(numbers_have_no_gap_however_many_issue_at_once))
