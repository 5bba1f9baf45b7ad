/* Payments with what they are applied to, and refunds that wait. */
#ifndef WAYMARK_STORE_PAYMENT_H
#define WAYMARK_STORE_PAYMENT_H

#include "core/payment.h"
#include "store/store.h"

/* The allocations of a payment, reversed ones too, in the order of making. */
enum error load_allocations(struct store *store, struct payment *payment,
                            struct fault *fault) WARN_UNUSED;

/* A client's payments with something left (struct payment), the oldest first. */
enum error list_open_payments(struct store *store, struct id client_id, struct list *payments,
                              struct fault *fault) WARN_UNUSED;

/* A client's refunds that are requested and not yet paid (struct refund). */
enum error list_requested_refunds(struct store *store, struct id client_id, struct list *refunds,
                                  struct fault *fault) WARN_UNUSED;

#endif
