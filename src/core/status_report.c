#include "core/status_report.h"

#include "base/day.h"
#include "base/decimal.h"
#include "base/text.h"
#include "core/fields.h"

static const struct field status_report_fields[] = {
    ID_FIELD(struct status_report),
    FIELD(struct status_report, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct status_report, number, INTEGER, .minimum = 1, .maximum = INT32_MAX),
    FIELD(struct status_report, day, DAY, .flags = REQUIRED),
    FIELD(struct status_report, subject, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct status_report, text, TEXT, .flags = REQUIRED, .limit = DOCUMENT_TEXT_LIMIT),
    FIELD(struct status_report, note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct status_report, recipients, INTEGER, COUNT_RANGE),
    FIELD(struct status_report, sent_by, ID, OPTIONAL),
    FIELD(struct status_report, sent_at, MOMENT, .flags = REQUIRED),
};
const struct shape status_report_shape =
    SHAPE("status_report", struct status_report, status_report_fields);

static const struct field report_line_fields[] = {
    FIELD(struct report_line, code, TEXT, .flags = NULLABLE),
    FIELD(struct report_line, title, TEXT, .flags = NULLABLE),
    FIELD(struct report_line, state, CHOICE, .choices = &milestone_state_choices),
    FIELD(struct report_line, due_day, DAY),
    FIELD(struct report_line, tasks, INTEGER),
    FIELD(struct report_line, tasks_done, INTEGER),
    FIELD(struct report_line, deadlines, INTEGER),
    FIELD(struct report_line, deadlines_kept, INTEGER),
    FIELD(struct report_line, first_decisions, INTEGER),
    FIELD(struct report_line, first_acceptances, INTEGER),
    FIELD(struct report_line, minor_defects, INTEGER),
    FIELD(struct report_line, major_defects, INTEGER),
    FIELD(struct report_line, critical_defects, INTEGER),
};
const struct shape report_line_shape = SHAPE("report_line", struct report_line, report_line_fields);

static const struct field report_rhythm_fields[] = {
    ID_FIELD(struct report_rhythm),
    VERSION_FIELD(struct report_rhythm),
    FIELD(struct report_rhythm, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct report_rhythm, rhythm, CHOICE, .flags = REQUIRED, .choices = &rhythm_choices),
    FIELD(struct report_rhythm, first_day, DAY, .flags = REQUIRED),
    FIELD(struct report_rhythm, is_stopped, BOOLEAN, OPTIONAL),
    FIELD(struct report_rhythm, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape report_rhythm_shape =
    SHAPE("report_rhythm", struct report_rhythm, report_rhythm_fields);

/* ---- the rhythm ---------------------------------------------------------------------------- */

enum error report_rhythm_check(const struct report_rhythm *rhythm, struct fault *fault)
{
    if (rhythm->rhythm == RHYTHM_SEMI_MONTHLY)
        return refuse(fault, ERROR_INVALID, "rhythm", "reports are not sent on two days a month");
    return OK;
}

enum error report_rhythm_next(const struct report_rhythm *rhythm, int32_t not_before, int32_t *day,
                              struct fault *fault)
{
    struct recurrence recurrence;
    shape_init(&recurrence_shape, &recurrence);
    recurrence.rhythm = rhythm->rhythm;
    recurrence.start_day = recurrence.anchor_day = rhythm->first_day;
    recurrence.end_day = DAY_MAX;
    enum error error = OK;
    *day = rhythm->first_day;
    for (int k = 1; !error && *day < not_before; k++)
        error = recurrence_day(&recurrence, k, day, fault);
    return error;
}

/* ---- the text ------------------------------------------------------------------------------ */

struct report_line report_line_of(const struct tracking *tracking)
{
    return (struct report_line){
        .code = tracking->code,
        .title = tracking->title,
        .state = tracking->state,
        .due_day = tracking->due_day,
        .tasks = tracking->tasks,
        .tasks_done = tracking->tasks_done,
        .deadlines = tracking->deadlines,
        .deadlines_kept = tracking->deadlines_kept,
        .first_decisions = tracking->first_decisions,
        .first_acceptances = tracking->first_acceptances,
        .minor_defects = tracking->minor_defects,
        .major_defects = tracking->major_defects,
        .critical_defects = tracking->critical_defects,
    };
}

/* In percent with one decimal, half up; nothing of nothing. */
static void put_rate(struct text_buffer *text, const char *what, int64_t part, int64_t whole)
{
    char percent[DECIMAL_TEXT_SIZE];
    if (whole == 0)
        return;
    text_printf(text, "%s: %lld of %lld (%s%%)\n", what, (long long)part, (long long)whole,
                decimal_format((part * 1000 + whole / 2) / whole, 1, percent));
}

static void put_total(struct text_buffer *text, const struct report_line *total)
{
    put_rate(text, "Tasks done", total->tasks_done, total->tasks);
    put_rate(text, "Due days kept", total->deadlines_kept, total->deadlines);
    put_rate(text, "Accepted at once", total->first_acceptances, total->first_decisions);
    text_printf(text, "Defects found: %lld critical, %lld major, %lld minor\n",
                (long long)total->critical_defects, (long long)total->major_defects,
                (long long)total->minor_defects);
}

static const char *const states[] = {
    [MILESTONE_PLANNED] = "planned",
    [MILESTONE_READY] = "can start",
    [MILESTONE_IN_PROGRESS] = "in progress",
    [MILESTONE_SUBMITTED] = "handed over, waits for your decision",
    [MILESTONE_ACCEPTED] = "accepted",
    [MILESTONE_DEEMED_ACCEPTED] = "deemed accepted",
    [MILESTONE_REJECTED] = "rejected",
    [MILESTONE_REWORK] = "being reworked",
    [MILESTONE_CANCELLED] = "cancelled",
};

static void put_milestone(struct text_buffer *text, const struct report_line *row)
{
    char due[DAY_TEXT_SIZE];
    text_printf(text, "%s %s\n    %s; due %s", row->code, row->title, states[row->state],
                day_format(row->due_day, due));
    if (row->tasks > 0)
        text_printf(text, "; %lld of %lld tasks done", (long long)row->tasks_done,
                    (long long)row->tasks);
    text_put_text(text, "\n");
}

const char *status_report_text(struct arena *arena, const char *title, int32_t day,
                               const struct list *lines, const struct report_line *total,
                               const char *note)
{
    char on[DAY_TEXT_SIZE];
    struct text_buffer text = text_buffer_in(arena);
    text_printf(&text, "This is where \"%s\" stands on %s.\n\n", title, day_format(day, on));
    if (note)
        text_printf(&text, "%s\n\n", note);
    put_total(&text, total);
    text_put_text(&text, "\n");
    for (size_t i = 0; i < lines->count; i++)
        put_milestone(&text, LIST_AT(struct report_line, *lines, i));
    return text.bytes;
}
