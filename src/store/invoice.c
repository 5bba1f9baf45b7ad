#include "store/invoice.h"

#include "store/statements.h"

enum error insert_invoice_lines(struct store *store, const struct invoice *invoice,
                                struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < invoice->lines.count && !error; i++)
        error = store_change(store, &sql_invoice_line_insert, NO_PARAMS, &invoice_line_shape,
                             LIST_AT(struct invoice_line, invoice->lines, i), 1, fault);
    return error;
}

enum error load_invoice_lines(struct store *store, struct invoice *invoice, struct fault *fault)
{
    return store_list(store, &sql_invoice_line_list, PARAMS({"invoice_id", value_id(&invoice->id)}),
                      &invoice_line_shape, &invoice->lines, fault);
}

/* Both lists are in the order of the notes. */
static void give_lines(struct list *notes, const struct list *lines)
{
    size_t at = 0;
    for (size_t i = 0; i < notes->count; i++) {
        struct invoice *note = LIST_AT(struct invoice, *notes, i);
        note->lines.rows = LIST_AT(struct invoice_line, *lines, at);
        while (at < lines->count &&
               id_equal(LIST_AT(struct invoice_line, *lines, at)->invoice_id, note->id)) {
            note->lines.count++;
            at++;
        }
    }
}

enum error list_credit_notes(struct store *store, struct id invoice_id, struct list *notes,
                             struct fault *fault)
{
    struct list lines;
    enum error error =
        store_list(store, &sql_invoice_list_credits, PARAMS({"invoice_id", value_id(&invoice_id)}),
                   &invoice_shape, notes, fault);
    if (error || notes->count == 0)
        return error;
    error = store_list(store, &sql_invoice_line_list_of_credits,
                       PARAMS({"invoice_id", value_id(&invoice_id)}), &invoice_line_shape, &lines,
                       fault);
    if (!error)
        give_lines(notes, &lines);
    return error;
}

enum error list_open_invoices(struct store *store, struct id client_id, int64_t limit,
                              struct list *invoices, struct fault *fault)
{
    return store_list(store, &sql_invoice_list_open,
                      PARAMS({"client_id", value_id(&client_id)}, {"limit", value_integer(limit)}),
                      &invoice_shape, invoices, fault);
}

enum error list_invoices_to_pay(struct store *store, struct id client_id, const char *currency,
                                int64_t limit, struct list *invoices, struct fault *fault)
{
    return store_list(store, &sql_invoice_list_to_pay,
                      PARAMS({"client_id", value_id(&client_id)},
                             {"currency", value_text(currency)}, {"limit", value_integer(limit)}),
                      &invoice_shape, invoices, fault);
}

enum error find_invoice_of_number(struct store *store, const char *number, struct invoice *invoice,
                                  bool *found, struct fault *fault)
{
    return store_find(store, &sql_invoice_find_number, PARAMS({"number", value_text(number)}),
                      &invoice_shape, invoice, found, fault);
}
