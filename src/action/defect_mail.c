#include "action/defect_mail.h"

#include "action/review_mail.h"

/* Whose words the last are: of who corrected it, or of who answered. */
static struct saying defect_text(const struct call *call, enum word text, const char *who,
                                 const struct review *review, const struct defect *defect,
                                 const char *words)
{
    return SAY(call->arena, text, said_text(who), review_name(call, review),
               said_text(defect->criterion), said_text(defect->text), said_quote(words),
               mail_link_to(call, "defects", defect->id));
}

enum error mail_defect_corrected(struct call *call, const struct review *review,
                                 const struct defect *defect, struct fault *fault)
{
    const struct mail_text mail = {
        review_subject(call, WORD_MAIL_DEFECT_CORRECTED_SUBJECT, review),
        defect_text(call, WORD_MAIL_DEFECT_CORRECTED, review->company.name, review, defect,
                    defect->correction),
    };
    return tell_review(call, review, TO_APPROVERS, review->submission.id, &mail, fault);
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
        review_subject(call, answers[defect->state].subject, review),
        defect_text(call, answers[defect->state].text, defect->answered_by_name, review, defect,
                    defect->answer),
    };
    return tell_review(call, review, TO_AGENCY, review->submission.id, &mail, fault);
}
