#include "action/overview.h"

#include "action/budget.h"
#include "action/engagement.h"
#include "action/milestone.h"
#include "base/limits.h"
#include "store/contract_position.h"

static const struct field overview_fields[] = {
    FIELD(struct overview, engagement, OBJECT, .shape = &engagement_shape),
    FIELD(struct overview, milestones, OBJECT, .shape = &milestone_page_shape),
    FIELD(struct overview, position, OBJECT, .shape = &contract_position_shape),
    FIELD(struct overview, budget, OBJECT, .shape = &budget_shape),
};
static const struct shape overview_shape = SHAPE("overview", struct overview, overview_fields);

static const struct shape page_shape = PAGE_SHAPE("overview_page", overview_shape);

static enum error load_milestones(struct call *call, struct id engagement_id, struct page **page,
                                  struct fault *fault)
{
    const struct list_milestones in = {.engagement_id = engagement_id, .page.limit = PAGE_LIMIT};
    *page = arena_alloc(call->arena, sizeof **page);
    return list_milestones_operation.run(call, &in, *page, fault);
}

static enum error load_contract_parts(struct call *call, struct overview *overview,
                                      struct fault *fault)
{
    struct contract contract;
    bool found;
    enum error error =
        find_signed_contract(&call->store, overview->engagement->id, &contract, &found, fault);
    if (error || !found)
        return error;
    overview->position = arena_alloc(call->arena, sizeof *overview->position);
    overview->budget = arena_alloc(call->arena, sizeof *overview->budget);
    error =
        load_contract_position(&call->store, &contract, (struct id){0}, overview->position, fault);
    return error ? error
                 : load_budget(call, contract.engagement_id, contract.id, overview->budget, fault);
}

static enum error list_overviews(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    struct page *page = output;
    enum error error = list_engagements_operation.run(call, input, page, fault);
    if (error)
        return error;
    struct engagement *engagements = page->items.rows;
    struct overview *overviews = arena_array(call->arena, page->items.count, sizeof *overviews);
    for (size_t i = 0; !error && i < page->items.count; i++) {
        overviews[i].engagement = &engagements[i];
        error = load_milestones(call, engagements[i].id, &overviews[i].milestones, fault);
        if (!error)
            error = load_contract_parts(call, &overviews[i], fault);
    }
    page->items.rows = overviews;
    return error;
}

const struct operation list_overviews_operation = {
    .name = "list_overviews",
    .permission = PERMIT_READ,
    .in = &list_engagements_shape,
    .out = &page_shape,
    .run = list_overviews,
};
