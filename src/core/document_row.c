#include "core/document_row.h"

#include "core/fields.h"

static const char *const document_kinds[] = {
    [DOCUMENT_CONTRACT] = "contract",
    [DOCUMENT_CONTRACT_SIGNED] = "contract_signed",
    [DOCUMENT_CERTIFICATE] = "certificate",
    [DOCUMENT_CHANGE_ORDER] = "change_order",
    [DOCUMENT_CHANGE_ORDER_SIGNED] = "change_order_signed",
    [DOCUMENT_INVOICE] = "invoice",
    [DOCUMENT_STATUS_REPORT] = "status_report",
};
const struct choices document_kind_choices = CHOICES("document_kind", document_kinds);

static const struct field document_fields[] = {
    FIELD(struct document_row, subject_id, ID, .flags = REQUIRED),
    FIELD(struct document_row, kind, CHOICE, .flags = REQUIRED, .choices = &document_kind_choices),
    FIELD(struct document_row, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct document_row, snapshot, TEXT, .flags = REQUIRED, .limit = DOCUMENT_LIMIT),
    FIELD(struct document_row, snapshot_hash, HASH, .flags = REQUIRED),
    FIELD(struct document_row, file_hash, HASH, OPTIONAL),
    FIELD(struct document_row, made_at, MOMENT, OPTIONAL),
    FIELD(struct document_row, name, TEXT, .flags = REQUIRED),
};
const struct shape document_shape = SHAPE("document", struct document_row, document_fields);
