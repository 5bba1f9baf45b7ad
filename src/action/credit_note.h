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

#endif
