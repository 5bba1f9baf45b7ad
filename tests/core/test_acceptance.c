#include "core/acceptance.h"

#include "sample.h"

static struct fault fault;

/* A milestone with two deliverables and two criteria, in progress, and what is handed over. */
struct table {
    struct arena *arena;
    struct milestone milestone;
    struct contract_terms terms;
    struct submission submission;
    struct deliverable wanted[2];
    struct delivered given[3];
    struct decision decisions[2];
    struct list decided;
    struct certificate certificate;
    struct actor manager, approver;
};

static void set_table(struct table *t)
{
    *t = (struct table){
        .arena = arena_new(),
        .wanted = {{"status report", DELIVERABLE_FILE, NULL}, {"site", DELIVERABLE_LINK, NULL}},
        .given =
            {
                {.title = "status report",
                 .kind = DELIVERABLE_FILE,
                 .file_id = sample_id(70),
                 .name = "report.pdf",
                 .hash = hash_bytes("report", 6)},
                {.title = "site", .kind = DELIVERABLE_LINK, .link = "https://example.org/"},
                {.title = "extra", .kind = DELIVERABLE_LINK, .link = "http://example.org/more"},
            },
        .decisions = {{"Q1", true, SEVERITY_NONE, NULL, DAY_NONE},
                      {"Q2", true, SEVERITY_NONE, NULL, DAY_NONE}},
        .certificate = {.id = sample_id(80)},
        .manager = sample_manager(),
        .approver = sample_approver(),
    };
    t->milestone = (struct milestone){
        .id = sample_id(9),
        .version = 1,
        .engagement_id = sample_id(1),
        .code = "S1",
        .price_minor = 100,
        .currency = "USD",
        .state = MILESTONE_IN_PROGRESS,
        .billing = BILLING_UNBILLED,
        .deliverables = {t->wanted, 2},
        .criteria = {arena_array(t->arena, 2, sizeof(char *)), 2},
    };
    t->milestone.criteria.texts[0] = "Q1";
    t->milestone.criteria.texts[1] = "Q2";
    t->submission = (struct submission){.id = sample_id(71), .deliverables = {t->given, 3}};
    t->decided = (struct list){t->decisions, 2};
}

static enum error submit(struct table *t)
{
    return submission_submit(&t->submission, &t->milestone, &t->manager, SAMPLE_NOON, &fault);
}

static enum error accept(struct table *t, const char *reservations)
{
    return submission_accept(&t->submission, &t->milestone, &t->terms, &t->decided, reservations,
                             &t->approver, SAMPLE_NOON, &t->certificate, &fault);
}

static enum error reject(struct table *t, enum rejection_reason code, const char *reason)
{
    return submission_reject(&t->submission, &t->milestone, &t->terms, &t->decided, code, reason,
                             &t->approver, SAMPLE_NOON, &fault);
}

static void find_defect(struct table *t, size_t i, enum severity severity)
{
    t->decisions[i].met = severity == SEVERITY_NONE;
    t->decisions[i].severity = severity;
}

CASE(work_is_handed_over_with_all_that_was_promised)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    assert_int_equal(t.milestone.state, MILESTONE_SUBMITTED);
    assert_int_equal(t.milestone.round, 1);
    assert_int_equal(t.submission.round, 1);
    assert_string_equal(t.submission.submitted_by_name, "Max Manager");
    REFUSED(submit(&t), ERROR_WRONG_STATE, "state");
    arena_free(t.arena);
}

CASE(a_missing_deliverable_is_named)
{
    struct table t;
    set_table(&t);
    t.given[1].title = "the site";
    REFUSED(submit(&t), ERROR_INVALID, "deliverables");
    assert_string_equal(fault.detail, "\"site\" must be there once, as a link");
    t.given[1].title = t.given[2].title = "site"; /* twice is as bad as not at all */
    REFUSED(submit(&t), ERROR_INVALID, "deliverables");
    t.given[2].title = "extra";
    t.given[0].kind = DELIVERABLE_LINK;
    t.given[0].link = "https://example.org/report.pdf";
    REFUSED(submit(&t), ERROR_INVALID, "deliverables"); /* of the wrong kind */
    assert_int_equal(t.milestone.state, MILESTONE_IN_PROGRESS);
    assert_int_equal(t.milestone.round, 0);
    arena_free(t.arena);
}

CASE(files_have_a_hash_and_links_lead_somewhere)
{
    static const char *const bad_links[] = {
        NULL,         "", "ftp://example.org/", "javascript:alert(1)", "https://example.org/ x",
        "example.org"};
    struct table t;
    set_table(&t);
    for (size_t i = 0; i < sizeof bad_links / sizeof *bad_links; i++) {
        t.given[1].link = bad_links[i];
        REFUSED(submit(&t), ERROR_INVALID, "deliverables/1/link");
    }
    t.given[0].hash = (struct hash){0};
    REFUSED(submit(&t), ERROR_INVALID, "deliverables/0/hash");
    t.given[0].name = "";
    REFUSED(submit(&t), ERROR_INVALID, "deliverables/0/name");
    t.given[0].file_id = (struct id){0};
    REFUSED(submit(&t), ERROR_INVALID, "deliverables/0/file_id");
    t.given[0].kind = 0;
    REFUSED(submit(&t), ERROR_INVALID, "deliverables/0/kind");
    t.given[0].title = NULL;
    REFUSED(submit(&t), ERROR_INVALID, "deliverables/0/title");
    arena_free(t.arena);
}

CASE(a_submission_is_withdrawn_before_it_is_decided)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    ALLOWED(submission_withdraw(&t.submission, &t.milestone, &fault));
    assert_int_equal(t.milestone.state, MILESTONE_IN_PROGRESS);
    REFUSED(accept(&t, NULL), ERROR_WRONG_STATE, "state");
    assert_string_equal(fault.detail, "the submission is withdrawn and cannot be accepted");
    struct submission next = {.id = sample_id(72), .deliverables = {t.given, 3}};
    t.submission = next;
    ALLOWED(submit(&t));
    ALLOWED(accept(&t, NULL));
    REFUSED(submission_withdraw(&t.submission, &t.milestone, &fault), ERROR_WRONG_STATE, "state");
    arena_free(t.arena);
}

CASE(an_acceptance_is_certified_by_who_how_and_when)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    ALLOWED(accept(&t, NULL));
    assert_int_equal(t.submission.state, SUBMISSION_ACCEPTED);
    assert_int_equal(t.milestone.state, MILESTONE_ACCEPTED);
    assert_int_equal(t.milestone.billing, BILLING_BILLABLE);
    assert_true(id_equal(t.milestone.certificate_id, t.certificate.id));
    assert_int_equal(t.certificate.kind, CERTIFICATE_ACCEPTED);
    assert_true(id_equal(t.certificate.submission_id, t.submission.id));
    assert_string_equal(t.certificate.accepted_by_name, "Ada Approver");
    assert_string_equal(t.certificate.accepted_by_role, "contracting officer's representative");
    assert_int_equal(t.certificate.method, METHOD_EMAIL_LINK);
    assert_int_equal(t.certificate.accepted_at, SAMPLE_NOON);
    assert_int_equal(t.certificate.decisions.count, 2);
    arena_free(t.arena);
}

CASE(every_criterion_has_to_be_decided)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    t.decided.count = 1;
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions");
    assert_string_equal(fault.detail, "Q2 is not decided");
    t.decided.count = 2;
    t.decisions[1].criterion = "Q1";
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/1/criterion");
    t.decisions[1].criterion = "Q9";
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/1/criterion");
    t.decisions[1].criterion = "Q2";
    t.decisions[1].severity = SEVERITY_MINOR; /* and met */
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/1/severity");
    t.decisions[1].severity = SEVERITY_NONE;
    t.decisions[1].met = false;
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/1/severity");
    assert_int_equal(t.submission.state, SUBMISSION_SUBMITTED);
    assert_int_equal(t.milestone.state, MILESTONE_SUBMITTED);
    arena_free(t.arena);
}

CASE(a_minor_defect_is_accepted_with_the_rights_reserved_in_words)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    find_defect(&t, 1, SEVERITY_MINOR);
    REFUSED(accept(&t, NULL), ERROR_INVALID, "reservations");
    REFUSED(accept(&t, "\n"), ERROR_INVALID, "reservations");
    ALLOWED(accept(&t, "The footer is to be corrected by August."));
    assert_string_equal(t.certificate.reservations, "The footer is to be corrected by August.");
    arena_free(t.arena);
}

CASE(a_major_defect_cannot_be_accepted)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    for (enum severity severity = SEVERITY_MAJOR; severity <= SEVERITY_CRITICAL; severity++) {
        find_defect(&t, 1, severity);
        REFUSED(accept(&t, "all rights"), ERROR_INVALID, "decisions/1/met");
    }
    arena_free(t.arena);
}

CASE(a_rejection_names_a_criterion_and_gives_reasons)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    REFUSED(reject(&t, REJECTION_DEFECT, "no"), ERROR_INVALID, "decisions");
    assert_string_equal(fault.detail, "a rejection names at least one criterion that is not met");
    find_defect(&t, 0, SEVERITY_MAJOR);
    REFUSED(reject(&t, 0, "no"), ERROR_INVALID, "reason_code");
    REFUSED(reject(&t, REJECTION_DEFECT, ""), ERROR_INVALID, "reason");
    t.decided.count = 1; /* the others need not be decided */
    ALLOWED(reject(&t, REJECTION_DEFECT, "The map is empty."));
    assert_int_equal(t.submission.state, SUBMISSION_REJECTED);
    assert_int_equal(t.milestone.state, MILESTONE_REJECTED);
    assert_string_equal(t.submission.reason, "The map is empty.");
    assert_int_equal(t.submission.reason_code, REJECTION_DEFECT);
    REFUSED(accept(&t, NULL), ERROR_WRONG_STATE, "state");
    arena_free(t.arena);
}

CASE(minor_defects_do_not_justify_a_rejection)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    find_defect(&t, 0, SEVERITY_MINOR);
    REFUSED(reject(&t, REJECTION_DEFECT, "no"), ERROR_INVALID, "decisions");
    assert_int_equal(t.milestone.state, MILESTONE_SUBMITTED);
    arena_free(t.arena);
}

/* By row of the least severe defect that justifies a refusal, which contract terms set, and column
 * of the worst defect found. */
CASE(the_contract_sets_from_which_severity_on_work_can_be_refused)
{
    static const bool refusable[][SEVERITY_CRITICAL + 1] = {
        [0] = {[SEVERITY_MAJOR] = true, [SEVERITY_CRITICAL] = true},
        [REFUSAL_FROM_MINOR] =
            {[SEVERITY_MINOR] = true, [SEVERITY_MAJOR] = true, [SEVERITY_CRITICAL] = true},
        [REFUSAL_FROM_MAJOR] = {[SEVERITY_MAJOR] = true, [SEVERITY_CRITICAL] = true},
        [REFUSAL_FROM_CRITICAL] = {[SEVERITY_CRITICAL] = true},
    };
    for (int from = 0; from <= REFUSAL_FROM_CRITICAL; from++) {
        for (enum severity worst = SEVERITY_MINOR; worst <= SEVERITY_CRITICAL; worst++) {
            struct table t;
            set_table(&t);
            t.terms.refusal_from = (enum refusal_from)from;
            ALLOWED(submit(&t));
            find_defect(&t, 0, SEVERITY_MINOR);
            find_defect(&t, 1, worst);
            struct table other = t;
            if (refusable[from][worst])
                ALLOWED(reject(&t, REJECTION_DEFECT, "no"));
            else
                REFUSED(reject(&t, REJECTION_DEFECT, "no"), ERROR_INVALID, "decisions");
            /* What cannot be refused can be accepted, and so can minor defects. */
            if (refusable[from][worst] && worst > SEVERITY_MINOR)
                REFUSED(accept(&other, "all rights"), ERROR_INVALID, "decisions/1/met");
            else
                ALLOWED(accept(&other, "all rights"));
            arena_free(t.arena);
        }
    }
}

CASE(a_refusal_that_is_not_justified_is_told_what_would)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    find_defect(&t, 0, SEVERITY_MINOR);
    REFUSED(reject(&t, REJECTION_DEFECT, "no"), ERROR_INVALID, "decisions");
    assert_string_equal(fault.detail, "minor defects do not justify a rejection, only major or "
                                      "worse ones do; accept with reservations");
    t.terms.refusal_from = REFUSAL_FROM_CRITICAL;
    find_defect(&t, 0, SEVERITY_MAJOR);
    REFUSED(reject(&t, REJECTION_DEFECT, "no"), ERROR_INVALID, "decisions");
    assert_string_equal(fault.detail, "major defects do not justify a rejection, only critical "
                                      "ones do; accept with reservations");
    arena_free(t.arena);
}

CASE(a_milestone_without_criteria_is_decided_as_a_whole)
{
    struct table t;
    set_table(&t);
    t.milestone.criteria.count = 0;
    t.decided.count = 0;
    ALLOWED(submit(&t));
    struct table other = t;
    ALLOWED(reject(&t, REJECTION_NOT_AS_AGREED, "not what we ordered"));
    ALLOWED(accept(&other, NULL));
    arena_free(t.arena);
}

CASE(rejected_work_is_done_again_in_a_further_round)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    find_defect(&t, 0, SEVERITY_MAJOR);
    ALLOWED(reject(&t, REJECTION_DEFECT, "The map is empty."));
    t.submission = (struct submission){.id = sample_id(72), .deliverables = {t.given, 3}};
    REFUSED(submit(&t), ERROR_WRONG_STATE, "state");
    ALLOWED(milestone_advance(&t.milestone, MILESTONE_TAKE_BACK, &fault));
    ALLOWED(submit(&t));
    assert_int_equal(t.submission.round, 2);
    find_defect(&t, 0, SEVERITY_NONE);
    ALLOWED(accept(&t, NULL));
    arena_free(t.arena);
}

CASE(silence_is_acceptance_where_agreed_and_notified_once_the_time_is_over)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    struct acceptance_clock clock = {.start_day = 100, .deadline_day = 114};
    REFUSED(submission_deem(&t.submission, &t.milestone, &clock, 115, SAMPLE_NOON, &t.certificate,
                            &fault),
            ERROR_WRONG_STATE, "silence");
    clock.deems = true;
    REFUSED(submission_deem(&t.submission, &t.milestone, &clock, 114, SAMPLE_NOON, &t.certificate,
                            &fault),
            ERROR_WRONG_STATE, "deadline_day");
    ALLOWED(submission_deem(&t.submission, &t.milestone, &clock, 115, SAMPLE_NOON, &t.certificate,
                            &fault));
    assert_int_equal(t.submission.state, SUBMISSION_DEEMED_ACCEPTED);
    assert_int_equal(t.milestone.state, MILESTONE_DEEMED_ACCEPTED);
    assert_int_equal(t.milestone.billing, BILLING_BILLABLE);
    assert_int_equal(t.certificate.kind, CERTIFICATE_DEEMED_ACCEPTED);
    assert_int_equal(t.certificate.method, METHOD_SILENCE);
    assert_true(id_is_none(t.certificate.accepted_by));
    arena_free(t.arena);
}

CASE(a_rejected_submission_is_never_deemed_accepted)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    find_defect(&t, 0, SEVERITY_CRITICAL);
    ALLOWED(reject(&t, REJECTION_DEFECT, "It is down."));
    struct acceptance_clock clock = {.start_day = 100, .deadline_day = 114, .deems = true};
    REFUSED(submission_deem(&t.submission, &t.milestone, &clock, 200, SAMPLE_NOON, &t.certificate,
                            &fault),
            ERROR_WRONG_STATE, "state");
    arena_free(t.arena);
}

/* ---- in part ------------------------------------------------------------------------------- */

static void carry(struct table *t, size_t i, const char *to)
{
    find_defect(t, i, SEVERITY_CRITICAL);
    t->decisions[i].remedy = REMEDY_CARRY;
    t->decisions[i].carry_to = to;
}

CASE(a_criterion_is_carried_only_where_the_contract_allows_it)
{
    struct table t;
    set_table(&t);
    ALLOWED(submit(&t));
    carry(&t, 1, "S2");
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/1/remedy");
    t.terms.partial_acceptance = PARTIAL_ACCEPTANCE_NONE;
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/1/remedy");
    t.terms.partial_acceptance = PARTIAL_ACCEPTANCE_BY_CRITERION;
    ALLOWED(accept(&t, NULL));
    assert_int_equal(t.milestone.state, MILESTONE_ACCEPTED);
    assert_string_equal(LIST_AT(struct decision, t.certificate.decisions, 1)->carry_to, "S2");
    arena_free(t.arena);
}

CASE(an_acceptance_carries_some_and_a_rejection_reworks_or_drops)
{
    struct table t;
    set_table(&t);
    t.terms.partial_acceptance = PARTIAL_ACCEPTANCE_BY_CRITERION;
    ALLOWED(submit(&t));
    carry(&t, 0, "S2");
    carry(&t, 1, "S2");
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions"); /* nothing would be accepted */
    REFUSED(reject(&t, REJECTION_DEFECT, "no"), ERROR_INVALID, "decisions/0/remedy");
    carry(&t, 0, NULL);
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/0/carry_to");
    t.decisions[0].remedy = REMEDY_REWORK;
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/0/remedy");
    t.decisions[0].remedy = REMEDY_DROP;
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/0/remedy");
    t.decisions[1].remedy = REMEDY_REWORK;
    t.decisions[1].carry_to = NULL;
    ALLOWED(reject(&t, REJECTION_DEFECT, "no"));
    arena_free(t.arena);
}

CASE(what_is_met_has_no_remedy)
{
    struct table t;
    set_table(&t);
    t.terms.partial_acceptance = PARTIAL_ACCEPTANCE_BY_CRITERION;
    ALLOWED(submit(&t));
    t.decisions[0].remedy = REMEDY_CARRY;
    t.decisions[0].carry_to = "S2";
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions/0/remedy");
    arena_free(t.arena);
}

CASE(a_criterion_goes_to_a_later_milestone_that_was_not_handed_over)
{
    struct table t;
    set_table(&t);
    struct milestone to = {.code = "S2", .number = 2, .state = MILESTONE_PLANNED};
    t.milestone.number = 1;
    ALLOWED(milestone_carry(t.arena, &t.milestone, &to, "Q2", "carry_to", &fault));
    ALLOWED(milestone_carry(t.arena, &t.milestone, &to, "Q2", "carry_to", &fault));
    ALLOWED(milestone_carry(t.arena, &t.milestone, &to, "Q1", "carry_to", &fault));
    assert_int_equal(milestone_criterion_count(&to), 2);
    assert_string_equal(milestone_criterion(&to, 0), "Q2");
    assert_true(milestone_asks(&to, "Q1"));
    to.state = MILESTONE_SUBMITTED;
    REFUSED(milestone_carry(t.arena, &t.milestone, &to, "Q3", "carry_to", &fault),
            ERROR_WRONG_STATE, "carry_to");
    to.state = MILESTONE_PLANNED;
    to.number = 1;
    REFUSED(milestone_carry(t.arena, &t.milestone, &to, "Q3", "carry_to", &fault), ERROR_INVALID,
            "carry_to");
    to.number = 2;
    to.contract_id = sample_id(99);
    REFUSED(milestone_carry(t.arena, &t.milestone, &to, "Q3", "carry_to", &fault), ERROR_INVALID,
            "carry_to");
    arena_free(t.arena);
}

CASE(a_carried_criterion_is_decided_like_any_other)
{
    struct table t;
    set_table(&t);
    const char *carried[] = {"Q3"};
    t.milestone.carried_criteria = (struct texts){carried, 1};
    ALLOWED(submit(&t));
    REFUSED(accept(&t, NULL), ERROR_INVALID, "decisions");
    assert_string_equal(fault.detail, "Q3 is not decided");
    t.milestone.criteria.texts[1] = "Q3";
    t.decisions[1].criterion = "Q3";
    ALLOWED(accept(&t, NULL));
    arena_free(t.arena);
}

RUN(T(a_criterion_is_carried_only_where_the_contract_allows_it),
    T(an_acceptance_carries_some_and_a_rejection_reworks_or_drops), T(what_is_met_has_no_remedy),
    T(a_criterion_goes_to_a_later_milestone_that_was_not_handed_over),
    T(a_carried_criterion_is_decided_like_any_other),
    T(work_is_handed_over_with_all_that_was_promised), T(a_missing_deliverable_is_named),
    T(files_have_a_hash_and_links_lead_somewhere),
    T(a_submission_is_withdrawn_before_it_is_decided),
    T(an_acceptance_is_certified_by_who_how_and_when), T(every_criterion_has_to_be_decided),
    T(a_minor_defect_is_accepted_with_the_rights_reserved_in_words),
    T(a_major_defect_cannot_be_accepted), T(a_rejection_names_a_criterion_and_gives_reasons),
    T(minor_defects_do_not_justify_a_rejection),
    T(the_contract_sets_from_which_severity_on_work_can_be_refused),
    T(a_refusal_that_is_not_justified_is_told_what_would),
    T(a_milestone_without_criteria_is_decided_as_a_whole),
    T(rejected_work_is_done_again_in_a_further_round),
    T(silence_is_acceptance_where_agreed_and_notified_once_the_time_is_over),
    T(a_rejected_submission_is_never_deemed_accepted))
