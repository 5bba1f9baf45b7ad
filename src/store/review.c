#include "store/review.h"

#include "core/code.h"
#include "store/plan_cache.h"
#include "store/statements.h"

/* ---- the review ---------------------------------------------------------------------------- */

static const struct field contract_head_fields[] = {
    FIELD(struct contract, id, ID),
    FIELD(struct contract, version, INTEGER),
    FIELD(struct contract, engagement_id, ID),
    FIELD(struct contract, number, TEXT),
    FIELD(struct contract, state, CHOICE, .choices = &contract_state_choices),
    FIELD(struct contract, plan, OBJECT, .shape = &plan_shape),
    FIELD(struct contract, currency, TEXT),
    FIELD(struct contract, sum_minor, MONEY),
};
static const struct shape contract_head_shape =
    SHAPE("contract_head", struct contract, contract_head_fields);

static const struct field around_fields[] = {
    FIELD(struct review_around, log_size, INTEGER),
    FIELD(struct review_around, has_successors, BOOLEAN),
    FIELD(struct review_around, has_open_siblings, BOOLEAN),
};
static const struct shape around_shape =
    SHAPE("review_around", struct review_around, around_fields);

#define PARTS(parts) (sizeof(parts) / sizeof *(parts))

/* From the cache, if the store has one. */
enum error load_plan_in_force(struct store *store, struct contract *contract, struct fault *fault)
{
    struct contract read;
    bool found;
    struct plan_cache *plans = store->plans;
    contract->plan =
        plans ? plan_cache_find(plans, store->arena, contract->id, contract->version) : NULL;
    if (contract->plan)
        return OK;
    enum error error = store_find(store, &sql_review_plan, PARAMS({"id", value_id(&contract->id)}),
                                  &contract_head_shape, &read, &found, fault);
    if (error)
        return error;
    contract->plan = read.plan;
    if (plans)
        plan_cache_keep(plans, contract->id, contract->version, read.plan);
    return OK;
}

enum error find_review(struct store *store, struct id submission_id, struct review *review,
                       bool *found, struct fault *fault)
{
    const struct row_part parts[] = {
        {&submission_shape, &review->submission}, {&milestone_shape, &review->milestone},
        {&engagement_shape, &review->engagement}, {&contract_head_shape, &review->contract},
        {&client_shape, &review->client},         {&company_shape, &review->company},
        {&around_shape, &review->around},
    };
    return store_find_parts(store, &sql_review_of_submission,
                            PARAMS({"id", value_id(&submission_id)}), parts, PARTS(parts), found,
                            fault);
}

enum error find_review_of_milestone(struct store *store, struct id milestone_id,
                                    struct review *review, bool *found, struct fault *fault)
{
    const struct row_part parts[] = {
        {&milestone_shape, &review->milestone},    {&engagement_shape, &review->engagement},
        {&contract_head_shape, &review->contract}, {&client_shape, &review->client},
        {&company_shape, &review->company},
    };
    *review = (struct review){0};
    return store_find_parts(store, &sql_review_of_milestone,
                            PARAMS({"id", value_id(&milestone_id)}), parts, PARTS(parts), found,
                            fault);
}

/* ---- around it ----------------------------------------------------------------------------- */

static const struct field party_fields[] = {
    FIELD(struct party, kind, CHOICE, .choices = &actor_kind_choices),
    FIELD(struct party, id, ID),
    FIELD(struct party, name, TEXT),
    FIELD(struct party, email, TEXT),
    FIELD(struct party, role, TEXT),
    FIELD(struct party, locale, CHOICE, .choices = &locale_choices),
};
static const struct shape party_shape = SHAPE("party", struct party, party_fields);

enum error list_parties(struct store *store, struct id client_id, struct id user_id,
                        struct list *parties, struct fault *fault)
{
    return store_list(store, &sql_review_people,
                      PARAMS({"client_id", value_id(&client_id)}, {"user_id", value_id(&user_id)}),
                      &party_shape, parties, fault);
}

static void pick_criteria(const struct requirement *requirement, const struct texts *codes,
                          struct list *criteria)
{
    for (size_t i = 0; i < requirement->criteria.count; i++) {
        const struct criterion *one = LIST_AT(struct criterion, requirement->criteria, i);
        if (criteria->count < codes->count && texts_hold(codes, one->code))
            *LIST_AT(struct criterion, *criteria, criteria->count++) = *one;
    }
}

enum error list_criteria(struct store *store, struct id engagement_id, const struct texts *codes,
                         struct list *criteria, struct fault *fault)
{
    struct list requirements;
    *criteria = (struct list){0};
    if (codes->count == 0)
        return OK;
    enum error error =
        store_list(store, &sql_review_criteria, PARAMS({"engagement_id", value_id(&engagement_id)}),
                   &requirement_shape, &requirements, fault);
    if (error)
        return error;
    criteria->rows = arena_array(store->arena, codes->count, sizeof(struct criterion));
    for (size_t i = 0; i < requirements.count; i++)
        pick_criteria(LIST_AT(struct requirement, requirements, i), codes, criteria);
    return OK;
}
