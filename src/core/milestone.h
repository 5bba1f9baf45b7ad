/* A milestone is an agreed piece of work with its price. Two fields tell where it stands: delivery
 * (state) and billing. The days are the signed ones and never slip. */
#ifndef WAYMARK_CORE_MILESTONE_H
#define WAYMARK_CORE_MILESTONE_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"
#include "core/plan.h"
#include "core/tax.h"

enum milestone_state {
    MILESTONE_PLANNED = 1,
    MILESTONE_READY, /* all that it comes after is accepted */
    MILESTONE_IN_PROGRESS,
    MILESTONE_SUBMITTED,
    MILESTONE_ACCEPTED,
    MILESTONE_DEEMED_ACCEPTED,
    MILESTONE_REJECTED,
    MILESTONE_REWORK,
    MILESTONE_CANCELLED,
};
extern const struct choices milestone_state_choices;

enum milestone_billing {
    BILLING_UNBILLED = 1,
    BILLING_BILLABLE, /* accepted, and not yet or no longer on an invoice */
    BILLING_INVOICED,
    BILLING_SETTLED, /* its invoice is paid */
    BILLING_CLOSED,
    BILLING_CREDITED, /* a credit note took the whole invoice back */
};
extern const struct choices milestone_billing_choices;

struct milestone {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id contract_id;
    int64_t number; /* its place in the plan: 1, 2, … */
    const char *code;
    const char *title;
    const char *description;
    int64_t price_minor; /* net */
    const char *currency;
    enum tax_category tax_category;
    int64_t tax_rate_ppm;
    int32_t start_day;
    int32_t due_day;
    enum milestone_state state;
    enum milestone_billing billing;
    int64_t round;            /* submissions so far */
    struct list deliverables; /* struct deliverable */
    struct texts criteria;    /* codes */
    int64_t accepted_at;
    struct id certificate_id; /* once accepted */
    struct id invoice_id;     /* once billed; the latest, if it was credited and billed again */
};
extern const struct shape milestone_shape;

/* after_id must be accepted before milestone_id can start. */
struct milestone_dependency {
    struct id milestone_id;
    struct id after_id;
    struct id engagement_id;
};
extern const struct shape milestone_dependency_shape;

#endif
