#include "action/progress_claim.h"

#include "action/billing_month.h"
#include "action/invoice.h"
#include "action/invoice_mail.h"
#include "action/paper.h"
#include "action/progress_mail.h"
#include "action/review.h"
#include "action/zoned_day.h"
#include "base/limits.h"
#include "core/engagement.h"
#include "store/contract_position.h"
#include "store/progress_approval.h"
#include "store/progress_claim.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_progress_claims),
    FIELD(struct list_progress_claims, milestone_id, ID, .flags = FROM_PATH),
    FIELD(struct list_progress_claims, state, CHOICE, .flags = FROM_QUERY,
          .choices = &progress_state_choices),
};
static const struct shape list_shape =
    SHAPE("list_progress_claims", struct list_progress_claims, list_fields);

static const struct shape page_shape = PAGE_SHAPE("progress_claim_page", progress_claim_shape);

static const struct listing claims = {
    .shape = &progress_claim_shape,
    .sorts = (const char *const[]){"number", "claimed_at", NULL},
};

static enum error list_progress_claims(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct list_progress_claims *in = input;
    struct milestone milestone;
    enum error error = load_row(call, &milestone_shape, in->milestone_id, &milestone, fault);
    return error ? error : store_page(&call->store, &claims, &list_shape, in, output, fault);
}

const struct operation list_progress_claims_operation = {
    .name = "list_progress_claims",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_progress_claims,
};

static const struct shape subject_shape = SUBJECT_SHAPE(progress_claim_id);

const struct operation show_progress_claim_operation = {
    .name = "show_progress_claim",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &progress_claim_shape,
};

/* ---- claiming ------------------------------------------------------------------------------ */

static const struct field claim_fields[] = {
    FIELD(struct progress_claim, milestone_id, ID, .flags = FROM_PATH),
    FIELD(struct progress_claim, percent_ppm, INTEGER, .flags = REQUIRED, .minimum = 1,
          .maximum = 1000 * 1000),
    FIELD(struct progress_claim, note, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape claim_shape =
    SHAPE("claim_progress", struct progress_claim, claim_fields);

enum error check_no_open_claim(struct call *call, const struct milestone *milestone,
                               struct fault *fault)
{
    struct progress_claim latest;
    bool found;
    if (milestone->pricing != PRICING_PROGRESS)
        return OK;
    enum error error = find_latest_claim(&call->store, milestone->id, &latest, &found, fault);
    if (!error && found && latest.state == PROGRESS_CLAIMED)
        error = refuse(fault, ERROR_CONFLICT, "progress_claim",
                       "progress is claimed of %s: withdraw that, or wait for its answer",
                       milestone->code);
    return error;
}

/* The number of the next one; one at a time is open. */
static enum error find_next(struct call *call, struct id milestone_id, int64_t *number,
                            struct fault *fault)
{
    struct progress_claim latest;
    bool found;
    enum error error = find_latest_claim(&call->store, milestone_id, &latest, &found, fault);
    if (!error && found && latest.state == PROGRESS_CLAIMED)
        error = refuse(fault, ERROR_CONFLICT, "state",
                       "another one is open: withdraw it, or wait for its answer");
    if (!error)
        *number = found ? latest.number + 1 : 1;
    return error;
}

static enum error claim_progress(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct progress_claim *in = input;
    struct progress_claim *claim = output;
    struct review review;
    shape_init(&progress_claim_shape, claim);
    shape_copy(&claim_shape, in, claim);
    enum error error = load_review_of_milestone(call, in->milestone_id, &review, fault);
    if (!error)
        error = engagement_check_work(&review.engagement, fault);
    if (!error)
        error = progress_claim_make(claim, &review.milestone, &call->actor, call->now_ms, fault);
    if (!error)
        error = find_next(call, in->milestone_id, &claim->number, fault);
    if (!error)
        error = check_approvers(&review, fault);
    if (error)
        return error;
    claim->id = call_id(call);
    happened(call, "progress_claim.claimed", claim->id, claim->engagement_id);
    error = insert_row(call, &progress_claim_shape, claim, fault);
    return error ? error : mail_progress_claimed(call, &review, claim, fault);
}

const struct operation claim_progress_operation = {
    .name = "claim_progress",
    .permission = PERMIT_DELIVER,
    .writes = true,
    .in = &claim_shape,
    .out = &progress_claim_shape,
    .run = claim_progress,
};

/* ---- deciding ------------------------------------------------------------------------------ */

static enum error load(struct call *call, const struct decide_progress_claim *in,
                       struct progress_claim *claim, struct review *review, struct fault *fault)
{
    enum error error = load_subject(call, &progress_claim_shape, in->id, claim, fault);
    if (!error)
        error = load_review_of_milestone(call, claim->milestone_id, review, fault);
    if (!error)
        error = list_parties(&call->store, review->client.id, claim->claimed_by, &review->parties,
                             fault);
    return error ? error : engagement_check_decision(&review->engagement, fault);
}

/* The position counts the claim as accepted, besides what the milestone had before. */
static enum error draft(struct call *call, const struct invoice_ground *ground,
                        struct review *review, struct progress_claim *claim,
                        struct invoice_draft *draft, struct fault *fault)
{
    struct milestone *milestone = &review->milestone;
    const struct invoice_basis basis = {
        .client = ground->client,
        .contract = ground->contract,
        .accepted_day = zone_local_day(zone_of(ground->contract->plan->terms), claim->decided_at),
    };
    struct paper_work work = {milestone->code, claim->decided_at};
    *draft = (struct invoice_draft){
        .invoice.id = call_id(call),
        .work = {arena_copy(call->arena, &work, sizeof work), 1},
    };
    enum error error = invoice_for_claim(call->arena, &basis, milestone, claim,
                                         call_today(call, ground->company->time_zone), call->now_ms,
                                         &draft->invoice, fault);
    if (!error)
        error = load_contract_position(&call->store, ground->contract, milestone->id,
                                       &draft->position, fault);
    if (!error)
        error = list_payers(call, ground->company, ground->client, ground->parties, &draft->payers,
                            fault);
    draft->position.accepted_minor += milestone_claimed(milestone);
    return error;
}

/* Where the contract wants several: this one, and how many have to. */
struct consent {
    size_t needed;
    struct progress_approval approval; /* unless one is enough */
};

static bool is_pending(const struct consent *consent)
{
    return consent->needed > 1 && (size_t)consent->approval.sequence < consent->needed;
}

static enum error consent(struct call *call, const struct review *review,
                          const struct progress_claim *claim, const char *note,
                          struct consent *consent, struct fault *fault)
{
    struct list earlier;
    *consent = (struct consent){
        .needed = approvals_needed(review->contract.plan->terms, &review->milestone)};
    if (consent->needed < 2)
        return OK;
    consent->approval.id = call_id(call);
    enum error error = list_progress_approvals_of(&call->store, claim->id, &earlier, fault);
    return error ? error
                 : progress_approval_give(&consent->approval, claim, &earlier, note, &call->actor,
                                          call->now_ms, fault);
}

static enum error save_consent(struct call *call, struct consent *consent, struct fault *fault)
{
    struct progress_approval *approval = &consent->approval;
    if (consent->needed < 2)
        return OK;
    happened(call, "progress_claim.approved", approval->progress_claim_id, approval->engagement_id);
    return insert_row(call, &progress_approval_shape, approval, fault);
}

/* Its own invoice comes first, as its number may still be refused. */
static enum error save_accepted(struct call *call, struct review *review,
                                struct progress_claim *claim, struct consent *consent,
                                struct fault *fault)
{
    const struct invoice_ground ground = {
        .company = &review->company,
        .client = &review->client,
        .engagement = &review->engagement,
        .contract = &review->contract,
        .parties = &review->parties,
    };
    struct invoice_draft invoice;
    bool is_billed = !is_collected(&review->contract);
    enum error error = OK;
    if (is_billed)
        error = draft(call, &ground, review, claim, &invoice, fault);
    if (error)
        return error;
    happened(call, "progress_claim.accepted", claim->id, claim->engagement_id);
    if (is_billed)
        error = issue_draft(call, &ground, &invoice, fault);
    if (!error)
        error = save_consent(call, consent, fault);
    if (!error)
        error = save_row(call, &progress_claim_shape, claim, fault);
    if (!error)
        error = save_row(call, &milestone_shape, &review->milestone, fault);
    return error || is_billed
               ? error
               : collect_for_month(call, &review->contract, claim->decided_at, fault);
}

/* What one of several approves must be as good as accepted, though nothing comes of it yet. */
static enum error accept_progress_claim(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    const struct decide_progress_claim *in = input;
    struct progress_claim *claim = output;
    struct review review;
    struct consent given;
    enum error error = load(call, in, claim, &review, fault);
    struct progress_claim decided = *claim;
    if (!error)
        error = progress_claim_decide(&decided, PROGRESS_ACCEPT, in->reason, &call->actor,
                                      call->now_ms, fault);
    if (!error)
        error = progress_claim_count(&decided, &review.milestone, fault);
    if (!error)
        error = consent(call, &review, claim, in->reason, &given, fault);
    if (error)
        return error;
    if (is_pending(&given)) {
        error = save_consent(call, &given, fault);
        return error ? error
                     : mail_progress_approved(call, &review, claim, &given.approval, given.needed,
                                              fault);
    }
    *claim = decided;
    error = save_accepted(call, &review, claim, &given, fault);
    return error ? error : mail_progress_decided(call, &review, claim, fault);
}

static enum error end(struct call *call, const void *input, enum progress_event event,
                      const char *name, struct progress_claim *claim, struct fault *fault)
{
    const struct decide_progress_claim *in = input;
    struct review review;
    enum error error = load(call, in, claim, &review, fault);
    if (!error)
        error = progress_claim_decide(claim, event, in->reason, &call->actor, call->now_ms, fault);
    if (error)
        return error;
    happened(call, name, claim->id, claim->engagement_id);
    error = save_row(call, &progress_claim_shape, claim, fault);
    return error ? error : mail_progress_decided(call, &review, claim, fault);
}

static enum error reject_progress_claim(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    return end(call, input, PROGRESS_REJECT, "progress_claim.rejected", output, fault);
}

static enum error withdraw_progress_claim(struct call *call, const void *input, void *output,
                                          struct fault *fault)
{
    return end(call, input, PROGRESS_WITHDRAW, "progress_claim.withdrawn", output, fault);
}

static const struct field decide_fields[] = {
    ID_FROM_PATH(struct decide_progress_claim, progress_claim_id),
    FIELD(struct decide_progress_claim, reason, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape decide_shape =
    SHAPE("decide_progress_claim", struct decide_progress_claim, decide_fields);

static const struct field reject_fields[] = {
    ID_FROM_PATH(struct decide_progress_claim, progress_claim_id),
    FIELD(struct decide_progress_claim, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape reject_shape =
    SHAPE("reject_progress_claim", struct decide_progress_claim, reject_fields);

#define DECISION(function, permission_, shape_)                                                    \
    {                                                                                              \
        .name = #function, .permission = (permission_), .writes = true, .in = &(shape_),           \
        .out = &progress_claim_shape, .run = function                                              \
    }
const struct operation accept_progress_claim_operation =
    DECISION(accept_progress_claim, PERMIT_ACCEPT, decide_shape);
const struct operation reject_progress_claim_operation =
    DECISION(reject_progress_claim, PERMIT_ACCEPT, reject_shape);
const struct operation withdraw_progress_claim_operation =
    DECISION(withdraw_progress_claim, PERMIT_DELIVER, decide_shape);

/* ---- approvals ----------------------------------------------------------------------------- */

static const struct field approvals_fields[] = {
    PAGE_QUERY_FIELDS(struct list_progress_approvals),
    FIELD(struct list_progress_approvals, progress_claim_id, ID, .flags = FROM_PATH),
};
static const struct shape approvals_shape =
    SHAPE("list_progress_approvals", struct list_progress_approvals, approvals_fields);

static const struct shape approval_page_shape =
    PAGE_SHAPE("progress_approval_page", progress_approval_shape);

static const struct listing approvals = {
    .shape = &progress_approval_shape,
    .sorts = (const char *const[]){"sequence", NULL},
};

static enum error list_progress_approvals(struct call *call, const void *input, void *output,
                                          struct fault *fault)
{
    const struct list_progress_approvals *in = input;
    struct progress_claim claim;
    enum error error = load_row(call, &progress_claim_shape, in->progress_claim_id, &claim, fault);
    return error ? error
                 : store_page(&call->store, &approvals, &approvals_shape, in, output, fault);
}

const struct operation list_progress_approvals_operation = {
    .name = "list_progress_approvals",
    .permission = PERMIT_READ,
    .in = &approvals_shape,
    .out = &approval_page_shape,
    .run = list_progress_approvals,
};
