/* Where each number comes from: reckoned anew, and found out where it does not hold. */
#include "action/client_statement.h"
#include "action/contract_position.h"
#include "action/ledger.h"
#include "action/refund.h"
#include "store/ledger.h"

#include "../audit/tamper.h"

#include "explained.h"

static const struct explained invoice_explained = {&show_invoice_operation,
                                                   &explain_invoice_operation};
static const struct explained position_explained = {&show_contract_position_operation,
                                                    &explain_position_operation};
static const struct explained statement_explained = {&show_client_statement_operation,
                                                     &explain_client_statement_operation};
static const struct explained balance_explained = {&show_trial_balance_operation,
                                                   &explain_trial_balance_operation};

static struct explanation explain(struct scene *scene, const struct operation *operation,
                                  struct id subject_id)
{
    struct subject subject = {subject_id};
    struct explanation explanation;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->payer, operation, &subject, &explanation), OK);
    return explanation;
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
    struct subject subject = {second.invoice_id};
    struct explanation explanation =
        explain_shown(scene.stage, scene.payer, &invoice_explained, &subject, 1);
    assert_int_equal(number_named(&explanation, "outstanding")->amount_minor, 79334);
    const struct explained_number *line = number_named(&explanation, "lines/0/net");
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
    const struct explained_number *tax = number_named(&explanation, "taxes/0/tax");
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
    struct subject subject = {scene.engagement.id};
    struct explanation explanation =
        explain_shown(scene.stage, scene.viewer, &position_explained, &subject, 0);
    assert_int_equal(explanation.numbers.count, 8);
    assert_int_equal(number_named(&explanation, "invoiced")->inputs.count, 4);
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
    assert_false(number_named(&explanation, "lines/0/net")->is_sound);
    assert_true(number_named(&explanation, "net")->is_sound);
    struct invoice invoice = stored_invoice(&scene, acceptance.invoice_id);
    invoice.paid_minor = 1; /* and nothing is applied */
    change_row(scene.stage, &invoice_shape, &invoice);
    explanation = explain(&scene, &explain_invoice_operation, acceptance.invoice_id);
    assert_false(number_named(&explanation, "outstanding")->is_sound);
    struct invoice note = credit_line(&scene, invoice.id, 1, 100);
    forge(scene.stage, "UPDATE invoice SET taxes = replace(taxes, '\"tax\":{\"amount\":\"0.19\"',"
                       " '\"tax\":{\"amount\":\"0.20\"') WHERE kind = 'credit_note'");
    explanation = explain(&scene, &explain_invoice_operation, note.id);
    assert_false(number_named(&explanation, "taxes/0/tax")->is_sound);
    assert_false(number_named(&explanation, "tax")->is_sound);
    assert_true(number_named(&explanation, "lines/0/net")->is_sound);
}

/* 333.34 with 63.33 of tax: of 111.11 it is 21.1093…, of 211.11 40.1079…, and the rest is the rest.
 */
CASE(credit_notes_are_explained_from_the_invoice_that_they_take_back)
{
    static const int64_t parts[] = {11111, 10000, 12223};
    static const int64_t taxes[] = {2111, 1900, 2322};
    static const char *const exact[] = {"21.10936671", "18.99862002", NULL};
    struct scene scene;
    scene_set_as(&scene, *state, price_by_share);
    struct id invoice_id = submit_and_accept(&scene, 0).invoice_id;
    for (size_t i = 0; i < 3; i++) {
        struct subject note = {credit_line(&scene, invoice_id, 1, parts[i]).id};
        struct explanation explanation =
            explain_shown(scene.stage, scene.payer, &invoice_explained, &note, 1);
        const struct explained_number *line = number_named(&explanation, "lines/0/net");
        assert_int_equal(line->amount_minor, parts[i]);
        assert_int_equal(line->rule_kind, RULE_CREDITED_PART);
        assert_int_equal(line->inputs.count, 2 + i - (i == 2)); /* nothing stays billed */
        assert_true(id_equal(input_at(line, 0)->subject_id, invoice_id));
        const struct explained_number *tax = number_named(&explanation, "taxes/0/tax");
        assert_int_equal(tax->amount_minor, taxes[i]);
        assert_int_equal(tax->rule_kind, i == 2 ? RULE_TAX_REST : RULE_TAX_SHARE);
        assert_int_equal(tax->rounding_kind, i == 2 ? 0 : ROUNDED_CREDITS_UP);
        assert_int_equal(tax->of_minor, 6333);
        if (exact[i])
            assert_string_equal(tax->exact, exact[i]);
        assert_int_equal(tax->inputs.count, 1 + i);
    }
}

CASE(what_is_left_of_a_credit_note_names_what_it_was_used_for)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = stored_invoice(&scene, submit_and_accept(&scene, 0).invoice_id);
    pay(&scene, TOTAL - 10000, invoice.reference, ALLOCATE_AUTOMATICALLY);
    struct invoice note = credit_line(&scene, invoice.id, 1, NET);
    struct request_refund in = {.credit_note_id = note.id,
                                .currency = "EUR",
                                .amount_minor = 4000,
                                .reason = "It was asked for"};
    struct refund refund;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &request_refund_operation, &in, &refund), OK);
    struct subject subject = {note.id};
    struct explanation explanation =
        explain_shown(scene.stage, scene.payer, &invoice_explained, &subject, 1);
    const struct explained_number *rest = number_named(&explanation, "rest");
    assert_int_equal(rest->amount_minor, TOTAL - 10000 - 4000);
    assert_int_equal(rest->inputs.count, 3);
    assert_int_equal(input_at(rest, 1)->kind, INPUT_INVOICE);
    assert_int_equal(input_at(rest, 1)->amount_minor, -10000);
    assert_int_equal(input_at(rest, 2)->kind, INPUT_REFUND);
    assert_true(id_equal(input_at(rest, 2)->subject_id, refund.id));
}

CASE(a_statement_names_each_open_item)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct invoice first = stored_invoice(&scene, submit_and_accept(&scene, 0).invoice_id);
    submit_and_accept(&scene, 1);
    pay(&scene, 19000, first.reference, ALLOCATE_AUTOMATICALLY);
    struct payment credit = pay(&scene, 5000, NULL, ALLOCATE_NOTHING);
    struct request_refund in = {.payment_id = credit.id,
                                .currency = "EUR",
                                .amount_minor = 1000,
                                .reason = "It was asked for"};
    struct refund refund;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &request_refund_operation, &in, &refund), OK);
    clock_set(&scene.stage->clock, moment("2016-08-30T10:00:00Z"));
    struct subject subject = {scene.scenario.client.id};
    struct explanation explanation =
        explain_shown(scene.stage, scene.payer, &statement_explained, &subject, 0);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
    assert_int_equal(explanation.numbers.count, 5);
    assert_int_equal(number_named(&explanation, "balances/0/overdue")->inputs.count, 2);
    const struct explained_number *owed = number_named(&explanation, "balances/0/credit");
    assert_int_equal(owed->amount_minor, 4000);
    assert_true(id_equal(input_at(owed, 0)->subject_id, credit.id));
    assert_string_equal(owed->label, "EUR");
    const struct explained_number *back = number_named(&explanation, "balances/0/refunds");
    assert_true(id_equal(input_at(back, 0)->subject_id, refund.id));
    assert_int_equal(number_named(&explanation, "balances/0/balance")->amount_minor,
                     2 * TOTAL - 19000 - 4000 - 1000);
}

static struct explanation explain_balance_of(struct scene *scene, const char *account,
                                             const char *from_day)
{
    struct explain_trial_balance in = {.account = account, .day = DAY_NONE, .from_day = DAY_NONE};
    struct trial_balance query = {.day = DAY_NONE};
    struct trial_balance balance;
    struct explanation explanation;
    struct stage *stage = scene->stage;
    if (from_day)
        in.from_day = stage_day(from_day);
    assert_result(
        stage, stage_perform(stage, scene->auditor, balance_explained.shown, &query, &balance), OK);
    assert_result(
        stage,
        stage_perform(stage, scene->auditor, balance_explained.explaining, &in, &explanation), OK);
    assert_all_sound(&explanation);
    for (size_t i = 0; i < explanation.numbers.count; i++) {
        const struct explained_number *number =
            LIST_AT(struct explained_number, explanation.numbers, i);
        assert_true(is_shown_at(number->name, number, balance_explained.shown->out, &balance));
    }
    return explanation;
}

/* The number of that member of the only account that is explained. */
static const struct explained_number *of_account(const struct explanation *explanation,
                                                 const char *member)
{
    for (size_t i = 0; i < explanation->numbers.count; i++) {
        const struct explained_number *number =
            LIST_AT(struct explained_number, explanation->numbers, i);
        if (strncmp(number->name, "accounts/", 9) == 0 &&
            strcmp(strrchr(number->name, '/') + 1, member) == 0)
            return number;
    }
    fail_msg("no account has a %s", member);
    return NULL;
}

CASE(a_trial_balance_names_each_movement_of_an_account)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = stored_invoice(&scene, submit_and_accept(&scene, 0).invoice_id);
    pay(&scene, 5000, invoice.reference, ALLOCATE_AUTOMATICALLY);
    struct explanation explanation = explain_balance_of(&scene, "receivable", NULL);
    const struct explained_number *debit = of_account(&explanation, "debit");
    assert_int_equal(input_at(debit, 0)->kind, INPUT_BALANCE);
    assert_true(debit->inputs.count >= 2);
    const struct explained_input *last = input_at(debit, debit->inputs.count - 1);
    assert_int_equal(last->kind, INPUT_ENTRY);
    assert_int_equal(last->amount_minor, TOTAL);
    assert_non_null(strstr(last->name, invoice.number));
    int64_t debit_minor = debit->amount_minor;

    clock_set(&scene.stage->clock, moment("2016-07-02T10:00:00Z"));
    explanation =
        explain_balance_of(&scene, "receivable", NULL); /* a month in which nothing moved */
    debit = of_account(&explanation, "debit");
    assert_int_equal(debit->amount_minor, debit_minor);
    assert_int_equal(debit->inputs.count, 1);
    explanation = explain_balance_of(&scene, "receivable", "2016-06-01");
    assert_true(of_account(&explanation, "debit")->inputs.count >= 2);
    explanation = explain_balance_of(&scene, NULL, NULL);
    assert_true(number_named(&explanation, "totals/0/debit")->inputs.count >= 3);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* What an account is kept to have moved does not follow from its postings any more, and then there
 * are more of these than can be told. */
CASE(postings_behind_the_books_back_are_found_out_or_too_many)
{
    static const char more[] =
        "WITH RECURSIVE n(k) AS (SELECT 10 UNION ALL SELECT k + 1 FROM n WHERE k < %d)"
        " INSERT INTO ledger_posting (company, entry_id, number, account, amount_minor, client_id)"
        " SELECT p.company, p.entry_id, n.k, p.account, 1, p.client_id FROM ledger_posting p"
        " CROSS JOIN n WHERE p.company = 1 AND p.account = 'output_tax' AND p.number < 10";
    static const char undo[] = "DELETE FROM ledger_posting WHERE number >= 10";
    struct scene scene;
    scene_set(&scene, *state, NULL);
    submit_and_accept(&scene, 0);
    struct explain_trial_balance in = {"output_tax", DAY_NONE, DAY_NONE};
    struct explanation explanation;
    struct stage *stage = scene.stage;
    const struct operation *explaining = &explain_trial_balance_operation;
    forge(stage, arena_format(stage->arena, more, 10));
    assert_result(stage, stage_perform(stage, scene.auditor, explaining, &in, &explanation), OK);
    assert_false(of_account(&explanation, "debit")->is_sound);
    assert_true(of_account(&explanation, "credit")->is_sound);
    forge(stage, undo);
    forge(stage, arena_format(stage->arena, more, 10 + MOVEMENTS_LIMIT));
    assert_result(stage, stage_perform(stage, scene.auditor, explaining, &in, &explanation),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "from_day");
    forge(stage, undo);
}

CASE(accounts_and_days_that_cannot_be_told_are_refused)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct explain_trial_balance in = {.account = "9999", .day = DAY_NONE, .from_day = DAY_NONE};
    struct explanation explanation;
    struct stage *stage = scene.stage;
    const struct operation *explaining = &explain_trial_balance_operation;
    assert_result(stage, stage_perform(stage, scene.auditor, explaining, &in, &explanation),
                  ERROR_NOT_FOUND);
    assert_string_equal(stage->fault.field, "account");
    in = (struct explain_trial_balance){"receivable", time_day(STAGE_NOW_MS),
                                        time_day(STAGE_NOW_MS) + 1};
    assert_result(stage, stage_perform(stage, scene.auditor, explaining, &in, &explanation),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "from_day");
    in.from_day = DAY_MIN;
    assert_result(stage, stage_perform(stage, scene.auditor, explaining, &in, &explanation),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "from_day");
}

CASE(a_stranger_is_told_nothing)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct invoice note = credit_line(&scene, submit_and_accept(&scene, 0).invoice_id, 1, NET);
    const struct {
        const struct operation *operation;
        struct id id;
    } subjects[] = {
        {&explain_invoice_operation, note.credited_invoice_id},
        {&explain_invoice_operation, note.id},
        {&explain_position_operation, scene.engagement.id},
        {&explain_budget_operation, scene.engagement.id},
        {&explain_client_statement_operation, scene.scenario.client.id},
    };
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        struct subject subject = {subjects[i].id}, unknown = {{{7}}};
        struct explanation explanation;
        assert_result(scene.stage,
                      stage_perform(scene.stage, scene.stranger, subjects[i].operation, &subject,
                                    &explanation),
                      ERROR_NOT_FOUND);
        assert_result(
            scene.stage,
            stage_perform(scene.stage, scene.owner, subjects[i].operation, &unknown, &explanation),
            ERROR_NOT_FOUND);
    }
}

STAGE_RUN(T(a_share_is_explained_with_all_decimals_and_where_it_was_rounded),
          T(what_is_outstanding_names_each_payment),
          T(the_position_is_explained_through_part_payments_and_credits),
          T(a_number_that_does_not_follow_from_its_inputs_is_found_out),
          T(credit_notes_are_explained_from_the_invoice_that_they_take_back),
          T(what_is_left_of_a_credit_note_names_what_it_was_used_for),
          T(a_statement_names_each_open_item), T(a_trial_balance_names_each_movement_of_an_account),
          T(postings_behind_the_books_back_are_found_out_or_too_many),
          T(accounts_and_days_that_cannot_be_told_are_refused), T(a_stranger_is_told_nothing))
