#include "store/milestone.h"

#include "store/statements.h"

static enum error list_by(struct store *store, const struct statement *statement,
                          struct id milestone_id, struct list *milestones, struct fault *fault)
{
    return store_list(store, statement, PARAMS({"milestone_id", value_id(&milestone_id)}),
                      &milestone_shape, milestones, fault);
}

enum error list_predecessors(struct store *store, struct id milestone_id, struct list *milestones,
                             struct fault *fault)
{
    return list_by(store, &sql_milestone_predecessors, milestone_id, milestones, fault);
}

enum error list_successors(struct store *store, struct id milestone_id, struct list *milestones,
                           struct fault *fault)
{
    return list_by(store, &sql_milestone_successors, milestone_id, milestones, fault);
}

enum error list_freed_milestones(struct store *store, struct id milestone_id,
                                 struct list *milestones, struct fault *fault)
{
    return list_by(store, &sql_milestone_freed, milestone_id, milestones, fault);
}

enum error find_milestone_by_code(struct store *store, const struct milestone *beside,
                                  const char *code, struct milestone *milestone, bool *found,
                                  struct fault *fault)
{
    return store_find(store, &sql_milestone_by_code,
                      PARAMS({"engagement_id", value_id(&beside->engagement_id)},
                             {"contract_id", value_id(&beside->contract_id)},
                             {"code", value_text(code)}),
                      &milestone_shape, milestone, found, fault);
}

enum error list_invoice_milestones(struct store *store, const struct invoice *invoice,
                                   struct list *milestones, struct fault *fault)
{
    return store_list(store, &sql_milestone_of_invoice,
                      PARAMS({"engagement_id", value_id(&invoice->engagement_id)},
                             {"invoice_id", value_id(&invoice->id)}),
                      &milestone_shape, milestones, fault);
}

enum error list_billable_milestones(struct store *store, const struct contract *contract,
                                    int64_t before_ms, struct list *milestones, struct fault *fault)
{
    return store_list(store, &sql_milestone_billable,
                      PARAMS({"engagement_id", value_id(&contract->engagement_id)},
                             {"contract_id", value_id(&contract->id)},
                             {"before", value_integer(before_ms)}),
                      &milestone_shape, milestones, fault);
}
