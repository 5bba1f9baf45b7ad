/* Handing a milestone over, round by round, and taking it back. Deciding on it is
 * action/acceptance.h. */
#ifndef WAYMARK_ACTION_SUBMISSION_H
#define WAYMARK_ACTION_SUBMISSION_H

#include "action/review.h"
#include "action/subject.h"
#include "store/list.h"

struct list_submissions {
    struct page_query page;
    struct id milestone_id;
};

/* What is handed over: each of the milestone's deliverables by its title, with the id of an
 * uploaded file or a link, which tells its kind unless that is given. */
struct submit_milestone {
    struct id milestone_id;
    const char *note;
    struct list deliverables; /* struct delivered */
    struct review review;     /* read while preparing */
};

struct withdraw_submission {
    struct id submission_id;
    struct review review; /* read while preparing */
};

extern const struct operation list_submissions_operation;
extern const struct operation show_submission_operation; /* struct subject */

/* Gives the struct submission; its clock runs, and those who may accept are asked by mail. */
extern const struct operation submit_milestone_operation;

/* Before it is decided on; the milestone is in progress again. */
extern const struct operation withdraw_submission_operation;

#endif
