#include "action/allocation.h"

#include <stdio.h>
#include <string.h>

#include "action/company.h"
#include "action/invoice.h"
#include "action/ledger.h"
#include "action/numbering.h"
#include "base/limits.h"
#include "base/must.h"
#include "core/allocation.h"
#include "core/entry.h"
#include "store/invoice.h"
#include "store/payment.h"

static const char *const rules[] = {
    [ALLOCATE_AUTOMATICALLY] = "automatic",
    [ALLOCATE_OLDEST_DUE] = "oldest_due",
    [ALLOCATE_NOTHING] = "none",
};
const struct choices allocation_rule_choices = CHOICES("allocation_rule", rules);

static const struct field part_fields[] = {
    FIELD(struct allocation_part, invoice_id, ID, .flags = REQUIRED),
    FIELD(struct allocation_part, amount_minor, MONEY, .flags = REQUIRED, .minimum = 1,
          .maximum = AMOUNT_LIMIT),
};
const struct shape allocation_part_shape =
    SHAPE("allocation_part", struct allocation_part, part_fields);

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_allocations),
    FIELD(struct list_allocations, client_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_allocations, payment_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_allocations, credit_note_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_allocations, invoice_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_allocations, state, CHOICE, .flags = FROM_QUERY,
          .choices = &allocation_state_choices),
};
static const struct shape list_shape =
    SHAPE("list_allocations", struct list_allocations, list_fields);

static const struct shape page_shape = PAGE_SHAPE("allocation_page", allocation_shape);

static const struct listing allocations = {.shape = &allocation_shape};

static enum error list_allocations(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    return store_page(&call->store, &allocations, &list_shape, input, output, fault);
}

const struct operation list_allocations_operation = {
    .name = "list_allocations",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_allocations,
};

/* ---- deciding ------------------------------------------------------------------------------ */

/* One invoice that gets money. */
struct applied {
    struct invoice invoice;
    struct allocation allocation;
    struct list milestones; /* struct milestone: those that change with the invoice */
};

static struct id client_of(const struct application *application)
{
    return application->payment ? application->payment->client_id
                                : application->credit_note->client_id;
}

static const char *currency_of(const struct application *application)
{
    return application->payment ? application->payment->currency
                                : application->credit_note->currency;
}

static int64_t left_of(const struct application *application)
{
    return application->payment ? payment_unallocated(application->payment)
                                : credit_note_rest(application->credit_note);
}

static enum error apply(struct call *call, struct application *application,
                        const struct invoice *invoice, int64_t amount_minor, struct fault *fault)
{
    struct applied *applied = &application->applied[application->count];
    struct allocation *allocation = &applied->allocation;
    applied->invoice = *invoice;
    allocation->id = call_id(call);
    enum error error = application->payment
                           ? allocate_payment(application->payment, &applied->invoice, amount_minor,
                                              call->now_ms, allocation, fault)
                           : allocate_credit_note(application->credit_note, &applied->invoice,
                                                  amount_minor, call->now_ms, allocation, fault);
    if (!error)
        error = follow_invoice(call, &applied->invoice, &applied->milestones, fault);
    application->count += !error;
    return error;
}

static enum error in_part(struct fault *fault, size_t part, const struct fault *found)
{
    char field[FAULT_FIELD_MAX];
    snprintf(field, sizeof field, "allocations/%zu/%.40s", part, found->field);
    return refuse(fault, found->code, field, "%s", found->detail);
}

static enum error load_named(struct call *call, const struct application *application,
                             struct id invoice_id, struct invoice *invoice, struct fault *fault)
{
    for (size_t i = 0; i < application->count; i++) {
        if (id_equal(application->applied[i].invoice.id, invoice_id))
            return refuse(fault, ERROR_INVALID, "invoice_id", "this invoice is there twice");
    }
    enum error error = load_row(call, &invoice_shape, invoice_id, invoice, fault);
    if (error == ERROR_NOT_FOUND)
        return refuse(fault, ERROR_INVALID, "invoice_id", "there is no such invoice");
    return error;
}

static enum error apply_named(struct call *call, struct application *application,
                              const struct list *parts, struct fault *fault)
{
    for (size_t i = 0; i < parts->count; i++) {
        const struct allocation_part *part = LIST_AT(struct allocation_part, *parts, i);
        struct invoice invoice;
        struct fault found = {0};
        enum error error = load_named(call, application, part->invoice_id, &invoice, &found);
        if (!error)
            error = apply(call, application, &invoice, part->amount_minor, &found);
        if (error)
            return in_part(fault, i, &found);
    }
    return OK;
}

static enum error apply_to_one(struct call *call, struct application *application,
                               const struct invoice *invoice, struct fault *fault)
{
    int64_t left_minor = left_of(application);
    int64_t open_minor = invoice_outstanding(invoice);
    int64_t amount_minor = left_minor < open_minor ? left_minor : open_minor;
    return amount_minor > 0 ? apply(call, application, invoice, amount_minor, fault) : OK;
}

static enum error apply_to_oldest(struct call *call, struct application *application,
                                  const struct list *invoices, struct fault *fault)
{
    struct allocation_share *shares = arena_array(call->arena, invoices->count, sizeof *shares);
    size_t count = allocate_oldest_first(call->arena, invoices, client_of(application),
                                         currency_of(application), left_of(application), shares);
    enum error error = OK;
    for (size_t i = 0; i < count && !error; i++)
        error = apply(call, application, LIST_AT(struct invoice, *invoices, shares[i].invoice),
                      shares[i].amount_minor, fault);
    return error;
}

/* The invoice whose reference the payer quoted, and nothing else; *found tells. */
static enum error find_quoted(struct call *call, const struct application *application,
                              const char *text, struct invoice *invoice, bool *found,
                              struct fault *fault)
{
    enum error error = find_quoted_invoice(call, text, invoice, found, fault);
    *found = *found && id_equal(invoice->client_id, client_of(application)) &&
             strcmp(invoice->currency, currency_of(application)) == 0;
    return error;
}

static enum error apply_by_rule(struct call *call, struct application *application,
                                enum allocation_rule rule, const char *text, struct fault *fault)
{
    struct invoice invoice;
    struct list open;
    bool found = false;
    enum error error = OK;
    if (rule == ALLOCATE_AUTOMATICALLY)
        error = find_quoted(call, application, text, &invoice, &found, fault);
    if (!error && found)
        return apply_to_one(call, application, &invoice, fault);
    if (!error)
        error = list_invoices_to_pay(&call->store, client_of(application), currency_of(application),
                                     ALLOCATIONS_LIMIT, &open, fault);
    if (error)
        return error;
    const struct invoice *quoted = NULL;
    if (rule == ALLOCATE_AUTOMATICALLY && text)
        quoted = invoice_by_reference(call->arena, &open, text);
    if (quoted)
        return apply_to_one(call, application, quoted, fault);
    return apply_to_oldest(call, application, &open, fault);
}

enum error decide_application(struct call *call, const struct allocate *order, const char *text,
                              struct application *application, struct fault *fault)
{
    application->count = 0;
    application->applied =
        arena_array(call->arena, ALLOCATIONS_LIMIT, sizeof *application->applied);
    must(order->allocations.count <= ALLOCATIONS_LIMIT);
    if (order->currency && order->allocations.count > 0 &&
        strcmp(order->currency, currency_of(application)) != 0)
        return refuse(fault, ERROR_INVALID, "currency", "the money is in %s",
                      currency_of(application));
    if (order->allocations.count > 0)
        return apply_named(call, application, &order->allocations, fault);
    if (order->rule == ALLOCATE_NOTHING)
        return OK;
    return apply_by_rule(call, application, order->rule, text, fault);
}

/* ---- writing ------------------------------------------------------------------------------- */

/* The entry counts from the day on which there were both the money and the invoice. */
static struct ledger_entry entry_of(struct call *call, const struct application *application,
                                    const struct applied *applied)
{
    const struct invoice *invoice = &applied->invoice;
    const char *source =
        application->payment ? application->payment->number : application->credit_note->number;
    int32_t day = application->day > invoice->issue_day ? application->day : invoice->issue_day;
    return entry_for_allocation(call->arena, &applied->allocation, source, invoice->number, day,
                                call->now_ms);
}

static enum error write_applied(struct call *call, const struct application *application,
                                struct applied *applied, struct fault *fault)
{
    struct ledger_entry entry = entry_of(call, application, applied);
    enum error error = insert_row(call, &allocation_shape, &applied->allocation, fault);
    if (!error)
        error = book_entry(call, &entry, fault);
    if (!error)
        error = save_row(call, &invoice_shape, &applied->invoice, fault);
    if (!error)
        error = save_milestones(call, &applied->milestones, fault);
    if (!error && applied->invoice.state == INVOICE_PAID)
        happened(call, "invoice.paid", applied->invoice.id, applied->invoice.engagement_id);
    return error;
}

enum error write_application(struct call *call, const struct application *application,
                             struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < application->count && !error; i++)
        error = write_applied(call, application, &application->applied[i], fault);
    return error;
}

struct list allocations_of(struct call *call, const struct application *application)
{
    struct allocation *made = arena_array(call->arena, application->count, sizeof *made);
    for (size_t i = 0; i < application->count; i++)
        made[i] = application->applied[i].allocation;
    return (struct list){made, application->count};
}

struct list applied_invoices(struct call *call, const struct application *application)
{
    struct invoice *invoices = arena_array(call->arena, application->count, sizeof *invoices);
    for (size_t i = 0; i < application->count; i++)
        invoices[i] = application->applied[i].invoice;
    return (struct list){invoices, application->count};
}

/* ---- applying what is left ----------------------------------------------------------------- */

static enum error load_today(struct call *call, int32_t *today, struct fault *fault)
{
    struct company company;
    enum error error = load_company(call, &company, fault);
    if (!error)
        *today = call_today(call, company.time_zone);
    return error;
}

static enum error refuse_nothing(const struct application *application, struct fault *fault)
{
    if (application->count > 0)
        return OK;
    if (left_of(application) == 0)
        return refuse(fault, ERROR_WRONG_STATE, "state", "nothing of it is left");
    return refuse(fault, ERROR_WRONG_STATE, "allocations",
                  "there is no open invoice in %s to apply it to", currency_of(application));
}

static enum error allocate_left(struct call *call, const struct allocate *in,
                                struct application *application, struct fault *fault)
{
    enum error error = load_today(call, &application->day, fault);
    if (!error)
        error = decide_application(call, in, NULL, application, fault);
    return error ? error : refuse_nothing(application, fault);
}

static enum error run_allocate_payment(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct allocate *in = input;
    struct payment *payment = output;
    struct application application = {.payment = payment};
    enum error error = load_subject(call, &payment_shape, in->id, payment, fault);
    if (!error)
        error = allocate_left(call, in, &application, fault);
    if (error)
        return error;
    happened(call, "payment.allocated", payment->id, (struct id){0});
    error = save_row(call, &payment_shape, payment, fault);
    if (!error)
        error = write_application(call, &application, fault);
    return error ? error : load_allocations(&call->store, payment, fault);
}

#define ALLOCATE_FIELDS                                                                            \
    FIELD(struct allocate, currency, TEXT, .limit = CURRENCY_LIMIT),                               \
        FIELD(struct allocate, rule, CHOICE, .choices = &allocation_rule_choices,                  \
              .initial = ALLOCATE_OLDEST_DUE),                                                     \
        FIELD(struct allocate, allocations, LIST, .limit = SHORT_LIST_LIMIT,                       \
              .shape = &allocation_part_shape)

static const struct field allocate_payment_fields[] = {
    ID_FROM_PATH(struct allocate, payment_id),
    ALLOCATE_FIELDS,
};
static const struct shape allocate_payment_shape =
    SHAPE("allocate_payment", struct allocate, allocate_payment_fields);

const struct operation allocate_payment_operation = {
    .name = "allocate_payment",
    .permission = PERMIT_RECORD_PAYMENT,
    .writes = true,
    .in = &allocate_payment_shape,
    .out = &payment_shape,
    .run = run_allocate_payment,
};

static enum error run_allocate_credit_note(struct call *call, const void *input, void *output,
                                           struct fault *fault)
{
    const struct allocate *in = input;
    struct invoice *note = output;
    struct application application = {.credit_note = note};
    enum error error = load_subject(call, &invoice_shape, in->id, note, fault);
    if (!error && note->kind != INVOICE_CREDIT_NOTE)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such credit note");
    if (!error)
        error = allocate_left(call, in, &application, fault);
    if (!error)
        error = load_invoice_lines(&call->store, note, fault);
    if (error)
        return error;
    happened(call, "credit_note.allocated", note->id, note->engagement_id);
    error = save_row(call, &invoice_shape, note, fault);
    return error ? error : write_application(call, &application, fault);
}

static const struct field allocate_credit_note_fields[] = {
    ID_FROM_PATH(struct allocate, credit_note_id),
    ALLOCATE_FIELDS,
};
static const struct shape allocate_credit_note_shape =
    SHAPE("allocate_credit_note", struct allocate, allocate_credit_note_fields);

const struct operation allocate_credit_note_operation = {
    .name = "allocate_credit_note",
    .permission = PERMIT_RECORD_PAYMENT,
    .writes = true,
    .in = &allocate_credit_note_shape,
    .out = &invoice_shape,
    .run = run_allocate_credit_note,
};

/* ---- taking back --------------------------------------------------------------------------- */

/* Everything that one reversal touches. */
struct taking_back {
    struct allocation *allocation;
    struct payment payment;
    struct invoice credit_note;
    struct invoice invoice;
    struct list own_notes;  /* struct invoice: of the invoice, which step in */
    struct list milestones; /* struct milestone: those that change with the invoice */
    bool was_paid;
    int32_t today;
};

static bool is_of_payment(const struct taking_back *back)
{
    return !id_is_none(back->allocation->payment_id);
}

static enum error load_taking_back(struct call *call, struct taking_back *back, struct fault *fault)
{
    const struct allocation *allocation = back->allocation;
    enum error error = load_today(call, &back->today, fault);
    if (!error && is_of_payment(back))
        error = load_row(call, &payment_shape, allocation->payment_id, &back->payment, fault);
    else if (!error)
        error =
            load_row(call, &invoice_shape, allocation->credit_note_id, &back->credit_note, fault);
    if (!error)
        error = load_row(call, &invoice_shape, allocation->invoice_id, &back->invoice, fault);
    if (!error)
        error = list_credit_notes(&call->store, allocation->invoice_id, &back->own_notes, fault);
    back->was_paid = back->invoice.state == INVOICE_PAID;
    return error;
}

/* What is left of the invoice's own credit notes lowers it before anybody is asked to pay. */
static enum error step_in(struct call *call, struct taking_back *back, struct allocation *steps,
                          size_t *count, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < back->own_notes.count && !error; i++) {
        struct invoice *note = LIST_AT(struct invoice, back->own_notes, i);
        int64_t share_minor = credit_note_share(note, &back->invoice);
        if (share_minor == 0)
            continue;
        steps[*count].id = call_id(call);
        error = allocate_credit_note(note, &back->invoice, share_minor, call->now_ms,
                                     &steps[*count], fault);
        (*count)++;
    }
    return error;
}

static const struct invoice *note_of(const struct taking_back *back,
                                     const struct allocation *allocation)
{
    size_t at = 0;
    while (!id_equal(LIST_AT(struct invoice, back->own_notes, at)->id, allocation->credit_note_id))
        at++;
    return LIST_AT(struct invoice, back->own_notes, at);
}

static enum error write_steps(struct call *call, struct taking_back *back, struct allocation *steps,
                              size_t count, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < count && !error; i++) {
        struct invoice note = *note_of(back, &steps[i]);
        struct ledger_entry entry = entry_for_allocation(
            call->arena, &steps[i], note.number, back->invoice.number, back->today, call->now_ms);
        error = insert_row(call, &allocation_shape, &steps[i], fault);
        if (!error)
            error = book_entry(call, &entry, fault);
        if (!error)
            error = save_row(call, &invoice_shape, &note, fault);
    }
    return error;
}

static enum error write_taking_back(struct call *call, struct taking_back *back,
                                    struct ledger_entry *reversal, struct fault *fault)
{
    enum error error = save_row(call, &allocation_shape, back->allocation, fault);
    if (!error && is_of_payment(back))
        error = save_row(call, &payment_shape, &back->payment, fault);
    else if (!error)
        error = save_row(call, &invoice_shape, &back->credit_note, fault);
    if (!error)
        error = save_row(call, &invoice_shape, &back->invoice, fault);
    if (!error)
        error = save_milestones(call, &back->milestones, fault);
    return error ? error : book_entry(call, reversal, fault);
}

enum error take_allocation_back(struct call *call, const char *reason,
                                struct allocation *allocation, struct ledger_entry *reversal,
                                struct fault *fault)
{
    struct taking_back back = {.allocation = allocation};
    size_t step_count = 0;
    enum error error = load_taking_back(call, &back, fault);
    bool of_payment = is_of_payment(&back);
    if (!error)
        error = allocation_reverse(allocation, of_payment ? &back.payment : NULL,
                                   of_payment ? NULL : &back.credit_note, &back.invoice, reason,
                                   call->now_ms, fault);
    struct allocation *steps = arena_array(call->arena, back.own_notes.count, sizeof *steps);
    if (!error)
        error = step_in(call, &back, steps, &step_count, fault);
    if (!error)
        error = follow_invoice(call, &back.invoice, &back.milestones, fault);
    if (!error)
        error = reversal_of(call, allocation->id, ENTRY_ALLOCATION, reason, back.today, reversal,
                            fault);
    if (error)
        return error;
    happened(call, "allocation.reversed", allocation->id, back.invoice.engagement_id);
    bool is_reopened = back.was_paid && invoice_outstanding(&back.invoice) > 0;
    if (is_reopened)
        happened(call, "invoice.reopened", back.invoice.id, back.invoice.engagement_id);
    error = write_taking_back(call, &back, reversal, fault);
    if (!error && is_reopened)
        error = watch_again(call, &back.invoice, fault);
    return error ? error : write_steps(call, &back, steps, step_count, fault);
}

static enum error reverse_allocation(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct reverse *in = input;
    struct ledger_entry reversal;
    enum error error = load_subject(call, &allocation_shape, in->id, output, fault);
    return error ? error : take_allocation_back(call, in->reason, output, &reversal, fault);
}

static const struct field reverse_fields[] = {
    ID_FROM_PATH(struct reverse, allocation_id),
    FIELD(struct reverse, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape reverse_shape =
    SHAPE("reverse_allocation", struct reverse, reverse_fields);

const struct operation reverse_allocation_operation = {
    .name = "reverse_allocation",
    .permission = PERMIT_REVERSE_ENTRY,
    .writes = true,
    .in = &reverse_shape,
    .out = &allocation_shape,
    .run = reverse_allocation,
};
