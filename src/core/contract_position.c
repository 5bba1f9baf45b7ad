#include "core/contract_position.h"

#include "base/money.h"
#include "core/fields.h"

#define POSITION_AMOUNT(member)                                                                    \
    FIELD(struct contract_position, member, MONEY, .minimum = -AMOUNT_LIMIT,                       \
          .maximum = AMOUNT_LIMIT)

static const struct field contract_position_fields[] = {
    FIELD(struct contract_position, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct contract_position, contract_id, ID, .flags = REQUIRED),
    FIELD(struct contract_position, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    POSITION_AMOUNT(sum_minor),
    POSITION_AMOUNT(changes_minor),
    POSITION_AMOUNT(reductions_minor),
    POSITION_AMOUNT(sum_to_date_minor),
    POSITION_AMOUNT(accepted_minor),
    POSITION_AMOUNT(invoiced_minor),
    POSITION_AMOUNT(paid_minor),
    POSITION_AMOUNT(left_minor),
    FIELD(struct contract_position, accepted_ppm, INTEGER),
    FIELD(struct contract_position, invoiced_ppm, INTEGER),
    FIELD(struct contract_position, paid_ppm, INTEGER),
};
const struct shape contract_position_shape =
    SHAPE("contract_position", struct contract_position, contract_position_fields);

static enum error net_share(const struct billed *billed, int64_t *net_minor, struct fault *fault)
{
    *net_minor = 0;
    if (billed->total_minor == 0)
        return OK;
    return money_ratio(billed->paid_minor, billed->net_minor, billed->total_minor, ROUND_HALF_UP,
                       net_minor, fault);
}

static enum error add_billed(struct contract_position *position, const struct billed *billed,
                             struct fault *fault)
{
    int64_t paid_minor;
    enum error error = net_share(billed, &paid_minor, fault);
    if (!error)
        error = money_add(position->paid_minor, paid_minor, &position->paid_minor, fault);
    if (!error)
        error = money_add(position->invoiced_minor, billed->net_minor, &position->invoiced_minor,
                          fault);
    return error;
}

static enum error share_of_sum(const struct contract_position *position, int64_t amount_minor,
                               int64_t *share_ppm, struct fault *fault)
{
    enum { PPM = 1000 * 1000 };
    *share_ppm = 0;
    if (position->sum_to_date_minor == 0)
        return OK;
    return money_ratio(amount_minor, PPM, position->sum_to_date_minor, ROUND_HALF_UP, share_ppm,
                       fault);
}

enum error contract_position_complete(struct contract_position *position,
                                      const struct billed *billed, size_t count,
                                      struct fault *fault)
{
    position->invoiced_minor = 0;
    position->paid_minor = 0;
    enum error error = money_add(position->sum_minor, position->changes_minor,
                                 &position->sum_to_date_minor, fault);
    if (!error)
        error = money_subtract(position->sum_to_date_minor, position->reductions_minor,
                               &position->sum_to_date_minor, fault);
    for (size_t i = 0; i < count && !error; i++)
        error = add_billed(position, &billed[i], fault);
    if (!error)
        error = money_subtract(position->sum_to_date_minor, position->invoiced_minor,
                               &position->left_minor, fault);
    if (!error)
        error = share_of_sum(position, position->accepted_minor, &position->accepted_ppm, fault);
    if (!error)
        error = share_of_sum(position, position->invoiced_minor, &position->invoiced_ppm, fault);
    if (!error)
        error = share_of_sum(position, position->paid_minor, &position->paid_ppm, fault);
    return error;
}
