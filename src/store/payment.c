#include "store/payment.h"

#include "store/statements.h"

enum error load_allocations(struct store *store, struct payment *payment, struct fault *fault)
{
    return store_list(store, &sql_allocation_list_of_payment,
                      PARAMS({"payment_id", value_id(&payment->id)}), &allocation_shape,
                      &payment->allocations, fault);
}

enum error list_open_payments(struct store *store, struct id client_id, struct list *payments,
                              struct fault *fault)
{
    return store_list(store, &sql_payment_list_open, PARAMS({"client_id", value_id(&client_id)}),
                      &payment_shape, payments, fault);
}

enum error list_requested_refunds(struct store *store, struct id client_id, struct list *refunds,
                                  struct fault *fault)
{
    return store_list(store, &sql_refund_list_requested,
                      PARAMS({"client_id", value_id(&client_id)}), &refund_shape, refunds, fault);
}
