/* The earned value of an engagement on one day, from dated rows: what was accepted, decided, done,
 * started and approved by the end of that day. Days that are over are kept as snapshots and never
 * change, whatever becomes known later.
 *
 * Budgets are the costs that the contract's estimate expects, without contingency; milestones that
 * it does not know have none. Without an estimate they are the prices, and what the work costs is
 * not known. Cancelled milestones have no budget; what was spent on them was spent. */
#ifndef WAYMARK_CORE_VALUE_SNAPSHOT_H
#define WAYMARK_CORE_VALUE_SNAPSHOT_H

#include "base/arena.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/earned_value.h"

/* How a milestone earns, where somebody chose; its id is the milestone's. Else on acceptance. */
struct earning_choice {
    struct id id;
    int64_t version;
    struct id engagement_id;
    enum earning_rule rule;
    int64_t created_at;
};
extern const struct shape earning_choice_shape;

enum value_basis {
    VALUE_BY_COST = 1,
    VALUE_BY_PRICE, /* there is no estimate */
};
extern const struct choices value_basis_choices;

struct value_snapshot {
    struct id id;
    struct id engagement_id;
    int32_t day;
    enum value_basis basis;
    const char *currency;
    struct list milestones; /* struct earned_value, as kept_value_shape */
    int64_t taken_at;       /* 0: not kept */
};
extern const struct shape value_snapshot_shape;

/* Rows of an engagement, and the days of their moments where it is, in arrays beside them. */
struct value_ground {
    const struct list *milestones; /* struct milestone */
    const int32_t *accepted_days;  /* DAY_NONE: not yet */
    const int32_t *started_days;   /* likewise */
    const struct list *tasks;      /* struct task */
    const int32_t *created_days;
    const struct list *submissions; /* struct submission, by milestone and round */
    const int32_t *decided_days;    /* DAY_NONE: not yet */
    const struct list *times;       /* struct approved_time up to the day */
    const struct list *estimates;   /* struct estimate_figures by code; NULL: no estimate */
    const struct list *choices;     /* struct earning_choice */
    int32_t day;
};

/* How the i-th milestone stands on the day, and whether it counts: a cancelled one does if it cost
 * something. */
struct earning value_earning(const struct value_ground *ground, size_t i);
bool value_counts(const struct value_ground *ground, size_t i);

/* Sets the snapshot's basis and the milestones that count, in their order. Criteria count as the
 * last round that was decided by the day has them. */
void value_reckon(struct arena *arena, const struct value_ground *ground,
                  struct value_snapshot *snapshot);

/* The figures of each of its milestones, and of all. */
void value_show(struct arena *arena, const struct value_snapshot *snapshot, struct list *milestones,
                struct earned_value *total);

#endif
