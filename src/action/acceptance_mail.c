#include "action/acceptance_mail.h"

#include <string.h>

#include "action/review_mail.h"
#include "base/day.h"
#include "base/text.h"

/* ---- in words ---------------------------------------------------------------------------------
 */

static const struct contract_terms *terms_of(const struct review *review)
{
    return review->contract.plan->terms;
}

/* What silence means, in the contract's words or ours. */
static struct saying silence_of(const struct call *call, const struct review *review)
{
    const struct contract_terms *terms = terms_of(review);
    if (terms->silence != SILENCE_DEEMED || review->submission.deadline_at == 0)
        return said_nothing;
    if (terms->notice_text)
        return said_text(arena_format(call->arena, "%s\n\n", terms->notice_text));
    return SAY(call->arena, WORD_MAIL_SILENCE, said_text(review->contract.number));
}

static struct saying link_to(const struct call *call, const struct review *review)
{
    return mail_link_to(call, "submissions", review->submission.id);
}

static struct saying hand_over_of(const struct call *call, const struct submission *submission)
{
    char hash[HASH_HEX_SIZE];
    struct text_buffer text = text_buffer_in(call->arena);
    for (size_t i = 0; i < submission->deliverables.count; i++) {
        const struct delivered *one = LIST_AT(struct delivered, submission->deliverables, i);
        if (one->kind == DELIVERABLE_LINK)
            text_printf(&text, "    %s: %s\n", one->title, one->link);
        else
            text_printf(&text, "    %s: %s\n      SHA-256 %s\n", one->title, one->name,
                        hash_to_hex(one->hash, hash));
    }
    text_put_char(&text, '\n');
    return said_text(text.bytes);
}

static struct saying note_of(const struct call *call, const struct decision *decision)
{
    return decision->note ? SAY(call->arena, WORD_MAIL_DEFECT_NOTE, said_text(decision->note))
                          : said_nothing;
}

static struct saying defect_of(const struct call *call, const struct decision *decision)
{
    static const enum word severities[] = {
        [SEVERITY_NONE] = WORD_NONE,
        [SEVERITY_MINOR] = WORD_MAIL_SEVERITY_MINOR,
        [SEVERITY_MAJOR] = WORD_MAIL_SEVERITY_MAJOR,
        [SEVERITY_CRITICAL] = WORD_MAIL_SEVERITY_CRITICAL,
    };
    if (decision->remedy == REMEDY_CARRY)
        return SAY(call->arena, WORD_MAIL_DEFECT_CARRIED, said_text(decision->criterion),
                   said_text(decision->carry_to), note_of(call, decision));
    if (decision->met)
        return said_nothing;
    return SAY(call->arena, WORD_MAIL_DEFECT_NOT_MET, said_text(decision->criterion),
               SAY_WORD(severities[decision->severity]), note_of(call, decision),
               decision->correct_by_day == DAY_NONE ? said_nothing
                                                    : SAY(call->arena, WORD_MAIL_DEFECT_CORRECT_BY,
                                                          said_day(decision->correct_by_day)));
}

/* The criteria that are not met. */
static struct saying defects_of(const struct call *call, const struct list *decisions)
{
    size_t count = 0;
    struct saying *defects = arena_array(call->arena, decisions->count + 1, sizeof *defects);
    for (size_t i = 0; i < decisions->count; i++) {
        defects[count] = defect_of(call, LIST_AT(struct decision, *decisions, i));
        count += defects[count].kind != SAYING_NOTHING;
    }
    if (count > 0)
        defects[count++] = said_text("\n");
    return said_series(defects, count);
}

/* ---- asking -----------------------------------------------------------------------------------
 */

/* Tells each approver and puts it on record. */
static enum error give_notice(struct call *call, struct review *review, enum notice_kind kind,
                              const struct mail_text *mail, struct fault *fault)
{
    struct list *notices = &review->submission.notices;
    struct acceptance_notice *rows =
        arena_array(call->arena, notices->count + review->parties.count, sizeof *rows);
    if (notices->count > 0)
        memcpy(rows, notices->rows, notices->count * sizeof *rows);
    notices->rows = rows;
    enum error error = OK;
    for (size_t i = 0; !error && i < review->parties.count; i++) {
        const struct party *party = LIST_AT(struct party, review->parties, i);
        if (!may_accept(party))
            continue;
        struct id id = call_id(call);
        const struct recipient recipient = recipient_of(party);
        error = mail_tell(call, id, &recipient, review->submission.id, mail, fault);
        rows[notices->count++] = (struct acceptance_notice){kind, party->id, id, call->now_ms};
    }
    return error;
}

enum error mail_request(struct call *call, struct review *review, struct fault *fault)
{
    const struct submission *submission = &review->submission;
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_REVIEW_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_REVIEW, said_text(review->company.name),
            review_name(call, review), hand_over_of(call, submission), said_quote(submission->note),
            review_until(call, review), link_to(call, review), silence_of(call, review)),
    };
    return give_notice(call, review, NOTICE_REQUEST, &mail, fault);
}

enum error mail_reminder(struct call *call, struct review *review, struct fault *fault)
{
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_REVIEW_REMINDER_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_REVIEW_REMINDER, review_name(call, review),
            review_day(call, review, review->submission.submitted_at), review_until(call, review),
            link_to(call, review), silence_of(call, review)),
    };
    return give_notice(call, review, NOTICE_REMINDER, &mail, fault);
}

enum error mail_deadline_moved(struct call *call, const struct review *review, struct fault *fault)
{
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_MORE_TIME_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_MORE_TIME, review_name(call, review),
            review_day(call, review, review->submission.deadline_at), link_to(call, review),
            silence_of(call, review)),
    };
    return tell_review(call, review, TO_BOTH, review->submission.id, &mail, fault);
}

/* ---- outcomes ---------------------------------------------------------------------------------
 */

enum error mail_withdrawn(struct call *call, const struct review *review, struct fault *fault)
{
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_TAKEN_BACK_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_TAKEN_BACK, said_text(review->company.name),
            review_name(call, review)),
    };
    return tell_review(call, review, TO_APPROVERS, review->submission.id, &mail, fault);
}

static const enum word reasons[] = {
    [REJECTION_CRITERION_NOT_MET] = WORD_MAIL_REASON_CRITERION,
    [REJECTION_DEFECT] = WORD_MAIL_REASON_DEFECT,
    [REJECTION_INCOMPLETE] = WORD_MAIL_REASON_INCOMPLETE,
    [REJECTION_NOT_AS_AGREED] = WORD_MAIL_REASON_NOT_AS_AGREED,
    [REJECTION_OTHER] = WORD_MAIL_REASON_OTHER,
};

enum error mail_rejected(struct call *call, const struct review *review, struct fault *fault)
{
    const struct submission *submission = &review->submission;
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_REJECTED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_REJECTED, said_text(submission->decided_by_name),
            review_name(call, review), SAY_WORD(reasons[submission->reason_code]),
            said_quote(submission->reason), defects_of(call, &submission->decisions),
            link_to(call, review)),
    };
    return tell_review(call, review, TO_BOTH, review->submission.id, &mail, fault);
}

/* Who accepted, or what stands for it. */
static struct saying acceptance_of(const struct call *call, const struct review *review,
                                   const struct certificate *certificate)
{
    const struct saying day = review_day(call, review, certificate->accepted_at);
    return certificate->kind == CERTIFICATE_DEEMED_ACCEPTED
               ? SAY(call->arena, WORD_MAIL_ACCEPTED_SILENTLY, said_text(review->contract.number),
                     review_name(call, review), day)
               : SAY(call->arena, WORD_MAIL_ACCEPTED_BY, said_text(certificate->accepted_by_name),
                     review_name(call, review), day);
}

static struct saying reservations_of(const struct call *call, const struct certificate *certificate)
{
    return certificate->reservations
               ? SAY(call->arena, WORD_MAIL_RESERVATIONS, said_quote(certificate->reservations))
               : said_nothing;
}

/* What can still be done about an acceptance by silence. */
static struct saying objection_of(const struct call *call, const struct review *review)
{
    int64_t until_at = review->submission.objection_until_at;
    return until_at ? SAY(call->arena, WORD_MAIL_CAN_OBJECT, review_day(call, review, until_at),
                          link_to(call, review))
                    : said_nothing;
}

enum error mail_accepted(struct call *call, const struct review *review,
                         const struct certificate *certificate, struct fault *fault)
{
    bool is_deemed = certificate->kind == CERTIFICATE_DEEMED_ACCEPTED;
    const struct mail_text mail = {
        review_subject(call,
                       is_deemed ? WORD_MAIL_ACCEPTED_SILENTLY_SUBJECT : WORD_MAIL_ACCEPTED_SUBJECT,
                       review),
        SAY(call->arena, WORD_MAIL_ACCEPTED, acceptance_of(call, review, certificate),
            reservations_of(call, certificate), defects_of(call, &certificate->decisions),
            objection_of(call, review), mail_link_to(call, "certificates", certificate->id)),
    };
    return tell_review(call, review, TO_BOTH, review->submission.id, &mail, fault);
}

enum error mail_lapsed(struct call *call, const struct review *review, struct fault *fault)
{
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_LAPSED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_LAPSED, review_name(call, review), link_to(call, review)),
    };
    return tell_review(call, review, TO_AGENCY, review->submission.id, &mail, fault);
}

enum error mail_approved(struct call *call, const struct review *review,
                         const struct approval *approval, size_t needed, struct fault *fault)
{
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_APPROVED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_APPROVED, said_text(approval->approved_by_name),
            review_name(call, review), said_text(review->contract.number),
            said_number((int64_t)needed), said_number(approval->sequence),
            review_until(call, review), link_to(call, review)),
    };
    return tell_review(call, review, TO_BOTH, review->submission.id, &mail, fault);
}
