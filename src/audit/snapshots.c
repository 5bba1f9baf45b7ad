/* What a paper shows against the rows that are recorded: a paper is frozen apart from them, and
 * what people file is made from it. The rows themselves are held against the log elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "action/paper_render.h"
#include "audit/check.h"
#include "base/json.h"
#include "base/text.h"
#include "core/payload.h"
#include "store/approval.h"
#include "store/audit.h"
#include "store/change_order.h"
#include "store/invoice.h"
#include "store/log.h"
#include "store/progress_approval.h"

enum { LEAVES_MAX = 1000 }; /* of one company's or client's own changes */

/* A row that a paper shows, and what of it may have changed since, besides its version: that counts
 * changes, and begins anew where an engagement is imported. */
struct shown_row {
    const struct shape *shape;
    size_t offset;              /* of the pointer to the row in the paper's struct */
    const char *const *changes; /* these members, and no other; NULL: none */
    bool is_versioned;          /* all of it may have: then the log tells how it was */
};

#define CHANGES(...) ((const char *const[]){__VA_ARGS__, NULL})

#define OF_PAPER(type, member, of) .shape = &of##_shape, .offset = offsetof(struct type, member)

#define PARTIES(type)                                                                              \
    {OF_PAPER(type, company, company), .is_versioned = true},                                      \
        {OF_PAPER(type, client, client), .is_versioned = true},                                    \
    {                                                                                              \
        OF_PAPER(type, engagement, engagement),                                                    \
            .changes =                                                                             \
                CHANGES("state", "title", "reference", "summary", "kickoff_day", "kickoff_note")   \
    }

static const struct shown_row contract_rows[] = {
    PARTIES(contract_paper),
    {OF_PAPER(contract_paper, contract, contract),
     .changes = CHANGES("state", "active_at", "ended_at", "reason", "document")},
    {0},
};
static const struct shown_row change_rows[] = {
    PARTIES(change_paper),
    {OF_PAPER(change_paper, order, change_order),
     .changes = CHANGES("state", "approved_at", "applied_at", "applied_number", "ended_at",
                        "reason", "document")},
    {0},
};
static const struct shown_row certificate_rows[] = {
    PARTIES(certificate_paper),
    {OF_PAPER(certificate_paper, milestone, milestone),
     .changes = CHANGES("state", "billing", "invoice_id", "price_minor", "reduction_minor",
                        "reduction_reason")},
    {OF_PAPER(certificate_paper, submission, submission),
     .changes = CHANGES("disputed_at", "objection_until_at")},
    {OF_PAPER(certificate_paper, certificate, certificate)},
    {0},
};
static const struct shown_row invoice_rows[] = {
    PARTIES(invoice_paper),
    {OF_PAPER(invoice_paper, invoice, invoice),
     .changes = CHANGES("state", "paid_minor", "credited_minor", "disputed_at")},
    {0},
};
static const struct shown_row report_rows[] = {
    PARTIES(report_paper),
    {OF_PAPER(report_paper, report, status_report)},
    {0},
};
static const struct shown_row *const rows_of[] = {
    [DOCUMENT_CONTRACT] = contract_rows,       [DOCUMENT_CONTRACT_SIGNED] = contract_rows,
    [DOCUMENT_CHANGE_ORDER] = change_rows,     [DOCUMENT_CHANGE_ORDER_SIGNED] = change_rows,
    [DOCUMENT_CERTIFICATE] = certificate_rows, [DOCUMENT_INVOICE] = invoice_rows,
    [DOCUMENT_STATUS_REPORT] = report_rows,
};

struct snapshot {
    struct audit *audit;
    const struct document_row *document;
    const void *paper;
};

static struct arena *arena_of(const struct snapshot *snapshot)
{
    return snapshot->audit->call->arena;
}

static void report_shown(const struct snapshot *snapshot, const char *what, const char *of)
{
    report_wrong_row(snapshot->audit->report, "document", snapshot->document->subject_id,
                     "%s shows another %s than the %s has", snapshot->document->name, what, of);
}

/* ---- members ------------------------------------------------------------------------------- */

static bool is_among(const char *const *names, const char *name)
{
    for (; names && *names; names++) {
        if (strcmp(*names, name) == 0)
            return true;
    }
    return false;
}

static bool same_member(struct arena *arena, const struct shape *shape, const struct field *field,
                        const void *one, const void *other)
{
    if (field_is_none(field, one) || field_is_none(field, other))
        return field_is_none(field, one) && field_is_none(field, other);
    struct text_buffer first = text_buffer_in(arena);
    struct text_buffer second = text_buffer_in(arena);
    json_write_member(&first, shape, field, one, JSON_CANONICAL);
    json_write_member(&second, shape, field, other, JSON_CANONICAL);
    return strcmp(first.bytes, second.bytes) == 0;
}

static void compare(const struct snapshot *snapshot, const struct shape *shape,
                    const char *const *changes, const void *shown, const void *stored)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        bool is_compared = (!(field->flags & NOT_STORED) || field_is_owned(field)) &&
                           strcmp(field->name, "version") != 0;
        if (is_compared && !is_among(changes, field->name) &&
            !same_member(arena_of(snapshot), shape, field, shown, stored))
            report_shown(snapshot, field->name, shape->name);
    }
}

/* ---- a company or a client as it was ------------------------------------------------------- */

/* Whether one of the leaves names the row in its version, and then whether it is so. */
static bool find_version(const struct snapshot *snapshot, const struct list *leaves,
                         const struct shape *shape, const void *row, bool *is_so)
{
    struct id id = *(const struct id *)field_of(shape_field(shape, "id", NULL), row);
    int64_t version = *(const int64_t *)field_of(shape_field(shape, "version", NULL), row);
    for (size_t i = 0; i < leaves->count; i++) {
        const struct leaf_row *leaf = LIST_AT(struct leaf_row, *leaves, i);
        struct payload payload = {0};
        struct salt salt;
        if (!leaf->payload || leaf->salt.size != sizeof salt.bytes ||
            payload_parse(arena_of(snapshot), leaf->payload, &payload, NULL) != OK)
            continue; /* told with the log */
        memcpy(salt.bytes, leaf->salt.bytes, sizeof salt.bytes);
        for (size_t j = 0; j < payload.row_count; j++) {
            const struct payload_row *named = &payload.rows[j];
            if (strcmp(named->kind, shape->name) != 0 || !id_equal(named->id, id) ||
                named->version != version)
                continue;
            *is_so = hash_equal(named->hash, row_hash(arena_of(snapshot), shape, row, &salt));
            return true;
        }
    }
    return false;
}

static enum error check_version_shown(const struct snapshot *snapshot, const struct shape *shape,
                                      const void *shown, struct fault *fault)
{
    struct store *store = &snapshot->audit->call->store;
    struct id id = *(const struct id *)field_of(shape_field(shape, "id", NULL), shown);
    const struct leaf_filter import = {.event = "engagement.imported",
                                       .engagement_id = snapshot->document->engagement_id};
    struct list changes, imports;
    bool is_so = false;
    const struct leaf_filter own = {.subject_id = id};
    enum error error = shape == &milestone_shape
                           ? find_leaves(store, &own, LEAVES_MAX, &changes, fault)
                           : list_subject_leaves(store, id, LEAVES_MAX, &changes, fault);
    if (error)
        return error;
    bool found = find_version(snapshot, &changes, shape, shown, &is_so);
    if (!found)
        error = find_leaves(store, &import, 1, &imports, fault);
    if (error)
        return error;
    if (!found)
        found = find_version(snapshot, &imports, shape, shown, &is_so);
    if (!found && imports.count > 0)
        return OK; /* it was another company's, whose log told of it */
    if (!found || !is_so)
        report_wrong_row(snapshot->audit->report, "document", snapshot->document->subject_id,
                         "%s shows a %s as no leaf has it", snapshot->document->name, shape->name);
    return OK;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static enum error load_stored(const struct snapshot *snapshot, const struct shape *shape,
                              struct id id, void *stored, struct fault *fault)
{
    struct store *store = &snapshot->audit->call->store;
    enum error error = store_load(store, shape, id, stored, fault);
    if (!error && shape == &invoice_shape)
        error = load_invoice_lines(store, stored, fault);
    return error;
}

static enum error check_shown(const struct snapshot *snapshot, const struct shape *shape,
                              const char *const *changes, bool is_versioned, const void *shown,
                              struct fault *fault)
{
    void *stored = arena_alloc(arena_of(snapshot), shape->size);
    struct id id = *(const struct id *)field_of(shape_field(shape, "id", NULL), shown);
    const struct field *version = shape_field(shape, "version", NULL);
    enum error error = load_stored(snapshot, shape, id, stored, fault);
    bool is_same_version =
        !error && version && same_member(arena_of(snapshot), shape, version, shown, stored);
    if (is_versioned && (error == ERROR_NOT_FOUND || (!error && !is_same_version)))
        return check_version_shown(snapshot, shape, shown, fault);
    if (error == ERROR_NOT_FOUND)
        report_wrong_row(snapshot->audit->report, "document", snapshot->document->subject_id,
                         "%s shows a %s that is not there", snapshot->document->name, shape->name);
    else if (!error)
        compare(snapshot, shape, changes, shown, stored);
    return error == ERROR_NOT_FOUND || error == ERROR_INTERNAL ? OK
                                                               : error; /* told with the rows */
}

static enum error check_list(const struct snapshot *snapshot, const struct shape *shape,
                             const struct list *rows, const char *const *changes,
                             struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < rows->count; i++)
        error = check_shown(snapshot, shape, changes, false,
                            (const char *)rows->rows + i * shape->size, fault);
    return error;
}

static enum error check_rows(const struct snapshot *snapshot, struct fault *fault)
{
    enum error error = OK;
    for (const struct shown_row *row = rows_of[snapshot->document->kind]; !error && row->shape;
         row++) {
        const void *shown = *(void *const *)((const char *)snapshot->paper + row->offset);
        if (!shown)
            report_shown(snapshot, "row", row->shape->name);
        else
            error =
                check_shown(snapshot, row->shape, row->changes, row->is_versioned, shown, fault);
    }
    return error;
}

/* ---- what is a paper's own ----------------------------------------------------------------- */

static const char *const requirement_changes[] = {"state", "confirmed_at", "confirmed_by", NULL};

static enum error check_contract_paper(const struct snapshot *snapshot, struct fault *fault)
{
    const struct contract_paper *paper = snapshot->paper;
    bool is_signed = snapshot->document->kind == DOCUMENT_CONTRACT_SIGNED;
    if (is_signed != (paper->signatures.count > 0))
        report_shown(snapshot, "number of signatures", "contract");
    enum error error =
        check_list(snapshot, &requirement_shape, &paper->requirements, requirement_changes, fault);
    return error ? error : check_list(snapshot, &signature_shape, &paper->signatures, NULL, fault);
}

static enum error check_change_paper(const struct snapshot *snapshot, struct fault *fault)
{
    const struct change_paper *paper = snapshot->paper;
    bool is_signed = snapshot->document->kind == DOCUMENT_CHANGE_ORDER_SIGNED;
    if (is_signed != (paper->signatures.count > 0))
        report_shown(snapshot, "number of signatures", "change order");
    enum error error =
        check_list(snapshot, &requirement_shape, &paper->requirements, requirement_changes, fault);
    return error ? error
                 : check_list(snapshot, &change_signature_shape, &paper->signatures, NULL, fault);
}

/* A change order may have lowered it since; then the log tells what it was. */
static enum error check_price(const struct snapshot *snapshot, const struct milestone *shown,
                              struct fault *fault)
{
    struct milestone stored;
    enum error error = load_stored(snapshot, &milestone_shape, shown->id, &stored, fault);
    if (error || stored.price_minor == shown->price_minor)
        return error;
    return check_version_shown(snapshot, &milestone_shape, shown, fault);
}

/* Corrected and answered since; what was found is never found again after an acceptance. */
static const char *const defect_changes[] = {
    "state",       "corrected_by",     "corrected_by_name", "corrected_at", "correction",
    "answered_by", "answered_by_name", "answered_at",       "answer",       NULL};

/* A contract's own terms, and those of the orders that were applied to it. */
struct terms_history {
    struct contract contract;
    struct list orders; /* struct change_order */
};

static enum error load_terms(const struct snapshot *snapshot, struct id contract_id,
                             struct terms_history *history, struct fault *fault)
{
    struct store *store = &snapshot->audit->call->store;
    enum error error = store_load(store, &contract_shape, contract_id, &history->contract, fault);
    return error ? error : list_applied_orders(store, contract_id, &history->orders, fault);
}

/* How many approvals were needed at a moment: by the terms that were signed, or those of the last
 * order applied by then. */
static size_t needed_at(const struct terms_history *history, const struct milestone *milestone,
                        int64_t at_ms)
{
    const struct contract_terms *terms = history->contract.plan->terms;
    for (size_t i = 0; i < history->orders.count; i++) {
        const struct change_order *order = LIST_AT(struct change_order, history->orders, i);
        if (order->applied_at <= at_ms)
            terms = order->plan->terms;
    }
    return approvals_needed(terms, milestone);
}

/* An acceptance, and when each of those who approved did, in order. */
struct given {
    int64_t accepted_at;
    int64_t approved_at[APPROVERS_LIMIT];
    size_t count;
};

static void add_given(struct given *given, int64_t approved_at)
{
    if (given->count < APPROVERS_LIMIT)
        given->approved_at[given->count++] = approved_at;
}

/* As many as were needed when it was accepted, and none too many: each one before the decision was
 * not enough by the terms of its own day. Where one is needed, the acceptance itself is that. */
static bool is_as_needed(const struct terms_history *history, const struct milestone *milestone,
                         const struct given *given, int64_t earlier_ms)
{
    size_t needed = needed_at(history, milestone, given->accepted_at - earlier_ms);
    bool decides = given->count > 0 && given->approved_at[given->count - 1] == given->accepted_at;
    size_t before = given->count - decides;
    bool holds = needed < 2 || given->count >= needed;
    for (size_t i = 0; holds && i < before; i++)
        holds = i + 1 < needed_at(history, milestone, given->approved_at[i] - earlier_ms);
    return holds;
}

/* For the price at which it was accepted. An order that was applied in the same millisecond may
 * have come before or after: it is wrong only if it is so by both. */
static void check_given(const struct snapshot *snapshot, const struct terms_history *history,
                        const struct milestone *milestone, const struct given *given)
{
    if (!is_as_needed(history, milestone, given, 0) && !is_as_needed(history, milestone, given, 1))
        report_wrong_row(snapshot->audit->report, "document", snapshot->document->subject_id,
                         "%s: %s was accepted with %zu approvals, and its contract wants %zu",
                         snapshot->document->name, milestone->code,
                         given->count > 0 ? given->count : 1,
                         needed_at(history, milestone, given->accepted_at));
}

/* Silence accepts whatever was approved before. */
static enum error check_approvals(const struct snapshot *snapshot, struct fault *fault)
{
    const struct certificate_paper *paper = snapshot->paper;
    struct given given = {.accepted_at = paper->certificate->accepted_at};
    struct terms_history history;
    struct list approvals;
    if (paper->certificate->kind == CERTIFICATE_DEEMED_ACCEPTED)
        return OK;
    enum error error = load_terms(snapshot, paper->milestone->contract_id, &history, fault);
    if (!error)
        error = list_approvals_of(&snapshot->audit->call->store, paper->submission->id, &approvals,
                                  fault);
    if (error)
        return error == ERROR_NOT_FOUND || error == ERROR_INTERNAL ? OK : error; /* told already */
    for (size_t i = 0; i < approvals.count; i++)
        add_given(&given, LIST_AT(struct approval, approvals, i)->approved_at);
    check_given(snapshot, &history, paper->milestone, &given);
    return OK;
}

static enum error check_progress(const struct snapshot *snapshot, struct id claim_id,
                                 struct fault *fault)
{
    struct store *store = &snapshot->audit->call->store;
    struct progress_claim claim;
    struct milestone milestone;
    struct terms_history history;
    struct list approvals;
    enum error error = store_load(store, &progress_claim_shape, claim_id, &claim, fault);
    if (!error)
        error = store_load(store, &milestone_shape, claim.milestone_id, &milestone, fault);
    if (!error)
        error = load_terms(snapshot, claim.contract_id, &history, fault);
    if (!error)
        error = list_progress_approvals_of(store, claim_id, &approvals, fault);
    if (error)
        return error == ERROR_NOT_FOUND || error == ERROR_INTERNAL ? OK : error; /* told already */
    struct given given = {.accepted_at = claim.decided_at};
    for (size_t i = 0; i < approvals.count; i++)
        add_given(&given, LIST_AT(struct progress_approval, approvals, i)->approved_at);
    check_given(snapshot, &history, &milestone, &given);
    return OK;
}

/* Progress has no certificate: what approved it is held to the terms with what bills it. */
static enum error check_progress_billed(const struct snapshot *snapshot,
                                        const struct invoice *invoice, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && invoice->kind == INVOICE_INVOICE && i < invoice->lines.count;
         i++) {
        struct id claim_id = LIST_AT(struct invoice_line, invoice->lines, i)->progress_claim_id;
        if (!id_is_none(claim_id))
            error = check_progress(snapshot, claim_id, fault);
    }
    return error;
}

static enum error check_certificate_paper(const struct snapshot *snapshot, struct fault *fault)
{
    const struct certificate_paper *paper = snapshot->paper;
    struct paper_around around;
    bool found;
    enum error error = find_around_milestone(&snapshot->audit->call->store, paper->milestone->id,
                                             &around, &found, fault);
    if (!error && found && !text_same(paper->contract_number, around.contract_number))
        report_shown(snapshot, "number", "contract");
    if (!error)
        error = check_list(snapshot, &defect_shape, &paper->defects, defect_changes, fault);
    if (!error)
        error = check_list(snapshot, &approval_shape, &paper->approvals, NULL, fault);
    if (!error)
        error = check_approvals(snapshot, fault);
    return error ? error : check_price(snapshot, paper->milestone, fault);
}

static enum error check_invoice_paper(const struct snapshot *snapshot, struct fault *fault)
{
    const struct invoice_paper *paper = snapshot->paper;
    const struct paper_position *position = &paper->position;
    struct paper_around around;
    bool found;
    enum error error = find_around_invoice(&snapshot->audit->call->store, paper->invoice->id,
                                           &around, &found, fault);
    if (error || !found)
        return error; /* told already */
    if (!text_same(paper->contract_number, around.contract_number))
        report_shown(snapshot, "number", "contract");
    if (position->sum_minor != around.sum_minor)
        report_shown(snapshot, "sum", "contract");
    if (paper->invoice->kind == INVOICE_INVOICE &&
        !text_same(paper->milestone_code, around.milestone_code))
        report_shown(snapshot, "code", "milestone");
    if (paper->invoice->kind == INVOICE_INVOICE && paper->accepted_at != around.accepted_at)
        report_shown(snapshot, "moment", "acceptance");
    if (!text_same(paper->corrects, around.corrects))
        report_shown(snapshot, "number", "invoice that it corrects");
    return check_progress_billed(snapshot, paper->invoice, fault);
}

/* Goes on to the next whole number of a text, or says that there is none. */
static bool next_number(const char **text, int64_t *number)
{
    *text += strcspn(*text, "0123456789");
    if (!**text)
        return false;
    char *end;
    *number = strtoll(*text, &end, 10);
    *text = end;
    return true;
}

static bool is_next(const char **text, int64_t figure)
{
    int64_t number;
    while (next_number(text, &number))
        if (number == figure)
            return true;
    return false;
}

static bool has_rate(const char **text, int64_t part, int64_t whole)
{
    return whole == 0 || (is_next(text, part) && is_next(text, whole));
}

/* The text that went out has the figures that the paper shows, one after the other: in whatever
 * language, and whatever words it had on that day. */
static enum error check_report_paper(const struct snapshot *snapshot, struct fault *fault)
{
    const struct report_paper *paper = snapshot->paper;
    const struct report_line *total = paper->total;
    const char *text = paper->report->text;
    (void)fault;
    bool is_told = has_rate(&text, total->tasks_done, total->tasks) &&
                   has_rate(&text, total->deadlines_kept, total->deadlines) &&
                   has_rate(&text, total->first_acceptances, total->first_decisions) &&
                   is_next(&text, total->critical_defects) &&
                   is_next(&text, total->major_defects) && is_next(&text, total->minor_defects);
    for (size_t i = 0; is_told && i < paper->lines.count; i++) {
        const struct report_line *line = LIST_AT(struct report_line, paper->lines, i);
        is_told = has_rate(&text, line->tasks_done, line->tasks);
    }
    if (!is_told)
        report_shown(snapshot, "figure", "report");
    return OK;
}

enum error audit_snapshot(struct audit *audit, const struct document_row *document,
                          struct fault *fault)
{
    static enum error (*const own_checks[])(const struct snapshot *snapshot,
                                            struct fault *fault) = {
        [DOCUMENT_CONTRACT] = check_contract_paper,
        [DOCUMENT_CONTRACT_SIGNED] = check_contract_paper,
        [DOCUMENT_CHANGE_ORDER] = check_change_paper,
        [DOCUMENT_CHANGE_ORDER_SIGNED] = check_change_paper,
        [DOCUMENT_CERTIFICATE] = check_certificate_paper,
        [DOCUMENT_INVOICE] = check_invoice_paper,
        [DOCUMENT_STATUS_REPORT] = check_report_paper,
    };
    void *paper;
    int64_t before = audit->report->wrong;
    struct snapshot snapshot = {.audit = audit, .document = document};
    enum error error = paper_thaw(audit->call->arena, document, &paper, fault);
    if (error) {
        report_wrong_row(audit->report, "document", document->subject_id, "%s: %s", document->name,
                         fault->detail);
        return OK;
    }
    snapshot.paper = paper;
    error = check_rows(&snapshot, fault);
    if (error || audit->report->wrong > before)
        return error; /* what hangs on these rows is not asked for */
    return own_checks[document->kind](&snapshot, fault);
}
