/* Papers and what else stands beside the log: changed one thing at a time, with its hash made to
 * match, as one would who knows the program. */
#include "tamper.h"

#include "../scene.h"
#include "action/company.h"
#include "action/paper.h"
#include "action/status_report.h"
#include "base/text.h"

static struct scene scene;
static struct status_report report;

/* Two milestones accepted and billed, their papers made into files, and a report sent. */
static int open_with_papers(void **state)
{
    int result = stage_open(state);
    scene_set(&scene, *state, NULL);
    for (size_t i = 0; i < 2; i++) {
        struct submission submission = scene_submit(&scene, i);
        struct acceptance acceptance = scene_accept(&scene, i, &submission);
        struct show_paper in = {.id = acceptance.invoice_id};
        struct paper_file file;
        assert_result(
            scene.stage,
            stage_perform(scene.stage, scene.payer, &show_invoice_paper_operation, &in, &file), OK);
    }
    struct status_report in = {.engagement_id = scene.engagement.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &send_status_report_operation, &in, &report), OK);
    return result;
}

/* The rows of documents whose snapshot holds a text, and back. The database has no SHA-256, so the
 * hash is made here. */
static void put_snapshot(struct stage *stage, const struct document_row *document,
                         const char *snapshot)
{
    char id[ID_TEXT_SIZE], hex[HASH_HEX_SIZE];
    bool is_sqlite = strncmp(stage->database.url, "sqlite:", 7) == 0;
    struct text_buffer quoted = text_buffer_in(stage->arena);
    struct text_buffer bare = text_buffer_in(stage->arena);
    for (const char *at = snapshot; *at; at++)
        text_printf(&quoted, *at == '\'' ? "''" : "%c", *at);
    for (const char *at = id_format(document->subject_id, id); *at; at++) {
        if (*at != '-')
            text_printf(&bare, "%c", *at);
    }
    hash_to_hex(hash_bytes(snapshot, strlen(snapshot)), hex);
    forge(stage,
          arena_format(stage->arena,
                       is_sqlite ? "UPDATE document SET snapshot = '%s', snapshot_hash = x'%s'"
                                   " WHERE subject_id = x'%s' AND kind = '%s'"
                                 : "UPDATE document SET snapshot = '%s', snapshot_hash ="
                                   " decode('%s', 'hex')"
                                   " WHERE subject_id = '%s' AND kind = '%s'",
                       quoted.bytes, hex, is_sqlite ? bare.bytes : id,
                       choice_name(&document_kind_choices, (int)document->kind)));
}

static const char *replaced(struct arena *arena, const char *text, const char *one,
                            const char *other)
{
    const char *at = strstr(text, one);
    if (!at)
        fail_msg("%s is not in %s", one, text);
    return arena_format(arena, "%.*s%s%s", (int)(at - text), text, other, at + strlen(one));
}

static void forge_paper(struct id subject_id, enum document_kind kind, const char *one,
                        const char *other, const char *said)
{
    struct stage *stage = scene.stage;
    struct document_row document;
    scenario_load_document(&scene.scenario, subject_id, kind, &document);
    put_snapshot(stage, &document, replaced(stage->arena, document.snapshot, one, other));
    struct outcome outcome = audit(stage);
    if (!strstr(outcome.text, said))
        fprintf(stderr, "%s -> %s should say: %s\n%s", one, other, said, outcome.text);
    assert_non_null(strstr(outcome.text, said));
    assert_true(outcome.failed > 0);
    free(outcome.text);
    put_snapshot(stage, &document, document.snapshot);
}

static struct milestone billed(size_t number)
{
    struct milestone milestone;
    get_row(scene.stage, &milestone_shape, scene.milestones[number].id, &milestone);
    return milestone;
}

CASE(a_company_with_papers_is_sound)
{
    (void)state;
    assert_sound(scene.stage);
}

CASE(an_invoice_that_shows_something_else_is_named)
{
    struct id id = billed(1).invoice_id;
    (void)state;
    forge_paper(id, DOCUMENT_INVOICE, "\"total\":{\"amount\":\"1190.00\"",
                "\"total\":{\"amount\":\"9190.00\"", "shows another total_minor than the invoice");
    forge_paper(id, DOCUMENT_INVOICE, "\"net\":{\"amount\":\"1000.00\"",
                "\"net\":{\"amount\":\"1001.00\"", "shows another net_minor than the invoice has");
    forge_paper(id, DOCUMENT_INVOICE, "\"quantity\":1000", "\"quantity\":2000",
                "shows another lines than the invoice has");
    forge_paper(id, DOCUMENT_INVOICE, "\"number\":\"2016-0002\"", "\"number\":\"2016-0003\"",
                "shows another number than the invoice has");
    forge_paper(id, DOCUMENT_INVOICE, "\"iban\":null", "\"iban\":\"DE89370400440532013000\"",
                "shows another iban than the company has");
    forge_paper(id, DOCUMENT_INVOICE, "\"contract_number\":\"C-", "\"contract_number\":\"X-",
                "shows another number than the contract has");
    forge_paper(id, DOCUMENT_INVOICE, "\"milestone_code\":\"M2\"", "\"milestone_code\":\"M3\"",
                "shows another code than the milestone has");
    forge_paper(id, DOCUMENT_INVOICE, "\"sum\":{\"amount\":\"5000.00\"",
                "\"sum\":{\"amount\":\"4000.00\"", "shows another sum than the contract has");
    forge_paper(id, DOCUMENT_INVOICE, "\"accepted\":{\"amount\":\"2000.00\"",
                "\"accepted\":{\"amount\":\"1000.00\"",
                "says that 100000 is accepted, and it was 200000");
    forge_paper(id, DOCUMENT_INVOICE, "\"invoiced\":{\"amount\":\"2000.00\"",
                "\"invoiced\":{\"amount\":\"1000.00\"",
                "says that 100000 is invoiced, and it was 200000");
    forge_paper(id, DOCUMENT_INVOICE, "\"lines\":[", "\"lives\":[", "cannot be read");
    assert_sound(scene.stage);
}

CASE(a_certificate_or_contract_that_shows_something_else_is_named)
{
    struct id contract = scene.scenario.contract.id;
    (void)state;
    forge_paper(billed(0).certificate_id, DOCUMENT_CERTIFICATE, "\"price\":{\"amount\":\"1000.00\"",
                "\"price\":{\"amount\":\"1.00\"", "shows a milestone as no leaf has it");
    forge_paper(contract, DOCUMENT_CONTRACT, "\"priority\":\"must\"", "\"priority\":\"could\"",
                "shows another priority than the requirement has");
    forge_paper(contract, DOCUMENT_CONTRACT_SIGNED, "\"consent\":\"", "\"consent\":\"No. ",
                "shows another consent than the signature has");
    assert_sound(scene.stage);
}

/* As the company was when the paper was made: the log knows. */
CASE(a_status_report_whose_figures_are_not_its_text_is_named)
{
    (void)state;
    forge_paper(report.id, DOCUMENT_STATUS_REPORT, "\"first_acceptances\":2",
                "\"first_acceptances\":1", "shows another figure than the report has");
    forge_paper(report.id, DOCUMENT_STATUS_REPORT, "\"number\":1,", "\"number\":2,",
                "shows another number than the status_report has");
}

CASE(a_paper_of_a_company_that_has_changed_since_is_held_against_the_log)
{
    struct stage *stage = scene.stage;
    struct company company;
    struct id id = billed(0).invoice_id;
    (void)state;
    assert_result(stage, stage_perform(stage, scene.owner, &show_company_operation, NULL, &company),
                  OK);
    company.address = "1 New Street";
    assert_result(stage,
                  stage_perform_at(stage, scene.owner, company.version, &change_company_operation,
                                   &company, &company),
                  OK);
    assert_sound(stage);
    forge_paper(id, DOCUMENT_INVOICE, "\"iban\":null", "\"iban\":\"DE89370400440532013000\"",
                "shows a company as no leaf has it");
}

CASE(a_paper_that_is_gone_or_of_no_kind_is_named)
{
    struct stage *stage = scene.stage;
    (void)state;
    tamper(stage, "UPDATE document SET company = 9 WHERE kind = 'invoice'",
           "UPDATE document SET company = 1 WHERE company = 9", "2016-0001: it has no paper");
    tamper(stage, "UPDATE document SET company = 9 WHERE kind = 'certificate'",
           "UPDATE document SET company = 1 WHERE company = 9", "certificate ");
    tamper(stage, "UPDATE document SET company = 9 WHERE kind = 'contract_signed'",
           "UPDATE document SET company = 1 WHERE company = 9",
           "it has no paper, or none with its signatures");
    tamper(stage, "UPDATE document SET kind = 'letter' WHERE kind = 'contract_signed'",
           "UPDATE document SET kind = 'contract_signed' WHERE kind = 'letter'",
           "there is no kind \"letter\"");
}

CASE(a_paper_with_the_file_of_another_is_named)
{
    struct stage *stage = scene.stage;
    (void)state;
    forge(stage, "UPDATE document SET file_hash = (SELECT file_hash FROM document"
                 " WHERE file_hash IS NOT NULL ORDER BY subject_id LIMIT 1)"
                 " WHERE file_hash IS NOT NULL");
    struct outcome outcome = audit(stage);
    assert_non_null(strstr(outcome.text, "another paper has the same file"));
    free(outcome.text);
}

CASE(what_comes_after_what_is_as_it_was_signed)
{
    struct stage *stage = scene.stage;
    (void)state;
    tamper(stage, "UPDATE milestone_dependency SET company = 9",
           "UPDATE milestone_dependency SET company = 1", "M2 no longer comes after M1");
}

CASE(accounts_are_those_of_the_chart)
{
    struct stage *stage = scene.stage;
    (void)state;
    tamper(stage, "UPDATE ledger_account SET kind = 'income' WHERE code = 'bank'",
           "UPDATE ledger_account SET kind = 'asset' WHERE code = 'bank'",
           "ledger_account bank: it is not as the chart has it");
    tamper(stage, "UPDATE ledger_account SET code = 'bonk' WHERE code = 'bank'",
           "UPDATE ledger_account SET code = 'bank' WHERE code = 'bonk'",
           "ledger_account bank: it is missing");
}

CASE(a_company_that_cannot_be_read_is_named)
{
    struct stage *stage = scene.stage;
    (void)state;
    tamper(stage, "UPDATE company SET paper = 'papyrus'", "UPDATE company SET paper = 'a4'",
           "is \"papyrus\"");
    tamper(stage, "UPDATE company SET slug = 'ac me'", "UPDATE company SET slug = 'acme'",
           "neither white space");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_company_with_papers_is_sound),
        T(an_invoice_that_shows_something_else_is_named),
        T(a_certificate_or_contract_that_shows_something_else_is_named),
        T(a_status_report_whose_figures_are_not_its_text_is_named),
        T(what_comes_after_what_is_as_it_was_signed),
        T(accounts_are_those_of_the_chart),
        T(a_company_that_cannot_be_read_is_named),
        T(a_paper_that_is_gone_or_of_no_kind_is_named),
        T(a_paper_of_a_company_that_has_changed_since_is_held_against_the_log),
        T(a_paper_with_the_file_of_another_is_named),
    };
    return cmocka_run_group_tests(tests, open_with_papers, stage_close);
}
