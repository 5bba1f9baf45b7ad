#include "verify/prices.h"

#include "base/currency.h"
#include "base/day.h"
#include "base/limits.h"
#include "core/plan_price.h"

static bool read_row(struct arena *arena, const struct shape *shape, const json_t *object,
                     void *row);

static bool read_number(const struct field *field, const json_t *value, void *at)
{
    bool is_limited = field->minimum != 0 || field->maximum != 0;
    json_int_t number = json_integer_value(value);
    *(int64_t *)at = number;
    return json_is_integer(value) &&
           (!is_limited || (number >= field->minimum && number <= field->maximum));
}

static bool read_list(struct arena *arena, const struct field *field, const json_t *array, void *at)
{
    struct list *list = at;
    size_t count = json_array_size(array);
    bool fits = json_is_array(array) && count <= LIST_LIMIT;
    if (!fits)
        return false;
    *list = (struct list){arena_array(arena, count, field->shape->size), count};
    for (size_t i = 0; fits && i < count; i++)
        fits = read_row(arena, field->shape, json_array_get(array, i),
                        (char *)list->rows + i * field->shape->size);
    return fits;
}

static bool read_child(struct arena *arena, const struct field *field, const json_t *object,
                       void *at)
{
    void *row = arena_array(arena, 1, field->shape->size);
    *(void **)at = row;
    return read_row(arena, field->shape, object, row);
}

/* Texts in lists have no part in prices. */
static bool read_value(struct arena *arena, const struct field *field, const json_t *value,
                       void *at)
{
    switch ((int)field->kind) {
    case FIELD_TEXT:
        *(const char **)at = json_string_value(value);
        return json_is_string(value);
    case FIELD_INTEGER:
    case FIELD_MONEY:
        return read_number(field, value, at);
    case FIELD_BOOLEAN:
        *(bool *)at = json_is_true(value);
        return json_is_boolean(value);
    case FIELD_DAY:
        return json_is_string(value) && day_parse(json_string_value(value), at, NULL) == OK;
    case FIELD_CHOICE:
        *(int *)at =
            json_is_string(value) ? choice_value(field->choices, json_string_value(value)) : 0;
        return *(int *)at != 0;
    case FIELD_LIST:
        return read_list(arena, field, value, at);
    case FIELD_OBJECT:
        return read_child(arena, field, value, at);
    default:
        return true;
    }
}

static bool read_row(struct arena *arena, const struct shape *shape, const json_t *object,
                     void *row)
{
    bool fits = json_is_object(object);
    shape_init(shape, row);
    for (size_t i = 0; fits && i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        const json_t *value = json_object_get(object, field->name);
        if (value && !json_is_null(value))
            fits = read_value(arena, field, value, field_at(field, row));
    }
    return fits;
}

const char *judge_prices(struct arena *arena, const json_t *json)
{
    struct plan plan = {0};
    struct fault fault = {0};
    if (!read_row(arena, &plan_shape, json, &plan) || !plan.currency ||
        !currency_find(plan.currency))
        return "its plan cannot be read";
    if (plan_check_prices(arena, &plan, &fault) != OK)
        return arena_format(arena, "its prices do not add up: %s: %s", fault.field, fault.detail);
    return NULL;
}
