#include "action/acceptance_outcome.h"

#include "action/acceptance_clock.h"
#include "action/acceptance_mail.h"
#include "action/billing_month.h"
#include "action/engagement.h"
#include "core/outbox.h"
#include "store/milestone.h"
#include "words/word.h"

/* ---- what follows ---------------------------------------------------------------------------- */

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

enum error outcome_carry(struct call *call, struct outcome *outcome, const struct list *decisions,
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

enum error outcome_find(struct call *call, struct outcome *outcome, struct fault *fault)
{
    struct review *review = &outcome->review;
    const struct texts criteria = criteria_of(call, &review->milestone);
    enum error error =
        list_criteria(&call->store, review->engagement.id, &criteria, &review->criteria, fault);
    if (!error && review->around.has_successors)
        error = ready_successors(call, outcome, fault);
    if (!error)
        error = outcome_carry(call, outcome, &review->submission.decisions, fault);
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

enum error outcome_save_pending(struct call *call, struct outcome *outcome,
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
enum error outcome_save(struct call *call, struct outcome *outcome, struct acceptance *acceptance,
                        struct fault *fault)
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
