#include "store/team.h"

#include "store/statements.h"

enum error list_team_of(struct store *store, struct id engagement_id, struct list *members,
                        struct fault *fault)
{
    return store_list(store, &sql_team_of_engagement,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &team_member_shape,
                      members, fault);
}

enum error list_communications_of(struct store *store, struct id engagement_id,
                                  struct list *communications, struct fault *fault)
{
    return store_list(store, &sql_team_communications,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &communication_shape,
                      communications, fault);
}
