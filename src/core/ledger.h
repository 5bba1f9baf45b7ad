/* The double-entry ledger. Entries are appended and never changed: a wrong one is reversed by its
 * mirror. */
#ifndef WAYMARK_CORE_LEDGER_H
#define WAYMARK_CORE_LEDGER_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"

enum account_kind {
    ACCOUNT_ASSET = 1,
    ACCOUNT_LIABILITY,
    ACCOUNT_EQUITY,
    ACCOUNT_INCOME,
    ACCOUNT_EXPENSE,
};
extern const struct choices account_kind_choices;

struct ledger_account {
    const char *code;
    const char *name;
    enum account_kind kind;
};
extern const struct shape ledger_account_shape;

enum entry_kind {
    ENTRY_INVOICE = 1,
    ENTRY_CREDIT_NOTE,
    ENTRY_PAYMENT,
    ENTRY_ALLOCATION,
    ENTRY_REFUND_REQUEST,
    ENTRY_REFUND,
    ENTRY_REVERSAL,
};
extern const struct choices entry_kind_choices;

/* What an entry records. */
enum source_kind {
    SOURCE_INVOICE = 1, /* or credit note */
    SOURCE_PAYMENT,
    SOURCE_ALLOCATION,
    SOURCE_REFUND,
};
extern const struct choices source_kind_choices;

struct ledger_posting {
    struct id entry_id;
    int64_t number; /* 1, 2, … */
    const char *account;
    int64_t amount_minor; /* debit above zero, credit below */
    struct id client_id;  /* of accounts that are kept per client */
};
extern const struct shape ledger_posting_shape;

struct ledger_entry {
    struct id id;
    int32_t day;
    enum entry_kind kind;
    const char *narrative;
    enum source_kind source_kind;
    struct id source_id;
    struct id reverses_id;
    const char *currency; /* of all its postings */
    int64_t created_at;
    struct list postings; /* struct ledger_posting, rows of their own */
};
extern const struct shape ledger_entry_shape;

/* ---- what is told of it -------------------------------------------------------------------- */

/* What one account held in one currency. Debit and credit are above zero or nothing. */
struct ledger_balance {
    const char *account;
    const char *name;
    enum account_kind kind;
    const char *currency;
    int64_t debit_minor;
    int64_t credit_minor;
    int64_t balance_minor; /* debit - credit */
};

/* What all accounts held in one currency. */
struct trial_balance_total {
    const char *currency;
    int64_t debit_minor;
    int64_t credit_minor; /* the same, or the books are wrong */
};

/* A posting with what its entry says about it. */
struct ledger_movement {
    struct id entry_id;
    int32_t day;
    enum entry_kind kind;
    const char *narrative;
    int64_t amount_minor; /* debit above zero, credit below */
    struct id client_id;
};

#endif
