#include "action/price_reduction.h"

#include "../audit/tamper.h"
#include "../scene.h"
#include "base/day.h"

static enum error propose(struct scene *scene, int64_t amount_minor, struct price_reduction *out)
{
    struct price_reduction in = {
        .milestone_id = scene->milestones[0].id,
        .amount_minor = amount_minor,
        .currency = "EUR",
        .reason = "no satellite view",
        .criterion = "R1.1",
    };
    return stage_perform(scene->stage, scene->owner, &propose_price_reduction_operation, &in, out);
}

static enum error decide(struct scene *scene, struct actor actor, const struct operation *operation,
                         struct id id, struct price_reduction *out)
{
    struct decide_price_reduction in = {id, "so be it"};
    return stage_perform(scene->stage, actor, operation, &in, out);
}

static struct price_reduction agreed(struct scene *scene, int64_t amount_minor)
{
    struct price_reduction reduction;
    assert_result(scene->stage, propose(scene, amount_minor, &reduction), OK);
    assert_result(
        scene->stage,
        decide(scene, scene->approver, &agree_price_reduction_operation, reduction.id, &reduction),
        OK);
    return reduction;
}

CASE(an_agreed_reduction_lowers_the_invoice_and_stands_on_both_papers)
{
    struct scene scene;
    struct invoice invoice;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct price_reduction reduction = agreed(&scene, 15000);
    assert_int_equal(reduction.state, REDUCTION_AGREED);
    assert_int_equal(scenario_events(&scene.scenario, "price_reduction.agreed"), 1);
    assert_int_equal(scene_position(&scene).reductions_minor, 0); /* nothing is accepted yet */
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    get_row(scene.stage, &invoice_shape, acceptance.invoice_id, &invoice);
    assert_int_equal(invoice.net_minor, SCENARIO_PRICE_MINOR - 15000);
    assert_int_equal(invoice.tax_minor, 16150); /* 19% of 850.00 */
    const char *paper = paper_of(scene.stage, acceptance.invoice_id, DOCUMENT_INVOICE);
    assert_non_null(strstr(paper, "1000.00 EUR less 150.00 EUR as agreed: no satellite view"));
    assert_non_null(strstr(paper, "\"reductions\":{\"amount\":\"150.00\""));
    assert_non_null(strstr(paper, "\"accepted\":{\"amount\":\"850.00\""));
    paper = paper_of(scene.stage, acceptance.certificate_id, DOCUMENT_CERTIFICATE);
    assert_non_null(strstr(paper, "\"reduction\":{\"amount\":\"150.00\""));
    struct contract_position position = scene_position(&scene);
    assert_int_equal(position.sum_minor, SCENE_MILESTONES * SCENARIO_PRICE_MINOR);
    assert_int_equal(position.reductions_minor, 15000);
    assert_int_equal(position.left_minor, (SCENE_MILESTONES - 1) * SCENARIO_PRICE_MINOR);
    assert_sound(scene.stage);
}

CASE(only_what_both_sides_agreed_lowers_the_price)
{
    struct scene scene;
    struct price_reduction reduction, other;
    struct invoice invoice;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    assert_result(scene.stage, propose(&scene, 15000, &reduction), OK);
    assert_result(scene.stage, propose(&scene, 25000, &other), ERROR_CONFLICT);
    assert_string_equal(scene.stage->fault.field, "state");
    assert_result(scene.stage,
                  decide(&scene, scene.approver, &decline_price_reduction_operation, reduction.id,
                         &reduction),
                  OK);
    assert_result(
        scene.stage,
        decide(&scene, scene.approver, &agree_price_reduction_operation, reduction.id, &reduction),
        ERROR_WRONG_STATE);
    assert_result(scene.stage, propose(&scene, 25000, &other), OK);
    assert_result(
        scene.stage,
        decide(&scene, scene.owner, &withdraw_price_reduction_operation, other.id, &other), OK);
    assert_int_equal(other.state, REDUCTION_WITHDRAWN);
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    get_row(scene.stage, &invoice_shape, acceptance.invoice_id, &invoice);
    assert_int_equal(invoice.net_minor, SCENARIO_PRICE_MINOR);
    assert_sound(scene.stage);
}

CASE(a_later_reduction_takes_the_place_of_an_earlier_one)
{
    struct scene scene;
    struct milestone milestone;
    struct price_reduction first;
    scene_set(&scene, *state, NULL);
    first = agreed(&scene, 15000);
    agreed(&scene, 20000);
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.reduction_minor, 20000);
    get_row(scene.stage, &price_reduction_shape, first.id, &first);
    assert_int_equal(first.state, REDUCTION_SUPERSEDED);
    assert_sound(scene.stage);
}

CASE(after_the_acceptance_it_is_too_late_to_agree)
{
    struct scene scene;
    struct price_reduction reduction;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    assert_result(scene.stage, propose(&scene, 15000, &reduction), OK);
    scene_accept(&scene, 0, &submission);
    assert_result(
        scene.stage,
        decide(&scene, scene.approver, &agree_price_reduction_operation, reduction.id, &reduction),
        ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "state");
    assert_result(scene.stage, propose(&scene, SCENARIO_PRICE_MINOR, &reduction),
                  ERROR_WRONG_STATE);
    assert_sound(scene.stage);
}

CASE(a_reduction_above_the_price_is_refused)
{
    struct scene scene;
    struct price_reduction reduction;
    scene_set(&scene, *state, NULL);
    assert_result(scene.stage, propose(&scene, SCENARIO_PRICE_MINOR + 1, &reduction),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(scene.stage->fault.field, "amount");
    assert_int_equal(scenario_events(&scene.scenario, "price_reduction.proposed"), 0);
}

CASE(a_reduction_that_nobody_agreed_to_is_found_by_the_audit)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct price_reduction reduction = agreed(&scene, 15000);
    scene_accept(&scene, 0, &submission);
    reduction.state = REDUCTION_DECLINED;
    change_row(scene.stage, &price_reduction_shape, &reduction); /* with a leaf, as if it were so */
    struct outcome outcome = audit(scene.stage);
    assert_true(outcome.failed > 0);
    assert_non_null(strstr(outcome.text, "it is not what both sides agreed"));
    free(outcome.text);
    reduction.state = REDUCTION_AGREED;
    change_row(scene.stage, &price_reduction_shape, &reduction);
    assert_sound(scene.stage);
}

CASE(each_side_is_told_and_another_client_finds_nothing)
{
    struct scene scene;
    struct price_reduction reduction, none;
    const char *body = NULL;
    scene_set(&scene, *state, NULL);
    assert_result(scene.stage, propose(&scene, 15000, &reduction), OK);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, reduction.id, &body), 1);
    assert_non_null(strstr(body, "150.00 EUR less for M1"));
    assert_non_null(strstr(body, "no satellite view"));
    assert_result(
        scene.stage,
        decide(&scene, scene.stranger, &agree_price_reduction_operation, reduction.id, &none),
        ERROR_NOT_FOUND);
    assert_result(
        scene.stage,
        decide(&scene, scene.approver, &agree_price_reduction_operation, reduction.id, &reduction),
        OK);
    assert_int_equal(count_mail(scene.stage, scene.scenario.owner.email, reduction.id, &body), 1);
    assert_non_null(strstr(body, "agrees to"));
    stage_assert_only(scene.stage, &propose_price_reduction_operation, ROLE_OWNER | ROLE_SALES);
    stage_assert_only(scene.stage, &agree_price_reduction_operation, ROLE_APPROVER);
    stage_assert_only(scene.stage, &decline_price_reduction_operation, ROLE_APPROVER);
    stage_assert_only(scene.stage, &withdraw_price_reduction_operation, ROLE_OWNER | ROLE_SALES);
}

STAGE_RUN(T(an_agreed_reduction_lowers_the_invoice_and_stands_on_both_papers),
          T(only_what_both_sides_agreed_lowers_the_price),
          T(a_later_reduction_takes_the_place_of_an_earlier_one),
          T(after_the_acceptance_it_is_too_late_to_agree),
          T(a_reduction_above_the_price_is_refused),
          T(a_reduction_that_nobody_agreed_to_is_found_by_the_audit),
          T(each_side_is_told_and_another_client_finds_nothing))
