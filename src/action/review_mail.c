#include "action/review_mail.h"

#include "action/zoned_day.h"

static bool is_told(const struct party *party, enum told told)
{
    bool is_approver = may_accept(party);
    bool is_of_agency = party->kind == ACTOR_USER;
    const bool answers[] = {
        [TO_APPROVERS] = is_approver,
        [TO_AGENCY] = is_of_agency,
        [TO_BOTH] = is_approver || is_of_agency,
    };
    return answers[told];
}

struct recipient recipient_of(const struct party *party)
{
    return (struct recipient){party->id, party->name, party->email, party->locale};
}

enum error tell_review(struct call *call, const struct review *review, enum told told,
                       struct id subject_id, const struct mail_text *mail, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < review->parties.count; i++) {
        const struct party *party = LIST_AT(struct party, review->parties, i);
        const struct recipient recipient = recipient_of(party);
        if (is_told(party, told))
            error = mail_tell(call, call_id(call), &recipient, subject_id, mail, fault);
    }
    return error;
}

struct saying review_subject(const struct call *call, enum word subject,
                             const struct review *review)
{
    return SAY(call->arena, subject,
               SAY(call->arena, WORD_MAIL_MILESTONE_SHORT, said_text(review->milestone.code),
                   said_text(review->milestone.title)));
}

struct saying review_name(const struct call *call, const struct review *review)
{
    return SAY(call->arena, WORD_MAIL_MILESTONE, said_text(review->milestone.code),
               said_text(review->milestone.title), said_text(review->engagement.title));
}

struct saying review_day(const struct call *call, const struct review *review, int64_t moment)
{
    const struct contract_terms *terms = review->contract.plan->terms;
    return SAY(call->arena, WORD_MAIL_DAY_IN_ZONE, said_day(zone_local_day(zone_of(terms), moment)),
               said_text(terms->time_zone));
}

struct saying review_until(const struct call *call, const struct review *review)
{
    int64_t deadline_at = review->submission.deadline_at;
    return deadline_at ? SAY(call->arena, WORD_MAIL_UNTIL, review_day(call, review, deadline_at))
                       : said_nothing;
}
