#include "base/day.h"
#include "base/limits.h"
#include "base/text.h"
#include "document/contract.h"

#include "../check.h"
#include "samples.h"
#include "tools.h"

static struct document_bytes pdf_of(struct arena *arena, const struct printed_contract *contract)
{
    struct document_bytes pdf;
    struct fault fault = {.code = OK};
    enum error error = print_contract(arena, contract, &pdf, &fault);
    if (error)
        fail_msg("%s: %s", error_slug(error), fault.detail);
    return pdf;
}

CASE(a_contract_shows_all_that_is_agreed)
{
    struct arena *arena = arena_new();
    struct printed_contract contract = sample_contract();
    struct document_bytes pdf = pdf_of(arena, &contract);
    check_pdf(arena, &pdf);
    const char *text = text_of(arena, &pdf);
    for (size_t i = 0; i < contract.requirement_count; i++)
        check_has(text, contract.requirements[i].number);
    for (size_t i = 0; i < contract.milestone_count; i++) {
        const struct printed_milestone *milestone = &contract.milestones[i];
        check_has(text, milestone->title);
        for (size_t j = 0; j < milestone->deliverable_count; j++)
            check_has(text, milestone->deliverables[j]);
    }
    for (size_t i = 0; i < contract.term_count; i++)
        check_has(text, contract.terms[i].label);
    for (size_t i = 0; i < contract.clause_count; i++)
        check_has(text, arena_format(arena, "%zu. %s", i + 1, contract.clauses[i].heading));
    static const char *const parts[] = {
        "Contract C-2016-0001 · Revision 2",
        "FedRAMP dashboard",
        "Jun 10, 2016",
        "Jun 16, 2016",
        "Aug 15, 2016",
        "General Services Administration, 18F",
        "TrueTandem LLC",
        "Tax ID 54-1234567",
        "Out of scope",
        "After S2",
        "12,000.00",
        "27,000.00",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        check_has(text, parts[i]);
    assert_int_equal(count_of(text, "120,000.00 USD"), 2);
    assert_int_equal(count_of(text, "27,000.00"), 4);
    arena_free(arena);
}

CASE(an_unsigned_contract_shows_the_hash_that_will_be_signed)
{
    struct arena *arena = arena_new();
    struct printed_contract contract = sample_contract();
    struct document_bytes pdf = pdf_of(arena, &contract);
    const char *text = text_of(arena, &pdf);
    check_has(text, "This document is signed electronically");
    check_has(text, contract.sha256);
    check_lacks(text, "Consent");
    arena_free(arena);
}

CASE(signatures_stand_on_a_page_of_their_own)
{
    struct arena *arena = arena_new();
    struct printed_contract contract = sample_signed_contract();
    struct document_bytes pdf = pdf_of(arena, &contract);
    check_pdf(arena, &pdf);
    const char *last = text_of_page(arena, &pdf, pdf.page_count);
    static const char *const parts[] = {
        "Marisol Okafor",
        "Contracting officer · Client",
        "Jun 10, 2016, 14:03:22 UTC",
        "One-time link sent to the e-mail address on record",
        "192.0.2.17",
        "Dana Whitfield",
        "Managing director · Agency",
        "Jun 10, 2016, 15:05:15 UTC",
        "Signed in with a password",
        "2001:db8:41::9",
        "Entry 38 of the log",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        check_has(last, parts[i]);
    assert_int_equal(count_of(last, contract.sha256), 2);
    assert_int_equal(count_of(last, "I have read the whole document."), 2);
    check_lacks(last, "General terms");
    check_lacks(text_of(arena, &pdf), "This document is signed electronically");
    arena_free(arena);
}

CASE(the_pages_before_the_signatures_stay_as_they_were)
{
    struct arena *arena = arena_new();
    struct printed_contract contract = sample_signed_contract();
    struct document_bytes pdf = pdf_of(arena, &contract);
    struct printed_contract before = sample_contract();
    struct document_bytes unsigned_pdf = pdf_of(arena, &before);
    const char *const page_numbers[] = {"Page 1 of", "Page 2 of"};
    for (int page = 1; page <= 2; page++) {
        const char *now = text_of_page(arena, &pdf, page);
        const char *then = text_of_page(arena, &unsigned_pdf, page);
        size_t shared = (size_t)(strstr(now, page_numbers[page - 1]) - now);
        assert_memory_equal(now, then, shared);
    }
    arena_free(arena);
}

CASE(one_signer_s_card_is_not_parted_by_a_page_break)
{
    struct arena *arena = arena_new();
    struct printed_contract contract = sample_signed_contract();
    struct printed_signature *signatures = arena_array(arena, 24, sizeof *contract.signatures);
    for (int i = 0; i < 24; i++) {
        signatures[i] = contract.signatures[i % 2];
        signatures[i].name = arena_format(arena, "Signer number %d.", i);
        signatures[i].sha256 = arena_format(arena, "%064d", i + 1);
    }
    contract.signatures = signatures;
    contract.signature_count = 24;
    struct document_bytes pdf = pdf_of(arena, &contract);
    int seen = 0;
    for (int page = 1; page <= pdf.page_count; page++) {
        const char *text = text_of_page(arena, &pdf, page);
        for (int i = 0; i < 24; i++) {
            bool has_name = strstr(text, signatures[i].name);
            assert_int_equal(has_name, strstr(text, signatures[i].sha256) != NULL);
            seen += has_name;
        }
    }
    assert_int_equal(seen, 24);
    arena_free(arena);
}

CASE(a_contract_with_nothing_in_it_lays_out)
{
    struct arena *arena = arena_new();
    struct printed_contract empty = {.currency = "JPY", .dated_day = DAY_NONE};
    struct document_bytes pdf = pdf_of(arena, &empty);
    check_pdf(arena, &pdf);
    assert_int_equal(count_of(text_of(arena, &pdf), "0 JPY"), 2);
    struct printed_milestone milestone = {.start_day = DAY_NONE, .due_day = DAY_NONE};
    struct printed_signature signature = {.side = SIDE_CLIENT};
    struct printed_requirement requirement = {.number = NULL};
    struct printed_clause clause = {NULL, NULL};
    struct document_fact term = {NULL, NULL};
    empty.milestones = &milestone;
    empty.milestone_count = 1;
    empty.signatures = &signature;
    empty.signature_count = 1;
    empty.requirements = &requirement;
    empty.requirement_count = 1;
    empty.clauses = &clause;
    empty.clause_count = 1;
    empty.terms = &term;
    empty.term_count = 1;
    pdf = pdf_of(arena, &empty);
    check_pdf(arena, &pdf);
    arena_free(arena);
}

CASE(long_prose_flows_over_pages_without_losing_a_word)
{
    struct arena *arena = arena_new();
    struct text_buffer prose = text_buffer_in(arena);
    int words = 0;
    while (prose.size < LONG_TEXT_LIMIT - 100) {
        text_printf(&prose, "word%d%s", words, words % 97 == 96 ? ".\n" : " ");
        words++;
    }
    struct printed_clause clause = {"Everything", prose.bytes};
    struct printed_contract contract = sample_contract();
    contract.clauses = &clause;
    contract.clause_count = 1;
    struct document_bytes pdf = pdf_of(arena, &contract);
    check_pdf(arena, &pdf);
    assert_true(pdf.page_count > 15);
    assert_int_equal(count_of(text_of(arena, &pdf), "word"), words);
    arena_free(arena);
}

CASE(right_to_left_paragraphs_begin_at_the_right)
{
    struct arena *arena = arena_new();
    struct printed_clause clause = {NULL, "هذا العقد\nEnglish"};
    struct printed_contract contract = sample_contract();
    contract.clauses = &clause;
    contract.clause_count = 1;
    struct document_bytes pdf = pdf_of(arena, &contract);
    const char *text = text_of(arena, &pdf);
    check_has(text, "\nEnglish\n");
    const char *arabic = strstr(text, "العقد");
    assert_non_null(arabic);
    while (arabic[-1] != '\n')
        arabic--;
    assert_true(strspn(arabic, " ") > 60);
    arena_free(arena);
}

CASE(a_contract_without_revisions_tells_of_none)
{
    struct arena *arena = arena_new();
    struct printed_contract contract = sample_contract();
    contract.revision = 0;
    struct document_bytes pdf = pdf_of(arena, &contract);
    check_has(text_of(arena, &pdf), "Contract C-2016-0001\n");
    check_lacks(text_of(arena, &pdf), "Revision");
    arena_free(arena);
}

/* 2026-11-28: the hash stood alone on the last page. */
CASE(the_hash_that_will_be_signed_shares_the_page_of_its_sentence)
{
    struct arena *arena = arena_new();
    struct printed_contract contract = sample_contract();
    struct text_buffer prose = text_buffer_in(arena);
    struct printed_clause clause = {0};
    contract.clauses = &clause;
    contract.clause_count = 1;
    for (int lines = 1; lines <= 24; lines++) {
        text_printf(&prose, "Line %d\n", lines);
        clause.text = prose.bytes;
        struct document_bytes pdf = pdf_of(arena, &contract);
        const char *last = text_of_page(arena, &pdf, pdf.page_count);
        if (strstr(last, contract.sha256))
            check_has(last, "What is signed is the text with this SHA-256");
    }
    arena_free(arena);
}

CASE(a_change_order_shows_what_changes_and_the_whole_as_it_then_stands)
{
    struct arena *arena = arena_new();
    struct printed_contract contract = sample_change();
    struct document_bytes pdf = pdf_of(arena, &contract);
    check_pdf(arena, &pdf);
    const char *text = text_of(arena, &pdf);
    static const char *const parts[] = {
        "Change order 2 to contract C-2016-0001 · Revision 1",
        "120,000.00 USD",
        "102,200.00 USD",
        "+1200.00 USD, +9 days, now after S2",
        "dropped, -27000.00 USD",
        "Aug 15, 2016 to Aug 31, 2016",
        "S0, S1, S2, S3, S5",
        "2,000.00 USD net for S0",
        "when all have signed",
        "Marisol Okafor",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        check_has(text, parts[i]);
    arena_free(arena);
}

CASE(an_unknown_currency_is_refused)
{
    struct arena *arena = arena_new();
    struct printed_contract contract = sample_contract();
    contract.currency = "ZZZ";
    struct document_bytes pdf;
    struct fault fault;
    assert_int_equal(print_contract(arena, &contract, &pdf, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "currency");
    arena_free(arena);
}

RUN(T(a_contract_shows_all_that_is_agreed),
    T(an_unsigned_contract_shows_the_hash_that_will_be_signed),
    T(signatures_stand_on_a_page_of_their_own),
    T(the_pages_before_the_signatures_stay_as_they_were),
    T(one_signer_s_card_is_not_parted_by_a_page_break), T(a_contract_with_nothing_in_it_lays_out),
    T(long_prose_flows_over_pages_without_losing_a_word),
    T(right_to_left_paragraphs_begin_at_the_right), T(a_contract_without_revisions_tells_of_none),
    T(the_hash_that_will_be_signed_shares_the_page_of_its_sentence),
    T(a_change_order_shows_what_changes_and_the_whole_as_it_then_stands),
    T(an_unknown_currency_is_refused))
