/* A plan is what is offered and signed: milestones with their prices and dates, and the terms. It
 * has no table of its own; a proposal and a contract each hold one. */
#ifndef WAYMARK_CORE_PLAN_H
#define WAYMARK_CORE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/shape.h"
#include "core/recurrence.h"
#include "core/tax.h"

enum deliverable_kind {
    DELIVERABLE_FILE = 1,
    DELIVERABLE_LINK,
};
extern const struct choices deliverable_kind_choices;

/* What has to be handed over. */
struct deliverable {
    const char *title; /* unique in its milestone */
    enum deliverable_kind kind;
    const char *description;
};
extern const struct shape deliverable_shape;

/* Where the price of a milestone comes from. */
enum pricing {
    PRICING_FIXED =
        1, /* an amount of its own; so is none, in plans from before there was a choice */
    PRICING_PERCENTAGE,   /* a share of the plan's total (core/plan_price.h) */
    PRICING_NON_BILLABLE, /* it is delivered and accepted, and has no price at all */
    PRICING_RECURRING,    /* it is billed period by period (core/billing_period.h) */
    PRICING_PROGRESS, /* it is billed by accepted shares of completion (core/progress_claim.h) */
};
extern const struct choices pricing_choices;

struct plan_milestone {
    const char *code; /* "S1", unique in the plan */
    const char *title;
    const char *description;
    int64_t price_minor; /* net; the tax comes on top */
    enum tax_category tax_category;
    int64_t tax_rate_ppm;
    int32_t start_day;
    int32_t due_day;
    struct list deliverables; /* struct deliverable */
    struct texts after;       /* codes of the milestones that must be accepted first */
    struct texts criteria;    /* codes of the criteria by which it is accepted */
    enum pricing pricing;
    int64_t percent_ppm;           /* of the plan's total, with PRICING_PERCENTAGE; else none */
    struct recurrence *recurrence; /* with PRICING_RECURRING; else NULL */
    int64_t period_price_minor;    /* of a full period, of which the price is the sum; none: the
                                      price is split over the periods */
    int64_t settled_minor;   /* of the price, what was accepted or billed by its periods before the
                                plan was restated, and stays; none in a plan that changes none */
    int64_t settled_periods; /* of a recurring milestone: how many those are; its recurrence says
                                how it goes on, and without one it ends with them. Else none */
};
extern const struct shape plan_milestone_shape;

enum day_kind {
    DAYS_CALENDAR = 1,
    DAYS_BUSINESS, /* without Saturdays, Sundays and the terms' holidays */
};

/* What it means when the client does not answer within the acceptance period. */
enum silence {
    SILENCE_NONE = 1, /* nothing: acceptance must be given */
    SILENCE_DEEMED,   /* the milestone is deemed accepted */
};

/* How bad a defect must be at least to justify that work is refused. What is less can only be
 * accepted with rights reserved. */
enum refusal_from {
    REFUSAL_FROM_MINOR = 1, /* any defect does */
    REFUSAL_FROM_MAJOR,
    REFUSAL_FROM_CRITICAL,
};

/* Whether work can be accepted in part, the rest being asked for elsewhere or dropped. */
enum partial_acceptance {
    PARTIAL_ACCEPTANCE_NONE = 1, /* all or nothing; so is none */
    PARTIAL_ACCEPTANCE_BY_CRITERION,
};

/* When accepted work is billed. */
enum billing_mode {
    BILLING_PER_ACCEPTANCE = 1, /* at once, an invoice of its own; so is none */
    BILLING_MONTHLY,            /* all that was accepted in a calendar month, by one invoice
                                   (core/billing_month.h) */
};

struct reminder {
    int64_t days_before; /* the deadline, counted as the acceptance period is */
};
extern const struct shape reminder_shape;

enum { APPROVERS_LIMIT = 10 /* that an acceptance can need */ };

enum { OBJECTION_DAYS_LIMIT = 60, DISPUTE_ANSWER_DAYS_LIMIT = 60 };

/* What one person may accept alone. */
struct approver_limit {
    const char *currency; /* the plan's */
    int64_t amount_minor; /* net */
};
extern const struct shape approver_limit_shape;

struct contract_terms {
    int64_t payment_days; /* from the invoice's day to its due day */
    int64_t acceptance_days;
    enum day_kind acceptance_day_kind;
    enum silence silence;
    struct list reminders;   /* struct reminder */
    struct texts holidays;   /* "2016-07-04" */
    const char *time_zone;   /* IANA name, of all clocks and days of the contract */
    const char *notice_text; /* tells the client what silence means, with each request */
    bool consumer_client;    /* a consumer must have been told */
    const char *tax_note;    /* why no tax is charged, where none is */
    const char *jurisdiction;
    const char *prose;              /* everything else, in words */
    enum tax_scope tax_rounding;    /* of all its documents; none is per group */
    enum refusal_from refusal_from; /* none is from major */
    enum billing_mode billing_mode;
    int64_t billing_day; /* of the next month, with BILLING_MONTHLY; a shorter month's last day */
    enum partial_acceptance partial_acceptance;
    int64_t approvers_needed; /* for each acceptance; none and 0: one (core/approval.h) */
    struct approver_limit *one_approver_limit; /* a price above it needs two; NULL: no limit */
    int64_t objection_days; /* after a deemed acceptance, counted as acceptance_days are; none and
                               0: nothing is objected to (core/dispute.h) */
    int64_t dispute_answer_days; /* within which a side answers the other in a dispute, counted so,
                                    too; none and 0: no day is set */
};
extern const struct shape contract_terms_shape;

struct plan {
    const char *currency;
    int64_t total_minor; /* net; what the prices sum to */
    const char *summary;
    struct list milestones; /* struct plan_milestone */
    struct contract_terms *terms;
};
extern const struct shape plan_shape;

/* The milestone of that code, or NULL; in a time that grows with the plan. */
const struct plan_milestone *plan_milestone_of(const struct plan *plan, const char *code);

/* The milestone at that place of a plan. */
struct plan_milestone *planned_at(const struct plan *plan, size_t i);

/* A plan's milestones, to be found by their codes; the first where a code is there twice. */
struct plan_index {
    const struct plan_milestone **milestones; /* sorted by code */
    size_t count;
};
struct plan_index plan_index(struct arena *arena, const struct plan *plan);
struct plan_milestone *plan_find(const struct plan_index *index, const char *code); /* or NULL */

#endif
