#include "action/milestone_template.h"

#include "../scenario.h"
#include "action/evidence_log.h"
#include "base/day.h"

static struct milestone_template created(const struct scenario *s)
{
    static struct template_milestone milestones[] = {
        {.code = "A", .title = "Design", .weight = 30, .due_days = 14},
        {.code = "B", .title = "Build", .weight = 55, .due_days = 60},
        {.code = "C", .title = "Hand over", .weight = 15, .due_days = 74},
    };
    static const char *after[] = {"A", "B"};
    milestones[1].after = (struct texts){after, 1};
    milestones[2].after = (struct texts){after + 1, 1};
    struct milestone_template in = {.name = "Website", .milestones = {milestones, 3}}, out;
    assert_result(s->stage,
                  stage_perform(s->stage, stage_user(USER_SALES),
                                &create_milestone_template_operation, &in, &out),
                  OK);
    return out;
}

static enum error apply(const struct scenario *s, struct id template_id, const char *currency,
                        struct proposal *out)
{
    struct apply_template in = {
        .id = s->proposal.id,
        .milestone_template_id = template_id,
        .currency = currency,
        .total_minor = 100001,
        .start_day = 16974, /* 2016-06-22 */
        .tax_category = TAX_STANDARD,
        .tax_rate_ppm = 190000,
    };
    return stage_perform(s->stage, scenario_owner(s), &apply_milestone_template_operation, &in,
                         out);
}

static void set(struct scenario *s, void **state)
{
    scenario_client(s, *state);
    scenario_engagement(s);
    scenario_requirements(s, 2);
    scenario_draft(s, scenario_plan(s, 2));
}

CASE(an_applied_template_splits_the_total_by_its_weights_and_keeps_the_terms)
{
    struct scenario s;
    struct proposal out;
    set(&s, state);
    struct milestone_template template = created(&s);
    assert_result(s.stage, apply(&s, template.id, "EUR", &out), OK);
    const struct plan_milestone *rows = out.plan->milestones.rows;
    assert_int_equal(out.plan->milestones.count, 3);
    assert_int_equal(out.total_minor, 100001);
    assert_int_equal(rows[0].price_minor, 30000);
    assert_int_equal(rows[1].price_minor, 55001);
    assert_int_equal(rows[2].price_minor, 15000);
    assert_string_equal(rows[2].after.texts[0], "B");
    assert_int_equal(rows[2].due_day, 16974 + 74);
    assert_int_equal(out.plan->terms->acceptance_days, s.proposal.plan->terms->acceptance_days);
    scenario_load(&s, &proposal_shape, s.proposal.id, &s.proposal);
    scenario_send(&s); /* it is a plan that can be sent */
}

CASE(only_a_draft_in_its_own_currency_takes_a_template_that_is_there)
{
    struct scenario s;
    struct proposal out;
    set(&s, state);
    struct milestone_template template = created(&s);
    assert_result(s.stage, apply(&s, template.id, "USD", &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "currency");
    assert_result(s.stage, apply(&s, s.client.id, "EUR", &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "milestone_template_id");
    scenario_send(&s);
    assert_result(s.stage, apply(&s, template.id, "EUR", &out), ERROR_WRONG_STATE);
    assert_int_equal(scenario_events(&s, "proposal.changed"), 0);
}

CASE(a_change_names_the_version_that_it_means_and_holds_together)
{
    struct scenario s;
    struct milestone_template out;
    scenario_client(&s, *state);
    struct milestone_template template = created(&s);
    template.name = "Shop";
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 1,
                                   &change_milestone_template_operation, &template, &out),
                  OK);
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 1,
                                   &change_milestone_template_operation, &template, &out),
                  ERROR_STALE);
    template.milestones.count = 0;
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 2,
                                   &change_milestone_template_operation, &template, &out),
                  ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "milestones");
}

static enum error retire(const struct scenario *s, struct id id, struct milestone_template *out)
{
    struct subject in = {.id = id};
    return stage_perform(s->stage, stage_user(USER_SALES), &retire_milestone_template_operation,
                         &in, out);
}

static size_t leaves_of(const struct scenario *s, struct id id, const char *event)
{
    struct list_leaves query = {.page.limit = 10, .event = event, .subject_id = id};
    struct page page;
    assert_result(s->stage,
                  stage_perform(s->stage, scenario_owner(s), &list_leaves_operation, &query, &page),
                  OK);
    return page.items.count;
}

/* Whether a list has it: of the newest, as cases share a company. */
static bool is_listed(const struct scenario *s, struct id id, bool with_retired)
{
    struct list_milestone_templates query = {.page = {.limit = 1, .sort = "-id"},
                                             .with_retired = with_retired};
    struct page page;
    assert_result(s->stage,
                  stage_perform(s->stage, scenario_owner(s), &list_milestone_templates_operation,
                                &query, &page),
                  OK);
    return page.items.count == 1 &&
           id_equal(LIST_AT(struct milestone_template, page.items, 0)->id, id);
}

CASE(a_retired_template_begins_no_proposal_and_stays_to_be_read)
{
    struct scenario s;
    struct proposal applied;
    struct milestone_template out;
    set(&s, state);
    struct milestone_template template = created(&s);
    assert_result(s.stage, apply(&s, template.id, "EUR", &applied), OK);
    assert_true(is_listed(&s, template.id, false));
    assert_result(s.stage, retire(&s, template.id, &out), OK);
    assert_int_equal(out.retired_at, STAGE_NOW_MS);
    assert_int_equal(out.version, template.version + 1);
    assert_int_equal(leaves_of(&s, template.id, "milestone_template.retired"), 1);
    assert_false(is_listed(&s, template.id, false));
    assert_true(is_listed(&s, template.id, true));
    scenario_load(&s, &milestone_template_shape, template.id, &out);
    assert_string_equal(out.name, "Website");
    assert_result(s.stage, apply(&s, template.id, "EUR", &applied), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "milestone_template_id");
    scenario_load(&s, &proposal_shape, s.proposal.id, &s.proposal);
    scenario_send(&s); /* what was made from it is a copy */
}

CASE(a_retired_template_is_neither_changed_nor_retired_again)
{
    struct scenario s;
    struct milestone_template out;
    scenario_client(&s, *state);
    struct milestone_template template = created(&s);
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 7,
                                   &retire_milestone_template_operation,
                                   &(struct subject){.id = template.id}, &out),
                  ERROR_STALE);
    assert_result(s.stage, retire(&s, template.id, &out), OK);
    template.name = "Shop";
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 2,
                                   &change_milestone_template_operation, &template, &out),
                  ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "retired_at");
    assert_result(s.stage, retire(&s, template.id, &out), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "retired_at");
    scenario_load(&s, &milestone_template_shape, template.id, &out);
    assert_string_equal(out.name, "Website");
    assert_int_equal(out.version, 2);
}

CASE(owners_and_sales_write_templates_and_no_client_reads_them)
{
    enum {
        WRITERS = ROLE_OWNER | ROLE_SALES,
        AGENCY = WRITERS | ROLE_DELIVERY | ROLE_FINANCE | ROLE_AUDITOR | ROLE_OPERATOR,
    };
    struct stage *stage = *state;
    stage_assert_only(stage, &create_milestone_template_operation, WRITERS);
    stage_assert_only(stage, &change_milestone_template_operation, WRITERS);
    stage_assert_only(stage, &retire_milestone_template_operation, WRITERS);
    stage_assert_only(stage, &apply_milestone_template_operation, WRITERS);
    stage_assert_only(stage, &list_milestone_templates_operation, AGENCY);
    stage_assert_only(stage, &show_milestone_template_operation, AGENCY);
}

STAGE_RUN(T(an_applied_template_splits_the_total_by_its_weights_and_keeps_the_terms),
          T(only_a_draft_in_its_own_currency_takes_a_template_that_is_there),
          T(a_change_names_the_version_that_it_means_and_holds_together),
          T(a_retired_template_begins_no_proposal_and_stays_to_be_read),
          T(a_retired_template_is_neither_changed_nor_retired_again),
          T(owners_and_sales_write_templates_and_no_client_reads_them))
