#include "store/erasure.h"

#include "core/evidence_row.h"
#include "store/statements.h"

struct mail_id {
    struct id id;
};
static const struct field mail_id_fields[] = {FIELD(struct mail_id, id, ID)};
static const struct shape mail_id_shape = SHAPE("mail_id", struct mail_id, mail_id_fields);

enum error list_mails_to(struct store *store, const char *email, int64_t since_ms, int64_t until_ms,
                         struct list *mails, struct fault *fault)
{
    struct id since = id_make(since_ms, 0, 0), end = id_make(until_ms + 1, 0, 0);
    return store_list(
        store, &sql_outbox_mails_to,
        PARAMS({"since", value_id(&since)}, {"end", value_id(&end)}, {"email", value_text(email)}),
        &mail_id_shape, mails, fault);
}

enum error erase_mail(struct store *store, struct id id, struct fault *fault)
{
    return store_change(store, &sql_outbox_erase_mail, PARAMS({"id", value_id(&id)}), NULL, NULL, 1,
                        fault);
}

enum error erase_contact_leaves(struct store *store, struct id contact_id, int64_t now_ms,
                                struct fault *fault)
{
    struct list leaves;
    enum error error =
        store_list(store, &sql_leaf_of_contact, PARAMS({"subject_id", value_id(&contact_id)}),
                   &leaf_shape, &leaves, fault);
    for (size_t i = 0; !error && i < leaves.count; i++) {
        struct leaf_row *leaf = LIST_AT(struct leaf_row, leaves, i);
        leaf_row_erase(leaf, now_ms);
        error = store_change(store, &sql_leaf_erase, NO_PARAMS, &leaf_shape, leaf, 1, fault);
    }
    return error;
}
