#include "core/payment.h"

#include "core/fields.h"

static const char *const payment_methods[] = {
    [PAYMENT_BANK_TRANSFER] = "bank_transfer",
    [PAYMENT_CARD] = "card",
    [PAYMENT_CASH] = "cash",
    [PAYMENT_OTHER] = "other",
};
const struct choices payment_method_choices = CHOICES("payment_method", payment_methods);

static const char *const payment_states[] = {
    [PAYMENT_CONFIRMED] = "confirmed",
    [PAYMENT_REFUNDED] = "refunded",
    [PAYMENT_REVERSED] = "reversed",
};
const struct choices payment_state_choices = CHOICES("payment_state", payment_states);

static const char *const allocation_states[] = {
    [ALLOCATION_ACTIVE] = "active",
    [ALLOCATION_REVERSED] = "reversed",
};
const struct choices allocation_state_choices = CHOICES("allocation_state", allocation_states);

static const char *const refund_states[] = {
    [REFUND_REQUESTED] = "requested",
    [REFUND_PAID] = "paid",
    [REFUND_CANCELLED] = "cancelled",
};
const struct choices refund_state_choices = CHOICES("refund_state", refund_states);

static const struct field allocation_fields[] = {
    ID_FIELD(struct allocation),
    VERSION_FIELD(struct allocation),
    FIELD(struct allocation, payment_id, ID, .flags = FIXED),
    FIELD(struct allocation, credit_note_id, ID, .flags = FIXED),
    FIELD(struct allocation, invoice_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct allocation, client_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct allocation, currency, TEXT, .flags = REQUIRED | FIXED, .limit = CURRENCY_LIMIT),
    FIELD(struct allocation, amount_minor, MONEY, .flags = REQUIRED | FIXED, .minimum = 1,
          .maximum = AMOUNT_LIMIT),
    FIELD(struct allocation, state, CHOICE, .flags = REQUIRED, .choices = &allocation_state_choices,
          .initial = ALLOCATION_ACTIVE),
    FIELD(struct allocation, allocated_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct allocation, reversed_at, MOMENT, OPTIONAL),
    FIELD(struct allocation, reason, TEXT, .limit = TEXT_LIMIT),
};
const struct shape allocation_shape = SHAPE("allocation", struct allocation, allocation_fields);

static const struct field payment_fields[] = {
    ID_FIELD(struct payment),
    VERSION_FIELD(struct payment),
    FIELD(struct payment, client_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct payment, number, TEXT, .flags = REQUIRED | FIXED, .limit = CODE_LIMIT),
    FIELD(struct payment, currency, TEXT, .flags = REQUIRED | FIXED, .limit = CURRENCY_LIMIT),
    FIELD(struct payment, amount_minor, MONEY, .flags = REQUIRED | FIXED, .minimum = 1,
          .maximum = AMOUNT_LIMIT),
    FIELD(struct payment, received_day, DAY, .flags = REQUIRED | FIXED),
    FIELD(struct payment, method, CHOICE, .flags = REQUIRED | FIXED,
          .choices = &payment_method_choices, .initial = PAYMENT_BANK_TRANSFER),
    FIELD(struct payment, payer_reference, TEXT, .flags = FIXED, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct payment, note, TEXT, .flags = AGENCY_ONLY, .limit = TEXT_LIMIT),
    FIELD(struct payment, state, CHOICE, .flags = REQUIRED, .choices = &payment_state_choices,
          .initial = PAYMENT_CONFIRMED),
    FIELD(struct payment, allocated_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct payment, refunded_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct payment, created_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct payment, allocations, LIST, .flags = NOT_STORED, .limit = LIST_LIMIT,
          .shape = &allocation_shape),
};
const struct shape payment_shape = SHAPE("payment", struct payment, payment_fields);
const struct shape payment_summary_shape =
    SUMMARY("payment_summary", struct payment, payment_fields);

static const struct field refund_fields[] = {
    ID_FIELD(struct refund),
    VERSION_FIELD(struct refund),
    FIELD(struct refund, payment_id, ID, .flags = FIXED),
    FIELD(struct refund, credit_note_id, ID, .flags = FIXED),
    FIELD(struct refund, client_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct refund, number, TEXT, .flags = REQUIRED | FIXED, .limit = CODE_LIMIT),
    FIELD(struct refund, currency, TEXT, .flags = REQUIRED | FIXED, .limit = CURRENCY_LIMIT),
    FIELD(struct refund, amount_minor, MONEY, .flags = REQUIRED | FIXED, .minimum = 1,
          .maximum = AMOUNT_LIMIT),
    FIELD(struct refund, reason, TEXT, .flags = REQUIRED | FIXED, .limit = TEXT_LIMIT),
    FIELD(struct refund, state, CHOICE, .flags = REQUIRED, .choices = &refund_state_choices,
          .initial = REFUND_REQUESTED),
    FIELD(struct refund, paid_day, DAY, OPTIONAL),
    FIELD(struct refund, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape refund_shape = SHAPE("refund", struct refund, refund_fields);
