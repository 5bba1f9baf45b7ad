/* What other products are known to have got wrong, from the signature to the books. The list of
 * all, and of where else they are held, is docs/public-failures.md. */
#include "action/client_statement.h"
#include "action/credit_note.h"
#include "action/earned_value.h"
#include "action/milestone.h"
#include "action/task.h"
#include "action/tracking.h"
#include "core/client_statement.h"
#include "core/earned_value.h"

#include "../audit/tamper.h"
#include "billing.h"

enum { HOUR_MS = 3600000 };

static struct invoice accept(struct scene *scene, size_t number)
{
    struct submission submission = scene_submit(scene, number);
    struct acceptance acceptance = scene_accept(scene, number, &submission);
    struct invoice invoice = {0};
    if (!id_is_none(acceptance.invoice_id))
        invoice = stored_invoice(scene, acceptance.invoice_id);
    return invoice;
}

static struct invoice *invoice_at(const struct list *invoices, size_t i)
{
    return LIST_AT(struct invoice, *invoices, i);
}

static struct client_balance balance_of(struct scene *scene)
{
    struct client_statement statement;
    struct subject subject = {scene->scenario.client.id};
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->payer, &show_client_statement_operation,
                                &subject, &statement),
                  OK);
    return statement.balances.count > 0 ? *LIST_AT(struct client_balance, statement.balances, 0)
                                        : (struct client_balance){0};
}

/* ---- shares of a sum ----------------------------------------------------------------------- */

/* The first milestones have these percentages of a total; the others are not billed. */
static void price_by_shares(struct plan *plan, int64_t total_minor, const int64_t *percents_ppm,
                            const int64_t *prices_minor, size_t count)
{
    plan->total_minor = total_minor;
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        struct plan_milestone *milestone = scenario_planned(plan, i);
        milestone->pricing = i < count ? PRICING_PERCENTAGE : PRICING_NON_BILLABLE;
        milestone->price_minor = i < count ? prices_minor[i] : 0;
        if (i < count)
            milestone->percent_ppm = percents_ppm[i];
    }
}

static void assert_all_is_billed(struct scene *scene, int64_t total_minor)
{
    struct contract_position position = scene_position(scene);
    assert_int_equal(position.sum_to_date_minor, total_minor);
    assert_int_equal(position.invoiced_minor, total_minor);
    assert_int_equal(position.left_minor, 0);
    assert_int_equal(position.invoiced_ppm, 1000000);
}

static void thirty_and_seventy(struct plan *plan)
{
    price_by_shares(plan, 14505, (int64_t[]){300000, 700000}, (int64_t[]){4352, 10153}, 2);
}

/* odoo/odoo#249836: each part was rounded for itself. */
CASE(thirty_and_seventy_percent_of_145_05_are_not_billed_as_145_06)
{
    struct scene scene;
    scene_set_as(&scene, *state, thirty_and_seventy);
    struct invoice first = accept(&scene, 0), second = accept(&scene, 1);
    assert_int_equal(first.net_minor, 4352);
    assert_int_equal(second.net_minor, 10153);
    assert_all_is_billed(&scene, 14505);
    pay(&scene, first.total_minor, first.reference, ALLOCATE_AUTOMATICALLY);
    pay(&scene, second.total_minor, second.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(scene_position(&scene).paid_minor, 14505);
    assert_int_equal(balance_of(&scene).balance_minor, 0);
}

static void two_halves(struct plan *plan)
{
    price_by_shares(plan, 1287059, (int64_t[]){500000, 500000}, (int64_t[]){643530, 643529}, 2);
}

/* odoo/odoo#125140: after two halves a last document of -0.01 remained. */
CASE(two_halves_leave_no_last_document_of_a_cent)
{
    struct scene scene;
    scene_set_as(&scene, *state, two_halves);
    assert_int_equal(accept(&scene, 0).net_minor, 643530);
    assert_int_equal(accept(&scene, 1).net_minor, 643529);
    for (size_t i = 2; i < SCENE_MILESTONES; i++)
        assert_null(accept(&scene, i).number);
    assert_int_equal(invoices_of(&scene, (struct id){0}).count, 2);
    assert_all_is_billed(&scene, 1287059);
    get_row(scene.stage, &engagement_shape, scene.engagement.id, &scene.engagement);
    assert_int_equal(scene.engagement.state, ENGAGEMENT_COMPLETED);
}

static void one_advance(struct plan *plan)
{
    price_by_shares(plan, 9999, (int64_t[]){1000000}, (int64_t[]){9999}, 1);
}

/* odoo/odoo#278984: taking back an advance of everything left a note of 0.01. */
CASE(an_advance_of_everything_is_taken_back_to_the_last_cent)
{
    struct scene scene;
    struct invoice note;
    scene_set_as(&scene, *state, one_advance);
    struct invoice invoice = accept(&scene, 0);
    assert_all_is_billed(&scene, 9999);
    struct credit_line part = {1, 3333};
    struct issue_credit_note in = {
        .invoice_id = invoice.id, .reason = "called off", .lines = {&part, 1}};
    for (int i = 0; i < 3; i++) {
        in.lines.count = i < 2; /* the last takes all that is left */
        assert_result(
            scene.stage,
            stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note),
            OK);
        assert_int_equal(note.net_minor, 3333);
        assert_int_equal(credit_note_rest(&note), 0);
    }
    assert_int_equal(stored_invoice(&scene, invoice.id).state, INVOICE_CANCELLED);
    assert_int_equal(balance_of(&scene).balance_minor, 0);
    assert_int_equal(scene_position(&scene).invoiced_minor, 0);
    assert_int_equal(scene_position(&scene).left_minor, 9999);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note),
        ERROR_WRONG_STATE);
}

/* ---- series -------------------------------------------------------------------------------- */

static void recur(struct plan *plan, const char *start, const char *end, int64_t price_minor)
{
    static struct recurrence recurrence;
    struct plan_milestone *first = scenario_planned(plan, 0);
    shape_init(&recurrence_shape, &recurrence);
    recurrence.rhythm = RHYTHM_MONTHLY;
    recurrence.start_day = stage_day(start);
    recurrence.end_day = stage_day(end);
    plan->total_minor += price_minor - first->price_minor;
    first->pricing = PRICING_RECURRING;
    first->recurrence = &recurrence;
    first->price_minor = price_minor;
}

static void three_months(struct plan *plan)
{
    recur(plan, "2016-07-01", "2016-09-30", 3000000);
}

/* frappe/erpnext#26951: the first of three equal parts came to 10,000.20. */
CASE(three_equal_parts_of_30000_are_billed_as_10000_each)
{
    struct scene scene;
    scene_set_as(&scene, *state, three_months);
    set_time(&scene, "2016-10-01T10:00:00Z");
    run_due_jobs(scene.stage);
    struct list invoices = invoices_of(&scene, (struct id){0});
    assert_int_equal(invoices.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(invoice_at(&invoices, i)->net_minor, 1000000);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

static void to_the_last_of_the_year(struct plan *plan)
{
    recur(plan, "2016-08-31", "2016-12-31", 100001);
}

static void assert_billed_until(struct scene *scene, const char *moment, size_t count,
                                const char *last_day)
{
    char day[DAY_TEXT_SIZE];
    set_time(scene, moment);
    run_due_jobs(scene->stage);
    struct list invoices = invoices_of(scene, (struct id){0});
    assert_int_equal(invoices.count, count);
    if (count == 0)
        return;
    const struct invoice *last = invoice_at(&invoices, count - 1);
    assert_string_equal(day_format(last->issue_day, day), last_day);
    assert_string_equal(day_format(last->period_start_day, day), last_day);
}

/* invoiceninja/invoiceninja#3407: the next day was computed from the last run. */
CASE(a_job_that_ran_late_does_not_move_the_invoices_after_it)
{
    struct scene scene;
    scene_set_as(&scene, *state, to_the_last_of_the_year);
    assert_billed_until(&scene, "2016-08-30T21:59:59Z", 0, NULL);
    assert_billed_until(&scene, "2016-10-03T10:00:00Z", 2, "2016-09-30"); /* three days late */
    assert_billed_until(&scene, "2016-10-30T22:59:59Z", 2, "2016-09-30");
    assert_billed_until(&scene, "2016-10-30T23:00:00Z", 3, "2016-10-31"); /* midnight in Berlin */
    assert_billed_until(&scene, "2016-12-02T10:00:00Z", 4, "2016-11-30"); /* a shorter month */
    assert_billed_until(&scene, "2016-12-31T10:00:00Z", 5, "2016-12-31");
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* invoiceninja/invoiceninja#3963: the end was taken as its midnight, and the last one never ran. */
CASE(what_falls_on_the_end_day_itself_is_billed)
{
    struct scene scene;
    int64_t billed_minor = 0;
    scene_set_as(&scene, *state, to_the_last_of_the_year);
    assert_billed_until(&scene, "2016-12-30T22:59:59Z", 4, "2016-11-30");
    assert_billed_until(&scene, "2016-12-30T23:00:00Z", 5, "2016-12-31");
    assert_billed_until(&scene, "2017-03-01T10:00:00Z", 5, "2016-12-31");
    struct list invoices = invoices_of(&scene, (struct id){0});
    for (size_t i = 0; i < invoices.count; i++)
        billed_minor += invoice_at(&invoices, i)->net_minor;
    assert_int_equal(billed_minor, 100001);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* invoiceninja/invoiceninja#2330: a job that ran every hour added the same again every hour. */
CASE(jobs_that_run_every_hour_remind_once_and_add_nothing)
{
    struct scene scene;
    struct contact payer;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = accept(&scene, 0);
    get_row(scene.stage, &contact_shape, scene.payer.id, &payer);
    for (int64_t hour = -12; hour < 3 * 24; hour++) {
        clock_set(&scene.stage->clock, (int64_t)invoice.due_day * DAY_MS + hour * HOUR_MS);
        run_due_jobs(scene.stage);
    }
    assert_int_equal(count_mail(scene.stage, payer.email, invoice.id, NULL), 2);
    assert_int_equal(stored_invoice(&scene, invoice.id).total_minor, TOTAL);
    assert_int_equal(invoices_of(&scene, (struct id){0}).count, 1);
    assert_int_equal(balance_of(&scene).outstanding_minor, TOTAL);
    assert_int_equal(balance_of(&scene).overdue_minor, TOTAL);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* ---- what is reached, and what is taken back ----------------------------------------------- */

static void cancelled_task(struct scene *scene, size_t number)
{
    struct task task, in = {.milestone_id = scene->milestones[number].id,
                            .title = "Write it",
                            .estimate_minutes = 960,
                            .planned_start_day = DAY_NONE,
                            .planned_due_day = DAY_NONE};
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->manager, &create_task_operation, &in, &task),
                  OK);
    struct subject subject = {task.id};
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->manager, &cancel_task_operation, &subject, &task), OK);
}

static void assert_nothing_reached(struct scene *scene, size_t number)
{
    struct earned_value_view value;
    struct tracking_view tracking;
    struct show_earned_value asked = {scene->engagement.id, DAY_NONE};
    struct subject subject = {scene->engagement.id};
    struct stage *stage = scene->stage;
    assert_result(
        stage, stage_perform(stage, scene->manager, &show_earned_value_operation, &asked, &value),
        OK);
    const struct earned_value *earned = LIST_AT(struct earned_value, value.milestones, number);
    assert_int_equal(earned->rule, EARN_BY_TASKS);
    assert_int_equal(earned->earned_minor, 0);
    assert_result(
        stage, stage_perform(stage, scene->manager, &show_tracking_operation, &subject, &tracking),
        OK);
    const struct tracking *row = LIST_AT(struct tracking, tracking.milestones, number);
    assert_int_equal(row->tasks, 0);
    assert_true(row->task_completion_ppm == INTEGER_NONE);
}

CASE(a_milestone_whose_tasks_are_all_cancelled_is_not_reached)
{
    struct scene scene;
    struct milestone milestone;
    struct invoice invoice;
    struct earning_choice choice;
    scene_set(&scene, *state, NULL);
    struct subject first = {scene.milestones[0].id}, second = {scene.milestones[1].id};
    struct choose_earning_rule by_tasks = {first.id, EARN_BY_TASKS};
    struct stage *stage = scene.stage;
    assert_result(
        stage,
        stage_perform(stage, scene.manager, &choose_earning_rule_operation, &by_tasks, &choice),
        OK);
    assert_result(
        stage, stage_perform(stage, scene.manager, &start_milestone_operation, &first, &milestone),
        OK);
    cancelled_task(&scene, 0);
    cancelled_task(&scene, 0);
    get_row(stage, &milestone_shape, first.id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_IN_PROGRESS);
    assert_int_equal(milestone.billing, BILLING_UNBILLED);
    assert_nothing_reached(&scene, 0);
    assert_result(stage,
                  stage_perform(stage, scene.finance, &issue_invoice_operation, &first, &invoice),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "billing");
    assert_result(
        stage, stage_perform(stage, scene.manager, &start_milestone_operation, &second, &milestone),
        ERROR_WRONG_STATE);
    assert_int_equal(scene_position(&scene).accepted_minor, 0);
}

static void assert_paper_says(struct scene *scene, struct id invoice_id, const char *what,
                              int64_t amount_minor)
{
    char amount[MONEY_TEXT_SIZE];
    const char *text = arena_format(scene->stage->arena, "\"%s\":{\"amount\":\"%s\"", what,
                                    money_format(amount_minor, "EUR", amount));
    if (!strstr(paper_of(scene->stage, invoice_id, DOCUMENT_INVOICE), text))
        fail_msg("the paper lacks %s", text);
}

/* A position is told on each invoice; "to date" of one is where the next begins. */
CASE(each_invoice_goes_on_where_the_last_document_ended)
{
    struct scene scene;
    struct invoice note;
    int64_t invoiced_minor = 0;
    scene_set(&scene, *state, NULL);
    for (size_t i = 0; i < 3; i++) {
        struct invoice invoice = accept(&scene, i);
        invoiced_minor += invoice.net_minor;
        assert_paper_says(&scene, invoice.id, "invoiced", invoiced_minor);
        assert_paper_says(&scene, invoice.id, "accepted", ((int64_t)i + 1) * NET);
        assert_paper_says(&scene, invoice.id, "sum", SCENE_MILESTONES * NET);
        struct credit_line part = {1, 33333};
        struct issue_credit_note in = {
            .invoice_id = invoice.id, .reason = "agreed", .lines = {&part, 1}};
        assert_result(
            scene.stage,
            stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note),
            OK);
        invoiced_minor -= note.net_minor;
    }
    assert_int_equal(scene_position(&scene).invoiced_minor, invoiced_minor);
    assert_int_equal(invoiced_minor, 3 * (NET - 33333));
}

/* Elsewhere a milestone could be credited as a whole only. */
CASE(a_part_of_a_milestone_is_credited_and_the_rest_stays_billed)
{
    struct scene scene;
    struct invoice note, again;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = accept(&scene, 0);
    struct credit_line part = {1, 40000};
    struct issue_credit_note in = {
        .invoice_id = invoice.id, .reason = "agreed", .lines = {&part, 1}};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    assert_int_equal(note.total_minor, 47600);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    assert_int_equal(scene_position(&scene).invoiced_minor, 60000);
    assert_int_equal(balance_of(&scene).outstanding_minor, TOTAL - 47600);
    struct subject subject = {scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &again),
        ERROR_WRONG_STATE);
    pay(&scene, TOTAL - 47600, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(billing_of(&scene, 0), BILLING_SETTLED);
    assert_int_equal(scene_position(&scene).paid_minor, 60000);
}

static int place_of(const struct invoice *invoice)
{
    return atoi(strrchr(invoice->number, '-') + 1);
}

/* A number that is taken before it is certain that the document is issued leaves a gap. */
CASE(what_is_refused_uses_up_no_number)
{
    struct scene scene;
    struct invoice refused, note, second_note;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = accept(&scene, 0);
    struct subject accepted = {scene.milestones[0].id}, open = {scene.milestones[1].id};
    struct credit_line part = {1, 100}, too_much = {1, NET};
    struct issue_credit_note in = {.invoice_id = invoice.id, .reason = "agreed"};
    struct stage *stage = scene.stage;
    in.lines = (struct list){&part, 1};
    assert_result(
        stage, stage_perform(stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    for (int i = 0; i < 3; i++) {
        in.lines.rows = &too_much;
        assert_result(
            stage,
            stage_perform(stage, scene.finance, &issue_invoice_operation, &accepted, &refused),
            ERROR_WRONG_STATE);
        assert_result(
            stage, stage_perform(stage, scene.finance, &issue_invoice_operation, &open, &refused),
            ERROR_WRONG_STATE);
        assert_result(
            stage, stage_perform(stage, scene.finance, &issue_credit_note_operation, &in, &refused),
            ERROR_OUT_OF_RANGE);
    }
    in.lines.rows = &part;
    assert_result(
        stage, stage_perform(stage, scene.finance, &issue_credit_note_operation, &in, &second_note),
        OK);
    struct invoice next = accept(&scene, 1);
    assert_int_equal(place_of(&next), place_of(&invoice) + 1);
    assert_int_equal(place_of(&second_note), place_of(&note) + 1);
}

/* ---- and all of it ------------------------------------------------------------------------- */

CASE(what_was_billed_in_these_cases_is_sound)
{
    assert_sound(*state);
}

STAGE_RUN(T(thirty_and_seventy_percent_of_145_05_are_not_billed_as_145_06),
          T(two_halves_leave_no_last_document_of_a_cent),
          T(an_advance_of_everything_is_taken_back_to_the_last_cent),
          T(three_equal_parts_of_30000_are_billed_as_10000_each),
          T(a_job_that_ran_late_does_not_move_the_invoices_after_it),
          T(what_falls_on_the_end_day_itself_is_billed),
          T(jobs_that_run_every_hour_remind_once_and_add_nothing),
          T(a_milestone_whose_tasks_are_all_cancelled_is_not_reached),
          T(each_invoice_goes_on_where_the_last_document_ended),
          T(a_part_of_a_milestone_is_credited_and_the_rest_stays_billed),
          T(what_is_refused_uses_up_no_number), T(what_was_billed_in_these_cases_is_sound))
