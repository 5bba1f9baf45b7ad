#include "action/delivery_mail.h"

#include <string.h>

#include "action/mail_parts.h"
#include "base/day.h"
#include "base/must.h"
#include "base/text.h"
#include "platform/zone.h"

/* ---- to whom ------------------------------------------------------------------------------- */

static bool is_approver(const struct party *party)
{
    return party->kind == ACTOR_CONTACT &&
           strcmp(party->role, choice_name(&contact_role_choices, CONTACT_APPROVER)) == 0;
}

static bool is_of_agency(const struct party *party)
{
    return party->kind == ACTOR_USER;
}

static bool is_of_both(const struct party *party)
{
    return is_approver(party) || is_of_agency(party);
}

static bool is_anybody(const struct party *party)
{
    (void)party;
    return true;
}

size_t count_approvers(const struct review *review)
{
    size_t count = 0;
    for (size_t i = 0; i < review->parties.count; i++)
        count += is_approver(LIST_AT(struct party, review->parties, i));
    return count;
}

static enum error tell(struct call *call, const struct review *review, struct id message_id,
                       const struct party *party, const struct mail_text *mail, struct fault *fault)
{
    const struct recipient recipient = {party->id, party->name, party->email, party->locale};
    return mail_tell(call, message_id, &recipient, review->submission.id, mail, fault);
}

static enum error tell_all(struct call *call, const struct review *review,
                           bool (*is_told)(const struct party *), const struct mail_text *mail,
                           struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < review->parties.count; i++) {
        const struct party *party = LIST_AT(struct party, review->parties, i);
        if (is_told(party))
            error = tell(call, review, call_id(call), party, mail, fault);
    }
    return error;
}

/* ---- in words ------------------------------------------------------------------------------ */

static struct saying subject_of(const struct call *call, enum word subject,
                                const struct review *review)
{
    return SAY(call->arena, subject,
               SAY(call->arena, WORD_MAIL_MILESTONE_SHORT, said_text(review->milestone.code),
                   said_text(review->milestone.title)));
}

/* "M1 Prototype of "Dashboard"" */
static struct saying name_of(const struct call *call, const struct review *review)
{
    return SAY(call->arena, WORD_MAIL_MILESTONE, said_text(review->milestone.code),
               said_text(review->milestone.title), said_text(review->engagement.title));
}

static const struct contract_terms *terms_of(const struct review *review)
{
    return review->contract.plan->terms;
}

static struct saying day_of(const struct call *call, const struct review *review, int64_t moment)
{
    const char *name = terms_of(review)->time_zone;
    const struct zone *zone = zone_find(name);
    must(zone);
    return SAY(call->arena, WORD_MAIL_DAY_IN_ZONE, said_day(zone_local_day(zone, moment)),
               said_text(name));
}

static struct saying until(const struct call *call, const struct review *review)
{
    int64_t deadline_at = review->submission.deadline_at;
    return deadline_at ? SAY(call->arena, WORD_MAIL_UNTIL, day_of(call, review, deadline_at))
                       : said_nothing;
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

/* ---- asking -------------------------------------------------------------------------------- */

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
        if (!is_approver(party))
            continue;
        struct id id = call_id(call);
        error = tell(call, review, id, party, mail, fault);
        rows[notices->count++] = (struct acceptance_notice){kind, party->id, id, call->now_ms};
    }
    return error;
}

enum error mail_request(struct call *call, struct review *review, struct fault *fault)
{
    const struct submission *submission = &review->submission;
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_REVIEW_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_REVIEW, said_text(review->company.name), name_of(call, review),
            hand_over_of(call, submission), said_quote(submission->note), until(call, review),
            link_to(call, review), silence_of(call, review)),
    };
    return give_notice(call, review, NOTICE_REQUEST, &mail, fault);
}

enum error mail_reminder(struct call *call, struct review *review, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_REVIEW_REMINDER_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_REVIEW_REMINDER, name_of(call, review),
            day_of(call, review, review->submission.submitted_at), until(call, review),
            link_to(call, review), silence_of(call, review)),
    };
    return give_notice(call, review, NOTICE_REMINDER, &mail, fault);
}

enum error mail_deadline_moved(struct call *call, const struct review *review, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_MORE_TIME_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_MORE_TIME, name_of(call, review),
            day_of(call, review, review->submission.deadline_at), link_to(call, review),
            silence_of(call, review)),
    };
    return tell_all(call, review, is_of_both, &mail, fault);
}

/* ---- outcomes ------------------------------------------------------------------------------ */

enum error mail_withdrawn(struct call *call, const struct review *review, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_TAKEN_BACK_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_TAKEN_BACK, said_text(review->company.name),
            name_of(call, review)),
    };
    return tell_all(call, review, is_approver, &mail, fault);
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
        subject_of(call, WORD_MAIL_REJECTED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_REJECTED, said_text(submission->decided_by_name),
            name_of(call, review), SAY_WORD(reasons[submission->reason_code]),
            said_quote(submission->reason), defects_of(call, &submission->decisions),
            link_to(call, review)),
    };
    return tell_all(call, review, is_of_both, &mail, fault);
}

/* Who accepted, or what stands for it. */
static struct saying acceptance_of(const struct call *call, const struct review *review,
                                   const struct certificate *certificate)
{
    const struct saying day = day_of(call, review, certificate->accepted_at);
    return certificate->kind == CERTIFICATE_DEEMED_ACCEPTED
               ? SAY(call->arena, WORD_MAIL_ACCEPTED_SILENTLY, said_text(review->contract.number),
                     name_of(call, review), day)
               : SAY(call->arena, WORD_MAIL_ACCEPTED_BY, said_text(certificate->accepted_by_name),
                     name_of(call, review), day);
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
    return until_at ? SAY(call->arena, WORD_MAIL_CAN_OBJECT, day_of(call, review, until_at),
                          link_to(call, review))
                    : said_nothing;
}

enum error mail_accepted(struct call *call, const struct review *review,
                         const struct certificate *certificate, struct fault *fault)
{
    bool is_deemed = certificate->kind == CERTIFICATE_DEEMED_ACCEPTED;
    const struct mail_text mail = {
        subject_of(call,
                   is_deemed ? WORD_MAIL_ACCEPTED_SILENTLY_SUBJECT : WORD_MAIL_ACCEPTED_SUBJECT,
                   review),
        SAY(call->arena, WORD_MAIL_ACCEPTED, acceptance_of(call, review, certificate),
            reservations_of(call, certificate), defects_of(call, &certificate->decisions),
            objection_of(call, review), mail_link_to(call, "certificates", certificate->id)),
    };
    return tell_all(call, review, is_of_both, &mail, fault);
}

/* Filed under the engagement. */
enum error mail_completed(struct call *call, const struct review *review, struct fault *fault)
{
    struct review about = *review;
    about.submission.id = review->engagement.id;
    const struct saying title = said_text(review->engagement.title);
    const struct mail_text mail = {
        SAY(call->arena, WORD_MAIL_COMPLETED_SUBJECT, title),
        SAY(call->arena, WORD_MAIL_COMPLETED, title,
            mail_link_to(call, "engagements", review->engagement.id), said_nothing),
    };
    return tell_all(call, &about, is_anybody, &mail, fault);
}

enum error mail_lapsed(struct call *call, const struct review *review, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_LAPSED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_LAPSED, name_of(call, review), link_to(call, review)),
    };
    return tell_all(call, review, is_of_agency, &mail, fault);
}

enum error mail_approved(struct call *call, const struct review *review,
                         const struct approval *approval, size_t needed, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_APPROVED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_APPROVED, said_text(approval->approved_by_name),
            name_of(call, review), said_text(review->contract.number), said_number((int64_t)needed),
            said_number(approval->sequence), until(call, review), link_to(call, review)),
    };
    return tell_all(call, review, is_of_both, &mail, fault);
}

/* ---- defects ------------------------------------------------------------------------------- */

/* Whose words the last are: of who corrected it, or of who answered. */
static struct saying defect_text(const struct call *call, enum word text, const char *who,
                                 const struct review *review, const struct defect *defect,
                                 const char *words)
{
    return SAY(call->arena, text, said_text(who), name_of(call, review),
               said_text(defect->criterion), said_text(defect->text), said_quote(words),
               mail_link_to(call, "defects", defect->id));
}

enum error mail_defect_corrected(struct call *call, const struct review *review,
                                 const struct defect *defect, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_DEFECT_CORRECTED_SUBJECT, review),
        defect_text(call, WORD_MAIL_DEFECT_CORRECTED, review->company.name, review, defect,
                    defect->correction),
    };
    return tell_all(call, review, is_approver, &mail, fault);
}

enum error mail_defect_answered(struct call *call, const struct review *review,
                                const struct defect *defect, struct fault *fault)
{
    static const struct {
        enum word subject;
        enum word text;
    } answers[] = {
        [DEFECT_OPEN] = {WORD_MAIL_DEFECT_OPEN_SUBJECT, WORD_MAIL_DEFECT_OPEN},
        [DEFECT_CORRECTED] = {WORD_NONE, WORD_NONE},
        [DEFECT_CONFIRMED] = {WORD_MAIL_DEFECT_SETTLED_SUBJECT, WORD_MAIL_DEFECT_CONFIRMED},
        [DEFECT_WAIVED] = {WORD_MAIL_DEFECT_SETTLED_SUBJECT, WORD_MAIL_DEFECT_WAIVED},
    };
    const struct mail_text mail = {
        subject_of(call, answers[defect->state].subject, review),
        defect_text(call, answers[defect->state].text, defect->answered_by_name, review, defect,
                    defect->answer),
    };
    return tell_all(call, review, is_of_agency, &mail, fault);
}

/* ---- price reductions ---------------------------------------------------------------------- */

/* "150.00 EUR less for M1 Prototype of …, whose price is 1,000.00 EUR" */
static struct saying reduction_of(const struct call *call, const struct review *review,
                                  const struct price_reduction *reduction)
{
    return SAY(call->arena, WORD_MAIL_REDUCTION,
               said_money(reduction->amount_minor, reduction->currency), name_of(call, review),
               said_money(review->milestone.price_minor, reduction->currency));
}

/* Such a letter is filed under the reduction, as there may be no submission yet. */
static enum error tell_of_reduction(struct call *call, const struct review *review,
                                    const struct price_reduction *reduction,
                                    bool (*is_told)(const struct party *),
                                    const struct mail_text *mail, struct fault *fault)
{
    struct review about = *review;
    about.submission.id = reduction->id;
    return tell_all(call, &about, is_told, mail, fault);
}

enum error mail_reduction_proposed(struct call *call, const struct review *review,
                                   const struct price_reduction *reduction, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_REDUCTION_PROPOSED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_REDUCTION_PROPOSED, said_text(review->company.name),
            reduction_of(call, review, reduction), said_text(reduction->reason),
            mail_link_to(call, "price-reductions", reduction->id)),
    };
    return tell_of_reduction(call, review, reduction, is_approver, &mail, fault);
}

enum error mail_reduction_decided(struct call *call, const struct review *review,
                                  const struct price_reduction *reduction, struct fault *fault)
{
    static const struct {
        enum word subject;
        enum word text;
        bool (*is_told)(const struct party *);
    } decisions[] = {
        [REDUCTION_PROPOSED] = {WORD_NONE, WORD_NONE, NULL},
        [REDUCTION_AGREED] = {WORD_MAIL_REDUCTION_AGREED_SUBJECT, WORD_MAIL_REDUCTION_AGREED,
                              is_of_agency},
        [REDUCTION_DECLINED] = {WORD_MAIL_REDUCTION_DECLINED_SUBJECT, WORD_MAIL_REDUCTION_DECLINED,
                                is_of_agency},
        [REDUCTION_WITHDRAWN] = {WORD_MAIL_REDUCTION_WITHDRAWN_SUBJECT,
                                 WORD_MAIL_REDUCTION_WITHDRAWN, is_approver},
    };
    const struct mail_text mail = {
        subject_of(call, decisions[reduction->state].subject, review),
        SAY(call->arena, decisions[reduction->state].text, said_text(reduction->decided_by_name),
            reduction_of(call, review, reduction), said_text(reduction->reason),
            mail_link_to(call, "price-reductions", reduction->id), said_quote(reduction->answer)),
    };
    return tell_of_reduction(call, review, reduction, decisions[reduction->state].is_told, &mail,
                             fault);
}

/* ---- progress claims ----------------------------------------------------------------------- */

/* "60% of M1 Prototype of …, after 35% before: 250.00 EUR net" */
static struct saying progress_of(const struct call *call, const struct review *review,
                                 const struct progress_claim *claim)
{
    return SAY(call->arena, WORD_MAIL_PROGRESS, said_rate(claim->percent_ppm),
               name_of(call, review), said_rate(claim->before_ppm),
               said_money(claim->net_minor, claim->currency));
}

static struct saying claim_link(const struct call *call, const struct progress_claim *claim)
{
    return mail_link_to(call, "progress-claims", claim->id);
}

/* Such a letter is filed under the claim. */
static enum error tell_of_progress(struct call *call, const struct review *review,
                                   const struct progress_claim *claim,
                                   bool (*is_told)(const struct party *),
                                   const struct mail_text *mail, struct fault *fault)
{
    struct review about = *review;
    about.submission.id = claim->id;
    return tell_all(call, &about, is_told, mail, fault);
}

enum error mail_progress_claimed(struct call *call, const struct review *review,
                                 const struct progress_claim *claim, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_PROGRESS_CLAIMED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_PROGRESS_CLAIMED, said_text(review->company.name),
            progress_of(call, review, claim), claim_link(call, claim), said_quote(claim->note)),
    };
    return tell_of_progress(call, review, claim, is_approver, &mail, fault);
}

enum error mail_progress_approved(struct call *call, const struct review *review,
                                  const struct progress_claim *claim,
                                  const struct progress_approval *approval, size_t needed,
                                  struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_PROGRESS_APPROVED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_PROGRESS_APPROVED, said_text(approval->approved_by_name),
            progress_of(call, review, claim), claim_link(call, claim), said_quote(approval->note),
            said_text(review->contract.number), said_number((int64_t)needed),
            said_number(approval->sequence)),
    };
    return tell_of_progress(call, review, claim, is_of_both, &mail, fault);
}

enum error mail_progress_decided(struct call *call, const struct review *review,
                                 const struct progress_claim *claim, struct fault *fault)
{
    static const struct {
        enum word subject;
        enum word text;
        bool (*is_told)(const struct party *);
    } decisions[] = {
        [PROGRESS_CLAIMED] = {WORD_NONE, WORD_NONE, NULL},
        [PROGRESS_ACCEPTED] = {WORD_MAIL_PROGRESS_ACCEPTED_SUBJECT, WORD_MAIL_PROGRESS_ACCEPTED,
                               is_of_agency},
        [PROGRESS_REJECTED] = {WORD_MAIL_PROGRESS_REJECTED_SUBJECT, WORD_MAIL_PROGRESS_REJECTED,
                               is_of_agency},
        [PROGRESS_WITHDRAWN] = {WORD_MAIL_PROGRESS_WITHDRAWN_SUBJECT, WORD_MAIL_PROGRESS_WITHDRAWN,
                                is_approver},
    };
    const struct mail_text mail = {
        subject_of(call, decisions[claim->state].subject, review),
        SAY(call->arena, decisions[claim->state].text, said_text(claim->decided_by_name),
            progress_of(call, review, claim), claim_link(call, claim), said_quote(claim->reason)),
    };
    return tell_of_progress(call, review, claim, decisions[claim->state].is_told, &mail, fault);
}

/* ---- disputes ------------------------------------------------------------------------------ */

/* What is said of a dispute, and of an objection. */
enum { ON_WORK, ON_ACCEPTANCE, DISPUTE_KINDS };

static int kind_of(const struct dispute *dispute)
{
    return dispute->kind == DISPUTE_OBJECTION ? ON_ACCEPTANCE : ON_WORK;
}

static struct saying credit_of(const struct call *call, const struct dispute *dispute)
{
    if (dispute->kind != DISPUTE_OBJECTION || dispute->credit_minor == INTEGER_NONE)
        return said_nothing;
    if (dispute->credit_minor == 0)
        return SAY_WORD(WORD_MAIL_CREDIT_NOTHING);
    return SAY(call->arena,
               dispute->state == DISPUTE_OPEN ? WORD_MAIL_CREDIT_WOULD_BE : WORD_MAIL_CREDIT_IS,
               said_money(dispute->credit_minor, dispute->currency));
}

/* What has happened last. */
static struct saying news_of(const struct call *call, const struct review *review,
                             const struct dispute *dispute)
{
    static const struct {
        enum word opened, resolved_by_one, resolved, withdrawn;
    } words[DISPUTE_KINDS] = {
        [ON_WORK] = {WORD_MAIL_DISPUTE_OPENED, WORD_MAIL_DISPUTE_RESOLVED_BY_ONE,
                     WORD_MAIL_DISPUTE_RESOLVED, WORD_MAIL_DISPUTE_WITHDRAWN},
        [ON_ACCEPTANCE] = {WORD_MAIL_OBJECTION_OPENED, WORD_MAIL_OBJECTION_RESOLVED_BY_ONE,
                           WORD_MAIL_OBJECTION_RESOLVED, WORD_MAIL_OBJECTION_WITHDRAWN},
    };
    int kind = kind_of(dispute);
    const struct saying milestone = name_of(call, review);
    const char *said =
        dispute->client_at > dispute->agency_at ? dispute->client_note : dispute->agency_note;
    if (dispute->state == DISPUTE_WITHDRAWN)
        return SAY(call->arena, words[kind].withdrawn, milestone, said_quote(dispute->note));
    if (said)
        return SAY(call->arena,
                   dispute->state == DISPUTE_OPEN ? words[kind].resolved_by_one
                                                  : words[kind].resolved,
                   milestone, said_quote(said));
    return SAY(call->arena, words[kind].opened, milestone, said_quote(dispute->reason),
               said_text(dispute->opened_by_name));
}

/* By when who answers. */
static struct saying answer_of(const struct call *call, const struct dispute *dispute)
{
    if (dispute->answer_by_day == DAY_NONE)
        return said_nothing;
    return SAY(call->arena,
               dispute_asked(dispute) == SIDE_CLIENT ? WORD_MAIL_ANSWER_ASKED_CLIENT
                                                     : WORD_MAIL_ANSWER_ASKED_AGENCY,
               said_day(dispute->answer_by_day));
}

/* What follows: the answer, or once it has ended what then is. */
static struct saying end_of(const struct call *call, const struct review *review,
                            const struct dispute *dispute)
{
    if (dispute->state == DISPUTE_OPEN)
        return answer_of(call, dispute);
    return kind_of(dispute) == ON_ACCEPTANCE
               ? SAY_WORD(WORD_MAIL_OBJECTION_ENDED)
               : SAY(call->arena, WORD_MAIL_DISPUTE_ENDED, until(call, review));
}

enum error mail_dispute(struct call *call, const struct review *review,
                        const struct dispute *dispute, struct fault *fault)
{
    static const enum word subjects[][DISPUTE_KINDS] = {
        [DISPUTE_OPEN] = {WORD_MAIL_DISPUTE_SUBJECT, WORD_MAIL_OBJECTION_SUBJECT},
        [DISPUTE_RESOLVED] = {WORD_MAIL_DISPUTE_RESOLVED_SUBJECT,
                              WORD_MAIL_OBJECTION_RESOLVED_SUBJECT},
        [DISPUTE_WITHDRAWN] = {WORD_MAIL_DISPUTE_WITHDRAWN_SUBJECT,
                               WORD_MAIL_OBJECTION_WITHDRAWN_SUBJECT},
    };
    const struct mail_text mail = {
        subject_of(call, subjects[dispute->state][kind_of(dispute)], review),
        SAY(call->arena, WORD_MAIL_DISPUTE_TEXT, news_of(call, review, dispute),
            credit_of(call, dispute), end_of(call, review, dispute),
            mail_link_to(call, "disputes", dispute->id)),
    };
    return tell_all(call, review, is_of_both, &mail, fault);
}

/* The side that is asked. */
static bool (*asked_by(const struct dispute *dispute))(const struct party *)
{
    return dispute_asked(dispute) == SIDE_CLIENT ? is_approver : is_of_agency;
}

static enum error mail_answer_due(struct call *call, const struct review *review,
                                  const struct dispute *dispute, struct fault *fault)
{
    static const enum word texts[DISPUTE_KINDS] = {
        [ON_WORK] = WORD_MAIL_ANSWER_DUE,
        [ON_ACCEPTANCE] = WORD_MAIL_ANSWER_DUE_OBJECTION,
    };
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_ANSWER_DUE_SUBJECT, review),
        SAY(call->arena, texts[kind_of(dispute)], name_of(call, review),
            said_day(dispute->answer_by_day), mail_link_to(call, "disputes", dispute->id)),
    };
    return tell_all(call, review, asked_by(dispute), &mail, fault);
}

static enum error mail_not_answered(struct call *call, const struct review *review,
                                    const struct dispute *dispute, struct fault *fault)
{
    static const struct {
        enum word by_client, by_agency;
    } texts[DISPUTE_KINDS] = {
        [ON_WORK] = {WORD_MAIL_NOT_ANSWERED_BY_CLIENT, WORD_MAIL_NOT_ANSWERED_BY_AGENCY},
        [ON_ACCEPTANCE] = {WORD_MAIL_OBJECTION_NOT_ANSWERED_BY_CLIENT,
                           WORD_MAIL_OBJECTION_NOT_ANSWERED_BY_AGENCY},
    };
    int kind = kind_of(dispute);
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_NOT_ANSWERED_SUBJECT, review),
        SAY(call->arena,
            dispute_asked(dispute) == SIDE_CLIENT ? texts[kind].by_client : texts[kind].by_agency,
            name_of(call, review), said_day(dispute->answer_by_day),
            mail_link_to(call, "disputes", dispute->id), SAY_WORD(WORD_MAIL_STAYS_OPEN)),
    };
    return tell_all(call, review, is_of_both, &mail, fault);
}

enum error mail_dispute_answer(struct call *call, const struct review *review,
                               const struct dispute *dispute, bool is_past, struct fault *fault)
{
    return is_past ? mail_not_answered(call, review, dispute, fault)
                   : mail_answer_due(call, review, dispute, fault);
}
