#include "action/dispute.h"

#include "action/acceptance_clock.h"
#include "action/credit_note.h"
#include "action/dispute_mail.h"
#include "action/invoice.h"
#include "base/day.h"
#include "base/limits.h"
#include "core/engagement.h"
#include "core/fields.h"
#include "store/dispute.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_disputes),
    FIELD(struct list_disputes, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_disputes, milestone_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_disputes, submission_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_disputes, state, CHOICE, .flags = FROM_QUERY,
          .choices = &dispute_state_choices),
    FIELD(struct list_disputes, kind, CHOICE, .flags = FROM_QUERY,
          .choices = &dispute_kind_choices),
};
static const struct shape list_shape = SHAPE("list_disputes", struct list_disputes, list_fields);

static const struct shape page_shape = PAGE_SHAPE("dispute_page", dispute_shape);

/* Those from before there were objections have no kind. */
static const struct list_filter dispute_filters[] = {
    {"kind", "COALESCE(kind, 'round') = :kind"},
    {0},
};

static const struct listing disputes = {
    .shape = &dispute_shape,
    .sorts = (const char *const[]){"opened_at", NULL},
    .filters = dispute_filters,
};

static enum error list_disputes(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct list_disputes *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &disputes, &list_shape, in, output, fault);
}

const struct operation list_disputes_operation = {
    .name = "list_disputes",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_disputes,
};

static const struct shape subject_shape = SUBJECT_SHAPE(dispute_id);

const struct operation show_dispute_operation = {
    .name = "show_dispute",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &dispute_shape,
};

/* ---- the time to answer -------------------------------------------------------------------- */

static enum error tell_on(struct call *call, const struct contract_terms *terms,
                          const struct dispute *dispute, int32_t day, struct fault *fault)
{
    int64_t due_at = clock_day_end(terms, day - 1) + REMINDER_MS;
    return schedule_job(call, JOB_DISPUTE_ANSWER, dispute->id, dispute->engagement_id, due_at,
                        fault);
}

/* From today on, of the side that is asked now. */
static enum error ask_answer(struct call *call, const struct review *review,
                             struct dispute *dispute, struct fault *fault)
{
    const struct contract_terms *terms = review->contract.plan->terms;
    int32_t day;
    enum error error =
        dispute_ask(call->arena, dispute, terms, clock_day(terms, call->now_ms), fault);
    if (error || dispute->answer_by_day == DAY_NONE)
        return error;
    error = day_add(dispute->answer_by_day, 1, &day, fault);
    if (!error)
        error = tell_on(call, terms, dispute, dispute->answer_by_day, fault);
    return error ? error : tell_on(call, terms, dispute, day, fault);
}

enum error tell_of_dispute(struct call *call, const struct job *job, struct fault *fault)
{
    struct dispute dispute;
    struct review review;
    enum error error = load_row(call, &dispute_shape, job->subject_id, &dispute, fault);
    if (!error)
        error = load_review(call, dispute.submission_id, &review, fault);
    if (error)
        return error;
    int32_t today = clock_day(review.contract.plan->terms, call->now_ms);
    if (!dispute_is_to_tell(&dispute, today))
        return OK;
    bool is_past = today > dispute.answer_by_day;
    dispute.told_day = today;
    happened(call, is_past ? "dispute.unanswered" : "dispute.reminded", dispute.id,
             dispute.engagement_id);
    error = save_row(call, &dispute_shape, &dispute, fault);
    return error ? error : mail_dispute_answer(call, &review, &dispute, is_past, fault);
}

/* ---- opening ------------------------------------------------------------------------------- */

static const struct field open_fields[] = {
    FIELD(struct open_dispute, submission_id, ID, .flags = FROM_PATH),
    FIELD(struct open_dispute, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape open_shape = SHAPE("open_dispute", struct open_dispute, open_fields);

static enum error open_on_round(struct call *call, struct review *review, const char *reason,
                                struct dispute *dispute, struct fault *fault)
{
    int64_t days_left = 0;
    enum error error = engagement_check_decision(&review->engagement, fault);
    if (!error)
        error = check_in_time(call, review, fault);
    if (!error)
        error = find_days_left(call, review, &days_left, fault);
    return error ? error
                 : dispute_open(dispute, &review->submission, reason, days_left, &call->actor,
                                call->now_ms, fault);
}

/* Whatever has become of the engagement: it was often its last milestone, and money is at stake. */
static enum error object(struct call *call, struct review *review, const char *reason,
                         struct dispute *dispute, struct fault *fault)
{
    const struct contract_terms *terms = review->contract.plan->terms;
    return dispute_object(dispute, &review->submission, reason, review->milestone.currency,
                          clock_day(terms, review->submission.objection_until_at),
                          clock_day(terms, call->now_ms), &call->actor, call->now_ms, fault);
}

static bool can_be_objected_to(const struct submission *submission)
{
    return submission->state == SUBMISSION_DEEMED_ACCEPTED && submission->objection_until_at != 0;
}

/* The milestone's invoice, or *found false while nothing is billed. */
static enum error find_invoice(struct call *call, const struct review *review,
                               struct invoice *invoice, bool *found, struct fault *fault)
{
    *found = !id_is_none(review->milestone.invoice_id);
    return *found ? load_row(call, &invoice_shape, review->milestone.invoice_id, invoice, fault)
                  : OK;
}

static enum error rest_invoice(struct call *call, const struct review *review, struct fault *fault)
{
    struct invoice invoice;
    bool found;
    enum error error = find_invoice(call, review, &invoice, &found, fault);
    if (error || !found || invoice.disputed_at != 0)
        return error;
    invoice.disputed_at = call->now_ms;
    return save_row(call, &invoice_shape, &invoice, fault);
}

static enum error open_dispute(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    const struct open_dispute *in = input;
    struct dispute *dispute = output;
    struct review review;
    enum error error = load_review(call, in->submission_id, &review, fault);
    if (!error)
        error = check_version(call, &submission_shape, &review.submission, fault);
    *dispute = (struct dispute){.id = call_id(call)};
    if (!error)
        error = can_be_objected_to(&review.submission)
                    ? object(call, &review, in->reason, dispute, fault)
                    : open_on_round(call, &review, in->reason, dispute, fault);
    if (error)
        return error;
    happened(call, "dispute.opened", dispute->id, dispute->engagement_id);
    error = ask_answer(call, &review, dispute, fault);
    if (!error)
        error = insert_row(call, &dispute_shape, dispute, fault);
    if (!error)
        error = save_row(call, &submission_shape, &review.submission, fault);
    if (!error && dispute->kind == DISPUTE_OBJECTION)
        error = rest_invoice(call, &review, fault);
    return error ? error : mail_dispute(call, &review, dispute, fault);
}

const struct operation open_dispute_operation = {
    .name = "open_dispute",
    .permission = PERMIT_DISPUTE,
    .writes = true,
    .in = &open_shape,
    .out = &dispute_shape,
    .run = open_dispute,
};

/* ---- ending -------------------------------------------------------------------------------- */

/* The clock goes on with the days that were left. */
static enum error free_submission(struct call *call, struct review *review,
                                  const struct dispute *dispute, struct fault *fault)
{
    struct acceptance_clock clock;
    bool has_clock = dispute->days_left > 0;
    enum error error =
        has_clock ? resume_clock(call, review, dispute->days_left, &clock, fault) : OK;
    if (!error)
        error = save_row(call, &submission_shape, &review->submission, fault);
    return error || !has_clock ? error : schedule_clock(call, review, &clock, fault);
}

/* Unless it bills more that is objected to. */
static enum error free_invoice(struct call *call, const struct review *review,
                               const struct dispute *dispute, struct fault *fault)
{
    struct invoice invoice;
    bool found;
    int64_t others = 0;
    enum error error = find_invoice(call, review, &invoice, &found, fault);
    if (!error && found)
        error = count_other_objections(&call->store, &invoice, dispute, &others, fault);
    return error || !found || others > 0 ? error : wake_invoice(call, &invoice, fault);
}

/* What a dispute whose end is decided, or nearer, changes. */
static enum error save_end(struct call *call, struct review *review, struct dispute *dispute,
                           struct fault *fault)
{
    bool has_ended = dispute->state != DISPUTE_OPEN;
    enum error error = save_row(call, &dispute_shape, dispute, fault);
    if (!error && has_ended)
        error = free_submission(call, review, dispute, fault);
    if (!error && has_ended && dispute->kind == DISPUTE_OBJECTION)
        error = free_invoice(call, review, dispute, fault);
    return error ? error : mail_dispute(call, review, dispute, fault);
}

static enum error load_dispute(struct call *call, const struct end_dispute *in,
                               struct dispute *dispute, struct review *review, struct fault *fault)
{
    enum error error = load_subject(call, &dispute_shape, in->id, dispute, fault);
    return error ? error : load_review(call, dispute->submission_id, review, fault);
}

/* What is conceded is money: the agency's word on it is that of those who bill. */
static enum error check_may_concede(const struct call *call, const struct end_dispute *in,
                                    struct fault *fault)
{
    if (dispute_side(&call->actor) == SIDE_CLIENT || in->credit_minor <= 0)
        return OK;
    return policy_check(&call->actor, PERMIT_INVOICE, fault);
}

/* What is offered must be there to be credited; with both sides' word it is. */
static enum error concede(struct call *call, const struct review *review, struct dispute *dispute,
                          const char *note, struct fault *fault)
{
    struct invoice credit_note = {0};
    const struct milestone_credit credit = {
        .invoice_id = review->milestone.invoice_id,
        .milestone_id = review->milestone.id,
        .net_minor = dispute->credit_minor,
        .reason = note,
    };
    if (dispute->kind != DISPUTE_OBJECTION || dispute->credit_minor <= 0)
        return OK;
    if (dispute->state == DISPUTE_OPEN)
        return check_milestone_credit(call, &credit, fault);
    enum error error = credit_milestone(call, &credit, &credit_note, fault);
    dispute->credit_note_id = credit_note.id;
    return error;
}

static const struct field resolve_fields[] = {
    ID_FROM_PATH(struct end_dispute, dispute_id),
    FIELD(struct end_dispute, note, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct end_dispute, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct end_dispute, credit_minor, MONEY, .flags = NULLABLE, AMOUNT_RANGE),
};
static const struct shape resolve_shape =
    SHAPE("resolve_dispute", struct end_dispute, resolve_fields);

static enum error resolve_dispute(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct end_dispute *in = input;
    const struct resolution resolution = {in->note, in->currency, in->credit_minor};
    struct dispute *dispute = output;
    struct review review;
    enum error error = load_dispute(call, in, dispute, &review, fault);
    if (!error)
        error = check_may_concede(call, in, fault);
    if (!error)
        error = dispute_resolve(dispute, &review.submission, &resolution, &call->actor,
                                call->now_ms, fault);
    if (error)
        return error;
    happened(call,
             dispute->state == DISPUTE_OPEN ? "dispute.resolution_proposed" : "dispute.resolved",
             dispute->id, dispute->engagement_id);
    error = concede(call, &review, dispute, in->note, fault);
    if (!error && dispute->state == DISPUTE_OPEN)
        error = ask_answer(call, &review, dispute, fault);
    return error ? error : save_end(call, &review, dispute, fault);
}

const struct operation resolve_dispute_operation = {
    .name = "resolve_dispute",
    .permission = PERMIT_DISPUTE,
    .writes = true,
    .in = &resolve_shape,
    .out = &dispute_shape,
    .run = resolve_dispute,
};

static const struct field withdraw_fields[] = {
    ID_FROM_PATH(struct end_dispute, dispute_id),
    FIELD(struct end_dispute, note, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape withdraw_shape =
    SHAPE("withdraw_dispute", struct end_dispute, withdraw_fields);

static enum error withdraw_dispute(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct end_dispute *in = input;
    struct dispute *dispute = output;
    struct review review;
    enum error error = load_dispute(call, in, dispute, &review, fault);
    if (!error)
        error = dispute_withdraw(dispute, &review.submission, in->note, &call->actor, call->now_ms,
                                 fault);
    if (error)
        return error;
    happened(call, "dispute.withdrawn", dispute->id, dispute->engagement_id);
    return save_end(call, &review, dispute, fault);
}

const struct operation withdraw_dispute_operation = {
    .name = "withdraw_dispute",
    .permission = PERMIT_DISPUTE,
    .writes = true,
    .in = &withdraw_shape,
    .out = &dispute_shape,
    .run = withdraw_dispute,
};
