#include "action/change_mail.h"

#include "action/mail_parts.h"
#include "base/money.h"
#include "base/must.h"
#include "core/signature.h"
#include "core/user.h"
#include "store/recipient.h"

/* "Change order 2 to contract C-2016-0001, revision 1": how each mail begins. */
static const char *name_of(struct call *call, const struct change_letter *letter)
{
    const char *label = change_order_label(call->arena, letter->order, letter->contract->number);
    return arena_format(call->arena, "%s (\"%s\")", label, letter->order->title);
}

static const char *sums_of(struct call *call, const struct change_order *order)
{
    char before[MONEY_TEXT_SIZE], change[MONEY_TEXT_SIZE], after[MONEY_TEXT_SIZE];
    return arena_format(call->arena,
                        "    contract sum now     %s %s net\n"
                        "    change               %s%s %s net\n"
                        "    contract sum after   %s %s net\n",
                        money_format(order->sum_before_minor, order->currency, before),
                        order->currency, order->change_minor > 0 ? "+" : "",
                        money_format(order->change_minor, order->currency, change), order->currency,
                        money_format(order->sum_after_minor, order->currency, after),
                        order->currency);
}

static enum error post_to_both(struct call *call, const struct change_letter *letter,
                               const char *subject, const char *text, struct fault *fault)
{
    struct list staff, approvers;
    const char *full = arena_format(call->arena, "%s: %s", subject, letter->engagement->title);
    enum error error = list_staff_recipients(&call->store, USER_SALES, &staff, fault);
    if (!error)
        error = list_approver_recipients(&call->store, letter->engagement->client_id, &approvers,
                                         fault);
    if (!error)
        error = mail_post(call, &staff, letter->order->id, full, text, fault);
    return error ? error : mail_post(call, &approvers, letter->order->id, full, text, fault);
}

enum error mail_change_proposed(struct call *call, const struct change_letter *letter,
                                struct fault *fault)
{
    const struct change_order *order = letter->order;
    const char *text = arena_format(
        call->arena,
        "%s is proposed:\n\n%s\n"
        "It can be signed until %s. Nothing changes before both sides have signed it. What it does "
        "to\n"
        "prices, days and order of the milestones is shown here:\n\n"
        "    %s\n",
        name_of(call, letter), sums_of(call, order), mail_day(call, order->valid_until_day),
        mail_link(call, "change-orders", order->id));
    return post_to_both(call, letter, "Change proposed", text, fault);
}

enum error mail_change_signer(struct call *call, const struct change_letter *letter,
                              struct fault *fault)
{
    char hash[HASH_HEX_SIZE];
    struct list signers;
    const struct change_order *order = letter->order;
    const struct signature *next = signature_next(&order->signatures);
    if (!next)
        return OK;
    enum error error = list_change_signer_recipients(&call->store, order->id, &signers, fault);
    if (error)
        return error;
    struct list recipient = mail_only(&signers, next->signer_id);
    const char *text = arena_format(
        call->arena,
        "%s waits for your signature:\n\n%s\n"
        "Please read the whole of it, and sign it until %s or decline it:\n\n"
        "    %s\n\n"
        "Its SHA-256, which your signature will name:\n\n"
        "    %s\n",
        name_of(call, letter), sums_of(call, order), mail_day(call, order->valid_until_day),
        mail_link(call, "change-orders", order->id), hash_to_hex(order->document_hash, hash));
    return mail_post(
        call, &recipient, order->id,
        arena_format(call->arena, "Please sign the change: %s", letter->engagement->title), text,
        fault);
}

enum error mail_change_agreed(struct call *call, const struct change_letter *letter,
                              struct fault *fault)
{
    char hash[HASH_HEX_SIZE];
    struct list signers;
    const struct change_order *order = letter->order;
    enum error error = list_change_signer_recipients(&call->store, order->id, &signers, fault);
    if (error)
        return error;
    const char *effect =
        order->state == CHANGE_ORDER_APPLIED
            ? "It is in force."
            : arena_format(call->arena, "It takes effect on %s.", mail_day(call, order->start_day));
    const char *text = arena_format(call->arena,
                                    "%s is signed by all.\n%s\n\n%s\n"
                                    "Your copy, with every signature, is here; please keep it:\n\n"
                                    "    %s\n\n"
                                    "SHA-256 of the document that was signed:\n\n"
                                    "    %s\n",
                                    name_of(call, letter), effect, sums_of(call, order),
                                    mail_link(call, "change-orders", order->id),
                                    hash_to_hex(order->document_hash, hash));
    return mail_post(
        call, &signers, order->id,
        arena_format(call->arena, "Change signed by all: %s", letter->engagement->title), text,
        fault);
}

static const struct {
    const char *subject;
    const char *happened;
} endings[] = {
    [CHANGE_ORDER_APPLIED] = {"Change in force", "has taken effect."},
    [CHANGE_ORDER_DECLINED] = {"Change declined", "was declined, with these words:"},
    [CHANGE_ORDER_WITHDRAWN] = {"Change withdrawn", "was withdrawn."},
    [CHANGE_ORDER_EXPIRED] = {"Change expired", "was not signed by all in time and has expired."},
    [CHANGE_ORDER_LAPSED] = {"Change lapsed", "could not take effect on its day, because:"},
};

enum error mail_change_ended(struct call *call, const struct change_letter *letter,
                             struct fault *fault)
{
    const struct change_order *order = letter->order;
    must((size_t)order->state < sizeof endings / sizeof *endings);
    must(endings[order->state].subject);
    const char *text =
        arena_format(call->arena, "%s %s\n\n%s%s\n\n    %s\n", name_of(call, letter),
                     endings[order->state].happened, mail_quote(call, order->reason),
                     order->state == CHANGE_ORDER_APPLIED ? "The contract is now as it says."
                                                          : "The contract stays as it is.",
                     mail_link(call, "change-orders", order->id));
    return post_to_both(call, letter, endings[order->state].subject, text, fault);
}
