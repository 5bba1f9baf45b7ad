#include "action/entry_reversal.h"

#include "action/allocation.h"
#include "action/ledger.h"
#include "action/payment.h"
#include "action/refund.h"
#include "base/limits.h"
#include "core/ledger.h"
#include "store/ledger.h"

typedef enum error take_back(struct call *call, const char *reason,
                             const struct ledger_entry *entry, struct ledger_entry *reversal,
                             struct fault *fault);

static enum error of_payment(struct call *call, const char *reason,
                             const struct ledger_entry *entry, struct ledger_entry *reversal,
                             struct fault *fault)
{
    struct payment payment;
    enum error error = load_row(call, &payment_shape, entry->source_id, &payment, fault);
    return error ? error : take_payment_back(call, reason, &payment, reversal, fault);
}

static enum error of_allocation(struct call *call, const char *reason,
                                const struct ledger_entry *entry, struct ledger_entry *reversal,
                                struct fault *fault)
{
    struct allocation allocation;
    enum error error = load_row(call, &allocation_shape, entry->source_id, &allocation, fault);
    return error ? error : take_allocation_back(call, reason, &allocation, reversal, fault);
}

static enum error of_refund_request(struct call *call, const char *reason,
                                    const struct ledger_entry *entry, struct ledger_entry *reversal,
                                    struct fault *fault)
{
    struct refund refund;
    enum error error = load_row(call, &refund_shape, entry->source_id, &refund, fault);
    return error ? error : take_refund_back(call, reason, &refund, reversal, fault);
}

static enum error of_refund(struct call *call, const char *reason, const struct ledger_entry *entry,
                            struct ledger_entry *reversal, struct fault *fault)
{
    struct refund refund;
    struct ledger_entry last;
    enum error error = load_row(call, &refund_shape, entry->source_id, &refund, fault);
    if (!error)
        error = load_last_entry(&call->store, refund.id, ENTRY_REFUND, &last, fault);
    if (!error && !id_equal(last.id, entry->id))
        return refuse(fault, ERROR_WRONG_STATE, "entry_id", "it was reversed before");
    return error ? error : owe_refund_again(call, reason, &refund, reversal, fault);
}

static const struct {
    take_back *take_back;
    const char *instead; /* where there is no way back */
} ways[] = {
    [ENTRY_INVOICE] = {.instead = "an invoice is taken back by a credit note"},
    [ENTRY_CREDIT_NOTE] = {.instead = "issue a new invoice for what was credited"},
    [ENTRY_PAYMENT] = {of_payment},
    [ENTRY_ALLOCATION] = {of_allocation},
    [ENTRY_REFUND_REQUEST] = {of_refund_request},
    [ENTRY_REFUND] = {of_refund},
    [ENTRY_REVERSAL] = {.instead = "record anew what was reversed"},
};

static enum error reverse_ledger_entry(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct reverse *in = input;
    struct ledger_entry entry;
    enum error error = load_row(call, &ledger_entry_shape, in->id, &entry, fault);
    if (error)
        return error;
    if (!ways[entry.kind].take_back)
        return refuse(fault, ERROR_WRONG_STATE, "kind", "%s", ways[entry.kind].instead);
    return ways[entry.kind].take_back(call, in->reason, &entry, output, fault);
}

static const struct field reverse_fields[] = {
    ID_FROM_PATH(struct reverse, entry_id),
    FIELD(struct reverse, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape reverse_shape =
    SHAPE("reverse_ledger_entry", struct reverse, reverse_fields);

const struct operation reverse_ledger_entry_operation = {
    .name = "reverse_ledger_entry",
    .permission = PERMIT_REVERSE_ENTRY,
    .writes = true,
    .in = &reverse_shape,
    .out = &ledger_entry_shape,
    .run = reverse_ledger_entry,
};
