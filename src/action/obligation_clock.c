#include "action/obligation_clock.h"

#include "action/acceptance_clock.h"
#include "action/obligation_mail.h"
#include "action/task.h"
#include "action/zoned_day.h"
#include "base/day.h"
#include "core/contract_terms.h"
#include "core/milestone.h"

/* ---- scheduling ---------------------------------------------------------------------------- */

static enum error schedule_reminder(struct call *call, const struct engagement *engagement,
                                    const struct obligation *obligation, int32_t day,
                                    struct fault *fault)
{
    int64_t due_at = zoned_day_start(engagement->time_zone, day) + REMINDER_MS;
    if (due_at <= call->now_ms)
        return OK;
    return schedule_job(call, JOB_REMIND_OBLIGATION, obligation->id, obligation->engagement_id,
                        due_at, fault);
}

enum error schedule_next_late_day(struct call *call, const struct engagement *engagement,
                                  const struct obligation *obligation, int32_t day,
                                  struct fault *fault)
{
    struct plan_lists lists;
    struct day_calendar calendar = {.weekend = WEEKEND_SATURDAY_SUNDAY};
    int32_t next;
    enum error error = load_work_plan(call, obligation->engagement_id, &lists, fault);
    if (!error && lists.plan.terms)
        error = contract_terms_calendar(call->arena, lists.plan.terms, &calendar, fault);
    if (!error)
        error = day_add_business(day, 1, &calendar, &next, fault);
    if (error)
        return error;
    return schedule_job(call, JOB_OBLIGATION_LATE, obligation->id, obligation->engagement_id,
                        zoned_day_start(engagement->time_zone, next), fault);
}

enum error schedule_obligation(struct call *call, const struct engagement *engagement,
                               const struct obligation *obligation, struct fault *fault)
{
    int32_t due_day = obligation->due_day;
    enum error error =
        schedule_reminder(call, engagement, obligation, due_day - OBLIGATION_NOTICE_DAYS, fault);
    if (!error)
        error = schedule_reminder(call, engagement, obligation, due_day, fault);
    return error ? error : schedule_next_late_day(call, engagement, obligation, due_day, fault);
}

static enum error load_both(struct call *call, const struct job *job, struct obligation *obligation,
                            struct engagement *engagement, struct fault *fault)
{
    enum error error = load_row(call, &obligation_shape, job->subject_id, obligation, fault);
    return error ? error
                 : load_row(call, &engagement_shape, obligation->engagement_id, engagement, fault);
}

/* ---- reminding ----------------------------------------------------------------------------- */

enum error remind_of_obligation(struct call *call, const struct job *job, struct fault *fault)
{
    struct obligation obligation;
    struct engagement engagement;
    enum error error = load_both(call, job, &obligation, &engagement, fault);
    if (error)
        return error;
    int32_t today = zoned_day(engagement.time_zone, call->now_ms);
    if (engagement.state != ENGAGEMENT_ACTIVE || !obligation_is_to_remind(&obligation, today))
        return OK;
    obligation.reminded_day = today;
    happened(call, "obligation.reminded", obligation.id, engagement.id);
    error = save_row(call, &obligation_shape, &obligation, fault);
    return error ? error : mail_obligation_due(call, &engagement, &obligation, fault);
}

/* ---- lateness ------------------------------------------------------------------------------ */

static enum error save_tasks(struct call *call, const struct plan_lists *lists,
                             const struct list *moves, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < moves->count; i++) {
        for (size_t t = 0; !error && t < lists->tasks.count; t++) {
            struct task *task = LIST_AT(struct task, lists->tasks, t);
            if (id_equal(task->id, LIST_AT(struct task_move, *moves, i)->task_id))
                error = save_row(call, &task_shape, task, fault);
        }
    }
    return error;
}

/* A plan knows only some of a milestone. */
static enum error save_milestones(struct call *call, const struct list *moves, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < moves->count; i++) {
        const struct milestone_move *move = LIST_AT(struct milestone_move, *moves, i);
        struct milestone milestone;
        error = load_row(call, &milestone_shape, move->milestone_id, &milestone, fault);
        if (error)
            return error;
        milestone.planned_due_day = move->to_due_day;
        happened(call, "milestone.delayed", milestone.id, milestone.engagement_id);
        error = save_row(call, &milestone_shape, &milestone, fault);
    }
    return error;
}

/* Moves what waits by one working day. */
static enum error move_plan(struct call *call, struct obligation *obligation, int32_t day,
                            struct obligation_slip *slip, struct fault *fault)
{
    struct plan_lists lists;
    struct list waiting = obligation_waiting(call->arena, obligation);
    *slip = (struct obligation_slip){
        .id = call_id(call),
        .engagement_id = obligation->engagement_id,
        .obligation_id = obligation->id,
        .late_day = day,
        .days = 1,
        .reason = obligation_reason(call->arena, obligation),
        .created_at = call->now_ms,
    };
    enum error error = load_work_plan(call, obligation->engagement_id, &lists, fault);
    if (!error)
        error = work_plan_delay(call->arena, &lists.plan, &waiting, (int32_t)slip->days,
                                &slip->tasks, &slip->milestones, fault);
    if (error)
        return error;
    obligation->days_late += slip->days;
    happened(call, "obligation.late", obligation->id, obligation->engagement_id);
    error = save_tasks(call, &lists, &slip->tasks, fault);
    if (!error)
        error = save_milestones(call, &slip->milestones, fault);
    return error ? error : insert_row(call, &obligation_slip_shape, slip, fault);
}

/* While work is suspended no day counts. */
static enum error count_day(struct call *call, const struct engagement *engagement,
                            struct obligation *obligation, int32_t day, struct fault *fault)
{
    struct obligation_slip slip;
    obligation->counted_day = day;
    if (engagement->state == ENGAGEMENT_SUSPENDED) {
        happened(call, "obligation.rested", obligation->id, engagement->id);
        return save_row(call, &obligation_shape, obligation, fault);
    }
    enum error error = move_plan(call, obligation, day, &slip, fault);
    if (!error)
        error = save_row(call, &obligation_shape, obligation, fault);
    if (!error && obligation->days_late == 1)
        error = mail_obligation_late(call, engagement, obligation, &slip, fault);
    return error;
}

static bool has_ended(const struct engagement *engagement)
{
    return engagement->state != ENGAGEMENT_ACTIVE && engagement->state != ENGAGEMENT_SUSPENDED;
}

enum error count_obligation_late(struct call *call, const struct job *job, struct fault *fault)
{
    struct obligation obligation;
    struct engagement engagement;
    enum error error = load_both(call, job, &obligation, &engagement, fault);
    if (error)
        return error;
    int32_t day = zoned_day(engagement.time_zone, job->due_at);
    if (has_ended(&engagement) || !obligation_is_late_on(&obligation, day))
        return OK;
    error = count_day(call, &engagement, &obligation, day, fault);
    return error ? error : schedule_next_late_day(call, &engagement, &obligation, day, fault);
}
