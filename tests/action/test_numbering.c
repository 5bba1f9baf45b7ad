#include "action/numbering.h"

#include <stdlib.h>

#include "../audit/tamper.h"
#include "../scene.h"
#include "action/company.h"
#include "action/credit_note.h"
#include "action/payment.h"
#include "action/refund.h"
#include "base/day.h"

static enum error choose(struct stage *stage, int64_t version, struct number_format format,
                         struct company *company)
{
    return stage_perform_at(stage, stage_user(USER_OWNER), version, &change_numbering_operation,
                            &format, company);
}

static struct number_format format_of(enum number_series series, const char *pattern,
                                      enum number_reset reset)
{
    return (struct number_format){
        .series = series, .pattern = pattern, .digits = 4, .reset = reset};
}

static const struct number_format shared = {.series = SERIES_CREDIT_NOTE,
                                            .drawn_from = SERIES_INVOICE};

/* What a document of today would get. */
static const char *next_of(struct stage *stage, enum number_series series)
{
    struct {
        struct list items;
    } numbering;
    assert_result(
        stage,
        stage_perform(stage, stage_user(USER_AUDITOR), &list_numbering_operation, NULL, &numbering),
        OK);
    for (size_t i = 0; i < numbering.items.count; i++) {
        const struct numbered_series *one = LIST_AT(struct numbered_series, numbering.items, i);
        if (one->series == series)
            return one->next;
    }
    fail();
    return NULL;
}

/* The next milestone of the scene, handed over, accepted and billed by that. */
static struct invoice accepted(struct scene *scene, size_t number)
{
    struct invoice invoice;
    struct submission submission = scene_submit(scene, number);
    struct acceptance acceptance = scene_accept(scene, number, &submission);
    get_row(scene->stage, &invoice_shape, acceptance.invoice_id, &invoice);
    return invoice;
}

static struct invoice credited(struct scene *scene, struct id invoice_id)
{
    struct invoice note;
    struct credit_line line = {1, 100};
    struct issue_credit_note in = {
        .invoice_id = invoice_id, .reason = "agreed", .lines = {&line, 1}};
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->finance, &issue_credit_note_operation, &in, &note), OK);
    return note;
}

/* ---- the cases ----------------------------------------------------------------------------- */

CASE(every_series_tells_its_next_number)
{
    struct stage *stage = *state;
    assert_string_equal(next_of(stage, SERIES_INVOICE), "2016-0001");
    assert_string_equal(next_of(stage, SERIES_CREDIT_NOTE), "CN-2016-0001");
    assert_string_equal(next_of(stage, SERIES_REFUND), "R-2016-0001");
    struct scenario scenario;
    scenario_signed(&scenario, stage, 1);
    assert_string_equal(scenario.contract.number, "C-2016-0001");
    assert_string_equal(next_of(stage, SERIES_CONTRACT), "C-2016-0002");
    assert_string_equal(next_of(stage, SERIES_CONTRACT), "C-2016-0002");
}

CASE(a_choice_holds_for_what_is_issued_from_then_on)
{
    struct stage *stage = *state;
    struct scene scene;
    struct company company;
    scene_set(&scene, stage, NULL);
    assert_string_equal(accepted(&scene, 0).number, "2016-0001");
    assert_result(stage,
                  choose(stage, 1,
                         format_of(SERIES_INVOICE, "RE/{year}/{number}", NUMBER_RESET_YEARLY),
                         &company),
                  OK);
    assert_int_equal(company.version, 2);
    assert_int_equal(company.numbering.count, 1);
    struct invoice second = accepted(&scene, 1);
    assert_string_equal(second.number, "RE/2016/0002"); /* the counter goes on */
    assert_result(
        stage,
        choose(stage, 2, format_of(SERIES_INVOICE, "F{number}", NUMBER_RESET_NEVER), &company), OK);
    assert_string_equal(accepted(&scene, 2).number, "F0001"); /* another counter */
    clock_set(&stage->clock, STAGE_NOW_MS + INT64_C(366) * DAY_MS);
    assert_string_equal(next_of(stage, SERIES_INVOICE), "F0002");
    assert_string_equal(next_of(stage, SERIES_PAYMENT), "P-2017-0001");
    assert_sound(stage);
}

CASE(credit_notes_can_stand_in_the_series_of_invoices)
{
    struct stage *stage = *state;
    struct scene scene;
    struct company company;
    scene_set(&scene, stage, NULL);
    struct invoice invoice = accepted(&scene, 0);
    assert_string_equal(credited(&scene, invoice.id).number, "CN-2016-0001");
    assert_result(stage, choose(stage, 1, shared, &company), OK);
    assert_string_equal(next_of(stage, SERIES_CREDIT_NOTE), "2016-0002");
    assert_string_equal(credited(&scene, invoice.id).number, "2016-0002");
    assert_string_equal(accepted(&scene, 1).number, "2016-0003");
    assert_sound(stage);
    struct number_format own =
        format_of(SERIES_CREDIT_NOTE, "CN-{year}-{number}", NUMBER_RESET_YEARLY);
    assert_result(stage, choose(stage, 2, own, &company), OK);
    assert_string_equal(credited(&scene, invoice.id).number, "CN-2016-0002");
    assert_sound(stage);
}

CASE(payers_may_quote_a_reference_of_any_time)
{
    struct stage *stage = *state;
    struct scene scene;
    struct company company;
    struct payment paid;
    scene_set(&scene, stage, NULL);
    struct invoice before = accepted(&scene, 0);
    assert_result(stage,
                  choose(stage, 1,
                         format_of(SERIES_INVOICE, "RE-{year}-{number}", NUMBER_RESET_YEARLY),
                         &company),
                  OK);
    struct invoice after = accepted(&scene, 1);
    assert_int_equal(strncmp(after.reference + 4, "RE20160002", 11), 0);
    const struct invoice *const quoted[] = {&after, &before};
    for (size_t i = 0; i < 2; i++) {
        struct record_payment in = {
            .payment = {.currency = "EUR",
                        .amount_minor = 100,
                        .received_day = time_day(STAGE_NOW_MS),
                        .method = PAYMENT_BANK_TRANSFER,
                        .payer_reference = quoted[i]->reference},
            .rule = ALLOCATE_AUTOMATICALLY,
        };
        assert_result(
            stage, stage_perform(stage, scene.finance, &record_payment_operation, &in, &paid), OK);
        assert_true(id_equal(paid.client_id, quoted[i]->client_id));
        assert_int_equal(paid.allocations.count, 1);
        assert_true(
            id_equal(LIST_AT(struct allocation, paid.allocations, 0)->invoice_id, quoted[i]->id));
    }
}

CASE(contracts_payments_and_refunds_are_numbered_as_chosen)
{
    struct stage *stage = *state;
    struct scene scene;
    struct company company;
    struct payment paid;
    struct refund refund;
    assert_result(
        stage,
        choose(stage, 1, format_of(SERIES_CONTRACT, "V{number}", NUMBER_RESET_NEVER), &company),
        OK);
    assert_result(
        stage,
        choose(stage, 2, format_of(SERIES_PAYMENT, "IN.{number}", NUMBER_RESET_NEVER), &company),
        OK);
    assert_result(stage,
                  choose(stage, 3,
                         format_of(SERIES_REFUND, "OUT.{year}.{number}", NUMBER_RESET_YEARLY),
                         &company),
                  OK);
    scene_set(&scene, stage, NULL);
    assert_string_equal(scene.scenario.contract.number, "V0001");
    struct record_payment in = {
        .payment = {.client_id = scene.scenario.client.id,
                    .currency = "EUR",
                    .amount_minor = 100,
                    .received_day = time_day(STAGE_NOW_MS),
                    .method = PAYMENT_BANK_TRANSFER},
        .rule = ALLOCATE_NOTHING,
    };
    assert_result(stage, stage_perform(stage, scene.finance, &record_payment_operation, &in, &paid),
                  OK);
    assert_string_equal(paid.number, "IN.0001");
    struct request_refund back = {.payment_id = paid.id, .amount_minor = 100, .reason = "unasked"};
    assert_result(
        stage, stage_perform(stage, scene.finance, &request_refund_operation, &back, &refund), OK);
    assert_string_equal(refund.number, "OUT.2016.0001");
    assert_sound(stage);
}

CASE(a_choice_that_could_repeat_a_number_changes_nothing)
{
    struct stage *stage = *state;
    struct scene scene;
    struct company company;
    struct number_format plain = format_of(SERIES_INVOICE, "{number}", NUMBER_RESET_NEVER);
    scene_set(&scene, stage, NULL);
    accepted(&scene, 0);
    assert_result(stage, choose(stage, 1, plain, &company), ERROR_CONFLICT);
    assert_string_equal(stage->fault.field, "pattern");
    assert_result(stage,
                  choose(stage, 1,
                         format_of(SERIES_REFUND, "CN{year}{number}", NUMBER_RESET_YEARLY),
                         &company),
                  ERROR_CONFLICT);
    assert_result(
        stage,
        choose(stage, 1, format_of(SERIES_INVOICE, "RE-{year}", NUMBER_RESET_YEARLY), &company),
        ERROR_INVALID);
    assert_result(stage, choose(stage, 9, plain, &company), ERROR_STALE);
    assert_result(
        stage,
        stage_perform(stage, stage_user(USER_AUDITOR), &show_company_operation, NULL, &company),
        OK);
    assert_int_equal(company.version, 1);
    assert_int_equal(company.numbering.count, 0);
    assert_string_equal(next_of(stage, SERIES_INVOICE), "2016-0002");
}

CASE(before_anything_is_issued_any_pattern_is_free)
{
    struct stage *stage = *state;
    struct company company;
    struct scene scene;
    struct number_format plain = format_of(SERIES_INVOICE, "{number}", NUMBER_RESET_NEVER);
    assert_result(stage, choose(stage, 1, plain, &company), OK);
    scene_set(&scene, stage, NULL);
    assert_string_equal(accepted(&scene, 0).number, "0001");
    assert_sound(stage);
}

CASE(only_owners_choose)
{
    stage_assert_only(*state, &change_numbering_operation, ROLE_OWNER | ROLE_OPERATOR);
}

#define ON_A_STAGE(sentence) cmocka_unit_test_setup_teardown(sentence, stage_open, stage_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_STAGE(every_series_tells_its_next_number),
        ON_A_STAGE(a_choice_holds_for_what_is_issued_from_then_on),
        ON_A_STAGE(credit_notes_can_stand_in_the_series_of_invoices),
        ON_A_STAGE(payers_may_quote_a_reference_of_any_time),
        ON_A_STAGE(contracts_payments_and_refunds_are_numbered_as_chosen),
        ON_A_STAGE(a_choice_that_could_repeat_a_number_changes_nothing),
        ON_A_STAGE(before_anything_is_issued_any_pattern_is_free),
        ON_A_STAGE(only_owners_choose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
