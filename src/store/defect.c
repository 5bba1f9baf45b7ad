#include "store/defect.h"

#include "store/statements.h"

enum error list_unsettled_defects(struct store *store, struct id milestone_id, struct list *defects,
                                  struct fault *fault)
{
    return store_list(store, &sql_defect_unsettled_of_milestone,
                      PARAMS({"milestone_id", value_id(&milestone_id)}), &defect_shape, defects,
                      fault);
}
