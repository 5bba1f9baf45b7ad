/* Defects: found with a decision on a submission, corrected by the agency, and confirmed, reopened
 * or waived by the client's approver. Each side is told by mail of what the other said. */
#ifndef WAYMARK_ACTION_DEFECT_H
#define WAYMARK_ACTION_DEFECT_H

#include "action/operation.h"
#include "action/review.h"
#include "action/subject.h"
#include "core/defect.h"
#include "store/list.h"

struct list_defects {
    struct page_query page;
    struct id engagement_id;
    struct id milestone_id;
    struct id certificate_id;
    const char *criterion;
    enum severity severity;
    enum defect_state state;
    int32_t overdue_on; /* open ones that were to be corrected before that day */
};

/* The agency's correction, or the client's answer, in words. */
struct say_of_defect {
    struct id id;
    const char *correction;
    const char *answer;
};

extern const struct operation list_defects_operation;
extern const struct operation show_defect_operation; /* struct subject */

/* Take struct say_of_defect and give the struct defect. */
extern const struct operation correct_defect_operation;
extern const struct operation confirm_defect_operation;
extern const struct operation reopen_defect_operation;
extern const struct operation waive_defect_operation;

/* ---- for those who decide ---------------------------------------------------------------------
 */

/* What the decision on the review's submission means for the milestone's defects; the new ones have
 * ids. Costs a statement only where an earlier round can have left some. words stand for a note
 * that is missing; certificate_id is none for a rejection. */
enum error find_defects(struct call *call, const struct review *review, struct id certificate_id,
                        const char *words, struct defect_changes *changes,
                        struct fault *fault) WARN_UNUSED;

/* Saves them and says what happened to each. */
enum error save_defects(struct call *call, const struct defect_changes *changes,
                        struct fault *fault) WARN_UNUSED;

#endif
