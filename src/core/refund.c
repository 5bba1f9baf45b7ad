#include "core/refund.h"

#include "base/day.h"
#include "base/money.h"
#include "base/must.h"
#include "core/allocation.h"
#include "core/code.h"
#include "core/machine.h"

static enum error check_amount(int64_t amount_minor, int64_t left_minor, const char *currency,
                               struct fault *fault)
{
    char text[MONEY_TEXT_SIZE];
    if (amount_minor <= 0)
        return refuse(fault, ERROR_OUT_OF_RANGE, "amount", "must be above zero");
    if (amount_minor > left_minor)
        return refuse(fault, ERROR_OUT_OF_RANGE, "amount", "only %s %s is left",
                      money_format(left_minor, currency, text), currency);
    return OK;
}

static void fill(struct refund *refund, struct id client_id, const char *currency,
                 int64_t amount_minor, const char *reason, int64_t now_ms)
{
    *refund = (struct refund){
        .id = refund->id,
        .version = 1,
        .client_id = client_id,
        .number = refund->number,
        .currency = currency,
        .amount_minor = amount_minor,
        .reason = reason,
        .state = REFUND_REQUESTED,
        .paid_day = DAY_NONE,
        .created_at = now_ms,
    };
}

enum error refund_payment(struct payment *payment, int64_t amount_minor, const char *reason,
                          int64_t now_ms, struct refund *refund, struct fault *fault)
{
    enum error error =
        check_amount(amount_minor, payment_unallocated(payment), payment->currency, fault);
    if (!error)
        error = text_check(reason, "reason", fault);
    if (error)
        return error;
    fill(refund, payment->client_id, payment->currency, amount_minor, reason, now_ms);
    refund->payment_id = payment->id;
    payment->refunded_minor += amount_minor;
    if (payment->refunded_minor == payment->amount_minor)
        payment->state = PAYMENT_REFUNDED;
    return OK;
}

enum error refund_credit_note(struct invoice *credit_note, int64_t amount_minor, const char *reason,
                              int64_t now_ms, struct refund *refund, struct fault *fault)
{
    enum error error =
        check_amount(amount_minor, credit_note_rest(credit_note), credit_note->currency, fault);
    if (!error)
        error = text_check(reason, "reason", fault);
    if (error)
        return error;
    fill(refund, credit_note->client_id, credit_note->currency, amount_minor, reason, now_ms);
    refund->credit_note_id = credit_note->id;
    credit_note->paid_minor += amount_minor;
    invoice_derive_state(credit_note);
    return OK;
}

enum { REFUND_PAY = 1, REFUND_RETURN, REFUND_CANCEL, REFUND_EVENT_COUNT };

static const char *const refund_verbs[] = {
    [REFUND_PAY] = "paid",
    [REFUND_RETURN] = "returned",
    [REFUND_CANCEL] = "cancelled",
};

static const unsigned char refund_steps[][REFUND_EVENT_COUNT] = {
    [REFUND_REQUESTED] = {[REFUND_PAY] = REFUND_PAID, [REFUND_CANCEL] = REFUND_CANCELLED},
    [REFUND_PAID] = {[REFUND_RETURN] = REFUND_REQUESTED},
    [REFUND_CANCELLED] = {0},
};

static const struct machine refund_machine =
    MACHINE("refund", "state", &refund_state_choices, refund_verbs, refund_steps);

enum error refund_pay(struct refund *refund, int32_t paid_day, int32_t today, struct fault *fault)
{
    int state = (int)refund->state;
    enum error error = machine_step(&refund_machine, &state, REFUND_PAY, fault);
    if (error)
        return error;
    if (paid_day == DAY_NONE || paid_day > today)
        return refuse(fault, ERROR_INVALID, "paid_day", "must be today or earlier");
    refund->state = (enum refund_state)state;
    refund->paid_day = paid_day;
    return OK;
}

static enum error step_with_reason(struct refund *refund, int event, const char *reason,
                                   struct fault *fault)
{
    int state = (int)refund->state;
    enum error error = text_check(reason, "reason", fault);
    if (!error)
        error = machine_step(&refund_machine, &state, event, fault);
    refund->state = (enum refund_state)state;
    return error;
}

enum error refund_return(struct refund *refund, const char *reason, struct fault *fault)
{
    enum error error = step_with_reason(refund, REFUND_RETURN, reason, fault);
    if (!error)
        refund->paid_day = DAY_NONE;
    return error;
}

enum error refund_cancel(struct refund *refund, struct payment *payment,
                         struct invoice *credit_note, const char *reason, struct fault *fault)
{
    must(!payment != !credit_note);
    enum error error = step_with_reason(refund, REFUND_CANCEL, reason, fault);
    if (error)
        return error;
    if (credit_note) {
        credit_note->paid_minor -= refund->amount_minor;
        invoice_derive_state(credit_note);
    } else {
        payment->refunded_minor -= refund->amount_minor;
        payment->state = PAYMENT_CONFIRMED;
    }
    return OK;
}
