#include "action/price_reduction_mail.h"

#include "action/review_mail.h"

/* "150.00 EUR less for M1 Prototype of …, whose price is 1,000.00 EUR" */
static struct saying reduction_of(const struct call *call, const struct review *review,
                                  const struct price_reduction *reduction)
{
    return SAY(call->arena, WORD_MAIL_REDUCTION,
               said_money(reduction->amount_minor, reduction->currency), review_name(call, review),
               said_money(review->milestone.price_minor, reduction->currency));
}

enum error mail_reduction_proposed(struct call *call, const struct review *review,
                                   const struct price_reduction *reduction, struct fault *fault)
{
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_REDUCTION_PROPOSED_SUBJECT, review),
        SAY(call->arena, WORD_MAIL_REDUCTION_PROPOSED, said_text(review->company.name),
            reduction_of(call, review, reduction), said_text(reduction->reason),
            mail_link_to(call, "price-reductions", reduction->id)),
    };
    return tell_review(call, review, TO_APPROVERS, reduction->id, &mail, fault);
}

enum error mail_reduction_decided(struct call *call, const struct review *review,
                                  const struct price_reduction *reduction, struct fault *fault)
{
    static const struct {
        enum word subject;
        enum word text;
        enum told told;
    } decisions[] = {
        [REDUCTION_PROPOSED] = {WORD_NONE, WORD_NONE, TO_AGENCY},
        [REDUCTION_AGREED] = {WORD_MAIL_REDUCTION_AGREED_SUBJECT, WORD_MAIL_REDUCTION_AGREED,
                              TO_AGENCY},
        [REDUCTION_DECLINED] = {WORD_MAIL_REDUCTION_DECLINED_SUBJECT, WORD_MAIL_REDUCTION_DECLINED,
                                TO_AGENCY},
        [REDUCTION_WITHDRAWN] = {WORD_MAIL_REDUCTION_WITHDRAWN_SUBJECT,
                                 WORD_MAIL_REDUCTION_WITHDRAWN, TO_APPROVERS},
    };
    const struct mail_text mail = {
        review_subject(call, decisions[reduction->state].subject, review),
        SAY(call->arena, decisions[reduction->state].text, said_text(reduction->decided_by_name),
            reduction_of(call, review, reduction), said_text(reduction->reason),
            mail_link_to(call, "price-reductions", reduction->id), said_quote(reduction->answer)),
    };
    return tell_review(call, review, decisions[reduction->state].told, reduction->id, &mail, fault);
}
