/* What a change order would do, before anybody agrees to it: to the contract sum and its tax, to
 * each milestone's price and days, to the way through the graph that decides the end, to what falls
 * due when; and the same in words.
 *
 * Days by the graph: a milestone lasts from its start, or from when all that it comes after is due,
 * to its due day. One whose days the order leaves alone lasts as long as before, so it moves when
 * what comes before it moves: graph_after says to which day. Days that are signed never move by
 * themselves; where the order keeps a due day that the graph no longer reaches, days_short says by
 * how much. A milestone is critical if the end moves with it. */
#ifndef WAYMARK_CORE_CHANGE_EFFECT_H
#define WAYMARK_CORE_CHANGE_EFFECT_H

#include "core/change_order.h"
#include "core/milestone.h"

enum effect_kind {
    EFFECT_UNCHANGED = 1,
    EFFECT_CHANGED,
    EFFECT_ADDED,
    EFFECT_DROPPED,
};

struct milestone_effect {
    const char *code;
    const char *title;
    enum effect_kind kind;
    enum milestone_state state; /* as it stands; none for a new one */
    int64_t price_before_minor; /* none for a new one */
    int64_t price_after_minor;  /* none for one that is dropped */
    int64_t change_minor;
    int32_t due_before_day;
    int32_t due_after_day;
    int64_t days_moved; /* none unless it has both */
    int32_t graph_before_day;
    int32_t graph_after_day;
    int64_t days_short; /* graph after - due after where that is later; else 0 */
    int64_t slack_days; /* after: how far it can slip before the end moves; none if dropped */
    bool was_critical;
    bool is_critical;
    enum pricing pricing;   /* after, or as it was if dropped */
    int64_t percent_ppm;    /* of a percentage; else none */
    int64_t comes_to_minor; /* what a percentage comes to of the sum after, with what is settled
                               before it, and what periods sum to; else none */
    int64_t settled_minor;  /* of the price after; else none */
    const char *summary;    /* "+1200.00 USD, +9 days, now after S2"; none if unchanged */
};

/* What is still to be billed and falls due on a day, with tax: planned due day and payment days,
 * and for what recurs each period's own day and payment days. */
struct due_effect {
    int32_t day;
    int64_t before_minor;
    int64_t after_minor;
};

/* Why it could not be proposed, or signed, as it is. */
struct effect_problem {
    const char *code; /* as a refusal's: "sum-mismatch" */
    const char *field;
    const char *detail;
};

struct change_effect {
    const char *currency;
    int64_t sum_before_minor; /* net */
    int64_t change_minor;
    int64_t sum_after_minor;
    int64_t tax_before_minor; /* of each milestone as its own invoice */
    int64_t tax_change_minor;
    int64_t tax_after_minor;
    int32_t end_before_day; /* by the graph */
    int32_t end_after_day;
    int64_t end_moved_days;
    struct texts critical_before; /* codes, in their order */
    struct texts critical_after;
    struct list milestones; /* struct milestone_effect: of the new plan, then those dropped */
    struct list falls_due;  /* struct due_effect, by day */
    struct list changes;    /* struct plan_change */
    struct list credits;    /* struct change_credit that it needs to list */
    struct list problems;   /* struct effect_problem; none: it can be proposed */
};
extern const struct shape change_effect_shape;

/* In the arena, in time proportional to the plans. The order may be one that is only typed and does
 * not hold yet: that goes to problems. Errors of plan_check_parts for a plan that says too little
 * to tell, ERROR_OUT_OF_RANGE for sums. */
enum error change_effect(struct arena *arena, const struct change_order *order,
                         const struct change_basis *basis, struct change_effect *effect,
                         struct fault *fault) WARN_UNUSED;

/* The tax of so much of a milestone as an invoice of its own, half up. */
enum error change_tax_of(const struct plan_milestone *milestone, int64_t net_minor,
                         int64_t *tax_minor, struct fault *fault) WARN_UNUSED;

#endif
