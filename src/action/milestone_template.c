#include "action/milestone_template.h"

#include <string.h>

#include "base/limits.h"
#include "core/proposal.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_milestone_templates),
    FIELD(struct list_milestone_templates, with_retired, BOOLEAN, .flags = FROM_QUERY),
};
static const struct shape list_shape =
    SHAPE("list_milestone_templates", struct list_milestone_templates, list_fields);

static const struct shape page_shape =
    PAGE_SHAPE("milestone_template_page", milestone_template_shape);

static const struct list_filter filters[] = {
    {"with_retired", ":with_retired = 1 OR retired_at IS NULL"},
    {0},
};

static const struct listing templates = {
    .shape = &milestone_template_shape,
    .sorts = (const char *const[]){"name", NULL},
    .filters = filters,
};

static enum error list_milestone_templates(struct call *call, const void *input, void *output,
                                           struct fault *fault)
{
    return store_page(&call->store, &templates, &list_shape, input, output, fault);
}

const struct operation list_milestone_templates_operation = {
    .name = "list_milestone_templates",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_milestone_templates,
};

static const struct shape subject_shape = SUBJECT_SHAPE(milestone_template_id);

const struct operation show_milestone_template_operation = {
    .name = "show_milestone_template",
    .permission = PERMIT_READ_AGENCY,
    .in = &subject_shape,
    .out = &milestone_template_shape,
};

/* ---- writing ------------------------------------------------------------------------------- */

#define TEMPLATE_FORM                                                                              \
    FIELD(struct milestone_template, name, TEXT, .flags = REQUIRED),                               \
        FIELD(struct milestone_template, description, TEXT, .limit = TEXT_LIMIT),                  \
        FIELD(struct milestone_template, milestones, LIST, .flags = REQUIRED,                      \
              .limit = SHORT_LIST_LIMIT, .shape = &template_milestone_shape)

static const struct field create_fields[] = {TEMPLATE_FORM};
static const struct shape create_shape =
    SHAPE("create_milestone_template", struct milestone_template, create_fields);

static enum error create_milestone_template(struct call *call, const void *input, void *output,
                                            struct fault *fault)
{
    struct milestone_template *template = output;
    shape_init(&milestone_template_shape, template);
    shape_copy(&create_shape, input, template);
    enum error error = milestone_template_check(call->arena, template, fault);
    if (error)
        return error;
    template->id = call_id(call);
    template->created_at = call->now_ms;
    happened(call, "milestone_template.created", template->id, (struct id){0});
    return insert_row(call, &milestone_template_shape, template, fault);
}

const struct operation create_milestone_template_operation = {
    .name = "create_milestone_template",
    .permission = PERMIT_WRITE_PROPOSAL,
    .writes = true,
    .in = &create_shape,
    .out = &milestone_template_shape,
    .run = create_milestone_template,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct milestone_template, milestone_template_id),
    TEMPLATE_FORM,
};
static const struct shape change_shape =
    SHAPE("change_milestone_template", struct milestone_template, change_fields);

static enum error change_milestone_template(struct call *call, const void *input, void *output,
                                            struct fault *fault)
{
    const struct milestone_template *in = input;
    struct milestone_template *template = output;
    enum error error = load_subject(call, &milestone_template_shape, in->id, template, fault);
    if (!error)
        error = milestone_template_check_current(template, "retired_at", fault);
    if (error)
        return error;
    shape_copy(&change_shape, in, template);
    error = milestone_template_check(call->arena, template, fault);
    if (error)
        return error;
    happened(call, "milestone_template.changed", template->id, (struct id){0});
    return save_row(call, &milestone_template_shape, template, fault);
}

const struct operation change_milestone_template_operation = {
    .name = "change_milestone_template",
    .permission = PERMIT_WRITE_PROPOSAL,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &milestone_template_shape,
    .run = change_milestone_template,
};

static enum error retire_milestone_template(struct call *call, const void *input, void *output,
                                            struct fault *fault)
{
    const struct subject *in = input;
    struct milestone_template *template = output;
    enum error error = load_subject(call, &milestone_template_shape, in->id, template, fault);
    if (!error)
        error = milestone_template_retire(template, call->now_ms, fault);
    if (error)
        return error;
    happened(call, "milestone_template.retired", template->id, (struct id){0});
    return save_row(call, &milestone_template_shape, template, fault);
}

const struct operation retire_milestone_template_operation = {
    .name = "retire_milestone_template",
    .permission = PERMIT_WRITE_PROPOSAL,
    .writes = true,
    .in = &subject_shape,
    .out = &milestone_template_shape,
    .run = retire_milestone_template,
};

/* ---- applying ------------------------------------------------------------------------------ */

static const struct field apply_fields[] = {
    ID_FROM_PATH(struct apply_template, proposal_id),
    FIELD(struct apply_template, milestone_template_id, ID, .flags = REQUIRED),
    FIELD(struct apply_template, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct apply_template, total_minor, MONEY, .flags = REQUIRED, .minimum = 0,
          .maximum = AMOUNT_LIMIT),
    FIELD(struct apply_template, start_day, DAY, .flags = REQUIRED),
    FIELD(struct apply_template, tax_category, CHOICE, .flags = REQUIRED,
          .choices = &tax_category_choices),
    FIELD(struct apply_template, tax_rate_ppm, INTEGER, .minimum = 0, .maximum = 1000 * 1000),
};
static const struct shape apply_shape =
    SHAPE("apply_template", struct apply_template, apply_fields);

static enum error apply_milestone_template(struct call *call, const void *input, void *output,
                                           struct fault *fault)
{
    const struct apply_template *in = input;
    struct proposal *proposal = output;
    struct milestone_template template;
    enum error error = load_subject(call, &proposal_shape, in->id, proposal, fault);
    if (error)
        return error;
    if (strcmp(in->currency, proposal->currency) != 0)
        return refuse(fault, ERROR_INVALID, "currency", "the proposal is in %s",
                      proposal->currency);
    error = load_row(call, &milestone_template_shape, in->milestone_template_id, &template, fault);
    if (error == ERROR_NOT_FOUND)
        return refuse(fault, ERROR_INVALID, "milestone_template_id", "there is no such template");
    if (!error)
        error = milestone_template_check_current(&template, "milestone_template_id", fault);
    struct template_use use = {in->total_minor, in->start_day, in->tax_category, in->tax_rate_ppm};
    struct plan plan = *proposal->plan;
    if (!error)
        error = milestone_template_apply(call->arena, &template, &use, &plan, fault);
    struct plan *applied = arena_copy(call->arena, &plan, sizeof plan);
    if (!error)
        error = proposal_edit(proposal, applied, proposal->valid_until_day, fault);
    if (error)
        return error;
    happened(call, "proposal.changed", proposal->id, proposal->engagement_id);
    return save_row(call, &proposal_shape, proposal, fault);
}

const struct operation apply_milestone_template_operation = {
    .name = "apply_milestone_template",
    .permission = PERMIT_WRITE_PROPOSAL,
    .writes = true,
    .in = &apply_shape,
    .out = &proposal_shape,
    .run = apply_milestone_template,
};
