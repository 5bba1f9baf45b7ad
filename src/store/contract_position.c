#include "store/contract_position.h"

#include <string.h>

#include "base/must.h"
#include "store/statements.h"

/* A row of the statement. */
struct sums {
    const char *kind; /* "accepted", "claimed", "changed" or "billed" */
    struct billed billed;
};

#define OF_BILLED(member)                                                                          \
    {                                                                                              \
        .name = #member, .kind = FIELD_MONEY, .offset = offsetof(struct sums, billed.member)       \
    }

static const struct field sums_fields[] = {
    FIELD(struct sums, kind, TEXT),
    OF_BILLED(net_minor),
    OF_BILLED(total_minor),
    OF_BILLED(paid_minor),
};
static const struct shape sums_shape = SHAPE("sums", struct sums, sums_fields);

/* Their sum before the reductions is the total. */
static void take_accepted(struct contract_position *position, const struct billed *accepted)
{
    position->accepted_minor = accepted->net_minor;
    position->reductions_minor = accepted->total_minor - accepted->net_minor;
}

enum error load_contract_position(struct store *store, const struct contract *contract,
                                  struct id besides, struct contract_position *position,
                                  struct fault *fault)
{
    struct list rows;
    must(!id_is_none(contract->engagement_id));
    if (id_is_none(besides))
        besides = contract->id; /* no milestone's */
    enum error error = store_list(store, &sql_contract_position_sums,
                                  PARAMS({"contract_id", value_id(&contract->id)},
                                         {"engagement_id", value_id(&contract->engagement_id)},
                                         {"besides", value_id(&besides)}),
                                  &sums_shape, &rows, fault);
    if (error)
        return error;
    *position = (struct contract_position){
        .engagement_id = contract->engagement_id,
        .contract_id = contract->id,
        .currency = contract->currency,
        .sum_minor = contract->sum_minor,
    };
    struct billed *billed = arena_array(store->arena, rows.count, sizeof *billed);
    int64_t claimed_minor = 0;
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct sums *sums = LIST_AT(struct sums, rows, i);
        if (strcmp(sums->kind, "accepted") == 0)
            take_accepted(position, &sums->billed);
        else if (strcmp(sums->kind, "claimed") == 0)
            claimed_minor = sums->billed.net_minor;
        else if (strcmp(sums->kind, "changed") == 0)
            position->changes_minor = sums->billed.net_minor;
        else
            billed[count++] = sums->billed;
    }
    position->accepted_minor += claimed_minor;
    return contract_position_complete(position, billed, count, fault);
}

enum error find_signed_contract(struct store *store, struct id engagement_id,
                                struct contract *contract, bool *found, struct fault *fault)
{
    return store_find(store, &sql_contract_find_signed,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &contract_shape,
                      contract, found, fault);
}
