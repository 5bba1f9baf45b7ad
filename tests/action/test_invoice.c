#include "billing.h"

#include "action/company.h"
#include "action/ledger.h"
#include "base/day.h"
#include "core/reference.h"
#include "store/ledger.h"

static enum error issue(struct scene *scene, struct actor actor, size_t number,
                        struct invoice *invoice)
{
    struct subject subject = {scene->milestones[number].id};
    return stage_perform(scene->stage, actor, &issue_invoice_operation, &subject, invoice);
}

CASE(an_accepted_milestone_is_billed_with_number_entry_and_line)
{
    struct scene scene;
    struct invoice shown;
    struct ledger_entry entry;
    char reference[REFERENCE_SIZE];
    scene_set(&scene, *state, NULL);
    struct invoice invoice = bill(&scene, 0);
    struct subject subject = {invoice.id};
    assert_int_equal(strncmp(invoice.number, "2016-", 5), 0);
    assert_true(reference_parse(invoice.reference, reference));
    assert_int_equal(invoice.total_minor, TOTAL);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.payer, &show_invoice_operation, &subject, &shown), OK);
    assert_int_equal(shown.lines.count, 1);
    assert_int_equal(LIST_AT(struct invoice_line, shown.lines, 0)->net_minor, NET);
    assert_int_equal(shown.taxes.count, 1);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.auditor, &show_ledger_entry_operation, &subject, &entry),
        OK);
    assert_int_equal(entry.postings.count, 3);
    assert_int_equal(entry.day, invoice.issue_day);
}

CASE(the_invoice_has_a_paper_that_shows_where_the_contract_stands)
{
    struct scene scene;
    bool found;
    struct document_row document;
    scene_set(&scene, *state, NULL);
    bill(&scene, 0);
    struct invoice second = bill(&scene, 1);
    struct store store = {.tables = scene.stage->app.tables,
                          .session = scene.stage->reading,
                          .arena = scene.stage->arena,
                          .company = 1,
                          .viewer = {.is_agency = true}};
    const char *sql = "SELECT subject_id, kind, engagement_id, snapshot, snapshot_hash, name"
                      " FROM document WHERE company = :company AND subject_id = :subject_id";
    assert_int_equal(db_begin(scene.stage->reading, &scene.stage->fault), OK);
    assert_result(scene.stage,
                  store_find(&store, tables_statement(scene.stage->app.tables, "paper_of", sql),
                             PARAMS({"subject_id", value_id(&second.id)}), &document_shape,
                             &document, &found, &scene.stage->fault),
                  OK);
    db_rollback(scene.stage->reading);
    assert_true(found);
    assert_int_equal(document.kind, DOCUMENT_INVOICE);
    assert_non_null(strstr(document.snapshot, "\"sum\":{\"amount\":\"5000.00\""));
    assert_non_null(strstr(document.snapshot, "\"accepted\":{\"amount\":\"2000.00\""));
    assert_non_null(strstr(document.snapshot, "\"invoiced\":{\"amount\":\"2000.00\""));
    assert_non_null(strstr(document.snapshot, second.number));
}

CASE(a_milestone_is_billed_once)
{
    struct scene scene;
    struct invoice invoice;
    struct list_invoices query = {.page.limit = 50, .due_before = DAY_NONE, .overdue_on = DAY_NONE};
    struct page page;
    scene_set(&scene, *state, NULL);
    bill(&scene, 0);
    assert_result(scene.stage, issue(&scene, scene.finance, 0, &invoice), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "billing");
    assert_result(scene.stage, issue(&scene, scene.finance, 1, &invoice), ERROR_WRONG_STATE);
    query.engagement_id = scene.engagement.id;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
}

CASE(only_finance_and_owners_issue)
{
    struct scene scene;
    struct invoice invoice;
    scene_set(&scene, *state, NULL);
    accept_for_billing(&scene, 0);
    assert_result(scene.stage, issue(&scene, scene.manager, 0, &invoice), ERROR_FORBIDDEN);
    assert_result(scene.stage, issue(&scene, scene.auditor, 0, &invoice), ERROR_FORBIDDEN);
    assert_result(scene.stage, issue(&scene, scene.payer, 0, &invoice), ERROR_FORBIDDEN);
    assert_result(scene.stage, issue(&scene, scene.owner, 0, &invoice), OK);
}

CASE(clients_see_their_own_invoices_only)
{
    struct scene scene;
    struct invoice shown;
    struct page page;
    struct list_invoices query = {.page.limit = 50, .due_before = DAY_NONE, .overdue_on = DAY_NONE};
    scene_set(&scene, *state, NULL);
    struct invoice invoice = bill(&scene, 0);
    struct subject subject = {invoice.id};
    struct stage *stage = scene.stage;
    assert_result(stage,
                  stage_perform(stage, scene.stranger, &show_invoice_operation, &subject, &shown),
                  ERROR_NOT_FOUND);
    assert_result(
        stage, stage_perform(stage, scene.stranger, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 0);
    query.client_id = scene.scenario.client.id;
    assert_result(
        stage, stage_perform(stage, scene.stranger, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 0);
    assert_result(stage,
                  stage_perform(stage, scene.viewer, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
}

CASE(invoices_are_filtered_and_sorted)
{
    struct scene scene;
    struct page page;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    bill(&scene, 0);
    struct invoice middle = bill(&scene, 1);
    struct invoice last = bill(&scene, 2);
    struct list_invoices query = {.page = {.limit = 2, .sort = "-number"},
                                  .engagement_id = scene.engagement.id,
                                  .due_before = DAY_NONE,
                                  .overdue_on = DAY_NONE};
    assert_result(stage,
                  stage_perform(stage, scene.viewer, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 2);
    assert_string_equal(LIST_AT(struct invoice, page.items, 0)->number, last.number);
    assert_string_equal(LIST_AT(struct invoice, page.items, 1)->number, middle.number);
    query.page.cursor = page.next_cursor;
    assert_result(stage,
                  stage_perform(stage, scene.viewer, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
    assert_null(page.next_cursor);
    query.page = (struct page_query){.limit = 10};
    query.number = middle.number;
    assert_result(stage,
                  stage_perform(stage, scene.viewer, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
    query.number = NULL;
    query.overdue_on = middle.due_day;
    assert_result(stage,
                  stage_perform(stage, scene.viewer, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 0);
    query.overdue_on = middle.due_day + 1;
    query.milestone_id = scene.milestones[2].id;
    assert_result(stage,
                  stage_perform(stage, scene.viewer, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
    query.state = INVOICE_PAID;
    assert_result(stage,
                  stage_perform(stage, scene.viewer, &list_invoices_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 0);
    query.page.sort = "taxes";
    assert_result(stage,
                  stage_perform(stage, scene.viewer, &list_invoices_operation, &query, &page),
                  ERROR_INVALID);
}

static const char *email_of(struct scene *scene, struct id contact_id)
{
    struct contact contact;
    get_row(scene->stage, &contact_shape, contact_id, &contact);
    return contact.email;
}

static void open_account(struct scene *scene, const char *iban)
{
    struct company company;
    struct company changed;
    struct actor owner = scenario_owner(&scene->scenario);
    assert_result(scene->stage,
                  stage_perform(scene->stage, owner, &show_company_operation, NULL, &company), OK);
    company.iban = iban;
    assert_result(scene->stage,
                  stage_perform_at(scene->stage, owner, company.version, &change_company_operation,
                                   &company, &changed),
                  OK);
}

CASE(those_who_pay_are_told_and_reminded_once_it_is_overdue)
{
    struct scene scene;
    const char *body;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct client client;
    get_row(stage, &client_shape, scene.scenario.client.id, &client);
    client.billing_email = arena_format(stage->arena, "ap-%s", email_of(&scene, scene.payer.id));
    change_row(stage, &client_shape, &client);
    open_account(&scene, "DE89370400440532013000");
    struct invoice invoice = bill(&scene, 0);
    open_account(&scene, NULL);
    const char *payer = email_of(&scene, scene.payer.id);
    char reference[REFERENCE_PRINT_SIZE];
    assert_int_equal(count_mail(stage, payer, invoice.id, &body), 1);
    assert_non_null(strstr(body, reference_print(invoice.reference, reference)));
    assert_non_null(strstr(body, "1,190.00 EUR"));
    assert_non_null(strstr(body, "DE89 3704 0044 0532 0130 00"));
    assert_int_equal(count_mail(stage, client.billing_email, invoice.id, NULL), 1);
    assert_int_equal(count_mail(stage, email_of(&scene, scene.viewer.id), invoice.id, NULL), 0);
    pay(&scene, 19000, invoice.reference, ALLOCATE_AUTOMATICALLY);
    int64_t day_ms = DAY_MS;
    clock_set(&stage->clock, (int64_t)invoice.due_day * day_ms + day_ms / 2);
    run_due_jobs(stage);
    assert_int_equal(count_mail(stage, payer, invoice.id, NULL), 1);
    clock_set(&stage->clock, (int64_t)(invoice.due_day + 1) * day_ms + day_ms / 2);
    run_due_jobs(stage);
    assert_int_equal(count_mail(stage, payer, invoice.id, &body), 2);
    assert_non_null(strstr(body, "1,000.00 EUR"));
    clock_set(&stage->clock, (int64_t)(invoice.due_day + 40) * day_ms);
    run_due_jobs(stage);
    assert_int_equal(count_mail(stage, payer, invoice.id, NULL), 2);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

CASE(nobody_is_reminded_of_what_is_paid)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    pay(&scene, TOTAL, invoice.reference, ALLOCATE_AUTOMATICALLY);
    clock_set(&stage->clock, (int64_t)(invoice.due_day + 2) * DAY_MS);
    run_due_jobs(stage);
    assert_int_equal(count_mail(stage, email_of(&scene, scene.payer.id), invoice.id, NULL), 1);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

CASE(who_pays_is_reminded_of_what_is_open_again_after_its_due_day)
{
    struct scene scene;
    struct allocation reversed;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    const char *payer = email_of(&scene, scene.payer.id);
    struct invoice invoice = bill(&scene, 0);
    struct payment payment = pay(&scene, TOTAL, invoice.reference, ALLOCATE_AUTOMATICALLY);
    clock_set(&stage->clock, (int64_t)(invoice.due_day + 2) * DAY_MS);
    run_due_jobs(stage);
    assert_int_equal(count_mail(stage, payer, invoice.id, NULL), 1);
    struct reverse in = {LIST_AT(struct allocation, payment.allocations, 0)->id, "it bounced"};
    assert_result(
        stage, stage_perform(stage, scene.finance, &reverse_allocation_operation, &in, &reversed),
        OK);
    run_due_jobs(stage);
    assert_int_equal(count_mail(stage, payer, invoice.id, NULL), 2);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

CASE(approvers_are_told_where_nobody_is_named_to_pay)
{
    struct scene scene;
    struct client client;
    struct contact payer;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    get_row(stage, &client_shape, scene.scenario.client.id, &client);
    client.billing_email = NULL;
    change_row(stage, &client_shape, &client);
    struct invoice before = bill(&scene, 0);
    const char *approver = email_of(&scene, scene.approver.id);
    get_row(stage, &contact_shape, scene.payer.id, &payer);
    payer.disabled_at = STAGE_NOW_MS;
    change_row(stage, &contact_shape, &payer);
    struct invoice invoice = bill(&scene, 1);
    assert_int_equal(count_mail(stage, approver, before.id, NULL), 0);
    assert_int_equal(count_mail(stage, payer.email, before.id, NULL), 1);
    assert_int_equal(count_mail(stage, approver, invoice.id, NULL), 1);
    assert_int_equal(count_mail(stage, payer.email, invoice.id, NULL), 0);
    clock_set(&stage->clock, (int64_t)(invoice.due_day + 2) * DAY_MS);
    run_due_jobs(stage);
    assert_int_equal(count_mail(stage, approver, invoice.id, NULL), 2);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

CASE(a_series_starts_anew_each_year_of_the_company)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    /* 23:30 UTC on New Year's Eve is 2018 in Berlin already */
    clock_set(&stage->clock, INT64_C(1514763000000));
    struct invoice first = bill(&scene, 0);
    struct invoice second = bill(&scene, 1);
    assert_string_equal(first.number, "2018-0001");
    assert_string_equal(second.number, "2018-0002");
    assert_int_equal(first.issue_day, 17532); /* 2018-01-01 */
    clock_set(&stage->clock, STAGE_NOW_MS);
}

STAGE_RUN(T(an_accepted_milestone_is_billed_with_number_entry_and_line),
          T(the_invoice_has_a_paper_that_shows_where_the_contract_stands),
          T(a_milestone_is_billed_once), T(only_finance_and_owners_issue),
          T(clients_see_their_own_invoices_only), T(invoices_are_filtered_and_sorted),
          T(those_who_pay_are_told_and_reminded_once_it_is_overdue),
          T(nobody_is_reminded_of_what_is_paid),
          T(who_pays_is_reminded_of_what_is_open_again_after_its_due_day),
          T(approvers_are_told_where_nobody_is_named_to_pay),
          T(a_series_starts_anew_each_year_of_the_company))
