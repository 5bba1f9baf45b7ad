#include "core/plan_diff.h"

#include "sample.h"

static const struct plan_change *change_of(const struct list *changes, const char *milestone,
                                           const char *field)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct plan_change *change = LIST_AT(struct plan_change, *changes, i);
        bool same = milestone ? change->milestone && strcmp(change->milestone, milestone) == 0
                              : !change->milestone;
        if (same && strcmp(change->field, field) == 0)
            return change;
    }
    return NULL;
}

static void assert_change(const struct list *changes, const char *milestone, const char *field,
                          const char *from, const char *to, const char *difference)
{
    const struct plan_change *change = change_of(changes, milestone, field);
    const char *const expected[] = {from, to, difference};
    assert_non_null(change);
    const char *const found[] = {change->from, change->to, change->difference};
    for (size_t i = 0; i < 3; i++) {
        if (expected[i])
            assert_string_equal(found[i], expected[i]);
        else
            assert_null(found[i]);
    }
}

CASE(equal_plans_do_not_differ)
{
    struct arena *arena = arena_new();
    assert_int_equal(plan_diff(arena, sample_plan(arena), sample_plan(arena)).count, 0);
    arena_free(arena);
}

CASE(money_and_days_are_told_with_their_difference)
{
    struct arena *arena = arena_new();
    struct plan *from = sample_plan(arena), *to = sample_plan(arena);
    sprint(to, 3)->price_minor += 120000;
    sprint(to, 3)->due_day += 9;
    sprint(to, 2)->due_day -= 1;
    to->total_minor += 120000;
    struct list changes = plan_diff(arena, from, to);
    assert_int_equal(changes.count, 4);
    assert_change(&changes, NULL, "total", "120000.00 USD", "121200.00 USD", "+1200.00 USD");
    assert_change(&changes, "S3", "price", "27000.00 USD", "28200.00 USD", "+1200.00 USD");
    assert_change(&changes, "S3", "due_day", "2016-07-28", "2016-08-06", "+9 days");
    assert_change(&changes, "S2", "due_day", "2016-07-07", "2016-07-06", "-1 day");
    arena_free(arena);
}

CASE(a_milestone_that_is_added_or_dropped_shows_all_that_it_has)
{
    struct arena *arena = arena_new();
    struct plan *from = sample_plan(arena), *to = sample_plan(arena);
    sprint(to, 4)->code = "S5";
    struct list changes = plan_diff(arena, from, to);
    assert_change(&changes, "S5", "code", NULL, "S5", NULL);
    assert_change(&changes, "S5", "price", NULL, "27000.00 USD", NULL);
    assert_change(&changes, "S5", "after", NULL, "S3", NULL);
    assert_change(&changes, "S4", "due_day", "2016-08-15", NULL, NULL);
    assert_change(&changes, "S4", "deliverables", "working dashboard, file", NULL, NULL);
    assert_null(change_of(&changes, "S5", "start_day"));
    assert_null(change_of(&changes, NULL, "total"));
    arena_free(arena);
}

CASE(scope_and_order_are_told_in_words)
{
    struct arena *arena = arena_new();
    struct plan *from = sample_plan(arena), *to = sample_plan(arena);
    sprint(to, 3)->after = TEXTS("S1", "S2");
    sprint(to, 3)->criteria = TEXTS("Q2", "Q4");
    LIST_AT(struct deliverable, sprint(to, 0)->deliverables, 0)->kind = DELIVERABLE_LINK;
    struct list changes = plan_diff(arena, from, to);
    assert_int_equal(changes.count, 3);
    assert_change(&changes, "S3", "after", "S2", "S1, S2", NULL);
    assert_change(&changes, "S3", "criteria", "Q2", "Q2, Q4", NULL);
    assert_change(&changes, "S0", "deliverables", "status report, file", "status report, link",
                  NULL);
    arena_free(arena);
}

CASE(terms_are_part_of_the_difference)
{
    struct arena *arena = arena_new();
    struct plan *from = sample_plan(arena), *to = sample_plan(arena);
    to->terms->payment_days = 14;
    to->terms->silence = SILENCE_DEEMED;
    to->terms->consumer_client = true;
    to->terms->holidays = TEXTS("2016-07-04");
    to->terms->objection_days = 5;
    struct list changes = plan_diff(arena, from, to);
    assert_int_equal(changes.count, 5);
    assert_change(&changes, NULL, "terms/payment_days", "30", "14", NULL);
    assert_change(&changes, NULL, "terms/silence", "none", "deemed", NULL);
    assert_change(&changes, NULL, "terms/consumer_client", "no", "yes", NULL);
    assert_change(&changes, NULL, "terms/holidays", NULL, "2016-07-04", NULL);
    assert_change(&changes, NULL, "terms/objection_days", NULL, "5", NULL);
    arena_free(arena);
}

/* The same words, and no longer the same: two deliverables became one with a long title. */
CASE(a_change_that_reads_as_before_is_told_too)
{
    static struct deliverable two[] = {{"report", DELIVERABLE_FILE, NULL},
                                       {"map", DELIVERABLE_FILE, NULL}};
    static struct deliverable one[] = {{"report, file; map", DELIVERABLE_FILE, NULL}};
    struct arena *arena = arena_new();
    struct plan *from = sample_plan(arena), *to = sample_plan(arena);
    sprint(from, 1)->deliverables = (struct list){two, 2};
    sprint(to, 1)->deliverables = (struct list){one, 1};
    struct list changes = plan_diff(arena, from, to);
    assert_int_equal(changes.count, 1);
    assert_change(&changes, "S1", "deliverables", "report, file; map, file",
                  "report, file; map, file", NULL);
    arena_free(arena);
}

/* Gives a field another value than it has. */
static void change_field(struct arena *arena, const struct field *field, void *row)
{
    void *at = field_at(field, row);
    const char *text = "other";
    switch ((int)field->kind) {
    case FIELD_TEXT:
        *(const char **)at = text;
        break;
    case FIELD_TEXTS:
        *(struct texts *)at = (struct texts){arena_copy(arena, &text, sizeof text), 1};
        break;
    case FIELD_INTEGER:
    case FIELD_MONEY:
        *(int64_t *)at = *(int64_t *)at == INTEGER_NONE ? 1 : *(int64_t *)at + 1;
        break;
    case FIELD_BOOLEAN:
        *(bool *)at = !*(bool *)at;
        break;
    case FIELD_CHOICE:
        *(int *)at = *(int *)at == 1 ? 2 : 1;
        break;
    case FIELD_DAY:
        *(int32_t *)at = *(int32_t *)at == DAY_NONE ? 1 : *(int32_t *)at + 1;
        break;
    case FIELD_LIST:
        ((struct list *)at)->rows = arena_alloc(arena, field->shape->size);
        ((struct list *)at)->count = 1;
        shape_init(field->shape, ((struct list *)at)->rows);
        break;
    case FIELD_OBJECT:
        *(void **)at = arena_alloc(arena, field->shape->size);
        shape_init(field->shape, *(void **)at);
        break;
    default:
        fail_msg("%s is of a kind that nothing changes", field->name);
    }
}

/* Whatever a field of a plan is that is added one day: nothing changes silently. */
CASE(each_field_of_terms_and_milestones_is_part_of_the_difference)
{
    char name[FIELD_NAME_SIZE];
    struct arena *arena = arena_new();
    for (size_t i = 0; i < contract_terms_shape.field_count; i++) {
        const struct field *field = &contract_terms_shape.fields[i];
        struct plan *from = sample_plan(arena), *to = sample_plan(arena);
        change_field(arena, field, to->terms);
        struct list changes = plan_diff(arena, from, to);
        assert_int_equal(changes.count, 1);
        const char *told = arena_format(arena, "terms/%s", field_json_name(field, name));
        assert_non_null(change_of(&changes, NULL, told));
    }
    for (size_t i = 0; i < plan_milestone_shape.field_count; i++) {
        const struct field *field = &plan_milestone_shape.fields[i];
        struct plan *from = sample_plan(arena), *to = sample_plan(arena);
        change_field(arena, field, sprint(to, 1));
        struct list changes = plan_diff(arena, from, to);
        assert_true(changes.count > 0); /* another code is another milestone, and all of it */
        assert_non_null(change_of(&changes, sprint(to, 1)->code, field_json_name(field, name)));
    }
    arena_free(arena);
}

CASE(amounts_of_two_currencies_have_no_difference)
{
    struct arena *arena = arena_new();
    struct plan *from = sample_plan(arena), *to = sample_plan(arena);
    to->currency = "JPY";
    struct list changes = plan_diff(arena, from, to);
    assert_change(&changes, NULL, "currency", "USD", "JPY", NULL);
    assert_change(&changes, NULL, "total", "120000.00 USD", "12000000 JPY", NULL);
    arena_free(arena);
}

CASE(a_recurrence_is_told_by_its_members)
{
    struct arena *arena = arena_new();
    struct plan *from = sample_plan(arena), *to = sample_plan(arena);
    struct recurrence recurrence;
    shape_init(&recurrence_shape, &recurrence);
    recurrence.rhythm = RHYTHM_MONTHLY;
    recurrence.start_day = sample_day("2016-07-01");
    recurrence.end_day = sample_day("2016-12-31");
    sprint(to, 0)->pricing = PRICING_RECURRING;
    sprint(to, 0)->recurrence = &recurrence;
    struct list changes = plan_diff(arena, from, to);
    assert_int_equal(changes.count, 2);
    assert_change(&changes, "S0", "pricing", NULL, "recurring", NULL);
    assert_change(&changes, "S0", "recurrence", NULL,
                  "rhythm: monthly, start_day: 2016-07-01, end_day: 2016-12-31, last_of_month: no, "
                  "prorated: no, bill_at: period_start",
                  NULL);
    arena_free(arena);
}

RUN(T(equal_plans_do_not_differ), T(money_and_days_are_told_with_their_difference),
    T(a_milestone_that_is_added_or_dropped_shows_all_that_it_has),
    T(scope_and_order_are_told_in_words), T(terms_are_part_of_the_difference),
    T(a_change_that_reads_as_before_is_told_too),
    T(each_field_of_terms_and_milestones_is_part_of_the_difference),
    T(amounts_of_two_currencies_have_no_difference), T(a_recurrence_is_told_by_its_members))
