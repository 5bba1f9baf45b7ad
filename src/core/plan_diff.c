#include "core/plan_diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/json.h"
#include "base/money.h"
#include "base/must.h"
#include "base/text.h"
#include "core/fields.h"

static const struct field plan_change_fields[] = {
    FIELD(struct plan_change, milestone, TEXT, .limit = CODE_LIMIT),
    FIELD(struct plan_change, field, TEXT, .flags = REQUIRED),
    FIELD(struct plan_change, from, TEXT, .limit = LONG_TEXT_LIMIT),
    FIELD(struct plan_change, to, TEXT, .limit = LONG_TEXT_LIMIT),
    FIELD(struct plan_change, difference, TEXT),
};
const struct shape plan_change_shape = SHAPE("plan_change", struct plan_change, plan_change_fields);

struct diff {
    struct arena *arena;
    struct plan_change *changes;
    size_t count;
    size_t room;
    const char *from_currency;
    const char *to_currency;
    bool has_one_currency;
};

/* ---- one value in words -------------------------------------------------------------------- */

static const char *texts_in_words(struct arena *arena, const struct texts *texts)
{
    struct text_buffer text = text_buffer_in(arena);
    for (size_t i = 0; i < texts->count; i++)
        text_printf(&text, "%s%s", i > 0 ? ", " : "", texts->texts[i]);
    return text.bytes;
}

static const char *in_words(struct arena *arena, const struct field *field, const void *row,
                            const char *currency);

/* Every text, number and choice of each element, so that no change in it goes unseen. */
static const char *list_in_words(struct arena *arena, const struct field *field,
                                 const struct list *list, const char *currency)
{
    struct text_buffer text = text_buffer_in(arena);
    for (size_t i = 0; i < list->count; i++) {
        const char *element = (const char *)list->rows + i * field->shape->size;
        text_put_text(&text, i > 0 ? "; " : "");
        for (size_t f = 0, shown = 0; f < field->shape->field_count; f++) {
            const char *value = in_words(arena, &field->shape->fields[f], element, currency);
            if (value)
                text_printf(&text, "%s%s", shown++ > 0 ? ", " : "", value);
        }
    }
    return text.bytes;
}

/* "rhythm: monthly, start_day: 2024-01-01, …" */
static const char *object_in_words(struct arena *arena, const struct field *field,
                                   const void *object, const char *currency)
{
    char name[FIELD_NAME_SIZE];
    struct text_buffer text = text_buffer_in(arena);
    for (size_t i = 0, shown = 0; i < field->shape->field_count; i++) {
        const struct field *inner = &field->shape->fields[i];
        const char *value = in_words(arena, inner, object, currency);
        if (value)
            text_printf(&text, "%s%s: %s", shown++ > 0 ? ", " : "", field_json_name(inner, name),
                        value);
    }
    return text.bytes;
}

static const char *money_in_words(struct arena *arena, int64_t amount_minor, const char *currency)
{
    char amount[MONEY_TEXT_SIZE];
    return arena_format(arena, "%s %s", money_format(amount_minor, currency, amount), currency);
}

static const char *none_if_empty(const char *words)
{
    return *words ? words : NULL;
}

/* NULL for none. Kinds that no plan has are impossible. */
static const char *in_words(struct arena *arena, const struct field *field, const void *row,
                            const char *currency)
{
    const void *at = field_of(field, row);
    char day[DAY_TEXT_SIZE];
    if (field_is_none(field, row))
        return NULL;
    switch ((int)field->kind) {
    case FIELD_TEXT:
        return *(const char *const *)at;
    case FIELD_INTEGER:
        return arena_format(arena, "%lld", (long long)*(const int64_t *)at);
    case FIELD_BOOLEAN:
        return *(const bool *)at ? "yes" : "no";
    case FIELD_DAY:
        return arena_text(arena, day_format(*(const int32_t *)at, day));
    case FIELD_MONEY:
        return money_in_words(arena, *(const int64_t *)at, currency);
    case FIELD_CHOICE:
        return choice_name(field->choices, *(const int *)at);
    case FIELD_TEXTS:
        return none_if_empty(texts_in_words(arena, at));
    case FIELD_LIST:
        return none_if_empty(list_in_words(arena, field, at, currency));
    case FIELD_OBJECT:
        return object_in_words(arena, field, *(const void *const *)at, currency);
    default:
        must_fail(__FILE__, __LINE__, "a plan has no such kind of field");
    }
}

/* ---- one field ----------------------------------------------------------------------------- */

static const char *days_apart(struct arena *arena, int32_t from, int32_t to)
{
    int days = to - from;
    return arena_format(arena, "%+d %s", days, abs(days) == 1 ? "day" : "days");
}

static const char *money_apart(const struct diff *diff, int64_t from_minor, int64_t to_minor)
{
    int64_t apart_minor;
    if (strcmp(diff->from_currency, diff->to_currency) != 0 ||
        money_subtract(to_minor, from_minor, &apart_minor, NULL) != OK)
        return NULL;
    return arena_format(diff->arena, "%s%s", apart_minor > 0 ? "+" : "",
                        money_in_words(diff->arena, apart_minor, diff->to_currency));
}

static const char *apart(const struct diff *diff, const struct field *field, const void *from,
                         const void *to)
{
    const void *a = field_of(field, from), *b = field_of(field, to);
    if (field_is_none(field, from) || field_is_none(field, to))
        return NULL;
    if (field->kind == FIELD_MONEY)
        return money_apart(diff, *(const int64_t *)a, *(const int64_t *)b);
    if (field->kind == FIELD_DAY)
        return days_apart(diff->arena, *(const int32_t *)a, *(const int32_t *)b);
    return NULL;
}

static struct plan_change *add_change(struct diff *diff)
{
    if (diff->count == diff->room) {
        size_t room = diff->room ? diff->room * 2 : 16;
        struct plan_change *larger = arena_array(diff->arena, room, sizeof *larger);
        if (diff->count > 0)
            memcpy(larger, diff->changes, diff->count * sizeof *larger);
        diff->changes = larger;
        diff->room = room;
    }
    return &diff->changes[diff->count++];
}

/* from and to are structs of the shape, or NULL for none at all. */
static void diff_field(struct diff *diff, const char *milestone, const char *prefix,
                       const struct field *field, const void *from, const void *to)
{
    char name[FIELD_NAME_SIZE];
    if (from && to && diff->has_one_currency && field_same(field, from, to))
        return;
    const char *was = from ? in_words(diff->arena, field, from, diff->from_currency) : NULL;
    const char *is = to ? in_words(diff->arena, field, to, diff->to_currency) : NULL;
    if (text_same(was, is) && (!from || !to || field_same(field, from, to)))
        return; /* two lists that read the same may be cut otherwise */
    *add_change(diff) = (struct plan_change){
        .milestone = milestone,
        .field = arena_format(diff->arena, "%s%s", prefix, field_json_name(field, name)),
        .from = was,
        .to = is,
        .difference = from && to ? apart(diff, field, from, to) : NULL,
    };
}

/* ---- the whole ----------------------------------------------------------------------------- */

static void diff_shape(struct diff *diff, const char *milestone, const char *prefix,
                       const struct shape *shape, const void *from, const void *to)
{
    for (size_t i = 0; i < shape->field_count; i++)
        diff_field(diff, milestone, prefix, &shape->fields[i], from, to);
}

static void diff_head(struct diff *diff, const struct plan *from, const struct plan *to)
{
    static const char *const names[] = {"currency", "total_minor", "summary"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        diff_field(diff, NULL, "", shape_field(&plan_shape, names[i], NULL), from, to);
    diff_shape(diff, NULL, "terms/", &contract_terms_shape, from->terms, to->terms);
}

struct list plan_diff(struct arena *arena, const struct plan *from, const struct plan *to)
{
    struct diff diff = {
        .arena = arena,
        .from_currency = from->currency,
        .to_currency = to->currency,
        .has_one_currency = strcmp(from->currency, to->currency) == 0,
    };
    struct plan_index before = plan_index(arena, from), after = plan_index(arena, to);
    diff_head(&diff, from, to);
    for (size_t i = 0; i < to->milestones.count; i++) {
        const struct plan_milestone *is = LIST_AT(struct plan_milestone, to->milestones, i);
        diff_shape(&diff, is->code, "", &plan_milestone_shape, plan_find(&before, is->code), is);
    }
    for (size_t i = 0; i < from->milestones.count; i++) {
        const struct plan_milestone *was = LIST_AT(struct plan_milestone, from->milestones, i);
        if (!plan_find(&after, was->code))
            diff_shape(&diff, was->code, "", &plan_milestone_shape, was, NULL);
    }
    return (struct list){diff.changes, diff.count};
}
