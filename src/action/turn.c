#include "action/turn.h"

#include <stdlib.h>

#include "action/company.h"
#include "core/turn.h"
#include "store/turn.h"

enum { TURNS_MAX = 1000 };

static const struct field input_fields[] = {
    FIELD(struct list_turns_in, engagement_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_turns_in, side, CHOICE, .flags = FROM_QUERY, .choices = &side_choices),
};
static const struct shape input_shape = SHAPE("list_turns", struct list_turns_in, input_fields);

static const struct field output_fields[] = {
    FIELD(struct turns, day, DAY),
    FIELD(struct turns, items, LIST, .shape = &turn_shape),
};
static const struct shape output_shape = SHAPE("turns", struct turns, output_fields);

static void keep_side(struct list *turns, enum side side)
{
    size_t count = 0;
    for (size_t i = 0; i < turns->count; i++) {
        const struct turn *turn = LIST_AT(struct turn, *turns, i);
        if (side == 0 || turn->side == side)
            *LIST_AT(struct turn, *turns, count++) = *turn;
    }
    turns->count = count;
}

static enum error list_turns_run(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct list_turns_in *in = input;
    struct turns *out = output;
    struct company company;
    enum error error = load_company(call, &company, fault);
    if (!error)
        error = list_turns(&call->store, in->engagement_id, TURNS_MAX + 1, &out->items, fault);
    if (error)
        return error;
    if (out->items.count > TURNS_MAX)
        return refuse(fault, ERROR_TOO_LARGE, "engagement_id",
                      "more than %d things wait: ask for one engagement", TURNS_MAX);
    out->day = call_today(call, company.time_zone);
    for (size_t i = 0; i < out->items.count; i++)
        turn_complete(call->arena, LIST_AT(struct turn, out->items, i), out->day, call->now_ms);
    keep_side(&out->items, in->side);
    if (out->items.count > 0)
        qsort(out->items.rows, out->items.count, sizeof(struct turn), turn_order);
    return OK;
}

const struct operation list_turns_operation = {
    .name = "list_turns",
    .permission = PERMIT_READ,
    .in = &input_shape,
    .out = &output_shape,
    .run = list_turns_run,
};
