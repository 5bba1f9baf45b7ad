#include "action/change_order.h"

#include <stdlib.h>

#include "action/credit_note.h"
#include "action/milestone.h"
#include "action/paper.h"
#include "action/price_reduction.h"
#include "action/turn.h"
#include "base/day.h"
#include "base/json.h"
#include "core/change_apply.h"
#include "core/change_document.h"
#include "core/contract_position.h"
#include "core/plan_diff.h"
#include "core/turn.h"

#include "explained.h"

static const struct explained effect_explained = {&show_change_effect_operation,
                                                  &explain_change_effect_operation};

static const char consent[] = "I have read the whole document and sign it electronically.";
static const int64_t day_ms = 24 * 60 * 60 * 1000;

/* ---- steps --------------------------------------------------------------------------------- */

/* The plan of the scene's contract, to be changed. */
static struct plan *plan_of(const struct scene *scene)
{
    struct contract contract;
    get_row(scene->stage, &contract_shape, scene->scenario.contract.id, &contract);
    return contract.plan;
}

/* A milestone's price, with the total. */
static void set_price(struct plan *plan, size_t i, int64_t price_minor)
{
    struct plan_milestone *milestone = scenario_planned(plan, i);
    plan->total_minor += price_minor - milestone->price_minor;
    milestone->price_minor = price_minor;
}

static void add_milestone(const struct scene *scene, struct plan *plan, const char *code,
                          const char *after, int64_t price_minor)
{
    size_t count = plan->milestones.count;
    struct plan_milestone *rows = arena_array(scene->stage->arena, count + 1, sizeof *rows);
    memcpy(rows, plan->milestones.rows, count * sizeof *rows);
    const char **codes = arena_copy(scene->stage->arena, &after, sizeof after);
    rows[count] = rows[count - 1];
    rows[count].code = code;
    rows[count].title = "Search";
    rows[count].after = (struct texts){codes, 1};
    rows[count].due_day += 7;
    rows[count].price_minor = price_minor;
    plan->milestones = (struct list){rows, count + 1};
    plan->total_minor += price_minor;
}

/* Takes the last milestone out. */
static void drop_last(struct plan *plan)
{
    plan->total_minor -= scenario_planned(plan, plan->milestones.count - 1)->price_minor;
    plan->milestones.count--;
}

static struct change_order form_of(const struct scene *scene, struct plan *plan)
{
    return (struct change_order){
        .engagement_id = scene->engagement.id,
        .title = "Search and a later launch",
        .purpose = "The client asked for a search",
        .plan = plan,
        .start_day = DAY_NONE,
        .valid_until_day = time_day(clock_now_ms(&scene->stage->clock)) + 14,
    };
}

static enum error compose(const struct scene *scene, struct change_order *form,
                          struct change_order *out)
{
    return stage_perform(scene->stage, scene->owner, &create_change_order_operation, form, out);
}

static struct change_order drafted(const struct scene *scene, struct plan *plan)
{
    struct change_order form = form_of(scene, plan), order;
    assert_result(scene->stage, compose(scene, &form, &order), OK);
    return order;
}

static enum error propose(const struct scene *scene, struct id id, struct change_order *out)
{
    struct signer signers[] = {{SIDE_AGENCY, scene->owner.id, "managing director"},
                               {SIDE_CLIENT, scene->approver.id, NULL}};
    struct propose_change_order in = {id, {signers, 2}};
    return stage_perform(scene->stage, scene->owner, &propose_change_order_operation, &in, out);
}

static enum error sign_as(const struct scene *scene, struct actor actor,
                          const struct change_order *order, struct change_order *out)
{
    struct sign_contract in = {order->id, order->document_hash, consent};
    return stage_perform(scene->stage, actor, &sign_change_order_operation, &in, out);
}

static enum error act(const struct scene *scene, struct actor actor,
                      const struct operation *operation, struct id id, void *out)
{
    struct subject subject = {id};
    return stage_perform(scene->stage, actor, operation, &subject, out);
}

static struct explanation explain_effect(const struct scene *scene, struct actor actor,
                                         struct id id)
{
    struct subject subject = {id};
    return explain_shown(scene->stage, actor, &effect_explained, &subject, 0);
}

static struct change_order proposed_form(const struct scene *scene, struct change_order *form)
{
    struct change_order order;
    assert_result(scene->stage, compose(scene, form, &order), OK);
    assert_result(scene->stage, propose(scene, order.id, &order), OK);
    return order;
}

static struct change_order proposed(const struct scene *scene, struct plan *plan)
{
    struct change_order form = form_of(scene, plan);
    return proposed_form(scene, &form);
}

static struct change_order sign_all(const struct scene *scene, const struct change_order *order)
{
    struct change_order out;
    assert_result(scene->stage, sign_as(scene, scene->owner, order, &out), OK);
    assert_result(scene->stage, sign_as(scene, scene->approver, order, &out), OK);
    return out;
}

/* Everything that an order could change, as one text. */
static const char *facts_of(const struct scene *scene)
{
    struct text_buffer text = text_buffer_in(scene->stage->arena);
    struct contract_position position = scene_position(scene);
    struct list_milestones query = {.page.limit = 50, .engagement_id = scene->engagement.id};
    struct page page;
    struct stage *stage = scene->stage;
    assert_result(
        stage, stage_perform(stage, scene->owner, &list_milestones_operation, &query, &page), OK);
    json_write_shape(&text, &contract_position_shape, &position, JSON_CANONICAL);
    for (size_t i = 0; i < page.items.count; i++)
        json_write_shape(&text, &milestone_shape, LIST_AT(struct milestone, page.items, i),
                         JSON_CANONICAL);
    text_printf(&text, "%lld", (long long)scenario_dependencies(&scene->scenario));
    return text.bytes;
}

/* What was issued and signed, as it is stored: an invoice, its paper and the contract's text. */
static const char *issued_facts(const struct scene *scene, struct id invoice_id)
{
    struct text_buffer text = text_buffer_in(scene->stage->arena);
    struct invoice invoice;
    struct contract contract;
    get_row(scene->stage, &invoice_shape, invoice_id, &invoice);
    get_row(scene->stage, &contract_shape, scene->scenario.contract.id, &contract);
    json_write_shape(&text, &invoice_shape, &invoice, JSON_CANONICAL);
    text_put_text(&text, paper_of(scene->stage, invoice_id, DOCUMENT_INVOICE));
    text_put_text(&text, contract.document);
    return text.bytes;
}

/* The milestone of that code, as it is. */
static struct milestone milestone_named(const struct scene *scene, const char *code)
{
    struct list_milestones query = {.page.limit = 50, .engagement_id = scene->engagement.id};
    struct page page;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->owner, &list_milestones_operation, &query, &page), OK);
    for (size_t i = 0; i < page.items.count; i++) {
        struct milestone *milestone = LIST_AT(struct milestone, page.items, i);
        if (strcmp(milestone->code, code) == 0)
            return *milestone;
    }
    fail_msg("there is no milestone %s", code);
    return (struct milestone){0};
}

/* ---- before anyone agrees ------------------------------------------------------------------ */

CASE(both_sides_see_what_it_does_before_anyone_agrees)
{
    struct scene scene;
    struct change_effect effect;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 2, 220000);
    for (size_t i = 2; i < SCENE_MILESTONES; i++)
        scenario_planned(plan, i)->due_day += 9;
    struct change_order order = proposed(&scene, plan);
    assert_result(scene.stage,
                  act(&scene, scene.viewer, &show_change_effect_operation, order.id, &effect), OK);
    explain_effect(&scene, scene.viewer, order.id);
    assert_int_equal(effect.sum_before_minor, 500000);
    assert_int_equal(effect.change_minor, 120000);
    assert_int_equal(effect.sum_after_minor, 620000);
    assert_int_equal(effect.tax_change_minor, 22800);
    assert_int_equal(effect.end_moved_days, 9);
    assert_int_equal(effect.problems.count, 0);
    const struct milestone_effect *third = LIST_AT(struct milestone_effect, effect.milestones, 2);
    assert_string_equal(third->summary, "+1200.00 EUR, +9 days");
    assert_null(LIST_AT(struct milestone_effect, effect.milestones, 0)->summary);
}

CASE(what_is_only_typed_is_previewed_and_nothing_is_saved)
{
    struct scene scene;
    struct change_effect effect;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    scenario_planned(plan, 0)->due_day += 9; /* all others keep their days */
    scenario_planned(plan, 1)->price_minor += 5;
    struct change_order in = form_of(&scene, plan);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &preview_change_order_operation, &in, &effect),
        OK);
    const struct effect_problem *problem = LIST_AT(struct effect_problem, effect.problems, 0);
    assert_int_equal(effect.problems.count, 1);
    assert_string_equal(problem->code, "out-of-range");
    assert_string_equal(problem->field, "plan/milestones/1/due_day");
    const struct milestone_effect *last = LIST_AT(struct milestone_effect, effect.milestones, 4);
    assert_int_equal(last->days_short, 9);
    assert_int_equal(last->graph_after_day, last->due_before_day + 9);
    assert_int_equal(scenario_events(&scene.scenario, "change_order.drafted"), 0);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &preview_change_order_operation, &in, &effect),
        ERROR_FORBIDDEN);
}

/* 2026-11-29: the server ended when it looked for the invoice. */
CASE(what_was_taken_off_and_credited_in_full_is_previewed_below_that)
{
    struct scene scene;
    struct change_effect effect;
    struct price_reduction form_of_reduction = {
        .amount_minor = 60000, .currency = "EUR", .reason = "no satellite view"};
    struct price_reduction reduction;
    struct invoice note;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    form_of_reduction.milestone_id = scene.milestones[0].id;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.owner, &propose_price_reduction_operation,
                                &form_of_reduction, &reduction),
                  OK);
    struct decide_price_reduction agreed = {.id = reduction.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.approver, &agree_price_reduction_operation,
                                &agreed, &reduction),
                  OK);
    struct issue_credit_note in = {.invoice_id = scene_accept(&scene, 0, &submission).invoice_id,
                                   .reason = "all of it"};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 0, 50000);
    struct change_order form = form_of(&scene, plan);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &preview_change_order_operation, &form, &effect),
        OK);
    assert_int_equal(effect.credits.count, 0);
    assert_int_equal(effect.problems.count, 1);
    assert_string_equal(LIST_AT(struct effect_problem, effect.problems, 0)->field,
                        "plan/milestones/0/price");
}

CASE(a_draft_is_the_agencys_own_and_a_proposed_one_is_the_clients_too)
{
    struct scene scene;
    struct change_order order, out;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 4, 50000);
    order = drafted(&scene, plan);
    assert_int_equal(order.state, CHANGE_ORDER_DRAFT);
    assert_int_equal(order.number, 1);
    assert_int_equal(order.change_minor, -50000);
    assert_result(scene.stage,
                  act(&scene, scene.approver, &show_change_order_operation, order.id, &out),
                  ERROR_NOT_FOUND);
    assert_result(scene.stage, propose(&scene, order.id, &order), OK);
    assert_result(scene.stage,
                  act(&scene, scene.viewer, &show_change_order_operation, order.id, &out), OK);
    assert_int_equal(out.signatures.count, 2);
    assert_result(scene.stage,
                  act(&scene, scene.stranger, &show_change_order_operation, order.id, &out),
                  ERROR_NOT_FOUND);
    assert_result(scene.stage,
                  act(&scene, scene.stranger, &show_change_effect_operation, order.id, &out),
                  ERROR_NOT_FOUND);
    struct explanation explanation;
    assert_result(
        scene.stage,
        act(&scene, scene.stranger, &explain_change_effect_operation, order.id, &explanation),
        ERROR_NOT_FOUND);
}

/* The turn of that kind as somebody sees it, or NULL. */
static const struct turn *turn_of(const struct scene *scene, struct actor actor,
                                  enum turn_kind kind)
{
    struct list_turns_in in = {.engagement_id = scene->engagement.id};
    struct turns turns;
    assert_result(scene->stage,
                  stage_perform(scene->stage, actor, &list_turns_operation, &in, &turns), OK);
    for (size_t i = 0; i < turns.items.count; i++) {
        if (LIST_AT(struct turn, turns.items, i)->kind == kind)
            return LIST_AT(struct turn, turns.items, i);
    }
    return NULL;
}

CASE(a_draft_waits_to_be_proposed_and_a_proposed_one_to_be_signed)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 4, 50000);
    struct change_order order = drafted(&scene, plan);
    const struct turn *turn = turn_of(&scene, scene.finance, TURN_PROPOSE_CHANGE_ORDER);
    assert_non_null(turn);
    assert_string_equal(turn->what, "propose the change order 1");
    assert_true(id_equal(turn->subject_id, order.id));
    assert_null(turn_of(&scene, scene.approver, TURN_PROPOSE_CHANGE_ORDER));
    assert_result(scene.stage, propose(&scene, order.id, &order), OK);
    assert_null(turn_of(&scene, scene.finance, TURN_PROPOSE_CHANGE_ORDER));
    assert_non_null(turn_of(&scene, scene.approver, TURN_SIGN_CHANGE_ORDER));
}

CASE(sums_that_do_not_match_are_neither_proposed_nor_settled_on_a_stranger)
{
    struct scene scene;
    struct change_order order, out;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    plan->total_minor += 12345;
    order = drafted(&scene, plan);
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_SUM_MISMATCH);
    struct settle_change_order in = {order.id, "M9"};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &settle_change_order_operation, &in, &out),
        ERROR_NOT_FOUND);
    in.code = "M5";
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &settle_change_order_operation, &in, &out), OK);
    assert_int_equal(scenario_planned(out.plan, 4)->price_minor, 112345);
    assert_result(scene.stage, propose(&scene, order.id, &out), OK);
}

CASE(an_order_that_changes_nothing_is_refused)
{
    struct scene scene;
    struct change_order order, out;
    scene_set(&scene, *state, NULL);
    struct change_order form = form_of(&scene, NULL); /* as it is now */
    assert_result(scene.stage, compose(&scene, &form, &order), OK);
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "plan");
}

CASE(cycles_are_refused_when_it_is_written_and_unknown_codes_when_it_is_proposed)
{
    struct scene scene;
    struct change_order order, out;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    const char *last = "M5";
    scenario_planned(plan, 0)->after = (struct texts){&last, 1};
    struct change_order form = form_of(&scene, plan);
    assert_result(scene.stage, compose(&scene, &form, &order), ERROR_CYCLE);
    assert_string_equal(scene.stage->fault.field, "plan/milestones");
    last = "M7";
    assert_result(scene.stage, compose(&scene, &form, &order), OK);
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "plan/milestones/0/after/0");
}

CASE(only_those_whose_task_it_is_compose_propose_and_sign)
{
    struct stage *stage = *state;
    stage_assert_only(stage, &create_change_order_operation,
                      ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY);
    stage_assert_only(stage, &propose_change_order_operation, ROLE_OWNER | ROLE_SALES);
    stage_assert_only(stage, &withdraw_change_order_operation, ROLE_OWNER | ROLE_SALES);
    stage_assert_only(stage, &sign_change_order_operation, ROLE_OWNER | ROLE_APPROVER);
    stage_assert_only(stage, &decline_change_order_operation, ROLE_OWNER | ROLE_APPROVER);
}

/* ---- agreeing ------------------------------------------------------------------------------ */

CASE(nothing_changes_before_the_last_signature_and_all_of_it_with_that)
{
    struct scene scene;
    struct change_order out;
    scene_set(&scene, *state, NULL);
    const char *before = facts_of(&scene);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 1, 150000);
    drop_last(plan);
    add_milestone(&scene, plan, "M6", "M2", 30000);
    struct change_order order = proposed(&scene, plan);
    assert_string_equal(facts_of(&scene), before);
    assert_result(scene.stage, sign_as(&scene, scene.owner, &order, &out), OK);
    assert_int_equal(out.state, CHANGE_ORDER_PARTLY_SIGNED);
    assert_string_equal(facts_of(&scene), before);
    assert_result(scene.stage, sign_as(&scene, scene.approver, &order, &out), OK);
    assert_int_equal(out.state, CHANGE_ORDER_APPLIED);
    assert_int_equal(out.applied_number, 1);
    struct contract_position position = scene_position(&scene);
    assert_int_equal(position.sum_minor, 500000);
    assert_int_equal(position.changes_minor, 50000 - 100000 + 30000);
    assert_int_equal(position.sum_to_date_minor, 480000);
    assert_int_equal(milestone_named(&scene, "M2").price_minor, 150000);
    assert_int_equal(milestone_named(&scene, "M5").state, MILESTONE_CANCELLED);
    struct milestone added = milestone_named(&scene, "M6");
    assert_int_equal(added.state, MILESTONE_PLANNED);
    assert_int_equal(added.number, 6);
    assert_int_equal(added.price_minor, 30000);
    assert_int_equal(scenario_dependencies(&scene.scenario), 4); /* M2 to M4, and M6 after M2 */
    assert_int_equal(scenario_events(&scene.scenario, "change_order.signed"), 2);
}

CASE(it_is_signed_in_order_alone_on_its_own_text)
{
    struct scene scene;
    struct change_order_text text;
    struct change_order out;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 1, 150000);
    struct change_order order = proposed(&scene, plan);
    assert_result(scene.stage, sign_as(&scene, scene.approver, &order, &out), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "sequence");
    assert_result(scene.stage, sign_as(&scene, stage_user(USER_OWNER), &order, &out),
                  ERROR_FORBIDDEN);
    assert_result(scene.stage, sign_as(&scene, scene.stranger, &order, &out), ERROR_NOT_FOUND);
    struct change_order other = order;
    other.document_hash = scene.scenario.contract.document_hash;
    assert_result(scene.stage, sign_as(&scene, scene.owner, &other, &out), ERROR_STALE);
    assert_string_equal(scene.stage->fault.field, "document_hash");
    assert_result(scene.stage,
                  act(&scene, scene.viewer, &show_change_order_text_operation, order.id, &text),
                  OK);
    assert_true(hash_equal(hash_bytes(text.document, strlen(text.document)), order.document_hash));
    assert_non_null(strstr(text.document, CHANGE_DOCUMENT_FORMAT));
    assert_non_null(strstr(text.document, scene.scenario.contract.number));
    assert_non_null(strstr(text.document, "+500.00 EUR"));
    out = sign_all(&scene, &order);
    assert_int_equal(out.state, CHANGE_ORDER_APPLIED);
    assert_result(scene.stage,
                  change_order_holds(scene.stage->arena, &out, scene.scenario.contract.number,
                                     500000, &out.signatures, &scene.stage->fault),
                  OK);
    struct contract contract;
    get_row(scene.stage, &contract_shape, scene.scenario.contract.id, &contract);
    assert_string_equal(contract.document, scene.scenario.contract.document);
    assert_int_equal(contract.sum_minor, 500000);
}

CASE(a_term_that_changes_is_shown_before_and_stands_in_the_signed_text)
{
    struct scene scene;
    struct change_effect effect;
    struct change_order_text text;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    plan->terms->payment_days = 7;
    struct change_order order = proposed(&scene, plan);
    assert_result(scene.stage,
                  act(&scene, scene.viewer, &show_change_effect_operation, order.id, &effect), OK);
    explain_effect(&scene, scene.viewer, order.id);
    assert_int_equal(effect.change_minor, 0);
    assert_int_equal(effect.changes.count, 1);
    const struct plan_change *change = LIST_AT(struct plan_change, effect.changes, 0);
    assert_string_equal(change->field, "terms/payment_days");
    assert_string_equal(change->from, "30");
    assert_string_equal(change->to, "7");
    assert_result(scene.stage,
                  act(&scene, scene.viewer, &show_change_order_text_operation, order.id, &text),
                  OK);
    assert_non_null(strstr(text.document, "\"field\":\"terms/payment_days\",\"from\":\"30\""));
}

CASE(both_sides_are_told_and_each_signer_in_turn)
{
    struct scene scene;
    struct change_order out;
    const char *body = NULL;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 1, 150000);
    struct change_order order = proposed(&scene, plan);
    const char *owner = scene.scenario.owner.email, *approver = scene.approver_row.email;
    assert_int_equal(count_mail(scene.stage, owner, order.id, NULL), 2);
    assert_int_equal(count_mail(scene.stage, approver, order.id, &body), 1);
    assert_non_null(strstr(body, "Change              +500.00 EUR net"));
    assert_result(scene.stage, sign_as(&scene, scene.owner, &order, &out), OK);
    assert_int_equal(count_mail(scene.stage, approver, order.id, &body), 2);
    assert_non_null(strstr(body, "waits for your signature"));
    assert_result(scene.stage, sign_as(&scene, scene.approver, &order, &out), OK);
    assert_int_equal(count_mail(scene.stage, owner, order.id, &body), 3);
    assert_non_null(strstr(body, "It is in force."));
}

CASE(what_was_handed_over_before_silence_got_an_effect_is_still_decided)
{
    struct scene scene;
    struct contract_terms terms;
    shape_init(&contract_terms_shape, &terms);
    terms.payment_days = 30;
    terms.acceptance_days = 10;
    terms.acceptance_day_kind = DAYS_CALENDAR;
    terms.silence = SILENCE_NONE;
    terms.time_zone = "Europe/Berlin";
    scene_set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    struct plan *plan = plan_of(&scene);
    plan->terms->silence = SILENCE_DEEMED;
    struct change_order order = proposed(&scene, plan);
    sign_all(&scene, &order);
    clock_set(&scene.stage->clock, submission.deadline_at + DAY_MS);
    run_due_jobs(scene.stage);
    scene_accept(&scene, 0, &submission);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(its_papers_are_kept_before_and_after_it_is_signed)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 1, 150000);
    struct change_order order = proposed(&scene, plan);
    const char *paper = paper_of(scene.stage, order.id, DOCUMENT_CHANGE_ORDER);
    assert_non_null(strstr(paper, "\"summary\":\"+500.00 EUR\""));
    assert_null(strstr(paper, consent));
    sign_all(&scene, &order);
    assert_non_null(strstr(paper_of(scene.stage, order.id, DOCUMENT_CHANGE_ORDER_SIGNED), consent));
}

/* Another came in between. */
CASE(an_order_composed_against_an_older_state_is_stale_and_revising_rebases_it)
{
    struct scene scene;
    struct change_order out, draft;
    struct change_effect effect;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene), *other = plan_of(&scene);
    set_price(plan, 1, 150000);
    set_price(other, 2, 90000);
    struct change_order first = proposed(&scene, plan), second = proposed(&scene, other);
    sign_all(&scene, &first);
    const char *before = facts_of(&scene);
    assert_result(scene.stage, sign_as(&scene, scene.owner, &second, &out), ERROR_STALE);
    assert_string_equal(scene.stage->fault.field, "based_on_id");
    assert_non_null(strstr(scene.stage->fault.detail, "revise it"));
    assert_result(scene.stage,
                  act(&scene, scene.viewer, &show_change_order_operation, second.id, &out), OK);
    assert_true(out.is_stale);
    assert_result(scene.stage,
                  act(&scene, scene.owner, &show_change_effect_operation, second.id, &effect), OK);
    explain_effect(&scene, scene.owner, second.id);
    assert_string_equal(LIST_AT(struct effect_problem, effect.problems, 0)->code, "stale");
    assert_result(scene.stage,
                  act(&scene, scene.owner, &revise_change_order_operation, second.id, &draft), OK);
    assert_int_equal(draft.number, 2);
    assert_int_equal(draft.revision, 2);
    assert_true(id_equal(draft.based_on_id, first.id));
    assert_int_equal(draft.sum_before_minor, 550000);
    assert_int_equal(draft.change_minor, -10000);
    assert_int_equal(scenario_planned(draft.plan, 1)->price_minor, 150000);
    assert_int_equal(scenario_planned(draft.plan, 2)->price_minor, 90000);
    assert_result(scene.stage,
                  act(&scene, scene.owner, &revise_change_order_operation, second.id, &out),
                  ERROR_CONFLICT);
    assert_string_equal(facts_of(&scene), before);
    assert_result(scene.stage, propose(&scene, draft.id, &draft), OK);
    get_row(scene.stage, &change_order_shape, second.id, &out);
    assert_int_equal(out.state, CHANGE_ORDER_SUPERSEDED);
    assert_result(scene.stage, sign_as(&scene, scene.owner, &second, &out), ERROR_WRONG_STATE);
    out = sign_all(&scene, &draft);
    assert_int_equal(out.applied_number, 2);
    assert_int_equal(scene_position(&scene).sum_to_date_minor, 540000);
}

/* ---- what may change ----------------------------------------------------------------------- */

CASE(what_is_submitted_can_only_move)
{
    struct scene scene;
    struct change_order order, out;
    scene_set(&scene, *state, NULL);
    scene_submit(&scene, 0);
    const char *before = facts_of(&scene);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 0, 90000);
    struct change_order form = form_of(&scene, plan);
    assert_result(scene.stage, compose(&scene, &form, &order), OK);
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "plan/milestones/0/price");
    assert_non_null(strstr(scene.stage->fault.detail, "M1 is submitted"));
    plan = plan_of(&scene);
    scenario_planned(plan, 1)->after.count = 0;
    plan->milestones.rows = scenario_planned(plan, 1);
    plan->milestones.count--;
    plan->total_minor -= 100000;
    form = form_of(&scene, plan);
    assert_result(scene.stage, compose(&scene, &form, &order), OK);
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "plan/milestones");
    assert_string_equal(facts_of(&scene), before);
    plan = plan_of(&scene);
    scenario_planned(plan, 0)->due_day += 2;
    order = proposed(&scene, plan);
    sign_all(&scene, &order);
    assert_int_equal(milestone_named(&scene, "M1").state, MILESTONE_SUBMITTED);
    assert_int_equal(milestone_named(&scene, "M1").due_day, scenario_planned(plan, 0)->due_day);
}

CASE(what_has_begun_may_change_but_waits_for_nothing_new)
{
    struct scene scene;
    struct change_order order, out;
    struct milestone milestone;
    scene_set(&scene, *state, NULL);
    assert_result(
        scene.stage,
        act(&scene, scene.manager, &start_milestone_operation, scene.milestones[0].id, &milestone),
        OK);
    struct plan *plan = plan_of(&scene);
    static const char *after = "M6";
    add_milestone(&scene, plan, "M6", "M5", 1000);
    scenario_planned(plan, 5)->after.count = 0;
    scenario_planned(plan, 5)->due_day = scenario_planned(plan, 0)->due_day;
    scenario_planned(plan, 0)->after = (struct texts){&after, 1};
    order = drafted(&scene, plan);
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "plan/milestones/0/after/0");
    plan = plan_of(&scene);
    set_price(plan, 0, 120000);
    order = proposed(&scene, plan);
    sign_all(&scene, &order);
    assert_int_equal(milestone_named(&scene, "M1").price_minor, 120000);
    assert_int_equal(milestone_named(&scene, "M1").state, MILESTONE_IN_PROGRESS);
}

/* M3 is a quarter of the total, M4 is not billed. */
static void price_by_share(struct plan *plan)
{
    struct plan_milestone *third = scenario_planned(plan, 2), *fourth = scenario_planned(plan, 3);
    third->pricing = PRICING_PERCENTAGE;
    third->percent_ppm = 250000;
    fourth->pricing = PRICING_NON_BILLABLE;
    plan->total_minor -= fourth->price_minor;
    fourth->price_minor = 0;
}

/* 2026-11-28: a change order made each milestone that it changed one of a fixed price. */
CASE(what_an_order_does_not_speak_of_stays_with_the_milestone)
{
    struct scene scene;
    scene_set_as(&scene, *state, price_by_share);
    struct milestone milestone = milestone_named(&scene, "M3");
    const char *carried = "R1.1";
    milestone.carried_criteria = (struct texts){&carried, 1};
    change_row(scene.stage, &milestone_shape, &milestone);
    struct plan *plan = plan_of(&scene);
    scenario_planned(plan, 2)->title = "Search, and what was left of it";
    struct change_order order = proposed(&scene, plan);
    sign_all(&scene, &order);
    milestone = milestone_named(&scene, "M3");
    assert_string_equal(milestone.title, "Search, and what was left of it");
    assert_int_equal(milestone.pricing, PRICING_PERCENTAGE);
    assert_int_equal(milestone.carried_criteria.count, 1);
}

CASE(a_new_price_ends_what_was_agreed_off_the_old_one)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct milestone milestone = milestone_named(&scene, "M3");
    milestone.reduction_minor = 5000;
    milestone.reduction_reason = "no map";
    change_row(scene.stage, &milestone_shape, &milestone);
    struct plan *plan = plan_of(&scene);
    scenario_planned(plan, 2)->title = "Search";
    struct change_order order = proposed(&scene, plan);
    sign_all(&scene, &order);
    assert_int_equal(milestone_named(&scene, "M3").reduction_minor, 5000);
    plan = plan_of(&scene);
    set_price(plan, 2, 90000);
    order = proposed(&scene, plan);
    sign_all(&scene, &order);
    milestone = milestone_named(&scene, "M3");
    assert_int_equal(milestone.price_minor, 90000);
    assert_int_equal(milestone_reduction(&milestone), 0);
}

CASE(readiness_follows_the_graph_as_it_is_then)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    scenario_planned(plan, 2)->after.count = 0; /* M3 waits for nothing now */
    struct change_order order = proposed(&scene, plan);
    sign_all(&scene, &order);
    assert_int_equal(milestone_named(&scene, "M3").state, MILESTONE_READY);
    plan = order.plan;
    static const char *after = "M2";
    scenario_planned(plan, 2)->after = (struct texts){&after, 1};
    order = proposed(&scene, plan);
    sign_all(&scene, &order);
    assert_int_equal(milestone_named(&scene, "M3").state, MILESTONE_PLANNED);
}

CASE(the_code_of_a_milestone_that_was_dropped_is_not_given_again)
{
    struct scene scene;
    struct change_order out;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    drop_last(plan);
    struct change_order order = proposed(&scene, plan);
    sign_all(&scene, &order);
    plan = plan_of(&scene); /* as it was signed: with M5 */
    order = drafted(&scene, plan);
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_CONFLICT);
    assert_string_equal(scene.stage->fault.field, "plan/milestones/4/code");
}

static struct acceptance accept_first(struct scene *scene)
{
    struct submission submission = scene_submit(scene, 0);
    return scene_accept(scene, 0, &submission);
}

CASE(what_is_accepted_and_billed_is_not_lowered_without_a_credit)
{
    struct scene scene;
    struct change_order order, out;
    struct invoice invoice, after;
    scene_set(&scene, *state, NULL);
    struct acceptance acceptance = accept_first(&scene);
    get_row(scene.stage, &invoice_shape, acceptance.invoice_id, &invoice);
    const char *before = facts_of(&scene);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 0, 60000);
    struct change_order form = form_of(&scene, plan);
    assert_result(scene.stage, compose(&scene, &form, &order), OK);
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "credits");
    assert_non_null(strstr(scene.stage->fault.detail, "M1 is billed already"));
    struct change_credit credit = {"M1", invoice.id, 30000};
    form.credits = (struct list){&credit, 1};
    assert_result(scene.stage, compose(&scene, &form, &order), OK);
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_SUM_MISMATCH);
    assert_string_equal(facts_of(&scene), before);
    credit.net_minor = 40000;
    order = proposed_form(&scene, &form);
    sign_all(&scene, &order);
    get_row(scene.stage, &invoice_shape, invoice.id, &after);
    assert_int_equal(after.version, invoice.version);
    assert_int_equal(after.total_minor, invoice.total_minor);
    assert_int_equal(milestone_named(&scene, "M1").state, MILESTONE_ACCEPTED);
    assert_int_equal(scene_position(&scene).sum_to_date_minor, 460000);
    assert_int_equal(scene_position(&scene).invoiced_minor, 100000);
}

CASE(revisions_differ_in_words_and_clients_compare_what_they_were_shown)
{
    struct scene scene;
    struct change_order draft, form;
    struct change_order_difference difference;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 1, 110000);
    struct change_order first = proposed(&scene, plan);
    struct compare_change_orders in = {.id = first.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.viewer, &compare_change_orders_operation, &in,
                                &difference),
                  ERROR_NOT_FOUND);
    assert_string_equal(scene.stage->fault.field, "from_id");
    assert_result(scene.stage,
                  act(&scene, scene.owner, &revise_change_order_operation, first.id, &draft), OK);
    form = form_of(&scene, draft.plan);
    set_price(form.plan, 1, 112500);
    form.id = draft.id;
    form.title = "Search alone";
    form.valid_until_day += 2;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &change_change_order_operation, &form, &draft), OK);
    in.id = draft.id;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.viewer, &compare_change_orders_operation, &in,
                                &difference),
                  ERROR_NOT_FOUND); /* a draft is the agency's own */
    assert_result(scene.stage, propose(&scene, draft.id, &draft), OK);
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.viewer, &compare_change_orders_operation, &in,
                                &difference),
                  OK);
    assert_int_equal(difference.from_revision, 1);
    assert_int_equal(difference.to_revision, 2);
    assert_int_equal(difference.difference_minor, 2500);
    assert_int_equal(difference.sum_after_minor, draft.sum_after_minor);
    const struct plan_change *title = LIST_AT(struct plan_change, difference.changes, 0);
    const struct plan_change *day = LIST_AT(struct plan_change, difference.changes, 1);
    assert_string_equal(title->field, "title");
    assert_string_equal(title->to, "Search alone");
    assert_string_equal(day->field, "valid_until_day");
    assert_string_equal(day->difference, "+2 days");
    bool is_there = false;
    for (size_t i = 2; i < difference.changes.count; i++) {
        const struct plan_change *change = LIST_AT(struct plan_change, difference.changes, i);
        is_there = is_there || (change->milestone && strcmp(change->milestone, "M2") == 0 &&
                                strcmp(change->difference, "+25.00 EUR") == 0);
    }
    assert_true(is_there);
    struct change_order other = proposed(&scene, plan);
    in.from_id = other.id;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.viewer, &compare_change_orders_operation, &in,
                                &difference),
                  ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "from_id");
    in.from_id = first.id;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.stranger, &compare_change_orders_operation, &in,
                                &difference),
                  ERROR_NOT_FOUND);
}

CASE(the_credit_that_an_order_promised_waits_for_finance)
{
    struct scene scene;
    struct invoice note;
    scene_set(&scene, *state, NULL);
    struct acceptance acceptance = accept_first(&scene);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 0, 60000);
    struct change_order form = form_of(&scene, plan);
    struct change_credit credit = {"M1", acceptance.invoice_id, 40000};
    form.credits = (struct list){&credit, 1};
    struct change_order order = proposed_form(&scene, &form);
    assert_null(turn_of(&scene, scene.finance, TURN_CREDIT_MILESTONE));
    sign_all(&scene, &order);
    const struct turn *turn = turn_of(&scene, scene.finance, TURN_CREDIT_MILESTONE);
    assert_non_null(turn);
    assert_string_equal(turn->what, "credit what a change took off milestone M1");
    assert_int_equal(turn->amount_minor, 40000);
    assert_true(id_equal(turn->subject_id, scene.milestones[0].id));
    struct credit_line line = {1, 40000};
    struct issue_credit_note in = {
        .invoice_id = acceptance.invoice_id, .reason = "Change order 1", .lines = {&line, 1}};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    assert_null(turn_of(&scene, scene.finance, TURN_CREDIT_MILESTONE));
}

CASE(what_is_accepted_cannot_be_raised_renamed_or_moved)
{
    struct scene scene;
    struct change_order order, out;
    scene_set(&scene, *state, NULL);
    accept_first(&scene);
    struct plan *raised = plan_of(&scene), *renamed = plan_of(&scene), *moved = plan_of(&scene);
    set_price(raised, 0, 130000);
    scenario_planned(renamed, 0)->title = "Something else";
    scenario_planned(moved, 0)->due_day--;
    struct plan *const plans[] = {raised, renamed, moved};
    static const char *const fields[] = {"price", "title", "due_day"};
    for (size_t i = 0; i < 3; i++) {
        struct change_order form = form_of(&scene, plans[i]);
        assert_result(scene.stage, compose(&scene, &form, &order), OK);
        assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_WRONG_STATE);
        assert_string_equal(scene.stage->fault.field,
                            arena_format(scene.stage->arena, "plan/milestones/0/%s", fields[i]));
    }
}

CASE(a_milestone_that_was_accepted_meanwhile_stops_the_signature)
{
    struct scene scene;
    struct change_order out;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 0, 130000);
    struct change_order order = proposed(&scene, plan);
    assert_result(scene.stage, sign_as(&scene, scene.owner, &order, &out), OK);
    accept_first(&scene);
    const char *before = facts_of(&scene);
    assert_result(scene.stage, sign_as(&scene, scene.approver, &order, &out), ERROR_WRONG_STATE);
    assert_string_equal(facts_of(&scene), before);
    get_row(scene.stage, &change_order_shape, order.id, &out);
    assert_int_equal(out.state, CHANGE_ORDER_PARTLY_SIGNED);
}

/* ---- billing ------------------------------------------------------------------------------- */

CASE(what_is_agreed_then_is_what_is_billed)
{
    struct scene scene;
    struct invoice invoice;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 0, 123456);
    plan->terms->payment_days = 7;
    struct change_order order = proposed(&scene, plan);
    sign_all(&scene, &order);
    struct acceptance acceptance = accept_first(&scene);
    get_row(scene.stage, &invoice_shape, acceptance.invoice_id, &invoice);
    assert_int_equal(invoice.net_minor, 123456);
    assert_int_equal(invoice.due_day, invoice.issue_day + 7);
}

CASE(an_order_touches_nothing_that_was_issued_or_signed)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct acceptance acceptance = accept_first(&scene);
    const char *before = issued_facts(&scene, acceptance.invoice_id);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 1, 123456);
    drop_last(plan);
    plan->terms->payment_days = 7;
    struct change_order order = proposed(&scene, plan);
    assert_int_equal(sign_all(&scene, &order).state, CHANGE_ORDER_APPLIED);
    assert_int_equal(scene_position(&scene).changes_minor, 23456 - SCENARIO_PRICE_MINOR);
    assert_string_equal(issued_facts(&scene, acceptance.invoice_id), before);
}

CASE(pending_and_refused_orders_stay_visible_and_are_never_billed)
{
    struct scene scene;
    struct change_order out;
    struct invoice invoice;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 0, 777700);
    struct change_order pending = proposed(&scene, plan), declined = proposed(&scene, plan),
                        withdrawn = proposed(&scene, plan);
    struct change_order no = {.id = declined.id, .reason = "Too dear"};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &decline_change_order_operation, &no, &out), OK);
    assert_int_equal(out.state, CHANGE_ORDER_DECLINED);
    assert_string_equal(out.reason, "Too dear");
    assert_result(scene.stage,
                  act(&scene, scene.owner, &withdraw_change_order_operation, withdrawn.id, &out),
                  OK);
    struct acceptance acceptance = accept_first(&scene);
    get_row(scene.stage, &invoice_shape, acceptance.invoice_id, &invoice);
    assert_int_equal(invoice.net_minor, 100000);
    struct list_change_orders query = {.page.limit = 50, .engagement_id = scene.engagement.id};
    struct page page;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &list_change_orders_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 3);
    query.state = CHANGE_ORDER_PROPOSED;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &list_change_orders_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
    assert_true(id_equal(LIST_AT(struct change_order, page.items, 0)->id, pending.id));
    assert_result(scene.stage, sign_as(&scene, scene.owner, &declined, &out), ERROR_WRONG_STATE);
    assert_result(scene.stage, sign_as(&scene, scene.owner, &withdrawn, &out), ERROR_WRONG_STATE);
}

/* 2026-11-28: an applied order saved milestones without how they are priced. */
CASE(how_a_milestone_is_priced_stays_and_its_planned_day_until_another_is_signed)
{
    struct scene scene;
    scene_set_as(&scene, *state, price_by_share);
    for (size_t i = 2; i < 4; i++) {
        struct milestone milestone = milestone_named(&scene, i == 2 ? "M3" : "M4");
        milestone.planned_due_day = milestone.due_day + 3;
        change_row(scene.stage, &milestone_shape, &milestone);
    }
    struct plan *plan = plan_of(&scene);
    scenario_planned(plan, 2)->title = "Another title";
    scenario_planned(plan, 3)->due_day += 1;
    struct change_order order = proposed(&scene, plan);
    sign_all(&scene, &order);
    struct milestone third = milestone_named(&scene, "M3"), fourth = milestone_named(&scene, "M4");
    assert_string_equal(third.title, "Another title");
    assert_int_equal(third.pricing, PRICING_PERCENTAGE);
    assert_int_equal(third.planned_due_day, third.due_day + 3);
    assert_int_equal(fourth.pricing, PRICING_NON_BILLABLE);
    assert_int_equal(fourth.planned_due_day, DAY_NONE);
}

CASE(dropping_all_that_is_open_completes_the_engagement)
{
    struct scene scene;
    struct engagement engagement;
    struct change_order order, out;
    scene_set(&scene, *state, NULL);
    accept_first(&scene);
    struct plan *plan = plan_of(&scene);
    plan->milestones.count = 1;
    plan->total_minor = 100000;
    order = proposed(&scene, plan);
    sign_all(&scene, &order);
    get_row(scene.stage, &engagement_shape, scene.engagement.id, &engagement);
    assert_int_equal(engagement.state, ENGAGEMENT_COMPLETED);
    struct change_order form = form_of(&scene, NULL);
    assert_result(scene.stage, compose(&scene, &form, &out), ERROR_WRONG_STATE);
}

/* What it adds could not be delivered in an engagement that is complete. */
CASE(the_last_acceptance_does_not_complete_an_engagement_of_which_an_order_is_out)
{
    struct scene scene;
    struct engagement engagement;
    struct change_order withdrawn;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    add_milestone(&scene, plan, "M6", "M5", 1000);
    struct change_order order = proposed(&scene, plan);
    scene_accept_all(&scene);
    get_row(scene.stage, &engagement_shape, scene.engagement.id, &engagement);
    assert_int_equal(engagement.state, ENGAGEMENT_ACTIVE);
    assert_result(scene.stage, scene_complete(&scene, &engagement), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "change_orders");
    assert_result(scene.stage,
                  act(&scene, scene.owner, &withdraw_change_order_operation, order.id, &withdrawn),
                  OK);
    assert_result(scene.stage, scene_complete(&scene, &engagement), OK);
    assert_int_equal(engagement.state, ENGAGEMENT_COMPLETED);
}

/* ---- in its time --------------------------------------------------------------------------- */

static void go_on(struct stage *stage, int days)
{
    clock_set(&stage->clock, clock_now_ms(&stage->clock) + days * day_ms);
}

CASE(one_with_a_start_day_takes_effect_on_that_day)
{
    struct scene scene;
    struct change_order out;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 1, 150000);
    struct change_order form = form_of(&scene, plan);
    form.start_day = form.valid_until_day - 4;
    struct change_order order = proposed_form(&scene, &form);
    const char *before = facts_of(&scene);
    out = sign_all(&scene, &order);
    assert_int_equal(out.state, CHANGE_ORDER_APPROVED);
    assert_string_equal(facts_of(&scene), before);
    run_due_jobs(scene.stage);
    assert_string_equal(facts_of(&scene), before);
    go_on(scene.stage, 10);
    run_due_jobs(scene.stage);
    get_row(scene.stage, &change_order_shape, order.id, &out);
    assert_int_equal(out.state, CHANGE_ORDER_APPLIED);
    assert_int_equal(scene_position(&scene).changes_minor, 50000);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(the_next_order_is_based_on_the_one_that_waits_and_not_before_it)
{
    struct scene scene;
    struct change_order order, out;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    add_milestone(&scene, plan, "M6", "M5", 10000);
    struct change_order form = form_of(&scene, plan);
    form.start_day = form.valid_until_day - 4;
    struct change_order first = proposed_form(&scene, &form);
    sign_all(&scene, &first);
    struct plan *next = shape_clone(scene.stage->arena, &plan_shape, first.plan);
    set_price(next, 5, 20000);
    form = form_of(&scene, next);
    assert_result(scene.stage, compose(&scene, &form, &order), OK);
    assert_true(id_equal(order.based_on_id, first.id));
    assert_result(scene.stage, propose(&scene, order.id, &out), ERROR_OUT_OF_RANGE);
    assert_string_equal(scene.stage->fault.field, "start_day");
    form.start_day = first.start_day;
    order = proposed_form(&scene, &form);
    sign_all(&scene, &order);
    go_on(scene.stage, 11);
    run_due_jobs(scene.stage);
    assert_int_equal(milestone_named(&scene, "M6").price_minor, 20000);
    assert_int_equal(scene_position(&scene).sum_to_date_minor, 520000);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(one_that_work_has_gone_past_lapses_and_changes_nothing)
{
    struct scene scene;
    struct change_order out;
    const char *body = NULL;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 0, 150000);
    struct change_order form = form_of(&scene, plan);
    form.start_day = form.valid_until_day - 4;
    struct change_order order = proposed_form(&scene, &form);
    sign_all(&scene, &order);
    accept_first(&scene);
    const char *before = facts_of(&scene);
    go_on(scene.stage, 10);
    run_due_jobs(scene.stage);
    get_row(scene.stage, &change_order_shape, order.id, &out);
    assert_int_equal(out.state, CHANGE_ORDER_LAPSED);
    assert_non_null(strstr(out.reason, "M1 is accepted"));
    assert_string_equal(facts_of(&scene), before);
    count_mail(scene.stage, scene.approver_row.email, order.id, &body);
    assert_non_null(strstr(body, "could not take effect"));
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(one_that_is_not_signed_in_time_expires)
{
    struct scene scene;
    struct change_order out;
    scene_set(&scene, *state, NULL);
    struct plan *plan = plan_of(&scene);
    set_price(plan, 1, 150000);
    struct change_order order = proposed(&scene, plan);
    assert_result(scene.stage, sign_as(&scene, scene.owner, &order, &out), OK);
    go_on(scene.stage, 15);
    const char *before = facts_of(&scene);
    assert_result(scene.stage, sign_as(&scene, scene.approver, &order, &out), ERROR_EXPIRED);
    run_due_jobs(scene.stage);
    get_row(scene.stage, &change_order_shape, order.id, &out);
    assert_int_equal(out.state, CHANGE_ORDER_EXPIRED);
    assert_string_equal(facts_of(&scene), before);
    assert_result(scene.stage,
                  act(&scene, scene.owner, &revise_change_order_operation, order.id, &out), OK);
    assert_int_equal(out.revision, 2);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

STAGE_RUN(T(a_new_price_ends_what_was_agreed_off_the_old_one),
          T(what_an_order_does_not_speak_of_stays_with_the_milestone),
          T(both_sides_see_what_it_does_before_anyone_agrees),
          T(what_is_only_typed_is_previewed_and_nothing_is_saved),
          T(what_was_taken_off_and_credited_in_full_is_previewed_below_that),
          T(a_draft_is_the_agencys_own_and_a_proposed_one_is_the_clients_too),
          T(a_draft_waits_to_be_proposed_and_a_proposed_one_to_be_signed),
          T(sums_that_do_not_match_are_neither_proposed_nor_settled_on_a_stranger),
          T(an_order_that_changes_nothing_is_refused),
          T(cycles_are_refused_when_it_is_written_and_unknown_codes_when_it_is_proposed),
          T(only_those_whose_task_it_is_compose_propose_and_sign),
          T(nothing_changes_before_the_last_signature_and_all_of_it_with_that),
          T(it_is_signed_in_order_alone_on_its_own_text),
          T(a_term_that_changes_is_shown_before_and_stands_in_the_signed_text),
          T(both_sides_are_told_and_each_signer_in_turn),
          T(what_was_handed_over_before_silence_got_an_effect_is_still_decided),
          T(its_papers_are_kept_before_and_after_it_is_signed),
          T(an_order_composed_against_an_older_state_is_stale_and_revising_rebases_it),
          T(what_is_submitted_can_only_move),
          T(what_has_begun_may_change_but_waits_for_nothing_new),
          T(readiness_follows_the_graph_as_it_is_then),
          T(the_code_of_a_milestone_that_was_dropped_is_not_given_again),
          T(what_is_accepted_and_billed_is_not_lowered_without_a_credit),
          T(revisions_differ_in_words_and_clients_compare_what_they_were_shown),
          T(the_credit_that_an_order_promised_waits_for_finance),
          T(what_is_accepted_cannot_be_raised_renamed_or_moved),
          T(a_milestone_that_was_accepted_meanwhile_stops_the_signature),
          T(what_is_agreed_then_is_what_is_billed),
          T(an_order_touches_nothing_that_was_issued_or_signed),
          T(pending_and_refused_orders_stay_visible_and_are_never_billed),
          T(how_a_milestone_is_priced_stays_and_its_planned_day_until_another_is_signed),
          T(dropping_all_that_is_open_completes_the_engagement),
          T(the_last_acceptance_does_not_complete_an_engagement_of_which_an_order_is_out),
          T(one_with_a_start_day_takes_effect_on_that_day),
          T(the_next_order_is_based_on_the_one_that_waits_and_not_before_it),
          T(one_that_work_has_gone_past_lapses_and_changes_nothing),
          T(one_that_is_not_signed_in_time_expires))
