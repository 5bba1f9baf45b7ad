/* The ledger's postings and the sums over them. What each account moved on each day is kept beside
 * the postings (table ledger_day), so that a balance of any day is a sum over days and not over
 * millions of postings; it is counted up once per group of commands (store/kept.h), and `waymark
 * verify` holds it against the postings. */
#ifndef WAYMARK_STORE_LEDGER_H
#define WAYMARK_STORE_LEDGER_H

#include "core/ledger.h"
#include "store/store.h"

extern const struct shape ledger_balance_shape;

extern const struct shape ledger_movement_shape;

/* Which movements: of an account in a currency, from and to inclusive. */
struct ledger_period {
    const char *account;
    const char *currency;
    int32_t from_day;
    int32_t to_day;
};

enum { MOVEMENTS_LIMIT = 10000 };

/* For a new company: core's chart. */
enum error insert_chart_of_accounts(struct store *store, struct fault *fault) WARN_UNUSED;

/* The postings of an entry whose row is inserted. */
enum error append_postings(struct store *store, const struct ledger_entry *entry,
                           struct fault *fault) WARN_UNUSED;
enum error load_postings(struct store *store, struct ledger_entry *entry,
                         struct fault *fault) WARN_UNUSED;

/* The last entry of that kind about a row, with its postings. ERROR_NOT_FOUND. */
enum error load_last_entry(struct store *store, struct id source_id, enum entry_kind kind,
                           struct ledger_entry *entry, struct fault *fault) WARN_UNUSED;

enum error list_accounts(struct store *store, struct list *accounts,
                         struct fault *fault) WARN_UNUSED;
enum error find_account(struct store *store, const char *code, struct ledger_account *account,
                        bool *found, struct fault *fault) WARN_UNUSED;

/* The balances (struct ledger_balance) at the end of the day, of accounts that were ever posted to.
 */
enum error list_balances(struct store *store, int32_t day, struct list *balances,
                         struct fault *fault) WARN_UNUSED;

/* Debit less credit before the period begins. */
enum error load_opening(struct store *store, const struct ledger_period *period,
                        int64_t *opening_minor, struct fault *fault) WARN_UNUSED;

/* The movements (struct ledger_movement) in the order of days. ERROR_OUT_OF_RANGE for "to_day" when
 * there are more than MOVEMENTS_LIMIT. */
enum error list_movements(struct store *store, const struct ledger_period *period,
                          struct list *movements, struct fault *fault) WARN_UNUSED;

#endif
