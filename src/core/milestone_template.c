#include "core/milestone_template.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "core/code.h"
#include "core/fields.h"
#include "core/graph.h"
#include "core/split.h"

static const struct field template_milestone_fields[] = {
    FIELD(struct template_milestone, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct template_milestone, title, TEXT, .flags = REQUIRED),
    FIELD(struct template_milestone, description, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct template_milestone, weight, INTEGER, .flags = REQUIRED, .minimum = 1,
          .maximum = WEIGHT_LIMIT),
    FIELD(struct template_milestone, due_days, INTEGER, .flags = REQUIRED, DAYS_RANGE),
    FIELD(struct template_milestone, after, TEXTS, .limit = SHORT_LIST_LIMIT),
};
const struct shape template_milestone_shape =
    SHAPE("template_milestone", struct template_milestone, template_milestone_fields);

static const struct field milestone_template_fields[] = {
    ID_FIELD(struct milestone_template),
    VERSION_FIELD(struct milestone_template),
    FIELD(struct milestone_template, name, TEXT, .flags = REQUIRED),
    FIELD(struct milestone_template, description, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct milestone_template, milestones, LIST, .flags = REQUIRED, .limit = SHORT_LIST_LIMIT,
          .shape = &template_milestone_shape),
    FIELD(struct milestone_template, created_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct milestone_template, retired_at, MOMENT, .flags = ADDED_LATER),
};
const struct shape milestone_template_shape =
    SHAPE("milestone_template", struct milestone_template, milestone_template_fields);

/* ---- checks -------------------------------------------------------------------------------- */

static const struct template_milestone *milestone_at(const struct milestone_template *template,
                                                     size_t i)
{
    return LIST_AT(struct template_milestone, template->milestones, i);
}

/* The place of a code among the first count, or count. */
static size_t place_of(const struct milestone_template *template, size_t count, const char *code)
{
    size_t i = 0;
    while (i < count && strcmp(milestone_at(template, i)->code, code) != 0)
        i++;
    return i;
}

static enum error check_milestone(const struct milestone_template *template, size_t i,
                                  struct fault *fault)
{
    const struct template_milestone *milestone = milestone_at(template, i);
    char field[FIELD_NAME_SIZE];
    snprintf(field, sizeof field, "milestones/%zu/code", i);
    enum error error = text_check(milestone->code, field, fault);
    if (!error)
        error = code_check(milestone->code, field, fault);
    if (error)
        return error;
    if (place_of(template, i, milestone->code) < i)
        return refuse(fault, ERROR_CONFLICT, field, "%s is taken", milestone->code);
    snprintf(field, sizeof field, "milestones/%zu/title", i);
    return text_check(milestone->title, field, fault);
}

/* Fills edges, which has room for all that is named. */
static enum error read_after(const struct milestone_template *template, size_t i,
                             struct graph_edge *edges, size_t *edge_count, struct fault *fault)
{
    const struct template_milestone *milestone = milestone_at(template, i);
    size_t count = template->milestones.count;
    char field[FIELD_NAME_SIZE];
    for (size_t a = 0; a < milestone->after.count; a++) {
        size_t before = place_of(template, count, milestone->after.texts[a]);
        snprintf(field, sizeof field, "milestones/%zu/after/%zu", i, a);
        if (before == count)
            return refuse(fault, ERROR_INVALID, field, "there is no milestone %.40s",
                          milestone->after.texts[a]);
        snprintf(field, sizeof field, "milestones/%zu/due_days", i);
        if (milestone->due_days < milestone_at(template, before)->due_days)
            return refuse(fault, ERROR_OUT_OF_RANGE, field,
                          "is before that of %s, which comes first",
                          milestone_at(template, before)->code);
        edges[(*edge_count)++] = (struct graph_edge){i, before};
    }
    return OK;
}

static enum error check_cycle(struct arena *arena, const struct milestone_template *template,
                              const struct graph *graph, struct fault *fault)
{
    struct graph_cycle cycle;
    size_t *order = arena_array(arena, graph->node_count, sizeof *order);
    if (graph_sort(arena, graph, order, &cycle))
        return OK;
    const char **names = arena_array(arena, graph->node_count, sizeof *names);
    for (size_t i = 0; i < graph->node_count; i++)
        names[i] = milestone_at(template, i)->code;
    return refuse(fault, ERROR_CYCLE, "milestones", "%s", graph_cycle_text(arena, &cycle, names));
}

enum error milestone_template_check(struct arena *arena, const struct milestone_template *template,
                                    struct fault *fault)
{
    size_t count = template->milestones.count, edge_count = 0, named = 0;
    enum error error = text_check(template->name, "name", fault);
    if (!error && count == 0)
        error = refuse(fault, ERROR_INVALID, "milestones", "a template has one at least");
    for (size_t i = 0; !error && i < count; i++) {
        error = check_milestone(template, i, fault);
        named += milestone_at(template, i)->after.count;
    }
    if (error)
        return error;
    struct graph_edge *edges = arena_array(arena, named, sizeof *edges);
    for (size_t i = 0; !error && i < count; i++)
        error = read_after(template, i, edges, &edge_count, fault);
    struct graph graph = {count, edges, edge_count};
    return error ? error : check_cycle(arena, template, &graph, fault);
}

/* ---- retiring ------------------------------------------------------------------------------ */

enum error milestone_template_check_current(const struct milestone_template *template,
                                            const char *field, struct fault *fault)
{
    if (template->retired_at != 0)
        return refuse(fault, ERROR_WRONG_STATE, field, "this template is retired");
    return OK;
}

enum error milestone_template_retire(struct milestone_template *template, int64_t now_ms,
                                     struct fault *fault)
{
    enum error error = milestone_template_check_current(template, "retired_at", fault);
    if (error)
        return error;
    template->retired_at = now_ms;
    return OK;
}

/* ---- applying ------------------------------------------------------------------------------ */

enum error milestone_template_apply(struct arena *arena, const struct milestone_template *template,
                                    const struct template_use *use, struct plan *plan,
                                    struct fault *fault)
{
    size_t count = template->milestones.count;
    struct plan_milestone *rows = arena_array(arena, count, sizeof *rows);
    int64_t *weights = arena_array(arena, count, sizeof *weights);
    int64_t *prices = arena_array(arena, count, sizeof *prices);
    for (size_t i = 0; i < count; i++)
        weights[i] = milestone_at(template, i)->weight;
    enum error error = split_by_remainder(arena, use->total_minor, weights, count, prices, fault);
    for (size_t i = 0; !error && i < count; i++) {
        const struct template_milestone *from = milestone_at(template, i);
        shape_init(&plan_milestone_shape, &rows[i]);
        rows[i].code = from->code;
        rows[i].title = from->title;
        rows[i].description = from->description;
        rows[i].price_minor = prices[i];
        rows[i].tax_category = use->tax_category;
        rows[i].tax_rate_ppm = use->tax_rate_ppm;
        rows[i].after = from->after;
        error = day_add(use->start_day, (int)from->due_days, &rows[i].due_day, fault);
    }
    if (error)
        return error;
    plan->milestones = (struct list){rows, count};
    plan->total_minor = use->total_minor;
    return OK;
}
