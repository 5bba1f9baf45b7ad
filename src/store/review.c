#include "store/review.h"

#include "core/code.h"
#include "store/statements.h"

/* ---- the review ---------------------------------------------------------------------------- */

static const struct field contract_head_fields[] = {
    FIELD(struct contract, id, ID),
    FIELD(struct contract, number, TEXT),
    FIELD(struct contract, state, CHOICE, .choices = &contract_state_choices),
    FIELD(struct contract, plan, OBJECT, .shape = &plan_shape),
    FIELD(struct contract, currency, TEXT),
    FIELD(struct contract, sum_minor, MONEY),
};
static const struct shape contract_head_shape =
    SHAPE("contract_head", struct contract, contract_head_fields);

enum { REVIEW_PARTS = 6 };

enum error find_review(struct store *store, struct id submission_id, struct review *review,
                       bool *found, struct fault *fault)
{
    const struct row_part parts[REVIEW_PARTS] = {
        {&submission_shape, &review->submission}, {&milestone_shape, &review->milestone},
        {&engagement_shape, &review->engagement}, {&contract_head_shape, &review->contract},
        {&client_shape, &review->client},         {&company_shape, &review->company},
    };
    return store_find_parts(store, &sql_review_of_submission,
                            PARAMS({"id", value_id(&submission_id)}), parts, REVIEW_PARTS, found,
                            fault);
}

enum error find_review_of_milestone(struct store *store, struct id milestone_id,
                                    struct review *review, bool *found, struct fault *fault)
{
    const struct row_part parts[REVIEW_PARTS - 1] = {
        {&milestone_shape, &review->milestone},    {&engagement_shape, &review->engagement},
        {&contract_head_shape, &review->contract}, {&client_shape, &review->client},
        {&company_shape, &review->company},
    };
    review->submission = (struct submission){0};
    return store_find_parts(store, &sql_review_of_milestone,
                            PARAMS({"id", value_id(&milestone_id)}), parts, REVIEW_PARTS - 1, found,
                            fault);
}

static const struct field present_fields[] = {
    FIELD(struct review_present, submission_version, INTEGER),
    FIELD(struct review_present, milestone_version, INTEGER),
    FIELD(struct review_present, engagement_version, INTEGER),
    FIELD(struct review_present, client_version, INTEGER),
    FIELD(struct review_present, company_version, INTEGER),
    FIELD(struct review_present, has_successors, BOOLEAN),
    FIELD(struct review_present, has_open_siblings, BOOLEAN),
};
static const struct shape present_shape =
    SHAPE("review_present", struct review_present, present_fields);

enum error find_review_present(struct store *store, struct id submission_id,
                               struct review_present *present, bool *found, struct fault *fault)
{
    return store_find(store, &sql_review_present, PARAMS({"id", value_id(&submission_id)}),
                      &present_shape, present, found, fault);
}

/* ---- around it ----------------------------------------------------------------------------- */

static const struct field party_fields[] = {
    FIELD(struct party, kind, CHOICE, .choices = &actor_kind_choices),
    FIELD(struct party, id, ID),
    FIELD(struct party, name, TEXT),
    FIELD(struct party, email, TEXT),
    FIELD(struct party, role, TEXT),
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
