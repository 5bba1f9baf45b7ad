#include "document/status_report.h"

#include "../check.h"
#include "samples.h"
#include "tools.h"

static struct document_bytes pdf_of(struct arena *arena, const struct printed_report *report)
{
    struct document_bytes pdf;
    struct fault fault = {.code = OK};
    enum error error = print_status_report(arena, report, &pdf, &fault);
    if (error)
        fail_msg("%s: %s", error_slug(error), fault.detail);
    return pdf;
}

CASE(a_report_shows_each_milestone_and_the_whole)
{
    static const char *const parts[] = {
        "Status report 3",
        "FedRAMP dashboard",
        "as of Jul 11, 2016",
        "18 of 19",
        "1 of 2",
        "test users",
        "Being reworked",
        "Waits for your decision",
        "Sprint 4",
        "Jul 28, 2016",
        "7 of 8",
        "Entry 1102",
    };
    struct arena *arena = arena_new();
    struct printed_report report = sample_report();
    struct document_bytes pdf = pdf_of(arena, &report);
    check_pdf(arena, &pdf);
    const char *text = text_of(arena, &pdf);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        check_has(text, parts[i]);
    arena_free(arena);
}

CASE(the_same_report_has_the_same_bytes)
{
    struct arena *arena = arena_new();
    struct printed_report report = sample_report();
    struct document_bytes one = pdf_of(arena, &report);
    struct document_bytes other = pdf_of(arena, &report);
    assert_int_equal(one.size, other.size);
    assert_memory_equal(one.bytes, other.bytes, one.size);
    arena_free(arena);
}

CASE(a_report_of_nothing_has_neither_remarks_nor_a_table)
{
    struct arena *arena = arena_new();
    struct printed_report report = sample_report();
    struct report_line nothing = {.code = NULL};
    struct list none = {0};
    report.note = NULL;
    report.total = &nothing;
    report.lines = &none;
    struct document_bytes pdf = pdf_of(arena, &report);
    check_pdf(arena, &pdf);
    const char *text = text_of(arena, &pdf);
    check_lacks(text, "Remarks");
    check_lacks(text, "Milestones");
    arena_free(arena);
}

RUN(T(a_report_shows_each_milestone_and_the_whole), T(the_same_report_has_the_same_bytes),
    T(a_report_of_nothing_has_neither_remarks_nor_a_table))
