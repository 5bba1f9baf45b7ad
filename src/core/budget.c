#include "core/budget.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/money.h"
#include "core/billing_month.h"
#include "core/billing_period.h"
#include "core/fields.h"
#include "core/invoice.h"

static const char *const stages[] = {
    [BUDGET_PLANNED] = "planned", [BUDGET_ACCEPTED] = "accepted", [BUDGET_INVOICED] = "invoiced",
    [BUDGET_PAID] = "paid",       [BUDGET_DISPUTED] = "disputed",
};
const struct choices budget_stage_choices = CHOICES("budget_stage", stages);

static const char *const bases[] = {
    [BASIS_INVOICE] = "invoice",         [BASIS_ACCEPTED] = "accepted",
    [BASIS_CREDITED] = "credited",       [BASIS_SIGNED_DAY] = "signed_day",
    [BASIS_PLANNED_DAY] = "planned_day", [BASIS_TODAY] = "today",
    [BASIS_PERIOD] = "period",
};
const struct choices budget_basis_choices = CHOICES("budget_basis", bases);

static const struct field part_fields[] = {
    FIELD(struct budget_part, milestone_id, ID),
    FIELD(struct budget_part, code, TEXT, .limit = CODE_LIMIT),
    FIELD(struct budget_part, title, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct budget_part, net_minor, MONEY),
};
static const struct shape part_shape = SHAPE("budget_part", struct budget_part, part_fields);

static const struct field event_fields[] = {
    FIELD(struct budget_event, stage, CHOICE, .choices = &budget_stage_choices),
    FIELD(struct budget_event, basis, CHOICE, .choices = &budget_basis_choices),
    FIELD(struct budget_event, why, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct budget_event, invoice_id, ID),
    FIELD(struct budget_event, number, TEXT, .limit = CODE_LIMIT),
    FIELD(struct budget_event, done_day, DAY),
    FIELD(struct budget_event, issue_day, DAY),
    FIELD(struct budget_event, payment_days, INTEGER),
    FIELD(struct budget_event, due_day, DAY),
    FIELD(struct budget_event, net_minor, MONEY),
    FIELD(struct budget_event, tax_minor, MONEY),
    FIELD(struct budget_event, total_minor, MONEY),
    FIELD(struct budget_event, paid_minor, MONEY),
    FIELD(struct budget_event, credited_minor, MONEY),
    FIELD(struct budget_event, outstanding_minor, MONEY),
    FIELD(struct budget_event, parts, LIST, .shape = &part_shape),
};
static const struct shape budget_event_shape =
    SHAPE("budget_event", struct budget_event, event_fields);

static const struct field month_fields[] = {
    FIELD(struct budget_month, start_day, DAY),
    FIELD(struct budget_month, total_minor, MONEY),
    FIELD(struct budget_month, outstanding_minor, MONEY),
    FIELD(struct budget_month, resting_minor, MONEY),
    FIELD(struct budget_month, cumulative_minor, MONEY),
};
static const struct shape month_shape = SHAPE("budget_month", struct budget_month, month_fields);

static const struct field budget_fields[] = {
    FIELD(struct budget, engagement_id, ID),
    FIELD(struct budget, contract_id, ID),
    FIELD(struct budget, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct budget, day, DAY),
    FIELD(struct budget, planned_minor, MONEY),
    FIELD(struct budget, accepted_minor, MONEY),
    FIELD(struct budget, outstanding_minor, MONEY),
    FIELD(struct budget, paid_minor, MONEY),
    FIELD(struct budget, total_minor, MONEY),
    FIELD(struct budget, events, LIST, .shape = &budget_event_shape),
    FIELD(struct budget, months, LIST, .shape = &month_shape),
};
const struct shape budget_shape = SHAPE("budget", struct budget, budget_fields);

/* ---- when work is expected ----------------------------------------------------------------- */

struct budget_work budget_expect(const struct milestone *milestone, int32_t planned_day,
                                 int32_t today)
{
    int32_t signed_day =
        milestone->due_day; /* DAY_NONE, which is before all others, where none is */
    if (planned_day < milestone->planned_due_day)
        planned_day = milestone->planned_due_day;
    if (planned_day > signed_day && planned_day > today)
        return (struct budget_work){*milestone, planned_day, BASIS_PLANNED_DAY, {{{0}}}};
    if (signed_day < today)
        return (struct budget_work){*milestone, today, BASIS_TODAY, {{{0}}}};
    return (struct budget_work){*milestone, signed_day, BASIS_SIGNED_DAY, {{{0}}}};
}

/* ---- why ----------------------------------------------------------------------------------- */

/* The words around the day. */
static const struct {
    const char *before;
    const char *behind;
} reasons[] = {
    [BASIS_INVOICE] = {"the invoice of ", ""},
    [BASIS_ACCEPTED] = {"accepted on ", ""},
    [BASIS_CREDITED] = {"accepted on ", ", and its invoice was credited"},
    [BASIS_SIGNED_DAY] = {"to be accepted on its signed day, ", ""},
    [BASIS_PLANNED_DAY] = {"to be accepted on ", ", where its plan leads, later than signed"},
    [BASIS_TODAY] = {"its signed day has passed: accepted on ", " at the earliest"},
    [BASIS_PERIOD] = {"billed by the calendar on ", ", as signed"},
};

static const char *why(struct arena *arena, const struct budget_event *event)
{
    char day[DAY_TEXT_SIZE];
    int32_t stands_on = event->done_day != DAY_NONE ? event->done_day : event->issue_day;
    const char *text = arena_format(arena, "%s%s%s", reasons[event->basis].before,
                                    day_format(stands_on, day), reasons[event->basis].behind);
    if (event->issue_day != stands_on)
        text = arena_format(arena, "%s; billed on %s", text, day_format(event->issue_day, day));
    if (event->stage == BUDGET_DISPUTED)
        return arena_format(arena, "%s; rests, as an objection is open", text);
    return arena_format(arena, "%s; to be paid within %lld days", text,
                        (long long)event->payment_days);
}

/* ---- events of invoices -------------------------------------------------------------------- */

static const struct milestone *milestone_of(const struct budget_ground *ground, struct id id)
{
    for (size_t i = 0; i < ground->works.count; i++) {
        const struct budget_work *work = LIST_AT(struct budget_work, ground->works, i);
        if (id_equal(work->milestone.id, id))
            return &work->milestone;
    }
    return NULL;
}

/* The parts of an invoice from those of its lines that are there. */
static struct list parts_of(struct arena *arena, const struct budget_ground *ground,
                            const struct list *lines, struct id invoice_id)
{
    struct budget_part *parts = arena_array(arena, lines->count, sizeof *parts);
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, *lines, i);
        if (!id_equal(line->invoice_id, invoice_id))
            continue;
        const struct milestone *milestone = milestone_of(ground, line->milestone_id);
        parts[count++] = (struct budget_part){
            .milestone_id = line->milestone_id,
            .code = milestone ? milestone->code : NULL,
            .title = milestone ? milestone->title : line->description,
            .net_minor = line->net_minor,
        };
    }
    return (struct list){parts, count};
}

static struct budget_event event_of(struct arena *arena, const struct budget_ground *ground,
                                    const struct invoice *invoice, const struct list *lines)
{
    return (struct budget_event){
        .done_day = DAY_NONE,
        .issue_day = invoice->issue_day,
        .due_day = invoice->due_day,
        .net_minor = invoice->net_minor,
        .tax_minor = invoice->tax_minor,
        .total_minor = invoice->total_minor,
        .paid_minor = invoice->paid_minor,
        .credited_minor = invoice->credited_minor,
        .outstanding_minor = invoice_outstanding(invoice),
        .parts = parts_of(arena, ground, lines, invoice->id),
        .taxes = invoice->taxes,
    };
}

/* Events in the making: the list has room for all. */
struct making {
    struct arena *arena;
    const struct budget_ground *ground;
    struct list events;
};

static struct budget_event *add(struct making *making, struct budget_event event)
{
    struct budget_event *place = LIST_AT(struct budget_event, making->events, making->events.count);
    *place = event;
    making->events.count++;
    place->payment_days = making->ground->contract->plan->terms->payment_days;
    place->why = why(making->arena, place);
    return place;
}

static enum budget_stage stage_of_invoice(const struct invoice *invoice)
{
    if (invoice->state == INVOICE_PAID)
        return BUDGET_PAID;
    return invoice->disputed_at != 0 ? BUDGET_DISPUTED : BUDGET_INVOICED;
}

static void add_invoices(struct making *making)
{
    const struct budget_ground *ground = making->ground;
    for (size_t i = 0; i < ground->documents.count; i++) {
        const struct invoice *invoice = LIST_AT(struct invoice, ground->documents, i);
        if (invoice->kind != INVOICE_INVOICE || invoice->state == INVOICE_CANCELLED)
            continue;
        struct budget_event event = event_of(making->arena, ground, invoice, &ground->lines);
        event.stage = stage_of_invoice(invoice);
        event.basis = BASIS_INVOICE;
        event.invoice_id = invoice->id;
        event.number = invoice->number;
        add(making, event);
    }
}

/* ---- events to come ------------------------------------------------------------------------ */

/* As if it were accepted. */
static struct milestone accepted(const struct milestone *milestone)
{
    struct milestone copy = *milestone;
    copy.state = MILESTONE_ACCEPTED;
    copy.billing = BILLING_BILLABLE;
    return copy;
}

static bool is_claim(const struct budget_work *work)
{
    return !id_is_none(work->claim.id);
}

static bool is_to_come(const struct budget_ground *ground, const struct budget_work *work)
{
    const struct milestone *milestone = &work->milestone;
    enum contract_state state = ground->contract->state;
    if (is_claim(work))
        return true;
    if (milestone_rest(milestone) == 0 || milestone->pricing == PRICING_NON_BILLABLE ||
        milestone->pricing == PRICING_RECURRING)
        return false;
    if (milestone->billing == BILLING_BILLABLE)
        return true;
    return (milestone->billing == BILLING_UNBILLED || milestone->billing == BILLING_CREDITED) &&
           milestone->state != MILESTONE_CANCELLED &&
           (state == CONTRACT_ACTIVE || state == CONTRACT_SUSPENDED);
}

/* Whether an invoice of the calendar month takes it up. What was credited is billed by itself. */
static bool is_collected(const struct budget_ground *ground, const struct budget_work *work)
{
    return ground->contract->plan->terms->billing_mode == BILLING_MONTHLY &&
           work->basis != BASIS_CREDITED;
}

static struct invoice_basis basis_of(const struct budget_ground *ground)
{
    return (struct invoice_basis){.client = ground->client, .contract = ground->contract};
}

static enum budget_stage stage_of(const struct budget_work *work)
{
    bool is_accepted = work->basis == BASIS_ACCEPTED || work->basis == BASIS_CREDITED;
    return is_accepted ? BUDGET_ACCEPTED : BUDGET_PLANNED;
}

/* A milestone that has an invoice of its own. What is accepted and was not billed is billed today
 * at the earliest. */
static enum error add_single(struct making *making, const struct budget_work *work,
                             struct fault *fault)
{
    const struct budget_ground *ground = making->ground;
    struct milestone milestone = accepted(&work->milestone);
    struct certificate certificate = {.id = milestone.certificate_id};
    struct progress_claim claim = work->claim;
    struct invoice_basis basis = basis_of(ground);
    struct invoice invoice = {0};
    int32_t issue_day = work->day < ground->today ? ground->today : work->day;
    basis.certificate = &certificate;
    basis.accepted_day = work->day;
    enum error error = is_claim(work) ? invoice_for_claim(making->arena, &basis, &milestone, &claim,
                                                          issue_day, 0, &invoice, fault)
                                      : invoice_for_milestone(making->arena, &basis, &milestone,
                                                              issue_day, 0, &invoice, fault);
    if (error)
        return error;
    struct budget_event event = event_of(making->arena, ground, &invoice, &invoice.lines);
    event.stage = stage_of(work);
    event.basis = work->basis;
    event.done_day = work->day;
    add(making, event);
    return OK;
}

static enum error add_singles(struct making *making, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < making->ground->works.count; i++) {
        const struct budget_work *work = LIST_AT(struct budget_work, making->ground->works, i);
        if (is_to_come(making->ground, work) && !is_collected(making->ground, work))
            error = add_single(making, work, fault);
    }
    return error;
}

static int by_day(const void *a, const void *b)
{
    const struct budget_work *left = a;
    const struct budget_work *right = b;
    if (left->day != right->day)
        return left->day < right->day ? -1 : 1;
    if (left->milestone.number != right->milestone.number)
        return left->milestone.number < right->milestone.number ? -1 : 1;
    if (is_claim(left) != is_claim(right))
        return is_claim(left) ? -1 : 1; /* before the acceptance of the whole */
    return left->claim.number < right->claim.number ? -1 : 1;
}

/* The works of one month, from first to before end; the last of them says what it stands on. */
static enum error add_month(struct making *making, const struct budget_work *works, size_t count,
                            const struct billing_month *month, struct fault *fault)
{
    struct month_work *rows = arena_array(making->arena, count, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct month_work){accepted(&works[i].milestone), works[i].claim};
    struct list list = {rows, count};
    const struct invoice_basis basis = basis_of(making->ground);
    struct invoice invoice = {0};
    enum error error = invoice_for_month(making->arena, &basis, month, &list, 0, &invoice, fault);
    if (error)
        return error;
    const struct budget_work *last = &works[count - 1];
    struct budget_event event = event_of(making->arena, making->ground, &invoice, &invoice.lines);
    event.stage = stage_of(last);
    event.basis = last->basis;
    event.done_day = last->day;
    add(making, event);
    return OK;
}

/* Work that is collected, month by month. */
static enum error add_months(struct making *making, struct fault *fault)
{
    const struct budget_ground *ground = making->ground;
    struct budget_work *works = arena_array(making->arena, ground->works.count, sizeof *works);
    size_t count = 0;
    for (size_t i = 0; i < ground->works.count; i++) {
        const struct budget_work *work = LIST_AT(struct budget_work, ground->works, i);
        if (is_to_come(ground, work) && is_collected(ground, work))
            works[count++] = *work;
    }
    if (count == 0)
        return OK;
    qsort(works, count, sizeof *works, by_day);
    enum error error = OK;
    for (size_t first = 0, end; !error && first < count; first = end) {
        struct billing_month month;
        error = billing_month_of(ground->contract->plan->terms, works[first].day, &month, fault);
        for (end = first + 1; !error && end < count && works[end].day <= month.end_day; end++)
            ;
        if (!error)
            error = add_month(making, &works[first], end - first, &month, fault);
    }
    return error;
}

static bool is_billed(const struct budget_ground *ground, const struct billing_period *period)
{
    for (size_t i = 0; i < ground->periods.count; i++) {
        const struct billing_period *billed = LIST_AT(struct billing_period, ground->periods, i);
        if (billed->number == period->number &&
            id_equal(billed->milestone_id, period->milestone_id))
            return true;
    }
    return false;
}

static enum error add_period(struct making *making, const struct milestone *milestone,
                             struct billing_period *period, struct fault *fault)
{
    const struct invoice_basis basis = basis_of(making->ground);
    struct invoice invoice = {0};
    enum error error =
        invoice_for_period(making->arena, &basis, milestone, period, 0, &invoice, fault);
    if (error)
        return error;
    struct budget_event event = event_of(making->arena, making->ground, &invoice, &invoice.lines);
    event.stage = BUDGET_PLANNED;
    event.basis = BASIS_PERIOD;
    add(making, event);
    return OK;
}

/* What is billed by periods, those that are not billed yet. periods has a list for each work. */
static enum error add_periods(struct making *making, const struct list *periods,
                              struct fault *fault)
{
    const struct budget_ground *ground = making->ground;
    enum error error = OK;
    for (size_t i = 0; !error && i < ground->works.count; i++) {
        const struct milestone *milestone =
            &LIST_AT(struct budget_work, ground->works, i)->milestone;
        for (size_t j = 0; !error && j < periods[i].count; j++) {
            struct billing_period *period = LIST_AT(struct billing_period, periods[i], j);
            if (period->net_minor > 0 && !is_billed(ground, period) &&
                billing_period_is_due(period, ground->contract, milestone, ground->ended_day))
                error = add_period(making, milestone, period, fault);
        }
    }
    return error;
}

static enum error list_periods(struct arena *arena, const struct budget_ground *ground,
                               struct list *periods, size_t *count, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < ground->works.count; i++) {
        const struct milestone *milestone =
            &LIST_AT(struct budget_work, ground->works, i)->milestone;
        if (milestone->pricing != PRICING_RECURRING)
            continue;
        error = billing_periods_of(arena, &ground->plans, milestone, &periods[i], fault);
        *count += error ? 0 : periods[i].count;
    }
    return error;
}

/* ---- sums ---------------------------------------------------------------------------------- */

static int by_due_day(const void *a, const void *b)
{
    const struct budget_event *left = a;
    const struct budget_event *right = b;
    if (left->due_day != right->due_day)
        return left->due_day < right->due_day ? -1 : 1;
    if (left->issue_day != right->issue_day)
        return left->issue_day < right->issue_day ? -1 : 1;
    return memcmp(&left->invoice_id, &right->invoice_id, sizeof left->invoice_id);
}

static enum error count_in(int64_t *sum_minor, int64_t amount_minor, struct fault *fault)
{
    return money_add(*sum_minor, amount_minor, sum_minor, fault);
}

static enum error sum_up(struct budget *budget, const struct budget_event *event,
                         struct fault *fault)
{
    int64_t *const sums[] = {
        [BUDGET_PLANNED] = &budget->planned_minor,
        [BUDGET_ACCEPTED] = &budget->accepted_minor,
        [BUDGET_INVOICED] = &budget->outstanding_minor,
        [BUDGET_PAID] = &budget->outstanding_minor, /* nothing */
        [BUDGET_DISPUTED] = &budget->outstanding_minor,
    };
    enum error error = count_in(sums[event->stage], event->outstanding_minor, fault);
    if (!error)
        error = count_in(&budget->paid_minor, event->paid_minor, fault);
    if (!error)
        error = count_in(&budget->total_minor, event->outstanding_minor, fault);
    return error ? error : count_in(&budget->total_minor, event->paid_minor, fault);
}

/* Events are in the order of their due days. */
static enum error sum_months(struct arena *arena, struct budget *budget, struct fault *fault)
{
    struct budget_month *months = arena_array(arena, budget->events.count, sizeof *months);
    size_t count = 0;
    int64_t cumulative_minor = 0;
    enum error error = OK;
    for (size_t i = 0; !error && i < budget->events.count; i++) {
        const struct budget_event *event = LIST_AT(struct budget_event, budget->events, i);
        int32_t start_day = event->due_day - day_to_civil(event->due_day).day + 1;
        if (count == 0 || months[count - 1].start_day != start_day)
            months[count++] = (struct budget_month){.start_day = start_day};
        struct budget_month *month = &months[count - 1];
        int64_t total_minor = event->total_minor - event->credited_minor;
        error = count_in(&month->total_minor, total_minor, fault);
        if (!error)
            error = count_in(&month->outstanding_minor, event->outstanding_minor, fault);
        if (!error && event->stage == BUDGET_DISPUTED)
            error = count_in(&month->resting_minor, event->outstanding_minor, fault);
        if (!error)
            error = count_in(&cumulative_minor, total_minor, fault);
        month->cumulative_minor = cumulative_minor;
    }
    budget->months = (struct list){months, count};
    return error;
}

enum error budget_of(struct arena *arena, const struct budget_ground *ground, struct budget *budget,
                     struct fault *fault)
{
    const struct contract *contract = ground->contract;
    struct list *periods = arena_array(arena, ground->works.count, sizeof *periods);
    size_t room = ground->documents.count + ground->works.count;
    memset(periods, 0, ground->works.count * sizeof *periods);
    enum error error = list_periods(arena, ground, periods, &room, fault);
    if (error)
        return error;
    struct making making = {
        arena, ground, {arena_array(arena, room, sizeof(struct budget_event)), 0}};
    add_invoices(&making);
    error = add_singles(&making, fault);
    if (!error)
        error = add_months(&making, fault);
    if (!error)
        error = add_periods(&making, periods, fault);
    if (error)
        return error;
    if (making.events.count > 0)
        qsort(making.events.rows, making.events.count, sizeof(struct budget_event), by_due_day);
    *budget = (struct budget){
        .engagement_id = contract->engagement_id,
        .contract_id = contract->id,
        .currency = contract->currency,
        .day = ground->today,
        .events = making.events,
    };
    for (size_t i = 0; !error && i < budget->events.count; i++)
        error = sum_up(budget, LIST_AT(struct budget_event, budget->events, i), fault);
    return error ? error : sum_months(arena, budget, fault);
}
