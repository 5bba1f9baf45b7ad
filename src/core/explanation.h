/* Explain this number: for a total, what goes into it, the rule that puts it together, and where it
 * was rounded. Each is reckoned anew from its inputs, so that an explanation that does not hold is
 * found out (is_sound). */
#ifndef WAYMARK_CORE_EXPLANATION_H
#define WAYMARK_CORE_EXPLANATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/contract.h"
#include "core/contract_position.h"
#include "core/invoice.h"
#include "core/progress_claim.h"

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
};
extern const struct choices explained_rule_choices;

enum explained_rounding {
    ROUNDED_SHARES = 1, /* once for all percentages up to this one */
    ROUNDED_WHOLE_SHARE,
    ROUNDED_EACH_INVOICE,
    ROUNDED_ONCE_UP, /* tax: once for all lines of the rate */
    ROUNDED_ONCE_EVEN,
    ROUNDED_LINES_UP, /* tax: line by line */
    ROUNDED_LINES_EVEN,
};
extern const struct choices explained_rounding_choices;

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
};
extern const struct choices explained_kind_choices;

/* What a number is made of: an amount and where it comes from. */
struct explained_input {
    enum explained_kind kind;
    const char *name;  /* as people gave it: "M1 Design", "P-2016-0001" */
    const char *label; /* both in words: "payment P-2016-0001" */
    const char
        *detail; /* how it counts, where that is not as it is: "19%", "paid 50.00 of 119.00" */
    int64_t rate_ppm;
    int64_t paid_minor;
    int64_t of_minor;
    const char *exact; /* of a line whose tax is rounded on its own */
    int64_t amount_minor;
    struct id subject_id; /* of the milestone, payment, credit note, invoice or change order */
};

struct explained_number {
    const char *name; /* as the document has it: "total", "taxes/0", "lines/1", "left" */
    int64_t amount_minor;
    enum explained_rule rule_kind;
    bool is_reduced; /* and less what both sides agreed */
    int64_t rate_ppm;
    int64_t of_minor;
    int64_t rest_minor;
    const char *rule;  /* all of that in words: "sum of the lines" */
    const char *exact; /* before rounding, in major units; none where nothing is rounded */
    enum explained_rounding rounding_kind; /* none where it was not */
    const char *rounding;                  /* in words */
    bool is_sound;                         /* the inputs give the amount, by the rule */
    struct list inputs;                    /* struct explained_input */
};

struct explanation {
    struct id subject_id;
    const char *currency;
    struct list numbers; /* struct explained_number */
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

/* Each line, each group of tax, net, tax, total and outstanding. In the arena. */
enum error explain_invoice(struct arena *arena, const struct invoice_facts *facts,
                           struct explanation *explanation, struct fault *fault) WARN_UNUSED;

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

#endif
