/* What a change order that is there would do, or did. */
#include "action/change_order.h"

enum error load_change_effect(struct call *call, struct id id, struct change_order *order,
                              struct change_setting *setting, struct change_effect *effect,
                              struct fault *fault)
{
    enum error error = load_change_order(call, id, order, setting, fault);
    if (!error) /* a stale one is shown as it was composed, and as a problem */
        error = use_base_plan(call, setting, order->based_on_id, &setting->basis, fault);
    if (error)
        return error;
    error = change_effect(call->arena, order, &setting->basis, effect, fault);
    if (!error && !change_order_is_open(order))
        effect->problems = (struct list){0};
    return error;
}

static enum error show_change_effect(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct subject *in = input;
    struct change_order order;
    struct change_setting setting;
    return load_change_effect(call, in->id, &order, &setting, output, fault);
}

const struct operation show_change_effect_operation = {
    .name = "show_change_effect",
    .permission = PERMIT_READ,
    .in = &change_order_subject_shape,
    .out = &change_effect_shape,
    .run = show_change_effect,
};
