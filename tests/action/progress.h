/* A scene whose first milestone is billed by its progress, and claims of that. */
#ifndef WAYMARK_TESTS_ACTION_PROGRESS_H
#define WAYMARK_TESTS_ACTION_PROGRESS_H

#include "action/milestone.h"
#include "action/progress_claim.h"
#include "billing.h"

enum { PRICE = 100001 }; /* of M1: 1000.01 */

static inline void by_progress(struct plan *plan)
{
    struct plan_milestone *first = scenario_planned(plan, 0);
    first->pricing = PRICING_PROGRESS;
    first->price_minor = PRICE;
    plan->total_minor += PRICE - SCENARIO_PRICE_MINOR;
}

static inline void start(struct scene *scene, size_t number)
{
    struct subject subject = {scene->milestones[number].id};
    struct milestone milestone;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->manager, &start_milestone_operation, &subject,
                                &milestone),
                  OK);
}

static inline enum error claim(struct scene *scene, int64_t percent_ppm, struct progress_claim *out)
{
    struct progress_claim in = {
        .milestone_id = scene->milestones[0].id, .percent_ppm = percent_ppm, .note = "so far"};
    return stage_perform(scene->stage, scene->manager, &claim_progress_operation, &in, out);
}

static inline enum error decide(struct scene *scene, struct actor actor,
                                const struct operation *operation, struct id id, const char *reason,
                                struct progress_claim *out)
{
    struct decide_progress_claim in = {id, reason};
    return stage_perform(scene->stage, actor, operation, &in, out);
}

static inline struct progress_claim accepted(struct scene *scene, int64_t percent_ppm)
{
    struct progress_claim progress;
    assert_result(scene->stage, claim(scene, percent_ppm, &progress), OK);
    assert_result(scene->stage,
                  decide(scene, scene->approver, &accept_progress_claim_operation, progress.id,
                         NULL, &progress),
                  OK);
    return progress;
}

static inline struct milestone first_of(struct scene *scene)
{
    struct milestone milestone;
    get_row(scene->stage, &milestone_shape, scene->milestones[0].id, &milestone);
    return milestone;
}

#endif
