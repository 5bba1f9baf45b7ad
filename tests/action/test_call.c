/* What one call may do: more than a leaf tells of is refused, and nothing of it stays. */
#include "action/call.h"

#include "../stage.h"
#include "action/operation.h"
#include "core/client.h"

/* Changes or events, as many as it is told. */
struct bulk {
    int changes;
    int events;
};

static enum error act_in_bulk(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct bulk *in = input;
    enum error error = OK;
    (void)output;
    for (int i = 0; i < in->events; i++)
        happened(call, "client.added", call_id(call), (struct id){0});
    for (int i = 0; !error && i < in->changes; i++) {
        struct client client;
        shape_init(&client_shape, &client);
        client.id = call_id(call);
        client.name = "One of many";
        client.country = "DE";
        client.currency = "EUR";
        client.time_zone = "Europe/Berlin";
        client.created_at = call->now_ms;
        error = insert_row(call, &client_shape, &client, fault);
    }
    return error;
}

static enum error act(struct stage *stage, struct bulk bulk)
{
    static const struct operation operation = {
        .name = "act_in_bulk", .permission = PERMIT_OPERATE, .writes = true, .run = act_in_bulk};
    return stage_perform(stage, (struct actor){0}, &operation, &bulk, NULL);
}

CASE(as_much_as_a_leaf_tells_of_is_done)
{
    struct stage *stage = *state;
    assert_result(stage, act(stage, (struct bulk){.changes = 20, .events = EVENTS_MAX}), OK);
}

CASE(more_is_refused_and_the_next_one_goes_on)
{
    struct stage *stage = *state;
    static const struct bulk too_large[] = {{.changes = CHANGES_MAX + 1, .events = 1},
                                            {.changes = 1, .events = EVENTS_MAX + 1}};
    for (size_t i = 0; i < sizeof too_large / sizeof *too_large; i++) {
        assert_result(stage, act(stage, too_large[i]), ERROR_TOO_LARGE);
        assert_result(stage, act(stage, (struct bulk){.changes = 1, .events = 1}), OK);
    }
}

STAGE_RUN(T(as_much_as_a_leaf_tells_of_is_done), T(more_is_refused_and_the_next_one_goes_on))
