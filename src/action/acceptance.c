#include "action/acceptance.h"

#include "action/acceptance_clock.h"
#include "action/acceptance_mail.h"
#include "action/acceptance_outcome.h"
#include "base/limits.h"
#include "core/engagement.h"

static const struct field decision_fields[] = {
    FIELD(struct decision, criterion, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct decision, met, BOOLEAN, .flags = REQUIRED),
    FIELD(struct decision, severity, CHOICE, .choices = &severity_choices,
          .initial = SEVERITY_NONE),
    FIELD(struct decision, note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct decision, correct_by_day, DAY),
    FIELD(struct decision, remedy, CHOICE, .choices = &remedy_choices),
    FIELD(struct decision, carry_to, TEXT, .limit = CODE_LIMIT),
};
static const struct shape decision_input_shape =
    SHAPE("decide_criterion", struct decision, decision_fields);

/* Days are the contract's. */
static enum error check_days(const struct call *call, const struct review *review,
                             const struct list *decisions, struct fault *fault)
{
    return decisions_check_days(decisions, clock_day(review->contract.plan->terms, call->now_ms),
                                fault);
}

/* ---- rejecting ----------------------------------------------------------------------------- */

static enum error prepare_reject(struct call *call, void *input, struct fault *fault)
{
    struct decide_submission *in = input;
    return load_review(call, in->submission_id, &in->review, fault);
}

/* The review as it is now, if a decision may be made. */
static enum error resume(struct call *call, const struct decide_submission *in,
                         struct review *review, struct fault *fault)
{
    enum error error = resume_review(call, &in->review, review, fault);
    if (!error)
        error = engagement_check_decision(&review->engagement, fault);
    return error ? error : check_in_time(call, review, fault);
}

static const struct field reject_fields[] = {
    FIELD(struct decide_submission, submission_id, ID, .flags = FROM_PATH),
    FIELD(struct decide_submission, decisions, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &decision_input_shape),
    FIELD(struct decide_submission, reason_code, CHOICE, .flags = REQUIRED,
          .choices = &rejection_reason_choices),
    FIELD(struct decide_submission, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape reject_shape =
    SHAPE("reject_submission", struct decide_submission, reject_fields);

static enum error reject_submission(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct decide_submission *in = input;
    struct review review;
    struct submission *submission = &review.submission;
    struct defect_changes defects;
    enum error error = resume(call, in, &review, fault);
    if (!error)
        error = submission_reject(submission, &review.milestone, review.contract.plan->terms,
                                  &in->decisions, in->reason_code, in->reason, &call->actor,
                                  call->now_ms, fault);
    if (!error)
        error = check_days(call, &review, &in->decisions, fault);
    if (!error)
        error = find_defects(call, &review, (struct id){0}, in->reason, &defects, fault);
    if (error)
        return error;
    happened(call, "submission.rejected", submission->id, submission->engagement_id);
    error = save_row(call, &submission_shape, submission, fault);
    if (!error)
        error = save_row(call, &milestone_shape, &review.milestone, fault);
    if (!error)
        error = save_defects(call, &defects, fault);
    *(struct submission *)output = *submission;
    return error ? error : mail_rejected(call, &review, fault);
}

const struct operation reject_submission_operation = {
    .name = "reject_submission",
    .permission = PERMIT_ACCEPT,
    .writes = true,
    .in = &reject_shape,
    .out = &submission_shape,
    .prepare = prepare_reject,
    .prepare_asks = true,
    .run = reject_submission,
};

/* ---- accepting ----------------------------------------------------------------------------- */

static const struct field accept_fields[] = {
    FIELD(struct decide_submission, submission_id, ID, .flags = FROM_PATH),
    FIELD(struct decide_submission, decisions, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &decision_input_shape),
    FIELD(struct decide_submission, reservations, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape accept_shape =
    SHAPE("accept_submission", struct decide_submission, accept_fields);

static const struct field acceptance_fields[] = {
    FIELD(struct acceptance, submission_id, ID),
    FIELD(struct acceptance, version, INTEGER),
    FIELD(struct acceptance, state, CHOICE, .choices = &submission_state_choices),
    FIELD(struct acceptance, milestone_id, ID),
    FIELD(struct acceptance, billing, CHOICE, .choices = &milestone_billing_choices),
    FIELD(struct acceptance, certificate_id, ID),
    FIELD(struct acceptance, invoice_id, ID),
    FIELD(struct acceptance, invoice_number, TEXT),
    FIELD(struct acceptance, approvals, INTEGER),
    FIELD(struct acceptance, approvals_needed, INTEGER),
};
static const struct shape acceptance_shape =
    SHAPE("acceptance", struct acceptance, acceptance_fields);

/* Adds the approval to those that there are, if the contract wants several. */
static enum error approve(struct call *call, const struct decide_submission *in,
                          struct outcome *outcome, struct fault *fault)
{
    struct review *review = &outcome->review;
    struct list earlier;
    outcome->approvals_needed = approvals_needed(review->contract.plan->terms, &review->milestone);
    if (outcome->approvals_needed < 2)
        return OK;
    outcome->approval.id = call_id(call);
    enum error error = list_approvals_of(&call->store, review->submission.id, &earlier, fault);
    if (!error)
        error = approval_give(&outcome->approval, &review->submission, &earlier, &in->decisions,
                              in->reservations, &call->actor, call->now_ms, fault);
    if (error)
        return error;
    struct approval *all = arena_array(call->arena, earlier.count + 1, sizeof *all);
    for (size_t i = 0; i < earlier.count; i++)
        all[i] = *LIST_AT(struct approval, earlier, i);
    all[earlier.count] = outcome->approval;
    outcome->approvals = (struct list){all, earlier.count + 1};
    outcome->is_pending = outcome->approvals.count < outcome->approvals_needed;
    return OK;
}

/* What one of several approves must be as good as an acceptance, though nothing comes of it yet. */
static enum error accept_or_wait(struct call *call, const struct decide_submission *in,
                                 struct outcome *outcome, struct fault *fault)
{
    struct review *review = &outcome->review;
    struct submission submission = review->submission;
    struct milestone milestone = review->milestone;
    enum error error = submission_accept(&submission, &milestone, review->contract.plan->terms,
                                         &in->decisions, in->reservations, &call->actor,
                                         call->now_ms, &outcome->certificate, fault);
    if (!error)
        error = approve(call, in, outcome, fault);
    if (error || outcome->is_pending)
        return error;
    review->submission = submission;
    review->milestone = milestone;
    return OK;
}

static enum error decide(struct call *call, const struct decide_submission *in,
                         struct outcome *outcome, struct fault *fault)
{
    struct review *review = &outcome->review;
    *outcome = (struct outcome){.certificate.id = call_id(call)};
    enum error error = load_review(call, in->submission_id, review, fault);
    if (!error)
        error = check_version(call, &submission_shape, &review->submission, fault);
    if (!error)
        error = engagement_check_decision(&review->engagement, fault);
    if (!error)
        error = check_in_time(call, review, fault);
    if (!error)
        error = accept_or_wait(call, in, outcome, fault);
    if (!error &&
        outcome->approvals.count < 2) /* who approves after others takes over their days */
        error = check_days(call, review, &in->decisions, fault);
    if (error)
        return error;
    return outcome->is_pending ? outcome_carry(call, outcome, &in->decisions, fault)
                               : outcome_find(call, outcome, fault);
}

/* Everything but the invoice's number is decided here, on a worker of which there are several. A
 * refusal waits for the body: it may be a repeated request, which is to be answered as before. */
static enum error prepare_accept(struct call *call, void *input, struct fault *fault)
{
    struct decide_submission *in = input;
    struct outcome *outcome = arena_alloc(call->arena, sizeof *outcome);
    (void)fault;
    if (decide(call, in, outcome, NULL) == OK)
        in->outcome = outcome;
    return OK;
}

/* A copy: saving counts versions up, and the body may run again. */
static struct outcome copy_of(struct call *call, const struct outcome *prepared)
{
    struct outcome outcome = *prepared;
    outcome.freed.rows = arena_copy(call->arena, prepared->freed.rows,
                                    prepared->freed.count * sizeof(struct milestone));
    outcome.carried.rows = arena_copy(call->arena, prepared->carried.rows,
                                      prepared->carried.count * sizeof(struct milestone));
    return outcome;
}

static enum error accept_submission(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct decide_submission *in = input;
    struct outcome outcome;
    bool holds = false;
    enum error error = OK;
    if (in->outcome)
        error = review_holds(call, &in->outcome->review, &holds, fault);
    if (!error && holds)
        outcome = copy_of(call, in->outcome);
    else if (!error)
        error = decide(call, in, &outcome, fault);
    if (!error && outcome.is_pending)
        return outcome_save_pending(call, &outcome, output, fault);
    return error ? error : outcome_save(call, &outcome, output, fault);
}

const struct operation accept_submission_operation = {
    .name = "accept_submission",
    .permission = PERMIT_ACCEPT,
    .writes = true,
    .in = &accept_shape,
    .out = &acceptance_shape,
    .prepare = prepare_accept,
    .prepare_asks = true,
    .run = accept_submission,
};

/* ---- silence ------------------------------------------------------------------------------- */

/* Until the end of which day the client may object. */
static enum error give_time_to_object(struct call *call, struct review *review,
                                      const struct acceptance_clock *clock, struct fault *fault)
{
    const struct contract_terms *terms = review->contract.plan->terms;
    int32_t last_day;
    enum error error =
        acceptance_clock_objection(call->arena, terms, clock->deadline_day, &last_day, fault);
    if (!error && last_day != DAY_NONE)
        review->submission.objection_until_at = clock_day_end(terms, last_day) - 1;
    return error;
}

static enum error deem(struct call *call, const struct review *review,
                       const struct acceptance_clock *clock, int32_t today, struct fault *fault)
{
    struct acceptance acceptance;
    struct outcome outcome = {.review = *review, .certificate.id = call_id(call)};
    struct submission *submission = &outcome.review.submission;
    enum error error = submission_deem(submission, &outcome.review.milestone, clock, today,
                                       submission->deadline_at, &outcome.certificate, fault);
    if (!error)
        error = give_time_to_object(call, &outcome.review, clock, fault);
    if (!error)
        error = outcome_find(call, &outcome, fault);
    return error ? error : outcome_save(call, &outcome, &acceptance, fault);
}

/* The notice came later than the hand-over: the period is counted from it. */
static enum error set_anew(struct call *call, struct review *review,
                           const struct acceptance_clock *clock, int64_t start_at,
                           struct fault *fault)
{
    struct submission *submission = &review->submission;
    happened(call, "submission.deadline_moved", submission->id, submission->engagement_id);
    submission->clock_start_at = start_at;
    submission->deadline_at = clock_day_end(review->contract.plan->terms, clock->deadline_day) - 1;
    enum error error = save_row(call, &submission_shape, submission, fault);
    if (!error)
        error = schedule_clock(call, review, clock, fault);
    return error ? error : mail_deadline_moved(call, review, fault);
}

static enum error lapse(struct call *call, const struct review *review, struct fault *fault)
{
    happened(call, "submission.lapsed", review->submission.id, review->engagement.id);
    return mail_lapsed(call, review, fault);
}

static enum error run_out(struct call *call, struct review *review, int64_t due_at,
                          struct fault *fault)
{
    struct acceptance_clock clock;
    int64_t start_at;
    int32_t today = clock_day(review->contract.plan->terms, due_at);
    enum error error = find_clock(call, review, &clock, &start_at, fault);
    if (error)
        return error;
    if (!clock.deems)
        return lapse(call, review, fault);
    return acceptance_clock_has_run_out(&clock, today)
               ? deem(call, review, &clock, today, fault)
               : set_anew(call, review, &clock, start_at, fault);
}

enum error deem_acceptance(struct call *call, const struct job *job, struct fault *fault)
{
    struct review review;
    enum error error = load_review(call, job->subject_id, &review, fault);
    if (error || !acceptance_clock_runs(&review.submission) ||
        job->due_at <= review.submission.deadline_at || /* of before a dispute */
        engagement_check_decision(&review.engagement, NULL) != OK)
        return error;
    return run_out(call, &review, job->due_at, fault);
}

/* ---- approvals ----------------------------------------------------------------------------- */

static const struct field approvals_fields[] = {
    PAGE_QUERY_FIELDS(struct list_approvals),
    FIELD(struct list_approvals, submission_id, ID, .flags = FROM_PATH),
};
static const struct shape approvals_shape =
    SHAPE("list_approvals", struct list_approvals, approvals_fields);

static const struct shape approval_page_shape = PAGE_SHAPE("approval_page", approval_shape);

static const struct listing all_approvals = {
    .shape = &approval_shape,
    .sorts = (const char *const[]){"sequence", NULL},
};

static enum error list_approvals(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct list_approvals *in = input;
    struct submission submission;
    enum error error = load_row(call, &submission_shape, in->submission_id, &submission, fault);
    return error ? error
                 : store_page(&call->store, &all_approvals, &approvals_shape, in, output, fault);
}

const struct operation list_approvals_operation = {
    .name = "list_approvals",
    .permission = PERMIT_READ,
    .in = &approvals_shape,
    .out = &approval_page_shape,
    .run = list_approvals,
};

/* ---- the certificate ----------------------------------------------------------------------- */

static const struct shape subject_shape = SUBJECT_SHAPE(certificate_id);

const struct operation show_certificate_operation = {
    .name = "show_certificate",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &certificate_shape,
};
