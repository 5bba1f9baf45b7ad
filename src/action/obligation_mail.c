#include "action/obligation_mail.h"

#include "action/mail_parts.h"
#include "base/text.h"
#include "store/recipient.h"

static enum error post_to_client(struct call *call, const struct engagement *engagement,
                                 const struct obligation *obligation, const char *subject,
                                 const char *text, struct fault *fault)
{
    struct list contacts;
    enum error error =
        list_contact_recipients(&call->store, engagement->client_id, &contacts, fault);
    if (error)
        return error;
    struct list responsible = mail_only(&contacts, obligation->contact_id);
    return mail_post(call, responsible.count > 0 ? &responsible : &contacts, obligation->id,
                     subject, text, fault);
}

static enum error post_to_staff(struct call *call, const struct obligation *obligation,
                                const char *subject, const char *text, struct fault *fault)
{
    struct list staff;
    enum error error = list_staff_recipients(&call->store, USER_DELIVERY, &staff, fault);
    return error ? error : mail_post(call, &staff, obligation->id, subject, text, fault);
}

static const char *subject_of(const struct call *call, const char *what,
                              const struct engagement *engagement,
                              const struct obligation *obligation)
{
    return arena_format(call->arena, "%s: %s for %s", what, obligation->code, engagement->title);
}

enum error mail_obligation_asked(struct call *call, const struct engagement *engagement,
                                 const struct obligation *obligation, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "work on \"%s\" needs something from you by %s:\n\n"
        "%s"
        "Each working day that it is late moves the planned days of what waits for it by one. "
        "Please say so when it is there:\n\n"
        "    %s\n",
        engagement->title, mail_day(call, obligation->due_day), mail_quote(call, obligation->text),
        mail_link(call, "obligations", obligation->id));
    return post_to_client(call, engagement, obligation,
                          subject_of(call, "Needed from you", engagement, obligation), text, fault);
}

enum error mail_obligation_due(struct call *call, const struct engagement *engagement,
                               const struct obligation *obligation, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "this is due from you on %s for \"%s\", and nobody has said yet that it is there:\n\n"
        "%s"
        "If it is, please say so:\n\n"
        "    %s\n",
        mail_day(call, obligation->due_day), engagement->title, mail_quote(call, obligation->text),
        mail_link(call, "obligations", obligation->id));
    return post_to_client(call, engagement, obligation,
                          subject_of(call, "Due soon", engagement, obligation), text, fault);
}

/* Planned days of milestones, which both sides see. */
static const char *moves_of(const struct call *call, const struct obligation_slip *slip)
{
    struct text_buffer text = text_buffer_in(call->arena);
    text_put_text(&text, "");
    for (size_t i = 0; i < slip->milestones.count; i++) {
        const struct milestone_move *move = LIST_AT(struct milestone_move, slip->milestones, i);
        text_printf(&text, "    %s is now planned for %s instead of %s\n", move->code,
                    mail_day(call, move->to_due_day), mail_day(call, move->from_due_day));
    }
    if (slip->milestones.count > 0)
        text_put_char(&text, '\n');
    return text.bytes;
}

enum error mail_obligation_late(struct call *call, const struct engagement *engagement,
                                const struct obligation *obligation,
                                const struct obligation_slip *slip, struct fault *fault)
{
    const char *subject = subject_of(call, "Late", engagement, obligation);
    const char *text = arena_format(call->arena,
                                    "this was due from the client on %s for \"%s\" and is late:\n\n"
                                    "%s%s"
                                    "Each further working day moves the planned days of what waits "
                                    "by one more. The signed days "
                                    "stay as they are. When it is there, please say so:\n\n"
                                    "    %s\n",
                                    mail_day(call, obligation->due_day), engagement->title,
                                    mail_quote(call, obligation->text), moves_of(call, slip),
                                    mail_link(call, "obligations", obligation->id));
    enum error error = post_to_client(call, engagement, obligation, subject, text, fault);
    return error ? error : post_to_staff(call, obligation, subject, text, fault);
}

enum error mail_obligation_fulfilled(struct call *call, const struct engagement *engagement,
                                     const struct obligation *obligation, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "%s says that this, which was due on %s for \"%s\", is there:\n\n"
        "%s%s"
        "If it is not what was asked for, it can be reopened:\n\n"
        "    %s\n",
        obligation->closed_by_name, mail_day(call, obligation->due_day), engagement->title,
        mail_quote(call, obligation->text), mail_quote(call, obligation->note),
        mail_link(call, "obligations", obligation->id));
    return post_to_staff(call, obligation, subject_of(call, "Fulfilled", engagement, obligation),
                         text, fault);
}
