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

static bool is_present(const struct review *review, const struct review_present *present)
{
    return review->submission.version == present->submission_version &&
           review->milestone.version == present->milestone_version &&
           review->engagement.version == present->engagement_version &&
           review->client.version == present->client_version &&
           review->company.version == present->company_version;
}

/* Reads the rows anew. Who is told and the words of the criteria are as they were a moment ago. */
static enum error reload(struct call *call, const struct review *prepared, struct review *review,
                         struct fault *fault)
{
    bool found;
    enum error error = find_review(&call->store, prepared->submission.id, review, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such submission");
    return error;
}

enum error resume_review(struct call *call, const struct review *prepared, struct review *review,
                         struct fault *fault)
{
    struct review_present present;
    bool found;
    *review = *prepared;
    enum error error =
        find_review_present(&call->store, prepared->submission.id, &present, &found, fault);
    if (!error && (!found || !is_present(prepared, &present)))
        error = reload(call, prepared, review, fault);
    if (error)
        return error;
    review->has_successors = present.has_successors;
    review->has_open_siblings = present.has_open_siblings;
    return check_version(call, &submission_shape, &review->submission, fault);
}
