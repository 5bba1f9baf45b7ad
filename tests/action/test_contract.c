#include "action/contract.h"

#include <stdlib.h>

#include "action/proposal.h"
#include "core/contract_document.h"

#include "../scenario.h"

static const char consent[] = "I have read the whole document and sign it electronically.";

static enum error sign(const struct scenario *s, struct actor actor, struct hash document_hash,
                       struct contract *out)
{
    struct sign_contract in = {s->contract.id, document_hash, consent};
    return stage_perform(s->stage, actor, &sign_contract_operation, &in, out);
}

static enum error decline(const struct scenario *s, struct actor actor, const char *reason,
                          struct contract *out)
{
    struct contract in = {.id = s->contract.id, .reason = reason};
    return stage_perform(s->stage, actor, &decline_contract_operation, &in, out);
}

static enum error send_to(const struct scenario *s, struct signer *signers, size_t count,
                          struct contract *out)
{
    struct send_contract in = {s->contract.id, {signers, count}};
    return stage_perform(s->stage, scenario_owner(s), &send_contract_operation, &in, out);
}

static enum error change_terms(const struct scenario *s, int64_t version, int64_t payment_days)
{
    struct contract_terms terms;
    struct contract out;
    shape_init(&contract_terms_shape, &terms);
    terms.payment_days = payment_days;
    terms.time_zone = "Europe/Berlin";
    struct change_contract in = {s->contract.id, &terms};
    return stage_perform_at(s->stage, scenario_owner(s), version, &change_contract_operation, &in,
                            &out);
}

static enum error show(const struct scenario *s, struct actor actor, struct contract *out)
{
    struct subject subject = {s->contract.id};
    return stage_perform(s->stage, actor, &show_contract_operation, &subject, out);
}

static const struct signature *signature(const struct contract *contract, size_t i)
{
    assert_true(i < contract->signatures.count);
    return LIST_AT(struct signature, contract->signatures, i);
}

static void set_stage(struct scenario *s, void **state)
{
    scenario_agreed(s, *state, 1);
    scenario_draw_up(s);
}

static void set_out_for_signature(struct scenario *s, void **state)
{
    set_stage(s, state);
    scenario_send_contract(s);
}

/* ---- drawing up ---------------------------------------------------------------------------- */

CASE(a_contract_is_drawn_up_from_an_accepted_proposal_and_once)
{
    struct scenario s;
    struct contract out;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    scenario_requirements(&s, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    struct subject subject = {s.engagement.id};
    struct actor owner = scenario_owner(&s);
    assert_result(s.stage,
                  stage_perform(s.stage, owner, &create_contract_operation, &subject, &out),
                  ERROR_WRONG_STATE);
    scenario_accept(&s);
    scenario_draw_up(&s);
    assert_int_equal(s.contract.state, CONTRACT_DRAFT);
    assert_int_equal(s.contract.sum_minor, s.proposal.total_minor);
    assert_null(s.contract.number);
    assert_result(s.stage,
                  stage_perform(s.stage, owner, &create_contract_operation, &subject, &out),
                  ERROR_CONFLICT);
    assert_result(s.stage,
                  stage_perform(s.stage, stage_user(USER_DELIVERY), &create_contract_operation,
                                &subject, &out),
                  ERROR_FORBIDDEN);
}

CASE(a_draft_is_the_agencys_own)
{
    struct scenario s;
    struct contract out;
    struct contract_text text;
    set_stage(&s, state);
    struct subject subject = {s.contract.id};
    assert_result(s.stage, show(&s, scenario_contact(&s, CONTACT_APPROVER), &out), ERROR_NOT_FOUND);
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &show_contract_text_operation, &subject, &text),
        ERROR_NOT_FOUND);
}

CASE(terms_are_completed_while_it_is_a_draft_and_nothing_else_changes)
{
    struct scenario s;
    struct contract contract;
    set_stage(&s, state);
    assert_result(s.stage, change_terms(&s, 9, 14), ERROR_STALE);
    assert_result(s.stage, change_terms(&s, 1, 14), OK);
    scenario_load(&s, &contract_shape, s.contract.id, &contract);
    assert_int_equal(contract.plan->terms->payment_days, 14);
    assert_int_equal(contract.sum_minor, s.proposal.total_minor);
    assert_int_equal(contract.plan->milestones.count, 1);
}

/* A new contract states what would hold if it said nothing. */
CASE(a_draft_says_how_tax_is_rounded_and_what_justifies_a_refusal)
{
    struct scenario s;
    struct contract contract;
    set_stage(&s, state);
    assert_int_equal(s.contract.plan->terms->tax_rounding, TAX_PER_GROUP);
    assert_int_equal(s.contract.plan->terms->refusal_from, REFUSAL_FROM_MAJOR);
    struct contract_terms terms;
    shape_init(&contract_terms_shape, &terms);
    terms.time_zone = "Europe/Berlin";
    terms.tax_rounding = TAX_PER_LINE;
    struct change_contract in = {s.contract.id, &terms};
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 1, &change_contract_operation, &in,
                                   &contract),
                  OK);
    scenario_send_contract(&s);
    assert_result(s.stage, show(&s, scenario_owner(&s), &contract), OK);
    assert_non_null(strstr(contract.document, "\"tax_rounding\":\"per_line\""));
    assert_non_null(strstr(contract.document, "\"refusal_from\":\"major\""));
}

CASE(nothing_can_be_edited_once_it_is_sent)
{
    struct scenario s;
    struct contract before, after;
    set_out_for_signature(&s, state);
    scenario_load(&s, &contract_shape, s.contract.id, &before);
    assert_result(s.stage, change_terms(&s, before.version, 1), ERROR_WRONG_STATE);
    struct signer signers[] = {{SIDE_AGENCY, s.owner.id, NULL},
                               {SIDE_CLIENT, s.contacts[CONTACT_APPROVER].id, NULL}};
    assert_result(s.stage, send_to(&s, signers, 2, &after), ERROR_WRONG_STATE);
    scenario_load(&s, &contract_shape, s.contract.id, &after);
    assert_int_equal(after.version, before.version);
    assert_string_equal(after.document, before.document);
}

/* ---- sending ------------------------------------------------------------------------------- */

CASE(only_people_of_both_sides_who_may_sign_are_named)
{
    struct scenario s, other;
    struct contract out;
    set_stage(&s, state);
    scenario_client(&other, *state);
    struct id owner = s.owner.id, approver = s.contacts[CONTACT_APPROVER].id;
    struct id stranger = other.contacts[CONTACT_APPROVER].id;
    const struct {
        struct signer first, second;
        const char *field;
    } cases[] = {
        {{SIDE_AGENCY, owner, NULL}, {SIDE_CLIENT, stranger, NULL}, "signers/1/signer_id"},
        {{SIDE_AGENCY, owner, NULL},
         {SIDE_CLIENT, s.contacts[CONTACT_VIEWER].id, NULL},
         "signers/1/signer_id"},
        {{SIDE_AGENCY, approver, NULL}, {SIDE_CLIENT, approver, NULL}, "signers/0/signer_id"},
        {{SIDE_CLIENT, owner, NULL}, {SIDE_CLIENT, approver, NULL}, "signers/0/signer_id"},
        {{SIDE_AGENCY, owner, NULL}, {SIDE_AGENCY, owner, NULL}, "signers"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct signer signers[] = {cases[i].first, cases[i].second};
        assert_result(s.stage, send_to(&s, signers, 2, &out), ERROR_INVALID);
        assert_string_equal(s.stage->fault.field, cases[i].field);
    }
    struct signer only_agency = {SIDE_AGENCY, owner, NULL};
    assert_result(s.stage, send_to(&s, &only_agency, 1, &out), ERROR_INVALID);
    assert_int_equal(scenario_events(&s, "contract.sent"), 0);
}

CASE(a_sent_contract_is_one_frozen_text_under_a_number)
{
    struct scenario s;
    struct contract_text text;
    set_out_for_signature(&s, state);
    assert_int_equal(s.contract.state, CONTRACT_OUT_FOR_SIGNATURE);
    assert_memory_equal(s.contract.number, "C-2016-", 7);
    struct subject subject = {s.contract.id};
    struct actor approver = scenario_contact(&s, CONTACT_APPROVER);
    assert_result(s.stage,
                  stage_perform(s.stage, approver, &show_contract_text_operation, &subject, &text),
                  OK);
    assert_true(hash_equal(hash_bytes(text.document, strlen(text.document)), text.document_hash));
    assert_true(hash_equal(text.document_hash, s.contract.document_hash));
    assert_non_null(strstr(text.document, CONTRACT_DOCUMENT_FORMAT));
    assert_non_null(strstr(text.document, "Requirement number 1"));
    assert_non_null(strstr(text.document, "managing director"));
}

/* A number is taken only by a contract that goes out. */
CASE(numbers_have_no_gaps_whatever_was_refused)
{
    struct scenario first, second;
    struct contract out;
    set_out_for_signature(&first, state);
    set_stage(&second, state);
    struct signer only_agency = {SIDE_AGENCY, second.owner.id, NULL};
    assert_result(second.stage, send_to(&second, &only_agency, 1, &out), ERROR_INVALID);
    scenario_send_contract(&second);
    int before = atoi(first.contract.number + strlen("C-2016-"));
    assert_int_equal(atoi(second.contract.number + strlen("C-2016-")), before + 1);
}

/* ---- signing ------------------------------------------------------------------------------- */

CASE(people_sign_in_their_order_and_each_is_asked_when_it_is_their_turn)
{
    struct scenario s;
    struct contract out;
    set_out_for_signature(&s, state);
    struct actor owner = scenario_owner(&s), approver = scenario_contact(&s, CONTACT_APPROVER);
    assert_int_equal(scenario_mails(&s, s.owner.email, "Please sign"), 1);
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Please sign"), 0);
    assert_result(s.stage, sign(&s, approver, s.contract.document_hash, &out), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "sequence");
    assert_result(s.stage, sign(&s, owner, s.contract.document_hash, &out), OK);
    assert_int_equal(out.state, CONTRACT_PARTLY_SIGNED);
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Please sign"), 1);
    assert_result(s.stage, sign(&s, owner, s.contract.document_hash, &out), ERROR_WRONG_STATE);
    assert_result(s.stage, sign(&s, approver, s.contract.document_hash, &out), OK);
    assert_int_equal(out.state, CONTRACT_ACTIVE);
    assert_int_equal(out.active_at, STAGE_NOW_MS);
    assert_int_equal(scenario_mails(&s, s.owner.email, "Signed by all"), 1);
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Signed by all"), 1);
}

CASE(a_signature_keeps_what_was_seen_and_agreed_to)
{
    struct scenario s;
    struct contract out;
    scenario_signed(&s, *state, 1);
    assert_result(s.stage, show(&s, scenario_contact(&s, CONTACT_VIEWER), &out), OK);
    const struct signature *first = signature(&out, 0), *second = signature(&out, 1);
    assert_int_equal(first->side, SIDE_AGENCY);
    assert_int_equal(first->method, METHOD_PASSWORD);
    assert_string_equal(first->role, "managing director");
    assert_int_equal(second->side, SIDE_CLIENT);
    assert_int_equal(second->method, METHOD_EMAIL_LINK);
    assert_string_equal(second->name, "Ada Approver");
    assert_string_equal(second->role, "head of everything");
    assert_string_equal(second->consent, consent);
    assert_int_equal(second->signed_at, STAGE_NOW_MS);
    assert_true(hash_equal(second->document_hash, out.document_hash));
    assert_result(s.stage,
                  contract_signatures_hold(s.stage->arena, &out, &out.signatures, &s.stage->fault),
                  OK);
}

CASE(only_the_document_that_was_shown_is_signed)
{
    struct scenario s;
    struct contract out;
    set_out_for_signature(&s, state);
    struct hash other = hash_bytes("another", 7);
    assert_result(s.stage, sign(&s, scenario_owner(&s), other, &out), ERROR_STALE);
    assert_string_equal(s.stage->fault.field, "document_hash");
    struct sign_contract in = {s.contract.id, s.contract.document_hash, " "};
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &sign_contract_operation, &in, &out),
                  ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "consent");
}

CASE(who_is_not_named_signs_nothing)
{
    struct scenario s, other;
    struct contract out;
    set_out_for_signature(&s, state);
    scenario_client(&other, *state);
    struct hash hash = s.contract.document_hash;
    assert_result(s.stage, sign(&s, stage_user(USER_OWNER), hash, &out), ERROR_FORBIDDEN);
    assert_result(s.stage, sign(&s, scenario_contact(&s, CONTACT_VIEWER), hash, &out),
                  ERROR_FORBIDDEN);
    struct actor stranger = scenario_contact(&other, CONTACT_APPROVER);
    assert_result(s.stage, sign(&s, stranger, hash, &out), ERROR_NOT_FOUND);
    assert_result(s.stage, decline(&s, stranger, "No", &out), ERROR_NOT_FOUND);
    assert_result(s.stage, show(&s, stranger, &out), ERROR_NOT_FOUND);
    struct list_contracts query = {.page.limit = 50, .engagement_id = s.engagement.id};
    struct page page;
    assert_result(s.stage,
                  stage_perform(s.stage, stranger, &list_contracts_operation, &query, &page),
                  ERROR_NOT_FOUND);
}

/* Somebody with access to the database changes what was signed: past all operations. */
static enum error tamper(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct contract *in = input;
    struct contract *contract = output;
    enum error error = load_row(call, &contract_shape, in->id, contract, fault);
    if (error)
        return error;
    if (in->document)
        contract->document = in->document;
    else
        LIST_AT(struct plan_milestone, contract->plan->milestones, 0)->price_minor--;
    return store_save(&call->store, &contract_shape, contract, fault);
}

static const struct operation tamper_operation = {
    .name = "tamper",
    .permission = PERMIT_OPERATE,
    .writes = true,
    .run = tamper,
};

CASE(an_edit_never_shows_an_old_signature)
{
    struct scenario s;
    struct contract out;
    scenario_signed(&s, *state, 1);
    struct contract in = {.id = s.contract.id};
    assert_result(s.stage, stage_perform(s.stage, (struct actor){0}, &tamper_operation, &in, &out),
                  OK);
    assert_result(s.stage, show(&s, scenario_owner(&s), &out), OK);
    assert_result(s.stage,
                  contract_signatures_hold(s.stage->arena, &out, &out.signatures, &s.stage->fault),
                  ERROR_CHECK_FAILED);
    assert_string_equal(s.stage->fault.field, "plan");
}

CASE(a_text_that_was_changed_is_not_signed)
{
    struct scenario s;
    struct contract out;
    set_out_for_signature(&s, state);
    struct contract in = {.id = s.contract.id, .document = "{\"price\":\"less\"}"};
    assert_result(s.stage, stage_perform(s.stage, (struct actor){0}, &tamper_operation, &in, &out),
                  OK);
    assert_result(s.stage, sign(&s, scenario_owner(&s), s.contract.document_hash, &out),
                  ERROR_CHECK_FAILED);
    assert_string_equal(s.stage->fault.field, "document");
}

/* ---- what follows -------------------------------------------------------------------------- */

CASE(a_contract_that_all_have_signed_is_in_force)
{
    struct scenario s;
    struct document_row document;
    scenario_signed(&s, *state, 3);
    assert_int_equal(s.contract.state, CONTRACT_ACTIVE);
    assert_int_equal(s.engagement.state, ENGAGEMENT_ACTIVE);
    assert_int_equal(s.milestones.count, 3);
    assert_int_equal(scenario_milestone(&s, 0)->state, MILESTONE_READY);
    assert_int_equal(scenario_milestone(&s, 1)->state, MILESTONE_PLANNED);
    assert_int_equal(scenario_milestone(&s, 1)->billing, BILLING_UNBILLED);
    assert_string_equal(scenario_milestone(&s, 2)->code, "M3");
    assert_int_equal(scenario_milestone(&s, 2)->price_minor, SCENARIO_PRICE_MINOR);
    assert_int_equal(scenario_dependencies(&s), 2);
    for (enum document_kind kind = DOCUMENT_CONTRACT; kind <= DOCUMENT_CONTRACT_SIGNED; kind++) {
        scenario_load_document(&s, s.contract.id, kind, &document);
        assert_true(hash_equal(hash_bytes(document.snapshot, strlen(document.snapshot)),
                               document.snapshot_hash));
        bool has_signatures = strstr(document.snapshot, "I have read the whole") != NULL;
        assert_int_equal(has_signatures, kind == DOCUMENT_CONTRACT_SIGNED);
    }
}

CASE(who_declines_voids_the_contract_and_all_are_told)
{
    struct scenario s;
    struct contract out;
    struct engagement engagement;
    set_out_for_signature(&s, state);
    struct actor owner = scenario_owner(&s), approver = scenario_contact(&s, CONTACT_APPROVER);
    assert_result(s.stage, sign(&s, owner, s.contract.document_hash, &out), OK);
    assert_result(s.stage, decline(&s, approver, " ", &out), ERROR_INVALID);
    assert_result(s.stage, decline(&s, approver, "The terms are not ours", &out), OK);
    assert_int_equal(out.state, CONTRACT_DECLINED);
    assert_string_equal(out.reason, "The terms are not ours");
    assert_int_equal(signature(&out, 1)->state, SIGNATURE_DECLINED);
    scenario_load(&s, &engagement_shape, s.engagement.id, &engagement);
    assert_int_equal(engagement.state, ENGAGEMENT_PROPOSAL);
    assert_int_equal(scenario_mails(&s, s.owner.email, "Declined"), 1);
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Declined"), 1);
    assert_result(s.stage, sign(&s, approver, s.contract.document_hash, &out), ERROR_WRONG_STATE);
}

CASE(an_owner_takes_back_what_a_signer_holds_up)
{
    struct scenario s;
    struct contract out;
    struct engagement engagement;
    set_out_for_signature(&s, state);
    struct actor other = stage_user(USER_OWNER), owner = scenario_owner(&s);
    assert_result(s.stage, sign(&s, owner, s.contract.document_hash, &out), OK);
    assert_result(s.stage, decline(&s, owner, " ", &out), ERROR_INVALID);
    assert_result(s.stage, decline(&s, stage_contact(CONTACT_APPROVER, s.client.id), "No", &out),
                  ERROR_FORBIDDEN);
    assert_result(s.stage, decline(&s, other, "The price is mistyped", &out), OK);
    assert_int_equal(out.state, CONTRACT_DECLINED);
    assert_int_equal(signature(&out, 0)->state, SIGNATURE_SIGNED);
    assert_int_equal(signature(&out, 1)->state, SIGNATURE_PENDING);
    scenario_load(&s, &engagement_shape, s.engagement.id, &engagement);
    assert_int_equal(engagement.state, ENGAGEMENT_PROPOSAL);
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Declined"), 1);
    assert_result(s.stage, decline(&s, owner, "Twice", &out), ERROR_WRONG_STATE);
}

CASE(after_a_refusal_a_new_revision_leads_to_a_new_contract)
{
    struct scenario s;
    struct contract out;
    set_out_for_signature(&s, state);
    struct contract first = s.contract;
    assert_result(s.stage, decline(&s, scenario_owner(&s), "A mistake of ours", &out), OK);
    struct subject engagement = {s.engagement.id}, proposal = {s.proposal.id};
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &create_contract_operation, &engagement, &out),
        ERROR_WRONG_STATE);
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &revise_proposal_operation, &proposal,
                                &s.proposal),
                  OK);
    scenario_send(&s);
    scenario_accept(&s);
    scenario_draw_up(&s);
    scenario_send_contract(&s);
    scenario_sign(&s);
    assert_int_equal(s.contract.state, CONTRACT_ACTIVE);
    assert_string_not_equal(s.contract.number, first.number);
    struct list_contracts query = {.page.limit = 50, .engagement_id = s.engagement.id};
    struct page page;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_contact(&s, CONTACT_VIEWER),
                                &list_contracts_operation, &query, &page),
                  OK);
    assert_int_equal(page.items.count, 2);
    assert_int_equal(LIST_AT(struct contract, page.items, 0)->signatures.count, 2);
}

STAGE_RUN(T(a_contract_is_drawn_up_from_an_accepted_proposal_and_once),
          T(a_draft_is_the_agencys_own),
          T(terms_are_completed_while_it_is_a_draft_and_nothing_else_changes),
          T(a_draft_says_how_tax_is_rounded_and_what_justifies_a_refusal),
          T(nothing_can_be_edited_once_it_is_sent),
          T(only_people_of_both_sides_who_may_sign_are_named),
          T(a_sent_contract_is_one_frozen_text_under_a_number),
          T(numbers_have_no_gaps_whatever_was_refused),
          T(people_sign_in_their_order_and_each_is_asked_when_it_is_their_turn),
          T(a_signature_keeps_what_was_seen_and_agreed_to),
          T(only_the_document_that_was_shown_is_signed), T(who_is_not_named_signs_nothing),
          T(an_edit_never_shows_an_old_signature), T(a_text_that_was_changed_is_not_signed),
          T(a_contract_that_all_have_signed_is_in_force),
          T(who_declines_voids_the_contract_and_all_are_told),
          T(an_owner_takes_back_what_a_signer_holds_up),
          T(after_a_refusal_a_new_revision_leads_to_a_new_contract))
