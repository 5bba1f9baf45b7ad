/* Invoices: issued when work is accepted, listed, shown, and followed when they fall due. Taking
 * one back is action/credit_note.h. */
#ifndef WAYMARK_ACTION_INVOICE_H
#define WAYMARK_ACTION_INVOICE_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/contract_position.h"
#include "core/domain.h"
#include "store/list.h"

struct list_invoices {
    struct page_query page;
    enum invoice_kind kind;
    enum invoice_state state;
    struct id client_id;
    struct id engagement_id;
    struct id milestone_id;
    const char *number;
    const char *reference;
    int32_t due_before; /* a day */
    int32_t overdue_on; /* invoices that are overdue on that day */
};

extern const struct operation list_invoices_operation;
extern const struct operation show_invoice_operation; /* struct subject; with lines */

/* Bills an accepted milestone that is not on an invoice: one whose invoice was credited in full.
 * Takes struct subject. */
extern const struct operation issue_invoice_operation;

/* ---- called inside actions ----------------------------------------------------------------- */

/* What an invoice stands on, loaded by the caller. */
struct invoice_ground {
    struct company *company;
    struct client *client;
    struct engagement *engagement;
    struct contract *contract;
    struct certificate *certificate; /* of the milestone; none where several are billed */
    const struct list *parties;      /* struct party (store/review.h), or NULL if not read yet */
};

/* An invoice that is decided and has no number yet. */
struct invoice_draft {
    struct invoice invoice;
    struct contract_position position; /* with what it bills as accepted, without the invoice */
    struct list payers;                /* struct recipient */
    struct list work;                  /* struct paper_work, one for each line */
};

/* Decides on the invoice of an accepted milestone and marks it as invoiced. Reads, and writes
 * nothing, so it may be done before the transaction as long as what it stands on holds. Errors of
 * invoice_for_milestone. */
enum error draft_invoice(struct call *call, const struct invoice_ground *ground,
                         struct milestone *milestone, struct invoice_draft *draft,
                         struct fault *fault) WARN_UNUSED;

/* Issues it: with its number, ledger entry, paper, mail to those who pay, and the job that watches
 * its due day. The caller saves the milestones, and calls this before its own changes, as it may
 * still be refused, and after its own happened(). */
enum error issue_draft(struct call *call, const struct invoice_ground *ground,
                       struct invoice_draft *draft, struct fault *fault) WARN_UNUSED;

/* The rows that an invoice or credit note belongs to; its certificate is left alone. */
struct invoice_around {
    struct company company;
    struct client client;
    struct engagement engagement;
    struct contract contract;
};
enum error load_around(struct call *call, struct id engagement_id, struct id contract_id,
                       struct invoice_around *around, struct fault *fault) WARN_UNUSED;

/* The milestones whose latest invoice it is. */
enum error list_billed_milestones(struct call *call, const struct invoice *invoice,
                                  struct list *milestones, struct fault *fault) WARN_UNUSED;

/* The invoice's milestones follow its state: settled once it is paid, and back. Those that changed
 * have to be saved (save_milestones); one that is on another invoice by now does not follow. */
enum error follow_invoice(struct call *call, const struct invoice *invoice, struct list *changed,
                          struct fault *fault) WARN_UNUSED;
enum error save_milestones(struct call *call, const struct list *milestones,
                           struct fault *fault) WARN_UNUSED;

/* An invoice is open again. Where its due day is past, those who pay are reminded now. */
enum error watch_again(struct call *call, const struct invoice *invoice,
                       struct fault *fault) WARN_UNUSED;

/* Ends the rest of an invoice on which no objection is open any more, and saves it. Where it would
 * have become overdue meanwhile, those who pay are reminded now. */
enum error wake_invoice(struct call *call, struct invoice *invoice,
                        struct fault *fault) WARN_UNUSED;

/* A step for JOB_INVOICE_OVERDUE (action/job.h): reminds those who pay, unless it rests. */
enum error remind_of_invoice(struct call *call, const struct job *job,
                             struct fault *fault) WARN_UNUSED;

#endif
