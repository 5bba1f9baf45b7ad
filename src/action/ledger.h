/* The ledger as accountants read it, and how entries get there. Entries are booked by the actions
 * that they record and are reversed by reversing these: an entry alone can never be changed, so a
 * document and its entry cannot drift apart. */
#ifndef WAYMARK_ACTION_LEDGER_H
#define WAYMARK_ACTION_LEDGER_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/ledger.h"
#include "store/list.h"

struct list_entries {
    struct page_query page;
    enum entry_kind kind;
    struct id source_id;
    const char *currency;
    int32_t from_day; /* inclusive, as to_day */
    int32_t to_day;
};

struct trial_balance {
    int32_t day;          /* the end of which; none asks for today */
    struct list accounts; /* struct ledger_balance, by currency and code */
    struct list totals;   /* struct trial_balance_total, by currency */
};

struct account_statement {
    const char *account; /* code */
    const char *name;
    enum account_kind kind;
    const char *currency; /* none asks for the company's */
    int32_t from_day;
    int32_t to_day; /* none asks for today */
    int64_t opening_minor;
    int64_t closing_minor;
    struct list movements; /* struct ledger_movement, at most MOVEMENTS_LIMIT */
};

extern const struct operation list_ledger_accounts_operation;
extern const struct operation list_ledger_entries_operation;
extern const struct operation show_ledger_entry_operation; /* struct subject */
extern const struct operation show_trial_balance_operation;
extern const struct operation show_account_statement_operation;

/* ---- called inside actions ----------------------------------------------------------------- */

/* Inserts an entry with its postings. What does not balance is ERROR_INTERNAL here, because people
 * never write entries. */
enum error book_entry(struct call *call, struct ledger_entry *entry,
                      struct fault *fault) WARN_UNUSED;

/* The mirror of the last entry of that kind about a row, dated day: to be booked with book_entry.
 */
enum error reversal_of(struct call *call, struct id source_id, enum entry_kind kind,
                       const char *reason, int32_t day, struct ledger_entry *reversal,
                       struct fault *fault) WARN_UNUSED;

/* At the end of a day; DAY_NONE is today. In the arena. */
enum error load_trial_balance(struct call *call, int32_t day, struct trial_balance *balance,
                              struct fault *fault) WARN_UNUSED;

#endif
