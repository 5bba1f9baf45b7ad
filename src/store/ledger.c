#include "store/ledger.h"

#include "base/day.h"
#include "base/limits.h"
#include "core/entry.h"
#include "store/kept.h"
#include "store/statements.h"

#define ANY_AMOUNT .minimum = INT64_MIN + 1, .maximum = INT64_MAX

static const struct field balance_fields[] = {
    FIELD(struct ledger_balance, account, TEXT, .limit = CODE_LIMIT),
    FIELD(struct ledger_balance, name, TEXT),
    FIELD(struct ledger_balance, kind, CHOICE, .choices = &account_kind_choices),
    FIELD(struct ledger_balance, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct ledger_balance, debit_minor, MONEY, ANY_AMOUNT),
    FIELD(struct ledger_balance, credit_minor, MONEY, ANY_AMOUNT),
    FIELD(struct ledger_balance, balance_minor, MONEY, ANY_AMOUNT),
};
const struct shape ledger_balance_shape =
    SHAPE("ledger_balance", struct ledger_balance, balance_fields);

static const struct field movement_fields[] = {
    FIELD(struct ledger_movement, entry_id, ID),
    FIELD(struct ledger_movement, day, DAY),
    FIELD(struct ledger_movement, kind, CHOICE, .choices = &entry_kind_choices),
    FIELD(struct ledger_movement, narrative, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct ledger_movement, amount_minor, MONEY, ANY_AMOUNT),
    FIELD(struct ledger_movement, client_id, ID),
};
const struct shape ledger_movement_shape =
    SHAPE("ledger_movement", struct ledger_movement, movement_fields);

enum error insert_chart_of_accounts(struct store *store, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < CHART_COUNT && !error; i++)
        error = store_change(store, &sql_ledger_account_insert, NO_PARAMS, &ledger_account_shape,
                             &chart_of_accounts[i], 1, fault);
    return error;
}

enum error append_postings(struct store *store, const struct ledger_entry *entry,
                           struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < entry->postings.count && !error; i++) {
        const struct ledger_posting *posting = LIST_AT(struct ledger_posting, entry->postings, i);
        error = store_change(store, &sql_ledger_posting_insert, NO_PARAMS, &ledger_posting_shape,
                             posting, 1, fault);
        if (!error)
            error = keep_posting(store, entry->day, entry->currency, posting, fault);
    }
    return error;
}

enum error load_postings(struct store *store, struct ledger_entry *entry, struct fault *fault)
{
    return store_list(store, &sql_ledger_posting_list, PARAMS({"entry_id", value_id(&entry->id)}),
                      &ledger_posting_shape, &entry->postings, fault);
}

/* The least id that an entry of the row may have: a clock that went wrong is set back no further.
 */
static struct id least_entry_id(struct id source_id)
{
    int64_t made_ms = id_time_ms(source_id);
    return id_make(made_ms > DAY_MS ? made_ms - DAY_MS : 0, 0, 0);
}

enum error load_last_entry(struct store *store, struct id source_id, enum entry_kind kind,
                           struct ledger_entry *entry, struct fault *fault)
{
    bool found;
    const char *name = choice_name(&entry_kind_choices, (int)kind);
    struct id since = least_entry_id(source_id);
    enum error error =
        store_find(store, &sql_ledger_entry_last_of_source,
                   PARAMS({"since", value_id(&since)}, {"source_id", value_id(&source_id)},
                          {"kind", value_text(name)}),
                   &ledger_entry_shape, entry, &found, fault);
    if (error)
        return error;
    if (!found)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such ledger entry");
    return load_postings(store, entry, fault);
}

enum error list_accounts(struct store *store, struct list *accounts, struct fault *fault)
{
    return store_list(store, &sql_ledger_account_list, NO_PARAMS, &ledger_account_shape, accounts,
                      fault);
}

enum error find_account(struct store *store, const char *code, struct ledger_account *account,
                        bool *found, struct fault *fault)
{
    return store_find(store, &sql_ledger_account_find, PARAMS({"code", value_text(code)}),
                      &ledger_account_shape, account, found, fault);
}

enum error list_balances(struct store *store, int32_t day, struct list *balances,
                         struct fault *fault)
{
    return store_list(store, &sql_ledger_balance_list, PARAMS({"day", value_integer(day)}),
                      &ledger_balance_shape, balances, fault);
}

enum error load_opening(struct store *store, const struct ledger_period *period,
                        int64_t *opening_minor, struct fault *fault)
{
    return store_count(store, &sql_ledger_balance_before,
                       PARAMS({"day", value_integer(period->from_day)},
                              {"account", value_text(period->account)},
                              {"currency", value_text(period->currency)}),
                       opening_minor, fault);
}

enum error list_movements(struct store *store, const struct ledger_period *period,
                          struct list *movements, struct fault *fault)
{
    enum error error = store_list(store, &sql_ledger_movement_list,
                                  PARAMS({"account", value_text(period->account)},
                                         {"currency", value_text(period->currency)},
                                         {"from_day", value_integer(period->from_day)},
                                         {"to_day", value_integer(period->to_day)},
                                         {"limit", value_integer(MOVEMENTS_LIMIT + 1)}),
                                  &ledger_movement_shape, movements, fault);
    if (!error && movements->count > MOVEMENTS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "to_day",
                      "more than %d postings: choose a shorter period", MOVEMENTS_LIMIT);
    return error;
}
