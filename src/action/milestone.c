#include "action/milestone.h"

#include "base/limits.h"
#include "core/engagement.h"
#include "store/milestone.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_milestones),
    FIELD(struct list_milestones, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_milestones, state, CHOICE, .flags = FROM_QUERY,
          .choices = &milestone_state_choices),
    FIELD(struct list_milestones, billing, CHOICE, .flags = FROM_QUERY,
          .choices = &milestone_billing_choices),
};
static const struct shape list_shape =
    SHAPE("list_milestones", struct list_milestones, list_fields);

const struct shape milestone_page_shape = PAGE_SHAPE("milestone_page", milestone_shape);

static const struct listing milestones = {
    .shape = &milestone_shape,
    .sorts = (const char *const[]){"number", "due_day", NULL},
};

static enum error list_milestones(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    struct list_milestones query = *(const struct list_milestones *)input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, query.engagement_id, &engagement, fault);
    if (error)
        return error;
    if (!query.page.sort)
        query.page.sort = "number";
    return store_page(&call->store, &milestones, &list_shape, &query, output, fault);
}

const struct operation list_milestones_operation = {
    .name = "list_milestones",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &milestone_page_shape,
    .run = list_milestones,
};

static const struct shape subject_shape = SUBJECT_SHAPE(milestone_id);

const struct operation show_milestone_operation = {
    .name = "show_milestone",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &milestone_shape,
};

static const struct field neighbour_fields[] = {
    FIELD(struct milestone, id, ID),
    FIELD(struct milestone, number, INTEGER),
    FIELD(struct milestone, code, TEXT),
    FIELD(struct milestone, title, TEXT),
    FIELD(struct milestone, due_day, DAY),
    FIELD(struct milestone, state, CHOICE, .choices = &milestone_state_choices),
};
static const struct shape neighbour_shape =
    SHAPE("milestone_neighbour", struct milestone, neighbour_fields);

static const struct field dependencies_fields[] = {
    FIELD(struct milestone_dependencies, comes_after, LIST, .shape = &neighbour_shape),
    FIELD(struct milestone_dependencies, comes_before, LIST, .shape = &neighbour_shape),
};
static const struct shape dependencies_shape =
    SHAPE("milestone_dependencies", struct milestone_dependencies, dependencies_fields);

static enum error show_dependencies(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct subject *in = input;
    struct milestone_dependencies *out = output;
    struct milestone milestone;
    enum error error = load_row(call, &milestone_shape, in->id, &milestone, fault);
    if (!error)
        error = list_predecessors(&call->store, in->id, &out->comes_after, fault);
    if (!error)
        error = list_successors(&call->store, in->id, &out->comes_before, fault);
    return error;
}

const struct operation show_milestone_dependencies_operation = {
    .name = "show_milestone_dependencies",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &dependencies_shape,
    .run = show_dependencies,
};

/* ---- working ------------------------------------------------------------------------------- */

/* The milestone, and whether work on it may go on. */
static enum error load_for_work(struct call *call, struct id id, struct milestone *milestone,
                                struct fault *fault)
{
    struct engagement engagement;
    enum error error = load_subject(call, &milestone_shape, id, milestone, fault);
    if (!error)
        error = load_row(call, &engagement_shape, milestone->engagement_id, &engagement, fault);
    return error ? error : engagement_check_work(&engagement, fault);
}

/* One that is still planned is refused with the name of what it waits for. */
static enum error check_ready(struct call *call, const struct milestone *milestone,
                              struct fault *fault)
{
    struct list predecessors;
    struct milestone ready = *milestone;
    if (milestone->state != MILESTONE_PLANNED)
        return OK;
    enum error error = list_predecessors(&call->store, milestone->id, &predecessors, fault);
    return error ? error : milestone_make_ready(&ready, &predecessors, fault);
}

static enum error start_milestone(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct subject *in = input;
    struct milestone *milestone = output;
    enum error error = load_for_work(call, in->id, milestone, fault);
    if (!error)
        error = check_ready(call, milestone, fault);
    if (!error)
        error = milestone_advance(milestone, MILESTONE_START, fault);
    if (error)
        return error;
    happened(call, "milestone.started", milestone->id, milestone->engagement_id);
    return save_row(call, &milestone_shape, milestone, fault);
}

const struct operation start_milestone_operation = {
    .name = "start_milestone",
    .permission = PERMIT_DELIVER,
    .writes = true,
    .in = &subject_shape,
    .out = &milestone_shape,
    .run = start_milestone,
};

static enum error rework_milestone(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct subject *in = input;
    struct milestone *milestone = output;
    enum error error = load_for_work(call, in->id, milestone, fault);
    if (!error)
        error = milestone_advance(milestone, MILESTONE_TAKE_BACK, fault);
    if (error)
        return error;
    happened(call, "milestone.taken_back", milestone->id, milestone->engagement_id);
    return save_row(call, &milestone_shape, milestone, fault);
}

const struct operation rework_milestone_operation = {
    .name = "rework_milestone",
    .permission = PERMIT_DELIVER,
    .writes = true,
    .in = &subject_shape,
    .out = &milestone_shape,
    .run = rework_milestone,
};
