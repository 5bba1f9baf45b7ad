/* Status reports, whoever acts. */
#ifndef WAYMARK_STORE_STATUS_REPORT_H
#define WAYMARK_STORE_STATUS_REPORT_H

#include "core/status_report.h"
#include "store/store.h"

enum error count_status_reports(struct store *store, struct id engagement_id, int64_t *count,
                                struct fault *fault) WARN_UNUSED;

/* Those of a day that nobody sent: they came in the rhythm. */
enum error count_status_reports_of(struct store *store, struct id engagement_id, int32_t day,
                                   int64_t *count, struct fault *fault) WARN_UNUSED;

enum error find_report_rhythm(struct store *store, struct id engagement_id,
                              struct report_rhythm *rhythm, bool *found,
                              struct fault *fault) WARN_UNUSED;

#endif
