#include "action/status_report_text.h"

#include "base/day.h"

/* In percent with one decimal, half up; nothing of nothing. */
static struct saying rate_of(struct arena *arena, enum word what, int64_t part, int64_t whole)
{
    enum { PPM_OF_DECIMAL = 1000 }; /* 0.1% */
    if (whole == 0)
        return said_nothing;
    return SAY(arena, WORD_STATUS_RATE, SAY_WORD(what), said_number(part), said_number(whole),
               said_rate((part * 1000 + whole / 2) / whole * PPM_OF_DECIMAL));
}

static struct saying total_of(struct arena *arena, const struct report_line *total)
{
    struct saying *parts = arena_array(arena, 4, sizeof *parts);
    parts[0] = rate_of(arena, WORD_TASKS_DONE, total->tasks_done, total->tasks);
    parts[1] = rate_of(arena, WORD_DUE_DAYS_KEPT, total->deadlines_kept, total->deadlines);
    parts[2] =
        rate_of(arena, WORD_ACCEPTED_AT_ONCE, total->first_acceptances, total->first_decisions);
    parts[3] = SAY(arena, WORD_STATUS_DEFECTS, said_number(total->critical_defects),
                   said_number(total->major_defects), said_number(total->minor_defects));
    return said_series(parts, 4);
}

static struct saying milestone_of(struct arena *arena, const struct report_line *line)
{
    static const enum word states[] = {
        [MILESTONE_PLANNED] = WORD_STATUS_PLANNED,
        [MILESTONE_READY] = WORD_STATUS_READY,
        [MILESTONE_IN_PROGRESS] = WORD_STATUS_IN_PROGRESS,
        [MILESTONE_SUBMITTED] = WORD_STATUS_SUBMITTED,
        [MILESTONE_ACCEPTED] = WORD_STATUS_ACCEPTED,
        [MILESTONE_DEEMED_ACCEPTED] = WORD_STATUS_DEEMED_ACCEPTED,
        [MILESTONE_REJECTED] = WORD_STATUS_REJECTED,
        [MILESTONE_REWORK] = WORD_STATUS_REWORK,
        [MILESTONE_CANCELLED] = WORD_STATUS_CANCELLED,
    };
    const struct saying tasks = line->tasks == 0
                                    ? said_nothing
                                    : SAY(arena, WORD_STATUS_TASKS, said_number(line->tasks_done),
                                          said_number(line->tasks));
    return SAY(arena, WORD_STATUS_MILESTONE, said_text(line->code), said_text(line->title),
               SAY_WORD(states[line->state]), said_day(line->due_day), tasks);
}

static struct saying milestones_of(struct arena *arena, const struct list *lines)
{
    struct saying *parts = arena_array(arena, lines->count, sizeof *parts);
    for (size_t i = 0; i < lines->count; i++)
        parts[i] = milestone_of(arena, LIST_AT(struct report_line, *lines, i));
    return said_series(parts, lines->count);
}

struct saying status_report_text(struct arena *arena, const struct report_paper *paper)
{
    const struct status_report *report = paper->report;
    const char *note = report->note ? arena_format(arena, "%s\n\n", report->note) : NULL;
    return SAY(
        arena, WORD_STATUS_TEXT,
        SAY(arena, WORD_STATUS_HEAD, said_text(paper->engagement->title), said_day(report->day)),
        said_text(note), total_of(arena, paper->total), milestones_of(arena, &paper->lines));
}
