#include "core/defect.h"

#include "sample.h"

static struct fault fault;

/* A second round of a milestone that was decided on, and what was unsettled before. */
struct table {
    struct arena *arena;
    struct decision decisions[3];
    struct milestone milestone;
    struct submission submission;
    struct defect before[2];
    struct list unsettled;
    struct actor manager, approver;
    struct defect_changes changes;
};

static void set_table(struct table *t)
{
    *t = (struct table){
        .arena = arena_new(),
        .decisions = {{"Q1", true, SEVERITY_NONE, NULL, DAY_NONE},
                      {"Q2", false, SEVERITY_MAJOR, "the map is empty", 17000},
                      {"Q3", false, SEVERITY_MINOR, "", DAY_NONE}},
        .manager = sample_manager(),
        .approver = sample_approver(),
    };
    t->submission = (struct submission){
        .id = sample_id(71),
        .milestone_id = sample_id(9),
        .engagement_id = sample_id(1),
        .round = 2,
        .decisions = {t->decisions, 3},
        .decided_by = t->approver.id,
        .decided_by_name = t->approver.name,
        .decided_at = SAMPLE_NOON,
    };
    t->milestone.criteria = (struct texts){arena_array(t->arena, 3, sizeof(char *)), 3};
    for (size_t i = 0; i < 3; i++)
        t->milestone.criteria.texts[i] = t->decisions[i].criterion;
    for (size_t i = 0; i < 2; i++) {
        shape_init(&defect_shape, &t->before[i]);
        t->before[i].id = sample_id(30 + (unsigned)i);
        t->before[i].criterion = i ? "Q2" : "Q1";
        t->before[i].severity = SEVERITY_MAJOR;
        t->before[i].text = "as it was";
        t->before[i].state = i ? DEFECT_CORRECTED : DEFECT_OPEN;
    }
    t->unsettled = (struct list){t->before, 2};
}

static void follow(struct table *t, struct id certificate_id)
{
    defects_follow(t->arena, &t->milestone, &t->submission, certificate_id, "all in all not good",
                   &t->unsettled, &t->changes);
}

static const struct defect *defect_at(const struct list *list, size_t i)
{
    return LIST_AT(struct defect, *list, i);
}

CASE(each_criterion_that_is_not_met_becomes_a_defect)
{
    struct table t;
    set_table(&t);
    t.unsettled.count = 0;
    follow(&t, sample_id(80));
    assert_int_equal(t.changes.found.count, 2);
    assert_int_equal(t.changes.changed.count, 0);
    const struct defect *first = defect_at(&t.changes.found, 0);
    assert_string_equal(first->criterion, "Q2");
    assert_string_equal(first->text, "the map is empty");
    assert_int_equal(first->severity, SEVERITY_MAJOR);
    assert_int_equal(first->state, DEFECT_OPEN);
    assert_int_equal(first->correct_by_day, 17000);
    assert_int_equal(first->times_found, 1);
    assert_true(id_equal(first->certificate_id, sample_id(80)));
    assert_string_equal(first->found_by_name, t.approver.name);
    assert_string_equal(defect_at(&t.changes.found, 1)->text, "all in all not good");
    arena_free(t.arena);
}

CASE(a_defect_of_an_earlier_round_is_confirmed_or_found_again)
{
    struct table t;
    set_table(&t);
    follow(&t, (struct id){0});
    assert_int_equal(t.changes.found.count, 1);
    assert_int_equal(t.changes.changed.count, 2);
    assert_int_equal(defect_at(&t.changes.changed, 0)->state, DEFECT_CONFIRMED);
    const struct defect *again = defect_at(&t.changes.changed, 1);
    assert_int_equal(again->state, DEFECT_OPEN);
    assert_int_equal(again->times_found, 2);
    assert_string_equal(again->text, "the map is empty");
    assert_true(id_equal(again->submission_id, t.submission.id));
    assert_int_equal(t.changes.open.count, 2);
    assert_string_equal(defect_at(&t.changes.open, 0)->criterion, "Q3");
    assert_string_equal(defect_at(&t.changes.open, 1)->criterion, "Q2");
    arena_free(t.arena);
}

CASE(silence_settles_no_defect)
{
    struct table t;
    set_table(&t);
    t.submission.decisions.count = 0;
    t.submission.state = SUBMISSION_DEEMED_ACCEPTED;
    follow(&t, sample_id(80));
    assert_int_equal(t.changes.found.count + t.changes.changed.count, 0);
    assert_int_equal(t.changes.open.count, 2);
    arena_free(t.arena);
}

CASE(a_defect_is_corrected_by_one_side_and_settled_by_the_other)
{
    struct table t;
    set_table(&t);
    struct defect *defect = &t.before[0];
    REFUSED(defect_answer(defect, DEFECT_REOPEN, "no", &t.approver, SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
    ALLOWED(defect_correct(defect, "done", &t.manager, SAMPLE_NOON, &fault));
    assert_string_equal(defect->correction, "done");
    REFUSED(defect_correct(defect, "done", &t.manager, SAMPLE_NOON, &fault), ERROR_WRONG_STATE,
            "state");
    REFUSED(defect_answer(defect, DEFECT_REOPEN, "", &t.approver, SAMPLE_NOON, &fault),
            ERROR_INVALID, "answer");
    assert_int_equal(defect->state, DEFECT_CORRECTED);
    ALLOWED(
        defect_answer(defect, DEFECT_REOPEN, "not on page 3", &t.approver, SAMPLE_NOON, &fault));
    assert_int_equal(defect->state, DEFECT_OPEN);
    ALLOWED(defect_answer(defect, DEFECT_WAIVE, NULL, &t.approver, SAMPLE_NOON, &fault));
    assert_false(defect_is_unsettled(defect));
    REFUSED(defect_answer(defect, DEFECT_CONFIRM, NULL, &t.approver, SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
    arena_free(t.arena);
}

CASE(a_day_for_correction_is_for_what_is_not_met_and_not_in_the_past)
{
    struct table t;
    set_table(&t);
    const struct list decisions = {t.decisions, 3};
    ALLOWED(decisions_check_days(&decisions, 17000, &fault));
    REFUSED(decisions_check_days(&decisions, 17001, &fault), ERROR_OUT_OF_RANGE,
            "decisions/1/correct_by_day");
    t.decisions[0].correct_by_day = 17000;
    REFUSED(decisions_check_days(&decisions, 17000, &fault), ERROR_INVALID,
            "decisions/0/correct_by_day");
    arena_free(t.arena);
}

CASE(what_a_milestone_is_no_longer_asked_for_is_no_defect_of_it)
{
    struct table t;
    set_table(&t);
    t.decisions[1].remedy = REMEDY_CARRY; /* Q2 */
    t.decisions[1].carry_to = "S2";
    t.milestone.criteria.texts[0] = "Q4"; /* a change order has dropped Q1 */
    t.decisions[0].criterion = "Q4";
    follow(&t, sample_id(80));
    assert_int_equal(t.changes.found.count, 1);
    assert_string_equal(defect_at(&t.changes.found, 0)->criterion, "Q3");
    assert_int_equal(t.changes.changed.count, 2);
    assert_int_equal(defect_at(&t.changes.changed, 0)->state, DEFECT_PASSED_ON);
    assert_int_equal(defect_at(&t.changes.changed, 1)->state, DEFECT_PASSED_ON);
    assert_int_equal(t.changes.open.count, 1);
    arena_free(t.arena);
}

RUN(T(what_a_milestone_is_no_longer_asked_for_is_no_defect_of_it),
    T(each_criterion_that_is_not_met_becomes_a_defect),
    T(a_defect_of_an_earlier_round_is_confirmed_or_found_again), T(silence_settles_no_defect),
    T(a_defect_is_corrected_by_one_side_and_settled_by_the_other),
    T(a_day_for_correction_is_for_what_is_not_met_and_not_in_the_past))
