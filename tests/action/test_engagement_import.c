#include "action/engagement_import.h"

#include <stdlib.h>

#include "../audit/tamper.h"
#include "../life.h"
#include "../scene.h"
#include "action/company.h"
#include "action/dispute.h"
#include "action/engagement_copy.h"
#include "action/milestone.h"
#include "action/progress_claim.h"

/* Copies come from company 1, whose numbers begin with 1 on each test's own stage, and go to
 * company 2. */
static const struct actor the_operator; /* what the stage takes nobody for */

static struct call call_of(struct stage *stage, int64_t company)
{
    stage->fault = (struct fault){0};
    return call_by(&stage->app, stage->arena, company, ACTOR_OPERATOR);
}

static void found_company(struct stage *stage)
{
    struct create_company in = {
        .company = {.slug = "other",
                    .name = "Other",
                    .country = "DE",
                    .currency = "EUR",
                    .time_zone = "Europe/Berlin"},
        .owner_name = "Owner",
        .owner_email = "owner@other.example",
        .owner_password = "a long enough password",
    };
    struct company company;
    struct call call = call_of(stage, 2);
    assert_result(stage,
                  perform_writing(&call, stage->writer, stage->reading, &create_company_operation,
                                  &in, &company, &stage->fault),
                  OK);
}

static struct engagement_copy copy_of(struct stage *stage, struct id engagement_id)
{
    struct engagement_copy copy;
    struct subject in = {engagement_id};
    assert_result(stage,
                  stage_perform(stage, the_operator, &export_engagement_operation, &in, &copy), OK);
    return copy;
}

/* The copy of an engagement with accepted, billed and paid work. */
static struct engagement_copy make(struct scenario *scenario, struct stage *stage)
{
    found_company(stage);
    scenario_signed(scenario, stage, 3);
    live(scenario);
    return copy_of(stage, scenario->engagement.id);
}

static enum error import(struct stage *stage, struct engagement_copy *copy)
{
    struct engagement engagement;
    struct call call = call_of(stage, 2);
    return perform_writing(&call, stage->writer, stage->reading, &import_engagement_operation, copy,
                           &engagement, &stage->fault);
}

/* Counts rows of company 2. */
static int64_t count(struct stage *stage, const char *table)
{
    int64_t counted;
    struct call call = call_of(stage, 2);
    const char *sql =
        arena_format(stage->arena, "SELECT count(*) FROM %s WHERE company = :company", table);
    call.store.session = stage->reading;
    assert_result(stage, db_begin(stage->reading, &stage->fault), OK);
    enum error error = store_count(&call.store, tables_statement(stage->app.tables, table, sql),
                                   NO_PARAMS, &counted, &stage->fault);
    db_rollback(stage->reading);
    assert_result(stage, error, OK);
    return counted;
}

static void assert_refused(struct stage *stage, struct engagement_copy *copy, enum error error,
                           const char *place)
{
    int64_t leaves = count(stage, "leaf"), contacts = count(stage, "contact");
    assert_result(stage, import(stage, copy), error);
    assert_string_equal(stage->fault.field, place);
    assert_int_equal(count(stage, "leaf"), leaves);
    assert_int_equal(count(stage, "contact"), contacts);
}

static void by_progress(struct plan *plan)
{
    scenario_planned(plan, 0)->pricing = PRICING_PROGRESS;
}

static void by_progress_monthly(struct plan *plan)
{
    by_progress(plan);
    plan->terms->billing_mode = BILLING_MONTHLY;
    plan->terms->billing_day = 15;
}

static void accept_progress(struct scene *scene)
{
    struct stage *stage = scene->stage;
    struct milestone milestone;
    struct progress_claim claim;
    struct subject first = {scene->milestones[0].id};
    struct progress_claim in = {.milestone_id = first.id, .percent_ppm = 350000};
    assert_result(
        stage, stage_perform(stage, scene->manager, &start_milestone_operation, &first, &milestone),
        OK);
    assert_result(stage,
                  stage_perform(stage, scene->manager, &claim_progress_operation, &in, &claim), OK);
    struct decide_progress_claim accept = {claim.id, NULL};
    assert_result(
        stage,
        stage_perform(stage, scene->approver, &accept_progress_claim_operation, &accept, &claim),
        OK);
}

CASE(accepted_progress_is_proven_after_an_import_too)
{
    struct stage *stage = *state;
    struct scene scene;
    found_company(stage);
    scene_set_as(&scene, stage, by_progress);
    accept_progress(&scene);
    struct engagement_copy copy = copy_of(stage, scene.engagement.id);
    assert_result(stage, import(stage, &copy), OK);
    assert_int_equal(count(stage, "progress_claim"), 1);
    assert_sound_of(stage, 2);
}

/* The job that bills its month comes with it. */
CASE(progress_that_waits_for_its_month_is_billed_after_an_import)
{
    struct stage *stage = *state;
    struct scene scene;
    found_company(stage);
    scene_set_as(&scene, stage, by_progress_monthly);
    accept_progress(&scene);
    struct engagement_copy copy = copy_of(stage, scene.engagement.id);
    assert_result(stage, import(stage, &copy), OK);
    assert_int_equal(count(stage, "invoice"), 0);
    assert_sound_of(stage, 2);
    run_until(&scene, "2016-07-15T10:00:00Z");
    assert_int_equal(count(stage, "invoice"), 1);
    assert_sound_of(stage, 2);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

/* Ten days of silence are acceptance. */
static struct contract_terms silent(void)
{
    struct contract_terms terms;
    shape_init(&contract_terms_shape, &terms);
    terms.payment_days = 10;
    terms.acceptance_days = 10;
    terms.acceptance_day_kind = DAYS_CALENDAR;
    terms.silence = SILENCE_DEEMED;
    terms.time_zone = "Europe/Berlin";
    terms.objection_days = 5;
    return terms;
}

/* The mails that asked for it stay where they were sent. */
CASE(review_goes_on_after_an_import)
{
    static const char deemed[] = "(SELECT * FROM milestone WHERE state = 'deemed_accepted') deemed";
    struct stage *stage = *state;
    struct scene scene;
    struct contract_terms terms = silent();
    found_company(stage);
    scene_set(&scene, stage, &terms);
    scene_submit(&scene, 0);
    struct engagement_copy copy = copy_of(stage, scene.engagement.id);
    assert_result(stage, import(stage, &copy), OK);
    run_until(&scene, "2016-07-02T22:00:00Z");
    assert_int_equal(count(stage, deemed), 1);
    assert_int_equal(count(stage, "invoice"), 1);
    assert_sound_of(stage, 2);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

static enum error withdraw_there(struct scene *scene, struct id dispute_id)
{
    struct end_dispute in = {.id = dispute_id, .note = "we found it"};
    struct dispute out;
    struct call call = call_of(scene->stage, 2);
    call.actor = scene->approver;
    call.store.viewer = (struct viewer){.client_id = scene->approver.client_id};
    return perform_writing(&call, scene->stage->writer, scene->stage->reading,
                           &withdraw_dispute_operation, &in, &out, &scene->stage->fault);
}

/* Its invoice rests in the other company, too, until it ends there. */
CASE(open_objection_goes_on_after_an_import)
{
    static const char open[] = "(SELECT * FROM dispute WHERE state = 'open') open_dispute";
    static const char resting[] = "(SELECT * FROM invoice WHERE disputed_at IS NOT NULL) resting";
    struct stage *stage = *state;
    struct scene scene;
    struct contract_terms terms = silent();
    struct dispute dispute;
    found_company(stage);
    scene_set(&scene, stage, &terms);
    struct open_dispute in = {scene_submit(&scene, 0).id, "the map was never there"};
    run_until(&scene, "2016-07-02T22:00:00Z");
    assert_result(stage,
                  stage_perform(stage, scene.approver, &open_dispute_operation, &in, &dispute), OK);
    struct engagement_copy copy = copy_of(stage, scene.engagement.id);
    assert_result(stage, import(stage, &copy), OK);
    assert_int_equal(count(stage, open), 1);
    assert_int_equal(count(stage, resting), 1);
    assert_sound_of(stage, 2);
    assert_result(stage, withdraw_there(&scene, dispute.id), OK);
    assert_int_equal(count(stage, open), 0);
    assert_int_equal(count(stage, resting), 0);
    assert_sound_of(stage, 2);
}

CASE(imported_engagement_is_whole_and_proven)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    int64_t leaves = count(stage, "leaf");
    assert_result(stage, import(stage, &copy), OK);
    assert_int_equal(count(stage, "leaf"), leaves + 1);
    assert_int_equal(count(stage, "milestone"), 3);
    assert_int_equal(count(stage, "estimate"), 1);
    assert_int_equal(count(stage, "approval"), 1);
    assert_int_equal(count(stage, "progress_approval"), 1);
    assert_int_equal(count(stage, "dispute"), 1);
    assert_int_equal(count(stage, "defect"), 1);
    assert_int_equal(count(stage, "price_reduction"), 1);
    assert_int_equal(count(stage, "task"), 2);
    assert_int_equal(count(stage, "task_dependency"), 1);
    assert_int_equal(count(stage, "task_slip"), 1);
    assert_int_equal(count(stage, "time_entry"), 2);
    assert_int_equal(count(stage, "earning_choice"), 1);
    assert_int_equal(count(stage, "value_snapshot"), 1);
    assert_int_equal(count(stage, "report_rhythm"), 1);
    assert_int_equal(count(stage, "status_report"), 1);
    assert_int_equal(count(stage, "baseline"), 1);
    assert_int_equal(count(stage, "obligation"), 1);
    assert_int_equal(count(stage, "obligation_slip"), 1);
    assert_int_equal(count(stage, "team_member"), 2);
    assert_int_equal(count(stage, "communication"), 1);
    assert_int_equal(count(stage, "meeting"), 1);
    assert_int_equal(count(stage, "rate_card"), 1);
    assert_int_equal(count(stage, "invoice"), 3);
    assert_int_equal(count(stage, "invoice_line"), 3);
    assert_int_equal(count(stage, "allocation"), 2);
    assert_int_equal(count(stage, "document"), (int64_t)copy.documents.count);
    assert_sound_of(stage, 2);
}

CASE(next_engagement_of_the_same_client_follows)
{
    struct stage *stage = *state;
    struct scenario first, second;
    struct engagement_copy copy = make(&first, stage);
    assert_result(stage, import(stage, &copy), OK);
    second = first;
    scenario_engagement(&second);
    copy = copy_of(stage, second.engagement.id);
    assert_result(stage, import(stage, &copy), OK);
    assert_int_equal(count(stage, "client"), 1);
    assert_int_equal(count(stage, "engagement"), 2);
    assert_sound_of(stage, 2);
}

static enum error keep_card(struct call *call, const void *input, void *output, struct fault *fault)
{
    struct rate_card card = *(const struct rate_card *)input;
    (void)output;
    happened(call, "rate_card.created", card.id, (struct id){0});
    return insert_row(call, &rate_card_shape, &card, fault);
}

static const struct operation keep_card_operation = {
    .name = "keep_card",
    .permission = PERMIT_OPERATE,
    .writes = true,
    .run = keep_card,
};

CASE(rate_card_that_is_there_stays)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    struct call call = call_of(stage, 2);
    assert_result(stage,
                  perform_writing(&call, stage->writer, stage->reading, &keep_card_operation,
                                  copy.rate_cards.rows, NULL, &stage->fault),
                  OK);
    assert_result(stage, import(stage, &copy), OK);
    assert_int_equal(count(stage, "rate_card"), 1);
    assert_sound_of(stage, 2);
}

CASE(engagement_that_is_there_is_not_imported_again)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    assert_result(stage, import(stage, &copy), OK);
    assert_refused(stage, &copy, ERROR_CONFLICT, "engagement");
}

CASE(number_out_of_turn_is_refused)
{
    struct stage *stage = *state;
    struct scenario scenario;
    make(&scenario, stage);
    scenario_signed(&scenario, stage, 1); /* its contract is the second */
    struct engagement_copy copy = copy_of(stage, scenario.engagement.id);
    assert_refused(stage, &copy, ERROR_CONFLICT, "contracts/0/number");
}

CASE(reference_to_a_row_that_is_not_in_the_file_is_refused)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    LIST_AT(struct milestone, copy.milestones, 1)->contract_id = id_make(1, 2, 3);
    assert_refused(stage, &copy, ERROR_INVALID, "milestones/1/contract_id");
}

CASE(line_of_another_invoice_is_refused)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    struct invoice *invoices = copy.invoices.rows;
    LIST_AT(struct invoice_line, invoices[1].lines, 0)->invoice_id = invoices[0].id;
    assert_refused(stage, &copy, ERROR_INVALID, "invoices/1/lines/0");
}

CASE(entry_that_does_not_balance_is_refused)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    struct ledger_entry *entry = LIST_AT(struct ledger_entry, copy.ledger_entries, 0);
    LIST_AT(struct ledger_posting, entry->postings, 0)->amount_minor++;
    assert_refused(stage, &copy, ERROR_SUM_MISMATCH, "postings");
}

CASE(two_contacts_with_one_address_are_refused)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    struct contact *contacts = copy.contacts.rows;
    contacts[2].email = contacts[1].email;
    assert_refused(stage, &copy, ERROR_CONFLICT, "contacts/2/email");
}

CASE(file_without_its_bytes_is_refused)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    LIST_AT(struct document_row, copy.documents, 0)->file_hash = hash_bytes("gone", 4);
    assert_refused(stage, &copy, ERROR_INVALID, "documents/0");
}

CASE(copy_of_another_format_is_refused)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    copy.format = "waymark-engagement/2";
    assert_refused(stage, &copy, ERROR_INVALID, "format");
}

CASE(more_rows_than_one_leaf_tells_of_are_refused)
{
    struct stage *stage = *state;
    struct scenario scenario;
    struct engagement_copy copy = make(&scenario, stage);
    copy.comments.count = CHANGES_MAX;
    copy.comments.rows = arena_array(stage->arena, CHANGES_MAX, sizeof(struct comment));
    assert_refused(stage, &copy, ERROR_TOO_LARGE, "");
}

CASE(only_the_operator_imports)
{
    stage_assert_only(*state, &import_engagement_operation, 0);
}

#define ON_A_STAGE(sentence) cmocka_unit_test_setup_teardown(sentence, stage_open, stage_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_STAGE(imported_engagement_is_whole_and_proven),
        ON_A_STAGE(accepted_progress_is_proven_after_an_import_too),
        ON_A_STAGE(progress_that_waits_for_its_month_is_billed_after_an_import),
        ON_A_STAGE(review_goes_on_after_an_import),
        ON_A_STAGE(open_objection_goes_on_after_an_import),
        ON_A_STAGE(next_engagement_of_the_same_client_follows),
        ON_A_STAGE(engagement_that_is_there_is_not_imported_again),
        ON_A_STAGE(rate_card_that_is_there_stays),
        ON_A_STAGE(number_out_of_turn_is_refused),
        ON_A_STAGE(reference_to_a_row_that_is_not_in_the_file_is_refused),
        ON_A_STAGE(line_of_another_invoice_is_refused),
        ON_A_STAGE(entry_that_does_not_balance_is_refused),
        ON_A_STAGE(two_contacts_with_one_address_are_refused),
        ON_A_STAGE(file_without_its_bytes_is_refused),
        ON_A_STAGE(copy_of_another_format_is_refused),
        ON_A_STAGE(more_rows_than_one_leaf_tells_of_are_refused),
        ON_A_STAGE(only_the_operator_imports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
