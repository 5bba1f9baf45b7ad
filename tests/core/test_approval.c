#include "core/approval.h"

#include "sample.h"

static struct fault fault;

static struct milestone milestone_of(int64_t price_minor)
{
    return (struct milestone){.id = sample_id(9), .price_minor = price_minor};
}

static struct actor person(unsigned number, const char *name)
{
    struct actor actor = sample_approver();
    actor.id = sample_id(number);
    actor.name = name;
    return actor;
}

CASE(one_approver_is_enough_unless_the_contract_wants_more)
{
    static const struct {
        int64_t quorum, limit_minor, price_minor;
        size_t needed;
    } rows[] = {
        {INTEGER_NONE, 0, 1000, 1}, {0, 0, 1000, 1},    {1, 0, 1000, 1},    {3, 0, 1, 3},
        {0, 1000, 1000, 1},         {0, 1000, 1001, 2}, {3, 1000, 1001, 3}, {2, 1000, 1000, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct approver_limit limit = {"USD", rows[i].limit_minor};
        const struct contract_terms terms = {.approvers_needed = rows[i].quorum,
                                             .one_approver_limit =
                                                 limit.amount_minor > 0 ? &limit : NULL};
        struct milestone milestone = milestone_of(rows[i].price_minor);
        assert_int_equal(approvals_needed(&terms, &milestone), rows[i].needed);
    }
}

CASE(what_was_agreed_off_the_price_does_not_widen_the_limit)
{
    struct approver_limit limit = {"USD", 1000};
    const struct contract_terms terms = {.one_approver_limit = &limit};
    struct milestone milestone = milestone_of(1001);
    milestone.reduction_minor = 500;
    assert_int_equal(approvals_needed(&terms, &milestone), 2);
}

CASE(each_person_approves_once_and_all_alike)
{
    struct decision yes[] = {{"Q1", true, SEVERITY_NONE, NULL, DAY_NONE, 0, NULL},
                             {"Q2", false, SEVERITY_MINOR, "a", DAY_NONE, 0, NULL}};
    struct decision same[] = {{"Q2", false, SEVERITY_MINOR, "b", DAY_NONE, 0, NULL},
                              {"Q1", true, SEVERITY_NONE, NULL, DAY_NONE, 0, NULL}};
    const struct list one = {yes, 2}, other = {same, 2};
    const struct submission submission = {.id = sample_id(71), .milestone_id = sample_id(9)};
    struct list earlier = {0};
    struct actor ada = person(50, "Ada"), bert = person(51, "Bert");
    struct approval first = {.id = sample_id(90)}, second = {.id = sample_id(91)};
    ALLOWED(approval_give(&first, &submission, &earlier, &one, "all rights", &ada, SAMPLE_NOON,
                          &fault));
    assert_int_equal(first.sequence, 1);
    assert_string_equal(first.approved_by_name, "Ada");
    earlier = (struct list){&first, 1};
    REFUSED(approval_give(&second, &submission, &earlier, &one, NULL, &ada, SAMPLE_NOON, &fault),
            ERROR_CONFLICT, "approved_by");
    ALLOWED(
        approval_give(&second, &submission, &earlier, &other, NULL, &bert, SAMPLE_NOON, &fault));
    assert_int_equal(second.sequence, 2);
    same[0].severity = SEVERITY_NONE;
    same[0].met = true;
    REFUSED(approval_give(&second, &submission, &earlier, &other, NULL, &bert, SAMPLE_NOON, &fault),
            ERROR_CONFLICT, "decisions");
}

RUN(T(one_approver_is_enough_unless_the_contract_wants_more),
    T(what_was_agreed_off_the_price_does_not_widen_the_limit),
    T(each_person_approves_once_and_all_alike))
