#include "base/day.h"

#include "../check.h"
#include "sample_shape.h"

CASE(a_cleared_struct_is_none_throughout_and_an_initial_one_has_its_defaults)
{
    struct sample sample;
    shape_clear(&sample_shape, &sample);
    assert_int_equal(sample.due_day, DAY_NONE);
    assert_int_equal(sample.maybe, INTEGER_NONE);
    assert_int_equal(sample.count, 0);
    for (size_t i = 0; i < sample_shape.field_count; i++) {
        const struct field *field = &sample_fields[i];
        bool has_no_none = field->kind == FIELD_BOOLEAN || field->kind == FIELD_LIST ||
                           field->kind == FIELD_TEXTS || field->kind == FIELD_MONEY ||
                           (field->kind == FIELD_INTEGER && !(field->flags & NULLABLE));
        assert_int_equal(field_is_none(field, &sample), !has_no_none);
    }
    shape_init(&sample_shape, &sample);
    assert_int_equal(sample.count, 7);
}

CASE(fields_are_found_by_name_from_any_hint)
{
    for (size_t hint = 0; hint < 30; hint++) {
        size_t at = hint;
        assert_ptr_equal(shape_field(&sample_shape, "loud", &at), &sample_fields[5]);
        assert_int_equal(at, 6);
        assert_null(shape_field(&sample_shape, "louder", &at));
    }
}

CASE(a_money_field_loses_its_ending_in_json)
{
    char name[FIELD_NAME_SIZE];
    assert_string_equal(field_json_name(&sample_fields[8], name), "total");
    assert_string_equal(field_json_name(&sample_fields[6], name), "due_day");
}

CASE(choices_have_names_both_ways)
{
    assert_null(choice_name(&mood_choices, 0));
    assert_string_equal(choice_name(&mood_choices, MOOD_LOUD), "loud");
    assert_int_equal(choice_value(&mood_choices, "calm"), MOOD_CALM);
    assert_int_equal(choice_value(&mood_choices, "angry"), 0);
}

CASE(a_clone_shares_nothing_with_its_original)
{
    struct arena *arena = arena_new();
    char name[] = "name", tag[] = "tag", logo[] = "logo", title[] = "best", part_title[] = "part";
    const char *tags[] = {tag};
    struct part best = {title, 1}, parts[] = {{part_title, 2}};
    struct sample sample = {.name = name,
                            .count = 3,
                            .logo = {logo, 4},
                            .tags = {tags, 1},
                            .best = &best,
                            .parts = {parts, 1}};
    struct sample *clone = shape_clone(arena, &sample_shape, &sample);
    name[0] = tag[0] = logo[0] = title[0] = part_title[0] = 'x';
    best.price_minor = parts[0].price_minor = 0;
    assert_string_equal(clone->name, "name");
    assert_int_equal(clone->count, 3);
    assert_memory_equal(clone->logo.bytes, "logo", 4);
    assert_string_equal(clone->tags.texts[0], "tag");
    assert_string_equal(clone->best->title, "best");
    assert_int_equal(clone->best->price_minor, 1);
    assert_string_equal(LIST_AT(struct part, clone->parts, 0)->title, "part");
    assert_int_equal(LIST_AT(struct part, clone->parts, 0)->price_minor, 2);
    assert_null(clone->note);
    arena_free(arena);
}

RUN(T(a_cleared_struct_is_none_throughout_and_an_initial_one_has_its_defaults),
    T(fields_are_found_by_name_from_any_hint), T(a_money_field_loses_its_ending_in_json),
    T(choices_have_names_both_ways), T(a_clone_shares_nothing_with_its_original))
