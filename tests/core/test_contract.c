#include "core/contract.h"

#include "core/contract_terms.h"

#include "sample.h"

static struct fault fault;

struct table {
    struct arena *arena;
    struct company company;
    struct client client;
    struct engagement engagement;
    struct list requirements;
    struct list signatures;
    struct contract contract;
};

static void set_table(struct table *t)
{
    *t = (struct table){.arena = arena_new(), .company = sample_company()};
    t->client = sample_client();
    t->engagement = sample_engagement();
    t->engagement.state = ENGAGEMENT_CONTRACTING;
    t->requirements = sample_requirements(t->arena);
    t->signatures = sample_signatures(t->arena);
    t->contract = sample_contract(t->arena);
}

static enum error send(struct table *t)
{
    struct contract_basis basis = {&t->company, &t->client, &t->engagement, &t->requirements};
    return contract_send(t->arena, &t->contract, &basis, &t->signatures, "C-2016-0001", SAMPLE_NOON,
                         &fault);
}

static struct signature *signer(struct table *t, size_t i)
{
    return LIST_AT(struct signature, t->signatures, i);
}

static enum error sign(struct table *t, size_t i)
{
    struct signing signing = {t->contract.document_hash, "I agree to sign this electronically.",
                              METHOD_PASSWORD, "192.0.2.1", "a browser"};
    return contract_sign(&t->contract, &t->signatures, signer(t, i)->id, &signing,
                         SAMPLE_NOON + 1 + (int64_t)i, &fault);
}

static enum error hold(struct table *t)
{
    return contract_signatures_hold(t->arena, &t->contract, &t->signatures, &fault);
}

CASE(a_contract_is_drafted_from_an_accepted_proposal_only)
{
    struct table t;
    set_table(&t);
    struct contract contract = {.id = sample_id(5)};
    struct proposal proposal = sample_proposal(t.arena);
    REFUSED(contract_draft(&contract, &t.engagement, &proposal, &fault), ERROR_WRONG_STATE,
            "proposal_id");
    proposal.state = PROPOSAL_ACCEPTED;
    ALLOWED(contract_draft(&contract, &t.engagement, &proposal, &fault));
    assert_int_equal(contract.state, CONTRACT_DRAFT);
    assert_int_equal(contract.sum_minor, 12000000);
    assert_ptr_equal(contract.plan, proposal.plan);
    arena_free(t.arena);
}

CASE(a_contract_that_could_not_begin_is_neither_drafted_nor_sent)
{
    struct table t;
    set_table(&t);
    struct contract contract = {.id = sample_id(5)};
    struct proposal proposal = sample_proposal(t.arena);
    proposal.state = PROPOSAL_ACCEPTED;
    t.engagement.state = ENGAGEMENT_TERMINATED;
    REFUSED(contract_draft(&contract, &t.engagement, &proposal, &fault), ERROR_WRONG_STATE,
            "state");
    REFUSED(send(&t), ERROR_WRONG_STATE, "state");
    assert_int_equal(t.contract.state, CONTRACT_DRAFT);
    arena_free(t.arena);
}

CASE(nobody_signs_twice)
{
    struct table t;
    set_table(&t);
    signer(&t, 2)->signer_id = signer(&t, 1)->signer_id;
    REFUSED(send(&t), ERROR_INVALID, "signers");
    assert_string_equal(fault.detail, "nobody signs twice");
    arena_free(t.arena);
}

CASE(a_sent_contract_is_frozen_by_the_hash_of_its_text)
{
    struct table t;
    set_table(&t);
    ALLOWED(send(&t));
    assert_int_equal(t.contract.state, CONTRACT_OUT_FOR_SIGNATURE);
    assert_string_equal(t.contract.number, "C-2016-0001");
    assert_true(hash_equal(t.contract.document_hash,
                           hash_bytes(t.contract.document, strlen(t.contract.document))));
    assert_non_null(strstr(t.contract.document, "\"price_minor\":2700000"));
    assert_non_null(strstr(t.contract.document, "\"name\":\"Olga Owner\""));
    assert_non_null(strstr(t.contract.document, "\"code\":\"R2\""));
    ALLOWED(hold(&t));
    arena_free(t.arena);
}

CASE(the_same_rows_always_give_the_same_text)
{
    struct table t, other;
    set_table(&t);
    set_table(&other);
    struct signature first = *signer(&other, 0);
    *signer(&other, 0) = *signer(&other, 2); /* the order of rows does not matter */
    *signer(&other, 2) = first;
    ALLOWED(send(&t));
    ALLOWED(contract_send(other.arena, &other.contract,
                          &(struct contract_basis){&other.company, &other.client, &other.engagement,
                                                   &other.requirements},
                          &other.signatures, "C-2016-0001", SAMPLE_NOON + 5, NULL));
    assert_string_equal(t.contract.document, other.contract.document);
    arena_free(t.arena);
    arena_free(other.arena);
}

CASE(a_sent_contract_cannot_be_edited)
{
    struct table t;
    set_table(&t);
    struct plan *plan = sample_plan(t.arena);
    plan->summary = "another";
    ALLOWED(contract_edit(&t.contract, plan, &fault));
    ALLOWED(send(&t));
    for (enum contract_state each = CONTRACT_OUT_FOR_SIGNATURE; each <= CONTRACT_DECLINED; each++) {
        t.contract.state = each;
        REFUSED(contract_edit(&t.contract, plan, &fault), ERROR_WRONG_STATE, "state");
        REFUSED(send(&t), ERROR_WRONG_STATE, "state");
    }
    arena_free(t.arena);
}

CASE(a_plan_that_does_not_hold_is_not_sent_for_signature)
{
    struct table t;
    set_table(&t);
    t.contract.plan->total_minor++;
    REFUSED(send(&t), ERROR_SUM_MISMATCH, "plan/total");
    t.contract.plan->total_minor--;
    t.engagement.currency = "EUR";
    REFUSED(send(&t), ERROR_INVALID, "plan/currency");
    assert_int_equal(t.contract.state, CONTRACT_DRAFT);
    assert_null(t.contract.document);
    arena_free(t.arena);
}

CASE(signers_are_numbered_and_on_both_sides)
{
    struct table t;
    set_table(&t);
    signer(&t, 2)->sequence = 2;
    REFUSED(send(&t), ERROR_INVALID, "signers");
    signer(&t, 2)->sequence = 4;
    REFUSED(send(&t), ERROR_INVALID, "signers");
    signer(&t, 2)->sequence = 3;
    signer(&t, 2)->state = SIGNATURE_SIGNED;
    REFUSED(send(&t), ERROR_INVALID, "signers");
    signer(&t, 2)->state = SIGNATURE_PENDING;
    t.signatures.count = 1;
    REFUSED(send(&t), ERROR_INVALID, "signers");
    t.signatures.count = 0;
    REFUSED(send(&t), ERROR_INVALID, "signers");
    t.signatures.count = 2;
    ALLOWED(send(&t));
    arena_free(t.arena);
}

CASE(the_last_signature_makes_the_contract_active)
{
    struct table t;
    set_table(&t);
    ALLOWED(send(&t));
    ALLOWED(sign(&t, 0));
    assert_int_equal(t.contract.state, CONTRACT_PARTLY_SIGNED);
    ALLOWED(hold(&t));
    ALLOWED(sign(&t, 1));
    assert_int_equal(t.contract.active_at, 0);
    ALLOWED(sign(&t, 2));
    assert_int_equal(t.contract.state, CONTRACT_ACTIVE);
    assert_int_equal(t.contract.active_at, SAMPLE_NOON + 3);
    assert_true(hash_equal(signer(&t, 1)->document_hash, t.contract.document_hash));
    assert_string_equal(signer(&t, 1)->address, "192.0.2.1");
    ALLOWED(hold(&t));
    arena_free(t.arena);
}

CASE(people_sign_in_their_order_and_once)
{
    struct table t;
    set_table(&t);
    REFUSED(sign(&t, 0), ERROR_WRONG_STATE, "state"); /* not sent yet */
    ALLOWED(send(&t));
    REFUSED(sign(&t, 1), ERROR_WRONG_STATE, "sequence");
    assert_string_equal(fault.detail, "Olga Owner signs first");
    ALLOWED(sign(&t, 0));
    REFUSED(sign(&t, 0), ERROR_WRONG_STATE, "state");
    REFUSED(contract_sign(&t.contract, &t.signatures, sample_id(99), &(struct signing){0},
                          SAMPLE_NOON, &fault),
            ERROR_NOT_FOUND, "signature_id");
    arena_free(t.arena);
}

CASE(a_signature_is_for_the_document_that_was_shown)
{
    struct table t;
    set_table(&t);
    ALLOWED(send(&t));
    struct signing signing = {t.contract.document_hash, "I agree", METHOD_PASSWORD, NULL, NULL};
    signing.document_hash.bytes[0] ^= 1;
    REFUSED(
        contract_sign(&t.contract, &t.signatures, signer(&t, 0)->id, &signing, SAMPLE_NOON, &fault),
        ERROR_STALE, "document_hash");
    signing.document_hash.bytes[0] ^= 1;
    signing.consent = "";
    REFUSED(
        contract_sign(&t.contract, &t.signatures, signer(&t, 0)->id, &signing, SAMPLE_NOON, &fault),
        ERROR_INVALID, "consent");
    t.contract.document = "something else";
    REFUSED(sign(&t, 0), ERROR_CHECK_FAILED, "document");
    assert_int_equal(signer(&t, 0)->state, SIGNATURE_PENDING);
    assert_int_equal(t.contract.state, CONTRACT_OUT_FOR_SIGNATURE);
    arena_free(t.arena);
}

CASE(any_signer_declines_and_nobody_can_sign_any_more)
{
    struct table t;
    set_table(&t);
    ALLOWED(send(&t));
    ALLOWED(sign(&t, 0));
    REFUSED(
        contract_decline(&t.contract, &t.signatures, signer(&t, 2)->id, "", SAMPLE_NOON, &fault),
        ERROR_INVALID, "reason");
    assert_int_equal(signer(&t, 2)->state, SIGNATURE_PENDING);
    ALLOWED(contract_decline(&t.contract, &t.signatures, signer(&t, 2)->id, "no budget",
                             SAMPLE_NOON, &fault));
    assert_int_equal(t.contract.state, CONTRACT_DECLINED);
    assert_string_equal(signer(&t, 2)->reason, "no budget");
    REFUSED(sign(&t, 1), ERROR_WRONG_STATE, "state");
    ALLOWED(hold(&t));
    arena_free(t.arena);
}

CASE(an_edit_after_signing_shows)
{
    struct table t;
    set_table(&t);
    ALLOWED(send(&t));
    for (size_t i = 0; i < 3; i++)
        ALLOWED(sign(&t, i));
    const struct table before = t;
    sprint(t.contract.plan, 4)->price_minor += 100;
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "plan");
    sprint(t.contract.plan, 4)->price_minor -= 100;
    t.contract.document = arena_format(t.arena, "%s ", before.contract.document);
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "document");
    /* with a new hash to match, the signatures are of another text */
    t.contract.document_hash = hash_bytes(t.contract.document, strlen(t.contract.document));
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "signatures/0");
    t.contract = before.contract;
    ALLOWED(hold(&t));
    arena_free(t.arena);
}

CASE(signatures_that_do_not_fit_the_state_show)
{
    struct table t;
    set_table(&t);
    ALLOWED(send(&t));
    for (size_t i = 0; i < 3; i++)
        ALLOWED(sign(&t, i));
    signer(&t, 2)->state = SIGNATURE_PENDING;
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "state");
    signer(&t, 2)->state = SIGNATURE_SIGNED;
    signer(&t, 1)->state = SIGNATURE_PENDING; /* the third signed before the second */
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "signatures/2");
    signer(&t, 1)->state = SIGNATURE_SIGNED;
    signer(&t, 1)->consent = NULL;
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "signatures/1");
    signer(&t, 1)->consent = "I agree";
    signer(&t, 1)->signed_at = SAMPLE_NOON + 9; /* after the third */
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "signatures/2");
    signer(&t, 1)->signed_at = SAMPLE_NOON + 2;
    t.contract.active_at = 0;
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "state");
    t.contract.active_at = SAMPLE_NOON + 3;
    t.signatures.count = 0;
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "state");
    arena_free(t.arena);
}

CASE(a_draft_has_nothing_to_sign)
{
    struct table t;
    set_table(&t);
    ALLOWED(hold(&t));
    t.contract.document = "{}";
    REFUSED(hold(&t), ERROR_CHECK_FAILED, "state");
    arena_free(t.arena);
}

CASE(an_active_contract_is_suspended_and_ends)
{
    struct table t;
    set_table(&t);
    REFUSED(contract_suspend(&t.contract, "strike", &fault), ERROR_WRONG_STATE, "state");
    t.contract.state = CONTRACT_ACTIVE;
    REFUSED(contract_suspend(&t.contract, NULL, &fault), ERROR_INVALID, "reason");
    ALLOWED(contract_suspend(&t.contract, "strike", &fault));
    REFUSED(contract_complete(&t.contract, SAMPLE_NOON, &fault), ERROR_WRONG_STATE, "state");
    ALLOWED(contract_resume(&t.contract, &fault));
    REFUSED(contract_terminate(&t.contract, " ", SAMPLE_NOON, &fault), ERROR_INVALID, "reason");
    ALLOWED(contract_complete(&t.contract, SAMPLE_NOON, &fault));
    assert_int_equal(t.contract.ended_at, SAMPLE_NOON);
    REFUSED(contract_terminate(&t.contract, "late", SAMPLE_NOON, &fault), ERROR_WRONG_STATE,
            "state");
    t.contract.state = CONTRACT_SUSPENDED;
    ALLOWED(contract_terminate(&t.contract, "bankrupt", SAMPLE_NOON, &fault));
    arena_free(t.arena);
}

CASE(only_the_plan_of_the_text_is_stated_by_it)
{
    struct table t;
    set_table(&t);
    t.engagement.summary = "\"plan\":{"; /* a text within the text is no member */
    ALLOWED(send(&t));
    assert_true(contract_document_states_plan(t.arena, t.contract.document, t.contract.plan));
    t.contract.plan->terms->prose = "and a yacht";
    assert_false(contract_document_states_plan(t.arena, t.contract.document, t.contract.plan));
    arena_free(t.arena);
}

/* Contracts that were signed before these terms could be chosen keep their bytes and mean the same.
 */
CASE(terms_that_came_later_are_in_the_text_only_where_they_are_set)
{
    static const char old_terms[] =
        "\"terms\":{\"acceptance_day_kind\":\"calendar\",\"acceptance_days\":30,"
        "\"consumer_client\":false,\"holidays\":[],\"jurisdiction\":null,\"notice_text\":null,"
        "\"payment_days\":30,\"prose\":null,\"reminders\":[],\"silence\":\"none\","
        "\"tax_note\":null,\"time_zone\":\"America/New_York\"}";
    struct table t;
    set_table(&t);
    struct contract_terms *terms = t.contract.plan->terms;
    ALLOWED(send(&t));
    assert_non_null(strstr(t.contract.document, old_terms));
    assert_int_equal(contract_tax_rule(terms).scope, TAX_PER_GROUP);
    assert_int_equal(contract_refusal_severity(terms), SEVERITY_MAJOR);
    contract_terms_complete(terms);
    assert_false(contract_document_states_plan(t.arena, t.contract.document, t.contract.plan));
    assert_int_equal(contract_tax_rule(terms).scope, TAX_PER_GROUP);
    assert_int_equal(contract_refusal_severity(terms), SEVERITY_MAJOR);
    t.contract.state = CONTRACT_DRAFT;
    ALLOWED(send(&t));
    assert_non_null(strstr(t.contract.document, "\"refusal_from\":\"major\""));
    assert_non_null(strstr(t.contract.document, "\"tax_rounding\":\"per_group\""));
    arena_free(t.arena);
}

RUN(T(a_contract_is_drafted_from_an_accepted_proposal_only),
    T(a_contract_that_could_not_begin_is_neither_drafted_nor_sent), T(nobody_signs_twice),
    T(a_sent_contract_is_frozen_by_the_hash_of_its_text),
    T(the_same_rows_always_give_the_same_text), T(a_sent_contract_cannot_be_edited),
    T(a_plan_that_does_not_hold_is_not_sent_for_signature),
    T(signers_are_numbered_and_on_both_sides), T(the_last_signature_makes_the_contract_active),
    T(people_sign_in_their_order_and_once), T(a_signature_is_for_the_document_that_was_shown),
    T(any_signer_declines_and_nobody_can_sign_any_more), T(an_edit_after_signing_shows),
    T(signatures_that_do_not_fit_the_state_show), T(a_draft_has_nothing_to_sign),
    T(an_active_contract_is_suspended_and_ends), T(only_the_plan_of_the_text_is_stated_by_it),
    T(terms_that_came_later_are_in_the_text_only_where_they_are_set))
