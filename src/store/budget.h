/* What a contract's budget is reckoned from (core/budget.h). None of these asks who looks: load the
 * engagement first. */
#ifndef WAYMARK_STORE_BUDGET_H
#define WAYMARK_STORE_BUDGET_H

#include "core/domain.h"
#include "store/store.h"

/* A contract's rows: struct milestone by number, struct invoice with credit notes, the invoices'
 * struct invoice_line, struct billing_period. */
struct budget_rows {
    struct list milestones;
    struct list documents;
    struct list lines;
    struct list periods;
};
enum error load_budget_rows(struct store *store, const struct contract *contract,
                            struct budget_rows *rows, struct fault *fault) WARN_UNUSED;

/* A contract that is worked on or has something outstanding, and whose it is. */
struct open_contract {
    struct id contract_id;
    struct id engagement_id;
    const char *engagement_title;
    struct id client_id;
    const char *client_name;
};

/* struct open_contract, at most limit: of one client, or of all with the none id. */
enum error list_open_contracts(struct store *store, struct id client_id, int64_t limit,
                               struct list *contracts, struct fault *fault) WARN_UNUSED;

/* struct paid_invoice (core/forecast.h): a client's latest, at most limit. */
enum error list_paid_invoices(struct store *store, struct id client_id, int64_t limit,
                              struct list *paid, struct fault *fault) WARN_UNUSED;

#endif
