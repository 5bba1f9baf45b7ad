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
