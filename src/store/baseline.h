/* Baselines, as rows. */
#ifndef WAYMARK_STORE_BASELINE_H
#define WAYMARK_STORE_BASELINE_H

#include "core/baseline.h"
#include "store/store.h"

/* How many the engagement has of that name: one or none. */
enum error count_baselines_named(struct store *store, struct id engagement_id, const char *name,
                                 int64_t *count, struct fault *fault) WARN_UNUSED;

#endif
