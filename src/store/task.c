#include "store/task.h"

#include "store/statements.h"

static enum error list_of(struct store *store, const struct statement *statement,
                          struct id engagement_id, const struct shape *shape, struct list *list,
                          struct fault *fault)
{
    return store_list(store, statement, PARAMS({"engagement_id", value_id(&engagement_id)}), shape,
                      list, fault);
}

enum error list_tasks_of(struct store *store, struct id engagement_id, struct list *tasks,
                         struct fault *fault)
{
    return list_of(store, &sql_task_of_engagement, engagement_id, &task_shape, tasks, fault);
}

enum error list_task_dependencies_of(struct store *store, struct id engagement_id,
                                     struct list *dependencies, struct fault *fault)
{
    return list_of(store, &sql_task_dependencies_of_engagement, engagement_id,
                   &task_dependency_shape, dependencies, fault);
}

enum error list_milestones_to_plan(struct store *store, struct id engagement_id,
                                   struct list *milestones, struct fault *fault)
{
    return list_of(store, &sql_task_milestones, engagement_id, &milestone_shape, milestones, fault);
}

enum error list_milestone_dependencies_of(struct store *store, struct id engagement_id,
                                          struct list *dependencies, struct fault *fault)
{
    return list_of(store, &sql_task_milestone_dependencies, engagement_id,
                   &milestone_dependency_shape, dependencies, fault);
}
