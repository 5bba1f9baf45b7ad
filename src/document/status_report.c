#include "document/status_report.h"

#include "base/day.h"
#include "document/finish.h"
#include "document/part.h"
#include "document/table.h"
#include "words/show.h"

static const enum word states[] = {
    [MILESTONE_PLANNED] = WORD_STATE_PLANNED,
    [MILESTONE_READY] = WORD_STATE_READY,
    [MILESTONE_IN_PROGRESS] = WORD_STATE_IN_PROGRESS,
    [MILESTONE_SUBMITTED] = WORD_STATE_SUBMITTED,
    [MILESTONE_ACCEPTED] = WORD_ACCEPTED,
    [MILESTONE_DEEMED_ACCEPTED] = WORD_DEEMED_ACCEPTED,
    [MILESTONE_REJECTED] = WORD_STATE_REJECTED,
    [MILESTONE_REWORK] = WORD_STATE_REWORK,
    [MILESTONE_CANCELLED] = WORD_STATE_CANCELLED,
};

/* "3 of 5"; of nothing a dash. */
static const char *part_of(const struct flow *flow, int64_t part, int64_t whole)
{
    return whole > 0 ? phrase(flow->arena, flow->language, WORD_PART_OF,
                              arena_format(flow->arena, "%lld", (long long)part),
                              arena_format(flow->arena, "%lld", (long long)whole), NULL)
                     : "–";
}

static int64_t defects_of(const struct report_line *line)
{
    return line->critical_defects + line->major_defects + line->minor_defects;
}

static void put_figures(struct flow *flow, const struct report_line *total)
{
    const struct language *language = flow->language;
    const struct figure figures[] = {
        {word(language, WORD_TASKS_DONE), part_of(flow, total->tasks_done, total->tasks)},
        {word(language, WORD_DUE_DAYS_KEPT),
         part_of(flow, total->deadlines_kept, total->deadlines)},
        {word(language, WORD_ACCEPTED_AT_ONCE),
         part_of(flow, total->first_acceptances, total->first_decisions)},
        {word(language, WORD_DEFECTS_FOUND),
         arena_format(flow->arena, "%lld", (long long)defects_of(total))},
    };
    part_figures(flow, figures, sizeof figures / sizeof *figures);
}

static void put_line(struct table *table, struct flow *flow, const struct report_line *line)
{
    table_row(table);
    table_text(table, 0, STYLE_MARK, line->code);
    table_text(table, 1, STYLE_STRONG, line->title);
    table_text(table, 2, STYLE_BODY, word(flow->language, states[line->state]));
    table_text(table, 3, STYLE_BODY, show_day(flow->arena, flow->language, line->due_day));
    table_text(table, 4, STYLE_BODY, part_of(flow, line->tasks_done, line->tasks));
    table_text(table, 5, STYLE_BODY,
               arena_format(flow->arena, "%lld", (long long)defects_of(line)));
}

static void put_lines(struct flow *flow, const struct list *lines)
{
    static const struct column columns[] = {
        {WORD_NUMBER, ALIGN_START},   {WORD_MILESTONE, ALIGN_START, .takes_rest = true},
        {WORD_STATE, ALIGN_START},    {WORD_DUE, ALIGN_END},
        {WORD_TASKS_DONE, ALIGN_END}, {WORD_DEFECTS, ALIGN_END},
    };
    if (lines->count == 0)
        return;
    part_heading(flow, word(flow->language, WORD_MILESTONES));
    struct table *table = table_new(flow, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < lines->count; i++)
        put_line(table, flow, LIST_AT(struct report_line, *lines, i));
    table_end(table, false);
}

static enum error compose(struct flow *flow, const struct printed_report *report, const char *kind,
                          struct fault *fault)
{
    const struct language *language = flow->language;
    const char *day = show_day(flow->arena, language, report->day);
    const char *const lead[] = {
        phrase(flow->arena, language, WORD_PREPARED_FOR, report->client.name, NULL, NULL),
        phrase(flow->arena, language, WORD_AS_OF, day, NULL, NULL),
    };
    enum error error = part_letterhead(flow, &report->setting, &report->agency, fault);
    if (error)
        return error;
    part_title(flow, kind, report->engagement, part_joined(flow->arena, lead, 2));
    put_figures(flow, report->total);
    if (report->note && *report->note) {
        part_heading(flow, word(language, WORD_REMARKS));
        part_prose(flow, STYLE_BODY, report->note);
    }
    put_lines(flow, report->lines);
    part_evidence(flow, &report->evidence);
    return OK;
}

enum error print_status_report(struct arena *arena, const struct printed_report *report,
                               struct document_bytes *out, struct fault *fault)
{
    struct flow *flow = flow_new(&report->setting, report->agency.country);
    const char *number = arena_format(flow->arena, "%lld", (long long)report->number);
    const char *kind = phrase(flow->arena, flow->language, WORD_TITLED,
                              word(flow->language, WORD_STATUS_REPORT), number, NULL);
    enum error error = compose(flow, report, kind, fault);
    if (!error) {
        struct finish finish = {
            .title = kind,
            .about = report->engagement,
            .sender = report->agency.name,
            .foot = finish_foot(flow, &report->agency),
        };
        error = finish_document(arena, flow, &report->setting, &finish, out, fault);
    }
    flow_free(flow);
    return error;
}
