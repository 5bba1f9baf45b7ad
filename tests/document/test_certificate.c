#include "document/certificate.h"

#include "../check.h"
#include "samples.h"
#include "tools.h"

static struct document_bytes pdf_of(struct arena *arena,
                                    const struct printed_certificate *certificate)
{
    struct document_bytes pdf;
    struct fault fault = {.code = OK};
    enum error error = print_certificate(arena, certificate, &pdf, &fault);
    if (error)
        fail_msg("%s: %s", error_slug(error), fault.detail);
    return pdf;
}

static void check_parts(const char *text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_has(text, parts[i]);
}

CASE(an_acceptance_says_who_accepted_what_by_which_criteria)
{
    static const char *const parts[] = {
        "Acceptance certificate AC-2016-0003",
        "Accepted with reservations",
        "by Marisol Okafor on Jul 8, 2016, 14:03:22 UTC",
        "27,000.00 USD",
        "Contracting officer's representative",
        "Signed in with a password",
        "C-2016-0001, revision 2",
        "Jul 7, 2016, 16:00:00 UTC",
        "status-report-sprint-2.pdf",
        "SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "https://dashboard-staging.example/releases/2016-07-07",
        "93.4%, score 3.6",
        "Two charts have no text alternative",
        "The client reserves all rights",
        "Entry 1102 of the log waymark.example/truetandem",
    };
    struct arena *arena = arena_new();
    struct printed_certificate certificate = sample_certificate();
    struct document_bytes pdf = pdf_of(arena, &certificate);
    check_pdf(arena, &pdf);
    const char *text = text_of(arena, &pdf);
    check_parts(text, parts, sizeof parts / sizeof parts[0]);
    check_lacks(text, "Acceptance period");
    arena_free(arena);
}

CASE(each_criterion_has_its_decision_on_its_line)
{
    static const struct {
        enum printed_decision decision;
        const char *word;
    } decisions[] = {
        {PRINTED_UNDECIDED, "Not decided"},
        {PRINTED_MET, "Met"},
        {PRINTED_NOT_MET, "Not met"},
        {PRINTED_WAIVED, "Waived"},
    };
    struct arena *arena = arena_new();
    struct printed_certificate certificate = sample_certificate();
    struct printed_criterion criterion = {"K1", "One criterion", 0, NULL};
    certificate.criteria = &criterion;
    certificate.criterion_count = 1;
    for (size_t i = 0; i < sizeof decisions / sizeof decisions[0]; i++) {
        criterion.decision = decisions[i].decision;
        struct document_bytes pdf = pdf_of(arena, &certificate);
        const char *line = strstr(text_of(arena, &pdf), "One criterion");
        check_has(arena_text_n(arena, line, strcspn(line, "\n")), decisions[i].word);
    }
    arena_free(arena);
}

CASE(deemed_acceptance_shows_its_clock_and_notices)
{
    static const char *const parts[] = {
        "Deemed accepted",
        "on 14 Sep 2026, 10:00:00 UTC, because the agreed period ended",
        "10 business days in the Netherlands after the notice",
        "Started",
        "31 Aug 2026, 08:00:00 UTC",
        "First reminder, 5 business days left",
        "facturen@dommel.example",
        "7 Sep 2026, 08:00:00 UTC",
        "31,445.00 EUR",
    };
    struct arena *arena = arena_new();
    struct printed_certificate certificate = sample_deemed_certificate();
    struct document_bytes pdf = pdf_of(arena, &certificate);
    check_pdf(arena, &pdf);
    const char *text = text_of(arena, &pdf);
    check_parts(text, parts, sizeof parts / sizeof parts[0]);
    check_lacks(text, "Accepted by");
    check_lacks(text, "Acceptance criteria");
    arena_free(arena);
}

CASE(the_outcome_is_named)
{
    static const char *const words[] = {
        [PRINTED_ACCEPTED] = "Accepted\n",
        [PRINTED_ACCEPTED_IN_PART] = "Accepted in part",
        [PRINTED_ACCEPTED_WITH_RESERVATIONS] = "Accepted with reservations",
        [PRINTED_DEEMED_ACCEPTED] = "Deemed accepted",
    };
    struct arena *arena = arena_new();
    struct printed_certificate certificate = sample_certificate();
    certificate.currency = NULL;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        certificate.outcome = (enum printed_outcome)i;
        struct document_bytes pdf = pdf_of(arena, &certificate);
        check_has(text_of(arena, &pdf), words[i]);
    }
    arena_free(arena);
}

CASE(a_certificate_with_nothing_in_it_lays_out)
{
    struct arena *arena = arena_new();
    struct printed_certificate empty = {.number = NULL};
    struct document_bytes pdf = pdf_of(arena, &empty);
    check_pdf(arena, &pdf);
    assert_int_equal(pdf.page_count, 1);
    struct printed_clock clock = {.rule = NULL};
    struct printed_deliverable deliverable = {NULL, NULL, NULL};
    empty.outcome = PRINTED_DEEMED_ACCEPTED;
    empty.clock = &clock;
    empty.deliverables = &deliverable;
    empty.deliverable_count = 1;
    pdf = pdf_of(arena, &empty);
    check_pdf(arena, &pdf);
    arena_free(arena);
}

CASE(an_unknown_currency_is_refused)
{
    struct arena *arena = arena_new();
    struct printed_certificate certificate = sample_certificate();
    certificate.currency = "dollars";
    struct document_bytes pdf;
    struct fault fault;
    assert_int_equal(print_certificate(arena, &certificate, &pdf, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "currency");
    arena_free(arena);
}

RUN(T(an_acceptance_says_who_accepted_what_by_which_criteria),
    T(each_criterion_has_its_decision_on_its_line),
    T(deemed_acceptance_shows_its_clock_and_notices), T(the_outcome_is_named),
    T(a_certificate_with_nothing_in_it_lays_out), T(an_unknown_currency_is_refused))
