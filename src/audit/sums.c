/* Rules over many rows at once, which the database can hold against each other best: the ledger,
 * what invoices and payments say was done with them, and references between rows. */
#include <string.h>

#include "audit/check.h"
#include "core/entry.h"
#include "store/audit.h"
#include "store/ledger.h"
#include "store/walk.h"

static void report_finding(struct audit *audit, const struct audit_rule *rule,
                           const struct audit_finding *finding)
{
    char id[ID_TEXT_SIZE];
    const char *which = id_is_none(finding->id) ? finding->name : id_format(finding->id, id);
    const char *name = id_is_none(finding->id) || !finding->name ? "" : finding->name;
    if (finding->stored == finding->found)
        report_wrong(audit->report, rule->shape->name, which, "%s%s%s", name, *name ? ": " : "",
                     rule->finding);
    else
        report_wrong(audit->report, rule->shape->name, which, "%s%s%s: %lld, not %lld", name,
                     *name ? ": " : "", rule->finding, (long long)finding->stored,
                     (long long)finding->found);
}

static enum error check_rule(struct audit *audit, const struct audit_rule *rule,
                             struct fault *fault)
{
    int64_t count;
    struct list findings;
    report_begin(audit->report, rule->name);
    enum error error = store_count_rows(&audit->call->store, rule->shape, &count, fault);
    if (!error)
        error = list_findings(&audit->call->store, rule, &findings, fault);
    if (error)
        return error;
    for (size_t i = 0; i < findings.count; i++)
        report_finding(audit, rule, LIST_AT(struct audit_finding, findings, i));
    report_checked(audit->report, count);
    report_end(audit->report);
    return OK;
}

/* ---- the chart of accounts ----------------------------------------------------------------- */

static const struct ledger_account *account_of(const struct list *accounts, const char *code)
{
    for (size_t i = 0; i < accounts->count; i++) {
        const struct ledger_account *account = LIST_AT(struct ledger_account, *accounts, i);
        if (strcmp(account->code, code) == 0)
            return account;
    }
    return NULL;
}

static enum error audit_accounts(struct audit *audit, struct fault *fault)
{
    struct list accounts;
    struct report *report = audit->report;
    report_begin(report, "accounts");
    enum error error = list_accounts(&audit->call->store, &accounts, fault);
    if (error && error != ERROR_INTERNAL)
        return error;
    if (error)
        report_wrong(report, "ledger_account", fault->field, "%s", fault->detail);
    for (size_t i = 0; !error && i < CHART_COUNT; i++) {
        const struct ledger_account *account = &chart_of_accounts[i];
        const struct ledger_account *stored = account_of(&accounts, account->code);
        if (!stored || strcmp(stored->name, account->name) != 0 || stored->kind != account->kind)
            report_wrong(report, "ledger_account", account->code, "%s",
                         stored ? "it is not as the chart has it" : "it is missing");
        report_checked(report, 1);
    }
    if (!error && accounts.count > CHART_COUNT)
        report_wrong(report, "ledger_account", "", "there are more than the chart has");
    report_end(report);
    return OK;
}

enum error audit_sums(struct audit *audit, struct fault *fault)
{
    enum error error = audit_accounts(audit, fault);
    for (const struct audit_rule *rule = audit_rules; !error && rule->name; rule++)
        error = check_rule(audit, rule, fault);
    return error;
}

static enum error check_reference(struct audit *audit, const struct audit_reference *reference,
                                  struct fault *fault)
{
    struct list findings;
    enum error error = list_dangling(&audit->call->store, reference, &findings, fault);
    if (error)
        return error;
    for (size_t i = 0; i < findings.count; i++)
        report_wrong_row(audit->report, reference->shape->name,
                         LIST_AT(struct audit_finding, findings, i)->id,
                         "its %s is no %s that is there", reference->column, reference->to->name);
    report_checked(audit->report, 1);
    return OK;
}

enum error audit_references(struct audit *audit, struct fault *fault)
{
    enum error error = OK;
    report_begin(audit->report, "references between tables");
    for (const struct audit_reference *reference = audit_references_of; !error && reference->shape;
         reference++)
        error = check_reference(audit, reference, fault);
    if (!error)
        report_end(audit->report);
    return error;
}
