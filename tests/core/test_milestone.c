#include "core/milestone.h"

#include "sample.h"

static struct milestone in(enum milestone_state state, enum milestone_billing billing)
{
    return (struct milestone){.id = sample_id(9),
                              .version = 1,
                              .code = "S1",
                              .price_minor = 100,
                              .currency = "USD",
                              .state = state,
                              .billing = billing};
}

/* What each delivery state allows, written again as people say it; everything else is refused. */
CASE(delivery_takes_the_listed_steps_and_no_other)
{
    static const struct {
        enum milestone_state from;
        enum milestone_event event;
        enum milestone_state to;
    } steps[] = {
        {MILESTONE_PLANNED, MILESTONE_MAKE_READY, MILESTONE_READY},
        {MILESTONE_PLANNED, MILESTONE_CANCEL, MILESTONE_CANCELLED},
        {MILESTONE_READY, MILESTONE_START, MILESTONE_IN_PROGRESS},
        {MILESTONE_READY, MILESTONE_CANCEL, MILESTONE_CANCELLED},
        {MILESTONE_READY, MILESTONE_HOLD_BACK, MILESTONE_PLANNED},
        {MILESTONE_IN_PROGRESS, MILESTONE_SUBMIT, MILESTONE_SUBMITTED},
        {MILESTONE_IN_PROGRESS, MILESTONE_CANCEL, MILESTONE_CANCELLED},
        {MILESTONE_SUBMITTED, MILESTONE_WITHDRAW, MILESTONE_IN_PROGRESS},
        {MILESTONE_SUBMITTED, MILESTONE_ACCEPT, MILESTONE_ACCEPTED},
        {MILESTONE_SUBMITTED, MILESTONE_DEEM, MILESTONE_DEEMED_ACCEPTED},
        {MILESTONE_SUBMITTED, MILESTONE_REJECT, MILESTONE_REJECTED},
        {MILESTONE_REJECTED, MILESTONE_TAKE_BACK, MILESTONE_REWORK},
        {MILESTONE_REJECTED, MILESTONE_CANCEL, MILESTONE_CANCELLED},
        {MILESTONE_REWORK, MILESTONE_SUBMIT, MILESTONE_SUBMITTED},
        {MILESTONE_REWORK, MILESTONE_CANCEL, MILESTONE_CANCELLED},
    };
    enum { STEPS = sizeof steps / sizeof *steps };
    for (enum milestone_state from = MILESTONE_PLANNED; from <= MILESTONE_CANCELLED; from++) {
        for (enum milestone_event event = 1; event < MILESTONE_EVENT_COUNT; event++) {
            size_t i = 0;
            while (i < STEPS && (steps[i].from != from || steps[i].event != event))
                i++;
            struct milestone milestone = in(from, BILLING_UNBILLED);
            struct fault fault = {0};
            if (i < STEPS) {
                ALLOWED(milestone_advance(&milestone, event, &fault));
                assert_int_equal(milestone.state, steps[i].to);
            } else {
                REFUSED(milestone_advance(&milestone, event, &fault), ERROR_WRONG_STATE, "state");
                assert_int_equal(milestone.state, from);
            }
        }
    }
}

CASE(an_accepted_milestone_cannot_be_rejected)
{
    struct fault fault = {0};
    struct milestone milestone = in(MILESTONE_ACCEPTED, BILLING_BILLABLE);
    REFUSED(milestone_advance(&milestone, MILESTONE_REJECT, &fault), ERROR_WRONG_STATE, "state");
    assert_string_equal(fault.detail, "the milestone is accepted and cannot be rejected");
}

CASE(billing_takes_the_listed_steps_and_no_other)
{
    static const struct {
        enum milestone_billing from;
        enum billing_event event;
        enum milestone_billing to;
    } steps[] = {
        {BILLING_UNBILLED, BILLING_ALLOW, BILLING_BILLABLE},
        {BILLING_UNBILLED, BILLING_WAIVE, BILLING_CLOSED},
        {BILLING_BILLABLE, BILLING_INVOICE, BILLING_INVOICED},
        {BILLING_INVOICED, BILLING_SETTLE, BILLING_SETTLED},
        {BILLING_INVOICED, BILLING_CREDIT, BILLING_CREDITED},
        {BILLING_SETTLED, BILLING_REOPEN, BILLING_INVOICED},
        {BILLING_SETTLED, BILLING_CREDIT, BILLING_CREDITED},
        {BILLING_CREDITED, BILLING_RESTORE, BILLING_BILLABLE},
    };
    enum { STEPS = sizeof steps / sizeof *steps };
    for (enum milestone_billing from = BILLING_UNBILLED; from <= BILLING_CREDITED; from++) {
        for (enum billing_event event = 1; event < BILLING_EVENT_COUNT; event++) {
            size_t i = 0;
            while (i < STEPS && (steps[i].from != from || steps[i].event != event))
                i++;
            struct milestone milestone = in(MILESTONE_ACCEPTED, from);
            struct fault fault = {0};
            if (i < STEPS) {
                ALLOWED(milestone_bill(&milestone, event, &fault));
                assert_int_equal(milestone.billing, steps[i].to);
            } else {
                REFUSED(milestone_bill(&milestone, event, &fault), ERROR_WRONG_STATE, "billing");
            }
        }
    }
}

CASE(an_acceptance_makes_a_milestone_billable)
{
    struct fault fault = {0};
    struct milestone milestone = in(MILESTONE_SUBMITTED, BILLING_UNBILLED);
    ALLOWED(milestone_accept(&milestone, false, sample_id(20), SAMPLE_NOON, &fault));
    assert_int_equal(milestone.state, MILESTONE_ACCEPTED);
    assert_int_equal(milestone.billing, BILLING_BILLABLE);
    assert_int_equal(milestone.accepted_at, SAMPLE_NOON);
    assert_true(id_equal(milestone.certificate_id, sample_id(20)));
    milestone = in(MILESTONE_SUBMITTED, BILLING_UNBILLED);
    ALLOWED(milestone_accept(&milestone, true, sample_id(20), SAMPLE_NOON, &fault));
    assert_int_equal(milestone.state, MILESTONE_DEEMED_ACCEPTED);
}

CASE(a_milestone_for_nothing_is_closed_without_an_invoice)
{
    struct fault fault = {0};
    struct milestone milestone = in(MILESTONE_SUBMITTED, BILLING_UNBILLED);
    milestone.price_minor = 0;
    ALLOWED(milestone_accept(&milestone, false, sample_id(20), SAMPLE_NOON, &fault));
    assert_int_equal(milestone.billing, BILLING_CLOSED);
}

CASE(a_milestone_is_ready_when_all_before_it_is_accepted)
{
    struct fault fault = {0};
    struct milestone milestone = in(MILESTONE_PLANNED, BILLING_UNBILLED);
    struct milestone before[2] = {in(MILESTONE_ACCEPTED, BILLING_SETTLED),
                                  in(MILESTONE_SUBMITTED, BILLING_UNBILLED)};
    struct list predecessors = {before, 2};
    before[1].code = "S0";
    REFUSED(milestone_make_ready(&milestone, &predecessors, &fault), ERROR_WRONG_STATE, "after");
    assert_string_equal(fault.detail, "S0 comes first and is not accepted");
    before[1].state = MILESTONE_CANCELLED; /* which is not reaching it */
    REFUSED(milestone_make_ready(&milestone, &predecessors, &fault), ERROR_WRONG_STATE, "after");
    before[1].state = MILESTONE_DEEMED_ACCEPTED;
    ALLOWED(milestone_make_ready(&milestone, &predecessors, &fault));
    assert_int_equal(milestone.state, MILESTONE_READY);
}

CASE(a_signed_contract_becomes_milestones_and_their_order)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct contract contract = sample_contract(arena);
    struct list milestones, dependencies;
    struct id ids[5];
    for (unsigned i = 0; i < 5; i++)
        ids[i] = sample_id(30 + i);
    REFUSED(milestones_of_contract(arena, &contract, ids, &milestones, &dependencies, &fault),
            ERROR_WRONG_STATE, "state");
    contract.state = CONTRACT_ACTIVE;
    ALLOWED(milestones_of_contract(arena, &contract, ids, &milestones, &dependencies, &fault));
    assert_int_equal(milestones.count, 5);
    assert_int_equal(dependencies.count, 4);
    const struct milestone *first = LIST_AT(struct milestone, milestones, 0);
    const struct milestone *last = LIST_AT(struct milestone, milestones, 4);
    assert_int_equal(first->state, MILESTONE_READY);
    assert_int_equal(last->state, MILESTONE_PLANNED);
    assert_int_equal(last->number, 5);
    assert_int_equal(last->price_minor, 2700000);
    assert_string_equal(last->currency, "USD");
    assert_int_equal(last->billing, BILLING_UNBILLED);
    const struct milestone_dependency *edge = LIST_AT(struct milestone_dependency, dependencies, 3);
    assert_true(id_equal(edge->milestone_id, ids[4]));
    assert_true(id_equal(edge->after_id, ids[3]));
    arena_free(arena);
}

RUN(T(delivery_takes_the_listed_steps_and_no_other), T(an_accepted_milestone_cannot_be_rejected),
    T(billing_takes_the_listed_steps_and_no_other), T(an_acceptance_makes_a_milestone_billable),
    T(a_milestone_for_nothing_is_closed_without_an_invoice),
    T(a_milestone_is_ready_when_all_before_it_is_accepted),
    T(a_signed_contract_becomes_milestones_and_their_order))
