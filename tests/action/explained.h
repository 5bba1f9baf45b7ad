/* Explanations held against the answers that they explain. */
#ifndef WAYMARK_TESTS_ACTION_EXPLAINED_H
#define WAYMARK_TESTS_ACTION_EXPLAINED_H

#include <stdlib.h>

#include "action/explanation.h"
#include "base/day.h"
#include "core/explanation.h"

#include "billing.h"

/* An answer and the operation that explains it: both take the same. */
struct explained {
    const struct operation *shown;
    const struct operation *explaining;
};

static inline const struct explained_number *number_named(const struct explanation *explanation,
                                                          const char *name)
{
    for (size_t i = 0; i < explanation->numbers.count; i++) {
        const struct explained_number *number =
            LIST_AT(struct explained_number, explanation->numbers, i);
        if (strcmp(number->name, name) == 0)
            return number;
    }
    fail_msg("no number is called %s", name);
    return NULL;
}

static inline const struct explained_input *input_at(const struct explained_number *number,
                                                     size_t i)
{
    assert_true(i < number->inputs.count);
    return LIST_AT(struct explained_input, number->inputs, i);
}

static inline void assert_all_sound(const struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->numbers.count; i++) {
        const struct explained_number *number =
            LIST_AT(struct explained_number, explanation->numbers, i);
        if (!number->is_sound)
            fail_msg("%s does not hold", number->name);
    }
}

/* The member of that name in JSON. */
static inline const struct field *member_named(const struct shape *shape, const char *name)
{
    char room[FIELD_NAME_SIZE];
    for (size_t i = 0; i < shape->field_count; i++) {
        if (strcmp(field_json_name(&shape->fields[i], room), name) == 0)
            return &shape->fields[i];
    }
    return NULL;
}

/* Whether the number is what the answer has at the place that its name says; places that the answer
 * does not show (what is left of an invoice) are passed over. */
static inline bool is_shown_at(const char *name, const struct explained_number *number,
                               const struct shape *shape, const void *row)
{
    char member[FIELD_NAME_SIZE];
    size_t length = strcspn(name, "/");
    assert_true(length < sizeof member);
    memcpy(member, name, length);
    member[length] = '\0';
    const struct field *field = member_named(shape, member);
    if (!field)
        return false;
    const void *at = field_of(field, row);
    const char *rest = name + length + 1;
    if (field->kind == FIELD_OBJECT)
        return is_shown_at(rest, number, field->shape, *(const void *const *)at);
    if (field->kind == FIELD_LIST) {
        char *end;
        const struct list *list = at;
        size_t place = strtoul(rest, &end, 10);
        assert_true(place < list->count && *end == '/');
        return is_shown_at(end + 1, number, field->shape,
                           (const char *)list->rows + place * field->shape->size);
    }
    int64_t told = field->kind == FIELD_MONEY                 ? number->amount_minor
                   : strcmp(member + length - 4, "_ppm") == 0 ? number->ratio_ppm
                   : field->kind == FIELD_INTEGER             ? number->minutes
                                                              : number->day;
    int64_t shown = field->kind == FIELD_DAY ? *(const int32_t *)at : *(const int64_t *)at;
    if (told != shown)
        fail_msg("%s is %lld and explained as %lld", number->name, (long long)shown,
                 (long long)told);
    return true;
}

/* Explains the answer: everything is sound, and all numbers but so many are those of it. */
static inline struct explanation explain_shown(struct stage *stage, struct actor actor,
                                               const struct explained *explained, void *in,
                                               size_t not_shown)
{
    const struct operation *shown = explained->shown;
    struct explanation explanation;
    void *out = arena_alloc(stage->arena, shown->out->size);
    size_t missing = 0;
    assert_result(stage, stage_perform(stage, actor, shown, in, out), OK);
    assert_result(stage, stage_perform(stage, actor, explained->explaining, in, &explanation), OK);
    assert_all_sound(&explanation);
    for (size_t i = 0; i < explanation.numbers.count; i++) {
        const struct explained_number *number =
            LIST_AT(struct explained_number, explanation.numbers, i);
        missing += !is_shown_at(number->name, number, shown->out, out);
    }
    assert_int_equal(missing, not_shown);
    return explanation;
}

#endif
