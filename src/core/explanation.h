/* Explain this number: for a total, what goes into it, the rule that puts it together, and where it
 * was rounded. Each is reckoned anew from its inputs, so that an explanation that does not hold is
 * found out (is_sound). What is explained is always an answer that is asked for by itself; a
 * number's name is its place in that answer. */
#ifndef WAYMARK_CORE_EXPLANATION_H
#define WAYMARK_CORE_EXPLANATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/budget.h"
#include "core/change_effect.h"
#include "core/client_statement.h"
#include "core/contract.h"
#include "core/contract_position.h"
#include "core/estimate.h"
#include "core/forecast.h"
#include "core/invoice.h"
#include "core/ledger.h"
#include "core/progress_claim.h"
#include "core/value_snapshot.h"

/* How a number is put together. Each has its words in English; rate, of and rest are what some of
 * them speak of. */
enum explained_rule {
    RULE_PRICE = 1,
    RULE_PRICE_LESS_PROGRESS,
    RULE_PERIOD_SHARE,
    RULE_PERCENTAGE,         /* rate of the total (of), counted up */
    RULE_PERCENTAGE_OF_REST, /* rate of the total (of): its part of what is not settled (rest) */
    RULE_SETTLED_PERCENTAGE, /* rate of the total before a change order */
    RULE_PROGRESS_SHARE,
    RULE_TAX_OF_LINES, /* rate of the lines' net (of) */
    RULE_SUM_OF_LINES,
    RULE_SUM_OF_TAXES,
    RULE_NET_AND_TAX,
    RULE_TOTAL_LESS_PAID,
    RULE_AS_SIGNED,
    RULE_SUM_OF_CHANGES,
    RULE_SUM_OF_REDUCTIONS,
    RULE_SUM_TO_DATE,
    RULE_ACCEPTED_PRICES,
    RULE_NET_INVOICED,
    RULE_NET_SHARE_PAID,
    RULE_SUM_LESS_INVOICED,
    RULE_SUM,
    RULE_DIFFERENCE,        /* the first less the others, which are below zero */
    RULE_QUOTIENT,          /* the first by the second */
    RULE_CREDITED_PART,     /* of an invoice's line */
    RULE_TAX_SHARE,         /* of the tax of a rate that was issued (of) */
    RULE_TAX_REST,          /* likewise: nothing of its net is left */
    RULE_EXPECTED_MINUTES,  /* of each role */
    RULE_COST_OF_MINUTES,   /* at what an hour of the role costs */
    RULE_PRICE_OF_MINUTES,  /* at what an hour of the role is sold for */
    RULE_CONTINGENCY,       /* rate of the cost (of) */
    RULE_CONTINGENCY_SHARE, /* a milestone's, by its cost */
    RULE_PROPOSED_PRICE,    /* in the proposal */
    RULE_ESTIMATED_COST,    /* in the estimate that the contract is signed with */
    RULE_PLANNED_NOTHING,   /* these five: core/earned_value.h */
    RULE_PLANNED_HALF,
    RULE_PLANNED_BY_DAYS,
    RULE_PLANNED_WHOLE,
    RULE_EARNED_NOTHING,
    RULE_EARNED_HALF,
    RULE_EARNED_BY_CRITERIA,
    RULE_EARNED_BY_TASKS,
    RULE_EARNED_WHOLE,
    RULE_AS_KEPT,       /* of a day that is over */
    RULE_COST_OF_TIME,  /* that was approved */
    RULE_EXPECTED_COST, /* budget * actual / earned */
    RULE_DAY_BY_CLIENT, /* rate of the client's invoices were paid by such a day */
    RULE_DAY_BY_ALL,    /* likewise of all clients */
    RULE_DAY_AS_DUE,    /* nobody's history is known */
    RULE_DUE_IN_MONTH,
    RULE_PAID_IN_MONTH,     /* in rate of all cases */
    RULE_TAX_OF_MILESTONES, /* each as an invoice of its own */
};

enum explained_rounding {
    ROUNDED_SHARES = 1, /* once for all percentages up to this one */
    ROUNDED_WHOLE_SHARE,
    ROUNDED_EACH_INVOICE,
    ROUNDED_ONCE_UP, /* tax: once for all lines of the rate */
    ROUNDED_ONCE_EVEN,
    ROUNDED_LINES_UP, /* tax: line by line */
    ROUNDED_LINES_EVEN,
    ROUNDED_CREDITS_UP, /* tax of credit notes: the whole share, so that they sum to the invoice's
                         */
    ROUNDED_CREDITS_EVEN,
    ROUNDED_CREDIT_LINES_UP, /* likewise, of each line's own tax */
    ROUNDED_CREDIT_LINES_EVEN,
    ROUNDED_ONCE,
    ROUNDED_EACH_ROLE,
    ROUNDED_EACH_MINUTE, /* of each role */
    ROUNDED_REMAINDERS,  /* the largest first */
    ROUNDED_MILLIONTH,
    ROUNDED_EACH_MILESTONE,
};

enum explained_kind {
    INPUT_NUMBER = 1, /* another one of these; name is its name */
    INPUT_LINE,
    INPUT_MILESTONE,
    INPUT_PROGRESS, /* rate of a milestone */
    INPUT_SETTLED,
    INPUT_SHARES_UP_TO,
    INPUT_SHARES_BEFORE,
    INPUT_REDUCTION,
    INPUT_PROGRESS_BEFORE,
    INPUT_TAX, /* of a rate; name is its category */
    INPUT_PAYMENT,
    INPUT_CREDIT_NOTE,
    INPUT_INVOICE,
    INPUT_INVOICE_PAID, /* paid of a total */
    INPUT_CHANGE_ORDER,
    INPUT_CONTRACT,
    INPUT_STILL_BILLED, /* what stays on the invoice */
    INPUT_INVOICE_TAX,  /* of an invoice, as far as credit notes took it back */
    INPUT_REFUND,
    INPUT_EFFORT,   /* minutes of a role at a rate */
    INPUT_PROPOSAL, /* a milestone's price there */
    INPUT_ESTIMATE, /* a milestone's cost there */
    INPUT_SHARE,    /* part of whole of a milestone's budget */
    INPUT_SNAPSHOT, /* kept at the end of a day */
    INPUT_TIME,     /* minutes of a milestone */
    INPUT_LEFT_TO_EARN,
    INPUT_LEFT_TO_SPEND,
    INPUT_PAID,     /* in part or in full */
    INPUT_CREDITED, /* by credit notes */
    INPUT_TO_COME,  /* an invoice that is not there yet, by its milestones */
    INPUT_DUE_DAY,
    INPUT_DELAY, /* of an invoice that was paid: the part-th of whole */
    INPUT_TODAY,
    INPUT_MILESTONE_TAX, /* at a rate */
    INPUT_BALANCE,       /* of an account at the end of a day */
    INPUT_ENTRY,         /* of the ledger, on a day */
    INPUT_ACCOUNT,
};

/* What a number is made of: an amount and where it comes from. */
struct explained_input {
    enum explained_kind kind;
    const char *name;  /* as people gave it: "M1 Design", "P-2016-0001" */
    const char *label; /* both in words: "payment P-2016-0001" */
    const char
        *detail; /* how it counts, where that is not as it is: "19%", "paid 50.00 of 119.00" */
    int64_t rate_ppm;
    int64_t part; /* of whole: days, criteria, minutes, invoices */
    int64_t whole;
    int64_t minutes; /* of work: these five */
    int64_t optimistic_minutes;
    int64_t likely_minutes;
    int64_t pessimistic_minutes;
    const char *per_hour; /* in major units */
    int32_t day;
    int64_t days; /* of a delay; below zero: early */
    int64_t paid_minor;
    int64_t of_minor;
    const char *exact;    /* of what is rounded on its own */
    int64_t amount_minor; /* none of a day, a delay and of minutes that are only counted */
    struct id subject_id; /* of what its kind says, or of the milestone that it is about */
};

struct explained_number {
    const char *name;  /* its place in the answer: "total", "taxes/0/tax", "milestones/2/cost" */
    const char *label; /* what of it, as people call it: "M1"; none of the whole */
    const char *currency;
    int64_t amount_minor; /* one of these four; none of them where the answer has none */
    int64_t ratio_ppm;
    int64_t minutes;
    int32_t day;
    enum explained_rule rule_kind;
    bool is_reduced; /* and less what both sides agreed */
    int64_t rate_ppm;
    int64_t of_minor;
    int64_t rest_minor;
    const char *rule;  /* all of that in words: "sum of the lines" */
    const char *exact; /* before rounding, in major units, at most six decimals more than the
                          currency has; none where nothing is rounded */
    enum explained_rounding rounding_kind; /* none where it was not */
    const char *rounding;                  /* in words */
    bool is_sound;                         /* the inputs give the amount, by the rule */
    struct list inputs;                    /* struct explained_input */
};

struct explanation {
    struct id subject_id; /* none of the whole company */
    const char *currency; /* none where numbers differ in it */
    struct list numbers;  /* struct explained_number */
};
extern const struct shape explanation_shape;

/* What was applied to an invoice. */
struct applied_amount {
    const char *number; /* of the payment or credit note */
    bool is_credit_note;
    struct id subject_id;
    int64_t amount_minor;
};

struct invoice_facts {
    const struct invoice *invoice; /* with lines */
    const struct contract *contract;
    struct list milestones; /* struct milestone, those of the lines at least */
    struct list applied;    /* struct applied_amount, those that are in force */
    struct list claims;     /* struct progress_claim, those of the milestones */
};

/* Each line, each group of tax, net, tax, total and outstanding of an invoice that is no credit
 * note. In the arena. */
void explain_invoice(struct arena *arena, const struct invoice_facts *facts,
                     struct explanation *explanation);

/* A change order that was applied. */
struct applied_change {
    struct id id;
    int64_t number;
    const char *title;
    int64_t change_minor;
};

struct position_facts {
    const struct contract_position *position;
    struct list changes;    /* struct applied_change */
    struct list milestones; /* struct milestone of the contract */
    struct list documents;  /* struct invoice: invoices and credit notes of the contract */
};

/* Sum, changes, sum to date, accepted, invoiced, paid and left. In the arena. */
enum error explain_position(struct arena *arena, const struct position_facts *facts,
                            struct explanation *explanation, struct fault *fault) WARN_UNUSED;

/* What a credit note was used for. */
struct spent_amount {
    const char *number; /* of the invoice or refund */
    bool is_refund;
    struct id subject_id;
    int64_t amount_minor;
};

struct credit_note_facts {
    const struct invoice *note;    /* with lines, as are the others */
    const struct invoice *invoice; /* that it takes back */
    struct list earlier;           /* struct invoice: the invoice's credit notes before it */
    const struct contract *contract;
    struct list spent; /* struct spent_amount */
};

/* Each line, each group of tax, net, tax, total and what is left of it ("rest"). The credit note
 * is made again from the invoice (core/credit_note.h). In the arena. */
void explain_credit_note(struct arena *arena, const struct credit_note_facts *facts,
                         struct explanation *explanation);

/* Of each milestone and of all ("total"): minutes, cost, contingency, prices and margin. What is
 * given goes together (estimate_check). In the arena. */
enum error explain_estimate(struct arena *arena, const struct estimate *estimate,
                            const struct plan *plan, const struct list *rates,
                            struct explanation *explanation, struct fault *fault) WARN_UNUSED;

struct value_facts {
    const struct value_snapshot *snapshot;
    const struct value_ground *ground; /* NULL: the day is over, and what is kept is all */
    struct id estimate_id;             /* none: there is none */
};

/* Of each milestone and of all: budget, planned, earned and actual, and what follows from them. In
 * the arena. */
void explain_value(struct arena *arena, const struct value_facts *facts,
                   struct explanation *explanation);

/* Of each event net, tax, total and outstanding; of each month total, outstanding, resting and
 * cumulative; and the sums over all. The budget is one of budget_of. In the arena. */
void explain_budget(struct arena *arena, const struct budget *budget,
                    const struct contract *contract, struct explanation *explanation);

/* Of each event the days of payment, of each month what is due and what is paid by these days.
 * parts and paid are those of forecast_of, whose errors it has. In the arena. */
enum error explain_forecast(struct arena *arena, const struct list *parts, const struct list *paid,
                            int32_t today, struct explanation *explanation,
                            struct fault *fault) WARN_UNUSED;

/* The sum and its tax before and after a change order. The effect is that of change_effect. In the
 * arena. */
enum error explain_change(struct arena *arena, const struct change_order *order,
                          const struct change_basis *basis, const struct change_effect *effect,
                          struct explanation *explanation, struct fault *fault) WARN_UNUSED;

/* Of each currency outstanding, overdue, credit, refunds and balance. In the arena. */
void explain_statement(struct arena *arena, const struct client_statement *statement,
                       const struct list *refunds, struct explanation *explanation);

/* An account of a trial balance that is to be explained. */
struct account_facts {
    size_t place;                 /* in the balances */
    struct ledger_balance before; /* until the day before; nothing of one that had none */
    struct list movements;        /* struct ledger_movement: from then */
};

struct balances_facts {
    struct list balances; /* struct ledger_balance, by currency */
    struct list totals;   /* struct trial_balance_total, by currency */
    struct list accounts; /* struct account_facts */
    int32_t before_day;
};

/* Debit, credit and balance of the accounts that are to be explained, from what was before and
 * each movement since; and the totals of each currency. In the arena. */
void explain_balances(struct arena *arena, const struct balances_facts *facts,
                      struct explanation *explanation);

#endif
