/* What tracking reckons with, whoever looks: what comes of it decides what is shown. */
#ifndef WAYMARK_STORE_TRACKING_H
#define WAYMARK_STORE_TRACKING_H

#include "core/tracking.h"
#include "store/store.h"

/* All rounds of an engagement, by milestone and round, without what was handed over. */
enum error list_rounds_of(struct store *store, struct id engagement_id, struct list *submissions,
                          struct fault *fault) WARN_UNUSED;

/* The time of days up to one that was approved before a moment, summed by milestone. */
enum error sum_approved_time(struct store *store, struct id engagement_id, int32_t to_day,
                             int64_t before_ms, struct list *times,
                             struct fault *fault) WARN_UNUSED;

#endif
