#include "action/submission.h"

#include "action/acceptance_clock.h"
#include "action/acceptance_mail.h"
#include "action/progress_claim.h"
#include "base/limits.h"
#include "core/engagement.h"
#include "core/file.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_submissions),
    FIELD(struct list_submissions, milestone_id, ID, .flags = FROM_PATH),
};
static const struct shape list_shape =
    SHAPE("list_submissions", struct list_submissions, list_fields);

static const struct shape page_shape = PAGE_SHAPE("submission_page", submission_shape);

static const struct listing submissions = {
    .shape = &submission_shape,
    .sorts = (const char *const[]){"round", NULL},
};

static enum error list_submissions(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct list_submissions *in = input;
    struct milestone milestone;
    enum error error = load_row(call, &milestone_shape, in->milestone_id, &milestone, fault);
    return error ? error : store_page(&call->store, &submissions, &list_shape, in, output, fault);
}

const struct operation list_submissions_operation = {
    .name = "list_submissions",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_submissions,
};

static const struct shape subject_shape = SUBJECT_SHAPE(submission_id);

const struct operation show_submission_operation = {
    .name = "show_submission",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &submission_shape,
};

/* ---- handing over -------------------------------------------------------------------------- */

static const struct field hand_over_fields[] = {
    FIELD(struct delivered, title, TEXT, .flags = REQUIRED),
    FIELD(struct delivered, kind, CHOICE, .choices = &deliverable_kind_choices),
    FIELD(struct delivered, file_id, ID),
    FIELD(struct delivered, link, TEXT, .limit = URL_LIMIT),
};
static const struct shape hand_over_shape = SHAPE("hand_over", struct delivered, hand_over_fields);

static const struct field submit_fields[] = {
    FIELD(struct submit_milestone, milestone_id, ID, .flags = FROM_PATH),
    FIELD(struct submit_milestone, note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct submit_milestone, deliverables, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &hand_over_shape),
};
static const struct shape submit_shape =
    SHAPE("submit_milestone", struct submit_milestone, submit_fields);

/* A file has to be one of this engagement; what is on record of it goes into the submission. */
static enum error complete_file(struct call *call, struct id engagement_id, size_t number,
                                struct delivered *delivered, struct fault *fault)
{
    struct file file;
    const char *field = arena_format(call->arena, "deliverables/%zu/file_id", number);
    enum error error = load_row(call, &file_shape, delivered->file_id, &file, fault);
    if (error == ERROR_NOT_FOUND || (!error && !id_equal(file.engagement_id, engagement_id)))
        return refuse(fault, ERROR_INVALID, field, "there is no such file in this engagement");
    if (error)
        return error;
    delivered->name = file.name;
    delivered->mime = file.mime;
    delivered->size = file.size;
    delivered->hash = file.hash;
    return OK;
}

static enum error complete_delivered(struct call *call, struct id engagement_id, size_t number,
                                     struct delivered *delivered, struct fault *fault)
{
    bool is_file = !id_is_none(delivered->file_id);
    enum deliverable_kind kind = is_file ? DELIVERABLE_FILE : DELIVERABLE_LINK;
    if (is_file == (delivered->link != NULL))
        return refuse(fault, ERROR_INVALID,
                      arena_format(call->arena, "deliverables/%zu/file_id", number),
                      "give the id of a file or a link, and not both");
    if (delivered->kind && delivered->kind != kind)
        return refuse(fault, ERROR_INVALID,
                      arena_format(call->arena, "deliverables/%zu/kind", number),
                      "does not go with what is given");
    delivered->kind = kind;
    return is_file ? complete_file(call, engagement_id, number, delivered, fault) : OK;
}

/* Files never change, so they are read before the transaction. */
static enum error prepare_submit_milestone(struct call *call, void *input, struct fault *fault)
{
    struct submit_milestone *in = input;
    enum error error = load_review_of_milestone(call, in->milestone_id, &in->review, fault);
    for (size_t i = 0; !error && i < in->deliverables.count; i++)
        error = complete_delivered(call, in->review.engagement.id, i,
                                   LIST_AT(struct delivered, in->deliverables, i), fault);
    return error;
}

/* The rows as they are now. */
static enum error resume(struct call *call, const struct submit_milestone *in,
                         struct review *review, struct fault *fault)
{
    enum error error = load_review_of_milestone(call, in->milestone_id, review, fault);
    if (!error)
        error = check_version(call, &milestone_shape, &review->milestone, fault);
    if (!error)
        error = engagement_check_work(&review->engagement, fault);
    if (!error)
        error = check_no_open_claim(call, &review->milestone, fault);
    return error ? error : check_approvers(review, fault);
}

static enum error hand_over(struct call *call, struct review *review,
                            const struct acceptance_clock *clock, struct fault *fault)
{
    happened(call, "milestone.submitted", review->submission.id, review->engagement.id);
    enum error error = mail_request(call, review, fault);
    if (!error)
        error = insert_row(call, &submission_shape, &review->submission, fault);
    if (!error)
        error = save_row(call, &milestone_shape, &review->milestone, fault);
    return error ? error : schedule_clock(call, review, clock, fault);
}

static enum error submit_milestone(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct submit_milestone *in = input;
    struct review review;
    struct acceptance_clock clock;
    enum error error = resume(call, in, &review, fault);
    if (error)
        return error;
    review.submission = (struct submission){
        .id = call_id(call),
        .note = in->note,
        .deliverables = in->deliverables,
    };
    error =
        submission_submit(&review.submission, &review.milestone, &call->actor, call->now_ms, fault);
    if (!error)
        error = start_clock(call, &review, &clock, fault);
    if (!error)
        error = hand_over(call, &review, &clock, fault);
    *(struct submission *)output = review.submission;
    return error;
}

const struct operation submit_milestone_operation = {
    .name = "submit_milestone",
    .permission = PERMIT_DELIVER,
    .writes = true,
    .in = &submit_shape,
    .out = &submission_shape,
    .prepare = prepare_submit_milestone,
    .run = submit_milestone,
};

/* ---- taking back --------------------------------------------------------------------------- */

static const struct field withdraw_fields[] = {
    FIELD(struct withdraw_submission, submission_id, ID, .flags = FROM_PATH),
};
static const struct shape withdraw_shape =
    SHAPE("withdraw_submission", struct withdraw_submission, withdraw_fields);

static enum error prepare_withdraw_submission(struct call *call, void *input, struct fault *fault)
{
    struct withdraw_submission *in = input;
    return load_review(call, in->submission_id, &in->review, fault);
}

static enum error withdraw_submission(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct withdraw_submission *in = input;
    struct review review;
    struct submission *submission = &review.submission;
    enum error error = resume_review(call, &in->review, &review, fault);
    if (!error)
        error = check_in_time(call, &review, fault);
    if (!error)
        error = submission_withdraw(submission, &review.milestone, fault);
    if (error)
        return error;
    happened(call, "submission.withdrawn", submission->id, submission->engagement_id);
    error = save_row(call, &submission_shape, submission, fault);
    if (!error)
        error = save_row(call, &milestone_shape, &review.milestone, fault);
    *(struct submission *)output = *submission;
    return error ? error : mail_withdrawn(call, &review, fault);
}

const struct operation withdraw_submission_operation = {
    .name = "withdraw_submission",
    .permission = PERMIT_DELIVER,
    .writes = true,
    .in = &withdraw_shape,
    .out = &submission_shape,
    .prepare = prepare_withdraw_submission,
    .prepare_asks = true,
    .run = withdraw_submission,
};
