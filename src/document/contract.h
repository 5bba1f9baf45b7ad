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
    const char *price_note; /* where the price comes from, or none */
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

/* One milestone that a change order touches; prices are INTEGER_NONE and days DAY_NONE where there
 * are none. */
struct printed_milestone_change {
    const char *number;
    const char *title;
    const char *summary; /* "+1,200.00 USD, +9 days, now after S2" */
    int32_t due_before_day;
    int32_t due_after_day;
    int64_t price_before_minor;
    int64_t price_after_minor;
};

struct printed_credit {
    const char *milestone;
    int64_t net_minor;
};

/* What makes a change order of a contract; milestones and terms are then those after it. */
struct printed_change {
    int number;
    const char *contract_number;
    int64_t sum_before_minor;
    int64_t change_minor;
    int64_t tax_change_minor;
    int32_t end_before_day;
    int32_t end_after_day;
    const char *critical_before; /* "S1, S2" */
    const char *critical_after;
    const struct printed_milestone_change *milestones;
    size_t milestone_count;
    const struct document_fact *others; /* changes of the plan as a whole and its terms */
    size_t other_count;
    const struct printed_credit *credits;
    size_t credit_count;
    int32_t start_day;
    int32_t valid_until_day;
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
    const struct printed_change *change; /* NULL: the contract itself */
    const char *sha256; /* of the text that is to be signed, shown while there are no signatures */
    struct document_evidence evidence;
};

/* Errors as print_invoice (document/invoice.h). */
enum error print_contract(struct arena *arena, const struct printed_contract *contract,
                          struct document_bytes *out, struct fault *fault) WARN_UNUSED;

#endif
