#include "action/client_statement.h"

#include "action/company.h"
#include "action/subject.h"
#include "core/client.h"
#include "store/invoice.h"
#include "store/payment.h"

static enum error load_rows(struct call *call, struct id client_id, struct client_rows *rows,
                            struct fault *fault)
{
    struct store *store = &call->store;
    enum error error =
        list_open_invoices(store, client_id, LIST_READ_LIMIT, &rows->documents, fault);
    if (!error)
        error = list_open_payments(store, client_id, &rows->payments, fault);
    if (!error)
        error = list_requested_refunds(store, client_id, &rows->refunds, fault);
    return error;
}

enum error load_statement(struct call *call, struct id client_id, struct client_rows *rows,
                          struct client_statement *statement, struct fault *fault)
{
    struct client client;
    struct company company;
    enum error error = load_row(call, &client_shape, client_id, &client, fault);
    if (!error)
        error = load_company(call, &company, fault);
    if (!error)
        error = load_rows(call, client.id, rows, fault);
    if (error)
        return error;
    *statement = (struct client_statement){
        .client_id = client.id,
        .day = call_today(call, company.time_zone),
    };
    return client_statement_of(call->arena, rows, statement, fault);
}

static enum error show_client_statement(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    const struct subject *in = input;
    struct client_rows rows;
    return load_statement(call, in->id, &rows, output, fault);
}

static const struct shape subject_shape = SUBJECT_SHAPE(client_id);

const struct operation show_client_statement_operation = {
    .name = "show_client_statement",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &client_statement_shape,
    .run = show_client_statement,
};
