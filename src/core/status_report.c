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

static void put_rate(struct text_buffer *text, const char *what, int64_t part, int64_t whole,
                     int64_t rate_ppm)
{
    char percent[DECIMAL_TEXT_SIZE];
    if (rate_ppm == INTEGER_NONE)
        return;
    text_printf(text, "%s: %lld of %lld (%s%%)\n", what, (long long)part, (long long)whole,
                decimal_format((rate_ppm + 500) / 1000, 1, percent));
}

static void put_total(struct text_buffer *text, const struct tracking *total)
{
    put_rate(text, "Tasks done", total->tasks_done, total->tasks, total->task_completion_ppm);
    put_rate(text, "Due days kept", total->deadlines_kept, total->deadlines,
             total->deadline_adherence_ppm);
    put_rate(text, "Accepted at once", total->first_acceptances, total->first_decisions,
             total->first_pass_ppm);
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

static void put_milestone(struct text_buffer *text, const struct tracking *row)
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
                               const struct list *milestones, const struct tracking *total,
                               const char *note)
{
    char on[DAY_TEXT_SIZE];
    struct text_buffer text = text_buffer_in(arena);
    text_printf(&text, "this is where \"%s\" stands on %s.\n\n", title, day_format(day, on));
    if (note)
        text_printf(&text, "%s\n\n", note);
    put_total(&text, total);
    text_put_text(&text, "\n");
    for (size_t i = 0; i < milestones->count; i++)
        put_milestone(&text, LIST_AT(struct tracking, *milestones, i));
    return text.bytes;
}
