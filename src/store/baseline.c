#include "store/baseline.h"

#include "store/statements.h"

enum error count_baselines_named(struct store *store, struct id engagement_id, const char *name,
                                 int64_t *count, struct fault *fault)
{
    return store_count(
        store, &sql_baseline_count_named,
        PARAMS({"engagement_id", value_id(&engagement_id)}, {"name", value_text(name)}), count,
        fault);
}
