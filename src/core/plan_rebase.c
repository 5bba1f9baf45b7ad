#include "core/plan_rebase.h"

#include <string.h>

#include "base/money.h"

/* What mine changed since from is taken over into row, a struct of the shape. */
static void carry(const struct shape *shape, const void *from, const void *mine, void *row)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        const struct shape single = {.fields = field, .field_count = 1, .size = shape->size};
        if (!field_same(field, from, mine))
            shape_copy(&single, mine, row);
    }
}

static struct contract_terms *carry_terms(struct arena *arena, const struct plan *from,
                                          const struct plan *mine, const struct plan *onto)
{
    struct contract_terms *terms = arena_copy(arena, onto->terms, sizeof *terms);
    carry(&contract_terms_shape, from->terms, mine->terms, terms);
    return terms;
}

static struct list carry_milestones(struct arena *arena, const struct plan *from,
                                    const struct plan *mine, const struct plan *onto)
{
    struct plan_index before = plan_index(arena, from), own = plan_index(arena, mine);
    size_t most = mine->milestones.count + onto->milestones.count, count = 0;
    struct plan_milestone *rows = arena_array(arena, most, sizeof *rows);
    for (size_t i = 0; i < onto->milestones.count; i++) {
        const struct plan_milestone *row = LIST_AT(struct plan_milestone, onto->milestones, i);
        const struct plan_milestone *was = plan_find(&before, row->code);
        const struct plan_milestone *is = plan_find(&own, row->code);
        if (was && !is)
            continue; /* dropped */
        rows[count] = *row;
        if (was)
            carry(&plan_milestone_shape, was, is, &rows[count]);
        count++;
    }
    for (size_t i = 0; i < mine->milestones.count; i++) {
        const struct plan_milestone *row = LIST_AT(struct plan_milestone, mine->milestones, i);
        if (!plan_find(&before, row->code))
            rows[count++] = *row; /* added; a code that others took too is for plan_check */
    }
    return (struct list){rows, count};
}

enum error plan_rebase(struct arena *arena, const struct plan *from, const struct plan *mine,
                       const struct plan *onto, struct plan **rebased, struct fault *fault)
{
    int64_t change_minor, total_minor;
    struct plan *plan = arena_copy(arena, onto, sizeof *plan);
    enum error error = money_subtract(mine->total_minor, from->total_minor, &change_minor, fault);
    if (!error)
        error = money_add(onto->total_minor, change_minor, &total_minor, fault);
    if (error || total_minor < 0)
        return refuse(fault, ERROR_OUT_OF_RANGE, "plan/total",
                      "the change no longer fits the contract sum");
    plan->total_minor = total_minor;
    if (!field_same(shape_field(&plan_shape, "summary", NULL), from, mine))
        plan->summary = mine->summary;
    plan->terms = carry_terms(arena, from, mine, onto);
    plan->milestones = carry_milestones(arena, from, mine, onto);
    *rebased = plan;
    return OK;
}
