/* Objections: what the client can still do after its silence has accepted, and the invoice that
 * rests meanwhile. */
#include "action/budget.h"
#include "action/client_statement.h"
#include "action/credit_note.h"
#include "action/dispute.h"
#include "action/submission.h"
#include "action/turn.h"
#include "core/budget.h"
#include "core/client_statement.h"
#include "core/turn.h"

#include "../audit/tamper.h"
#include "billing.h"

/* Ten business days to answer and five to object, in Berlin. */
static struct contract_terms terms_with(int64_t objection_days)
{
    struct contract_terms terms;
    shape_init(&contract_terms_shape, &terms);
    terms.payment_days = 10;
    terms.acceptance_days = 10;
    terms.acceptance_day_kind = DAYS_BUSINESS;
    terms.silence = SILENCE_DEEMED;
    terms.time_zone = "Europe/Berlin";
    terms.objection_days = objection_days;
    return terms;
}

static struct submission now(struct scene *scene, struct id id)
{
    struct submission submission;
    get_row(scene->stage, &submission_shape, id, &submission);
    return submission;
}

static void start(struct scene *scene, struct stage *stage, const struct contract_terms *terms)
{
    clock_set(&stage->clock, STAGE_NOW_MS);
    scene_set(scene, stage, terms);
}

/* Handed over on Wednesday 22 June 2016, so accepted by silence with the end of Wednesday 6 July,
 * and to be objected to until the end of Wednesday 13 July. */
static struct submission deem(struct scene *scene)
{
    struct submission submission = scene_submit(scene, 0);
    set_time(scene, "2016-07-06T22:00:00Z");
    run_due_jobs(scene->stage);
    submission = now(scene, submission.id);
    assert_int_equal(submission.state, SUBMISSION_DEEMED_ACCEPTED);
    return submission;
}

static struct submission set(struct scene *scene, struct stage *stage)
{
    struct contract_terms terms = terms_with(5);
    start(scene, stage, &terms);
    return deem(scene);
}

static struct invoice invoice_of(struct scene *scene, size_t number)
{
    struct milestone milestone;
    get_row(scene->stage, &milestone_shape, scene->milestones[number].id, &milestone);
    return stored_invoice(scene, milestone.invoice_id);
}

static enum error object(struct scene *scene, struct actor actor, struct id submission_id,
                         struct dispute *out)
{
    struct open_dispute in = {submission_id, "the map was never there"};
    return stage_perform(scene->stage, actor, &open_dispute_operation, &in, out);
}

static struct dispute objected(struct scene *scene, struct id submission_id)
{
    struct dispute dispute;
    assert_result(scene->stage, object(scene, scene->approver, submission_id, &dispute), OK);
    assert_int_equal(dispute.kind, DISPUTE_OBJECTION);
    return dispute;
}

static enum error resolve(struct scene *scene, struct actor actor, struct id id,
                          int64_t credit_minor, struct dispute *out)
{
    struct end_dispute in = {id, "as we said on the phone", "EUR", credit_minor};
    return stage_perform(scene->stage, actor, &resolve_dispute_operation, &in, out);
}

static void withdraw(struct scene *scene, struct id id)
{
    struct end_dispute in = {.id = id, .note = "we found it"};
    struct dispute out;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->approver, &withdraw_dispute_operation, &in, &out), OK);
    assert_int_equal(out.state, DISPUTE_WITHDRAWN);
}

static size_t count_overdue(struct scene *scene, const char *day)
{
    struct list_invoices query = {.page.limit = 50, .engagement_id = scene->engagement.id};
    struct page page;
    query.due_before = DAY_NONE;
    query.overdue_on = stage_day(day);
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->finance, &list_invoices_operation, &query, &page), OK);
    return page.items.count;
}

static size_t count_credit_notes(struct scene *scene)
{
    struct list_invoices query = {
        .page.limit = 50,
        .engagement_id = scene->engagement.id,
        .kind = INVOICE_CREDIT_NOTE,
        .due_before = DAY_NONE,
        .overdue_on = DAY_NONE,
    };
    struct page page;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->finance, &list_invoices_operation, &query, &page), OK);
    return page.items.count;
}

static int64_t count_reminders(struct scene *scene)
{
    return scenario_events(&scene->scenario, "invoice.overdue");
}

/* ---- raising one --------------------------------------------------------------------------- */

CASE(the_client_objects_until_the_end_of_the_last_business_day)
{
    struct scene scene;
    struct dispute out;
    const char *body = NULL;
    struct submission submission = set(&scene, *state);
    assert_int_equal(submission.objection_until_at, moment("2016-07-13T21:59:59.999Z"));
    count_mail(scene.stage, scene.approver_row.email, submission.id, &body);
    assert_non_null(strstr(body, "can still object to it until the end of 13 Jul 2016"));
    set_time(&scene, "2016-07-13T22:00:00Z");
    assert_result(scene.stage, object(&scene, scene.approver, submission.id, &out), ERROR_EXPIRED);
    assert_string_equal(scene.stage->fault.field, "objection_until_at");
    assert_int_equal(now(&scene, submission.id).version, submission.version);
    set_time(&scene, "2016-07-13T21:59:00Z");
    assert_result(scene.stage, object(&scene, scene.approver, submission.id, &out), OK);
    count_mail(scene.stage, scene.manager_row.email, submission.id, &body);
    assert_non_null(strstr(body, "the map was never there"));
    assert_non_null(strstr(body, "its invoice rests"));
    assert_result(scene.stage, object(&scene, scene.approver, submission.id, &out),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "dispute");
}

CASE(a_holiday_gives_a_day_more_to_object)
{
    struct scene scene;
    const char *holidays[] = {"2016-07-08"};
    struct contract_terms terms = terms_with(5);
    terms.holidays = (struct texts){holidays, 1};
    start(&scene, *state, &terms);
    assert_int_equal(deem(&scene).objection_until_at, moment("2016-07-14T21:59:59.999Z"));
}

CASE(calendar_days_to_object_count_the_weekend)
{
    struct scene scene;
    struct contract_terms terms = terms_with(5);
    terms.acceptance_days = 14;
    terms.acceptance_day_kind = DAYS_CALENDAR;
    start(&scene, *state, &terms);
    assert_int_equal(deem(&scene).objection_until_at, moment("2016-07-11T21:59:59.999Z"));
}

CASE(without_time_given_silence_is_final)
{
    struct scene scene;
    struct dispute out;
    struct contract_terms terms = terms_with(0);
    start(&scene, *state, &terms);
    struct submission submission = deem(&scene);
    assert_int_equal(submission.objection_until_at, 0);
    assert_result(scene.stage, object(&scene, scene.approver, submission.id, &out),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "state");
}

CASE(only_the_client_objects_and_only_to_silence)
{
    struct scene scene;
    struct dispute out;
    struct submission submission = set(&scene, *state);
    assert_result(scene.stage, object(&scene, scene.manager, submission.id, &out), ERROR_FORBIDDEN);
    assert_result(scene.stage, object(&scene, scene.owner, submission.id, &out), ERROR_FORBIDDEN);
    assert_result(scene.stage, object(&scene, scene.stranger, submission.id, &out),
                  ERROR_NOT_FOUND);
    assert_result(scene.stage, object(&scene, scene.payer, submission.id, &out), ERROR_FORBIDDEN);
    struct submission said = scene_submit(&scene, 1);
    scene_accept(&scene, 1, &said);
    assert_result(scene.stage, object(&scene, scene.approver, said.id, &out), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "state");
}

/* The last milestone that silence accepts completes the engagement. */
CASE(what_completed_the_engagement_is_objected_to_all_the_same)
{
    struct scene scene;
    struct engagement engagement;
    struct submission submission = set(&scene, *state);
    get_row(scene.stage, &engagement_shape, scene.engagement.id, &engagement);
    engagement.state = ENGAGEMENT_COMPLETED;
    change_row(scene.stage, &engagement_shape, &engagement);
    struct dispute dispute = objected(&scene, submission.id);
    struct list_turns_in in = {.engagement_id = scene.engagement.id};
    struct turns turns;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.owner, &list_turns_operation, &in, &turns), OK);
    assert_int_equal(turns.items.count, 1);
    const struct turn *turn = LIST_AT(struct turn, turns.items, 0);
    assert_int_equal(turn->kind, TURN_SETTLE_DISPUTE);
    assert_int_equal(turn->side, SIDE_AGENCY);
    assert_int_equal(turn->amount_minor, TOTAL);
    withdraw(&scene, dispute.id);
}

/* ---- meanwhile ----------------------------------------------------------------------------- */

static void assert_turns(struct scene *scene, enum turn_kind there, enum turn_kind gone)
{
    struct list_turns_in in = {.engagement_id = scene->engagement.id};
    struct turns turns;
    bool is_there = false;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->approver, &list_turns_operation, &in, &turns),
                  OK);
    for (size_t i = 0; i < turns.items.count; i++) {
        const struct turn *turn = LIST_AT(struct turn, turns.items, i);
        assert_int_not_equal(turn->kind, gone);
        is_there = is_there || turn->kind == there;
    }
    assert_true(is_there);
}

static enum budget_stage invoice_stage(struct scene *scene)
{
    struct subject subject = {scene->engagement.id};
    struct budget budget;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->viewer, &show_budget_operation, &subject, &budget), OK);
    assert_int_equal(budget.outstanding_minor, TOTAL);
    for (size_t i = 0; i < budget.events.count; i++) {
        const struct budget_event *event = LIST_AT(struct budget_event, budget.events, i);
        if (event->basis == BASIS_INVOICE)
            return event->stage;
    }
    fail_msg("no event is of an invoice");
    return BUDGET_PLANNED;
}

static int64_t overdue_of_client(struct scene *scene)
{
    struct subject in = {scene->scenario.client.id};
    struct client_statement statement;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->finance, &show_client_statement_operation, &in,
                                &statement),
                  OK);
    return LIST_AT(struct client_balance, statement.balances, 0)->overdue_minor;
}

CASE(while_it_is_open_the_invoice_rests_and_is_caught_up_with_after_it)
{
    struct scene scene;
    struct submission submission = set(&scene, *state);
    assert_turns(&scene, TURN_PAY_INVOICE, TURN_SETTLE_DISPUTE);
    assert_int_equal(invoice_stage(&scene), BUDGET_INVOICED);
    struct dispute dispute = objected(&scene, submission.id);
    struct invoice invoice = invoice_of(&scene, 0);
    assert_int_not_equal(invoice.disputed_at, 0);
    set_time(&scene, "2016-07-20T10:00:00Z"); /* due on the 17th */
    run_due_jobs(scene.stage);
    assert_int_equal(count_reminders(&scene), 0);
    assert_int_equal(count_overdue(&scene, "2016-07-20"), 0);
    assert_int_equal(overdue_of_client(&scene), 0);
    assert_turns(&scene, TURN_SETTLE_DISPUTE, TURN_PAY_INVOICE);
    assert_int_equal(invoice_stage(&scene), BUDGET_DISPUTED);
    assert_sound(scene.stage);
    withdraw(&scene, dispute.id);
    assert_int_equal(invoice_of(&scene, 0).disputed_at, 0);
    assert_int_equal(count_overdue(&scene, "2016-07-20"), 1);
    assert_int_equal(overdue_of_client(&scene), TOTAL);
    assert_turns(&scene, TURN_PAY_INVOICE, TURN_SETTLE_DISPUTE);
    run_due_jobs(scene.stage);
    assert_int_equal(count_reminders(&scene), 1);
    run_due_jobs(scene.stage);
    assert_int_equal(count_reminders(&scene), 1);
}

CASE(an_objection_that_ends_before_the_due_day_leaves_one_reminder)
{
    struct scene scene;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    withdraw(&scene, dispute.id);
    set_time(&scene, "2016-07-20T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(count_reminders(&scene), 1);
}

CASE(a_reminder_that_is_late_itself_is_not_sent_twice)
{
    struct scene scene;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    set_time(&scene, "2016-07-20T10:00:00Z"); /* the job has not come yet */
    withdraw(&scene, dispute.id);
    run_due_jobs(scene.stage);
    assert_int_equal(count_reminders(&scene), 1);
}

CASE(a_payment_is_received_while_an_objection_is_open)
{
    struct scene scene;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    struct invoice invoice = invoice_of(&scene, 0);
    pay(&scene, TOTAL, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(invoice_of(&scene, 0).state, INVOICE_PAID);
    set_time(&scene, "2016-07-20T10:00:00Z");
    withdraw(&scene, dispute.id);
    run_due_jobs(scene.stage);
    assert_int_equal(count_reminders(&scene), 0);
}

CASE(what_was_taken_back_is_not_billed_again_while_an_objection_is_open)
{
    struct scene scene;
    struct invoice note, again;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    struct issue_credit_note in = {.invoice_id = invoice_of(&scene, 0).id, .reason = "wrong name"};
    struct subject subject = {scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &again),
        ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "dispute");
    withdraw(&scene, dispute.id);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &again), OK);
}

/* ---- how it ends --------------------------------------------------------------------------- */

CASE(what_both_sides_agree_on_is_credited_in_the_same_moment)
{
    struct scene scene;
    struct dispute out;
    const char *body = NULL;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, NET + 1, &out),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(scene.stage->fault.field, "credit");
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, 30000, &out), OK);
    assert_int_equal(out.state, DISPUTE_OPEN);
    assert_true(id_is_none(out.credit_note_id));
    assert_int_equal(count_credit_notes(&scene), 0);
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, 20000, &out),
                  ERROR_WRONG_STATE);
    assert_result(scene.stage, resolve(&scene, scene.manager, dispute.id, 30000, &out),
                  ERROR_FORBIDDEN); /* who delivers concedes no money */
    assert_result(scene.stage, resolve(&scene, scene.owner, dispute.id, 30000, &out), OK);
    assert_int_equal(out.state, DISPUTE_RESOLVED);
    struct invoice note = stored_invoice(&scene, out.credit_note_id);
    assert_int_equal(note.net_minor, 30000);
    assert_string_equal(note.reason, "as we said on the phone");
    struct invoice invoice = invoice_of(&scene, 0);
    assert_int_equal(invoice.credited_minor, 35700);
    assert_int_equal(invoice.disputed_at, 0);
    struct milestone milestone;
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_DEEMED_ACCEPTED);
    assert_int_equal(milestone.billing, BILLING_INVOICED);
    count_mail(scene.stage, scene.approver_row.email, submission.id, &body);
    assert_non_null(strstr(body, "300.00 EUR net of the invoice is credited"));
    assert_result(scene.stage, object(&scene, scene.approver, submission.id, &out),
                  ERROR_WRONG_STATE); /* settled is settled */
    assert_string_equal(scene.stage->fault.field, "state");
    assert_sound(scene.stage);
}

CASE(another_amount_is_an_offer_in_return)
{
    struct scene scene;
    struct dispute out;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, 50000, &out), OK);
    assert_result(scene.stage, resolve(&scene, scene.owner, dispute.id, 10000, &out), OK);
    assert_int_equal(out.state, DISPUTE_OPEN);
    assert_int_equal(out.client_at, 0);
    assert_int_equal(out.credit_minor, 10000);
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, 10000, &out), OK);
    assert_int_equal(out.state, DISPUTE_RESOLVED);
    assert_int_equal(stored_invoice(&scene, out.credit_note_id).net_minor, 10000);
    assert_int_equal(count_credit_notes(&scene), 1);
}

CASE(all_that_is_billed_can_be_conceded)
{
    struct scene scene;
    struct dispute out;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    assert_result(scene.stage, resolve(&scene, scene.owner, dispute.id, NET, &out), OK);
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, NET, &out), OK);
    assert_int_equal(invoice_of(&scene, 0).state, INVOICE_CANCELLED);
    assert_int_equal(billing_of(&scene, 0), BILLING_CREDITED);
}

/* What was offered may have been taken back in another way before the other side agrees. */
CASE(an_offer_that_is_no_longer_there_is_not_credited)
{
    struct scene scene;
    struct dispute out;
    struct invoice note;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    assert_result(scene.stage, resolve(&scene, scene.owner, dispute.id, 50000, &out), OK);
    struct credit_line line = {1, NET - 40000};
    struct issue_credit_note in = {
        .invoice_id = invoice_of(&scene, 0).id, .reason = "agreed", .lines = {&line, 1}};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, 50000, &out),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(scene.stage->fault.field, "credit");
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, 40000, &out), OK);
    assert_result(scene.stage, resolve(&scene, scene.owner, dispute.id, 40000, &out), OK);
}

CASE(an_objection_is_dismissed_and_the_acceptance_stands)
{
    struct scene scene;
    struct dispute out;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    assert_result(scene.stage, resolve(&scene, scene.manager, dispute.id, INTEGER_NONE, &out), OK);
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, 0, &out), OK);
    assert_int_equal(out.state, DISPUTE_RESOLVED);
    assert_int_equal(out.credit_minor, 0);
    assert_true(id_is_none(out.credit_note_id));
    assert_int_equal(now(&scene, submission.id).state, SUBMISSION_DEEMED_ACCEPTED);
    assert_int_equal(invoice_of(&scene, 0).credited_minor, 0);
}

/* ---- work that is collected by month ------------------------------------------------------- */

CASE(an_invoice_for_a_month_rests_until_the_last_objection_to_it_ends)
{
    struct scene scene;
    struct dispute out;
    struct contract_terms terms = terms_with(5);
    terms.billing_mode = BILLING_MONTHLY;
    terms.billing_day = 15;
    start(&scene, *state, &terms);
    struct submission first = deem(&scene);
    struct dispute dispute = objected(&scene, first.id);
    assert_result(scene.stage, resolve(&scene, scene.owner, dispute.id, 100, &out),
                  ERROR_OUT_OF_RANGE); /* nothing is billed yet */
    assert_string_equal(scene.stage->fault.field, "credit");
    struct submission second = scene_submit(&scene, 1);
    set_time(&scene, "2016-07-22T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(now(&scene, second.id).state, SUBMISSION_DEEMED_ACCEPTED);
    struct dispute other = objected(&scene, second.id);
    set_time(&scene, "2016-08-15T10:00:00Z");
    run_due_jobs(scene.stage);
    struct invoice invoice = invoice_of(&scene, 0);
    assert_int_equal(invoice.net_minor, 2 * NET);
    assert_int_equal(invoice.disputed_at, dispute.opened_at);
    assert_sound(scene.stage);
    withdraw(&scene, dispute.id);
    assert_int_not_equal(invoice_of(&scene, 0).disputed_at, 0);
    assert_result(scene.stage, resolve(&scene, scene.owner, other.id, 100, &out), OK);
    assert_result(scene.stage, resolve(&scene, scene.approver, other.id, 100, &out), OK);
    assert_int_equal(invoice_of(&scene, 0).disputed_at, 0);
    struct invoice note = stored_invoice(&scene, out.credit_note_id);
    assert_int_equal(note.net_minor, 100);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* ---- what verify holds --------------------------------------------------------------------- */

static void assert_found(struct stage *stage, const char *sql, const char *restore)
{
    forge(stage, sql);
    struct outcome outcome = audit(stage);
    assert_true(outcome.failed > 0);
    assert_non_null(strstr(outcome.text, "objections, by"));
    free(outcome.text);
    forge(stage, restore);
}

CASE(verify_finds_an_invoice_that_rests_without_reason_and_a_credit_that_was_not_agreed)
{
    struct scene scene;
    struct dispute out;
    struct submission submission = set(&scene, *state);
    struct dispute dispute = objected(&scene, submission.id);
    assert_found(scene.stage, "UPDATE dispute SET kind = 'round' WHERE kind = 'objection'",
                 "UPDATE dispute SET kind = 'objection' WHERE kind = 'round'");
    assert_result(scene.stage, resolve(&scene, scene.owner, dispute.id, 7000, &out), OK);
    assert_result(scene.stage, resolve(&scene, scene.approver, dispute.id, 7000, &out), OK);
    assert_found(scene.stage, "UPDATE dispute SET credit_minor = 6999 WHERE credit_minor = 7000",
                 "UPDATE dispute SET credit_minor = 7000 WHERE credit_minor = 6999");
    assert_found(scene.stage, "UPDATE dispute SET side = 'agency' WHERE credit_minor = 7000",
                 "UPDATE dispute SET side = 'client' WHERE credit_minor = 7000");
    assert_sound(scene.stage); /* and all scenes before it */
}

STAGE_RUN(T(the_client_objects_until_the_end_of_the_last_business_day),
          T(a_holiday_gives_a_day_more_to_object), T(calendar_days_to_object_count_the_weekend),
          T(without_time_given_silence_is_final), T(only_the_client_objects_and_only_to_silence),
          T(while_it_is_open_the_invoice_rests_and_is_caught_up_with_after_it),
          T(an_objection_that_ends_before_the_due_day_leaves_one_reminder),
          T(a_reminder_that_is_late_itself_is_not_sent_twice),
          T(a_payment_is_received_while_an_objection_is_open),
          T(what_was_taken_back_is_not_billed_again_while_an_objection_is_open),
          T(what_both_sides_agree_on_is_credited_in_the_same_moment),
          T(another_amount_is_an_offer_in_return), T(all_that_is_billed_can_be_conceded),
          T(an_offer_that_is_no_longer_there_is_not_credited),
          T(an_objection_is_dismissed_and_the_acceptance_stands),
          T(an_invoice_for_a_month_rests_until_the_last_objection_to_it_ends),
          T(verify_finds_an_invoice_that_rests_without_reason_and_a_credit_that_was_not_agreed),
          /* whose engagement is completed by hand */
          T(what_completed_the_engagement_is_objected_to_all_the_same))
