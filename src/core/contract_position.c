#include "core/contract_position.h"

#include "base/money.h"
#include "core/fields.h"

static const struct field contract_position_fields[] = {
    FIELD(struct contract_position, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct contract_position, sum_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct contract_position, changes_minor, MONEY, .minimum = -AMOUNT_LIMIT,
          .maximum = AMOUNT_LIMIT),
    FIELD(struct contract_position, sum_to_date_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct contract_position, accepted_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct contract_position, invoiced_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct contract_position, paid_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct contract_position, left_minor, MONEY, .minimum = -AMOUNT_LIMIT,
          .maximum = AMOUNT_LIMIT),
};
const struct shape contract_position_shape =
    SHAPE("contract_position", struct contract_position, contract_position_fields);

static enum error add_accepted(struct contract_position *position, const struct list *milestones,
                               struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < milestones->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *milestones, i);
        if (milestone_is_accepted(milestone))
            error = money_add(position->accepted_minor, milestone->price_minor,
                              &position->accepted_minor, fault);
    }
    return error;
}

static enum error add_invoice(struct contract_position *position, const struct invoice *invoice,
                              struct fault *fault)
{
    int64_t share_minor = 0;
    if (invoice->kind == INVOICE_CREDIT_NOTE)
        return money_subtract(position->invoiced_minor, invoice->net_minor,
                              &position->invoiced_minor, fault);
    enum error error =
        money_add(position->invoiced_minor, invoice->net_minor, &position->invoiced_minor, fault);
    if (!error && invoice->total_minor > 0)
        error = money_ratio(invoice->paid_minor, invoice->net_minor, invoice->total_minor,
                            ROUND_HALF_UP, &share_minor, fault);
    if (!error)
        error = money_add(position->paid_minor, share_minor, &position->paid_minor, fault);
    return error;
}

enum error contract_position_of(const struct contract *contract, int64_t changes_minor,
                                const struct list *milestones, const struct list *invoices,
                                struct contract_position *position, struct fault *fault)
{
    *position = (struct contract_position){
        .currency = contract->currency,
        .sum_minor = contract->sum_minor,
        .changes_minor = changes_minor,
    };
    enum error error =
        money_add(position->sum_minor, changes_minor, &position->sum_to_date_minor, fault);
    if (!error)
        error = add_accepted(position, milestones, fault);
    for (size_t i = 0; !error && i < invoices->count; i++)
        error = add_invoice(position, LIST_AT(struct invoice, *invoices, i), fault);
    if (!error)
        error = money_subtract(position->sum_to_date_minor, position->invoiced_minor,
                               &position->left_minor, fault);
    return error;
}
