/* Taking an invoice back, in full or in part. What the credit note is worth first lowers what is
 * unpaid of its invoice; the rest is the client's credit. A milestone whose invoice is taken back
 * in full is credited, and can be billed again (action/invoice.h). */
#ifndef WAYMARK_ACTION_CREDIT_NOTE_H
#define WAYMARK_ACTION_CREDIT_NOTE_H

#include "action/operation.h"
#include "core/credit_note.h"

struct issue_credit_note {
    struct id invoice_id;
    const char *reason;
    const char *currency;
    struct list lines; /* struct credit_line; none: all that is left */
};

extern const struct operation issue_credit_note_operation;

/* ---- called inside actions ----------------------------------------------------------------- */

/* What is taken back of one milestone. */
struct milestone_credit {
    struct id invoice_id; /* none: nothing is billed yet */
    struct id milestone_id;
    int64_t net_minor;
    const char *reason;
};

/* Whether so much is left to be taken back. Writes nothing. ERROR_OUT_OF_RANGE for "credit"; errors
 * of credit_note_in_part. */
enum error check_milestone_credit(struct call *call, const struct milestone_credit *credit,
                                  struct fault *fault) WARN_UNUSED;

/* Issues the credit note as issue_credit_note does. The caller calls this before its own changes,
 * as it may still be refused, and after its own happened(). Errors of check_milestone_credit. */
enum error credit_milestone(struct call *call, const struct milestone_credit *credit,
                            struct invoice *note, struct fault *fault) WARN_UNUSED;

#endif
