/* The last invoice of a contract carries the acceptances that it bills. */
#include <string.h>

#include "action/paper.h"
#include "base/limits.h"
#include "billing.h"
#include "platform/blob.h"

enum { LAST = SCENE_MILESTONES - 1 };

/* The bytes of an invoice's PDF. */
static struct bytes pdf_of(struct scene *scene, struct id invoice_id, struct hash *hash)
{
    struct stage *stage = scene->stage;
    struct show_paper in = {.id = invoice_id};
    struct paper_file file;
    struct fault fault = {0};
    const char *bytes;
    struct bytes pdf;
    assert_result(
        stage, stage_perform(stage, scene->payer, &show_invoice_paper_operation, &in, &file), OK);
    *hash = file.hash;
    assert_int_equal(blob_read(stage->app.files_directory, file.hash, DOCUMENT_LIMIT, stage->arena,
                               &bytes, &pdf.size, &fault),
                     OK);
    pdf.bytes = bytes;
    return pdf;
}

static bool has(struct bytes pdf, const char *text)
{
    return memmem(pdf.bytes, pdf.size, text, strlen(text)) != NULL;
}

static struct acceptance accept_one(struct scene *scene, size_t number)
{
    struct submission submission = scene_submit(scene, number);
    return scene_accept(scene, number, &submission);
}

static struct hash file_of(struct scene *scene, struct id certificate_id)
{
    struct document_row document;
    scenario_load_document(&scene->scenario, certificate_id, DOCUMENT_CERTIFICATE, &document);
    return document.file_hash;
}

CASE(only_the_last_invoice_carries_the_acceptance_that_it_bills)
{
    struct scene scene;
    struct hash hash, again;
    scene_set(&scene, *state, NULL);
    for (size_t i = 0; i < LAST; i++) {
        struct acceptance acceptance = accept_one(&scene, i);
        assert_false(has(pdf_of(&scene, acceptance.invoice_id, &hash), "/EmbeddedFiles"));
    }
    struct acceptance last = accept_one(&scene, LAST);
    struct bytes pdf = pdf_of(&scene, last.invoice_id, &hash);
    assert_true(has(pdf, "(acceptance-M5-1.pdf)"));
    assert_false(has(pdf, "(acceptance-M4-1.pdf)"));
    assert_true(has(pdf, "/AFRelationship /Supplement"));
    assert_true(has(pdf, "/Subtype /application#2fpdf"));
    pdf_of(&scene, last.invoice_id, &again);
    assert_true(hash_equal(hash, again));
}

CASE(what_is_carried_is_made_first_and_is_the_paper_that_is_filed)
{
    struct scene scene;
    struct hash hash;
    const struct hash none = {0};
    struct paper_file file;
    scene_set(&scene, *state, NULL);
    for (size_t i = 0; i < LAST; i++)
        accept_one(&scene, i);
    struct acceptance last = accept_one(&scene, LAST);
    assert_true(hash_equal(file_of(&scene, last.certificate_id), none));
    pdf_of(&scene, last.invoice_id, &hash);
    struct hash made = file_of(&scene, last.certificate_id);
    assert_false(hash_equal(made, none));
    struct show_paper in = {.id = last.certificate_id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &show_certificate_paper_operation, &in, &file),
        OK);
    assert_true(hash_equal(file.hash, made));
}

static struct id invoice_for(struct scene *scene, struct id milestone_id)
{
    struct list invoices = invoices_of(scene, milestone_id);
    assert_int_equal(invoices.count, 1);
    return LIST_AT(struct invoice, invoices, 0)->id;
}

static void collect_monthly(struct plan *plan)
{
    plan->terms->billing_mode = BILLING_MONTHLY;
    plan->terms->billing_day = 15;
}

CASE(a_last_invoice_for_a_month_carries_each_acceptance_of_that_month)
{
    struct scene scene;
    struct hash hash;
    struct id last = {0};
    scene_set_as(&scene, *state, collect_monthly);
    for (size_t i = 0; i < SCENE_MILESTONES; i++)
        last = accept_one(&scene, i).milestone_id;
    clock_set(&scene.stage->clock, STAGE_NOW_MS + INT64_C(40) * DAY_MS);
    run_due_jobs(scene.stage);
    struct bytes pdf = pdf_of(&scene, invoice_for(&scene, last), &hash);
    for (int i = 1; i <= SCENE_MILESTONES; i++)
        assert_true(has(pdf, arena_format(scene.stage->arena, "(acceptance-M%d-1.pdf)", i)));
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

STAGE_RUN(T(only_the_last_invoice_carries_the_acceptance_that_it_bills),
          T(what_is_carried_is_made_first_and_is_the_paper_that_is_filed),
          T(a_last_invoice_for_a_month_carries_each_acceptance_of_that_month))
