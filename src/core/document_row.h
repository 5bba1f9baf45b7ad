/* A document is a PDF and the frozen snapshot that it was made from, outside of any transaction. */
#ifndef WAYMARK_CORE_DOCUMENT_ROW_H
#define WAYMARK_CORE_DOCUMENT_ROW_H

#include <stdint.h>

#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"

enum document_kind {
    DOCUMENT_CONTRACT = 1,
    DOCUMENT_CONTRACT_SIGNED,
    DOCUMENT_CERTIFICATE,
    DOCUMENT_CHANGE_ORDER,
    DOCUMENT_CHANGE_ORDER_SIGNED,
    DOCUMENT_INVOICE, /* or credit note */
    DOCUMENT_STATUS_REPORT,
};
extern const struct choices document_kind_choices;

struct document_row {
    struct id subject_id;
    enum document_kind kind;
    struct id engagement_id;
    const char *snapshot; /* JSON: all that the document shows */
    struct hash snapshot_hash;
    struct hash file_hash; /* none until it is made */
    int64_t made_at;
    const char *name; /* file name for people */
};
extern const struct shape document_shape;

#endif
