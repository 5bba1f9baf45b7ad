/* The acceptance certificate as PDF: what was delivered, what was decided about each criterion, by
 * whom or by which clock, with what reserved. */
#ifndef WAYMARK_DOCUMENT_CERTIFICATE_H
#define WAYMARK_DOCUMENT_CERTIFICATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/actor.h"
#include "core/submission.h"
#include "document/document.h"

enum printed_outcome {
    PRINTED_ACCEPTED,
    PRINTED_ACCEPTED_IN_PART,
    PRINTED_ACCEPTED_WITH_RESERVATIONS,
    PRINTED_DEEMED_ACCEPTED,
};

enum printed_decision {
    PRINTED_UNDECIDED, /* as when acceptance is deemed */
    PRINTED_MET,
    PRINTED_NOT_MET,
    PRINTED_WAIVED,
};

struct printed_deliverable {
    const char *name;
    const char *sha256; /* of a file, in hexadecimal */
    const char *link;
};

struct printed_criterion {
    const char *number;
    const char *text;
    enum printed_decision decision;
    const char *note;
    const char *carried_to; /* the number of the milestone that is asked for it instead, or NULL */
};

struct printed_defect {
    const char *criterion;
    const char *text;
    enum severity severity;
    int32_t correct_by_day; /* or DAY_NONE */
};

struct printed_acceptance {
    const char *name;
    const char *role;
    enum method method;
    int64_t accepted_at_ms;
};

/* One of several that the acceptance needed. */
struct printed_approval {
    struct printed_acceptance person;
    const char *reservations;
};

struct printed_notice {
    const char *text; /* "First reminder" */
    const char *sent_to;
    int64_t sent_at_ms;
};

/* The clock that ran out, where acceptance is deemed. */
struct printed_clock {
    const char *rule; /* the contract term, in words */
    int64_t started_at_ms;
    int64_t deadline_ms;
    const struct printed_notice *notices;
    size_t notice_count;
};

struct printed_certificate {
    struct document_setting setting;
    const char *number;
    enum printed_outcome outcome;
    struct document_party agency;
    struct document_party client;
    const char *engagement;
    const char *contract_reference;
    const char *milestone_number;
    const char *milestone_title;
    int submission_round; /* from 1; 0 for none */
    int64_t submitted_at_ms;
    const char *currency; /* of the accepted sum: known to base/currency.h, or NULL for no sum */
    int64_t accepted_minor;
    int64_t reduction_minor; /* agreed, off the signed price; 0 for none */
    const char *reduction_reason;
    const struct printed_deliverable *deliverables;
    size_t deliverable_count;
    const struct printed_criterion *criteria;
    size_t criterion_count;
    struct printed_acceptance acceptance; /* without a name if acceptance is deemed */
    const struct printed_clock *clock;    /* or NULL */
    const char *reservations;
    const struct printed_defect *defects; /* those that are open */
    size_t defect_count;
    const struct printed_approval *approvals;
    size_t approval_count;
    struct document_evidence evidence;
};

/* Errors as print_invoice (document/invoice.h). */
enum error print_certificate(struct arena *arena, const struct printed_certificate *certificate,
                             struct document_bytes *out, struct fault *fault) WARN_UNUSED;

#endif
