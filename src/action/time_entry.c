#include "action/time_entry.h"

#include "base/limits.h"
#include "core/code.h"
#include "core/estimate.h"
#include "core/milestone.h"
#include "core/task.h"
#include "store/estimate.h"
#include "store/time_entry.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_time_entries),
    FIELD(struct list_time_entries, engagement_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_time_entries, milestone_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_time_entries, task_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_time_entries, user_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_time_entries, state, CHOICE, .flags = FROM_QUERY,
          .choices = &time_entry_state_choices),
    FIELD(struct list_time_entries, from_day, DAY, .flags = FROM_QUERY),
    FIELD(struct list_time_entries, to_day, DAY, .flags = FROM_QUERY),
};
static const struct shape list_shape =
    SHAPE("list_time_entries", struct list_time_entries, list_fields);

static const struct shape page_shape = PAGE_SHAPE("time_entry_page", time_entry_shape);

static const struct list_filter filters[] = {
    {"from_day", "day >= :from_day"},
    {"to_day", "day <= :to_day"},
    {0},
};

static const struct listing entries = {
    .shape = &time_entry_shape,
    .sorts = (const char *const[]){"day", "created_at", NULL},
    .filters = filters,
};

static enum error list_time_entries(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    return store_page(&call->store, &entries, &list_shape, input, output, fault);
}

const struct operation list_time_entries_operation = {
    .name = "list_time_entries",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_time_entries,
};

static const struct shape subject_shape = SUBJECT_SHAPE(time_entry_id);

const struct operation show_time_entry_operation = {
    .name = "show_time_entry",
    .permission = PERMIT_READ_AGENCY,
    .in = &subject_shape,
    .out = &time_entry_shape,
};

/* ---- recording ----------------------------------------------------------------------------- */

/* Those frozen with the contract's estimate; none without one. */
static enum error load_rates(struct call *call, struct id engagement_id, struct list *rates,
                             struct fault *fault)
{
    struct estimate estimate;
    bool found;
    *rates = (struct list){0};
    enum error error = find_frozen_estimate(&call->store, engagement_id, &estimate, &found, fault);
    if (!error && found)
        *rates = estimate.rates;
    return error;
}

static enum error not_there(enum error error, const char *field, const char *detail,
                            struct fault *fault)
{
    return error == ERROR_NOT_FOUND || !error ? refuse(fault, ERROR_INVALID, field, "%s", detail)
                                              : error;
}

/* Sets the milestone by the task, and holds both to the engagement. */
static enum error find_work(struct call *call, struct time_entry *entry, struct fault *fault)
{
    struct task task;
    struct milestone milestone;
    bool has_task = !id_is_none(entry->task_id);
    if (has_task != id_is_none(entry->milestone_id))
        return refuse(fault, ERROR_INVALID, "task_id", "name one task or one milestone");
    if (has_task) {
        enum error error = load_row(call, &task_shape, entry->task_id, &task, fault);
        if (error || !id_equal(task.engagement_id, entry->engagement_id))
            return not_there(error, "task_id", "there is no such task in this engagement", fault);
        entry->milestone_id = task.milestone_id;
        return OK;
    }
    enum error error = load_row(call, &milestone_shape, entry->milestone_id, &milestone, fault);
    if (error || !id_equal(milestone.engagement_id, entry->engagement_id))
        return not_there(error, "milestone_id", "there is no such milestone in this engagement",
                         fault);
    return OK;
}

static const struct field record_fields[] = {
    FIELD(struct time_entry, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct time_entry, milestone_id, ID),
    FIELD(struct time_entry, task_id, ID),
    FIELD(struct time_entry, day, DAY, .flags = REQUIRED),
    FIELD(struct time_entry, minutes, INTEGER, .flags = REQUIRED, .minimum = 1,
          .maximum = TIME_OF_DAY_LIMIT),
    FIELD(struct time_entry, role, TEXT),
    FIELD(struct time_entry, note, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape record_shape = SHAPE("record_time", struct time_entry, record_fields);

static enum error check_entry(struct call *call, struct time_entry *entry,
                              const struct engagement *engagement, struct fault *fault)
{
    struct list rates;
    int64_t before_minutes;
    enum error error = find_work(call, entry, fault);
    if (!error)
        error = load_rates(call, engagement->id, &rates, fault);
    if (!error)
        error =
            sum_minutes_of_day(&call->store, entry->user_id, entry->day, &before_minutes, fault);
    return error ? error
                 : time_entry_check(entry, engagement, call_today(call, engagement->time_zone),
                                    before_minutes, &rates, fault);
}

static enum error record_time(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct time_entry *in = input;
    struct time_entry *entry = output;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (error)
        return error;
    shape_init(&time_entry_shape, entry);
    shape_copy(&record_shape, in, entry);
    entry->id = call_id(call);
    entry->engagement_id = engagement.id;
    entry->currency = engagement.currency;
    entry->user_id = call->actor.id;
    entry->created_at = call->now_ms;
    error = check_entry(call, entry, &engagement, fault);
    if (error)
        return error;
    happened(call, "time_entry.recorded", entry->id, entry->engagement_id);
    return insert_row(call, &time_entry_shape, entry, fault);
}

const struct operation record_time_operation = {
    .name = "record_time",
    .permission = PERMIT_RECORD_TIME,
    .writes = true,
    .in = &record_shape,
    .out = &time_entry_shape,
    .run = record_time,
};

static enum error withdraw_time_entry(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct subject *in = input;
    struct time_entry *entry = output;
    enum error error = load_subject(call, &time_entry_shape, in->id, entry, fault);
    if (!error && !id_equal(entry->user_id, call->actor.id))
        error = refuse(fault, ERROR_FORBIDDEN, NULL, "only who recorded it may withdraw it");
    if (!error)
        error = time_entry_advance(entry, TIME_ENTRY_WITHDRAW, fault);
    if (error)
        return error;
    happened(call, "time_entry.withdrawn", entry->id, entry->engagement_id);
    return save_row(call, &time_entry_shape, entry, fault);
}

const struct operation withdraw_time_entry_operation = {
    .name = "withdraw_time_entry",
    .permission = PERMIT_RECORD_TIME,
    .writes = true,
    .in = &subject_shape,
    .out = &time_entry_shape,
    .run = withdraw_time_entry,
};

/* ---- deciding ------------------------------------------------------------------------------ */

static enum error save_decided(struct call *call, struct time_entry *entry, const char *event,
                               struct fault *fault)
{
    entry->decided_by = call->actor.id;
    entry->decided_at = call->now_ms;
    happened(call, event, entry->id, entry->engagement_id);
    return save_row(call, &time_entry_shape, entry, fault);
}

static enum error approve_time_entry(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct subject *in = input;
    struct time_entry *entry = output;
    struct list rates;
    enum error error = load_subject(call, &time_entry_shape, in->id, entry, fault);
    if (!error)
        error = load_rates(call, entry->engagement_id, &rates, fault);
    if (!error)
        error = time_entry_approve(entry, &rates, fault);
    return error ? error : save_decided(call, entry, "time_entry.approved", fault);
}

const struct operation approve_time_entry_operation = {
    .name = "approve_time_entry",
    .permission = PERMIT_APPROVE_TIME,
    .writes = true,
    .in = &subject_shape,
    .out = &time_entry_shape,
    .run = approve_time_entry,
};

#define DECIDE_FIELDS                                                                              \
    ID_FROM_PATH(struct decide_time_entry, time_entry_id),                                         \
        FIELD(struct decide_time_entry, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT)

static const struct field return_fields[] = {DECIDE_FIELDS};
static const struct shape return_shape =
    SHAPE("return_time_entry", struct decide_time_entry, return_fields);

static enum error return_time_entry(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct decide_time_entry *in = input;
    struct time_entry *entry = output;
    enum error error = load_subject(call, &time_entry_shape, in->id, entry, fault);
    if (!error)
        error = text_check(in->reason, "reason", fault);
    if (!error)
        error = time_entry_advance(entry, TIME_ENTRY_RETURN, fault);
    if (error)
        return error;
    entry->reason = in->reason;
    return save_decided(call, entry, "time_entry.returned", fault);
}

const struct operation return_time_entry_operation = {
    .name = "return_time_entry",
    .permission = PERMIT_APPROVE_TIME,
    .writes = true,
    .in = &return_shape,
    .out = &time_entry_shape,
    .run = return_time_entry,
};

static const struct field reverse_fields[] = {DECIDE_FIELDS};
static const struct shape reverse_shape =
    SHAPE("reverse_time_entry", struct decide_time_entry, reverse_fields);

static enum error check_not_reversed(struct call *call, struct id id, struct fault *fault)
{
    bool found;
    enum error error = find_reversal(&call->store, id, &found, fault);
    if (!error && found)
        error = refuse(fault, ERROR_CONFLICT, "reverses_entry_id", "the entry is reversed already");
    return error;
}

static enum error reverse_time_entry(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct decide_time_entry *in = input;
    struct time_entry *reversal = output;
    struct time_entry entry;
    enum error error = load_subject(call, &time_entry_shape, in->id, &entry, fault);
    if (!error)
        error = time_entry_reverse(&entry, in->reason, reversal, fault);
    if (!error)
        error = check_not_reversed(call, entry.id, fault);
    if (error)
        return error;
    reversal->id = call_id(call);
    reversal->decided_by = call->actor.id;
    reversal->decided_at = call->now_ms;
    reversal->created_at = call->now_ms;
    happened(call, "time_entry.reversed", entry.id, entry.engagement_id);
    return insert_row(call, &time_entry_shape, reversal, fault);
}

const struct operation reverse_time_entry_operation = {
    .name = "reverse_time_entry",
    .permission = PERMIT_APPROVE_TIME,
    .writes = true,
    .in = &reverse_shape,
    .out = &time_entry_shape,
    .run = reverse_time_entry,
};
