#include "core/milestone_template.h"

#include "sample.h"

struct scene {
    struct arena *arena;
    struct template_milestone milestones[3];
    struct milestone_template template;
};

static void set(struct scene *scene)
{
    *scene = (struct scene){.arena = arena_new()};
    static const char *codes[] = {"S1", "S2", "S3"};
    for (size_t i = 0; i < 3; i++)
        scene->milestones[i] = (struct template_milestone){
            .code = codes[i], .title = "Sprint", .weight = 1, .due_days = 14 * ((int64_t)i + 1)};
    scene->milestones[1].after = (struct texts){codes, 1};
    scene->milestones[2].after = (struct texts){codes, 2};
    scene->template.name = "Three sprints";
    scene->template.milestones = (struct list){scene->milestones, 3};
}

static struct plan applied(struct scene *scene, int64_t total_minor)
{
    struct fault fault = {0};
    struct plan plan = {.currency = "EUR", .total_minor = 1};
    struct template_use use = {total_minor, sample_day("2016-06-20"), TAX_STANDARD, 190000};
    ALLOWED(milestone_template_apply(scene->arena, &scene->template, &use, &plan, &fault));
    return plan;
}

static const struct plan_milestone *planned(const struct plan *plan, size_t i)
{
    return LIST_AT(struct plan_milestone, plan->milestones, i);
}

CASE(equal_weights_split_a_total_to_the_cent_and_the_earlier_gets_more)
{
    struct scene scene;
    set(&scene);
    struct plan plan = applied(&scene, 10000);
    assert_int_equal(plan.total_minor, 10000);
    assert_int_equal(planned(&plan, 0)->price_minor, 3334);
    assert_int_equal(planned(&plan, 1)->price_minor, 3333);
    assert_int_equal(planned(&plan, 2)->price_minor, 3333);
    arena_free(scene.arena);
}

CASE(prices_sum_to_exactly_the_total_whatever_the_weights)
{
    struct scene scene;
    set(&scene);
    for (int64_t total = 0; total < 3000; total += 7) {
        scene.milestones[0].weight = 1 + total % 11;
        scene.milestones[1].weight = WEIGHT_LIMIT - total % 13;
        scene.milestones[2].weight = 1 + total % 100;
        struct plan plan = applied(&scene, total);
        int64_t sum = 0;
        for (size_t i = 0; i < 3; i++) {
            assert_true(planned(&plan, i)->price_minor >= 0);
            sum += planned(&plan, i)->price_minor;
        }
        assert_int_equal(sum, total);
    }
    arena_free(scene.arena);
}

CASE(days_codes_and_order_come_from_the_template)
{
    struct scene scene;
    set(&scene);
    struct plan plan = applied(&scene, 600);
    assert_int_equal(planned(&plan, 0)->due_day, sample_day("2016-07-04"));
    assert_int_equal(planned(&plan, 2)->due_day, sample_day("2016-08-01"));
    assert_string_equal(planned(&plan, 2)->after.texts[1], "S2");
    assert_int_equal(planned(&plan, 1)->tax_rate_ppm, 190000);
    assert_int_equal(planned(&plan, 1)->start_day, DAY_NONE);
    arena_free(scene.arena);
}

CASE(a_template_that_does_not_hold_together_is_refused)
{
    struct scene scene;
    struct fault fault = {0};
    set(&scene);
    ALLOWED(milestone_template_check(scene.arena, &scene.template, &fault));
    scene.milestones[2].code = "S1";
    REFUSED(milestone_template_check(scene.arena, &scene.template, &fault), ERROR_CONFLICT,
            "milestones/2/code");
    scene.milestones[2].code = "S 3";
    REFUSED(milestone_template_check(scene.arena, &scene.template, &fault), ERROR_INVALID,
            "milestones/2/code");
    scene.milestones[2].code = "S3";
    scene.milestones[2].after = TEXTS("S1", "S9");
    REFUSED(milestone_template_check(scene.arena, &scene.template, &fault), ERROR_INVALID,
            "milestones/2/after/1");
    scene.milestones[2].after = TEXTS("S2");
    scene.milestones[2].due_days = 27;
    REFUSED(milestone_template_check(scene.arena, &scene.template, &fault), ERROR_OUT_OF_RANGE,
            "milestones/2/due_days");
    scene.milestones[1].after = TEXTS("S3");
    scene.milestones[1].due_days = 27;
    REFUSED(milestone_template_check(scene.arena, &scene.template, &fault), ERROR_CYCLE,
            "milestones");
    scene.template.milestones.count = 0;
    REFUSED(milestone_template_check(scene.arena, &scene.template, &fault), ERROR_INVALID,
            "milestones");
    scene.template.name = " ";
    REFUSED(milestone_template_check(scene.arena, &scene.template, &fault), ERROR_INVALID, "name");
    arena_free(scene.arena);
}

CASE(a_template_is_retired_once)
{
    struct scene scene;
    struct fault fault = {0};
    set(&scene);
    ALLOWED(milestone_template_check_current(&scene.template, "retired_at", &fault));
    ALLOWED(milestone_template_retire(&scene.template, 1466589600000, &fault));
    assert_int_equal(scene.template.retired_at, 1466589600000);
    REFUSED(milestone_template_retire(&scene.template, 1466589600001, &fault), ERROR_WRONG_STATE,
            "retired_at");
    assert_int_equal(scene.template.retired_at, 1466589600000);
    REFUSED(milestone_template_check_current(&scene.template, "milestone_template_id", &fault),
            ERROR_WRONG_STATE, "milestone_template_id");
    arena_free(scene.arena);
}

RUN(T(equal_weights_split_a_total_to_the_cent_and_the_earlier_gets_more),
    T(prices_sum_to_exactly_the_total_whatever_the_weights),
    T(days_codes_and_order_come_from_the_template),
    T(a_template_that_does_not_hold_together_is_refused), T(a_template_is_retired_once))
