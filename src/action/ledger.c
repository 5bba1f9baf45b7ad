#include "action/ledger.h"

#include <string.h>

#include "action/check.h"
#include "action/company.h"
#include "base/day.h"
#include "base/limits.h"
#include "base/money.h"
#include "core/entry.h"
#include "store/ledger.h"

/* ---- called inside actions ----------------------------------------------------------------- */

enum error book_entry(struct call *call, struct ledger_entry *entry, struct fault *fault)
{
    struct fault wrong = {0};
    if (entry_check(entry, &wrong) != OK)
        return refuse(fault, ERROR_INTERNAL, NULL, "a ledger entry is wrong: %s %s", wrong.field,
                      wrong.detail);
    enum error error = insert_row(call, &ledger_entry_shape, entry, fault);
    return error ? error : append_postings(&call->store, entry, fault);
}

enum error reversal_of(struct call *call, struct id source_id, enum entry_kind kind,
                       const char *reason, int32_t day, struct ledger_entry *reversal,
                       struct fault *fault)
{
    struct ledger_entry entry;
    enum error error = load_last_entry(&call->store, source_id, kind, &entry, fault);
    if (error)
        return error;
    const char *narrative =
        arena_format(call->arena, "Reversal of %s: %s", entry.narrative, reason);
    *reversal = entry_reverse(call->arena, &entry, call_id(call), day, narrative, call->now_ms);
    return OK;
}

/* ---- accounts and entries ------------------------------------------------------------------ */

struct accounts {
    struct list items;
};
static const struct field accounts_fields[] = {
    FIELD(struct accounts, items, LIST, .shape = &ledger_account_shape),
};
static const struct shape accounts_shape =
    SHAPE("ledger_account_list", struct accounts, accounts_fields);

static enum error list_ledger_accounts(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    struct accounts *out = output;
    (void)input;
    return list_accounts(&call->store, &out->items, fault);
}

const struct operation list_ledger_accounts_operation = {
    .name = "list_ledger_accounts",
    .permission = PERMIT_READ_LEDGER,
    .out = &accounts_shape,
    .run = list_ledger_accounts,
};

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_entries),
    FIELD(struct list_entries, kind, CHOICE, .flags = FROM_QUERY, .choices = &entry_kind_choices),
    FIELD(struct list_entries, source_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_entries, currency, TEXT, .flags = FROM_QUERY, .limit = CURRENCY_LIMIT),
    FIELD(struct list_entries, from_day, DAY, .flags = FROM_QUERY),
    FIELD(struct list_entries, to_day, DAY, .flags = FROM_QUERY),
};
static const struct shape list_shape =
    SHAPE("list_ledger_entries", struct list_entries, list_fields);

static const struct shape page_shape = PAGE_SHAPE("ledger_entry_page", ledger_entry_shape);

static const struct list_filter entry_filters[] = {
    {"from_day", "day >= :from_day"},
    {"to_day", "day <= :to_day"},
    {0},
};

static const struct listing entries = {
    .shape = &ledger_entry_shape,
    .filters = entry_filters,
};

static enum error list_ledger_entries(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    struct page *page = output;
    enum error error = store_page(&call->store, &entries, &list_shape, input, page, fault);
    for (size_t i = 0; !error && i < page->items.count; i++)
        error = load_postings(&call->store, LIST_AT(struct ledger_entry, page->items, i), fault);
    return error;
}

const struct operation list_ledger_entries_operation = {
    .name = "list_ledger_entries",
    .permission = PERMIT_READ_LEDGER,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_ledger_entries,
};

static const struct shape subject_shape = SUBJECT_SHAPE(entry_id);

static enum error show_ledger_entry(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct subject *in = input;
    enum error error = load_row(call, &ledger_entry_shape, in->id, output, fault);
    return error ? error : load_postings(&call->store, output, fault);
}

const struct operation show_ledger_entry_operation = {
    .name = "show_ledger_entry",
    .permission = PERMIT_READ_LEDGER,
    .in = &subject_shape,
    .out = &ledger_entry_shape,
    .run = show_ledger_entry,
};

/* ---- trial balance ------------------------------------------------------------------------- */

#define ANY_AMOUNT .minimum = INT64_MIN + 1, .maximum = INT64_MAX

static const struct field trial_balance_query_fields[] = {
    FIELD(struct trial_balance, day, DAY, .flags = FROM_QUERY),
};
static const struct shape trial_balance_query_shape =
    SHAPE("show_trial_balance", struct trial_balance, trial_balance_query_fields);

static const struct field total_fields[] = {
    FIELD(struct trial_balance_total, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct trial_balance_total, debit_minor, MONEY, ANY_AMOUNT),
    FIELD(struct trial_balance_total, credit_minor, MONEY, ANY_AMOUNT),
};
static const struct shape total_shape =
    SHAPE("trial_balance_total", struct trial_balance_total, total_fields);

static const struct field trial_balance_fields[] = {
    FIELD(struct trial_balance, day, DAY),
    FIELD(struct trial_balance, accounts, LIST, .shape = &ledger_balance_shape),
    FIELD(struct trial_balance, totals, LIST, .shape = &total_shape),
};
static const struct shape trial_balance_shape =
    SHAPE("trial_balance", struct trial_balance, trial_balance_fields);

/* The accounts come sorted by currency. */
static enum error sum_totals(struct call *call, struct trial_balance *out, struct fault *fault)
{
    struct trial_balance_total *total = NULL;
    enum error error = OK;
    out->totals.rows = arena_array(call->arena, out->accounts.count, sizeof *total);
    for (size_t i = 0; i < out->accounts.count && !error; i++) {
        const struct ledger_balance *balance = LIST_AT(struct ledger_balance, out->accounts, i);
        if (!total || strcmp(total->currency, balance->currency) != 0) {
            total = LIST_AT(struct trial_balance_total, out->totals, out->totals.count++);
            total->currency = balance->currency;
        }
        error = money_add(total->debit_minor, balance->debit_minor, &total->debit_minor, fault);
        if (!error)
            error =
                money_add(total->credit_minor, balance->credit_minor, &total->credit_minor, fault);
    }
    return error;
}

static enum error today_of_company(struct call *call, int32_t *day, struct fault *fault)
{
    struct company company;
    enum error error = load_company(call, &company, fault);
    if (!error)
        *day = call_today(call, company.time_zone);
    return error;
}

enum error load_trial_balance(struct call *call, int32_t day, struct trial_balance *balance,
                              struct fault *fault)
{
    enum error error = OK;
    *balance = (struct trial_balance){.day = day};
    if (day == DAY_NONE)
        error = today_of_company(call, &balance->day, fault);
    if (!error)
        error = list_balances(&call->store, balance->day, &balance->accounts, fault);
    return error ? error : sum_totals(call, balance, fault);
}

static enum error show_trial_balance(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct trial_balance *in = input;
    return load_trial_balance(call, in->day, output, fault);
}

const struct operation show_trial_balance_operation = {
    .name = "show_trial_balance",
    .permission = PERMIT_READ_LEDGER,
    .in = &trial_balance_query_shape,
    .out = &trial_balance_shape,
    .run = show_trial_balance,
};

/* ---- one account --------------------------------------------------------------------------- */

static const struct field statement_query_fields[] = {
    FIELD(struct account_statement, account, TEXT, .flags = FROM_PATH, .limit = CODE_LIMIT),
    FIELD(struct account_statement, currency, TEXT, .flags = FROM_QUERY, .limit = CURRENCY_LIMIT),
    FIELD(struct account_statement, from_day, DAY, .flags = FROM_QUERY | REQUIRED),
    FIELD(struct account_statement, to_day, DAY, .flags = FROM_QUERY),
};
static const struct shape statement_query_shape =
    SHAPE("show_account_statement", struct account_statement, statement_query_fields);

static const struct field statement_fields[] = {
    FIELD(struct account_statement, account, TEXT, .limit = CODE_LIMIT),
    FIELD(struct account_statement, name, TEXT),
    FIELD(struct account_statement, kind, CHOICE, .choices = &account_kind_choices),
    FIELD(struct account_statement, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct account_statement, from_day, DAY),
    FIELD(struct account_statement, to_day, DAY),
    FIELD(struct account_statement, opening_minor, MONEY, ANY_AMOUNT),
    FIELD(struct account_statement, closing_minor, MONEY, ANY_AMOUNT),
    FIELD(struct account_statement, movements, LIST, .shape = &ledger_movement_shape),
};
static const struct shape statement_shape =
    SHAPE("account_statement", struct account_statement, statement_fields);

static enum error complete_question(struct call *call, struct account_statement *out,
                                    struct fault *fault)
{
    struct company company;
    enum error error = load_company(call, &company, fault);
    if (error)
        return error;
    if (!out->currency)
        out->currency = company.currency;
    error = check_currency("currency", out->currency, fault);
    if (error)
        return error;
    if (out->to_day == DAY_NONE)
        out->to_day = call_today(call, company.time_zone);
    if (out->from_day > out->to_day)
        return refuse(fault, ERROR_INVALID, "from_day", "the period ends before it begins");
    return OK;
}

static enum error name_account(struct call *call, struct account_statement *out,
                               struct fault *fault)
{
    struct ledger_account account;
    bool found;
    enum error error = find_account(&call->store, out->account, &account, &found, fault);
    if (error)
        return error;
    if (!found)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such account");
    out->name = account.name;
    out->kind = account.kind;
    return OK;
}

static enum error close_statement(struct account_statement *out, struct fault *fault)
{
    enum error error = OK;
    out->closing_minor = out->opening_minor;
    for (size_t i = 0; i < out->movements.count && !error; i++)
        error = money_add(out->closing_minor,
                          LIST_AT(struct ledger_movement, out->movements, i)->amount_minor,
                          &out->closing_minor, fault);
    return error;
}

static enum error show_account_statement(struct call *call, const void *input, void *output,
                                         struct fault *fault)
{
    struct account_statement *out = output;
    *out = *(const struct account_statement *)input;
    enum error error = complete_question(call, out, fault);
    if (!error)
        error = name_account(call, out, fault);
    const struct ledger_period period = {out->account, out->currency, out->from_day, out->to_day};
    if (!error)
        error = load_opening(&call->store, &period, &out->opening_minor, fault);
    if (!error)
        error = list_movements(&call->store, &period, &out->movements, fault);
    return error ? error : close_statement(out, fault);
}

const struct operation show_account_statement_operation = {
    .name = "show_account_statement",
    .permission = PERMIT_READ_LEDGER,
    .in = &statement_query_shape,
    .out = &statement_shape,
    .run = show_account_statement,
};
