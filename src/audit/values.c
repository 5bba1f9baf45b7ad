/* Snapshots of earned value: what of them follows from rows that never change. Budgets and tasks
 * do, so those are held only to what no day can break. */
#include "action/earned_value.h"
#include "audit/check.h"
#include "store/tracking.h"
#include "store/walk.h"

static void report_value(struct audit *audit, const struct value_snapshot *snapshot,
                         const char *code, const char *finding)
{
    char day[DAY_TEXT_SIZE];
    report_wrong_row(audit->report, "value_snapshot", snapshot->id, "%s of %s: %s", code,
                     day_format(snapshot->day, day), finding);
}

static bool is_part_of(int64_t amount_minor, int64_t budget_minor)
{
    return amount_minor >= 0 && amount_minor <= budget_minor;
}

static void check_milestones(struct audit *audit, const struct value_snapshot *snapshot)
{
    bool has_cost = snapshot->basis == VALUE_BY_COST;
    for (size_t i = 0; i < snapshot->milestones.count; i++) {
        const struct earned_value *value = LIST_AT(struct earned_value, snapshot->milestones, i);
        if (!is_part_of(value->planned_minor, value->budget_minor))
            report_value(audit, snapshot, value->code, "more is planned than its budget");
        if (!is_part_of(value->earned_minor, value->budget_minor))
            report_value(audit, snapshot, value->code, "it has earned more than its budget");
        if ((value->actual_minor != INTEGER_NONE) != has_cost)
            report_value(audit, snapshot, value->code,
                         has_cost ? "its cost is missing" : "it has a cost without an estimate");
    }
}

/* The cost of a day is that of the time that was approved by its end, and that never changes. */
static enum error check_cost(struct audit *audit, const struct value_snapshot *snapshot,
                             const struct engagement *engagement, struct fault *fault)
{
    struct list times, milestones;
    struct earned_value total;
    int64_t sum_minor = 0;
    enum error error =
        sum_approved_time(&audit->call->store, engagement->id, snapshot->day,
                          value_day_end(engagement->time_zone, snapshot->day), &times, fault);
    if (error)
        return error;
    for (size_t i = 0; i < times.count; i++) {
        int64_t cost_minor = LIST_AT(struct approved_time, times, i)->cost_minor;
        sum_minor += cost_minor == INTEGER_NONE ? 0 : cost_minor;
    }
    value_show(audit->call->arena, snapshot, &milestones, &total);
    if (total.actual_minor != sum_minor)
        report_wrong_row(audit->report, "value_snapshot", snapshot->id,
                         "its costs sum to %lld, and the time approved by then cost %lld",
                         (long long)total.actual_minor, (long long)sum_minor);
    return OK;
}

static enum error check_snapshot(struct audit *audit, const struct value_snapshot *snapshot,
                                 struct fault *fault)
{
    struct engagement engagement;
    int64_t before = audit->report->wrong;
    enum error error = store_load(&audit->call->store, &engagement_shape, snapshot->engagement_id,
                                  &engagement, fault);
    if (error)
        return error == ERROR_NOT_FOUND || error == ERROR_INTERNAL ? OK : error; /* told already */
    check_milestones(audit, snapshot);
    if (audit->report->wrong > before || snapshot->basis != VALUE_BY_COST)
        return OK;
    return check_cost(audit, snapshot, &engagement, fault);
}

static enum error check_snapshots(struct audit *audit, const struct list *rows, void *context,
                                  struct fault *fault)
{
    enum error error = OK;
    (void)context;
    for (size_t i = 0; !error && i < rows->count; i++)
        error = check_snapshot(audit, LIST_AT(struct value_snapshot, *rows, i), fault);
    report_checked(audit->report, (int64_t)rows->count);
    return error;
}

enum error audit_values(struct audit *audit, struct fault *fault)
{
    const struct audit_walk walk = {.shape = &value_snapshot_shape, .visit = check_snapshots};
    report_begin(audit->report, "earned value of days that are over");
    enum error error = audit_walk(audit, &walk, fault);
    if (!error)
        report_end(audit->report);
    return error;
}
