#include "store/value_snapshot.h"

#include "store/statements.h"

static const struct field milestone_start_fields[] = {
    FIELD(struct milestone_start, milestone_id, ID),
    FIELD(struct milestone_start, at, MOMENT),
};
static const struct shape milestone_start_shape =
    SHAPE("milestone_start", struct milestone_start, milestone_start_fields);

static enum error list_of(struct store *store, const struct statement *statement,
                          struct id engagement_id, const struct shape *shape, struct list *list,
                          struct fault *fault)
{
    return store_list(store, statement, PARAMS({"engagement_id", value_id(&engagement_id)}), shape,
                      list, fault);
}

enum error find_snapshot(struct store *store, struct id engagement_id, int32_t day,
                         struct value_snapshot *snapshot, bool *found, struct fault *fault)
{
    return store_find(
        store, &sql_value_snapshot_of_day,
        PARAMS({"engagement_id", value_id(&engagement_id)}, {"day", value_integer(day)}),
        &value_snapshot_shape, snapshot, found, fault);
}

enum error list_milestones_to_value(struct store *store, struct id engagement_id,
                                    struct list *milestones, struct fault *fault)
{
    return list_of(store, &sql_value_milestones, engagement_id, &milestone_shape, milestones,
                   fault);
}

enum error list_earning_choices(struct store *store, struct id engagement_id, struct list *choices,
                                struct fault *fault)
{
    return list_of(store, &sql_value_earning_choices, engagement_id, &earning_choice_shape, choices,
                   fault);
}

enum error find_earning_choice(struct store *store, struct id milestone_id,
                               struct earning_choice *choice, bool *found, struct fault *fault)
{
    return store_find(store, &sql_value_earning_choice,
                      PARAMS({"milestone_id", value_id(&milestone_id)}), &earning_choice_shape,
                      choice, found, fault);
}

enum error list_milestone_starts(struct store *store, struct id engagement_id, struct list *starts,
                                 struct fault *fault)
{
    return list_of(store, &sql_value_milestone_starts, engagement_id, &milestone_start_shape,
                   starts, fault);
}
