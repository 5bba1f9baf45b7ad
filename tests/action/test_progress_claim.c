/* A milestone that is billed by its progress, from the signature to the last invoice. */
#include "action/progress_claim.h"

#include "../audit/tamper.h"
#include "action/budget.h"
#include "action/change_order.h"
#include "action/credit_note.h"
#include "action/engagement_copy.h"
#include "action/explanation.h"
#include "action/price_reduction.h"
#include "action/submission.h"
#include "action/turn.h"
#include "bundle.h"
#include "core/budget.h"
#include "core/engagement_copy.h"
#include "core/explanation.h"
#include "core/turn.h"
#include "progress.h"

static void set(struct scene *scene, struct stage *stage)
{
    scene_set_as(scene, stage, by_progress);
    start(scene, 0);
}

/* ---- billing ------------------------------------------------------------------------------- */

CASE(each_accepted_claim_is_billed_and_the_acceptance_bills_exactly_the_rest)
{
    struct scene scene;
    set(&scene, *state);
    struct progress_claim first = accepted(&scene, 350000), second = accepted(&scene, 600000);
    struct invoice invoice = stored_invoice(&scene, first.invoice_id);
    assert_int_equal(invoice.net_minor, 35000);
    assert_int_equal(invoice.tax_minor, 6650);
    assert_true(id_is_none(invoice.certificate_id));
    assert_int_equal(stored_invoice(&scene, second.invoice_id).net_minor, 60001 - 35000);
    assert_int_equal(first_of(&scene).claimed_minor, 60001);
    assert_int_equal(first_of(&scene).claimed_ppm, 600000);
    assert_int_equal(first_of(&scene).billing, BILLING_UNBILLED);
    assert_int_equal(scenario_events(&scene.scenario, "progress_claim.accepted"), 2);
    const char *paper = paper_of(scene.stage, second.invoice_id, DOCUMENT_INVOICE);
    assert_non_null(strstr(paper, "progress 35% to 60%"));
    assert_non_null(strstr(paper, "\"accepted\":{\"amount\":\"600.01\""));
    struct submission submission = scene_submit(&scene, 0);
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    assert_int_equal(stored_invoice(&scene, acceptance.invoice_id).net_minor, PRICE - 60001);
    assert_int_equal(acceptance.billing, BILLING_INVOICED);
    paper = paper_of(scene.stage, acceptance.invoice_id, DOCUMENT_INVOICE);
    assert_non_null(strstr(paper, "progress 60% to 100%"));
    assert_non_null(strstr(paper, "\"accepted\":{\"amount\":\"1000.01\""));
    assert_int_equal(scene_position(&scene).invoiced_minor, PRICE);
    assert_sound(scene.stage);
}

CASE(what_was_claimed_in_full_is_closed_by_its_acceptance_without_an_invoice)
{
    struct scene scene;
    set(&scene, *state);
    accepted(&scene, 1000000);
    struct submission submission = scene_submit(&scene, 0);
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    assert_int_equal(acceptance.billing, BILLING_CLOSED);
    assert_true(id_is_none(acceptance.invoice_id));
    assert_int_equal(scene_position(&scene).accepted_minor, PRICE);
    assert_sound(scene.stage);
}

CASE(a_milestone_of_which_nothing_was_claimed_is_billed_as_a_whole)
{
    struct scene scene;
    struct invoice invoice;
    set(&scene, *state);
    struct submission submission = scene_submit(&scene, 0);
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    get_row(scene.stage, &invoice_shape, acceptance.invoice_id, &invoice);
    assert_int_equal(invoice.net_minor, PRICE);
    assert_sound(scene.stage);
}

CASE(accepted_progress_counts_in_the_position_the_budget_and_the_explanations)
{
    struct scene scene;
    struct explanation explanation;
    struct budget budget;
    set(&scene, *state);
    struct progress_claim progress = accepted(&scene, 250000);
    struct contract_position position = scene_position(&scene);
    assert_int_equal(position.accepted_minor, 25000);
    assert_int_equal(position.invoiced_minor, 25000);
    struct subject engagement = {scene.engagement.id}, invoice = {progress.invoice_id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &show_budget_operation, &engagement, &budget), OK);
    int64_t net_minor = 0;
    for (size_t i = 0; i < budget.events.count; i++)
        net_minor += LIST_AT(struct budget_event, budget.events, i)->net_minor;
    assert_int_equal(net_minor, PRICE + (SCENE_MILESTONES - 1) * SCENARIO_PRICE_MINOR);
    const struct operation *explained[] = {&explain_position_operation, &explain_invoice_operation};
    struct subject *subjects[] = {&engagement, &invoice};
    for (size_t e = 0; e < 2; e++) {
        assert_result(
            scene.stage,
            stage_perform(scene.stage, scene.payer, explained[e], subjects[e], &explanation), OK);
        for (size_t i = 0; i < explanation.numbers.count; i++)
            assert_true(LIST_AT(struct explained_number, explanation.numbers, i)->is_sound);
    }
}

/* ---- what is refused ----------------------------------------------------------------------- */

CASE(one_claim_is_open_at_a_time_and_nothing_is_submitted_beside_it)
{
    struct scene scene;
    struct progress_claim progress, other;
    struct submission submission;
    set(&scene, *state);
    assert_result(scene.stage, claim(&scene, 350000, &progress), OK);
    assert_result(scene.stage, claim(&scene, 400000, &other), ERROR_CONFLICT);
    assert_string_equal(scene.stage->fault.field, "state");
    struct submit_milestone in = {.milestone_id = scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &submit_milestone_operation, &in, &submission),
        ERROR_CONFLICT);
    assert_string_equal(scene.stage->fault.field, "progress_claim");
    assert_result(scene.stage,
                  decide(&scene, scene.manager, &withdraw_progress_claim_operation, progress.id,
                         NULL, &progress),
                  OK);
    assert_int_equal(progress.state, PROGRESS_WITHDRAWN);
    assert_result(scene.stage, claim(&scene, 400000, &other), OK);
    assert_int_equal(other.number, 2);
    assert_sound(scene.stage);
}

CASE(a_claim_that_is_rejected_with_a_reason_bills_nothing)
{
    struct scene scene;
    struct progress_claim progress;
    set(&scene, *state);
    assert_result(scene.stage, claim(&scene, 350000, &progress), OK);
    assert_result(scene.stage,
                  decide(&scene, scene.approver, &reject_progress_claim_operation, progress.id, " ",
                         &progress),
                  ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "reason");
    assert_result(scene.stage,
                  decide(&scene, scene.approver, &reject_progress_claim_operation, progress.id,
                         "a fifth at most", &progress),
                  OK);
    assert_int_equal(progress.state, PROGRESS_REJECTED);
    assert_true(id_is_none(progress.invoice_id));
    assert_result(scene.stage,
                  decide(&scene, scene.approver, &accept_progress_claim_operation, progress.id,
                         NULL, &progress),
                  ERROR_WRONG_STATE);
    assert_int_equal(scenario_events(&scene.scenario, "invoice.issued"), 0);
    assert_int_equal(scene_position(&scene).accepted_minor, 0);
    assert_sound(scene.stage);
}

CASE(a_claim_never_goes_back_nor_past_the_whole_and_changes_nothing_then)
{
    struct scene scene;
    struct progress_claim progress;
    set(&scene, *state);
    accepted(&scene, 600000);
    static const int64_t wrong[] = {600000, 350000};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_result(scene.stage, claim(&scene, wrong[i], &progress), ERROR_OUT_OF_RANGE);
        assert_string_equal(scene.stage->fault.field, "percent_ppm");
    }
    assert_result(scene.stage, claim(&scene, 1000001, &progress), ERROR_OUT_OF_RANGE);
    assert_int_equal(first_of(&scene).claimed_ppm, 600000);
    assert_int_equal(scenario_events(&scene.scenario, "progress_claim.claimed"), 1);
}

CASE(who_claims_does_not_accept_and_strangers_see_nothing)
{
    struct scene scene;
    struct progress_claim progress, shown;
    set(&scene, *state);
    assert_result(scene.stage, claim(&scene, 350000, &progress), OK);
    assert_result(
        scene.stage,
        decide(&scene, scene.owner, &accept_progress_claim_operation, progress.id, NULL, &shown),
        ERROR_FORBIDDEN);
    assert_result(
        scene.stage,
        decide(&scene, scene.payer, &accept_progress_claim_operation, progress.id, NULL, &shown),
        ERROR_FORBIDDEN);
    assert_result(
        scene.stage,
        decide(&scene, scene.stranger, &accept_progress_claim_operation, progress.id, NULL, &shown),
        ERROR_NOT_FOUND);
    struct subject subject = {progress.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &show_progress_claim_operation, &subject, &shown),
        OK);
    assert_int_equal(shown.net_minor, 35000);
}

CASE(each_side_is_told_and_only_the_right_roles_may)
{
    struct scene scene;
    struct progress_claim progress;
    const char *body;
    set(&scene, *state);
    assert_result(scene.stage, claim(&scene, 350000, &progress), OK);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, progress.id, &body), 1);
    assert_non_null(strstr(body, "35% of M1"));
    assert_non_null(strstr(body, "after 0% before: 350.00 EUR net"));
    assert_result(scene.stage,
                  decide(&scene, scene.approver, &accept_progress_claim_operation, progress.id,
                         NULL, &progress),
                  OK);
    assert_int_equal(count_mail(scene.stage, scene.manager_row.email, progress.id, &body), 1);
    assert_non_null(strstr(body, "accepts this progress"));
    stage_assert_only(scene.stage, &claim_progress_operation, ROLE_OWNER | ROLE_DELIVERY);
    stage_assert_only(scene.stage, &accept_progress_claim_operation, ROLE_APPROVER);
    stage_assert_only(scene.stage, &reject_progress_claim_operation, ROLE_APPROVER);
    stage_assert_only(scene.stage, &withdraw_progress_claim_operation, ROLE_OWNER | ROLE_DELIVERY);
}

CASE(an_open_claim_is_the_clients_turn)
{
    struct scene scene;
    struct progress_claim progress;
    set(&scene, *state);
    struct list_turns_in in = {.engagement_id = scene.engagement.id};
    for (int round = 0; round < 2; round++) {
        struct turns turns;
        assert_result(
            scene.stage,
            stage_perform(scene.stage, scene.approver, &list_turns_operation, &in, &turns), OK);
        int found = 0;
        for (size_t i = 0; i < turns.items.count; i++)
            found += LIST_AT(struct turn, turns.items, i)->kind == TURN_DECIDE_PROGRESS;
        assert_int_equal(found, round);
        if (round == 0)
            assert_result(scene.stage, claim(&scene, 350000, &progress), OK);
    }
}

/* ---- what else touches the price ----------------------------------------------------------- */

CASE(a_reduction_lowers_what_is_still_to_be_billed)
{
    struct scene scene;
    struct progress_claim open;
    struct price_reduction reduction;
    set(&scene, *state);
    accepted(&scene, 500000);
    assert_result(scene.stage, claim(&scene, 800000, &open), OK);
    struct price_reduction in = {.milestone_id = scene.milestones[0].id,
                                 .amount_minor = 50001,
                                 .currency = "EUR",
                                 .reason = "no map"};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.owner, &propose_price_reduction_operation, &in,
                                &reduction),
                  ERROR_OUT_OF_RANGE);
    in.amount_minor = 20001;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.owner, &propose_price_reduction_operation, &in,
                                &reduction),
                  OK);
    struct decide_price_reduction agree = {reduction.id, NULL};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.approver, &agree_price_reduction_operation,
                                &agree, &reduction),
                  OK);
    assert_result(
        scene.stage,
        decide(&scene, scene.approver, &accept_progress_claim_operation, open.id, NULL, &open),
        ERROR_CONFLICT);
    assert_string_equal(scene.stage->fault.field, "net");
    assert_result(
        scene.stage,
        decide(&scene, scene.manager, &withdraw_progress_claim_operation, open.id, NULL, &open),
        OK);
    assert_int_equal(accepted(&scene, 800000).net_minor, 64000 - 50001);
    struct submission submission = scene_submit(&scene, 0);
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    assert_int_equal(stored_invoice(&scene, acceptance.invoice_id).net_minor, 80000 - 64000);
    assert_sound(scene.stage);
}

CASE(a_credit_note_takes_a_claim_back_and_the_rest_stays_the_rest)
{
    struct scene scene;
    struct invoice note;
    set(&scene, *state);
    struct progress_claim progress = accepted(&scene, 350000);
    struct issue_credit_note in = {.invoice_id = progress.invoice_id, .reason = "too early"};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    assert_int_equal(note.net_minor, 35000);
    assert_int_equal(first_of(&scene).claimed_ppm, 350000);
    struct submission submission = scene_submit(&scene, 0);
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    assert_int_equal(stored_invoice(&scene, acceptance.invoice_id).net_minor, PRICE - 35000);
    assert_int_equal(scene_position(&scene).invoiced_minor, PRICE - 35000);
    assert_sound(scene.stage);
}

/* ---- what is on record --------------------------------------------------------------------- */

CASE(what_is_forged_of_a_claim_is_named)
{
    struct scene scene;
    set(&scene, *state);
    accepted(&scene, 123456);
    tamper(*state, "UPDATE progress_claim SET state = 'rejected' WHERE net_minor = 12346",
           "UPDATE progress_claim SET state = 'accepted' WHERE net_minor = 12346",
           "nor to accepted progress");
    tamper(*state, "UPDATE progress_claim SET net_minor = 12347 WHERE net_minor = 12346",
           "UPDATE progress_claim SET net_minor = 12346 WHERE net_minor = 12347",
           "not what its invoice bills");
    tamper(*state, "UPDATE milestone SET claimed_minor = 12345 WHERE claimed_minor = 12346",
           "UPDATE milestone SET claimed_minor = 12346 WHERE claimed_minor = 12345",
           "not what its accepted claims sum to");
    assert_sound(scene.stage);
}

CASE(a_bundle_leads_each_claim_from_its_milestone_to_its_invoice)
{
    struct scene scene;
    set(&scene, *state);
    accepted(&scene, 350000);
    struct submission submission = scene_submit(&scene, 0);
    scene_accept(&scene, 0, &submission);
    const struct actor actors[] = {scene.owner, scene.viewer};
    for (size_t i = 0; i < 2; i++) {
        const char *text = bundle_of(scene.stage, actors[i], scene.engagement.id, 0);
        assert_bundle_holds(scene.stage, text);
        json_t *bundle = bundle_parse(text);
        assert_int_equal(bundle_count(bundle, "links", "relation", "claimed_in"), 1);
        assert_int_equal(bundle_count(bundle, "links", "relation", "billed_as"), 2);
        json_decref(bundle);
    }
}

CASE(a_copy_has_its_claims)
{
    struct scene scene;
    struct engagement_copy copy;
    set(&scene, *state);
    accepted(&scene, 350000);
    struct subject subject = {scene.engagement.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, (struct actor){0}, &export_engagement_operation,
                                &subject, &copy),
                  OK);
    assert_int_equal(copy.progress_claims.count, 1);
    assert_result(scene.stage, engagement_copy_check(&copy, &scene.stage->fault), OK);
    LIST_AT(struct progress_claim, copy.progress_claims, 0)->invoice_id = subject.id;
    assert_result(scene.stage, engagement_copy_check(&copy, &scene.stage->fault), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "progress_claims/0/invoice_id");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_accepted_claim_is_billed_and_the_acceptance_bills_exactly_the_rest),
        T(what_was_claimed_in_full_is_closed_by_its_acceptance_without_an_invoice),
        T(a_milestone_of_which_nothing_was_claimed_is_billed_as_a_whole),
        T(accepted_progress_counts_in_the_position_the_budget_and_the_explanations),
        T(one_claim_is_open_at_a_time_and_nothing_is_submitted_beside_it),
        T(a_claim_that_is_rejected_with_a_reason_bills_nothing),
        T(a_claim_never_goes_back_nor_past_the_whole_and_changes_nothing_then),
        T(who_claims_does_not_accept_and_strangers_see_nothing),
        T(each_side_is_told_and_only_the_right_roles_may),
        T(an_open_claim_is_the_clients_turn),
        T(a_reduction_lowers_what_is_still_to_be_billed),
        T(a_credit_note_takes_a_claim_back_and_the_rest_stays_the_rest),
        T(what_is_forged_of_a_claim_is_named),
        T(a_bundle_leads_each_claim_from_its_milestone_to_its_invoice),
        T(a_copy_has_its_claims),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
