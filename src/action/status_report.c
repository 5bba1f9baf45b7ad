#include "action/status_report.h"

#include "action/company.h"
#include "action/job.h"
#include "action/mail_parts.h"
#include "action/paper.h"
#include "action/status_report_text.h"
#include "action/tracking.h"
#include "action/zoned_day.h"
#include "base/day.h"
#include "base/limits.h"
#include "core/engagement.h"
#include "store/job.h"
#include "store/recipient.h"
#include "store/status_report.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_status_reports),
    FIELD(struct list_status_reports, engagement_id, ID, .flags = FROM_PATH),
};
static const struct shape list_shape =
    SHAPE("list_status_reports", struct list_status_reports, list_fields);

static const struct shape page_shape = PAGE_SHAPE("status_report_page", status_report_shape);

static const struct listing reports = {.shape = &status_report_shape};

static enum error list_status_reports(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct list_status_reports *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &reports, &list_shape, in, output, fault);
}

const struct operation list_status_reports_operation = {
    .name = "list_status_reports",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_status_reports,
};

static const struct shape subject_shape = SUBJECT_SHAPE(status_report_id);

const struct operation show_status_report_operation = {
    .name = "show_status_report",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &status_report_shape,
};

/* ---- sending ------------------------------------------------------------------------------- */

static struct list lines_of(struct arena *arena, const struct list *milestones)
{
    struct report_line *lines = arena_array(arena, milestones->count, sizeof *lines);
    for (size_t i = 0; i < milestones->count; i++)
        lines[i] = report_line_of(LIST_AT(struct tracking, *milestones, i));
    return (struct list){lines, milestones->count};
}

/* What a report is made from. */
struct report_ground {
    struct company company;
    struct client client;
    struct list contacts; /* struct recipient */
    struct tracking_view view;
    int64_t before; /* reports of the engagement */
};

static enum error load_ground(struct call *call, const struct engagement *engagement, int32_t day,
                              struct report_ground *ground, struct fault *fault)
{
    enum error error =
        list_contact_recipients(&call->store, engagement->client_id, &ground->contacts, fault);
    if (!error && ground->contacts.count == 0)
        error = refuse(fault, ERROR_WRONG_STATE, "contacts", "the client has nobody to write to");
    if (!error)
        error = load_company(call, &ground->company, fault);
    if (!error)
        error = load_row(call, &client_shape, engagement->client_id, &ground->client, fault);
    if (!error)
        error = count_status_reports(&call->store, engagement->id, &ground->before, fault);
    return error ? error : reckon_tracking(call, engagement, day, &ground->view, fault);
}

/* Keeps it as the client's language has it, with its paper, and mails it to each in their own. */
static enum error keep_and_mail(struct call *call, struct report_ground *ground,
                                struct report_paper *paper, struct fault *fault)
{
    struct status_report *report = paper->report;
    const struct language *language = language_of(client_locale(&ground->client, &ground->company));
    const struct saying text = status_report_text(call->arena, paper);
    const struct mail_text mail = {
        SAY(call->arena, WORD_MAIL_STATUS_SUBJECT, said_text(paper->engagement->title)),
        SAY(call->arena, WORD_MAIL_STATUS, text, mail_link_to(call, "status-reports", report->id)),
        DOCUMENT_STATUS_REPORT,
    };
    report->subject = say(call->arena, language, &mail.subject);
    report->text = say(call->arena, language, &text);
    happened(call, "status_report.sent", report->id, report->engagement_id);
    enum error error = insert_row(call, &status_report_shape, report, fault);
    if (!error)
        error = keep_report_paper(call, paper, fault);
    return error ? error : mail_post(call, &ground->contacts, report->id, &mail, fault);
}

/* Fills and sends a report of the day, whose note and sender are set. */
static enum error send_report(struct call *call, struct engagement *engagement,
                              struct status_report *report, struct fault *fault)
{
    struct report_ground ground = {0};
    enum error error = load_ground(call, engagement, report->day, &ground, fault);
    if (error)
        return error;
    report->id = call_id(call);
    report->engagement_id = engagement->id;
    report->number = ground.before + 1;
    report->recipients = (int64_t)ground.contacts.count;
    report->sent_at = call->now_ms;
    struct report_line total = report_line_of(ground.view.total);
    struct report_paper paper = {.company = &ground.company,
                                 .client = &ground.client,
                                 .engagement = engagement,
                                 .report = report,
                                 .total = &total,
                                 .lines = lines_of(call->arena, &ground.view.milestones)};
    return keep_and_mail(call, &ground, &paper, fault);
}

static enum error send_status_report(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct status_report *in = input;
    struct status_report *report = output;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (!error)
        error = engagement_check_decision(&engagement, fault);
    if (error)
        return error;
    *report = (struct status_report){
        .day = call_today(call, engagement.time_zone), .note = in->note, .sent_by = call->actor.id};
    return send_report(call, &engagement, report, fault);
}

static const struct field send_fields[] = {
    FIELD(struct status_report, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct status_report, note, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape send_shape =
    SHAPE("send_status_report", struct status_report, send_fields);

const struct operation send_status_report_operation = {
    .name = "send_status_report",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &send_shape,
    .out = &status_report_shape,
    .run = send_status_report,
};

/* ---- the rhythm ---------------------------------------------------------------------------- */

/* The job of the first of its days that is not before that one, unless it waits already. */
static enum error wait_for(struct call *call, const struct engagement *engagement,
                           const struct report_rhythm *rhythm, int32_t not_before,
                           struct fault *fault)
{
    int32_t day;
    bool waits;
    enum error error = report_rhythm_next(rhythm, not_before, &day, fault);
    if (error)
        return error;
    int64_t due_at = zoned_day_start(engagement->time_zone, day);
    error = find_job_at(&call->store, JOB_SEND_REPORT, engagement->id, due_at, &waits, fault);
    if (error || waits)
        return error;
    return schedule_job(call, JOB_SEND_REPORT, engagement->id, engagement->id, due_at, fault);
}

static enum error check_rhythm(const struct report_rhythm *in, const struct engagement *engagement,
                               bool is_new, int32_t today, struct fault *fault)
{
    enum error error = engagement_check_decision(engagement, fault);
    if (!error)
        error = report_rhythm_check(in, fault);
    if (!error && is_new && in->first_day < today)
        error = refuse(fault, ERROR_OUT_OF_RANGE, "first_day", "is over");
    return error;
}

static enum error save_rhythm(struct call *call, const struct report_rhythm *in, bool is_new,
                              struct report_rhythm *rhythm, struct fault *fault)
{
    rhythm->rhythm = in->rhythm;
    rhythm->first_day = in->first_day;
    rhythm->is_stopped = in->is_stopped;
    happened(call, "engagement.report_rhythm_set", in->engagement_id, in->engagement_id);
    if (!is_new)
        return save_row(call, &report_rhythm_shape, rhythm, fault);
    rhythm->id = rhythm->engagement_id = in->engagement_id;
    rhythm->created_at = call->now_ms;
    return insert_row(call, &report_rhythm_shape, rhythm, fault);
}

static enum error set_report_rhythm(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct report_rhythm *in = input;
    struct report_rhythm *rhythm = output;
    struct engagement engagement;
    bool found = false;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (!error)
        error = find_report_rhythm(&call->store, engagement.id, rhythm, &found, fault);
    if (!error && !found)
        *rhythm = (struct report_rhythm){0}; /* a version that nothing has yet */
    if (!error)
        error = check_version(call, &report_rhythm_shape, rhythm, fault);
    int32_t today = error ? DAY_NONE : call_today(call, engagement.time_zone);
    if (!error)
        error = check_rhythm(in, &engagement, !found, today, fault);
    if (!error)
        error = save_rhythm(call, in, !found, rhythm, fault);
    return error || rhythm->is_stopped ? error : wait_for(call, &engagement, rhythm, today, fault);
}

static const struct field set_fields[] = {
    FIELD(struct report_rhythm, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct report_rhythm, rhythm, CHOICE, .flags = REQUIRED, .choices = &rhythm_choices),
    FIELD(struct report_rhythm, first_day, DAY, .flags = REQUIRED),
    FIELD(struct report_rhythm, is_stopped, BOOLEAN, .flags = 0),
};
static const struct shape set_shape = SHAPE("set_report_rhythm", struct report_rhythm, set_fields);

const struct operation set_report_rhythm_operation = {
    .name = "set_report_rhythm",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &set_shape,
    .out = &report_rhythm_shape,
    .run = set_report_rhythm,
};

static const struct shape rhythm_subject_shape = SUBJECT_SHAPE(engagement_id);

const struct operation show_report_rhythm_operation = {
    .name = "show_report_rhythm",
    .permission = PERMIT_READ,
    .in = &rhythm_subject_shape,
    .out = &report_rhythm_shape,
};

/* ---- in the rhythm ------------------------------------------------------------------------- */

/* Whether the day is one of the rhythm's and the last of them that has come. */
static enum error check_turn(const struct report_rhythm *rhythm, int32_t day, int32_t today,
                             bool *is_day, bool *is_last, struct fault *fault)
{
    int32_t same, next;
    enum error error = report_rhythm_next(rhythm, day, &same, fault);
    if (!error)
        error = report_rhythm_next(rhythm, day + 1, &next, fault);
    if (error)
        return error;
    *is_day = same == day;
    *is_last = next > today;
    return OK;
}

enum error send_report_on_its_day(struct call *call, const struct job *job, struct fault *fault)
{
    struct engagement engagement;
    struct report_rhythm rhythm;
    struct list contacts = {0};
    bool found, is_day = false, is_last = false;
    int64_t sent = 0;
    enum error error = load_row(call, &engagement_shape, job->subject_id, &engagement, fault);
    if (!error)
        error = find_report_rhythm(&call->store, engagement.id, &rhythm, &found, fault);
    if (error || !found || rhythm.is_stopped || engagement.state > ENGAGEMENT_SUSPENDED)
        return error;
    int32_t day = zoned_day(engagement.time_zone, job->due_at);
    int32_t today = call_today(call, engagement.time_zone);
    error = check_turn(&rhythm, day, today, &is_day, &is_last, fault);
    if (error || !is_day)
        return error;
    error = wait_for(call, &engagement, &rhythm, day + 1, fault);
    if (!error) /* by a rhythm that was set anew on that day */
        error = count_status_reports_of(&call->store, engagement.id, day, &sent, fault);
    if (!error)
        error = list_contact_recipients(&call->store, engagement.client_id, &contacts, fault);
    if (error || !is_last || sent > 0 || contacts.count == 0)
        return error;
    struct status_report report = {.day = day};
    return send_report(call, &engagement, &report, fault);
}
