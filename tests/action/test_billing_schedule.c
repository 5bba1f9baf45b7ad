/* How a contract says that work is priced and billed, from the signature to the invoice. */
#include "billing.h"

/* ---- prices -------------------------------------------------------------------------------- */

/* M1 is a third of 1000.01, M2 two thirds; M3 is not billed, M4 costs nothing, M5 the rest. */
static void price_by_share(struct plan *plan)
{
    static const int64_t prices[] = {33334, 66667, 0, 0, 0};
    static const enum pricing pricings[] = {PRICING_PERCENTAGE, PRICING_PERCENTAGE,
                                            PRICING_NON_BILLABLE, PRICING_FIXED, PRICING_FIXED};
    plan->total_minor = 100001;
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        struct plan_milestone *milestone = scenario_planned(plan, i);
        milestone->pricing = pricings[i];
        milestone->price_minor = prices[i];
    }
    scenario_planned(plan, 0)->percent_ppm = 333333;
    scenario_planned(plan, 1)->percent_ppm = 666667;
}

static struct acceptance submit_and_accept(struct scene *scene, size_t number)
{
    struct submission submission = scene_submit(scene, number);
    return scene_accept(scene, number, &submission);
}

CASE(percentages_are_billed_to_exactly_the_signed_total)
{
    struct scene scene;
    scene_set_as(&scene, *state, price_by_share);
    struct acceptance first = submit_and_accept(&scene, 0), second = submit_and_accept(&scene, 1);
    assert_int_equal(stored_invoice(&scene, first.invoice_id).net_minor, 33334);
    assert_int_equal(stored_invoice(&scene, second.invoice_id).net_minor, 66667);
}

CASE(what_is_not_billable_is_closed_without_an_invoice_and_can_never_have_one)
{
    struct scene scene;
    struct milestone milestone;
    struct invoice invoice;
    scene_set_as(&scene, *state, price_by_share);
    for (size_t i = 0; i < 3; i++)
        submit_and_accept(&scene, i);
    get_row(scene.stage, &milestone_shape, scene.milestones[2].id, &milestone);
    assert_int_equal(milestone.pricing, PRICING_NON_BILLABLE);
    assert_int_equal(milestone.state, MILESTONE_ACCEPTED);
    assert_int_equal(milestone.billing, BILLING_CLOSED);
    assert_true(id_is_none(milestone.invoice_id));
    struct subject subject = {milestone.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &invoice),
        ERROR_WRONG_STATE);
    get_row(scene.stage, &milestone_shape, scene.milestones[3].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_READY);
    assert_int_equal(milestone.pricing, PRICING_FIXED);
}

STAGE_RUN(T(percentages_are_billed_to_exactly_the_signed_total),
          T(what_is_not_billable_is_closed_without_an_invoice_and_can_never_have_one))
