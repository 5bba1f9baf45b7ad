#include "core/progress_claim.h"

#include "../random.h"
#include "core/plan_check.h"
#include "core/price_reduction.h"
#include "sample.h"

static struct fault fault;
static const struct actor delivery = {.name = "Dana"};
static const struct actor approver = {.name = "Carl"};

static struct milestone milestone_of(int64_t price_minor)
{
    return (struct milestone){
        .id = sample_id(9),
        .code = "S1",
        .title = "Prototype",
        .price_minor = price_minor,
        .currency = "USD",
        .tax_category = TAX_STANDARD,
        .tax_rate_ppm = 190000,
        .start_day = DAY_NONE,
        .state = MILESTONE_IN_PROGRESS,
        .billing = BILLING_UNBILLED,
        .pricing = PRICING_PROGRESS,
        .reduction_minor = INTEGER_NONE,
        .claimed_minor = INTEGER_NONE,
        .claimed_ppm = INTEGER_NONE,
    };
}

static enum error claim(struct progress_claim *claim, const struct milestone *milestone,
                        int64_t percent_ppm)
{
    *claim = (struct progress_claim){.id = sample_id(10), .number = 1, .percent_ppm = percent_ppm};
    return progress_claim_make(claim, milestone, &delivery, SAMPLE_NOON, &fault);
}

static enum error accept(struct arena *arena, struct milestone *milestone,
                         struct progress_claim *claim, struct invoice *invoice)
{
    struct contract_terms terms = {.payment_days = 30};
    struct plan plan = {.terms = &terms};
    const struct client client = {.id = sample_id(1)};
    const struct contract contract = {.id = sample_id(2), .currency = "USD", .plan = &plan};
    const struct invoice_basis basis = {
        .client = &client, .contract = &contract, .accepted_day = sample_day("2016-06-22")};
    *invoice = (struct invoice){.id = sample_id(11)};
    enum error error =
        progress_claim_decide(claim, PROGRESS_ACCEPT, NULL, &approver, SAMPLE_NOON, &fault);
    if (!error)
        error = progress_claim_count(claim, milestone, &fault);
    return error ? error
                 : invoice_for_claim(arena, &basis, milestone, claim, sample_day("2016-06-22"),
                                     SAMPLE_NOON, invoice, &fault);
}

CASE(an_accepted_claim_bills_its_share_less_what_was_claimed_before)
{
    struct arena *arena = arena_new();
    struct milestone milestone = milestone_of(14505);
    struct progress_claim first, second;
    struct invoice invoice;
    ALLOWED(claim(&first, &milestone, 350000));
    assert_int_equal(first.net_minor, 5077);
    ALLOWED(accept(arena, &milestone, &first, &invoice));
    assert_int_equal(invoice.net_minor, 5077);
    assert_true(id_equal(first.invoice_id, invoice.id));
    ALLOWED(claim(&second, &milestone, 600000));
    assert_int_equal(second.before_ppm, 350000);
    ALLOWED(accept(arena, &milestone, &second, &invoice));
    const struct invoice_line *line = LIST_AT(struct invoice_line, invoice.lines, 0);
    assert_string_equal(line->description, "S1 Prototype\nprogress 35% to 60%");
    assert_int_equal(line->net_minor, 3626);
    assert_true(id_is_none(line->certificate_id));
    assert_true(id_equal(line->progress_claim_id, second.id));
    assert_int_equal(milestone.claimed_minor, 5077 + 3626);
    assert_int_equal(milestone.claimed_ppm, 600000);
    struct invoice_line rest = line_of_milestone(arena, &milestone);
    assert_int_equal(rest.net_minor, 14505 - 5077 - 3626);
    assert_string_equal(rest.description, "S1 Prototype\nprogress 60% to 100%");
    arena_free(arena);
}

CASE(a_claim_goes_beyond_what_is_accepted_and_up_to_the_whole)
{
    struct arena *arena = arena_new();
    struct milestone milestone = milestone_of(10000);
    struct progress_claim progress;
    struct invoice invoice;
    REFUSED(claim(&progress, &milestone, 0), ERROR_OUT_OF_RANGE, "percent_ppm");
    REFUSED(claim(&progress, &milestone, 1000001), ERROR_OUT_OF_RANGE, "percent_ppm");
    ALLOWED(claim(&progress, &milestone, 400000));
    ALLOWED(accept(arena, &milestone, &progress, &invoice));
    REFUSED(claim(&progress, &milestone, 300000), ERROR_OUT_OF_RANGE, "percent_ppm");
    REFUSED(claim(&progress, &milestone, 400000), ERROR_OUT_OF_RANGE, "percent_ppm");
    REFUSED(claim(&progress, &milestone, 400001), ERROR_OUT_OF_RANGE, "percent_ppm");
    ALLOWED(claim(&progress, &milestone, 1000000));
    assert_int_equal(progress.net_minor, 6000);
    arena_free(arena);
}

CASE(only_what_is_being_worked_on_and_billed_by_progress_is_claimed)
{
    static const enum milestone_state others[] = {MILESTONE_PLANNED,         MILESTONE_READY,
                                                  MILESTONE_SUBMITTED,       MILESTONE_ACCEPTED,
                                                  MILESTONE_DEEMED_ACCEPTED, MILESTONE_CANCELLED};
    struct milestone milestone = milestone_of(10000);
    struct progress_claim progress;
    milestone.pricing = PRICING_FIXED;
    REFUSED(claim(&progress, &milestone, 400000), ERROR_WRONG_STATE, "pricing");
    milestone.pricing = PRICING_PROGRESS;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        milestone.state = others[i];
        REFUSED(claim(&progress, &milestone, 400000), ERROR_WRONG_STATE, "state");
    }
    milestone.state = MILESTONE_REWORK;
    ALLOWED(claim(&progress, &milestone, 400000));
}

CASE(a_claim_is_decided_once_and_rejected_with_a_reason)
{
    struct milestone milestone = milestone_of(10000);
    struct progress_claim progress;
    ALLOWED(claim(&progress, &milestone, 400000));
    REFUSED(progress_claim_decide(&progress, PROGRESS_REJECT, " ", &approver, SAMPLE_NOON, &fault),
            ERROR_INVALID, "reason");
    assert_int_equal(progress.state, PROGRESS_CLAIMED);
    ALLOWED(progress_claim_decide(&progress, PROGRESS_REJECT, "half of it", &approver, SAMPLE_NOON,
                                  &fault));
    assert_string_equal(progress.decided_by_name, "Carl");
    REFUSED(progress_claim_decide(&progress, PROGRESS_ACCEPT, NULL, &approver, SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
    REFUSED(
        progress_claim_decide(&progress, PROGRESS_WITHDRAW, NULL, &delivery, SAMPLE_NOON, &fault),
        ERROR_WRONG_STATE, "state");
}

CASE(a_claim_of_another_price_or_of_what_is_decided_is_not_billed)
{
    struct arena *arena = arena_new();
    struct milestone milestone = milestone_of(10000);
    struct progress_claim progress, copy;
    struct invoice invoice;
    ALLOWED(claim(&progress, &milestone, 400000));
    copy = progress;
    milestone.reduction_minor = 1000;
    REFUSED(accept(arena, &milestone, &copy, &invoice), ERROR_CONFLICT, "net");
    milestone.reduction_minor = INTEGER_NONE;
    milestone.state = MILESTONE_SUBMITTED;
    copy = progress;
    REFUSED(accept(arena, &milestone, &copy, &invoice), ERROR_WRONG_STATE, "state");
    assert_int_equal(milestone.claimed_minor, INTEGER_NONE);
    arena_free(arena);
}

CASE(what_was_claimed_is_not_reduced)
{
    struct arena *arena = arena_new();
    struct milestone milestone = milestone_of(10000);
    struct progress_claim progress;
    struct invoice invoice;
    struct price_reduction reduction = {
        .amount_minor = 6001, .currency = "USD", .reason = "no map", .state = REDUCTION_PROPOSED};
    ALLOWED(claim(&progress, &milestone, 400000));
    ALLOWED(accept(arena, &milestone, &progress, &invoice));
    REFUSED(price_reduction_check(&reduction, &milestone, &fault), ERROR_OUT_OF_RANGE, "amount");
    reduction.amount_minor = 6000;
    ALLOWED(price_reduction_check(&reduction, &milestone, &fault));
    arena_free(arena);
}

CASE(what_is_claimed_in_full_is_closed_by_its_acceptance)
{
    struct arena *arena = arena_new();
    struct milestone milestone = milestone_of(10000);
    struct progress_claim progress;
    struct invoice invoice;
    ALLOWED(claim(&progress, &milestone, 1000000));
    ALLOWED(accept(arena, &milestone, &progress, &invoice));
    milestone.state = MILESTONE_SUBMITTED;
    ALLOWED(milestone_accept(&milestone, false, sample_id(12), SAMPLE_NOON, &fault));
    assert_int_equal(milestone.billing, BILLING_CLOSED);
    milestone = milestone_of(10000);
    milestone.state = MILESTONE_SUBMITTED;
    ALLOWED(milestone_accept(&milestone, false, sample_id(12), SAMPLE_NOON, &fault));
    assert_int_equal(milestone.billing, BILLING_BILLABLE);
    arena_free(arena);
}

/* ---- property: the parts are the whole, and never more than is accepted is billed --------------
 */

enum { ROUNDS = 4000, PERCENTS = 1000 * 1000 };

/* A price, now and then a reduction, and claims of which some are rejected. */
static void play(struct arena *arena, struct random *random)
{
    struct milestone milestone = milestone_of(random_between(random, 1, 100000000));
    int64_t billed_minor = 0;
    int64_t count = random_between(random, 0, 12);
    for (int64_t i = 0; i < count; i++) {
        struct progress_claim progress;
        struct invoice invoice;
        int64_t before_minor = milestone_claimed(&milestone);
        int64_t percent_ppm = random_between(random, 0, PERCENTS);
        if (random_between(random, 0, 9) == 0)
            milestone.reduction_minor =
                random_between(random, 0, milestone.price_minor - before_minor);
        if (claim(&progress, &milestone, percent_ppm) != OK) {
            assert_int_equal(milestone_claimed(&milestone), before_minor);
            continue;
        }
        assert_true(percent_ppm > milestone_claimed_ppm(&milestone));
        if (random_between(random, 0, 3) == 0) /* rejected */
            continue;
        ALLOWED(accept(arena, &milestone, &progress, &invoice));
        billed_minor += invoice.net_minor;
        assert_int_equal(billed_minor, milestone_claimed(&milestone));
        /* What is billed is the accepted share of the price, to half a minor unit. */
        int64_t doubt = 2 * (billed_minor * PERCENTS - milestone_billed_minor(&milestone) *
                                                           milestone_claimed_ppm(&milestone));
        assert_true(doubt <= PERCENTS && doubt >= -PERCENTS);
    }
    struct invoice_line rest = line_of_milestone(arena, &milestone);
    assert_true(rest.net_minor >= 0);
    assert_int_equal(billed_minor + rest.net_minor, milestone_billed_minor(&milestone));
}

CASE(claims_and_the_rest_are_the_whole_whatever_is_claimed)
{
    static const uint64_t seeds[] = {1, 20160622, 0x9E3779B97F4A7C15, 145051, 4};
    for (size_t s = 0; s < sizeof seeds / sizeof *seeds; s++) {
        struct random random = {seeds[s]};
        for (int i = 0; i < ROUNDS; i++) {
            struct arena *arena = arena_new();
            play(arena, &random);
            arena_free(arena);
        }
    }
}

RUN(T(an_accepted_claim_bills_its_share_less_what_was_claimed_before),
    T(a_claim_goes_beyond_what_is_accepted_and_up_to_the_whole),
    T(only_what_is_being_worked_on_and_billed_by_progress_is_claimed),
    T(a_claim_is_decided_once_and_rejected_with_a_reason),
    T(a_claim_of_another_price_or_of_what_is_decided_is_not_billed),
    T(what_was_claimed_is_not_reduced), T(what_is_claimed_in_full_is_closed_by_its_acceptance),
    T(claims_and_the_rest_are_the_whole_whatever_is_claimed))
