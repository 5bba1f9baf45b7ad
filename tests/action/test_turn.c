/* Whose turn it is, from the first requirement to the last payment. */
#include "action/comment.h"
#include "action/contract.h"
#include "action/credit_note.h"
#include "action/engagement.h"
#include "action/proposal.h"
#include "action/requirement.h"
#include "action/turn.h"
#include "core/comment.h"
#include "core/turn.h"

#include "billing.h"

/* What waits in the engagement, as one of its people sees it. */
static struct turns turns_for(struct stage *stage, struct actor actor, struct id engagement_id)
{
    struct list_turns_in in = {.engagement_id = engagement_id};
    struct turns turns;
    assert_result(stage, stage_perform(stage, actor, &list_turns_operation, &in, &turns), OK);
    return turns;
}

static const struct turn *turn_at(const struct turns *turns, size_t i)
{
    assert_true(i < turns->items.count);
    return LIST_AT(struct turn, turns->items, i);
}

static void assert_turn(const struct turn *turn, enum turn_kind kind, enum side side,
                        const char *what)
{
    assert_int_equal(turn->kind, kind);
    assert_int_equal(turn->side, side);
    assert_string_equal(turn->what, what);
}

static bool waits(const struct turns *turns, enum turn_kind kind, enum side side)
{
    for (size_t i = 0; i < turns->items.count; i++) {
        if (turn_at(turns, i)->kind == kind && turn_at(turns, i)->side == side)
            return true;
    }
    return false;
}

/* The one thing that an engagement without milestones waits for. */
static struct turn only_turn(const struct scenario *scenario)
{
    struct turns turns =
        turns_for(scenario->stage, scenario_owner(scenario), scenario->engagement.id);
    assert_int_equal(turns.items.count, 1);
    return *turn_at(&turns, 0);
}

CASE(until_the_contract_is_signed_it_is_always_somebodys_turn)
{
    struct scenario scenario;
    struct turn turn;
    scenario_client(&scenario, *state);
    scenario_engagement(&scenario);
    turn = only_turn(&scenario);
    assert_turn(&turn, TURN_WRITE_REQUIREMENTS, SIDE_AGENCY, "write the requirements");
    scenario_requirements(&scenario, 2);
    turn = only_turn(&scenario);
    assert_turn(&turn, TURN_WRITE_PROPOSAL, SIDE_AGENCY, "write the proposal");
    scenario_draft(&scenario, scenario_plan(&scenario, 2));
    turn = only_turn(&scenario);
    assert_turn(&turn, TURN_SEND_PROPOSAL, SIDE_AGENCY, "send the proposal 1");
    struct actor approver = scenario_contact(&scenario, CONTACT_APPROVER);
    struct turns turns = turns_for(scenario.stage, approver, scenario.engagement.id);
    assert_int_equal(turns.items.count, 0); /* a draft is the agency's own */
    scenario_send(&scenario);
    turn = only_turn(&scenario);
    assert_turn(&turn, TURN_DECIDE_PROPOSAL, SIDE_CLIENT, "accept or decline the proposal 1");
    assert_int_equal(turn.amount_minor, 2 * NET);
    assert_int_equal(turn.due_day, scenario.proposal.valid_until_day);
    scenario_accept(&scenario);
    turn = only_turn(&scenario);
    assert_turn(&turn, TURN_DRAW_UP_CONTRACT, SIDE_AGENCY, "draw up the contract");
    scenario_draw_up(&scenario);
    turn = only_turn(&scenario);
    assert_turn(&turn, TURN_SEND_CONTRACT, SIDE_AGENCY, "send the contract out for signature");
    scenario_send_contract(&scenario);
    turn = only_turn(&scenario);
    assert_int_equal(turn.kind, TURN_SIGN_CONTRACT);
    assert_non_null(turn.person);
    assert_null(turn.role);
    scenario_sign(&scenario);
    turn = only_turn(&scenario);
    assert_turn(&turn, TURN_START_MILESTONE, SIDE_AGENCY, "start milestone M1");
}

CASE(requirements_that_were_not_confirmed_wait_for_the_client)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct criterion criterion = {.text = "it is there"};
    struct requirement in = {.engagement_id = scene.engagement.id,
                             .text = "One more thing",
                             .priority = PRIORITY_MUST,
                             .criteria = {&criterion, 1}};
    struct requirement row = in;
    row.id = new_id(&scene.stage->clock);
    row.version = 1;
    row.code = "R99";
    row.revision = 1;
    row.state = REQUIREMENT_CURRENT;
    criterion.code = "R99.1";
    row.created_at = STAGE_NOW_MS;
    put_row(scene.stage, &requirement_shape, &row);
    struct turns turns = turns_for(scene.stage, scene.approver, scene.engagement.id);
    assert_int_equal(turns.items.count, 2);
    bool is_there = false;
    for (size_t i = 0; i < 2; i++)
        is_there = is_there || turn_at(&turns, i)->kind == TURN_CONFIRM_REQUIREMENTS;
    assert_true(is_there);
}

/* Says something about a requirement; a later comment has a later id. */
static void say(struct stage *stage, struct actor actor, const struct requirement *of)
{
    struct add_comment in = {.engagement_id = of->engagement_id,
                             .subject_kind = COMMENT_ON_REQUIREMENT,
                             .subject_id = of->id,
                             .text = "Is it needed at once?"};
    struct comment comment;
    clock_set(&stage->clock, clock_now_ms(&stage->clock) + 1000);
    assert_result(stage, stage_perform(stage, actor, &add_comment_operation, &in, &comment), OK);
}

CASE(what_is_said_about_a_requirement_waits_for_the_other_side)
{
    struct scene scene;
    struct list_requirements query;
    struct page page;
    scene_set(&scene, *state, NULL);
    shape_init(list_requirements_operation.in, &query);
    query.engagement_id = scene.engagement.id;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &list_requirements_operation, &query, &page), OK);
    struct requirement row = *LIST_AT(struct requirement, page.items, 0);
    say(scene.stage, scene.approver, &row);
    struct turns turns = turns_for(scene.stage, scene.viewer, scene.engagement.id);
    assert_true(waits(&turns, TURN_ANSWER_COMMENT, SIDE_AGENCY));
    assert_false(waits(&turns, TURN_ANSWER_COMMENT, SIDE_CLIENT));
    say(scene.stage, scene.owner, &row);
    turns = turns_for(scene.stage, scene.viewer, scene.engagement.id);
    assert_false(waits(&turns, TURN_ANSWER_COMMENT, SIDE_AGENCY));
    assert_true(waits(&turns, TURN_ANSWER_COMMENT, SIDE_CLIENT));
    row.confirmed_at = clock_now_ms(&scene.stage->clock) + 1;
    change_row(scene.stage, &requirement_shape, &row);
    turns = turns_for(scene.stage, scene.viewer, scene.engagement.id);
    assert_false(waits(&turns, TURN_ANSWER_COMMENT, SIDE_CLIENT));
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_milestone_passes_from_side_to_side_until_it_is_paid)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct turns turns = turns_for(scene.stage, scene.viewer, scene.engagement.id);
    assert_int_equal(turns.items.count, 1);
    assert_turn(turn_at(&turns, 0), TURN_DECIDE_SUBMISSION, SIDE_CLIENT,
                "accept or refuse milestone M1");
    assert_true(id_equal(turn_at(&turns, 0)->subject_id, submission.id));
    assert_int_equal(turn_at(&turns, 0)->amount_minor, NET);
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    turns = turns_for(scene.stage, scene.finance, scene.engagement.id);
    assert_int_equal(turns.items.count, 2);
    assert_turn(turn_at(&turns, 0), TURN_START_MILESTONE, SIDE_AGENCY, "start milestone M2");
    const struct turn *pays = turn_at(&turns, 1);
    assert_int_equal(pays->kind, TURN_PAY_INVOICE);
    assert_int_equal(pays->amount_minor, TOTAL);
    assert_false(pays->is_late);
    struct invoice invoice = stored_invoice(&scene, acceptance.invoice_id);
    clock_set(&scene.stage->clock, STAGE_NOW_MS + INT64_C(31) * DAY_MS);
    turns = turns_for(scene.stage, scene.finance, scene.engagement.id);
    assert_true(turn_at(&turns, 0)->is_late);
    assert_true(turn_at(&turns, 1)->is_late);
    pay(&scene, TOTAL, invoice.reference, ALLOCATE_AUTOMATICALLY);
    turns = turns_for(scene.stage, scene.finance, scene.engagement.id);
    assert_int_equal(turns.items.count, 1);
    assert_int_equal(turn_at(&turns, 0)->kind, TURN_START_MILESTONE);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(what_was_found_and_what_is_owed_wait_for_somebody)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0), rejected;
    struct decide_submission in = {
        .submission_id = submission.id,
        .decisions = {scene_decision(&scene, 0, false, SEVERITY_MAJOR), 1},
        .reason_code = REJECTION_DEFECT,
        .reason = "It does not work",
    };
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &reject_submission_operation, &in, &rejected),
        OK);
    struct obligation owed;
    shape_init(&obligation_shape, &owed);
    owed.id = new_id(&scene.stage->clock);
    owed.engagement_id = scene.engagement.id;
    owed.code = "O1";
    owed.text = "Access to the data";
    owed.contact_id = scene.payer.id;
    owed.due_day = time_day(STAGE_NOW_MS) - 1;
    struct waiting_milestone waiting[] = {{scene.milestones[0].id}, {scene.milestones[2].id}};
    owed.milestones = (struct list){waiting, 2};
    owed.created_at = STAGE_NOW_MS;
    put_row(scene.stage, &obligation_shape, &owed);
    struct turns turns = turns_for(scene.stage, scene.viewer, scene.engagement.id);
    assert_int_equal(turns.items.count, 2);
    assert_turn(turn_at(&turns, 0), TURN_SUPPLY, SIDE_CLIENT, "supply Access to the data");
    assert_true(turn_at(&turns, 0)->is_late);
    assert_string_equal(turn_at(&turns, 0)->person, scene.payer.name);
    assert_int_equal(turn_at(&turns, 0)->amount_minor, 2 * NET);
    assert_true(waits(&turns, TURN_REWORK_MILESTONE, SIDE_AGENCY));
    assert_false(waits(&turns, TURN_CORRECT_DEFECT, SIDE_AGENCY)); /* the rework is that */
    struct milestone milestone;
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    milestone.state = MILESTONE_DEEMED_ACCEPTED; /* silence leaves its defects as they are */
    change_row(scene.stage, &milestone_shape, &milestone);
    turns = turns_for(scene.stage, scene.viewer, scene.engagement.id);
    assert_true(waits(&turns, TURN_CORRECT_DEFECT, SIDE_AGENCY));
    struct engagement engagement;
    get_row(scene.stage, &engagement_shape, scene.engagement.id, &engagement);
    engagement.state =
        ENGAGEMENT_COMPLETED; /* which the last acceptance brings, with rights reserved */
    change_row(scene.stage, &engagement_shape, &engagement);
    turns = turns_for(scene.stage, scene.viewer, scene.engagement.id);
    assert_int_equal(turns.items.count, 1);
    assert_turn(turn_at(&turns, 0), TURN_CORRECT_DEFECT, SIDE_AGENCY, turn_at(&turns, 0)->what);
}

CASE(each_side_can_ask_for_its_own)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    scene_submit(&scene, 0);
    struct list_turns_in in = {.engagement_id = scene.engagement.id, .side = SIDE_AGENCY};
    struct turns turns;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.owner, &list_turns_operation, &in, &turns), OK);
    assert_int_equal(turns.items.count, 0);
    in.side = SIDE_CLIENT;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.owner, &list_turns_operation, &in, &turns), OK);
    assert_int_equal(turns.items.count, 1);
}

CASE(a_suspended_engagement_waits_to_be_resumed_and_for_no_work)
{
    struct scenario scenario;
    struct turn turn;
    scenario_signed(&scenario, *state, 1);
    struct engagement_reason in = {.id = scenario.engagement.id,
                                   .reason = "No budget this quarter"};
    assert_result(scenario.stage,
                  stage_perform(scenario.stage, scenario_owner(&scenario),
                                &suspend_engagement_operation, &in, &scenario.engagement),
                  OK);
    turn = only_turn(&scenario);
    assert_turn(&turn, TURN_RESUME_ENGAGEMENT, SIDE_AGENCY, "resume the engagement");
}

CASE(a_milestone_whose_invoice_was_credited_waits_to_be_billed_again)
{
    struct scene scene;
    struct invoice note;
    scene_set(&scene, *state, NULL);
    struct invoice invoice = bill(&scene, 0);
    struct issue_credit_note in = {.invoice_id = invoice.id, .reason = "Wrong address"};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    struct turns turns = turns_for(scene.stage, scene.finance, scene.engagement.id);
    assert_true(waits(&turns, TURN_BILL_MILESTONE, SIDE_AGENCY));
    assert_false(waits(&turns, TURN_PAY_INVOICE, SIDE_CLIENT));
    struct subject subject = {scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &invoice),
        OK);
    turns = turns_for(scene.stage, scene.finance, scene.engagement.id);
    assert_false(waits(&turns, TURN_BILL_MILESTONE, SIDE_AGENCY));
    assert_true(waits(&turns, TURN_PAY_INVOICE, SIDE_CLIENT));
}

static void collect_monthly(struct plan *plan)
{
    plan->terms->billing_mode = BILLING_MONTHLY;
    plan->terms->billing_day = 15;
}

CASE(accepted_work_that_is_collected_waits_for_its_month)
{
    struct scene scene;
    char day[DAY_TEXT_SIZE];
    scene_set_as(&scene, *state, collect_monthly);
    struct submission submission = scene_submit(&scene, 0);
    scene_accept(&scene, 0, &submission);
    struct turns turns = turns_for(scene.stage, scene.payer, scene.engagement.id);
    assert_int_equal(turns.items.count, 2);
    const struct turn *bills = turn_at(&turns, 1);
    assert_turn(bills, TURN_BILL_MONTH, SIDE_AGENCY, "bill with its month milestone M1");
    assert_true(id_equal(bills->subject_id, scene.milestones[0].id));
    assert_string_equal(day_format(bills->due_day, day), "2016-07-15");
    assert_int_equal(bills->amount_minor, NET);
    assert_int_equal(bills->since_at, STAGE_NOW_MS);
    clock_set(&scene.stage->clock, STAGE_NOW_MS + INT64_C(24) * DAY_MS);
    run_due_jobs(scene.stage);
    turns = turns_for(scene.stage, scene.payer, scene.engagement.id);
    assert_false(waits(&turns, TURN_BILL_MONTH, SIDE_AGENCY));
    assert_true(waits(&turns, TURN_PAY_INVOICE, SIDE_CLIENT));
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_stranger_sees_nothing_of_it)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    scene_submit(&scene, 0);
    assert_int_equal(turns_for(scene.stage, scene.stranger, scene.engagement.id).items.count, 0);
    assert_int_equal(turns_for(scene.stage, scene.stranger, (struct id){0}).items.count, 0);
}

STAGE_RUN(T(until_the_contract_is_signed_it_is_always_somebodys_turn),
          T(requirements_that_were_not_confirmed_wait_for_the_client),
          T(what_is_said_about_a_requirement_waits_for_the_other_side),
          T(a_milestone_passes_from_side_to_side_until_it_is_paid),
          T(what_was_found_and_what_is_owed_wait_for_somebody), T(each_side_can_ask_for_its_own),
          T(a_suspended_engagement_waits_to_be_resumed_and_for_no_work),
          T(a_milestone_whose_invoice_was_credited_waits_to_be_billed_again),
          T(accepted_work_that_is_collected_waits_for_its_month), T(a_stranger_sees_nothing_of_it))
