/* The contract as PDF: parties, scope, milestones and price, terms, and who signed it.
 *
 * The signed copy is the same struct with signatures added, which come on a page of their own at
 * the end. */
#ifndef WAYMARK_DOCUMENT_CONTRACT_H
#define WAYMARK_DOCUMENT_CONTRACT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/actor.h"
#include "core/requirement.h"
#include "document/document.h"

struct printed_requirement {
    const char *number;
    const char *text;
    const char *criteria;   /* how it is checked, or none */
    enum priority priority; /* 0 for none */
};

struct printed_milestone {
    const char *number;
    const char *title;
    const char *description;
    const char *after; /* numbers of those it depends on: "S0, S1" */
    const char *const *deliverables;
    size_t deliverable_count;
    const char *const *criteria;
    size_t criterion_count;
    int32_t start_day;
    int32_t due_day;
    int64_t price_minor;
};

struct printed_clause {
    const char *heading;
    const char *text; /* a paragraph for each line */
};

struct printed_signature {
    const char *name;
    const char *role;
    enum side side;
    int64_t signed_at_ms;
    enum method method;
    const char *address; /* network address that it came from */
    const char *consent; /* the statement that was agreed to */
    const char *sha256;  /* of the text that was signed, in hexadecimal */
};

struct printed_contract {
    struct document_setting setting;
    const char *number;
    int revision; /* 0: there are no others */
    const char *title;
    const char *summary;
    int32_t dated_day;
    const char *currency; /* ISO 4217, known to base/currency.h */
    struct document_party agency;
    struct document_party client;
    const struct printed_requirement *requirements;
    size_t requirement_count;
    const struct printed_milestone *milestones;
    size_t milestone_count;
    int64_t total_minor;
    const struct document_fact *terms;
    size_t term_count;
    const struct printed_clause *clauses;
    size_t clause_count;
    const struct printed_signature *signatures;
    size_t signature_count;
    const char *sha256; /* of the text that is to be signed, shown while there are no signatures */
    struct document_evidence evidence;
};

/* Errors as print_invoice (document/invoice.h). */
enum error print_contract(struct arena *arena, const struct printed_contract *contract,
                          struct document_bytes *out, struct fault *fault) WARN_UNUSED;

#endif
