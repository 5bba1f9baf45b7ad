/* Status reports to the client: sent by people or in the rhythm of the engagement, by mail to its
 * contacts, and kept as they were sent. */
#ifndef WAYMARK_ACTION_STATUS_REPORT_H
#define WAYMARK_ACTION_STATUS_REPORT_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/job.h"
#include "core/status_report.h"
#include "store/list.h"

struct list_status_reports {
    struct page_query page;
    struct id engagement_id;
};

extern const struct operation list_status_reports_operation;
extern const struct operation show_status_report_operation; /* struct subject */

/* Takes struct status_report: engagement_id and note. ERROR_WRONG_STATE for "engagement" that is
 * closed or not yet agreed, and for "contacts" if there is nobody to send it to. */
extern const struct operation send_status_report_operation;

/* Takes struct report_rhythm: engagement_id, rhythm, first_day, is_stopped. ERROR_WRONG_STATE as
 * above, what report_rhythm_check refuses, and ERROR_OUT_OF_RANGE for "first_day" in the past of a
 * rhythm that is new. */
extern const struct operation set_report_rhythm_operation;
extern const struct operation show_report_rhythm_operation; /* struct subject */

/* Sends the report of the job's day, if that still is one of the rhythm's, and waits for the next.
 * Of several days that were missed only the last is reported. */
enum error send_report_on_its_day(struct call *call, const struct job *job,
                                  struct fault *fault) WARN_UNUSED;

#endif
