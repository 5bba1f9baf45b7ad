/* What was signed and what is shown: frozen texts against their hashes, signatures against the
 * text, and the snapshots and files of papers. */
#include <stdio.h>
#include <string.h>

#include "audit/check.h"
#include "base/limits.h"
#include "platform/blob.h"
#include "store/audit.h"
#include "store/contract.h"
#include "store/document.h"
#include "store/review.h"

/* ---- contracts ----------------------------------------------------------------------------- */

static enum error check_signatures(struct audit *audit, const struct contract *contract,
                                   struct fault *fault)
{
    struct list signatures;
    enum error error = list_signatures(&audit->call->store, contract->id, &signatures, fault);
    if (!error)
        error = contract_signatures_hold(audit->call->arena, contract, &signatures, fault);
    if (error != ERROR_CHECK_FAILED && error != ERROR_INTERNAL)
        return error;
    report_wrong_row(audit->report, "contract", contract->id, "%s", fault->detail);
    return OK;
}

static bool has_edge(const struct list *edges, const char *code, const char *after)
{
    for (size_t i = 0; i < edges->count; i++) {
        const struct dependency_codes *edge = LIST_AT(struct dependency_codes, *edges, i);
        if (strcmp(edge->code, code) == 0 && strcmp(edge->after, after) == 0)
            return true;
    }
    return false;
}

/* What comes after what is as it was signed, in the contract or the change order applied last. */
static enum error check_dependencies(struct audit *audit, const struct contract *contract,
                                     struct fault *fault)
{
    struct list edges;
    struct contract in_force = *contract;
    size_t planned = 0;
    if (contract->active_at == 0)
        return OK;
    enum error error = list_dependency_codes(&audit->call->store, contract->id, &edges, fault);
    if (!error)
        error = load_plan_in_force(&audit->call->store, &in_force, fault);
    for (size_t i = 0; !error && i < in_force.plan->milestones.count; i++) {
        const struct plan_milestone *milestone =
            LIST_AT(struct plan_milestone, in_force.plan->milestones, i);
        for (size_t j = 0; j < milestone->after.count; j++, planned++) {
            if (!has_edge(&edges, milestone->code, milestone->after.texts[j]))
                report_wrong_row(audit->report, "contract", contract->id,
                                 "%s no longer comes after %s", milestone->code,
                                 milestone->after.texts[j]);
        }
    }
    if (!error && edges.count > planned)
        report_wrong_row(audit->report, "contract", contract->id,
                         "a milestone comes after one that its plan does not name");
    return error;
}

static enum error check_contracts(struct audit *audit, const struct list *rows, void *context,
                                  struct fault *fault)
{
    enum error error = OK;
    (void)context;
    for (size_t i = 0; !error && i < rows->count; i++) {
        const struct contract *contract = LIST_AT(struct contract, *rows, i);
        error = check_signatures(audit, contract, fault);
        if (!error)
            error = check_dependencies(audit, contract, fault);
    }
    report_checked(audit->report, (int64_t)rows->count);
    return error;
}

enum error audit_contracts(struct audit *audit, struct fault *fault)
{
    const struct audit_walk walk = {.shape = &contract_shape, .visit = check_contracts};
    report_begin(audit->report, "contracts and their signatures");
    enum error error = audit_walk(audit, &walk, fault);
    if (!error)
        report_end(audit->report);
    return error;
}

/* ---- papers -------------------------------------------------------------------------------- */

static enum error check_document(struct audit *audit, const struct document_row *document,
                                 struct fault *fault)
{
    static const struct hash none;
    struct hash hash = hash_bytes(document->snapshot, strlen(document->snapshot));
    if (!hash_equal(hash, document->snapshot_hash))
        report_wrong_row(audit->report, "document", document->subject_id,
                         "the snapshot of %s does not have its hash", document->name);
    enum error error = audit_snapshot(audit, document, fault);
    if (error || hash_equal(document->file_hash, none))
        return error;
    error = blob_check(audit->call->app->files_directory, document->file_hash, fault);
    if (error == ERROR_NOT_FOUND || error == ERROR_CHECK_FAILED) {
        report_wrong_row(audit->report, "document", document->subject_id, "the file of %s is %s",
                         document->name, error == ERROR_NOT_FOUND ? "missing" : "damaged");
        error = OK;
    }
    return error;
}

static enum error check_key(struct audit *audit, const struct audit_finding *key,
                            struct fault *fault)
{
    struct document_row document;
    int kind = choice_value(&document_kind_choices, key->name);
    if (kind == 0) {
        report_wrong_row(audit->report, "document", key->id, "there is no kind \"%.40s\"",
                         key->name);
        return OK;
    }
    enum error error =
        load_document(&audit->call->store, key->id, (enum document_kind)kind, &document, fault);
    if (error != ERROR_INTERNAL)
        return error ? error : check_document(audit, &document, fault);
    report_wrong_row(audit->report, "document", key->id, "%s", fault->detail);
    return OK;
}

static enum error check_batch(struct audit *audit, struct audit_finding *after, bool *more,
                              struct fault *fault)
{
    struct list keys;
    enum error error =
        list_document_keys(&audit->call->store, &after->id, after->name, &keys, fault);
    *more = !error && keys.count > 0;
    for (size_t i = 0; !error && i < keys.count; i++) {
        error = check_key(audit, LIST_AT(struct audit_finding, keys, i), fault);
        report_checked(audit->report, 1);
    }
    if (*more)
        *after = *LIST_AT(struct audit_finding, keys, keys.count - 1);
    return error;
}

enum error audit_papers(struct audit *audit, struct fault *fault)
{
    struct call *call = audit->call;
    struct arena *before = call->arena;
    struct arena *batch = arena_new();
    char kind[CODE_LIMIT + 1] = "";
    struct audit_finding after = {.name = kind};
    bool more = true;
    enum error error = OK;
    report_begin(audit->report, "papers");
    call->arena = call->store.arena = batch;
    while (!error && more) {
        error = check_batch(audit, &after, &more, fault);
        snprintf(kind, sizeof kind, "%s", after.name); /* it lives in the batch */
        after.name = kind;
        arena_reset(batch);
    }
    call->arena = call->store.arena = before;
    arena_free(batch);
    if (!error)
        report_end(audit->report);
    return error;
}
