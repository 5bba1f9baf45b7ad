#include "action/dispute.h"

#include "action/acceptance_clock.h"
#include "action/delivery_mail.h"
#include "base/limits.h"
#include "core/delivery.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_disputes),
    FIELD(struct list_disputes, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_disputes, milestone_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_disputes, submission_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_disputes, state, CHOICE, .flags = FROM_QUERY,
          .choices = &dispute_state_choices),
};
static const struct shape list_shape = SHAPE("list_disputes", struct list_disputes, list_fields);

static const struct field page_fields[] = {
    FIELD(struct page, items, LIST, .limit = PAGE_LIMIT, .shape = &dispute_shape),
    FIELD(struct page, next_cursor, TEXT),
};
static const struct shape page_shape = SHAPE("dispute_page", struct page, page_fields);

static const struct listing disputes = {
    .shape = &dispute_shape,
    .sorts = (const char *const[]){"opened_at", NULL},
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

static const struct field subject_fields[] = {ID_FROM_PATH(struct subject, dispute_id)};
static const struct shape subject_shape = SHAPE("dispute_id", struct subject, subject_fields);

static enum error show_dispute(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    const struct subject *in = input;
    return load_row(call, &dispute_shape, in->id, output, fault);
}

const struct operation show_dispute_operation = {
    .name = "show_dispute",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &dispute_shape,
    .run = show_dispute,
};

/* ---- opening ------------------------------------------------------------------------------- */

static const struct field open_fields[] = {
    FIELD(struct open_dispute, submission_id, ID, .flags = FROM_PATH),
    FIELD(struct open_dispute, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape open_shape = SHAPE("open_dispute", struct open_dispute, open_fields);

static enum error open_dispute(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    const struct open_dispute *in = input;
    struct dispute *dispute = output;
    struct review review;
    int64_t days_left = 0;
    enum error error = load_review(call, in->submission_id, &review, fault);
    if (!error)
        error = check_version(call, &submission_shape, &review.submission, fault);
    if (!error)
        error = delivery_check_decision(&review.engagement, fault);
    if (!error)
        error = check_in_time(call, &review, fault);
    if (!error)
        error = find_days_left(call, &review, &days_left, fault);
    *dispute = (struct dispute){.id = call_id(call)};
    if (!error)
        error = dispute_open(dispute, &review.submission, in->reason, days_left, &call->actor,
                             call->now_ms, fault);
    if (error)
        return error;
    happened(call, "dispute.opened", dispute->id, dispute->engagement_id);
    error = insert_row(call, &dispute_shape, dispute, fault);
    if (!error)
        error = save_row(call, &submission_shape, &review.submission, fault);
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

static const struct field end_fields[] = {
    ID_FROM_PATH(struct end_dispute, dispute_id),
    FIELD(struct end_dispute, note, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape end_shape = SHAPE("end_dispute", struct end_dispute, end_fields);

typedef enum error ending(struct dispute *dispute, struct submission *submission, const char *note,
                          const struct actor *actor, int64_t now_ms, struct fault *fault);

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

static enum error end_dispute(struct call *call, const struct end_dispute *in, ending *end,
                              struct dispute *dispute, struct fault *fault)
{
    static const char *const names[] = {
        [DISPUTE_OPEN] = "dispute.resolution_proposed",
        [DISPUTE_RESOLVED] = "dispute.resolved",
        [DISPUTE_WITHDRAWN] = "dispute.withdrawn",
    };
    struct review review;
    enum error error = load_subject(call, &dispute_shape, in->id, dispute, fault);
    if (!error)
        error = load_review(call, dispute->submission_id, &review, fault);
    if (!error)
        error = end(dispute, &review.submission, in->note, &call->actor, call->now_ms, fault);
    if (error)
        return error;
    happened(call, names[dispute->state], dispute->id, dispute->engagement_id);
    error = save_row(call, &dispute_shape, dispute, fault);
    if (!error && dispute->state != DISPUTE_OPEN)
        error = free_submission(call, &review, dispute, fault);
    return error ? error : mail_dispute(call, &review, dispute, fault);
}

static enum error resolve_dispute(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    return end_dispute(call, input, dispute_resolve, output, fault);
}

static enum error withdraw_dispute(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    return end_dispute(call, input, dispute_withdraw, output, fault);
}

#define ENDING(function)                                                                           \
    {                                                                                              \
        .name = #function, .permission = PERMIT_DISPUTE, .writes = true, .in = &end_shape,         \
        .out = &dispute_shape, .run = function                                                     \
    }
const struct operation resolve_dispute_operation = ENDING(resolve_dispute);
const struct operation withdraw_dispute_operation = ENDING(withdraw_dispute);
