#include "action/dispute_mail.h"

#include "action/review_mail.h"
#include "base/day.h"

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
    const struct saying milestone = review_name(call, review);
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
               : SAY(call->arena, WORD_MAIL_DISPUTE_ENDED, review_until(call, review));
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
        review_subject(call, subjects[dispute->state][kind_of(dispute)], review),
        SAY(call->arena, WORD_MAIL_DISPUTE_TEXT, news_of(call, review, dispute),
            credit_of(call, dispute), end_of(call, review, dispute),
            mail_link_to(call, "disputes", dispute->id)),
    };
    return tell_review(call, review, TO_BOTH, review->submission.id, &mail, fault);
}

/* The side that is asked. */
static enum told asked_by(const struct dispute *dispute)
{
    return dispute_asked(dispute) == SIDE_CLIENT ? TO_APPROVERS : TO_AGENCY;
}

static enum error mail_answer_due(struct call *call, const struct review *review,
                                  const struct dispute *dispute, struct fault *fault)
{
    static const enum word texts[DISPUTE_KINDS] = {
        [ON_WORK] = WORD_MAIL_ANSWER_DUE,
        [ON_ACCEPTANCE] = WORD_MAIL_ANSWER_DUE_OBJECTION,
    };
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_ANSWER_DUE_SUBJECT, review),
        SAY(call->arena, texts[kind_of(dispute)], review_name(call, review),
            said_day(dispute->answer_by_day), mail_link_to(call, "disputes", dispute->id)),
    };
    return tell_review(call, review, asked_by(dispute), review->submission.id, &mail, fault);
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
        review_subject(call, WORD_MAIL_NOT_ANSWERED_SUBJECT, review),
        SAY(call->arena,
            dispute_asked(dispute) == SIDE_CLIENT ? texts[kind].by_client : texts[kind].by_agency,
            review_name(call, review), said_day(dispute->answer_by_day),
            mail_link_to(call, "disputes", dispute->id), SAY_WORD(WORD_MAIL_STAYS_OPEN)),
    };
    return tell_review(call, review, TO_BOTH, review->submission.id, &mail, fault);
}

enum error mail_dispute_answer(struct call *call, const struct review *review,
                               const struct dispute *dispute, bool is_past, struct fault *fault)
{
    return is_past ? mail_not_answered(call, review, dispute, fault)
                   : mail_answer_due(call, review, dispute, fault);
}
