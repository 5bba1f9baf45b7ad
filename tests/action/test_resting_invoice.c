/* What an invoice that rests, as an objection to it is open, looks like wherever its due day is
 * shown. */
#include "action/billing_figure.h"
#include "action/budget.h"
#include "action/calendar.h"
#include "action/dispute.h"
#include "core/billing_figure.h"
#include "core/budget.h"
#include "core/calendar.h"

#include "billing.h"

/* Handed over on 22 June 2016, accepted by silence after ten days and objected to. */
static struct dispute set(struct scene *scene, struct stage *stage)
{
    struct contract_terms terms;
    struct dispute dispute;
    clock_set(&stage->clock, STAGE_NOW_MS);
    shape_init(&contract_terms_shape, &terms);
    terms.payment_days = 10;
    terms.acceptance_days = 10;
    terms.acceptance_day_kind = DAYS_CALENDAR;
    terms.silence = SILENCE_DEEMED;
    terms.time_zone = "Europe/Berlin";
    terms.objection_days = 5;
    scene_set(scene, stage, &terms);
    struct open_dispute in = {scene_submit(scene, 0).id, "the map was never there"};
    run_until(scene, "2016-07-02T22:00:00Z");
    assert_result(
        stage, stage_perform(stage, scene->approver, &open_dispute_operation, &in, &dispute), OK);
    assert_int_equal(dispute.kind, DISPUTE_OBJECTION);
    return dispute;
}

static void withdraw(struct scene *scene, struct id id)
{
    struct end_dispute in = {.id = id, .note = "we found it"};
    struct dispute dispute;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->approver, &withdraw_dispute_operation, &in, &dispute),
        OK);
}

static struct invoice invoice_of(struct scene *scene)
{
    struct milestone milestone;
    get_row(scene->stage, &milestone_shape, scene->milestones[0].id, &milestone);
    return stored_invoice(scene, milestone.invoice_id);
}

static const char *shown_in_calendar(struct scene *scene)
{
    struct calendar_key key;
    struct calendar_feed feed;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->payer, &make_calendar_key_operation, NULL, &key), OK);
    struct calendar_query query = {key.key};
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->payer, &show_calendar_operation, &query, &feed), OK);
    for (size_t i = 0; i < feed.entries.count; i++) {
        const struct calendar_entry *entry = LIST_AT(struct calendar_entry, feed.entries, i);
        if (entry->kind == CALENDAR_INVOICE)
            return calendar_summary(scene->stage->arena, entry);
    }
    fail_msg("no entry is of an invoice");
    return NULL;
}

static struct billing_figure figure_of(struct scene *scene)
{
    struct billing_query query = {DAY_NONE, DAY_NONE};
    struct billing_figures figures;
    struct billing_figure sum = {0};
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->finance, &report_billing_operation, &query, &figures),
        OK);
    for (size_t i = 0; i < figures.items.count; i++) {
        const struct billing_figure *figure = LIST_AT(struct billing_figure, figures.items, i);
        if (!id_equal(figure->client_id, scene->scenario.client.id))
            continue;
        sum.due_minor += figure->due_minor;
        sum.resting_minor += figure->resting_minor;
    }
    return sum;
}

static void assert_budget(struct scene *scene, bool is_resting)
{
    struct subject subject = {scene->engagement.id};
    struct budget budget;
    int64_t resting_minor = 0;
    bool found = false;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->viewer, &show_budget_operation, &subject, &budget), OK);
    for (size_t i = 0; i < budget.events.count; i++) {
        const struct budget_event *event = LIST_AT(struct budget_event, budget.events, i);
        if (event->basis != BASIS_INVOICE)
            continue;
        found = true;
        assert_int_equal(strstr(event->why, "rests, as an objection is open") != NULL, is_resting);
    }
    for (size_t i = 0; i < budget.months.count; i++)
        resting_minor += LIST_AT(struct budget_month, budget.months, i)->resting_minor;
    assert_true(found);
    assert_int_equal(resting_minor, is_resting ? TOTAL : 0);
    assert_int_equal(budget.outstanding_minor, TOTAL);
}

CASE(wherever_its_due_day_is_shown_it_says_that_it_rests)
{
    struct scene scene;
    struct dispute dispute = set(&scene, *state);
    struct billing_figure figure = figure_of(&scene);
    assert_non_null(strstr(shown_in_calendar(&scene), " rests, as an objection is open ("));
    assert_int_equal(figure.due_minor, TOTAL);
    assert_int_equal(figure.resting_minor, TOTAL);
    assert_budget(&scene, true);
    withdraw(&scene, dispute.id);
    figure = figure_of(&scene);
    assert_non_null(strstr(shown_in_calendar(&scene), " is to be paid ("));
    assert_int_equal(figure.due_minor, TOTAL);
    assert_int_equal(figure.resting_minor, 0);
    assert_budget(&scene, false);
}

/* Nothing that was issued is edited. */
CASE(its_due_day_is_the_one_that_it_was_issued_with_after_the_objection_too)
{
    struct scene scene;
    struct dispute dispute = set(&scene, *state);
    int32_t due_day = invoice_of(&scene).due_day;
    set_time(&scene, "2016-08-20T10:00:00Z");
    withdraw(&scene, dispute.id);
    assert_int_equal(invoice_of(&scene).due_day, due_day);
    assert_int_equal(invoice_of(&scene).disputed_at, 0);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* ---- disputes by their kind ---------------------------------------------------------------- */

static size_t count_disputes(struct scene *scene, enum dispute_kind kind)
{
    struct list_disputes query = {
        .page.limit = 50, .engagement_id = scene->engagement.id, .kind = kind};
    struct page page;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->viewer, &list_disputes_operation, &query, &page), OK);
    return page.items.count;
}

/* One from before there were objections has no kind, and was on a round. */
CASE(disputes_are_listed_by_kind_and_those_without_one_are_on_rounds)
{
    struct scene scene;
    struct dispute dispute = set(&scene, *state);
    struct dispute old = dispute;
    assert_int_equal(count_disputes(&scene, DISPUTE_ROUND), 0);
    old.id = new_id(&scene.stage->clock);
    old.version = 1;
    old.kind = 0;
    old.state = DISPUTE_WITHDRAWN;
    put_row(scene.stage, &dispute_shape, &old);
    assert_int_equal(count_disputes(&scene, DISPUTE_ROUND), 1);
    assert_int_equal(count_disputes(&scene, DISPUTE_OBJECTION), 1);
    assert_int_equal(count_disputes(&scene, 0), 2);
}

STAGE_RUN(T(wherever_its_due_day_is_shown_it_says_that_it_rests),
          T(its_due_day_is_the_one_that_it_was_issued_with_after_the_objection_too),
          T(disputes_are_listed_by_kind_and_those_without_one_are_on_rounds))
