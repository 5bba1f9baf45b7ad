#include "store/explanation.h"

#include "core/explanation.h"
#include "store/statements.h"

static const struct field applied_fields[] = {
    FIELD(struct applied_amount, number, TEXT),
    FIELD(struct applied_amount, is_credit_note, BOOLEAN),
    FIELD(struct applied_amount, subject_id, ID),
    FIELD(struct applied_amount, amount_minor, MONEY),
};
static const struct shape applied_shape =
    SHAPE("applied_amount", struct applied_amount, applied_fields);

enum error list_applied(struct store *store, struct id invoice_id, struct list *applied,
                        struct fault *fault)
{
    return store_list(store, &sql_explanation_applied,
                      PARAMS({"invoice_id", value_id(&invoice_id)}), &applied_shape, applied,
                      fault);
}

static const struct field spent_fields[] = {
    FIELD(struct spent_amount, number, TEXT),
    FIELD(struct spent_amount, is_refund, BOOLEAN),
    FIELD(struct spent_amount, subject_id, ID),
    FIELD(struct spent_amount, amount_minor, MONEY),
};
static const struct shape spent_shape = SHAPE("spent_amount", struct spent_amount, spent_fields);

enum error list_spent(struct store *store, const struct invoice *credit_note, struct list *spent,
                      struct fault *fault)
{
    return store_list(store, &sql_explanation_spent,
                      PARAMS({"credit_note_id", value_id(&credit_note->id)},
                             {"client_id", value_id(&credit_note->client_id)}),
                      &spent_shape, spent, fault);
}

static const struct field change_fields[] = {
    FIELD(struct applied_change, id, ID),
    FIELD(struct applied_change, number, INTEGER),
    FIELD(struct applied_change, title, TEXT),
    FIELD(struct applied_change, change_minor, MONEY),
};
static const struct shape change_shape =
    SHAPE("applied_change", struct applied_change, change_fields);

enum error list_applied_changes(struct store *store, const struct contract *contract,
                                struct list *changes, struct fault *fault)
{
    return store_list(store, &sql_explanation_changes,
                      PARAMS({"engagement_id", value_id(&contract->engagement_id)},
                             {"contract_id", value_id(&contract->id)}),
                      &change_shape, changes, fault);
}
