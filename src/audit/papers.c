/* What was signed and what is shown: frozen texts against their hashes, signatures against the
 * text, and the snapshots and files of papers. */
#include <string.h>

#include "audit/check.h"
#include "platform/blob.h"
#include "store/audit.h"
#include "store/contract.h"

/* ---- contracts ----------------------------------------------------------------------------- */

static enum error check_contracts(struct audit *audit, const struct list *rows, void *context,
                                  struct fault *fault)
{
    enum error error = OK;
    (void)context;
    for (size_t i = 0; !error && i < rows->count; i++) {
        struct list signatures;
        const struct contract *contract = LIST_AT(struct contract, *rows, i);
        error = list_signatures(&audit->call->store, contract->id, &signatures, fault);
        if (!error)
            error = contract_signatures_hold(audit->call->arena, contract, &signatures, fault);
        if (error != ERROR_CHECK_FAILED && error != ERROR_INTERNAL)
            continue;
        report_wrong_row(audit->report, "contract", contract->id, "%s", fault->detail);
        error = OK;
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
    if (hash_equal(document->file_hash, none))
        return OK;
    enum error error = blob_check(audit->call->app->files_directory, document->file_hash, fault);
    if (error == ERROR_NOT_FOUND || error == ERROR_CHECK_FAILED) {
        report_wrong_row(audit->report, "document", document->subject_id, "the file of %s is %s",
                         document->name, error == ERROR_NOT_FOUND ? "missing" : "damaged");
        error = OK;
    }
    return error;
}

static enum error check_documents(struct audit *audit, struct id *subject, const char **kind,
                                  bool *more, struct fault *fault)
{
    struct list documents;
    enum error error = list_documents(&audit->call->store, subject, *kind, &documents, fault);
    *more = !error && documents.count > 0;
    for (size_t i = 0; !error && i < documents.count; i++) {
        const struct document_row *document = LIST_AT(struct document_row, documents, i);
        error = check_document(audit, document, fault);
        *subject = document->subject_id;
        *kind = choice_name(&document_kind_choices, (int)document->kind);
        report_checked(audit->report, 1);
    }
    return error;
}

enum error audit_papers(struct audit *audit, struct fault *fault)
{
    struct call *call = audit->call;
    struct arena *before = call->store.arena;
    struct arena *batch = arena_new();
    struct id subject = {0};
    const char *kind = "";
    bool more = true;
    enum error error = OK;
    report_begin(audit->report, "papers");
    call->store.arena = batch;
    while (!error && more) {
        error = check_documents(audit, &subject, &kind, &more, fault);
        arena_reset(batch);
    }
    call->store.arena = before;
    arena_free(batch);
    if (!error)
        report_end(audit->report);
    return error;
}
