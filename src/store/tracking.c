#include "store/tracking.h"

#include "store/statements.h"

enum error list_rounds_of(struct store *store, struct id engagement_id, struct list *submissions,
                          struct fault *fault)
{
    return store_list(store, &sql_tracking_rounds,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &submission_shape,
                      submissions, fault);
}

enum error sum_approved_time(struct store *store, struct id engagement_id, int32_t to_day,
                             int64_t before_ms, struct list *times, struct fault *fault)
{
    return store_list(store, &sql_tracking_approved_time,
                      PARAMS({"engagement_id", value_id(&engagement_id)},
                             {"to_day", value_integer(to_day)},
                             {"before", value_integer(before_ms)}),
                      &approved_time_shape, times, fault);
}
