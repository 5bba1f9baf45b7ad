#include "action/credit_note.h"

#include "billing.h"

static enum error credit(struct scene *scene, struct id invoice_id, int64_t net_minor,
                         struct invoice *note)
{
    struct credit_line *line = arena_alloc(scene->stage->arena, sizeof *line);
    *line = (struct credit_line){1, net_minor};
    struct issue_credit_note in = {
        .invoice_id = invoice_id, .reason = "agreed", .lines = {line, net_minor != 0}};
    return stage_perform(scene->stage, scene->finance, &issue_credit_note_operation, &in, note);
}

CASE(a_full_credit_note_cancels_an_unpaid_invoice_and_its_milestone_can_be_billed_again)
{
    struct scene scene;
    struct invoice note, again;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = bill(&scene, 0);
    assert_result(scene.stage, credit(&scene, invoice.id, 0, &note), OK);
    assert_int_equal(strncmp(note.number, "CN-2016-", 8), 0);
    assert_int_equal(note.total_minor, TOTAL);
    assert_int_equal(note.lines.count, 1);
    assert_int_equal(note.state, INVOICE_PAID); /* used up on its invoice */
    struct invoice stored = stored_invoice(&scene, invoice.id);
    assert_int_equal(stored.state, INVOICE_CANCELLED);
    assert_int_equal(stored.credited_minor, TOTAL);
    assert_int_equal(billing_of(&scene, 0), BILLING_CREDITED);
    struct subject subject = {scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &again), OK);
    assert_string_not_equal(again.number, invoice.number);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    assert_result(scene.stage, credit(&scene, invoice.id, 0, &note), ERROR_WRONG_STATE);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
}

/* Dolibarr/dolibarr#31648 took back up to twice the amount; odoo/odoo#278984 left 0.01. */
CASE(parts_take_back_the_whole_and_never_more)
{
    struct scene scene;
    struct invoice note;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    assert_result(stage, credit(&scene, invoice.id, 33333, &note), OK);
    int64_t tax_minor = note.tax_minor;
    assert_int_equal(tax_minor, 6333);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    assert_int_equal(stored_invoice(&scene, invoice.id).state, INVOICE_ISSUED);
    assert_result(stage, credit(&scene, invoice.id, 66668, &note), ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "lines/0/net");
    assert_result(stage, credit(&scene, invoice.id, 33333, &note), OK);
    tax_minor += note.tax_minor;
    assert_result(stage, credit(&scene, invoice.id, 33334, &note), OK);
    assert_int_equal(tax_minor + note.tax_minor, 19000);
    struct invoice stored = stored_invoice(&scene, invoice.id);
    assert_int_equal(stored.credited_minor, TOTAL);
    assert_int_equal(stored.state, INVOICE_CANCELLED);
    assert_int_equal(billing_of(&scene, 0), BILLING_CREDITED);
}

CASE(of_a_part_paid_invoice_the_unpaid_is_lowered_and_the_rest_is_credit)
{
    struct scene scene;
    struct invoice note, used;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    struct invoice other = bill(&scene, 1);
    pay(&scene, 50000, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_result(stage, credit(&scene, invoice.id, 0, &note), OK);
    struct invoice stored = stored_invoice(&scene, invoice.id);
    assert_int_equal(stored.credited_minor, TOTAL - 50000);
    assert_int_equal(stored.paid_minor, 50000);
    assert_int_equal(stored.state, INVOICE_PAID);
    assert_int_equal(billing_of(&scene, 0), BILLING_CREDITED);
    assert_int_equal(note.state, INVOICE_PART_PAID);
    assert_int_equal(credit_note_rest(&note), 50000);
    struct allocate in = {.id = note.id, .rule = ALLOCATE_OLDEST_DUE};
    assert_result(stage,
                  stage_perform(stage, scene.finance, &allocate_credit_note_operation, &in, &used),
                  OK);
    assert_int_equal(used.state, INVOICE_PAID);
    assert_int_equal(stored_invoice(&scene, other.id).paid_minor, 50000);
    assert_result(stage,
                  stage_perform(stage, scene.finance, &allocate_credit_note_operation, &in, &used),
                  ERROR_WRONG_STATE);
    in.id = invoice.id;
    assert_result(stage,
                  stage_perform(stage, scene.finance, &allocate_credit_note_operation, &in, &used),
                  ERROR_NOT_FOUND);
}

CASE(a_part_that_closes_a_part_paid_invoice_settles_its_milestone)
{
    struct scene scene;
    struct invoice note;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = bill(&scene, 0);
    pay(&scene, TOTAL - 11900, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    assert_result(scene.stage, credit(&scene, invoice.id, 10000, &note), OK);
    assert_int_equal(stored_invoice(&scene, invoice.id).state, INVOICE_PAID);
    assert_int_equal(billing_of(&scene, 0), BILLING_SETTLED);
}

CASE(when_a_payment_bounces_after_a_credit_the_credit_steps_in)
{
    struct scene scene;
    struct invoice note;
    struct allocation reversed;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    struct payment payment = pay(&scene, 50000, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_result(stage, credit(&scene, invoice.id, 0, &note), OK);
    struct reverse in = {LIST_AT(struct allocation, payment.allocations, 0)->id, "bounced"};
    assert_result(
        stage, stage_perform(stage, scene.finance, &reverse_allocation_operation, &in, &reversed),
        OK);
    struct invoice stored = stored_invoice(&scene, invoice.id);
    assert_int_equal(stored.credited_minor, TOTAL);
    assert_int_equal(stored.paid_minor, 0);
    assert_int_equal(stored.state, INVOICE_CANCELLED);
    stored = stored_invoice(&scene, note.id);
    assert_int_equal(credit_note_rest(&stored), 0);
    assert_int_equal(billing_of(&scene, 0), BILLING_CREDITED);
}

CASE(a_credit_note_needs_a_reason_the_right_currency_and_an_invoice)
{
    struct scene scene;
    struct invoice note, other;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    struct issue_credit_note in = {.invoice_id = invoice.id, .reason = "  "};
    assert_result(stage,
                  stage_perform(stage, scene.finance, &issue_credit_note_operation, &in, &note),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "reason");
    in = (struct issue_credit_note){.invoice_id = invoice.id, .reason = "r", .currency = "USD"};
    assert_result(stage,
                  stage_perform(stage, scene.finance, &issue_credit_note_operation, &in, &note),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "currency");
    assert_result(stage,
                  stage_perform(stage, scene.payer, &issue_credit_note_operation, &in, &note),
                  ERROR_FORBIDDEN);
    assert_result(stage, credit(&scene, scene.engagement.id, 0, &note), ERROR_NOT_FOUND);
    assert_result(stage, credit(&scene, invoice.id, 0, &note), OK);
    assert_result(stage, credit(&scene, note.id, 0, &other), ERROR_INVALID);
    assert_string_equal(stage->fault.field, "invoice_id");
}

CASE(payers_are_told_what_a_credit_note_means)
{
    struct scene scene;
    struct invoice note;
    const char *body;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = bill(&scene, 0);
    struct contact payer;
    get_row(scene.stage, &contact_shape, scene.payer.id, &payer);
    assert_result(scene.stage, credit(&scene, invoice.id, 10000, &note), OK);
    assert_int_equal(count_mail(scene.stage, payer.email, note.id, &body), 1);
    assert_non_null(strstr(body, "1,071.00 EUR of the invoice is still to be paid"));
    pay(&scene, TOTAL - 11900, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_result(scene.stage, credit(&scene, invoice.id, 10000, &note), OK);
    assert_int_equal(count_mail(scene.stage, payer.email, note.id, &body), 1);
    assert_non_null(strstr(body, "119.00 EUR of it is to your credit"));
}

STAGE_RUN(T(a_full_credit_note_cancels_an_unpaid_invoice_and_its_milestone_can_be_billed_again),
          T(parts_take_back_the_whole_and_never_more),
          T(of_a_part_paid_invoice_the_unpaid_is_lowered_and_the_rest_is_credit),
          T(a_part_that_closes_a_part_paid_invoice_settles_its_milestone),
          T(when_a_payment_bounces_after_a_credit_the_credit_steps_in),
          T(a_credit_note_needs_a_reason_the_right_currency_and_an_invoice),
          T(payers_are_told_what_a_credit_note_means))
