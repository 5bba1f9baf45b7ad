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

/* What a number is made of: an amount and where it comes from. */
struct explained_input {
    const char *label; /* "M1 Design", "payment P-2016-0001" */
    const char
        *detail; /* how it counts, where that is not as it is: "19%", "paid 50.00 of 119.00" */
    int64_t amount_minor;
    struct id subject_id; /* of the milestone, payment, credit note, invoice or change order */
};

struct explained_number {
    const char *name; /* as the document has it: "total", "taxes/0", "lines/1", "left" */
    int64_t amount_minor;
    const char *rule;     /* in words: "sum of the lines" */
    const char *exact;    /* before rounding, in major units; none where nothing is rounded */
    const char *rounding; /* how it was rounded; none where it was not */
    bool is_sound;        /* the inputs give the amount, by the rule */
    struct list inputs;   /* struct explained_input */
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
