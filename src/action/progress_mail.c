#include "action/progress_mail.h"

#include "action/review_mail.h"

/* "60% of M1 Prototype of …, after 35% before: 250.00 EUR net" */
static struct saying progress_of(const struct call *call, const struct review *review,
                                 const struct progress_claim *claim)
{
    return SAY(call->arena, WORD_MAIL_PROGRESS, said_rate(claim->percent_ppm),
               review_name(call, review), said_rate(claim->before_ppm),
               said_money(claim->net_minor, claim->currency));
}

static struct saying claim_link(const struct call *call, const struct progress_claim *claim)
{
    return mail_link_to(call, "progress-claims", claim->id);
}

enum error mail_progress_claimed(struct call *call, const struct review *review,
                                 const struct progress_claim *claim, struct fault *fault)
{
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_PROGRESS_CLAIMED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_PROGRESS_CLAIMED, said_text(review->company.name),
            progress_of(call, review, claim), claim_link(call, claim), said_quote(claim->note)),
    };
    return tell_review(call, review, TO_APPROVERS, claim->id, &mail, fault);
}

enum error mail_progress_approved(struct call *call, const struct review *review,
                                  const struct progress_claim *claim,
                                  const struct progress_approval *approval, size_t needed,
                                  struct fault *fault)
{
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_PROGRESS_APPROVED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_PROGRESS_APPROVED, said_text(approval->approved_by_name),
            progress_of(call, review, claim), claim_link(call, claim), said_quote(approval->note),
            said_text(review->contract.number), said_number((int64_t)needed),
            said_number(approval->sequence)),
    };
    return tell_review(call, review, TO_BOTH, claim->id, &mail, fault);
}

enum error mail_progress_decided(struct call *call, const struct review *review,
                                 const struct progress_claim *claim, struct fault *fault)
{
    static const struct {
        enum word subject;
        enum word text;
        enum told told;
    } decisions[] = {
        [PROGRESS_CLAIMED] = {WORD_NONE, WORD_NONE, TO_AGENCY},
        [PROGRESS_ACCEPTED] = {WORD_MAIL_PROGRESS_ACCEPTED_SUBJECT, WORD_MAIL_PROGRESS_ACCEPTED,
                               TO_AGENCY},
        [PROGRESS_REJECTED] = {WORD_MAIL_PROGRESS_REJECTED_SUBJECT, WORD_MAIL_PROGRESS_REJECTED,
                               TO_AGENCY},
        [PROGRESS_WITHDRAWN] = {WORD_MAIL_PROGRESS_WITHDRAWN_SUBJECT, WORD_MAIL_PROGRESS_WITHDRAWN,
                                TO_APPROVERS},
    };
    const struct mail_text mail = {
        review_subject(call, decisions[claim->state].subject, review),
        SAY(call->arena, decisions[claim->state].text, said_text(claim->decided_by_name),
            progress_of(call, review, claim), claim_link(call, claim), said_quote(claim->reason)),
    };
    return tell_review(call, review, decisions[claim->state].told, claim->id, &mail, fault);
}
