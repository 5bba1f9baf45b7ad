#include "action/acceptance.h"

#include <string.h>

#include "action/acceptance_clock.h"
#include "action/acceptance_mail.h"
#include "action/billing_month.h"
#include "action/defect.h"
#include "action/engagement.h"
#include "action/invoice.h"
#include "action/paper.h"
#include "base/limits.h"
#include "core/acceptance.h"
#include "core/engagement.h"
#include "core/outbox.h"
#include "store/approval.h"
#include "store/milestone.h"
#include "words/word.h"

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

/* ---- what follows from an acceptance ------------------------------------------------------- */

/* An acceptance that is decided, with all that it changes; saved as a whole. */
struct outcome {
    struct review review;
    struct certificate certificate;
    size_t approvals_needed;
    struct approval approval; /* where that is more than one */
    struct list approvals;    /* struct approval: all, with this one; likewise */
    bool is_pending;          /* others have to approve: nothing but the approval is saved */
    struct list freed;   /* struct milestone: what waited for this one alone, and is ready now */
    struct list notices; /* struct paper_notice, of a deemed acceptance */
    struct defect_changes defects;
    struct list carried; /* struct milestone: others that take criteria over, but for freed ones */
    bool is_billed;      /* not for a price of nothing */
    struct invoice_draft draft; /* then */
    bool is_collected;          /* instead, it is billed with its month */
    struct frozen_paper paper;  /* the certificate */
};

/* What waited for this milestone alone can begin. */
static enum error ready_successors(struct call *call, struct outcome *outcome, struct fault *fault)
{
    enum error error =
        list_freed_milestones(&call->store, outcome->review.milestone.id, &outcome->freed, fault);
    for (size_t i = 0; !error && i < outcome->freed.count; i++)
        error = milestone_advance(LIST_AT(struct milestone, outcome->freed, i),
                                  MILESTONE_MAKE_READY, fault);
    return error;
}

/* The row that is saved in the end: one of those that are freed, that takes a criterion already, or
 * another. */
static enum error find_target(struct call *call, struct outcome *outcome, const char *code,
                              const char *field, struct milestone **target, struct fault *fault)
{
    struct list *carried = &outcome->carried;
    bool found = true;
    *target = milestone_by_code(&outcome->freed, code);
    if (!*target)
        *target = milestone_by_code(carried, code);
    if (*target)
        return OK;
    *target = LIST_AT(struct milestone, *carried, carried->count);
    enum error error = find_milestone_by_code(&call->store, &outcome->review.milestone, code,
                                              *target, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_INVALID, field, "the contract has no milestone %s", code);
    carried->count += !error;
    return error;
}

/* Hands what is carried over to the milestones that are to be accepted by it. */
static enum error carry(struct call *call, struct outcome *outcome, const struct list *decisions,
                        struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < decisions->count; i++) {
        const struct decision *decision = LIST_AT(struct decision, *decisions, i);
        struct milestone *target;
        if (decision->remedy != REMEDY_CARRY)
            continue;
        if (!outcome->carried.rows)
            outcome->carried.rows =
                arena_array(call->arena, decisions->count, sizeof(struct milestone));
        const char *field = arena_format(call->arena, "decisions/%zu/carry_to", i);
        error = find_target(call, outcome, decision->carry_to, field, &target, fault);
        if (!error)
            error = milestone_carry(call->arena, &outcome->review.milestone, target,
                                    decision->criterion, field, fault);
    }
    return error;
}

/* The codes of all that it is accepted by. */
static struct texts criteria_of(struct call *call, const struct milestone *milestone)
{
    if (milestone->carried_criteria.count == 0)
        return milestone->criteria;
    size_t count = milestone_criterion_count(milestone);
    const char **texts = arena_array(call->arena, count, sizeof *texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = milestone_criterion(milestone, i);
    return (struct texts){texts, count};
}

/* Those who were told, and when it reached them: what a deemed acceptance stands on. */
static enum error list_notices(struct call *call, struct outcome *outcome, struct fault *fault)
{
    static const enum word texts[] = {
        [NOTICE_REQUEST] = WORD_NOTICE_REQUEST,
        [NOTICE_REMINDER] = WORD_NOTICE_REMINDER,
    };
    const struct language *english = language_of(LOCALE_EN); /* what snapshots are written in */
    const struct list *notices = &outcome->review.submission.notices;
    struct paper_notice *rows = arena_array(call->arena, notices->count, sizeof *rows);
    enum error error = OK;
    for (size_t i = 0; !error && i < notices->count; i++) {
        const struct acceptance_notice *notice = LIST_AT(struct acceptance_notice, *notices, i);
        struct outbox message;
        bool found;
        error = find_notice(call, notice, &message, &found, fault);
        if (!error)
            rows[i] = (struct paper_notice){
                .text = word(english, texts[notice->kind]),
                .sent_to = found ? message.recipient : "",
                .sent_at = found && message.delivered_at ? message.delivered_at : notice->sent_at,
            };
    }
    outcome->notices = (struct list){rows, notices->count};
    return error;
}

static struct invoice_ground ground_of(struct outcome *outcome)
{
    struct review *review = &outcome->review;
    return (struct invoice_ground){
        .company = &review->company,
        .client = &review->client,
        .engagement = &review->engagement,
        .contract = &review->contract,
        .certificate = &outcome->certificate,
        .parties = &review->parties,
    };
}

/* The invoice that the acceptance calls for, unless its month is collected. */
static enum error bill(struct call *call, struct outcome *outcome, struct fault *fault)
{
    const struct invoice_ground ground = ground_of(outcome);
    outcome->is_collected = is_collected(&outcome->review.contract);
    if (outcome->is_collected)
        return OK;
    outcome->is_billed = true;
    return draft_invoice(call, &ground, &outcome->review.milestone, &outcome->draft, fault);
}

/* The open ones as they will be saved. Those that the decision did not touch stay as they are. */
static struct list saved_defects(struct call *call, const struct defect_changes *changes)
{
    struct list saved = {
        arena_copy(call->arena, changes->open.rows, changes->open.count * sizeof(struct defect)),
        changes->open.count};
    for (size_t i = 0; i < saved.count; i++) {
        struct defect *defect = LIST_AT(struct defect, saved, i);
        for (size_t j = 0; j < changes->changed.count; j++)
            defect->version +=
                id_equal(defect->id, LIST_AT(struct defect, changes->changed, j)->id);
    }
    return saved;
}

/* The certificate shows the rows as they will be saved: each a version further. */
static void freeze_certificate(struct call *call, struct outcome *outcome)
{
    struct review saved = outcome->review;
    saved.submission.version++;
    saved.milestone.version++;
    struct certificate_paper paper = {
        .company = &saved.company,
        .client = &saved.client,
        .engagement = &saved.engagement,
        .milestone = &saved.milestone,
        .submission = &saved.submission,
        .certificate = &outcome->certificate,
        .contract_number = saved.contract.number,
        .criteria = saved.criteria,
        .notices = outcome->notices,
        .defects = saved_defects(call, &outcome->defects),
        .approvals = outcome->approvals,
    };
    freeze_certificate_paper(call, &paper, &outcome->paper);
}

static enum error find_consequences(struct call *call, struct outcome *outcome, struct fault *fault)
{
    struct review *review = &outcome->review;
    const struct texts criteria = criteria_of(call, &review->milestone);
    enum error error =
        list_criteria(&call->store, review->engagement.id, &criteria, &review->criteria, fault);
    if (!error && review->around.has_successors)
        error = ready_successors(call, outcome, fault);
    if (!error)
        error = carry(call, outcome, &review->submission.decisions, fault);
    if (!error && outcome->certificate.kind == CERTIFICATE_DEEMED_ACCEPTED)
        error = list_notices(call, outcome, fault);
    if (!error)
        error = find_defects(call, review, outcome->certificate.id,
                             outcome->certificate.reservations, &outcome->defects, fault);
    if (!error && review->milestone.billing == BILLING_BILLABLE)
        error = bill(call, outcome, fault);
    if (!error)
        freeze_certificate(call, outcome);
    return error;
}

/* ---- saving it ----------------------------------------------------------------------------- */

static enum error save_approval(struct call *call, struct outcome *outcome, struct fault *fault)
{
    struct approval *approval = &outcome->approval;
    if (outcome->approvals_needed < 2)
        return OK;
    happened(call, "submission.approved", approval->submission_id, approval->engagement_id);
    return insert_row(call, &approval_shape, approval, fault);
}

/* One of several has approved: no more than that. */
static enum error save_pending(struct call *call, struct outcome *outcome,
                               struct acceptance *acceptance, struct fault *fault)
{
    const struct review *review = &outcome->review;
    *acceptance = (struct acceptance){
        .submission_id = review->submission.id,
        .version = review->submission.version,
        .state = review->submission.state,
        .milestone_id = review->milestone.id,
        .billing = review->milestone.billing,
        .approvals = (int64_t)outcome->approvals.count,
        .approvals_needed = (int64_t)outcome->approvals_needed,
    };
    enum error error = save_approval(call, outcome, fault);
    return error
               ? error
               : mail_approved(call, review, &outcome->approval, outcome->approvals_needed, fault);
}

static void tell_what_happened(struct call *call, const struct outcome *outcome)
{
    const struct review *review = &outcome->review;
    struct id engagement_id = review->engagement.id;
    bool is_deemed = outcome->certificate.kind == CERTIFICATE_DEEMED_ACCEPTED;
    happened(call, is_deemed ? "milestone.deemed_accepted" : "milestone.accepted",
             review->milestone.id, engagement_id);
    happened(call, "certificate.issued", outcome->certificate.id, engagement_id);
    for (size_t i = 0; i < outcome->freed.count; i++)
        happened(call, "milestone.ready", LIST_AT(struct milestone, outcome->freed, i)->id,
                 engagement_id);
    const struct list *decisions = &review->submission.decisions;
    for (size_t i = 0; i < decisions->count; i++) {
        const struct decision *decision = LIST_AT(struct decision, *decisions, i);
        if (decision->remedy != REMEDY_CARRY)
            continue;
        const struct milestone *target = milestone_by_code(&outcome->freed, decision->carry_to);
        if (!target)
            target = milestone_by_code(&outcome->carried, decision->carry_to);
        happened(call, "milestone.criterion_carried", target->id, engagement_id);
    }
}

static enum error save_rows(struct call *call, struct outcome *outcome, struct fault *fault)
{
    struct review *review = &outcome->review;
    enum error error = insert_row(call, &certificate_shape, &outcome->certificate, fault);
    if (!error)
        error = save_row(call, &submission_shape, &review->submission, fault);
    if (!error)
        error = save_row(call, &milestone_shape, &review->milestone, fault);
    for (size_t i = 0; !error && i < outcome->freed.count; i++)
        error =
            save_row(call, &milestone_shape, LIST_AT(struct milestone, outcome->freed, i), fault);
    for (size_t i = 0; !error && i < outcome->carried.count; i++)
        error =
            save_row(call, &milestone_shape, LIST_AT(struct milestone, outcome->carried, i), fault);
    return error ? error : save_defects(call, &outcome->defects, fault);
}

/* The invoice comes first, as its number may still be refused. */
static enum error save_outcome(struct call *call, struct outcome *outcome,
                               struct acceptance *acceptance, struct fault *fault)
{
    struct review *review = &outcome->review;
    const struct invoice_ground ground = ground_of(outcome);
    enum error error = OK;
    tell_what_happened(call, outcome);
    if (outcome->is_billed)
        error = issue_draft(call, &ground, &outcome->draft, fault);
    if (!error)
        error = save_approval(call, outcome, fault);
    if (!error)
        error = save_rows(call, outcome, fault);
    if (!error && outcome->is_collected)
        error = collect_for_month(call, &review->contract, outcome->certificate.accepted_at, fault);
    if (!error)
        error = keep_frozen_paper(call, &outcome->paper, fault);
    if (!error)
        error = mail_accepted(call, review, &outcome->certificate, fault);
    if (!error && !review->around.has_open_siblings)
        error = complete_if_finished(call, review->engagement.id, fault);
    *acceptance = (struct acceptance){
        .submission_id = review->submission.id,
        .version = review->submission.version,
        .state = review->submission.state,
        .milestone_id = review->milestone.id,
        .billing = review->milestone.billing,
        .certificate_id = outcome->certificate.id,
        .invoice_id = outcome->draft.invoice.id,
        .invoice_number = outcome->draft.invoice.number,
        .approvals = (int64_t)outcome->approvals.count,
        .approvals_needed = (int64_t)outcome->approvals_needed,
    };
    return error;
}

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
    return outcome->is_pending ? carry(call, outcome, &in->decisions, fault)
                               : find_consequences(call, outcome, fault);
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
        return save_pending(call, &outcome, output, fault);
    return error ? error : save_outcome(call, &outcome, output, fault);
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
        error = find_consequences(call, &outcome, fault);
    return error ? error : save_outcome(call, &outcome, &acceptance, fault);
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
