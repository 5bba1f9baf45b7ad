#include "action/change_order.h"
#include "base/money.h"
#include "core/change_difference.h"
#include "core/plan_diff.h"

static const struct field compare_fields[] = {
    ID_FROM_PATH(struct compare_change_orders, change_order_id),
    FIELD(struct compare_change_orders, from_id, ID, .flags = FROM_QUERY),
};
static const struct shape compare_shape =
    SHAPE("compare_change_orders", struct compare_change_orders, compare_fields);

static const struct field difference_fields[] = {
    FIELD(struct change_order_difference, from_revision, INTEGER),
    FIELD(struct change_order_difference, to_revision, INTEGER),
    FIELD(struct change_order_difference, currency, TEXT),
    FIELD(struct change_order_difference, sum_after_minor, MONEY),
    FIELD(struct change_order_difference, difference_minor, MONEY),
    FIELD(struct change_order_difference, changes, LIST, .shape = &plan_change_shape),
};
static const struct shape difference_shape =
    SHAPE("change_order_difference", struct change_order_difference, difference_fields);

/* The latest revision before it that who asks may see: a client knows no drafts. */
static enum error load_before(struct call *call, const struct change_setting *setting,
                              const struct change_order *order, struct change_order *earlier,
                              struct fault *fault)
{
    for (int64_t revision = order->revision - 1; revision > 0; revision--) {
        for (size_t i = 0; i < setting->orders.count; i++) {
            const struct change_order *other = LIST_AT(struct change_order, setting->orders, i);
            if (other->number != order->number || other->revision != revision)
                continue;
            enum error error = load_row(call, &change_order_shape, other->id, earlier, NULL);
            if (error != ERROR_NOT_FOUND)
                return error;
        }
    }
    return refuse(fault, ERROR_NOT_FOUND, "from_id", "there is no earlier revision");
}

static enum error load_named(struct call *call, const struct change_order *order, struct id from_id,
                             struct change_order *earlier, struct fault *fault)
{
    enum error error = load_row(call, &change_order_shape, from_id, earlier, fault);
    if (error == ERROR_NOT_FOUND ||
        (!error &&
         (!id_equal(earlier->contract_id, order->contract_id) || earlier->number != order->number)))
        return refuse(fault, ERROR_INVALID, "from_id", "it is no revision of this change order");
    return error;
}

static enum error compare_change_orders(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    const struct compare_change_orders *in = input;
    struct change_order_difference *difference = output;
    struct change_order from, to;
    struct change_setting setting;
    enum error error = load_change_order(call, in->id, &to, &setting, fault);
    if (!error)
        error = id_is_none(in->from_id) ? load_before(call, &setting, &to, &from, fault)
                                        : load_named(call, &to, in->from_id, &from, fault);
    if (error)
        return error;
    *difference = (struct change_order_difference){
        .from_revision = from.revision,
        .to_revision = to.revision,
        .currency = to.currency,
        .sum_after_minor = to.sum_after_minor,
        .changes = change_difference(call->arena, &from, &to),
    };
    return money_subtract(to.sum_after_minor, from.sum_after_minor, &difference->difference_minor,
                          fault);
}

const struct operation compare_change_orders_operation = {
    .name = "compare_change_orders",
    .permission = PERMIT_READ,
    .in = &compare_shape,
    .out = &difference_shape,
    .run = compare_change_orders,
};
