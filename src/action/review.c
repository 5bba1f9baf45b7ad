#include "action/review.h"

#include <string.h>

#include "core/approval.h"
#include "store/contract_position.h"
#include "store/kept.h"

/* Who has chosen no language is told in the client's, or in the agency's own. */
static void settle_locales(struct review *review)
{
    for (size_t i = 0; i < review->parties.count; i++) {
        struct party *party = LIST_AT(struct party, review->parties, i);
        if (party->locale == 0)
            party->locale = party->kind == ACTOR_CONTACT
                                ? client_locale(&review->client, &review->company)
                                : review->company.locale;
    }
}

/* The plan, and whom to tell: those of the client, and of the agency whoever submitted. */
static enum error load_around(struct call *call, struct review *review, struct id user_id,
                              struct fault *fault)
{
    enum error error = load_plan_in_force(&call->store, &review->contract, fault);
    if (!error)
        error = list_parties(&call->store, review->client.id, user_id, &review->parties, fault);
    if (!error)
        settle_locales(review);
    return error;
}

/* What a decision reads after it, in a store that asks: all at once, whatever is there already. */
static enum error ask_for_the_rest(struct call *call, struct review *review, struct fault *fault)
{
    struct store *store = &call->store;
    struct id engagement_id = review->engagement.id;
    struct list list;
    struct contract_position position;
    const enum error errors[] = {
        load_plan_in_force(store, &review->contract, fault),
        list_parties(store, review->client.id, review->submission.submitted_by, &list, fault),
        list_criteria(store, engagement_id, &review->milestone.criteria, &list, fault),
        review->milestone.billing == BILLING_BILLABLE
            ? load_contract_position(store, &review->contract, review->milestone.id, &position,
                                     fault)
            : OK,
    };
    (void)errors;
    return refuse(fault, ERROR_RETRY, NULL, "the rest is on its way");
}

enum error load_review(struct call *call, struct id submission_id, struct review *review,
                       struct fault *fault)
{
    bool found;
    enum error error = find_review(&call->store, submission_id, review, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such submission");
    if (!error && call->store.is_asking)
        error = ask_for_the_rest(call, review, fault);
    return error ? error : load_around(call, review, review->submission.submitted_by, fault);
}

enum error load_review_of_milestone(struct call *call, struct id milestone_id,
                                    struct review *review, struct fault *fault)
{
    bool found;
    enum error error = find_review_of_milestone(&call->store, milestone_id, review, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such milestone");
    return error ? error : load_around(call, review, call->actor.id, fault);
}

enum error review_holds(struct call *call, const struct review *prepared, bool *holds,
                        struct fault *fault)
{
    return is_log_quiet(&call->store, prepared->around.log_size, prepared->engagement.id, holds,
                        fault);
}

enum error resume_review(struct call *call, const struct review *prepared, struct review *review,
                         struct fault *fault)
{
    bool holds;
    *review = *prepared;
    enum error error = review_holds(call, prepared, &holds, fault);
    if (!error && !holds)
        error = load_review(call, prepared->submission.id, review, fault);
    return error ? error : check_version(call, &submission_shape, &review->submission, fault);
}

bool may_accept(const struct party *party)
{
    return party->kind == ACTOR_CONTACT &&
           strcmp(party->role, choice_name(&contact_role_choices, CONTACT_APPROVER)) == 0;
}

static size_t count_approvers(const struct review *review)
{
    size_t count = 0;
    for (size_t i = 0; i < review->parties.count; i++)
        count += may_accept(LIST_AT(struct party, review->parties, i));
    return count;
}

enum error check_approvers(const struct review *review, struct fault *fault)
{
    size_t needed = approvals_needed(review->contract.plan->terms, &review->milestone);
    size_t count = count_approvers(review);
    if (count == 0)
        return refuse(fault, ERROR_WRONG_STATE, "client",
                      "the client has no contact who may accept; add an approver first");
    if (count < needed)
        return refuse(fault, ERROR_WRONG_STATE, "client",
                      "the contract wants %zu approvers for it and the client has %zu; add others "
                      "first",
                      needed, count);
    return OK;
}
