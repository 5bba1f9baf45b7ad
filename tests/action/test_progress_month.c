/* Progress of a contract that collects invoices by calendar month, from its acceptance to the
 * invoice. The stage opens on 2016-06-22; the days are those of Europe/Berlin. */
#include "../audit/tamper.h"
#include "action/budget.h"
#include "action/change_order.h"
#include "action/credit_note.h"
#include "action/engagement_copy.h"
#include "action/explanation.h"
#include "action/submission.h"
#include "base/limits.h"
#include "bundle.h"
#include "core/budget.h"
#include "core/engagement_copy.h"
#include "core/explanation.h"
#include "progress.h"

static void collect_monthly(struct plan *plan)
{
    by_progress(plan);
    plan->terms->billing_mode = BILLING_MONTHLY;
    plan->terms->billing_day = 15;
}

static void set(struct scene *scene, struct stage *stage)
{
    scene_set_as(scene, stage, collect_monthly);
    start(scene, 0);
}

static struct acceptance submit_and_accept(struct scene *scene, size_t number)
{
    struct submission submission = scene_submit(scene, number);
    return scene_accept(scene, number, &submission);
}

static struct list bill_until(struct scene *scene, const char *time)
{
    set_time(scene, time);
    run_due_jobs(scene->stage);
    return invoices_of(scene, (struct id){0});
}

static struct invoice shown_invoice(struct scene *scene, const struct list *invoices, size_t i)
{
    struct subject subject = {LIST_AT(struct invoice, *invoices, i)->id};
    struct invoice invoice;
    assert_true(i < invoices->count);
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->payer, &show_invoice_operation, &subject, &invoice), OK);
    return invoice;
}

static void assert_line(const struct invoice *invoice, size_t i, const char *description,
                        int64_t net_minor, struct id claim_id)
{
    assert_true(i < invoice->lines.count);
    const struct invoice_line *line = LIST_AT(struct invoice_line, invoice->lines, i);
    assert_string_equal(line->description, description);
    assert_int_equal(line->net_minor, net_minor);
    assert_true(id_equal(line->progress_claim_id, claim_id));
    assert_int_equal(id_is_none(line->certificate_id), !id_is_none(claim_id));
}

static void assert_days(const struct invoice *invoice, const char *start, const char *end,
                        const char *issued)
{
    char day[DAY_TEXT_SIZE];
    assert_string_equal(day_format(invoice->period_start_day, day), start);
    assert_string_equal(day_format(invoice->period_end_day, day), end);
    assert_string_equal(day_format(invoice->issue_day, day), issued);
    assert_int_equal(invoice->due_day, invoice->issue_day + 30);
}

static struct id invoice_of(struct scene *scene, const struct progress_claim *progress)
{
    struct progress_claim stored;
    get_row(scene->stage, &progress_claim_shape, progress->id, &stored);
    return stored.invoice_id;
}

/* ---- billing ------------------------------------------------------------------------------- */

CASE(a_months_progress_and_acceptances_are_one_invoice_with_a_line_for_each)
{
    static const struct id none = {0};
    struct scene scene;
    set(&scene, *state);
    struct progress_claim first = accepted(&scene, 350000);
    assert_true(id_is_none(first.invoice_id));
    assert_int_equal(first_of(&scene).claimed_minor, 35000);
    set_time(&scene, "2016-06-24T10:00:00Z");
    struct progress_claim second = accepted(&scene, 600000);
    struct acceptance acceptance = submit_and_accept(&scene, 0);
    set_time(&scene, "2016-06-30T21:59:58Z"); /* still June in Berlin */
    submit_and_accept(&scene, 1);
    assert_int_equal(acceptance.billing, BILLING_BILLABLE);
    assert_int_equal(scene_position(&scene).accepted_minor, PRICE + NET);
    assert_int_equal(scene_position(&scene).invoiced_minor, 0);
    assert_sound(scene.stage);
    assert_int_equal(bill_until(&scene, "2016-07-14T21:59:59Z").count, 0);
    struct list invoices = bill_until(&scene, "2016-07-14T22:00:00Z");
    assert_int_equal(invoices.count, 1);
    struct invoice invoice = shown_invoice(&scene, &invoices, 0);
    assert_days(&invoice, "2016-06-01", "2016-06-30", "2016-07-15");
    assert_int_equal(invoice.lines.count, 4);
    assert_line(&invoice, 0, "M1 Milestone number 1\nprogress 0% to 35%", 35000, first.id);
    assert_line(&invoice, 1, "M1 Milestone number 1\nprogress 35% to 60%", 25001, second.id);
    assert_line(&invoice, 2, "M1 Milestone number 1\nprogress 60% to 100%", PRICE - 60001, none);
    assert_line(&invoice, 3, "M2 Milestone number 2", NET, none);
    assert_true(id_equal(invoice_of(&scene, &first), invoice.id));
    assert_true(id_equal(invoice_of(&scene, &second), invoice.id));
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    assert_int_equal(scene_position(&scene).invoiced_minor, PRICE + NET);
    const char *paper = paper_of(scene.stage, invoice.id, DOCUMENT_INVOICE);
    assert_non_null(strstr(paper, "\"work\":[{\"milestone_code\":\"M1\""));
    assert_non_null(strstr(paper, "\"progress_claim_id\":\""));
    const char *mail;
    struct contact payer;
    get_row(scene.stage, &contact_shape, scene.payer.id, &payer);
    assert_int_equal(count_mail(scene.stage, payer.email, invoice.id, &mail), 1);
    assert_non_null(strstr(mail, "this work has been accepted, and here is its invoice:"));
    assert_sound(scene.stage);
    pay(&scene, invoice.total_minor, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(billing_of(&scene, 0), BILLING_SETTLED);
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_month_of_one_claim_alone_is_billed_as_that)
{
    struct scene scene;
    set(&scene, *state);
    struct progress_claim progress = accepted(&scene, 350000);
    struct list invoices = bill_until(&scene, "2016-07-15T10:00:00Z");
    assert_int_equal(invoices.count, 1);
    struct invoice invoice = shown_invoice(&scene, &invoices, 0);
    assert_line(&invoice, 0, "M1 Milestone number 1\nprogress 0% to 35%", 35000, progress.id);
    assert_true(id_equal(invoice.milestone_id, scene.milestones[0].id));
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(missed_months_bill_their_progress_each_with_its_own_date_and_only_once)
{
    struct scene scene;
    set(&scene, *state);
    struct progress_claim june = accepted(&scene, 350000);
    set_time(&scene, "2016-07-31T21:30:00Z"); /* still July in Berlin */
    struct progress_claim july = accepted(&scene, 600000);
    set_time(&scene, "2016-07-31T22:30:00Z");
    struct progress_claim august = accepted(&scene, 800000);
    set_time(&scene, "2016-09-01T10:00:00Z");
    submit_and_accept(&scene, 0);
    struct list invoices = bill_until(&scene, "2016-12-20T10:00:00Z");
    assert_int_equal(invoices.count, 4);
    static const char *const days[][3] = {{"2016-06-01", "2016-06-30", "2016-07-15"},
                                          {"2016-07-01", "2016-07-31", "2016-08-15"},
                                          {"2016-08-01", "2016-08-31", "2016-09-15"},
                                          {"2016-09-01", "2016-09-30", "2016-10-15"}};
    const struct id claims[] = {june.id, july.id, august.id, {{0}}};
    int64_t net_minor = 0;
    for (size_t i = 0; i < 4; i++) {
        struct invoice invoice = shown_invoice(&scene, &invoices, i);
        assert_days(&invoice, days[i][0], days[i][1], days[i][2]);
        assert_int_equal(invoice.lines.count, 1);
        assert_true(
            id_equal(LIST_AT(struct invoice_line, invoice.lines, 0)->progress_claim_id, claims[i]));
        net_minor += invoice.net_minor;
    }
    assert_int_equal(net_minor, PRICE);
    assert_int_equal(bill_until(&scene, "2016-12-21T10:00:00Z").count, 4);
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_month_of_more_than_an_invoice_has_lines_is_billed_in_portions)
{
    static const int64_t step_ppm = 900;
    struct scene scene;
    set(&scene, *state);
    for (int64_t i = 1; i <= LIST_LIMIT + 1; i++)
        accepted(&scene, i * step_ppm);
    int64_t before = scenario_events(&scene.scenario, "invoice.issued");
    struct list invoices = bill_until(&scene, "2016-07-15T10:00:00Z");
    assert_int_equal(invoices.count, 2);
    assert_int_equal(scenario_events(&scene.scenario, "invoice.issued"), before + 2);
    for (size_t i = 0; i < invoices.count; i++) {
        struct invoice invoice = shown_invoice(&scene, &invoices, i);
        assert_days(&invoice, "2016-06-01", "2016-06-30", "2016-07-15");
        assert_int_equal(invoice.lines.count, invoice.net_minor > PRICE / 2 ? LIST_LIMIT : 1);
    }
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(progress_that_is_rejected_or_open_is_not_collected)
{
    struct scene scene;
    struct progress_claim progress;
    set(&scene, *state);
    assert_result(scene.stage, claim(&scene, 350000, &progress), OK);
    assert_result(scene.stage,
                  decide(&scene, scene.approver, &reject_progress_claim_operation, progress.id,
                         "a fifth at most", &progress),
                  OK);
    accepted(&scene, 200000);
    assert_result(scene.stage, claim(&scene, 700000, &progress), OK);
    struct list invoices = bill_until(&scene, "2016-07-15T10:00:00Z");
    assert_int_equal(invoices.count, 1);
    assert_int_equal(LIST_AT(struct invoice, invoices, 0)->net_minor, 20000);
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* ---- what both sides see of it ------------------------------------------------------------- */

static struct budget budget_of_scene(struct scene *scene)
{
    struct subject subject = {scene->engagement.id};
    struct budget budget;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->payer, &show_budget_operation, &subject, &budget), OK);
    return budget;
}

static void assert_sound_numbers(struct scene *scene, const struct operation *operation,
                                 struct id id)
{
    struct subject subject = {id};
    struct explanation explanation;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->payer, operation, &subject, &explanation), OK);
    for (size_t i = 0; i < explanation.numbers.count; i++) {
        const struct explained_number *number =
            LIST_AT(struct explained_number, explanation.numbers, i);
        if (!number->is_sound)
            print_error("%s\n", number->name);
        assert_true(number->is_sound);
    }
}

/* M1's signed day is in June, as is the claim; all else is July's. */
CASE(the_budget_shows_accepted_progress_in_its_month_before_and_after_it_is_billed)
{
    struct scene scene;
    set(&scene, *state);
    set_time(&scene, "2016-07-01T10:00:00Z");
    accepted(&scene, 350000);
    struct budget budget = budget_of_scene(&scene);
    const struct budget_event *july = LIST_AT(struct budget_event, budget.events, 0);
    char day[DAY_TEXT_SIZE];
    assert_int_equal(budget.events.count, 1);
    assert_string_equal(day_format(july->issue_day, day), "2016-08-15");
    assert_int_equal(july->parts.count, SCENE_MILESTONES + 1);
    assert_int_equal(july->net_minor, PRICE + (SCENE_MILESTONES - 1) * NET);
    int64_t total_minor = budget.total_minor;
    set_time(&scene, "2016-08-10T10:00:00Z");
    budget = budget_of_scene(&scene);
    july = LIST_AT(struct budget_event, budget.events, 0);
    assert_int_equal(budget.events.count, 2);
    assert_string_equal(day_format(july->issue_day, day), "2016-08-15");
    assert_int_equal(july->stage, BUDGET_ACCEPTED);
    assert_int_equal(july->net_minor, 35000);
    assert_string_equal(july->why, "accepted on 2016-07-01; billed on 2016-08-15; to be paid "
                                   "within 30 days");
    assert_int_equal(budget.accepted_minor, july->total_minor);
    bill_until(&scene, "2016-08-15T10:00:00Z");
    budget = budget_of_scene(&scene);
    july = LIST_AT(struct budget_event, budget.events, 0);
    assert_int_equal(budget.events.count, 2);
    assert_int_equal(july->stage, BUDGET_INVOICED);
    assert_int_equal(july->net_minor, 35000);
    assert_int_equal(budget.total_minor, total_minor);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(every_number_is_explained_before_and_after_the_month_is_billed)
{
    struct scene scene;
    set(&scene, *state);
    accepted(&scene, 350000);
    accepted(&scene, 600000);
    assert_sound_numbers(&scene, &explain_position_operation, scene.engagement.id);
    submit_and_accept(&scene, 0);
    struct list invoices = bill_until(&scene, "2016-07-15T10:00:00Z");
    assert_sound_numbers(&scene, &explain_position_operation, scene.engagement.id);
    assert_sound_numbers(&scene, &explain_invoice_operation,
                         LIST_AT(struct invoice, invoices, 0)->id);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* ---- taking back --------------------------------------------------------------------------- */

CASE(a_line_of_progress_is_taken_back_alone_and_that_of_the_acceptance_credits_the_milestone)
{
    struct scene scene;
    struct invoice again;
    set(&scene, *state);
    struct progress_claim progress = accepted(&scene, 600000);
    submit_and_accept(&scene, 0);
    struct list invoices = bill_until(&scene, "2016-07-15T10:00:00Z");
    struct id invoice_id = LIST_AT(struct invoice, invoices, 0)->id;
    struct invoice note = credit_line(&scene, invoice_id, 1, 60001);
    assert_true(
        id_equal(LIST_AT(struct invoice_line, note.lines, 0)->progress_claim_id, progress.id));
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    assert_sound(scene.stage);
    credit_line(&scene, invoice_id, 2, PRICE - 60001);
    assert_int_equal(billing_of(&scene, 0), BILLING_CREDITED);
    struct subject subject = {scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &again), OK);
    assert_int_equal(again.net_minor, PRICE - 60001);
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* ---- another day --------------------------------------------------------------------------- */

/* Signed by both sides: months are billed on another day from now on. */
static void bill_on_day(struct scene *scene, int64_t billing_day)
{
    struct contract contract;
    struct change_order order;
    get_row(scene->stage, &contract_shape, scene->scenario.contract.id, &contract);
    contract.plan->terms->billing_day = billing_day;
    struct change_order form = {
        .engagement_id = scene->engagement.id,
        .title = "Another day",
        .plan = contract.plan,
        .start_day = DAY_NONE,
        .valid_until_day = time_day(clock_now_ms(&scene->stage->clock)) + 20,
    };
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->owner, &create_change_order_operation, &form, &order),
        OK);
    struct signer signers[] = {{SIDE_AGENCY, scene->owner.id, NULL},
                               {SIDE_CLIENT, scene->approver.id, NULL}};
    struct propose_change_order propose = {order.id, {signers, 2}};
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->owner, &propose_change_order_operation,
                                &propose, &order),
                  OK);
    struct sign_contract sign = {order.id, order.document_hash, "I have read it and sign it."};
    const struct actor actors[] = {scene->owner, scene->approver};
    for (size_t i = 0; i < 2; i++)
        assert_result(
            scene->stage,
            stage_perform(scene->stage, actors[i], &sign_change_order_operation, &sign, &order),
            OK);
    assert_int_equal(order.state, CHANGE_ORDER_APPLIED);
}

CASE(a_month_that_waits_is_billed_on_its_day_though_an_order_moved_the_next_ones)
{
    struct scene scene;
    set(&scene, *state);
    accepted(&scene, 350000);
    bill_on_day(&scene, 20);
    accepted(&scene, 600000);
    struct list invoices = bill_until(&scene, "2016-07-15T10:00:00Z");
    assert_int_equal(invoices.count, 1);
    struct invoice invoice = shown_invoice(&scene, &invoices, 0);
    assert_days(&invoice, "2016-06-01", "2016-06-30", "2016-07-15");
    assert_int_equal(invoice.net_minor, 60001);
    accepted(&scene, 800000);
    invoices = bill_until(&scene, "2016-08-20T10:00:00Z");
    assert_int_equal(invoices.count, 2);
    invoice = shown_invoice(&scene, &invoices, 1);
    assert_days(&invoice, "2016-07-01", "2016-07-31", "2016-08-20");
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* ---- what is on record --------------------------------------------------------------------- */

CASE(what_is_forged_of_collected_progress_is_named)
{
    struct scene scene;
    set(&scene, *state);
    accepted(&scene, 111111);
    tamper(*state, "UPDATE job SET kind = 'bill_none' WHERE kind = 'bill_month'",
           "UPDATE job SET kind = 'bill_month' WHERE kind = 'bill_none'",
           "nothing waits to bill it");
    accepted(&scene, 444444);
    bill_until(&scene, "2016-07-15T10:00:00Z");
    assert_sound(scene.stage);
    tamper(*state,
           "UPDATE invoice_line SET progress_claim_id = (SELECT id FROM progress_claim WHERE "
           "net_minor = 33334) WHERE net_minor = 11111",
           "UPDATE invoice_line SET progress_claim_id = (SELECT id FROM progress_claim WHERE "
           "net_minor = 11111) WHERE net_minor = 11111",
           "not what its invoice bills");
    tamper(*state,
           "UPDATE invoice_line SET progress_claim_id = (SELECT id FROM milestone WHERE code = "
           "'M1' AND claimed_minor = 44445) WHERE net_minor = 11111",
           "UPDATE invoice_line SET progress_claim_id = (SELECT id FROM progress_claim WHERE "
           "net_minor = 11111) WHERE net_minor = 11111",
           "nor to accepted progress");
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_copy_has_the_claims_of_its_lines)
{
    struct scene scene;
    struct engagement_copy copy;
    set(&scene, *state);
    accepted(&scene, 350000);
    bill_until(&scene, "2016-07-15T10:00:00Z");
    struct subject subject = {scene.engagement.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, (struct actor){0}, &export_engagement_operation,
                                &subject, &copy),
                  OK);
    assert_result(scene.stage, engagement_copy_check(&copy, &scene.stage->fault), OK);
    struct invoice *invoice = LIST_AT(struct invoice, copy.invoices, 0);
    LIST_AT(struct invoice_line, invoice->lines, 0)->progress_claim_id = subject.id;
    assert_result(scene.stage, engagement_copy_check(&copy, &scene.stage->fault), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "invoices/0/lines/0/progress_claim_id");
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_bundle_proves_what_was_collected)
{
    struct scene scene;
    set(&scene, *state);
    accepted(&scene, 350000);
    accepted(&scene, 600000);
    submit_and_accept(&scene, 0);
    bill_until(&scene, "2016-07-15T10:00:00Z");
    const struct actor actors[] = {scene.owner, scene.viewer};
    for (size_t i = 0; i < 2; i++) {
        const char *text = bundle_of(scene.stage, actors[i], scene.engagement.id, 0);
        assert_bundle_holds(scene.stage, text);
        json_t *bundle = bundle_parse(text);
        assert_int_equal(bundle_count(bundle, "links", "relation", "claimed_in"), 2);
        assert_int_equal(bundle_count(bundle, "links", "relation", "billed_as"), 3);
        json_decref(bundle);
    }
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_months_progress_and_acceptances_are_one_invoice_with_a_line_for_each),
        T(a_month_of_one_claim_alone_is_billed_as_that),
        T(missed_months_bill_their_progress_each_with_its_own_date_and_only_once),
        T(a_month_of_more_than_an_invoice_has_lines_is_billed_in_portions),
        T(progress_that_is_rejected_or_open_is_not_collected),
        T(the_budget_shows_accepted_progress_in_its_month_before_and_after_it_is_billed),
        T(every_number_is_explained_before_and_after_the_month_is_billed),
        T(a_line_of_progress_is_taken_back_alone_and_that_of_the_acceptance_credits_the_milestone),
        T(a_month_that_waits_is_billed_on_its_day_though_an_order_moved_the_next_ones),
        T(what_is_forged_of_collected_progress_is_named),
        T(a_bundle_proves_what_was_collected),
        T(a_copy_has_the_claims_of_its_lines),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
