#include "action/change_mail.h"

#include "action/mail_parts.h"
#include "base/must.h"
#include "core/signature.h"
#include "core/user.h"

/* "Change order 2 to contract C-2016-0001, revision 1 (…)": how each mail begins. */
static struct saying name_of(const struct call *call, const struct change_letter *letter)
{
    const struct change_order *order = letter->order;
    return SAY(call->arena, WORD_MAIL_CHANGE_NAME, said_number(order->number),
               said_text(letter->contract->number), said_number(order->revision),
               said_text(order->title));
}

static struct saying sums_of(const struct call *call, const struct change_order *order)
{
    return SAY(call->arena, WORD_MAIL_CHANGE_SUMS,
               said_money(order->sum_before_minor, order->currency),
               said_change(order->change_minor, order->currency),
               said_money(order->sum_after_minor, order->currency));
}

static struct saying link_to(const struct call *call, const struct change_order *order)
{
    return mail_link_to(call, "change-orders", order->id);
}

static struct saying subject_of(const struct call *call, enum word subject,
                                const struct change_letter *letter)
{
    return SAY(call->arena, subject, said_text(letter->engagement->title));
}

static enum error post_to_both(struct call *call, const struct change_letter *letter,
                               const struct mail_text *mail, struct fault *fault)
{
    struct list staff, approvers;
    enum error error = list_staff_recipients(&call->store, USER_SALES, &staff, fault);
    if (!error)
        error = list_role_recipients(&call->store, letter->engagement->client_id, CONTACT_APPROVER,
                                     &approvers, fault);
    if (!error)
        error = mail_post(call, &staff, letter->order->id, mail, fault);
    return error ? error : mail_post(call, &approvers, letter->order->id, mail, fault);
}

enum error mail_change_proposed(struct call *call, const struct change_letter *letter,
                                struct fault *fault)
{
    const struct change_order *order = letter->order;
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_CHANGE_PROPOSED_SUBJECT, letter),
        SAY(call->arena, WORD_MAIL_CHANGE_PROPOSED, name_of(call, letter), sums_of(call, order),
            said_day(order->valid_until_day), link_to(call, order)),
    };
    return post_to_both(call, letter, &mail, fault);
}

enum error mail_change_signer(struct call *call, const struct change_letter *letter,
                              struct fault *fault)
{
    struct list signers;
    const struct change_order *order = letter->order;
    const struct signature *next = signature_next(&order->signatures);
    if (!next)
        return OK;
    enum error error = list_change_signer_recipients(&call->store, order->id, &signers, fault);
    if (error)
        return error;
    struct list recipient = mail_only(&signers, next->signer_id);
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_CHANGE_SIGN_SUBJECT, letter),
        SAY(call->arena, WORD_MAIL_CHANGE_SIGN, name_of(call, letter), sums_of(call, order),
            said_day(order->valid_until_day), link_to(call, order),
            mail_hash(call, order->document_hash)),
    };
    return mail_post(call, &recipient, order->id, &mail, fault);
}

enum error mail_change_agreed(struct call *call, const struct change_letter *letter,
                              struct fault *fault)
{
    struct list signers;
    const struct change_order *order = letter->order;
    enum error error = list_change_signer_recipients(&call->store, order->id, &signers, fault);
    if (error)
        return error;
    const struct saying effect =
        order->state == CHANGE_ORDER_APPLIED
            ? SAY_WORD(WORD_MAIL_CHANGE_IN_FORCE)
            : SAY(call->arena, WORD_MAIL_CHANGE_FROM, said_day(order->start_day));
    const struct mail_text mail = {
        subject_of(call, WORD_MAIL_CHANGE_SIGNED_SUBJECT, letter),
        SAY(call->arena, WORD_MAIL_CHANGE_SIGNED, name_of(call, letter), sums_of(call, order),
            effect, link_to(call, order), mail_hash(call, order->document_hash)),
        DOCUMENT_CHANGE_ORDER_SIGNED,
    };
    return mail_post(call, &signers, order->id, &mail, fault);
}

static const struct {
    enum word subject;
    enum word text;
} endings[] = {
    [CHANGE_ORDER_APPLIED] = {WORD_MAIL_CHANGE_APPLIED_SUBJECT, WORD_MAIL_CHANGE_APPLIED},
    [CHANGE_ORDER_DECLINED] = {WORD_MAIL_CHANGE_DECLINED_SUBJECT, WORD_MAIL_CHANGE_DECLINED},
    [CHANGE_ORDER_WITHDRAWN] = {WORD_MAIL_CHANGE_WITHDRAWN_SUBJECT, WORD_MAIL_CHANGE_WITHDRAWN},
    [CHANGE_ORDER_EXPIRED] = {WORD_MAIL_CHANGE_EXPIRED_SUBJECT, WORD_MAIL_CHANGE_EXPIRED},
    [CHANGE_ORDER_LAPSED] = {WORD_MAIL_CHANGE_LAPSED_SUBJECT, WORD_MAIL_CHANGE_LAPSED},
};

enum error mail_change_ended(struct call *call, const struct change_letter *letter,
                             struct fault *fault)
{
    const struct change_order *order = letter->order;
    must((size_t)order->state < sizeof endings / sizeof *endings);
    must(endings[order->state].subject);
    const struct mail_text mail = {
        subject_of(call, endings[order->state].subject, letter),
        SAY(call->arena, endings[order->state].text, name_of(call, letter),
            said_quote(order->reason), link_to(call, order)),
    };
    return post_to_both(call, letter, &mail, fault);
}
