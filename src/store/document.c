#include "store/document.h"

#include "store/statements.h"

enum error load_document(struct store *store, struct id subject_id, enum document_kind kind,
                         struct document_row *document, struct fault *fault)
{
    bool found;
    const char *kind_name = choice_name(&document_kind_choices, (int)kind);
    enum error error =
        store_find(store, &sql_document_find,
                   PARAMS({"subject_id", value_id(&subject_id)}, {"kind", value_text(kind_name)}),
                   &document_shape, document, &found, fault);
    if (!error && !found)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such document");
    return error;
}

enum error keep_document_file(struct store *store, const struct document_row *document,
                              struct fault *fault)
{
    return store_change(store, &sql_document_keep_file, NO_PARAMS, &document_shape, document, 1,
                        fault);
}
