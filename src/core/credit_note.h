/* Credit notes: what takes an issued invoice back, in full or in part. They take no more than is
 * left, line by line; the tax comes from the issued groups (core/tax.h), and the last one takes the
 * rest.
 *
 * A credit note first lowers what is unpaid of its own invoice. What is left of it is the client's
 * credit: it can be allocated to other invoices (core/allocation.h) or refunded (core/refund.h). */
#ifndef WAYMARK_CORE_CREDIT_NOTE_H
#define WAYMARK_CORE_CREDIT_NOTE_H

#include "core/invoice.h"
#include "core/payment.h"

/* How much of an invoice's line to take back, net. */
struct credit_line {
    int64_t number;
    int64_t net_minor;
};

/* What is being credited, why and when. */
struct credit_request {
    const struct invoice *invoice; /* with its lines */
    const struct list *earlier;    /* struct invoice: its credit notes so far, with their lines */
    const char *reason;
    int32_t today;
    int64_t now_ms;
    struct tax_rule
        tax_rule; /* the contract's, by which the invoice was issued; none is per group */
};

/* Fill credit_note, whose id is set; it has no number yet (invoice_issue). ERROR_INVALID for
 * "reason" without one, for "invoice_id" if that is itself a credit note, for "lines/0/number" if
 * there is no such line or it is there twice; ERROR_OUT_OF_RANGE for "lines/0/net" if that is not
 * above zero or more than is left; ERROR_WRONG_STATE for "invoice_id" if nothing is left. */
enum error credit_note_in_full(struct arena *arena, const struct credit_request *request,
                               struct invoice *credit_note, struct fault *fault) WARN_UNUSED;
enum error credit_note_in_part(struct arena *arena, const struct credit_request *request,
                               const struct credit_line *lines, size_t line_count,
                               struct invoice *credit_note, struct fault *fault) WARN_UNUSED;

/* The lines that take so much of what the invoice bills for a milestone's acceptance, in their
 * order, in the arena. ERROR_OUT_OF_RANGE for "credit" if less is left of it. */
enum error credit_lines_of_milestone(struct arena *arena, const struct credit_request *request,
                                     struct id milestone_id, int64_t net_minor, struct list *lines,
                                     struct fault *fault) WARN_UNUSED;

/* Whether nothing of the lines that bill the milestone's acceptance is left beside these credit
 * notes and this further one, which takes some of them: the milestone is then credited. */
bool credit_note_takes_rest(const struct invoice *invoice, const struct list *earlier,
                            const struct invoice *credit_note, struct id milestone_id);

/* What is neither allocated nor refunded. */
int64_t credit_note_rest(const struct invoice *credit_note);

#endif
