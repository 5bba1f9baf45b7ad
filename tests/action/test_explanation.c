/* Where each number comes from: reckoned anew, and found out where it does not hold. */
#include "action/contract_position.h"
#include "action/credit_note.h"
#include "action/explanation.h"
#include "core/explanation.h"

#include "billing.h"

static struct explanation explain(struct scene *scene, const struct operation *operation,
                                  struct id subject_id)
{
    struct subject subject = {subject_id};
    struct explanation explanation;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->payer, operation, &subject, &explanation), OK);
    return explanation;
}

static const struct explained_number *number_named(const struct explanation *explanation,
                                                   const char *name)
{
    for (size_t i = 0; i < explanation->numbers.count; i++) {
        const struct explained_number *number =
            LIST_AT(struct explained_number, explanation->numbers, i);
        if (strcmp(number->name, name) == 0)
            return number;
    }
    fail_msg("no number is called %s", name);
    return NULL;
}

static const struct explained_input *input_at(const struct explained_number *number, size_t i)
{
    assert_true(i < number->inputs.count);
    return LIST_AT(struct explained_input, number->inputs, i);
}

static void assert_all_sound(const struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->numbers.count; i++) {
        const struct explained_number *number =
            LIST_AT(struct explained_number, explanation->numbers, i);
        if (!number->is_sound)
            fail_msg("%s does not hold", number->name);
    }
}

static struct acceptance submit_and_accept(struct scene *scene, size_t number)
{
    struct submission submission = scene_submit(scene, number);
    return scene_accept(scene, number, &submission);
}

/* M1 is a third of 1000.01, M2 two thirds, M3 the rest in a fixed price, at other rates. */
static void price_by_share(struct plan *plan)
{
    static const int64_t prices[] = {33334, 66667, 0, 0, 0};
    static const enum pricing pricings[] = {PRICING_PERCENTAGE, PRICING_PERCENTAGE,
                                            PRICING_NON_BILLABLE, PRICING_FIXED, PRICING_FIXED};
    plan->total_minor = 100001;
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        scenario_planned(plan, i)->pricing = pricings[i];
        scenario_planned(plan, i)->price_minor = prices[i];
    }
    scenario_planned(plan, 0)->percent_ppm = 333333;
    scenario_planned(plan, 1)->percent_ppm = 666667;
}

CASE(a_share_is_explained_with_all_decimals_and_where_it_was_rounded)
{
    struct scene scene;
    scene_set_as(&scene, *state, price_by_share);
    submit_and_accept(&scene, 0);
    struct acceptance second = submit_and_accept(&scene, 1);
    struct explanation explanation = explain(&scene, &explain_invoice_operation, second.invoice_id);
    assert_all_sound(&explanation);
    const struct explained_number *line = number_named(&explanation, "lines/1");
    assert_int_equal(line->amount_minor, 66667);
    assert_string_equal(line->rule, "66.6667% of the contract's total of 1000.01, counted up");
    assert_int_equal(line->rule_kind, RULE_PERCENTAGE);
    assert_int_equal(line->rate_ppm, 666667);
    assert_int_equal(line->of_minor, 100001);
    assert_string_equal(line->exact, "666.67366667");
    assert_string_equal(line->rounding, "half up, once for all percentages up to this one");
    assert_int_equal(input_at(line, 0)->amount_minor, 100001);
    assert_string_equal(input_at(line, 0)->detail, "100%");
    assert_int_equal(input_at(line, 0)->kind, INPUT_SHARES_UP_TO);
    assert_int_equal(input_at(line, 0)->rate_ppm, 1000 * 1000);
    assert_int_equal(input_at(line, 1)->amount_minor, -33334);
    const struct explained_number *tax = number_named(&explanation, "taxes/0");
    assert_string_equal(tax->rule, "19% of the lines' net of 666.67");
    assert_int_equal(tax->rule_kind, RULE_TAX_OF_LINES);
    assert_int_equal(tax->rounding_kind, ROUNDED_ONCE_UP);
    assert_int_equal(tax->rate_ppm, 190000);
    assert_int_equal(tax->of_minor, 66667);
    assert_string_equal(tax->exact, "126.6673");
    assert_string_equal(tax->rounding, "half up, once for all lines of this rate");
    assert_int_equal(tax->amount_minor, 12667);
}

CASE(what_is_outstanding_names_each_payment)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct acceptance acceptance = submit_and_accept(&scene, 0);
    struct invoice invoice = stored_invoice(&scene, acceptance.invoice_id);
    struct payment payment = pay(&scene, 5000, invoice.reference, ALLOCATE_AUTOMATICALLY);
    struct explanation explanation = explain(&scene, &explain_invoice_operation, invoice.id);
    assert_all_sound(&explanation);
    const struct explained_number *rest = number_named(&explanation, "outstanding");
    assert_int_equal(rest->amount_minor, TOTAL - 5000);
    assert_int_equal(rest->inputs.count, 2);
    assert_int_equal(input_at(rest, 1)->amount_minor, -5000);
    assert_true(id_equal(input_at(rest, 1)->subject_id, payment.id));
    assert_non_null(strstr(input_at(rest, 1)->label, payment.number));
    assert_int_equal(input_at(rest, 1)->kind, INPUT_PAYMENT);
    assert_string_equal(input_at(rest, 1)->name, payment.number);
    assert_true(input_at(rest, 1)->rate_ppm == INTEGER_NONE);
}

CASE(the_position_is_explained_through_part_payments_and_credits)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct acceptance first = submit_and_accept(&scene, 0);
    struct acceptance second = submit_and_accept(&scene, 1);
    struct invoice invoice = stored_invoice(&scene, first.invoice_id);
    pay(&scene, 3333, invoice.reference, ALLOCATE_AUTOMATICALLY);
    pay(&scene, TOTAL, stored_invoice(&scene, second.invoice_id).reference, ALLOCATE_AUTOMATICALLY);
    struct acceptance third = submit_and_accept(&scene, 2);
    struct issue_credit_note credit = {third.invoice_id, "Not what was agreed", NULL, {0}};
    struct invoice note;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &credit, &note),
        OK);
    struct explanation explanation =
        explain(&scene, &explain_position_operation, scene.engagement.id);
    assert_all_sound(&explanation);
    assert_int_equal(number_named(&explanation, "invoiced")->inputs.count, 4);
    struct subject subject = {scene.engagement.id};
    struct contract_position position;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.viewer, &show_contract_position_operation,
                                &subject, &position),
                  OK);
    const struct {
        const char *name;
        int64_t amount_minor;
    } expected[] = {
        {"sum", position.sum_minor},
        {"changes", position.changes_minor},
        {"reductions", position.reductions_minor},
        {"sum_to_date", position.sum_to_date_minor},
        {"accepted", position.accepted_minor},
        {"invoiced", position.invoiced_minor},
        {"paid", position.paid_minor},
        {"left", position.left_minor},
    };
    assert_int_equal(explanation.numbers.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(number_named(&explanation, expected[i].name)->amount_minor,
                         expected[i].amount_minor);
    const struct explained_number *paid = number_named(&explanation, "paid");
    assert_int_equal(paid->inputs.count, 2);
    assert_int_equal(input_at(paid, 0)->amount_minor, 2801); /* 33.33 * 1000 / 1190 is 28.0084 */
    assert_string_equal(input_at(paid, 0)->detail, "33.33 paid of 1190.00");
    assert_int_equal(input_at(paid, 0)->kind, INPUT_INVOICE_PAID);
    assert_int_equal(input_at(paid, 0)->paid_minor, 3333);
    assert_int_equal(input_at(paid, 0)->of_minor, TOTAL);
    assert_int_equal(input_at(paid, 1)->amount_minor, NET);
}

CASE(a_number_that_does_not_follow_from_its_inputs_is_found_out)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct acceptance acceptance = submit_and_accept(&scene, 0);
    struct milestone milestone;
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    milestone.price_minor++;
    change_row(scene.stage, &milestone_shape, &milestone);
    struct explanation explanation =
        explain(&scene, &explain_invoice_operation, acceptance.invoice_id);
    assert_false(number_named(&explanation, "lines/1")->is_sound);
    assert_true(number_named(&explanation, "net")->is_sound);
    struct invoice invoice = stored_invoice(&scene, acceptance.invoice_id);
    invoice.paid_minor = 1; /* and nothing is applied */
    change_row(scene.stage, &invoice_shape, &invoice);
    explanation = explain(&scene, &explain_invoice_operation, acceptance.invoice_id);
    assert_false(number_named(&explanation, "outstanding")->is_sound);
}

CASE(a_stranger_is_told_nothing)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct acceptance acceptance = submit_and_accept(&scene, 0);
    struct subject invoice = {acceptance.invoice_id}, engagement = {scene.engagement.id};
    struct explanation explanation;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.stranger, &explain_invoice_operation, &invoice,
                                &explanation),
                  ERROR_NOT_FOUND);
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.stranger, &explain_position_operation,
                                &engagement, &explanation),
                  ERROR_NOT_FOUND);
}

STAGE_RUN(T(a_share_is_explained_with_all_decimals_and_where_it_was_rounded),
          T(what_is_outstanding_names_each_payment),
          T(the_position_is_explained_through_part_payments_and_credits),
          T(a_number_that_does_not_follow_from_its_inputs_is_found_out),
          T(a_stranger_is_told_nothing))
