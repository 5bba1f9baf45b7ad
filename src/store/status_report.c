#include "store/status_report.h"

#include "store/statements.h"

enum error count_status_reports(struct store *store, struct id engagement_id, int64_t *count,
                                struct fault *fault)
{
    return store_count(store, &sql_status_report_count,
                       PARAMS({"engagement_id", value_id(&engagement_id)}), count, fault);
}

enum error count_status_reports_of(struct store *store, struct id engagement_id, int32_t day,
                                   int64_t *count, struct fault *fault)
{
    return store_count(
        store, &sql_status_report_of_day,
        PARAMS({"engagement_id", value_id(&engagement_id)}, {"day", value_integer(day)}), count,
        fault);
}

enum error find_report_rhythm(struct store *store, struct id engagement_id,
                              struct report_rhythm *rhythm, bool *found, struct fault *fault)
{
    return store_find(store, &sql_status_report_rhythm,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &report_rhythm_shape,
                      rhythm, found, fault);
}
