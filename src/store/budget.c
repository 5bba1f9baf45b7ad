#include "store/budget.h"

#include "core/billing_period.h"
#include "core/forecast.h"
#include "store/statements.h"

enum error load_budget_rows(struct store *store, const struct contract *contract,
                            struct budget_rows *rows, struct fault *fault)
{
    const struct {
        const struct statement *statement;
        const struct shape *shape;
        struct list *list;
    } reads[] = {
        {&sql_budget_milestones, &milestone_shape, &rows->milestones},
        {&sql_budget_documents, &invoice_summary_shape, &rows->documents},
        {&sql_budget_lines, &invoice_line_shape, &rows->lines},
        {&sql_budget_periods, &billing_period_shape, &rows->periods},
    };
    enum error error = OK;
    for (size_t i = 0; !error && i < sizeof reads / sizeof *reads; i++)
        error = store_list(store, reads[i].statement,
                           PARAMS({"engagement_id", value_id(&contract->engagement_id)},
                                  {"contract_id", value_id(&contract->id)}),
                           reads[i].shape, reads[i].list, fault);
    return error;
}

static const struct field open_fields[] = {
    FIELD(struct open_contract, contract_id, ID),
    FIELD(struct open_contract, engagement_id, ID),
    FIELD(struct open_contract, engagement_title, TEXT),
    FIELD(struct open_contract, client_id, ID),
    FIELD(struct open_contract, client_name, TEXT),
};
static const struct shape open_shape = SHAPE("open_contract", struct open_contract, open_fields);

enum error list_open_contracts(struct store *store, struct id client_id, int64_t limit,
                               struct list *contracts, struct fault *fault)
{
    return store_list(store, &sql_budget_open_contracts,
                      PARAMS({"any_client", value_integer(id_is_none(client_id))},
                             {"client_id", value_id(&client_id)}, {"limit", value_integer(limit)}),
                      &open_shape, contracts, fault);
}

static const struct field paid_fields[] = {
    FIELD(struct paid_invoice, id, ID),        FIELD(struct paid_invoice, number, TEXT),
    FIELD(struct paid_invoice, client_id, ID), FIELD(struct paid_invoice, due_day, DAY),
    FIELD(struct paid_invoice, paid_day, DAY),
};
static const struct shape paid_shape = SHAPE("paid_invoice", struct paid_invoice, paid_fields);

enum error list_paid_invoices(struct store *store, struct id client_id, int64_t limit,
                              struct list *paid, struct fault *fault)
{
    return store_list(store, &sql_budget_paid_invoices,
                      PARAMS({"client_id", value_id(&client_id)}, {"limit", value_integer(limit)}),
                      &paid_shape, paid, fault);
}
