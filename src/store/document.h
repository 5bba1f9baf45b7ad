/* Papers: snapshots and the files made from them. */
#ifndef WAYMARK_STORE_DOCUMENT_H
#define WAYMARK_STORE_DOCUMENT_H

#include "core/document_row.h"
#include "store/store.h"

/* ERROR_NOT_FOUND if there is none that the viewer may see. */
enum error load_document(struct store *store, struct id subject_id, enum document_kind kind,
                         struct document_row *document, struct fault *fault) WARN_UNUSED;

/* Remembers the file that was made from the snapshot; again changes nothing, since it is the same.
 */
enum error keep_document_file(struct store *store, const struct document_row *document,
                              struct fault *fault) WARN_UNUSED;

#endif
