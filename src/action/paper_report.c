#include "action/paper_render.h"
#include "document/status_report.h"

enum error report_paper_render(struct arena *arena, const void *thawed,
                               const struct paper_extras *extras, struct document_bytes *pdf,
                               struct fault *fault)
{
    const struct report_paper *paper = thawed;
    struct printed_report document = {
        .setting = paper_setting(paper->company, paper->client, paper->report->sent_at, extras),
        .number = paper->report->number,
        .day = paper->report->day,
        .agency = paper_agency(paper->company),
        .client = paper_client(paper->client),
        .engagement = paper->engagement->title,
        .note = paper->report->note,
        .total = paper->total,
        .lines = &paper->lines,
        .evidence = paper_evidence(paper->leaf, extras),
    };
    return print_status_report(arena, &document, pdf, fault);
}
