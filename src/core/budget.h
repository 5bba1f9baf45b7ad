/* What a contract brings in and when: each invoice, from work that is only planned to the last
 * payment, is one event in one place. The client reads it as its budget, the agency as its
 * forecast (core/forecast.h).
 *
 * What is still to come is made by the functions that will bill it, on copies: the same lines, tax,
 * rounding and due days. Credit notes are taken off the invoice that they name; an invoice that was
 * taken back in full is left out. A milestone whose billing was credited is still to be billed, as
 * long as the contract goes on. */
#ifndef WAYMARK_CORE_BUDGET_H
#define WAYMARK_CORE_BUDGET_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/client.h"
#include "core/contract.h"
#include "core/milestone.h"
#include "core/progress_claim.h"

enum budget_stage {
    BUDGET_PLANNED = 1,
    BUDGET_ACCEPTED, /* and not yet on an invoice */
    BUDGET_INVOICED,
    BUDGET_PAID,
    BUDGET_DISPUTED, /* invoiced, and an objection lets it rest */
};
extern const struct choices budget_stage_choices;

/* What the day stands on. */
enum budget_basis {
    BASIS_INVOICE = 1, /* the invoice is there */
    BASIS_ACCEPTED,    /* the work is accepted */
    BASIS_CREDITED,    /* likewise, and what was billed for it is credited: to be billed again */
    BASIS_SIGNED_DAY,  /* accepted on its signed day */
    BASIS_PLANNED_DAY, /* accepted on the later day that its plan leads to */
    BASIS_TODAY,       /* its day has passed: accepted today at the earliest */
    BASIS_PERIOD,      /* billed by the calendar, as signed */
};
extern const struct choices budget_basis_choices;

/* A milestone's share in an event. */
struct budget_part {
    struct id milestone_id;
    const char *code;
    const char *title;
    int64_t net_minor;
};

struct budget_event {
    enum budget_stage stage;
    enum budget_basis basis;
    const char *why;      /* the same in words */
    struct id invoice_id; /* once there is one */
    const char *number;
    int32_t done_day;  /* the last part's acceptance, or when it is expected; none for a period */
    int32_t issue_day; /* of the invoice */
    int64_t payment_days; /* within which it is to be paid */
    int32_t due_day;
    int64_t net_minor;
    int64_t tax_minor;
    int64_t total_minor;
    int64_t paid_minor;
    int64_t credited_minor;
    int64_t outstanding_minor; /* of an invoice; all of what is to come */
    struct list parts;         /* struct budget_part */
    struct list taxes;         /* struct invoice_tax of the invoice, there or to come; not shown */
};

/* What falls due in a calendar month. */
struct budget_month {
    int32_t start_day;
    int64_t total_minor; /* less what was credited */
    int64_t outstanding_minor;
    int64_t resting_minor;    /* of that, what rests while an objection is open */
    int64_t cumulative_minor; /* of totals, up to here */
};

struct budget {
    struct id engagement_id;
    struct id contract_id;
    const char *currency;
    int32_t day; /* as of which */
    int64_t planned_minor;
    int64_t accepted_minor;
    int64_t outstanding_minor; /* of invoices */
    int64_t paid_minor;
    int64_t total_minor; /* the sum of the four: of all events, less what was credited */
    struct list events;  /* struct budget_event, by due day */
    struct list months;  /* struct budget_month */
};
extern const struct shape budget_shape;

/* A milestone and when it was accepted or is expected to be, in the contract's zone. */
struct budget_work {
    struct milestone milestone;
    int32_t day;
    enum budget_basis basis;
    struct progress_claim claim; /* accepted progress of it that is on no invoice yet, instead of
                                    the milestone itself; id none otherwise */
};

struct budget_ground {
    const struct client *client;
    const struct contract *contract; /* signed, with the plan in force */
    struct list plans;               /* const struct plan *: core/billing_period.h */
    int32_t ended_day;               /* of a terminated contract; DAY_NONE otherwise */
    struct list works;     /* struct budget_work: all milestones by number, then progress */
    struct list documents; /* struct invoice of the contract; credit notes count in theirs */
    struct list periods;   /* struct billing_period that were billed */
    struct list lines;     /* struct invoice_line of the invoices, or none */
    int32_t today;
};

/* When a milestone that is not accepted yet is expected to be: on its signed day, on a later one
 * to which its plan leads (planned_day) or lateness of the client has moved it, not before today.
 */
struct budget_work budget_expect(const struct milestone *milestone, int32_t planned_day,
                                 int32_t today);

/* In the arena. ERROR_OUT_OF_RANGE for sums and days that do not fit; errors of the functions that
 * bill. */
enum error budget_of(struct arena *arena, const struct budget_ground *ground, struct budget *budget,
                     struct fault *fault) WARN_UNUSED;

#endif
