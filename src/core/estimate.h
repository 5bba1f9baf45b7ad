/* What the agency expects a proposal's work to take and cost, and what is left of its price. Only
 * the agency sees any of it.
 *
 * Effort is estimated by role with three points. Expected minutes are those of PERT, (optimistic +
 * 4 likely + pessimistic) / 6, rounded half up to the minute on each line. A line's cost is its
 * minutes times the role's rate by the hour, rounded half up to the minor unit; everything else is
 * a sum of lines. Contingency is a share of the sum of costs, kept apart from the scope, and split
 * over the milestones by largest remainder, so that its parts sum to it. */
#ifndef WAYMARK_CORE_ESTIMATE_H
#define WAYMARK_CORE_ESTIMATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/plan.h"
#include "core/simulation.h"

enum {
    RATE_SCALE = 4,                      /* decimals of a rate beyond those of its currency */
    RATE_WHOLE_MINUTES = 60 * 10 * 1000, /* minutes times a rate, divided by this: an amount */
    EFFORT_LIMIT = 10 * 1000 * 1000,     /* minutes of one role on one milestone */
    DAY_MINUTES_LIMIT = 24 * 60,
    CONTINGENCY_LIMIT = 1000 * 1000, /* millionths: as much again */
    WORKING_DAY_MINUTES = 8 * 60,    /* unless an estimate says otherwise */
};

/* By the hour, in the currency's own unit with up to RATE_SCALE more decimals: "95.00", "0.125". */
struct rate {
    const char *role; /* "developer", unique on the card */
    const char *cost_per_hour;
    const char *price_per_hour;
};
extern const struct shape rate_shape;

struct rate_card {
    struct id id;
    int64_t version;
    const char *name;
    const char *currency;
    struct list rates; /* struct rate */
    int64_t created_at;
};
extern const struct shape rate_card_shape;

struct effort {
    const char *role;
    int64_t optimistic_minutes;
    int64_t likely_minutes;
    int64_t pessimistic_minutes;
};
extern const struct shape effort_shape;

struct estimated_milestone {
    const char *code;    /* of the plan */
    int64_t people;      /* who work on it at once */
    struct list efforts; /* struct effort, each role once */
};
extern const struct shape estimated_milestone_shape;

struct estimate {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id proposal_id; /* one estimate each */
    struct id rate_card_id;
    const char *currency;
    int64_t day_minutes;
    int64_t contingency_ppm;
    struct list milestones; /* struct estimated_milestone */
    struct list rates;      /* struct rate: the card's, copied when the contract is signed */
    int64_t frozen_at;      /* when that was */
    int64_t created_at;
};
extern const struct shape estimate_shape;

/* What it comes to, of one milestone or all. Prices are net. */
struct estimate_figures {
    const char *code; /* none: all */
    const char *currency;
    int64_t expected_minutes;
    int64_t cost_minor;
    int64_t contingency_minor; /* of the cost, on top of it */
    int64_t rate_price_minor;  /* the effort at the card's prices */
    int64_t price_minor;       /* the plan's */
    int64_t margin_minor;      /* price without cost */
    int64_t margin_ppm;        /* of the price; INTEGER_NONE without one */
    int64_t margin_after_contingency_minor;
};
extern const struct shape estimate_figures_shape;

/* ---- rules --------------------------------------------------------------------------------- */

/* A rate as an integer: minor units an hour, times 10^RATE_SCALE. ERROR_INVALID or
 * ERROR_OUT_OF_RANGE for field. The currency is known. */
enum error rate_read(const char *text, const char *currency, const char *field, int64_t *rate,
                     struct fault *fault) WARN_UNUSED;

/* ERROR_INVALID for "currency", "rates", or a rate ("rates/2/cost_per_hour"); ERROR_CONFLICT for
 * "rates/2/role" if it is there twice. */
enum error rate_card_check(struct arena *arena, const struct rate_card *card,
                           struct fault *fault) WARN_UNUSED;

/* Whether every role that was on the card before still is; estimates name them. ERROR_CONFLICT for
 * "rates". */
enum error rate_card_check_kept(const struct rate_card *card, const struct list *before,
                                struct fault *fault) WARN_UNUSED;

/* Whether it goes with the plan and the rates. ERROR_INVALID for a code, people or role that is not
 * known ("milestones/0/efforts/1/role") and for a currency that differs; ERROR_CONFLICT for one
 * that is there twice; ERROR_OUT_OF_RANGE for points that do not rise. */
enum error estimate_check(const struct estimate *estimate, const struct plan *plan,
                          const struct list *rates, struct fault *fault) WARN_UNUSED;

/* (optimistic + 4 likely + pessimistic) / 6, half up. */
int64_t effort_expected_minutes(const struct effort *effort);

/* minutes at a rate by the hour, half up; ERROR_OUT_OF_RANGE. */
enum error rate_amount(int64_t minutes, int64_t rate, int64_t *amount_minor,
                       struct fault *fault) WARN_UNUSED;

/* One for each milestone of the plan, in its order, and their sum. The estimate is checked.
 * ERROR_OUT_OF_RANGE if an amount leaves its limits. */
enum error estimate_reckon(struct arena *arena, const struct estimate *estimate,
                           const struct plan *plan, const struct list *rates,
                           struct list *milestones, struct estimate_figures *total,
                           struct fault *fault) WARN_UNUSED;

/* Copies the rates into it; nothing changes if that was done before. */
void estimate_freeze(struct estimate *estimate, const struct list *rates, int64_t now_ms);

/* ERROR_WRONG_STATE for "frozen_at" once it is frozen. */
enum error estimate_check_open(const struct estimate *estimate, struct fault *fault) WARN_UNUSED;

/* The plan's milestones as a network with durations and costs from the estimate, ready to be run
 * but for runs and seed; its groups are the milestones. A milestone's working time is the effort on
 * it shared by its people; it starts no earlier than its start day. start_day is where the network
 * begins; holidays are the terms'. ERROR_INVALID for a draft's "after" that names no milestone. */
enum error estimate_simulation(struct arena *arena, const struct estimate *estimate,
                               const struct plan *plan, const struct list *rates, int32_t start_day,
                               struct simulation *simulation, struct fault *fault) WARN_UNUSED;

#endif
