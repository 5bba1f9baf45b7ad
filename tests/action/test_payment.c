#include "action/payment.h"

#include "action/client_statement.h"
#include "action/contract_position.h"
#include "action/refund.h"
#include "billing.h"
#include "core/client_statement.h"
#include "core/contract_position.h"

static struct record_payment received(struct scene *scene, int64_t amount_minor)
{
    return (struct record_payment){
        .payment = {.client_id = scene->scenario.client.id,
                    .currency = "EUR",
                    .amount_minor = amount_minor,
                    .received_day = time_day(STAGE_NOW_MS),
                    .method = PAYMENT_BANK_TRANSFER},
        .rule = ALLOCATE_AUTOMATICALLY,
    };
}

static enum error record(struct scene *scene, struct record_payment *in, struct payment *payment)
{
    return stage_perform(scene->stage, scene->finance, &record_payment_operation, in, payment);
}

static struct allocation *allocation(const struct payment *payment, size_t i)
{
    return LIST_AT(struct allocation, payment->allocations, i);
}

CASE(a_quoted_reference_pays_its_invoice_and_settles_the_milestone)
{
    struct scene scene;
    struct payment shown;
    scene_set(&scene, *state, NULL);
    bill(&scene, 0);
    struct invoice second = bill(&scene, 1);
    struct payment payment = pay(&scene, TOTAL, second.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(strncmp(payment.number, "P-2016-", 7), 0);
    assert_int_equal(payment.allocations.count, 1);
    assert_int_equal(stored_invoice(&scene, second.id).state, INVOICE_PAID);
    assert_int_equal(billing_of(&scene, 1), BILLING_SETTLED);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    struct subject subject = {payment.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.payer, &show_payment_operation, &subject, &shown), OK);
    assert_int_equal(shown.allocations.count, 1);
    assert_int_equal(shown.allocated_minor, TOTAL);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.stranger, &show_payment_operation, &subject, &shown),
        ERROR_NOT_FOUND);
}

CASE(those_who_pay_are_told_that_it_arrived_and_what_it_paid)
{
    struct scene scene;
    struct contact payer;
    const char *body = NULL;
    scene_set(&scene, *state, NULL);
    get_row(scene.stage, &contact_shape, scene.payer.id, &payer);
    struct invoice invoice = bill(&scene, 0);
    struct payment part = pay(&scene, TOTAL - 100, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(count_mail(scene.stage, payer.email, part.id, &body), 1);
    assert_non_null(
        strstr(body, arena_format(scene.stage->arena,
                                  "Invoice %s: 1,189.00 EUR paid, 1.00 EUR left", invoice.number)));
    assert_null(strstr(body, "is over"));
    struct payment more = pay(&scene, 300, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(count_mail(scene.stage, payer.email, more.id, &body), 1);
    assert_non_null(strstr(body, "1.00 EUR paid, 0.00 EUR left"));
    assert_non_null(strstr(body, "2.00 EUR of it is over"));
}

CASE(a_reference_within_other_words_is_found_too)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    bill(&scene, 0);
    struct invoice second = bill(&scene, 1);
    const char *text = arena_format(scene.stage->arena, "thanks, our ref 77, %s", second.reference);
    pay(&scene, 1000, text, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(stored_invoice(&scene, second.id).paid_minor, 1000);
}

CASE(the_client_may_be_left_out_where_the_reference_tells)
{
    struct scene scene;
    struct payment payment;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = bill(&scene, 0);
    struct record_payment in = received(&scene, TOTAL);
    in.payment.client_id = (struct id){0};
    assert_result(scene.stage, record(&scene, &in, &payment), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "client_id");
    in.payment.payer_reference = invoice.reference;
    assert_result(scene.stage, record(&scene, &in, &payment), OK);
    assert_true(id_equal(payment.client_id, scene.scenario.client.id));
    assert_int_equal(payment.allocated_minor, TOTAL);
}

CASE(without_a_reference_the_oldest_due_is_paid_first_and_the_rest_is_credit)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct invoice first = bill(&scene, 0);
    struct invoice second = bill(&scene, 1);
    struct payment payment = pay(&scene, TOTAL + 19000, "thank you", ALLOCATE_AUTOMATICALLY);
    assert_int_equal(payment.allocations.count, 2);
    assert_int_equal(stored_invoice(&scene, first.id).state, INVOICE_PAID);
    assert_int_equal(stored_invoice(&scene, second.id).paid_minor, 19000);
    assert_int_equal(stored_invoice(&scene, second.id).state, INVOICE_PART_PAID);
    payment = pay(&scene, TOTAL, NULL, ALLOCATE_OLDEST_DUE);
    assert_int_equal(payment.allocated_minor, TOTAL - 19000);
    payment = pay(&scene, 500, NULL, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(payment.allocations.count, 0);
}

CASE(what_is_paid_too_much_by_reference_stays_credit)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct invoice first = bill(&scene, 0);
    struct invoice second = bill(&scene, 1);
    struct payment payment = pay(&scene, TOTAL + 5, second.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(payment.allocated_minor, TOTAL);
    assert_int_equal(stored_invoice(&scene, first.id).paid_minor, 0);
}

CASE(named_invoices_get_what_is_said)
{
    struct scene scene;
    struct payment payment;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice first = bill(&scene, 0);
    struct invoice second = bill(&scene, 1);
    struct allocation_part parts[] = {{second.id, 30000}, {first.id, 20000}};
    struct record_payment in = received(&scene, 60000);
    in.allocations = (struct list){parts, 2};
    parts[1].amount_minor = 30001;
    assert_result(stage, record(&scene, &in, &payment), ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "allocations/1/amount");
    assert_int_equal(stored_invoice(&scene, second.id).paid_minor, 0);
    parts[1] = parts[0];
    assert_result(stage, record(&scene, &in, &payment), ERROR_INVALID);
    assert_string_equal(stage->fault.field, "allocations/1/invoice_id");
    parts[1] = (struct allocation_part){scene.engagement.id, 1};
    assert_result(stage, record(&scene, &in, &payment), ERROR_INVALID);
    assert_string_equal(stage->fault.field, "allocations/1/invoice_id");
    parts[1] = (struct allocation_part){first.id, 20000};
    assert_result(stage, record(&scene, &in, &payment), OK);
    assert_int_equal(payment.allocated_minor, 50000);
    assert_int_equal(stored_invoice(&scene, first.id).paid_minor, 20000);
    assert_int_equal(stored_invoice(&scene, second.id).paid_minor, 30000);
}

CASE(another_clients_invoice_or_currency_is_refused)
{
    struct scene scene, other;
    struct payment payment;
    scene_set(&scene, *state, NULL);
    scene_set(&other, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice foreign = bill(&other, 0);
    struct allocation_part part = {foreign.id, 100};
    struct record_payment in = received(&scene, 100);
    in.allocations = (struct list){&part, 1};
    assert_result(stage, record(&scene, &in, &payment), ERROR_INVALID);
    assert_string_equal(stage->fault.field, "allocations/0/invoice_id");
    in = received(&scene, 100);
    in.payment.payer_reference = foreign.reference;
    assert_result(stage, record(&scene, &in, &payment), OK); /* credit: its own client's money */
    assert_int_equal(payment.allocated_minor, 0);
    in = received(&other, 100);
    in.payment.currency = "USD";
    in.allocations = (struct list){&part, 1};
    assert_result(stage, record(&other, &in, &payment), ERROR_INVALID);
    assert_string_equal(stage->fault.field, "allocations/0/currency");
    in.allocations = (struct list){0};
    in.payment.payer_reference = foreign.reference;
    assert_result(stage, record(&other, &in, &payment), OK);
    assert_int_equal(payment.allocated_minor, 0);
    assert_int_equal(stored_invoice(&other, foreign.id).paid_minor, 0);
}

CASE(payments_are_checked_and_recorded_by_finance_only)
{
    struct scene scene;
    struct payment payment;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct record_payment in = received(&scene, 100);
    in.payment.received_day += 1;
    assert_result(stage, record(&scene, &in, &payment), ERROR_INVALID);
    assert_string_equal(stage->fault.field, "received_day");
    in = received(&scene, 100);
    in.payment.client_id = scene.engagement.id;
    assert_result(stage, record(&scene, &in, &payment), ERROR_INVALID);
    assert_string_equal(stage->fault.field, "client_id");
    in = received(&scene, 100);
    assert_result(stage,
                  stage_perform(stage, scene.payer, &record_payment_operation, &in, &payment),
                  ERROR_FORBIDDEN);
    assert_result(stage,
                  stage_perform(stage, scene.manager, &record_payment_operation, &in, &payment),
                  ERROR_FORBIDDEN);
}

CASE(credit_is_applied_later)
{
    struct scene scene;
    struct payment applied;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct payment payment = pay(&scene, TOTAL, NULL, ALLOCATE_NOTHING);
    struct allocate in = {.id = payment.id, .rule = ALLOCATE_OLDEST_DUE};
    assert_result(stage,
                  stage_perform(stage, scene.finance, &allocate_payment_operation, &in, &applied),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "allocations");
    struct invoice invoice = bill(&scene, 0);
    assert_result(
        stage, stage_perform(stage, scene.finance, &allocate_payment_operation, &in, &applied), OK);
    assert_int_equal(applied.version, 2);
    assert_int_equal(applied.allocations.count, 1);
    assert_int_equal(stored_invoice(&scene, invoice.id).state, INVOICE_PAID);
    assert_result(stage,
                  stage_perform(stage, scene.finance, &allocate_payment_operation, &in, &applied),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "state");
    assert_result(
        stage,
        stage_perform_at(stage, scene.finance, 1, &allocate_payment_operation, &in, &applied),
        ERROR_STALE);
}

CASE(a_reversed_allocation_reopens_invoice_and_milestone)
{
    struct scene scene;
    struct allocation reversed;
    struct payment shown;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    struct payment payment = pay(&scene, TOTAL, invoice.reference, ALLOCATE_AUTOMATICALLY);
    struct reverse in = {allocation(&payment, 0)->id, "meant for another invoice"};
    assert_result(
        stage, stage_perform(stage, scene.finance, &reverse_allocation_operation, &in, &reversed),
        OK);
    assert_int_equal(reversed.state, ALLOCATION_REVERSED);
    assert_int_equal(stored_invoice(&scene, invoice.id).state, INVOICE_ISSUED);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    struct subject subject = {payment.id};
    assert_result(
        stage, stage_perform(stage, scene.finance, &show_payment_operation, &subject, &shown), OK);
    assert_int_equal(shown.allocated_minor, 0);
    assert_result(
        stage, stage_perform(stage, scene.finance, &reverse_allocation_operation, &in, &reversed),
        ERROR_WRONG_STATE);
    assert_result(
        stage, stage_perform(stage, scene.approver, &reverse_allocation_operation, &in, &reversed),
        ERROR_FORBIDDEN);
}

CASE(a_payment_recorded_by_mistake_is_taken_back)
{
    struct scene scene;
    struct payment reversed;
    struct allocation taken;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    struct payment payment = pay(&scene, 5000, invoice.reference, ALLOCATE_AUTOMATICALLY);
    struct reverse in = {payment.id, "typed twice"};
    assert_result(stage,
                  stage_perform(stage, scene.finance, &reverse_payment_operation, &in, &reversed),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "allocated");
    struct reverse allocation_in = {allocation(&payment, 0)->id, "typed twice"};
    assert_result(
        stage,
        stage_perform(stage, scene.finance, &reverse_allocation_operation, &allocation_in, &taken),
        OK);
    assert_result(
        stage, stage_perform(stage, scene.finance, &reverse_payment_operation, &in, &reversed), OK);
    assert_int_equal(reversed.state, PAYMENT_REVERSED);
    struct allocate again = {.id = payment.id, .rule = ALLOCATE_OLDEST_DUE};
    assert_result(
        stage, stage_perform(stage, scene.finance, &allocate_payment_operation, &again, &reversed),
        ERROR_WRONG_STATE);
}

/* ---- refunds ------------------------------------------------------------------------------- */

static enum error request(struct scene *scene, struct id payment_id, int64_t amount_minor,
                          struct refund *refund)
{
    struct request_refund in = {.payment_id = payment_id,
                                .currency = "EUR",
                                .amount_minor = amount_minor,
                                .reason = "paid twice"};
    return stage_perform(scene->stage, scene->finance, &request_refund_operation, &in, refund);
}

CASE(what_is_left_is_refunded_and_told)
{
    struct scene scene;
    struct refund refund;
    struct contact payer;
    const char *body;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    get_row(stage, &contact_shape, scene.payer.id, &payer);
    struct payment payment = pay(&scene, 5000, NULL, ALLOCATE_NOTHING);
    assert_result(stage, request(&scene, payment.id, 5001, &refund), ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "amount");
    assert_result(stage, request(&scene, payment.id, 5000, &refund), OK);
    assert_int_equal(strncmp(refund.number, "R-2016-", 7), 0);
    struct pay_refund in = {refund.id, time_day(STAGE_NOW_MS)};
    assert_result(stage, stage_perform(stage, scene.finance, &pay_refund_operation, &in, &refund),
                  OK);
    assert_int_equal(refund.state, REFUND_PAID);
    assert_int_equal(count_mail(stage, payer.email, refund.id, &body), 1);
    assert_non_null(strstr(body, "50.00 EUR"));
    assert_result(stage, stage_perform(stage, scene.finance, &pay_refund_operation, &in, &refund),
                  ERROR_WRONG_STATE);
    struct payment stored;
    get_row(stage, &payment_shape, payment.id, &stored);
    assert_int_equal(stored.state, PAYMENT_REFUNDED);
}

CASE(a_refund_comes_back_and_is_cancelled)
{
    struct scene scene;
    struct refund refund;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct payment payment = pay(&scene, 5000, NULL, ALLOCATE_NOTHING);
    assert_result(stage, request(&scene, payment.id, 2000, &refund), OK);
    struct pay_refund paid = {refund.id, time_day(STAGE_NOW_MS)};
    struct reverse in = {refund.id, "account closed"};
    assert_result(stage,
                  stage_perform(stage, scene.finance, &return_refund_operation, &in, &refund),
                  ERROR_WRONG_STATE);
    assert_result(stage, stage_perform(stage, scene.finance, &pay_refund_operation, &paid, &refund),
                  OK);
    assert_result(stage,
                  stage_perform(stage, scene.finance, &cancel_refund_operation, &in, &refund),
                  ERROR_WRONG_STATE);
    assert_result(stage,
                  stage_perform(stage, scene.finance, &return_refund_operation, &in, &refund), OK);
    assert_result(stage,
                  stage_perform(stage, scene.finance, &cancel_refund_operation, &in, &refund), OK);
    struct payment stored;
    get_row(stage, &payment_shape, payment.id, &stored);
    assert_int_equal(stored.refunded_minor, 0);
    assert_result(stage, request(&scene, payment.id, 5000, &refund), OK);
}

CASE(a_refund_comes_back_though_the_clock_was_set_back_before_it_was_paid)
{
    struct scene scene;
    struct refund refund;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct payment payment = pay(&scene, 5000, NULL, ALLOCATE_NOTHING);
    assert_result(stage, request(&scene, payment.id, 2000, &refund), OK);
    clock_set(&stage->clock, STAGE_NOW_MS - 60 * 60 * 1000);
    atomic_store(&stage->clock.last_id, 0); /* as after a restart */
    struct pay_refund paid = {refund.id, time_day(STAGE_NOW_MS)};
    struct reverse in = {refund.id, "account closed"};
    assert_result(stage, stage_perform(stage, scene.finance, &pay_refund_operation, &paid, &refund),
                  OK);
    assert_result(stage,
                  stage_perform(stage, scene.finance, &return_refund_operation, &in, &refund), OK);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

CASE(a_refund_names_one_source)
{
    struct scene scene;
    struct refund refund;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    struct request_refund in = {.currency = "EUR", .amount_minor = 5, .reason = "r"};
    assert_result(stage,
                  stage_perform(stage, scene.finance, &request_refund_operation, &in, &refund),
                  ERROR_INVALID);
    in.credit_note_id = invoice.id;
    assert_result(stage,
                  stage_perform(stage, scene.finance, &request_refund_operation, &in, &refund),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "credit_note_id");
    in.payment_id = invoice.id;
    in.credit_note_id = (struct id){0};
    assert_result(stage,
                  stage_perform(stage, scene.finance, &request_refund_operation, &in, &refund),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "payment_id");
}

/* ---- statement and position ---------------------------------------------------------------- */

CASE(a_statement_shows_open_items_and_credit_to_its_client)
{
    struct scene scene;
    struct client_statement statement;
    struct refund refund;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice first = bill(&scene, 0);
    bill(&scene, 1);
    pay(&scene, 19000, first.reference, ALLOCATE_AUTOMATICALLY);
    struct payment credit = pay(&scene, 5000, NULL, ALLOCATE_NOTHING);
    assert_result(stage, request(&scene, credit.id, 1000, &refund), OK);
    struct subject subject = {scene.scenario.client.id};
    assert_result(
        stage,
        stage_perform(stage, scene.payer, &show_client_statement_operation, &subject, &statement),
        OK);
    assert_int_equal(statement.invoices.count, 2);
    assert_int_equal(statement.credits.count, 1);
    assert_int_equal(statement.balances.count, 1);
    const struct client_balance *balance = LIST_AT(struct client_balance, statement.balances, 0);
    assert_int_equal(balance->outstanding_minor, 2 * TOTAL - 19000);
    assert_int_equal(balance->credit_minor, 4000);
    assert_int_equal(balance->refunds_minor, 1000);
    assert_result(stage,
                  stage_perform(stage, scene.stranger, &show_client_statement_operation, &subject,
                                &statement),
                  ERROR_NOT_FOUND);
}

CASE(both_sides_see_where_the_contract_stands)
{
    struct scene scene;
    struct contract_position position;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice first = bill(&scene, 0);
    bill(&scene, 1);
    pay(&scene, TOTAL / 2, first.reference, ALLOCATE_AUTOMATICALLY);
    struct subject subject = {scene.engagement.id};
    assert_result(
        stage,
        stage_perform(stage, scene.viewer, &show_contract_position_operation, &subject, &position),
        OK);
    assert_int_equal(position.sum_to_date_minor, SCENE_MILESTONES * NET);
    assert_int_equal(position.accepted_minor, 2 * NET);
    assert_int_equal(position.invoiced_minor, 2 * NET);
    assert_int_equal(position.paid_minor, NET / 2);
    assert_int_equal(position.left_minor, 3 * NET);
    assert_int_equal(position.paid_ppm, 100000);
    assert_result(stage,
                  stage_perform(stage, scene.stranger, &show_contract_position_operation, &subject,
                                &position),
                  ERROR_NOT_FOUND);
    pay(&scene, TOTAL, NULL, ALLOCATE_OLDEST_DUE);
    assert_result(
        stage,
        stage_perform(stage, scene.owner, &show_contract_position_operation, &subject, &position),
        OK);
    assert_int_equal(position.paid_minor, NET + NET / 2);
}

STAGE_RUN(T(a_quoted_reference_pays_its_invoice_and_settles_the_milestone),
          T(those_who_pay_are_told_that_it_arrived_and_what_it_paid),
          T(a_reference_within_other_words_is_found_too),
          T(the_client_may_be_left_out_where_the_reference_tells),
          T(without_a_reference_the_oldest_due_is_paid_first_and_the_rest_is_credit),
          T(what_is_paid_too_much_by_reference_stays_credit), T(named_invoices_get_what_is_said),
          T(another_clients_invoice_or_currency_is_refused),
          T(payments_are_checked_and_recorded_by_finance_only), T(credit_is_applied_later),
          T(a_reversed_allocation_reopens_invoice_and_milestone),
          T(a_payment_recorded_by_mistake_is_taken_back), T(what_is_left_is_refunded_and_told),
          T(a_refund_comes_back_and_is_cancelled),
          T(a_refund_comes_back_though_the_clock_was_set_back_before_it_was_paid),
          T(a_refund_names_one_source), T(a_statement_shows_open_items_and_credit_to_its_client),
          T(both_sides_see_where_the_contract_stands))
