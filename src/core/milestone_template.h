/* A template of milestones, of the whole company: what usually comes after what, after how many
 * days, and with which weight of the price. Applied to a proposal, it becomes the plan's
 * milestones. */
#ifndef WAYMARK_CORE_MILESTONE_TEMPLATE_H
#define WAYMARK_CORE_MILESTONE_TEMPLATE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/plan.h"

enum { WEIGHT_LIMIT = 1000 * 1000 };

struct template_milestone {
    const char *code; /* unique in the template */
    const char *title;
    const char *description;
    int64_t weight;     /* its share of the price, of any unit */
    int64_t due_days;   /* calendar days after the start */
    struct texts after; /* codes of those that come first */
};
extern const struct shape template_milestone_shape;

struct milestone_template {
    struct id id;
    int64_t version;
    const char *name;
    const char *description;
    struct list milestones; /* struct template_milestone */
    int64_t created_at;
    int64_t retired_at; /* since when no proposal begins with it */
};
extern const struct shape milestone_template_shape;

/* ERROR_INVALID for "name", "milestones" without one, "milestones/<n>/code", "/title" or
 * "/after/<m>"; ERROR_CONFLICT for a code twice; ERROR_OUT_OF_RANGE for "/due_days" before those of
 * one that comes first; ERROR_CYCLE for "milestones", with the way by codes. */
enum error milestone_template_check(struct arena *arena, const struct milestone_template *template,
                                    struct fault *fault) WARN_UNUSED;

/* ERROR_WRONG_STATE for field if it is retired: such a one stays as it is. */
enum error milestone_template_check_current(const struct milestone_template *template,
                                            const char *field, struct fault *fault) WARN_UNUSED;

/* ERROR_WRONG_STATE for "retired_at" if it is already. */
enum error milestone_template_retire(struct milestone_template *template, int64_t now_ms,
                                     struct fault *fault) WARN_UNUSED;

/* What all milestones of an applied template have in common. */
struct template_use {
    int64_t total_minor;
    int32_t start_day;
    enum tax_category tax_category;
    int64_t tax_rate_ppm;
};

/* Puts its milestones in place of the plan's, each with a fixed price: the total split by weights,
 * by largest remainder, the earlier first when equal, so that the prices sum to exactly the total,
 * which becomes the plan's. In the arena. ERROR_OUT_OF_RANGE for a day after the year 9999. */
enum error milestone_template_apply(struct arena *arena, const struct milestone_template *template,
                                    const struct template_use *use, struct plan *plan,
                                    struct fault *fault) WARN_UNUSED;

#endif
