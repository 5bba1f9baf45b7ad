/* The acceptance certificate as PDF: what was delivered, what was decided about each criterion, by
 * whom or by which clock, with what reserved. */
#ifndef WAYMARK_DOCUMENT_CERTIFICATE_H
#define WAYMARK_DOCUMENT_CERTIFICATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/actor.h"
#include "document/document.h"

enum certificate_document_outcome {
    CERTIFICATE_DOCUMENT_ACCEPTED,
    CERTIFICATE_DOCUMENT_ACCEPTED_IN_PART,
    CERTIFICATE_DOCUMENT_ACCEPTED_WITH_RESERVATIONS,
    CERTIFICATE_DOCUMENT_DEEMED_ACCEPTED,
};

enum certificate_document_decision {
    CERTIFICATE_DOCUMENT_UNDECIDED, /* as when acceptance is deemed */
    CERTIFICATE_DOCUMENT_MET,
    CERTIFICATE_DOCUMENT_NOT_MET,
    CERTIFICATE_DOCUMENT_WAIVED,
};

struct certificate_document_deliverable {
    const char *name;
    const char *sha256; /* of a file, in hexadecimal */
    const char *link;
};

struct certificate_document_criterion {
    const char *number;
    const char *text;
    enum certificate_document_decision decision;
    const char *note;
};

struct certificate_document_acceptance {
    const char *name;
    const char *role;
    enum method method;
    int64_t accepted_at_ms;
};

struct certificate_document_notice {
    const char *text; /* "First reminder" */
    const char *sent_to;
    int64_t sent_at_ms;
};

/* The clock that ran out, where acceptance is deemed. */
struct certificate_document_clock {
    const char *rule; /* the contract term, in words */
    int64_t started_at_ms;
    int64_t deadline_ms;
    const struct certificate_document_notice *notices;
    size_t notice_count;
};

struct certificate_document {
    struct document_setting setting;
    const char *number;
    enum certificate_document_outcome outcome;
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
    const struct certificate_document_deliverable *deliverables;
    size_t deliverable_count;
    const struct certificate_document_criterion *criteria;
    size_t criterion_count;
    struct certificate_document_acceptance acceptance; /* without a name if acceptance is deemed */
    const struct certificate_document_clock *clock;    /* or NULL */
    const char *reservations;
    struct document_evidence evidence;
};

/* Errors as invoice_document_pdf (document/invoice.h). */
enum error certificate_document_pdf(struct arena *arena,
                                    const struct certificate_document *certificate,
                                    struct document_bytes *out, struct fault *fault) WARN_UNUSED;

#endif
