/* What is left behind by a contract that was changed: rows that the audit holds to each other, a
 * bundle that the offline verifier follows, and a copy that another company can take in. */
#include "action/change_order.h"
#include "action/engagement_copy.h"
#include "action/engagement_import.h"
#include "base/day.h"
#include "base/json.h"

#include "../audit/tamper.h"
#include "../scene.h"
#include "agree.h"
#include "bundle.h"

static struct scene scene;
static struct change_order first, second;

static struct plan_milestone *planned(struct plan *plan, size_t i)
{
    return LIST_AT(struct plan_milestone, plan->milestones, i);
}

/* M5 is dropped, M6 added and billed; then M1, which was billed, is lowered. */
static void live_and_change(struct stage *stage)
{
    scene_set(&scene, stage, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    struct contract contract;
    get_row(stage, &contract_shape, scene.scenario.contract.id, &contract);
    struct plan *plan = contract.plan;
    struct plan_milestone *last = planned(plan, 4);
    last->code = "M6";
    last->title = "Search";
    last->price_minor = 30000;
    last->due_day = planned(plan, 3)->due_day;
    last->after.count = 0;
    plan->total_minor -= 70000;
    first = agree(&scene, plan, (struct list){0});
    scenario_load_milestones(&scene.scenario);
    scene.milestones[1] = *scenario_milestone(&scene.scenario, 5);
    submission = scene_submit(&scene, 1);
    scene_accept(&scene, 1, &submission);
    struct change_credit credit = {"M1", acceptance.invoice_id, 40000};
    plan = shape_clone(stage->arena, &plan_shape, first.plan);
    planned(plan, 0)->price_minor -= 40000;
    plan->total_minor -= 40000;
    second = agree(&scene, plan, (struct list){&credit, 1});
}

/* ---- the audit ----------------------------------------------------------------------------- */

CASE(a_contract_that_was_changed_is_sound)
{
    assert_sound(*state);
}

CASE(what_no_signed_order_says_is_named)
{
    static const struct {
        const char *change, *back, *said;
    } cases[] = {
        {"UPDATE change_order SET change_minor = change_minor - 1, sum_after_minor = "
         "sum_after_minor - 1 WHERE applied_number = 1",
         "UPDATE change_order SET change_minor = change_minor + 1, sum_after_minor = "
         "sum_after_minor + 1 WHERE applied_number = 1",
         "do not sum to it and its applied change orders"},
        {"UPDATE milestone SET title = 'Searching' WHERE code = 'M6'",
         "UPDATE milestone SET title = 'Search' WHERE code = 'M6'",
         "milestone M6 is not as the contract and its applied orders say"},
        {"UPDATE change_signature SET consent = '' WHERE sequence = 2",
         "UPDATE change_signature SET consent = 'I have read it and sign it.' WHERE sequence = 2",
         "does not hold"},
        {"UPDATE change_order SET title = 'A change', document = document || ' ' WHERE "
         "applied_number = 2",
         "UPDATE change_order SET document = rtrim(document) WHERE applied_number = 2",
         "the text does not have its hash"},
        {"UPDATE change_order SET applied_number = 3 WHERE applied_number = 2",
         "UPDATE change_order SET applied_number = 2 WHERE applied_number = 3",
         "it was not applied to the plan that it is based on"},
        {"UPDATE change_order SET credits = '[]' WHERE applied_number = 2", NULL,
         "more is billed than"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *back = cases[i].back;
        forge(*state, cases[i].change);
        struct outcome outcome = audit(*state);
        if (outcome.failed == 0 || !strstr(outcome.text, cases[i].said))
            print_error("%s\nshould say: %s\n%s", cases[i].change, cases[i].said, outcome.text);
        assert_true(outcome.failed > 0);
        assert_non_null(strstr(outcome.text, cases[i].said));
        free(outcome.text);
        if (!back) { /* as it was */
            struct change_order kept;
            get_row(*state, &change_order_shape, second.id, &kept);
            struct text_buffer credits = text_buffer_in(scene.stage->arena);
            json_write_member(&credits, &change_order_shape,
                              shape_field(&change_order_shape, "credits", NULL), &second,
                              JSON_FOR_AGENCY);
            back = arena_format(scene.stage->arena,
                                "UPDATE change_order SET credits = '%s' WHERE applied_number = 2",
                                credits.bytes);
        }
        forge(*state, back);
    }
}

/* ---- the bundle ---------------------------------------------------------------------------- */

CASE(each_line_is_followed_to_the_contract_or_the_order_that_agreed_it)
{
    struct stage *stage = *state;
    const struct actor actors[] = {scene.owner, scene.viewer};
    for (size_t i = 0; i < 2; i++) {
        const char *text = bundle_of(stage, actors[i], scene.engagement.id, 0);
        assert_bundle_holds(stage, text);
        json_t *bundle = bundle_parse(text);
        assert_int_equal(bundle_count(bundle, "links", "relation", "changed_by"), 2);
        assert_int_equal(bundle_count(bundle, "links", "relation", "signed_by"), 2 + 4);
        assert_int_equal(bundle_count(bundle, "documents", "kind", "change_order"), 2 + 4);
        json_decref(bundle);
    }
}

/* ---- the copy ------------------------------------------------------------------------------ */

CASE(a_copy_has_its_orders_and_their_signatures)
{
    struct engagement_copy copy;
    struct subject subject = {scene.engagement.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, (struct actor){0}, &export_engagement_operation,
                                &subject, &copy),
                  OK);
    assert_int_equal(copy.change_orders.count, 2);
    assert_int_equal(copy.change_signatures.count, 4);
    assert_result(scene.stage, engagement_copy_check(&copy, &scene.stage->fault), OK);
    LIST_AT(struct change_order, copy.change_orders, 1)->based_on_id = subject.id;
    assert_result(scene.stage, engagement_copy_check(&copy, &scene.stage->fault), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "change_orders/1/based_on_id");
}

static int open_changed(void **state)
{
    int result = stage_open(state);
    if (result == 0)
        live_and_change(*state);
    return result;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_contract_that_was_changed_is_sound),
        T(what_no_signed_order_says_is_named),
        T(each_line_is_followed_to_the_contract_or_the_order_that_agreed_it),
        T(a_copy_has_its_orders_and_their_signatures),
    };
    return cmocka_run_group_tests(tests, open_changed, stage_close);
}
