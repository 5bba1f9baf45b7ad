/* What was billed and paid, by months. */
#ifndef WAYMARK_STORE_BILLING_FIGURE_H
#define WAYMARK_STORE_BILLING_FIGURE_H

#include "core/billing_figure.h"
#include "store/store.h"

/* The figures of the days from from_day to until_day, both included, by month, client's name and
 * currency; at most limit. Goes through all invoices, payments and refunds of the company. */
enum error list_billing_figures(struct store *store, int32_t from_day, int32_t until_day,
                                int64_t limit, struct list *figures,
                                struct fault *fault) WARN_UNUSED;

#endif
