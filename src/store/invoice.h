/* Invoices and credit notes with their lines. */
#ifndef WAYMARK_STORE_INVOICE_H
#define WAYMARK_STORE_INVOICE_H

#include "core/invoice.h"
#include "store/store.h"

/* The lines of an invoice whose row is inserted. */
enum error insert_invoice_lines(struct store *store, const struct invoice *invoice,
                                struct fault *fault) WARN_UNUSED;
enum error load_invoice_lines(struct store *store, struct invoice *invoice,
                              struct fault *fault) WARN_UNUSED;

/* The credit notes of an invoice (struct invoice), with their lines, in the order of issue. */
enum error list_credit_notes(struct store *store, struct id invoice_id, struct list *notes,
                             struct fault *fault) WARN_UNUSED;

/* A client's invoices with something outstanding and its credit notes with a rest (struct invoice),
 * without their lines, the oldest due first, at most limit. */
enum error list_open_invoices(struct store *store, struct id client_id, int64_t limit,
                              struct list *invoices, struct fault *fault) WARN_UNUSED;

/* Of those only the invoices in one currency. */
enum error list_invoices_to_pay(struct store *store, struct id client_id, const char *currency,
                                int64_t limit, struct list *invoices,
                                struct fault *fault) WARN_UNUSED;

/* The invoice of that number, without its lines. */
enum error find_invoice_of_number(struct store *store, const char *number, struct invoice *invoice,
                                  bool *found, struct fault *fault) WARN_UNUSED;

#endif
