/* A copy of one engagement: every row that belongs to it, as one JSON document, to be kept or to be
 * taken to another server. Its shape is the document's: lists of rows as the API gives them.
 *
 * People of the agency are not in it; rows name them by id, and by name where somebody signed,
 * wrote or decided. The bytes of files follow the rows in the document, in the member "blobs"
 * (main/command_engagement.c). */
#ifndef WAYMARK_CORE_ENGAGEMENT_COPY_H
#define WAYMARK_CORE_ENGAGEMENT_COPY_H

#include "core/domain.h"

#define ENGAGEMENT_COPY_FORMAT "waymark-engagement/1"

enum { COPY_LIST_LIMIT = 10000 }; /* rows of one kind */

struct engagement_copy {
    const char *format;  /* ENGAGEMENT_COPY_FORMAT */
    const char *company; /* the short name of the one that it was taken from */
    int64_t exported_at;
    struct client *client;
    struct list contacts;
    struct engagement *engagement;
    struct list requirements;
    struct list confirmations;
    struct list proposals;
    struct list rate_cards; /* that the estimates name */
    struct list estimates;
    struct list comments;
    struct list contracts;
    struct list signatures;
    struct list change_orders;
    struct list change_signatures;
    struct list milestones;
    struct list dependencies;
    struct list tasks;
    struct list task_dependencies;
    struct list task_slips;
    struct list time_entries;
    struct list earning_choices;
    struct list value_snapshots;
    struct list report_rhythms;
    struct list status_reports;
    struct list baselines;
    struct list obligations;
    struct list obligation_slips;
    struct list team_members;
    struct list communications;
    struct list meetings; /* all versions */
    struct list files;
    struct list submissions;
    struct list approvals;
    struct list disputes;
    struct list certificates;
    struct list defects;
    struct list price_reductions;
    struct list billing_periods;
    struct list progress_claims;
    struct list progress_approvals;
    struct list invoices;       /* and credit notes, with their lines */
    struct list payments;       /* that were ever allocated to these invoices, whole */
    struct list allocations;    /* to these invoices, and of these payments and credit notes */
    struct list refunds;        /* of these payments and credit notes */
    struct list ledger_entries; /* of all these, with their postings */
    struct list documents;      /* the snapshots that PDFs are made from */
    struct list jobs;           /* what is still to happen at its moment */
};
extern const struct shape engagement_copy_shape;

/* Holds a copy to what makes it whole, before it is taken in: its format; every row that a row
 * names is in it, and so is the owner of lines and postings; entries balance. What the rows say of
 * each other is for `waymark verify` to check. ERROR_INVALID with the place
 * ("invoices/2/milestone_id"), what entry_check refuses. */
enum error engagement_copy_check(const struct engagement_copy *copy,
                                 struct fault *fault) WARN_UNUSED;

#endif
