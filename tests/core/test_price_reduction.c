#include "core/price_reduction.h"

#include "core/invoice.h"
#include "sample.h"

static struct fault fault;

static struct milestone milestone_of(int64_t price_minor)
{
    static const char *criteria[] = {"Q1"};
    return (struct milestone){
        .id = sample_id(9),
        .code = "S1",
        .title = "Prototype",
        .price_minor = price_minor,
        .currency = "USD",
        .state = MILESTONE_REWORK,
        .billing = BILLING_UNBILLED,
        .criteria = {criteria, 1},
        .reduction_minor = INTEGER_NONE,
    };
}

static struct price_reduction reduction_of(int64_t amount_minor)
{
    return (struct price_reduction){.amount_minor = amount_minor,
                                    .currency = "USD",
                                    .reason = "no map",
                                    .state = REDUCTION_PROPOSED};
}

CASE(a_reduction_is_more_than_nothing_and_within_the_price)
{
    struct milestone milestone = milestone_of(10000);
    struct price_reduction reduction = reduction_of(10000);
    ALLOWED(price_reduction_check(&reduction, &milestone, &fault));
    reduction.amount_minor = 10001;
    REFUSED(price_reduction_check(&reduction, &milestone, &fault), ERROR_OUT_OF_RANGE, "amount");
    reduction.amount_minor = 0;
    REFUSED(price_reduction_check(&reduction, &milestone, &fault), ERROR_OUT_OF_RANGE, "amount");
    reduction = reduction_of(1);
    reduction.currency = "EUR";
    REFUSED(price_reduction_check(&reduction, &milestone, &fault), ERROR_CONFLICT, "amount");
    reduction = reduction_of(1);
    reduction.criterion = "Q2";
    REFUSED(price_reduction_check(&reduction, &milestone, &fault), ERROR_INVALID, "criterion");
    reduction.reason = " ";
    REFUSED(price_reduction_check(&reduction, &milestone, &fault), ERROR_INVALID, "reason");
}

CASE(what_is_accepted_or_billed_by_periods_is_not_reduced)
{
    struct milestone milestone = milestone_of(10000);
    struct price_reduction reduction = reduction_of(1);
    milestone.state = MILESTONE_ACCEPTED;
    REFUSED(price_reduction_check(&reduction, &milestone, &fault), ERROR_WRONG_STATE, "state");
    milestone.state = MILESTONE_CANCELLED;
    REFUSED(price_reduction_check(&reduction, &milestone, &fault), ERROR_WRONG_STATE, "state");
    milestone.state = MILESTONE_SUBMITTED;
    milestone.pricing = PRICING_RECURRING;
    REFUSED(price_reduction_check(&reduction, &milestone, &fault), ERROR_WRONG_STATE, "pricing");
}

CASE(a_reduction_is_decided_once_and_gives_way_to_a_later_one)
{
    struct actor approver = sample_approver();
    struct price_reduction reduction = reduction_of(1);
    ALLOWED(
        price_reduction_decide(&reduction, REDUCTION_AGREE, "yes", &approver, SAMPLE_NOON, &fault));
    assert_string_equal(reduction.decided_by_name, approver.name);
    REFUSED(
        price_reduction_decide(&reduction, REDUCTION_DECLINE, NULL, &approver, SAMPLE_NOON, &fault),
        ERROR_WRONG_STATE, "state");
    REFUSED(price_reduction_decide(&reduction, REDUCTION_WITHDRAW, NULL, &approver, SAMPLE_NOON,
                                   &fault),
            ERROR_WRONG_STATE, "state");
    ALLOWED(price_reduction_decide(&reduction, REDUCTION_SUPERSEDE, NULL, &approver, SAMPLE_NOON,
                                   &fault));
    assert_string_equal(reduction.answer, "yes");
}

CASE(a_line_bills_the_signed_price_less_the_reduction_and_says_why)
{
    struct arena *arena = arena_new();
    struct milestone milestone = milestone_of(100000);
    assert_string_equal(line_of_milestone(arena, &milestone).description, "S1 Prototype");
    assert_int_equal(line_of_milestone(arena, &milestone).net_minor, 100000);
    milestone.reduction_minor = 15000;
    milestone.reduction_reason = "no map";
    struct invoice_line line = line_of_milestone(arena, &milestone);
    assert_int_equal(line.net_minor, 85000);
    assert_int_equal(line.unit_price_minor, 85000);
    assert_string_equal(line.description,
                        "S1 Prototype\n1000.00 USD less 150.00 USD as agreed: no map");
    arena_free(arena);
}

CASE(what_is_reduced_to_nothing_is_not_billed)
{
    struct milestone milestone = milestone_of(100);
    milestone.state = MILESTONE_SUBMITTED;
    milestone.reduction_minor = 100;
    ALLOWED(milestone_accept(&milestone, false, sample_id(80), SAMPLE_NOON, &fault));
    assert_int_equal(milestone.billing, BILLING_CLOSED);
}

RUN(T(a_reduction_is_more_than_nothing_and_within_the_price),
    T(what_is_accepted_or_billed_by_periods_is_not_reduced),
    T(a_reduction_is_decided_once_and_gives_way_to_a_later_one),
    T(a_line_bills_the_signed_price_less_the_reduction_and_says_why),
    T(what_is_reduced_to_nothing_is_not_billed))
