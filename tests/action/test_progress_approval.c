/* Progress of a contract that asks for several approvers. */
#include "core/progress_approval.h"

#include "../audit/tamper.h"
#include "action/engagement_copy.h"
#include "agree.h"
#include "core/engagement_copy.h"
#include "progress.h"

static void by_two(struct plan *plan)
{
    by_progress(plan);
    plan->terms->approvers_needed = 2;
}

static void by_two_monthly(struct plan *plan)
{
    by_two(plan);
    plan->terms->billing_mode = BILLING_MONTHLY;
    plan->terms->billing_day = 15;
}

/* M1 costs more than one may accept, whatever share is claimed. */
static void limited(struct plan *plan)
{
    static struct approver_limit limit = {"EUR", PRICE - 1};
    by_progress(plan);
    plan->terms->one_approver_limit = &limit;
}

/* Up to the limit. */
static void limited_at_price(struct plan *plan)
{
    static struct approver_limit limit = {"EUR", PRICE};
    by_progress(plan);
    plan->terms->one_approver_limit = &limit;
}

static struct progress_claim claimed(struct scene *scene, int64_t percent_ppm)
{
    struct progress_claim progress;
    assert_result(scene->stage, claim(scene, percent_ppm, &progress), OK);
    return progress;
}

static enum error accept(struct scene *scene, struct actor actor, struct progress_claim *progress)
{
    return decide(scene, actor, &accept_progress_claim_operation, progress->id, "seen", progress);
}

static struct list approvals_of(struct scene *scene, struct id claim_id)
{
    struct list_progress_approvals query = {.page.limit = 50, .progress_claim_id = claim_id};
    struct page page;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->viewer, &list_progress_approvals_operation,
                                &query, &page),
                  OK);
    return page.items;
}

CASE(progress_is_accepted_and_billed_with_the_last_approval)
{
    struct scene scene;
    const char *body;
    scene_set_as(&scene, *state, by_two);
    struct actor other = scene_second_approver(&scene);
    start(&scene, 0);
    struct progress_claim progress = claimed(&scene, 350000);
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), OK);
    assert_int_equal(progress.state, PROGRESS_CLAIMED);
    assert_true(id_is_none(progress.invoice_id));
    assert_int_equal(first_of(&scene).claimed_minor, INTEGER_NONE);
    assert_int_equal(scene_position(&scene).accepted_minor, 0);
    assert_int_equal(scenario_events(&scene.scenario, "progress_claim.approved"), 1);
    assert_int_equal(scenario_events(&scene.scenario, "invoice.issued"), 0);
    assert_int_equal(count_mail(scene.stage, scene.manager_row.email, progress.id, &body), 1);
    assert_non_null(strstr(body, "it is accepted once 2 have approved it; 1 have so far"));
    assert_sound(scene.stage); /* while the second is waited for */

    assert_result(scene.stage, accept(&scene, other, &progress), OK);
    assert_int_equal(progress.state, PROGRESS_ACCEPTED);
    assert_string_equal(progress.decided_by_name, "Bert Budget");
    assert_int_equal(stored_invoice(&scene, progress.invoice_id).net_minor, 35000);
    struct list approvals = approvals_of(&scene, progress.id);
    assert_int_equal(approvals.count, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct progress_approval *approval = LIST_AT(struct progress_approval, approvals, i);
        assert_int_equal(approval->sequence, i + 1);
        assert_true(id_equal(approval->approved_by, i ? other.id : scene.approver.id));
        assert_string_equal(approval->note, "seen");
    }
    assert_sound(scene.stage);
}

CASE(nobody_approves_progress_twice_and_a_refusal_changes_nothing)
{
    struct scene scene;
    scene_set_as(&scene, *state, by_two);
    scene_second_approver(&scene);
    start(&scene, 0);
    struct progress_claim progress = claimed(&scene, 350000);
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), OK);
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), ERROR_CONFLICT);
    assert_string_equal(scene.stage->fault.field, "approved_by");
    assert_int_equal(approvals_of(&scene, progress.id).count, 1);
    assert_int_equal(scenario_events(&scene.scenario, "progress_claim.approved"), 1);
    assert_sound(scene.stage);
}

CASE(one_refusal_rejects_progress_that_others_approved)
{
    struct scene scene;
    scene_set_as(&scene, *state, by_two);
    struct actor other = scene_second_approver(&scene);
    start(&scene, 0);
    struct progress_claim progress = claimed(&scene, 350000);
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), OK);
    assert_result(scene.stage,
                  decide(&scene, other, &reject_progress_claim_operation, progress.id,
                         "a fifth at most", &progress),
                  OK);
    assert_int_equal(progress.state, PROGRESS_REJECTED);
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), ERROR_WRONG_STATE);
    progress = claimed(&scene, 200000);
    assert_int_equal(approvals_of(&scene, progress.id).count, 0);
    assert_sound(scene.stage);
}

CASE(against_the_limit_the_price_of_the_whole_counts_however_small_the_share)
{
    struct scene scene;
    scene_set_as(&scene, *state, limited);
    struct actor other = scene_second_approver(&scene);
    start(&scene, 0);
    struct progress_claim progress = claimed(&scene, 10000);
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), OK);
    assert_int_equal(progress.state, PROGRESS_CLAIMED);
    assert_result(scene.stage, accept(&scene, other, &progress), OK);
    assert_int_equal(progress.state, PROGRESS_ACCEPTED);
    assert_sound(scene.stage);

    scene_set_as(&scene, *state, limited_at_price);
    start(&scene, 0);
    progress = claimed(&scene, 10000);
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), OK);
    assert_int_equal(progress.state, PROGRESS_ACCEPTED);
    assert_int_equal(approvals_of(&scene, progress.id).count, 0);
    assert_sound(scene.stage);
}

CASE(progress_is_not_claimed_of_fewer_approvers_than_are_needed)
{
    struct scene scene;
    struct progress_claim progress;
    scene_set_as(&scene, *state, by_two);
    start(&scene, 0);
    assert_result(scene.stage, claim(&scene, 350000, &progress), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "client");
}

CASE(several_approve_what_is_billed_with_its_month)
{
    struct scene scene;
    scene_set_as(&scene, *state, by_two_monthly);
    struct actor other = scene_second_approver(&scene);
    start(&scene, 0);
    struct progress_claim progress = claimed(&scene, 350000);
    set_time(&scene, "2016-06-30T10:00:00Z");
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), OK);
    set_time(&scene, "2016-07-01T10:00:00Z"); /* accepted in July */
    assert_result(scene.stage, accept(&scene, other, &progress), OK);
    assert_true(id_is_none(progress.invoice_id));
    set_time(&scene, "2016-07-20T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(invoices_of(&scene, (struct id){0}).count, 0);
    set_time(&scene, "2016-08-15T10:00:00Z");
    run_due_jobs(scene.stage);
    struct list invoices = invoices_of(&scene, (struct id){0});
    assert_int_equal(invoices.count, 1);
    assert_int_equal(LIST_AT(struct invoice, invoices, 0)->net_minor, 35000);
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(verify_holds_the_approvals_of_progress_to_the_terms)
{
    struct scene scene;
    scene_set_as(&scene, *state, by_two);
    struct actor other = scene_second_approver(&scene);
    start(&scene, 0);
    struct progress_claim progress = claimed(&scene, 350000);
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), OK);
    assert_result(scene.stage, accept(&scene, other, &progress), OK);
    tamper(scene.stage,
           "UPDATE contract SET plan ="
           " replace(plan, '\"approvers_needed\":2', '\"approvers_needed\":3')",
           "UPDATE contract SET plan ="
           " replace(plan, '\"approvers_needed\":3', '\"approvers_needed\":2')",
           "M1 was accepted with 2 approvals, and its contract wants 3");
    tamper(scene.stage, "UPDATE progress_approval SET sequence = 3 WHERE sequence = 2",
           "UPDATE progress_approval SET sequence = 2 WHERE sequence = 3",
           "its approvals are not counted up");
    tamper(scene.stage,
           "UPDATE progress_approval SET approved_at = approved_at + 1 WHERE sequence = 2",
           "UPDATE progress_approval SET approved_at = approved_at - 1 WHERE sequence = 2",
           "its approvals are not counted up");
    assert_sound(scene.stage);
}

/* 2026-11-29: what an order changes of the number of approvers holds for those who approve after
 * it. */
CASE(verify_holds_progress_to_the_terms_of_the_day_of_each_approval)
{
    static const struct {
        int64_t before, after;
    } needed[] = {{2, 1}, {3, 2}};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        struct scene scene;
        scene_set_as(&scene, *state, by_two);
        struct actor actors[] = {scene.approver, scene_second_approver(&scene), {0}};
        scene.approver_row.email =
            arena_format(scene.stage->arena, "t.%s", scene.approver_row.email);
        actors[2] = scene_second_approver(&scene);
        struct plan *plan = signed_plan(&scene);
        plan->terms->approvers_needed = needed[i].before;
        if (needed[i].before != 2)
            agree(&scene, plan, (struct list){0});
        start(&scene, 0);
        struct progress_claim progress = claimed(&scene, 350000);
        int64_t given = 0;
        for (; given < needed[i].before - 1; given++) {
            clock_set(&scene.stage->clock, clock_now_ms(&scene.stage->clock) + 1000);
            assert_result(scene.stage, accept(&scene, actors[given], &progress), OK);
            assert_int_equal(progress.state, PROGRESS_CLAIMED);
        }
        clock_set(&scene.stage->clock, clock_now_ms(&scene.stage->clock) + 1000);
        plan->terms->approvers_needed = needed[i].after;
        agree(&scene, plan, (struct list){0});
        clock_set(&scene.stage->clock, clock_now_ms(&scene.stage->clock) + 1000);
        assert_result(scene.stage, accept(&scene, actors[given], &progress), OK);
        assert_int_equal(progress.state, PROGRESS_ACCEPTED);
        assert_sound(scene.stage);
        clock_set(&scene.stage->clock, clock_now_ms(&scene.stage->clock) + 1000);
        plan->terms->approvers_needed = 3; /* what was accepted stays so */
        agree(&scene, plan, (struct list){0});
        assert_sound(scene.stage);
        clock_set(&scene.stage->clock, STAGE_NOW_MS);
    }
}

CASE(a_copy_has_the_approvals_of_its_claims)
{
    struct scene scene;
    struct engagement_copy copy;
    scene_set_as(&scene, *state, by_two);
    scene_second_approver(&scene);
    start(&scene, 0);
    struct progress_claim progress = claimed(&scene, 350000);
    assert_result(scene.stage, accept(&scene, scene.approver, &progress), OK);
    struct subject subject = {scene.engagement.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, (struct actor){0}, &export_engagement_operation,
                                &subject, &copy),
                  OK);
    assert_int_equal(copy.progress_approvals.count, 1);
    assert_result(scene.stage, engagement_copy_check(&copy, &scene.stage->fault), OK);
    LIST_AT(struct progress_approval, copy.progress_approvals, 0)->progress_claim_id = subject.id;
    assert_result(scene.stage, engagement_copy_check(&copy, &scene.stage->fault), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "progress_approvals/0/progress_claim_id");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(progress_is_accepted_and_billed_with_the_last_approval),
        T(nobody_approves_progress_twice_and_a_refusal_changes_nothing),
        T(one_refusal_rejects_progress_that_others_approved),
        T(against_the_limit_the_price_of_the_whole_counts_however_small_the_share),
        T(progress_is_not_claimed_of_fewer_approvers_than_are_needed),
        T(several_approve_what_is_billed_with_its_month),
        T(verify_holds_the_approvals_of_progress_to_the_terms),
        T(verify_holds_progress_to_the_terms_of_the_day_of_each_approval),
        T(a_copy_has_the_approvals_of_its_claims),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
