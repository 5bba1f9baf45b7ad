#include "core/obligation.h"

#include <stdio.h>

#include "base/day.h"
#include "core/code.h"
#include "core/fields.h"
#include "core/machine.h"
#include "core/milestone.h"
#include "core/task.h"

static const char *const obligation_states[] = {
    [OBLIGATION_OPEN] = "open",
    [OBLIGATION_FULFILLED] = "fulfilled",
    [OBLIGATION_WAIVED] = "waived",
};
const struct choices obligation_state_choices = CHOICES("obligation_state", obligation_states);

static const struct field waiting_milestone_fields[] = {
    FIELD(struct waiting_milestone, milestone_id, ID, .flags = REQUIRED),
};
const struct shape waiting_milestone_shape =
    SHAPE("waiting_milestone", struct waiting_milestone, waiting_milestone_fields);

static const struct field waiting_task_fields[] = {
    FIELD(struct waiting_task, task_id, ID, .flags = REQUIRED),
};
const struct shape waiting_task_shape =
    SHAPE("waiting_task", struct waiting_task, waiting_task_fields);

static const struct field obligation_fields[] = {
    ID_FIELD(struct obligation),
    VERSION_FIELD(struct obligation),
    FIELD(struct obligation, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct obligation, code, TEXT, .flags = REQUIRED | FIXED, .limit = CODE_LIMIT),
    FIELD(struct obligation, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct obligation, due_day, DAY, .flags = REQUIRED),
    FIELD(struct obligation, contact_id, ID, OPTIONAL),
    FIELD(struct obligation, milestones, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &waiting_milestone_shape),
    FIELD(struct obligation, tasks, LIST, .flags = AGENCY_ONLY, .limit = SHORT_LIST_LIMIT,
          .shape = &waiting_task_shape),
    FIELD(struct obligation, state, CHOICE, .flags = REQUIRED, .choices = &obligation_state_choices,
          .initial = OBLIGATION_OPEN),
    FIELD(struct obligation, days_late, INTEGER, COUNT_RANGE),
    FIELD(struct obligation, counted_day, DAY, OPTIONAL),
    FIELD(struct obligation, reminded_day, DAY, OPTIONAL),
    FIELD(struct obligation, closed_day, DAY, OPTIONAL),
    FIELD(struct obligation, closed_at, MOMENT, OPTIONAL),
    FIELD(struct obligation, closed_by_kind, CHOICE, OPTIONAL, .choices = &actor_kind_choices),
    FIELD(struct obligation, closed_by, ID, OPTIONAL),
    FIELD(struct obligation, closed_by_name, TEXT, OPTIONAL),
    FIELD(struct obligation, note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct obligation, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape obligation_shape = SHAPE("obligation", struct obligation, obligation_fields);

static const struct field milestone_move_fields[] = {
    FIELD(struct milestone_move, milestone_id, ID, .flags = REQUIRED),
    FIELD(struct milestone_move, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct milestone_move, signed_due_day, DAY, .flags = REQUIRED),
    FIELD(struct milestone_move, from_due_day, DAY, .flags = REQUIRED),
    FIELD(struct milestone_move, to_due_day, DAY, .flags = REQUIRED),
};
const struct shape milestone_move_shape =
    SHAPE("milestone_move", struct milestone_move, milestone_move_fields);

static const struct field obligation_slip_fields[] = {
    ID_FIELD(struct obligation_slip),
    FIELD(struct obligation_slip, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct obligation_slip, obligation_id, ID, .flags = REQUIRED),
    FIELD(struct obligation_slip, late_day, DAY, .flags = REQUIRED),
    FIELD(struct obligation_slip, days, INTEGER, COUNT_RANGE),
    FIELD(struct obligation_slip, reason, TEXT, .flags = REQUIRED, .limit = 2 * TEXT_LIMIT),
    FIELD(struct obligation_slip, milestones, LIST, .limit = LIST_LIMIT,
          .shape = &milestone_move_shape),
    FIELD(struct obligation_slip, tasks, LIST, .flags = AGENCY_ONLY, .limit = TASKS_LIMIT,
          .shape = &task_move_shape),
    FIELD(struct obligation_slip, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape obligation_slip_shape =
    SHAPE("obligation_slip", struct obligation_slip, obligation_slip_fields);

/* ---- states -------------------------------------------------------------------------------- */

static const unsigned char next_state[OBLIGATION_WAIVED + 1][OBLIGATION_EVENT_COUNT] = {
    [OBLIGATION_OPEN] =
        {[OBLIGATION_FULFIL] = OBLIGATION_FULFILLED, [OBLIGATION_WAIVE] = OBLIGATION_WAIVED},
    [OBLIGATION_FULFILLED] = {[OBLIGATION_REOPEN] = OBLIGATION_OPEN},
    [OBLIGATION_WAIVED] = {[OBLIGATION_REOPEN] = OBLIGATION_OPEN},
};

static const char *const verbs[] = {
    [OBLIGATION_FULFIL] = "fulfilled",
    [OBLIGATION_WAIVE] = "waived",
    [OBLIGATION_REOPEN] = "reopened",
};

static const struct machine machine =
    MACHINE("obligation", "state", &obligation_state_choices, verbs, next_state);

enum error obligation_advance(struct obligation *obligation, enum obligation_event event,
                              struct fault *fault)
{
    int state = (int)obligation->state;
    enum error error = machine_step(&machine, &state, (int)event, fault);
    if (error)
        return error;
    obligation->state = (enum obligation_state)state;
    obligation->closed_day = DAY_NONE;
    obligation->closed_at = 0;
    obligation->closed_by_kind = 0;
    obligation->closed_by = (struct id){0};
    obligation->closed_by_name = NULL;
    return OK;
}

/* ---- checks -------------------------------------------------------------------------------- */

const char *obligation_next_code(struct arena *arena, const struct list *obligations)
{
    int64_t highest = 0;
    for (size_t i = 0; i < obligations->count; i++) {
        int64_t number = code_number(LIST_AT(struct obligation, *obligations, i)->code, "O");
        highest = number > highest ? number : highest;
    }
    return arena_format(arena, "O%lld", (long long)highest + 1);
}

static bool can_milestone_wait(const struct list *milestones, struct id id)
{
    for (size_t i = 0; i < milestones->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *milestones, i);
        if (id_equal(milestone->id, id))
            return !milestone_is_accepted(milestone) && milestone->state != MILESTONE_CANCELLED;
    }
    return false;
}

static bool can_task_wait(const struct list *tasks, struct id id)
{
    for (size_t i = 0; i < tasks->count; i++) {
        const struct task *task = LIST_AT(struct task, *tasks, i);
        if (id_equal(task->id, id))
            return task_is_open(task);
    }
    return false;
}

/* What waited before may have been done since. */
static bool has_milestone(const struct obligation *obligation, size_t count, struct id id)
{
    for (size_t i = 0; i < count; i++) {
        if (id_equal(LIST_AT(struct waiting_milestone, obligation->milestones, i)->milestone_id,
                     id))
            return true;
    }
    return false;
}

static bool has_task(const struct obligation *obligation, size_t count, struct id id)
{
    for (size_t i = 0; i < count; i++) {
        if (id_equal(LIST_AT(struct waiting_task, obligation->tasks, i)->task_id, id))
            return true;
    }
    return false;
}

static enum error check_milestones(const struct obligation *obligation,
                                   const struct obligation *was, const struct list *milestones,
                                   struct fault *fault)
{
    for (size_t i = 0; i < obligation->milestones.count; i++) {
        char field[FIELD_NAME_SIZE];
        struct id id = LIST_AT(struct waiting_milestone, obligation->milestones, i)->milestone_id;
        snprintf(field, sizeof field, "milestones/%zu/milestone_id", i);
        if (has_milestone(obligation, i, id))
            return refuse(fault, ERROR_INVALID, field, "is named twice");
        if (!can_milestone_wait(milestones, id) &&
            !(was && has_milestone(was, was->milestones.count, id)))
            return refuse(fault, ERROR_INVALID, field,
                          "this engagement has no such milestone that is still to be accepted");
    }
    return OK;
}

static enum error check_tasks(const struct obligation *obligation, const struct obligation *was,
                              const struct list *tasks, struct fault *fault)
{
    for (size_t i = 0; i < obligation->tasks.count; i++) {
        char field[FIELD_NAME_SIZE];
        struct id id = LIST_AT(struct waiting_task, obligation->tasks, i)->task_id;
        snprintf(field, sizeof field, "tasks/%zu/task_id", i);
        if (has_task(obligation, i, id))
            return refuse(fault, ERROR_INVALID, field, "is named twice");
        if (!can_task_wait(tasks, id) && !(was && has_task(was, was->tasks.count, id)))
            return refuse(fault, ERROR_INVALID, field,
                          "this engagement has no such task that is still to be done");
    }
    return OK;
}

enum error obligation_check(const struct obligation *obligation, const struct obligation *was,
                            const struct list *milestones, const struct list *tasks, int32_t today,
                            struct fault *fault)
{
    enum error error = text_check(obligation->text, "text", fault);
    if (error)
        return error;
    if (obligation->due_day < today && !(was && was->due_day == obligation->due_day))
        return refuse(fault, ERROR_OUT_OF_RANGE, "due_day", "is in the past");
    if (obligation->due_day > today + DAYS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "due_day", "is more than %d days away",
                      DAYS_LIMIT);
    error = check_milestones(obligation, was, milestones, fault);
    return error ? error : check_tasks(obligation, was, tasks, fault);
}

/* ---- time ---------------------------------------------------------------------------------- */

bool obligation_is_late_on(const struct obligation *obligation, int32_t day)
{
    return day > obligation->due_day && day > obligation->counted_day &&
           (obligation->state == OBLIGATION_OPEN || obligation->closed_day >= day);
}

bool obligation_is_to_remind(const struct obligation *obligation, int32_t today)
{
    return obligation->state == OBLIGATION_OPEN && today <= obligation->due_day &&
           today >= obligation->due_day - OBLIGATION_NOTICE_DAYS &&
           obligation->reminded_day < today;
}

struct list obligation_waiting(struct arena *arena, const struct obligation *obligation)
{
    size_t count = 0;
    struct id *ids =
        arena_array(arena, obligation->milestones.count + obligation->tasks.count, sizeof *ids);
    for (size_t i = 0; i < obligation->milestones.count; i++)
        ids[count++] = LIST_AT(struct waiting_milestone, obligation->milestones, i)->milestone_id;
    for (size_t i = 0; i < obligation->tasks.count; i++)
        ids[count++] = LIST_AT(struct waiting_task, obligation->tasks, i)->task_id;
    return (struct list){ids, count};
}

const char *obligation_reason(struct arena *arena, const struct obligation *obligation)
{
    char day[DAY_TEXT_SIZE];
    return arena_format(arena, "The client's %s, due on %s, is late: %s", obligation->code,
                        day_format(obligation->due_day, day), obligation->text);
}
