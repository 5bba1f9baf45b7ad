/* Estimates: what the agency expects a proposal's milestones to take and cost. One for each
 * proposal; changed until the contract made of it is signed, then kept with the rates of that day.
 * Clients never see one. */
#ifndef WAYMARK_ACTION_ESTIMATE_H
#define WAYMARK_ACTION_ESTIMATE_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/estimate.h"
#include "core/proposal.h"
#include "store/list.h"

struct list_estimates {
    struct page_query page;
    struct id engagement_id;
};

/* What it comes to by the rates that hold: the card's, or those that were kept. */
struct estimate_sheet {
    struct id estimate_id;
    struct estimate_figures *total;
    struct list milestones; /* struct estimate_figures, as in the plan */
};

struct simulate_estimate {
    struct id id;
    int64_t runs;
    int64_t seed;
    int32_t start_day; /* none: today, or the plan's first start day if that is later */
};

/* One row for a milestone, or for the whole with no code. */
struct simulated {
    const char *code;
    int32_t due_day;
    int64_t on_time_ppm; /* none without a due day */
    int32_t finish_50_day;
    int32_t finish_80_day;
    int32_t finish_95_day;
    const char *currency;
    int64_t cost_50_minor;
    int64_t cost_80_minor;
    int64_t cost_95_minor;
};

struct estimate_simulation_view {
    struct id estimate_id;
    int64_t runs;
    int64_t seed;
    int32_t start_day;
    struct simulated *whole;
    struct list milestones; /* struct simulated */
};

extern const struct operation list_estimates_operation;
extern const struct operation show_estimate_operation;         /* struct subject */
extern const struct operation show_estimate_figures_operation; /* struct subject */
extern const struct operation simulate_estimate_operation;

/* Take struct estimate: proposal_id, rate_card_id, day_minutes, contingency_ppm and milestones; id
 * and the same but for the proposal. */
extern const struct operation create_estimate_operation;
extern const struct operation change_estimate_operation;

/* An estimate with all that it is reckoned by, which goes together: errors of estimate_check, as a
 * draft's plan may have changed since. */
struct reckoning {
    struct estimate estimate;
    struct proposal proposal;
    struct list rates; /* struct rate */
};
enum error load_reckoning(struct call *call, struct id id, struct reckoning *of,
                          struct fault *fault) WARN_UNUSED;

/* Keeps the rates of today with the proposal's estimate, if it has one: its contract is signed. */
enum error freeze_estimate(struct call *call, struct id proposal_id,
                           struct fault *fault) WARN_UNUSED;

#endif
