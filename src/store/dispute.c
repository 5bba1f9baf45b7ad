#include "store/dispute.h"

#include "store/statements.h"

static const struct field opening_fields[] = {
    FIELD(struct dispute, opened_at, MOMENT),
};
static const struct shape opening_shape = SHAPE("opening", struct dispute, opening_fields);

enum error find_objection(struct store *store, const struct milestone *milestone,
                          int64_t *opened_at, struct fault *fault)
{
    struct dispute dispute = {0};
    bool found = false;
    enum error error = store_find(store, &sql_dispute_find_objection,
                                  PARAMS({"engagement_id", value_id(&milestone->engagement_id)},
                                         {"milestone_id", value_id(&milestone->id)}),
                                  &opening_shape, &dispute, &found, fault);
    *opened_at = !error && found ? dispute.opened_at : 0;
    return error;
}

enum error count_other_objections(struct store *store, const struct invoice *invoice,
                                  const struct dispute *dispute, int64_t *count,
                                  struct fault *fault)
{
    return store_count(store, &sql_dispute_count_objections,
                       PARAMS({"engagement_id", value_id(&invoice->engagement_id)},
                              {"invoice_id", value_id(&invoice->id)},
                              {"but_id", value_id(&dispute->id)}),
                       count, fault);
}
