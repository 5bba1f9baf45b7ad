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

/* ---- what it says -------------------------------------------------------------------------- */

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
