#include "action/obligation_mail.h"

#include "action/mail_parts.h"

static enum error post_to_client(struct call *call, const struct engagement *engagement,
                                 const struct obligation *obligation, const struct mail_text *mail,
                                 struct fault *fault)
{
    struct list contacts;
    enum error error =
        list_contact_recipients(&call->store, engagement->client_id, &contacts, fault);
    if (error)
        return error;
    struct list responsible = mail_only(&contacts, obligation->contact_id);
    return mail_post(call, responsible.count > 0 ? &responsible : &contacts, obligation->id, mail,
                     fault);
}

static struct saying subject_of(const struct call *call, enum word subject,
                                const struct engagement *engagement,
                                const struct obligation *obligation)
{
    return SAY(call->arena, subject,
               SAY(call->arena, WORD_MAIL_OBLIGATION_ABOUT, said_text(obligation->code),
                   said_text(engagement->title)));
}

static struct saying link_to(const struct call *call, const struct obligation *obligation)
{
    return mail_link_to(call, "obligations", obligation->id);
}

enum error mail_obligation_asked(struct call *call, const struct engagement *engagement,
                                 const struct obligation *obligation, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_OBLIGATION_ASKED_SUBJECT, engagement, obligation),
        SAY(call->arena, WORD_MAIL_OBLIGATION_ASKED, said_text(engagement->title),
            said_day(obligation->due_day), said_quote(obligation->text), link_to(call, obligation)),
    };
    return post_to_client(call, engagement, obligation, &mail, fault);
}

enum error mail_obligation_due(struct call *call, const struct engagement *engagement,
                               const struct obligation *obligation, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_OBLIGATION_DUE_SUBJECT, engagement, obligation),
        SAY(call->arena, WORD_MAIL_OBLIGATION_DUE, said_text(engagement->title),
            said_day(obligation->due_day), said_quote(obligation->text), link_to(call, obligation)),
    };
    return post_to_client(call, engagement, obligation, &mail, fault);
}

/* Planned days of milestones, which both sides see. */
static struct saying moves_of(const struct call *call, const struct obligation_slip *slip)
{
    size_t count = slip->milestones.count;
    struct saying *moves = arena_array(call->arena, count + 1, sizeof *moves);
    for (size_t i = 0; i < count; i++) {
        const struct milestone_move *move = LIST_AT(struct milestone_move, slip->milestones, i);
        moves[i] = SAY(call->arena, WORD_MAIL_MILESTONE_MOVED, said_text(move->code),
                       said_day(move->to_due_day), said_day(move->from_due_day));
    }
    moves[count] = said_text(count > 0 ? "\n" : NULL);
    return said_series(moves, count + 1);
}

enum error mail_obligation_late(struct call *call, const struct engagement *engagement,
                                const struct obligation *obligation,
                                const struct obligation_slip *slip, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_OBLIGATION_LATE_SUBJECT, engagement, obligation),
        SAY(call->arena, WORD_MAIL_OBLIGATION_LATE, said_text(engagement->title),
            said_day(obligation->due_day), said_quote(obligation->text), link_to(call, obligation),
            moves_of(call, slip)),
    };
    enum error error = post_to_client(call, engagement, obligation, &mail, fault);
    return error ? error : mail_staff(call, USER_DELIVERY, obligation->id, &mail, fault);
}

enum error mail_obligation_fulfilled(struct call *call, const struct engagement *engagement,
                                     const struct obligation *obligation, struct fault *fault)
{
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_OBLIGATION_FULFILLED_SUBJECT, engagement, obligation),
        SAY(call->arena, WORD_MAIL_OBLIGATION_FULFILLED, said_text(engagement->title),
            said_day(obligation->due_day), said_quote(obligation->text), link_to(call, obligation),
            said_text(obligation->closed_by_name), said_quote(obligation->note)),
    };
    return mail_staff(call, USER_DELIVERY, obligation->id, &mail, fault);
}
