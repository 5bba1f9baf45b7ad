#include <string.h>

#include "action/billing_period.h"
#include "action/change_mail.h"
#include "action/change_order.h"
#include "action/engagement.h"
#include "action/zoned_day.h"
#include "base/day.h"
#include "base/limits.h"
#include "core/change_apply.h"
#include "store/change_order.h"

static struct change_letter letter_of(const struct change_setting *setting,
                                      const struct change_order *order)
{
    return (struct change_letter){&setting->around.engagement, &setting->contract, order};
}

/* ---- applying ------------------------------------------------------------------------------ */

/* The order is applied to the rows as they are; this has been decided and cannot fail but for
 * storage. */
struct application {
    struct change_result result;
    struct list plans; /* that tell periods from now on: core/billing_period.h */
    struct contract contract;
};

static struct list plans_with(struct call *call, const struct change_basis *basis,
                              const struct plan *plan)
{
    size_t count = basis->plans.count;
    const struct plan **plans = arena_array(call->arena, count + 1, sizeof *plans);
    memcpy(plans, basis->plans.rows, count * sizeof *plans);
    plans[count] = plan;
    return (struct list){plans, count + 1};
}

static enum error decide_application(struct call *call, struct change_setting *setting,
                                     struct change_order *order, struct application *application,
                                     struct fault *fault)
{
    size_t count = order->plan->milestones.count;
    struct id *ids = arena_array(call->arena, count, sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = call_id(call);
    enum error error = change_order_apply(order, setting->applied_count + 1, call->now_ms, fault);
    if (error)
        return error;
    change_apply(call->arena, order, &setting->basis, ids, &application->result);
    application->plans = plans_with(call, &setting->basis, order->plan);
    application->contract = setting->contract;
    return OK;
}

static void tell_each(struct call *call, const char *event, const struct list *ids,
                      struct id engagement_id)
{
    for (size_t i = 0; i < ids->count; i++)
        happened(call, event, *LIST_AT(struct id, *ids, i), engagement_id);
}

static bool is_cancelled(const struct change_result *result, struct id id)
{
    for (size_t i = 0; i < result->cancelled.count; i++) {
        if (id_equal(*LIST_AT(struct id, result->cancelled, i), id))
            return true;
    }
    return false;
}

static void tell_what_happened(struct call *call, const struct change_order *order,
                               const struct application *application)
{
    const struct change_result *result = &application->result;
    happened(call, "change_order.applied", order->id, order->engagement_id);
    for (size_t i = 0; i < result->changed.count; i++) {
        struct id id = LIST_AT(struct milestone, result->changed, i)->id;
        if (!is_cancelled(result, id))
            happened(call, "milestone.changed", id, order->engagement_id);
    }
    for (size_t i = 0; i < result->added.count; i++)
        happened(call, "milestone.added", LIST_AT(struct milestone, result->added, i)->id,
                 order->engagement_id);
    tell_each(call, "milestone.cancelled", &result->cancelled, order->engagement_id);
    tell_each(call, "milestone.ready", &result->ready, order->engagement_id);
}

static enum error save_graph(struct call *call, const struct change_result *result,
                             struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < result->rewired.count; i++)
        error = delete_dependencies(&call->store, *LIST_AT(struct id, result->rewired, i), fault);
    for (size_t i = 0; !error && i < result->dependencies.count; i++)
        error = insert_row(call, &milestone_dependency_shape,
                           LIST_AT(struct milestone_dependency, result->dependencies, i), fault);
    return error;
}

/* How one recurs may have changed though its row has not. */
static enum error save_periods(struct call *call, const struct application *application,
                               struct fault *fault)
{
    const struct change_result *result = &application->result;
    struct contract in_force = application->contract;
    in_force.plan = *LIST_AT(struct plan *, application->plans, application->plans.count - 1);
    return start_billing_periods(call, &in_force, &application->plans, &result->recurring, fault);
}

/* The contract's row is saved though it reads as before: what holds of it has another version. */
static enum error save_application(struct call *call, const struct change_order *order,
                                   struct application *application, struct fault *fault)
{
    struct change_result *result = &application->result;
    tell_what_happened(call, order, application);
    enum error error = save_row(call, &contract_shape, &application->contract, fault);
    for (size_t i = 0; !error && i < result->changed.count; i++)
        error =
            save_row(call, &milestone_shape, LIST_AT(struct milestone, result->changed, i), fault);
    for (size_t i = 0; !error && i < result->added.count; i++)
        error =
            insert_row(call, &milestone_shape, LIST_AT(struct milestone, result->added, i), fault);
    if (!error)
        error = save_graph(call, result, fault);
    if (!error)
        error = save_periods(call, application, fault);
    return error ? error : complete_if_finished(call, order->engagement_id, fault);
}

/* ---- signing ------------------------------------------------------------------------------- */

static const struct field sign_fields[] = {
    ID_FROM_PATH(struct sign_contract, change_order_id),
    FIELD(struct sign_contract, document_hash, HASH, .flags = REQUIRED),
    FIELD(struct sign_contract, consent, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape sign_shape =
    SHAPE("sign_change_order", struct sign_contract, sign_fields);

/* Signed by all: now, if nothing says later. */
static bool is_due(const struct change_setting *setting, const struct change_order *order)
{
    return order->state == CHANGE_ORDER_APPROVED &&
           id_equal(order->based_on_id, setting->applied_id) &&
           (order->start_day == DAY_NONE || order->start_day <= setting->basis.today);
}

static enum error save_signed(struct call *call, struct change_setting *setting,
                              struct change_order *order, struct signature *own,
                              struct application *application, struct fault *fault)
{
    const struct change_letter letter = letter_of(setting, order);
    bool is_agreed = order->approved_at != 0;
    happened(call, "change_order.signed", order->id, order->engagement_id);
    if (is_agreed)
        happened(call, "change_order.approved", order->id, order->engagement_id);
    enum error error = save_row(call, &change_order_shape, order, fault);
    if (!error)
        error = save_row(call, &change_signature_shape, own, fault);
    if (!error && order->state == CHANGE_ORDER_APPLIED)
        error = save_application(call, order, application, fault);
    if (!error && order->state == CHANGE_ORDER_APPROVED)
        error = schedule_job(
            call, JOB_APPLY_CHANGE_ORDER, order->id, order->engagement_id,
            zoned_day_start(setting->around.engagement.time_zone, order->start_day), fault);
    if (!error && is_agreed)
        error = keep_change_order(call, order, setting, order->signatures, fault);
    if (error)
        return error;
    return is_agreed ? mail_change_agreed(call, &letter, fault)
                     : mail_change_signer(call, &letter, fault);
}

static enum error sign_change_order(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct sign_contract *in = input;
    struct change_order *order = output;
    struct change_setting setting;
    struct application application = {0};
    struct signature *own;
    const struct signing signing = {
        .document_hash = in->document_hash,
        .consent = in->consent,
        .method = call->actor.method,
        .address = call->address,
        .user_agent = call->user_agent,
    };
    enum error error = load_change_order(call, in->id, order, &setting, fault);
    if (!error)
        error = find_own_signature(call, &order->signatures, &own, fault);
    if (!error)
        error = change_order_sign(call->arena, order, &setting.basis, &order->signatures, own->id,
                                  &signing, call->now_ms, fault);
    if (!error && is_due(&setting, order))
        error = decide_application(call, &setting, order, &application, fault);
    return error ? error : save_signed(call, &setting, order, own, &application, fault);
}

const struct operation sign_change_order_operation = {
    .name = "sign_change_order",
    .permission = PERMIT_SIGN,
    .writes = true,
    .in = &sign_shape,
    .out = &change_order_shape,
    .run = sign_change_order,
};

/* ---- declining ----------------------------------------------------------------------------- */

static const struct field decline_fields[] = {
    ID_FROM_PATH(struct change_order, change_order_id),
    FIELD(struct change_order, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape decline_shape =
    SHAPE("decline_change_order", struct change_order, decline_fields);

static enum error decline_change_order(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct change_order *in = input;
    struct change_order *order = output;
    struct change_setting setting;
    struct signature *own;
    enum error error = load_change_order(call, in->id, order, &setting, fault);
    if (!error)
        error = find_own_signature(call, &order->signatures, &own, fault);
    if (!error)
        error = change_order_decline(order, &order->signatures, own->id, in->reason, call->now_ms,
                                     fault);
    if (error)
        return error;
    order->is_stale = false;
    const struct change_letter letter = letter_of(&setting, order);
    happened(call, "change_order.declined", order->id, order->engagement_id);
    error = save_row(call, &change_order_shape, order, fault);
    if (!error)
        error = save_row(call, &change_signature_shape, own, fault);
    return error ? error : mail_change_ended(call, &letter, fault);
}

const struct operation decline_change_order_operation = {
    .name = "decline_change_order",
    .permission = PERMIT_SIGN,
    .writes = true,
    .in = &decline_shape,
    .out = &change_order_shape,
    .run = decline_change_order,
};

/* ---- in its time --------------------------------------------------------------------------- */

enum error expire_change_order(struct call *call, const struct job *job, struct fault *fault)
{
    struct change_order order;
    struct change_setting setting;
    enum error error = load_change_order(call, job->subject_id, &order, &setting, fault);
    if (error)
        return error;
    error = change_order_expire(&order, zoned_day(setting.around.engagement.time_zone, job->due_at),
                                job->due_at, fault);
    if (error)
        return error == ERROR_WRONG_STATE ? OK : error; /* decided or withdrawn in time */
    const struct change_letter letter = letter_of(&setting, &order);
    happened(call, "change_order.expired", order.id, order.engagement_id);
    error = save_row(call, &change_order_shape, &order, fault);
    return error ? error : mail_change_ended(call, &letter, fault);
}

enum { SHORT_WAIT_MS = 60 * 1000 };

static bool waits_for_base(const struct change_setting *setting, const struct change_order *order)
{
    for (size_t i = 0; i < setting->orders.count; i++) {
        const struct change_order *other = LIST_AT(struct change_order, setting->orders, i);
        if (id_equal(other->id, order->based_on_id))
            return other->state == CHANGE_ORDER_APPROVED;
    }
    return false;
}

/* Work has gone past it: it never takes effect, and both sides are told. */
static enum error lapse(struct call *call, const struct change_setting *setting,
                        struct change_order *order, const char *reason, struct fault *fault)
{
    enum error error = change_order_lapse(order, reason, call->now_ms, fault);
    if (error)
        return error;
    const struct change_letter letter = letter_of(setting, order);
    happened(call, "change_order.lapsed", order->id, order->engagement_id);
    error = save_row(call, &change_order_shape, order, fault);
    return error ? error : mail_change_ended(call, &letter, fault);
}

static enum error apply_now(struct call *call, struct change_setting *setting,
                            struct change_order *order, struct fault *fault)
{
    struct application application = {0};
    const struct change_letter letter = letter_of(setting, order);
    enum error error = decide_application(call, setting, order, &application, fault);
    if (!error)
        error = save_row(call, &change_order_shape, order, fault);
    if (!error)
        error = save_application(call, order, &application, fault);
    return error ? error : mail_change_ended(call, &letter, fault);
}

enum error apply_change_order_on_its_day(struct call *call, const struct job *job,
                                         struct fault *fault)
{
    struct change_order order;
    struct change_setting setting;
    struct fault why = {0};
    enum error error = load_change_order(call, job->subject_id, &order, &setting, fault);
    if (!error)
        error = use_applied_plan(call, &setting, fault);
    if (error || order.state != CHANGE_ORDER_APPROVED)
        return error;
    bool rests = setting.around.engagement.state == ENGAGEMENT_SUSPENDED;
    bool waits = waits_for_base(&setting, &order);
    if (rests || waits)
        return schedule_job(call, JOB_APPLY_CHANGE_ORDER, order.id, order.engagement_id,
                            job->due_at + (rests ? DAY_MS : SHORT_WAIT_MS), fault);
    if (change_order_check(call->arena, &order, &setting.basis, &why) != OK)
        return lapse(call, &setting, &order, arena_text(call->arena, why.detail), fault);
    return apply_now(call, &setting, &order, fault);
}
