#include "core/ledger.h"

#include "core/fields.h"

static const char *const account_kinds[] = {
    [ACCOUNT_ASSET] = "asset",   [ACCOUNT_LIABILITY] = "liability", [ACCOUNT_EQUITY] = "equity",
    [ACCOUNT_INCOME] = "income", [ACCOUNT_EXPENSE] = "expense",
};
const struct choices account_kind_choices = CHOICES("account_kind", account_kinds);

static const char *const entry_kinds[] = {
    [ENTRY_INVOICE] = "invoice",
    [ENTRY_CREDIT_NOTE] = "credit_note",
    [ENTRY_PAYMENT] = "payment",
    [ENTRY_ALLOCATION] = "allocation",
    [ENTRY_REFUND_REQUEST] = "refund_request",
    [ENTRY_REFUND] = "refund",
    [ENTRY_REVERSAL] = "reversal",
};
const struct choices entry_kind_choices = CHOICES("entry_kind", entry_kinds);

static const char *const source_kinds[] = {
    [SOURCE_INVOICE] = "invoice",
    [SOURCE_PAYMENT] = "payment",
    [SOURCE_ALLOCATION] = "allocation",
    [SOURCE_REFUND] = "refund",
};
const struct choices source_kind_choices = CHOICES("source_kind", source_kinds);

static const struct field ledger_account_fields[] = {
    FIELD(struct ledger_account, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct ledger_account, name, TEXT, .flags = REQUIRED),
    FIELD(struct ledger_account, kind, CHOICE, .flags = REQUIRED, .choices = &account_kind_choices),
};
const struct shape ledger_account_shape =
    SHAPE("ledger_account", struct ledger_account, ledger_account_fields);

static const struct field ledger_posting_fields[] = {
    FIELD(struct ledger_posting, entry_id, ID, .flags = REQUIRED),
    FIELD(struct ledger_posting, number, INTEGER, .minimum = 1, .maximum = LIST_LIMIT),
    FIELD(struct ledger_posting, account, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct ledger_posting, amount_minor, MONEY, .flags = REQUIRED, .minimum = -AMOUNT_LIMIT,
          .maximum = AMOUNT_LIMIT),
    FIELD(struct ledger_posting, client_id, ID, OPTIONAL),
};
const struct shape ledger_posting_shape =
    SHAPE("ledger_posting", struct ledger_posting, ledger_posting_fields);

static const struct field ledger_entry_fields[] = {
    ID_FIELD(struct ledger_entry),
    FIELD(struct ledger_entry, day, DAY, .flags = REQUIRED),
    FIELD(struct ledger_entry, kind, CHOICE, .flags = REQUIRED, .choices = &entry_kind_choices),
    FIELD(struct ledger_entry, narrative, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct ledger_entry, source_kind, CHOICE, .flags = REQUIRED,
          .choices = &source_kind_choices),
    FIELD(struct ledger_entry, source_id, ID, .flags = REQUIRED),
    FIELD(struct ledger_entry, reverses_id, ID, OPTIONAL),
    FIELD(struct ledger_entry, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct ledger_entry, created_at, MOMENT, .flags = REQUIRED),
    FIELD(struct ledger_entry, postings, LIST, .flags = NOT_STORED, .limit = LIST_LIMIT,
          .shape = &ledger_posting_shape),
};
const struct shape ledger_entry_shape =
    SHAPE("ledger_entry", struct ledger_entry, ledger_entry_fields);
