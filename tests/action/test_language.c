/* Who reads what in which language: papers the client's, mails each person's own. */
#include "action/company.h"
#include "action/paper_render.h"
#include "action/preference.h"
#include "billing.h"

static void choose(struct scene *scene, struct actor actor, enum locale locale)
{
    struct preference in = {.locale = locale}, out;
    assert_result(scene->stage,
                  stage_perform(scene->stage, actor, &change_preference_operation, &in, &out), OK);
}

static void set_client(struct scene *scene, enum locale locale)
{
    struct client client;
    get_row(scene->stage, &client_shape, scene->scenario.client.id, &client);
    client.locale = locale;
    client.billing_email = "billing@client.example";
    change_row(scene->stage, &client_shape, &client);
}

static void set_company(struct scene *scene, enum locale locale)
{
    struct company company, changed;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->owner, &show_company_operation, NULL, &company), OK);
    company.locale = locale;
    assert_result(scene->stage,
                  stage_perform_at(scene->stage, scene->owner, company.version,
                                   &change_company_operation, &company, &changed),
                  OK);
    assert_int_equal(changed.locale, locale);
}

static const char *mail_to(struct scene *scene, const char *address, struct id about)
{
    const char *body = NULL;
    assert_int_equal(count_mail(scene->stage, address, about, &body), 1);
    return body;
}

CASE(each_is_told_in_a_language_of_their_own)
{
    struct scene scene;
    struct contact payer;
    scene_set(&scene, *state, NULL);
    set_client(&scene, LOCALE_FR);
    choose(&scene, scene.approver, LOCALE_DE);
    choose(&scene, scene.manager, LOCALE_AR);
    struct submission submission = scene_submit(&scene, 0);
    const char *asked = mail_to(&scene, scene.approver_row.email, submission.id);
    assert_non_null(strstr(asked, "Guten Tag "));
    assert_non_null(strstr(asked, ". Juli 2016"));
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    assert_non_null(strstr(mail_to(&scene, scene.manager_row.email, submission.id), "مرحبًا"));
    get_row(scene.stage, &contact_shape, scene.payer.id, &payer);
    struct id invoice_id = acceptance.invoice_id;
    assert_non_null(strstr(mail_to(&scene, payer.email, invoice_id), "Bonjour "));
    assert_non_null(strstr(mail_to(&scene, "billing@client.example", invoice_id), "Bonjour "));
    assert_non_null(
        strstr(paper_of(scene.stage, invoice_id, DOCUMENT_INVOICE), "\"locale\":\"fr\""));
}

CASE(where_nothing_is_chosen_the_agency_s_language_holds)
{
    struct scene scene;
    struct contact payer;
    scene_set(&scene, *state, NULL);
    set_client(&scene, 0);
    set_company(&scene, LOCALE_ES);
    struct submission submission = scene_submit(&scene, 0);
    assert_non_null(strstr(mail_to(&scene, scene.approver_row.email, submission.id), "Hola, "));
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    get_row(scene.stage, &contact_shape, scene.payer.id, &payer);
    assert_non_null(strstr(mail_to(&scene, payer.email, acceptance.invoice_id), "Hola, "));
    assert_non_null(
        strstr(mail_to(&scene, "billing@client.example", acceptance.invoice_id), "Hola, "));
    set_company(&scene, 0);
}

static struct document_bytes pdf_of(struct scene *scene, struct id id)
{
    struct paper_extras extras = {0};
    struct document_bytes pdf;
    struct document_row document = {.kind = DOCUMENT_INVOICE};
    document.snapshot = paper_of(scene->stage, id, DOCUMENT_INVOICE);
    assert_int_equal(
        paper_render(scene->stage->arena, &document, &extras, &pdf, &scene->stage->fault), OK);
    return pdf;
}

/* What was issued stays as it was issued, though the client wants another language since. */
CASE(a_paper_keeps_the_language_it_was_issued_in)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    set_client(&scene, LOCALE_DE);
    struct invoice invoice = bill(&scene, 0);
    struct document_bytes before = pdf_of(&scene, invoice.id);
    set_client(&scene, LOCALE_FR);
    struct document_bytes after = pdf_of(&scene, invoice.id);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.bytes, after.bytes, before.size);
}

STAGE_RUN(T(each_is_told_in_a_language_of_their_own),
          T(where_nothing_is_chosen_the_agency_s_language_holds),
          T(a_paper_keeps_the_language_it_was_issued_in))
