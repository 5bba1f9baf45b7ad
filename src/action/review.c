#include "action/review.h"

/* Those of the client, and of the agency whoever submitted. */
static enum error load_parties(struct call *call, struct review *review, struct id user_id,
                               struct fault *fault)
{
    return list_parties(&call->store, review->client.id, user_id, &review->parties, fault);
}

enum error load_review(struct call *call, struct id submission_id, struct review *review,
                       struct fault *fault)
{
    bool found;
    enum error error = find_review(&call->store, submission_id, review, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such submission");
    return error ? error : load_parties(call, review, review->submission.submitted_by, fault);
}

enum error load_review_of_milestone(struct call *call, struct id milestone_id,
                                    struct review *review, struct fault *fault)
{
    bool found;
    enum error error = find_review_of_milestone(&call->store, milestone_id, review, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such milestone");
    return error ? error : load_parties(call, review, call->actor.id, fault);
}

static bool is_same(const struct review_mark *a, const struct review_mark *b)
{
    return a->leaf_position == b->leaf_position && a->reach_position == b->reach_position &&
           a->client_version == b->client_version && a->company_version == b->company_version;
}

enum error review_holds(struct call *call, const struct review *prepared, bool *holds,
                        struct fault *fault)
{
    struct review_mark mark;
    enum error error = load_review_mark(&call->store, prepared, &mark, fault);
    *holds = !error && is_same(&mark, &prepared->mark);
    return error;
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
