#include "action/change_order.h"

#include <string.h>

#include "action/change_mail.h"
#include "action/check.h"
#include "action/zoned_day.h"
#include "base/limits.h"
#include "core/change_pricing.h"
#include "core/plan_check.h"
#include "core/plan_price.h"
#include "core/plan_rebase.h"
#include "store/change_order.h"
#include "store/contract.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_change_orders),
    FIELD(struct list_change_orders, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_change_orders, state, CHOICE, .flags = FROM_QUERY,
          .choices = &change_order_state_choices),
};
static const struct shape list_shape =
    SHAPE("list_change_orders", struct list_change_orders, list_fields);

static const struct shape page_shape = PAGE_SHAPE("change_order_page", change_order_shape);

static const struct listing change_orders = {
    .shape = &change_order_shape,
    .sorts = (const char *const[]){"created_at", "number", NULL},
};

/* Signatures, and whether another order came in between. */
static enum error complete(struct call *call, const struct change_setting *setting,
                           struct change_order *order, struct fault *fault)
{
    order->is_stale =
        change_order_is_open(order) && !id_equal(order->based_on_id, setting->basis.based_on_id);
    return list_change_signatures(&call->store, order->id, &order->signatures, fault);
}

static enum error list_change_orders(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct list_change_orders *in = input;
    struct page *page = output;
    struct engagement engagement;
    struct change_setting setting = {0};
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (!error)
        error = store_page(&call->store, &change_orders, &list_shape, in, page, fault);
    for (size_t i = 0; !error && i < page->items.count; i++) {
        struct change_order *order = LIST_AT(struct change_order, page->items, i);
        if (!id_equal(setting.contract.id, order->contract_id))
            error = load_change_setting(call, order->contract_id, &setting, fault);
        if (!error)
            error = complete(call, &setting, order, fault);
    }
    return error;
}

const struct operation list_change_orders_operation = {
    .name = "list_change_orders",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_change_orders,
};

const struct shape change_order_subject_shape = SUBJECT_SHAPE(change_order_id);

static enum error show_change_order(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct subject *in = input;
    struct change_setting setting;
    return load_change_order(call, in->id, output, &setting, fault);
}

const struct operation show_change_order_operation = {
    .name = "show_change_order",
    .permission = PERMIT_READ,
    .in = &change_order_subject_shape,
    .out = &change_order_shape,
    .run = show_change_order,
};

static const struct field text_fields[] = {
    FIELD(struct change_order_text, label, TEXT),
    FIELD(struct change_order_text, document_hash, HASH),
    FIELD(struct change_order_text, document, TEXT, .limit = DOCUMENT_LIMIT),
};
static const struct shape text_shape =
    SHAPE("change_order_text", struct change_order_text, text_fields);

static enum error show_change_order_text(struct call *call, const void *input, void *output,
                                         struct fault *fault)
{
    const struct subject *in = input;
    struct change_order order;
    struct change_setting setting;
    enum error error = load_change_order(call, in->id, &order, &setting, fault);
    if (error)
        return error;
    if (!order.document)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "a draft has no text to sign yet");
    *(struct change_order_text *)output =
        (struct change_order_text){change_order_label(call->arena, &order, setting.contract.number),
                                   order.document_hash, order.document};
    return OK;
}

const struct operation show_change_order_text_operation = {
    .name = "show_change_order_text",
    .permission = PERMIT_READ,
    .in = &change_order_subject_shape,
    .out = &text_shape,
    .run = show_change_order_text,
};

/* ---- composing ----------------------------------------------------------------------------- */

#define FORM_FIELDS                                                                                \
    FIELD(struct change_order, title, TEXT, .flags = REQUIRED),                                    \
        FIELD(struct change_order, purpose, TEXT, .limit = TEXT_LIMIT),                            \
        FIELD(struct change_order, currency, TEXT, .limit = CURRENCY_LIMIT),                       \
        FIELD(struct change_order, credits, LIST, .limit = SHORT_LIST_LIMIT,                       \
              .shape = &change_credit_shape),                                                      \
        FIELD(struct change_order, start_day, DAY, .flags = 0),                                    \
        FIELD(struct change_order, valid_until_day, DAY, .flags = REQUIRED)

static const struct field create_fields[] = {
    FIELD(struct change_order, engagement_id, ID, .flags = FROM_PATH),
    FORM_FIELDS,
    FIELD(struct change_order, plan, OBJECT, .shape = &plan_shape),
};
static const struct shape create_shape =
    SHAPE("create_change_order", struct change_order, create_fields);

static enum error load_setting_of_engagement(struct call *call, struct id engagement_id,
                                             struct change_setting *setting, struct fault *fault)
{
    struct engagement engagement;
    struct contract contract;
    bool found;
    enum error error = load_row(call, &engagement_shape, engagement_id, &engagement, fault);
    if (!error)
        error = find_standing_contract(&call->store, engagement_id, &contract, &found, fault);
    if (!error && !found)
        return refuse(fault, ERROR_WRONG_STATE, "contract", "there is no contract in force");
    return error ? error : load_change_setting(call, contract.id, setting, fault);
}

/* The form's own currency is that of its credits. */
static enum error check_form(struct call *call, const struct change_order *form,
                             const struct plan *plan, struct fault *fault)
{
    if (form->currency && strcmp(form->currency, plan->currency) != 0)
        return refuse(fault, ERROR_INVALID, "currency", "the plan is in %s", plan->currency);
    enum error error = check_time_zone("plan/terms/time_zone", plan->terms->time_zone, fault);
    return error ? error : plan_check_cycle(call->arena, plan, fault);
}

static int64_t next_number(const struct list *orders)
{
    const struct change_order *last =
        orders->count > 0 ? LIST_AT(struct change_order, *orders, orders->count - 1) : NULL;
    return last ? last->number + 1 : 1;
}

/* Makes order, whose numbers are set, the draft that form describes. */
static enum error insert_draft(struct call *call, const struct change_setting *setting,
                               const struct change_order *form, struct change_order *order,
                               const char *event, struct fault *fault)
{
    order->id = call_id(call);
    order->created_at = call->now_ms;
    enum error error = change_order_draft(order, &setting->basis, fault);
    if (!error)
        error = change_order_edit(order, form, fault);
    if (error)
        return error;
    happened(call, event, order->id, order->engagement_id);
    return insert_row(call, &change_order_shape, order, fault);
}

static enum error create_change_order(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    struct change_order form = *(const struct change_order *)input;
    struct change_order *order = output;
    struct change_setting setting;
    enum error error = load_setting_of_engagement(call, form.engagement_id, &setting, fault);
    if (error)
        return error;
    form.plan =
        change_order_plan(call->arena, form.plan ? form.plan : setting.basis.plan, &setting.basis);
    error = check_form(call, &form, form.plan, fault);
    if (error)
        return error;
    order->number = next_number(&setting.orders);
    order->revision = 1;
    return insert_draft(call, &setting, &form, order, "change_order.drafted", fault);
}

const struct operation create_change_order_operation = {
    .name = "create_change_order",
    .permission = PERMIT_WRITE_CHANGE_ORDER,
    .writes = true,
    .in = &create_shape,
    .out = &change_order_shape,
    .run = create_change_order,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct change_order, change_order_id),
    FORM_FIELDS,
    FIELD(struct change_order, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
};
static const struct shape change_shape =
    SHAPE("change_change_order", struct change_order, change_fields);

static enum error change_change_order(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    struct change_order form = *(const struct change_order *)input;
    struct change_order *order = output;
    struct change_setting setting;
    enum error error = check_form(call, &form, form.plan, fault);
    if (!error)
        error = load_change_order(call, form.id, order, &setting, fault);
    if (error)
        return error;
    form.plan = change_order_plan(call->arena, form.plan, &setting.basis);
    error = change_order_edit(order, &form, fault);
    if (error)
        return error;
    happened(call, "change_order.changed", order->id, order->engagement_id);
    return save_row(call, &change_order_shape, order, fault);
}

const struct operation change_change_order_operation = {
    .name = "change_change_order",
    .permission = PERMIT_WRITE_CHANGE_ORDER,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &change_order_shape,
    .run = change_change_order,
};

static const struct field settle_fields[] = {
    ID_FROM_PATH(struct settle_change_order, change_order_id),
    FIELD(struct settle_change_order, code, TEXT, .limit = CODE_LIMIT),
};
static const struct shape settle_shape =
    SHAPE("settle_change_order", struct settle_change_order, settle_fields);

static enum error settle_change_order(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct settle_change_order *in = input;
    struct change_order *order = output;
    struct change_setting setting;
    enum error error = load_change_order(call, in->id, order, &setting, fault);
    if (!error)
        error = change_restate(call->arena, order->plan, &setting.basis, order->start_day, fault);
    if (!error && in->code)
        error = plan_put_difference(order->plan, in->code, fault);
    if (!error)
        error = change_order_edit(order,
                                  &(struct change_order){.title = order->title,
                                                         .purpose = order->purpose,
                                                         .plan = order->plan,
                                                         .credits = order->credits,
                                                         .start_day = order->start_day,
                                                         .valid_until_day = order->valid_until_day},
                                  fault);
    if (error)
        return error;
    happened(call, "change_order.changed", order->id, order->engagement_id);
    return save_row(call, &change_order_shape, order, fault);
}

const struct operation settle_change_order_operation = {
    .name = "settle_change_order",
    .permission = PERMIT_WRITE_CHANGE_ORDER,
    .writes = true,
    .in = &settle_shape,
    .out = &change_order_shape,
    .run = settle_change_order,
};

/* ---- revising ------------------------------------------------------------------------------ */

static enum error check_latest(const struct change_setting *setting,
                               const struct change_order *order, struct fault *fault)
{
    for (size_t i = 0; i < setting->orders.count; i++) {
        const struct change_order *other = LIST_AT(struct change_order, setting->orders, i);
        if (other->number == order->number && other->revision > order->revision)
            return refuse(fault, ERROR_CONFLICT, "state", "it has a later revision already: %lld",
                          (long long)other->revision);
    }
    return OK;
}

static enum error supersede(struct call *call, struct change_order *order, struct fault *fault)
{
    enum error error = change_order_supersede(order, call->now_ms, fault);
    if (error)
        return error;
    happened(call, "change_order.superseded", order->id, order->engagement_id);
    return save_row(call, &change_order_shape, order, fault);
}

static enum error revise_change_order(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct subject *in = input;
    struct change_order before, form, *draft = output;
    struct change_setting setting;
    struct plan *from;
    enum error error = load_change_order(call, in->id, &before, &setting, fault);
    if (!error)
        error = change_order_check_revise(&before, fault);
    if (!error)
        error = check_latest(&setting, &before, fault);
    if (!error)
        error = load_base_plan(call, &setting, before.based_on_id, &from, fault);
    form = before;
    if (!error)
        error = plan_rebase(call->arena, from, before.plan, setting.basis.plan, &form.plan, fault);
    if (error)
        return error;
    change_settle_shares(form.plan, &setting.basis);
    draft->number = before.number;
    draft->revision = before.revision + 1;
    error = insert_draft(call, &setting, &form, draft, "change_order.revised", fault);
    return error || before.state != CHANGE_ORDER_DRAFT ? error : supersede(call, &before, fault);
}

const struct operation revise_change_order_operation = {
    .name = "revise_change_order",
    .permission = PERMIT_WRITE_CHANGE_ORDER,
    .writes = true,
    .in = &change_order_subject_shape,
    .out = &change_order_shape,
    .run = revise_change_order,
};

/* ---- proposing and withdrawing ------------------------------------------------------------- */

static const struct field propose_fields[] = {
    ID_FROM_PATH(struct propose_change_order, change_order_id),
    FIELD(struct propose_change_order, signers, LIST, .flags = REQUIRED, .limit = SIGNERS_LIMIT,
          .shape = &signer_shape),
};
static const struct shape propose_shape =
    SHAPE("propose_change_order", struct propose_change_order, propose_fields);

/* Earlier revisions that are still in somebody's hands. */
static enum error supersede_earlier(struct call *call, const struct change_setting *setting,
                                    const struct change_order *order, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < setting->orders.count; i++) {
        const struct change_order *head = LIST_AT(struct change_order, setting->orders, i);
        struct change_order other;
        if (head->number != order->number || head->revision >= order->revision ||
            !change_order_is_open(head))
            continue;
        error = load_row(call, &change_order_shape, head->id, &other, fault);
        if (!error)
            error = supersede(call, &other, fault);
    }
    return error;
}

static struct change_letter letter_of(const struct change_setting *setting,
                                      const struct change_order *order)
{
    return (struct change_letter){&setting->around.engagement, &setting->contract, order};
}

/* The first moment at which it can no longer be signed. */
static int64_t end_of_validity(const struct change_setting *setting,
                               const struct change_order *order)
{
    return zoned_day_start(setting->around.engagement.time_zone, order->valid_until_day + 1);
}

static enum error save_proposed(struct call *call, struct change_setting *setting,
                                struct change_order *order, struct fault *fault)
{
    const struct change_letter letter = letter_of(setting, order);
    happened(call, "change_order.proposed", order->id, order->engagement_id);
    enum error error = save_row(call, &change_order_shape, order, fault);
    for (size_t i = 0; !error && i < order->signatures.count; i++)
        error = insert_row(call, &change_signature_shape,
                           LIST_AT(struct signature, order->signatures, i), fault);
    if (!error)
        error = supersede_earlier(call, setting, order, fault);
    if (!error)
        error = keep_change_order(call, order, setting, (struct list){0}, fault);
    if (!error)
        error = schedule_job(call, JOB_EXPIRE_CHANGE_ORDER, order->id, order->engagement_id,
                             end_of_validity(setting, order), fault);
    if (!error)
        error = mail_change_proposed(call, &letter, fault);
    return error ? error : mail_change_signer(call, &letter, fault);
}

static enum error propose_change_order(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct propose_change_order *in = input;
    struct change_order *order = output;
    struct change_setting setting;
    struct list signatures;
    enum error error = load_change_order(call, in->id, order, &setting, fault);
    if (!error)
        error = name_signers(call, &in->signers, setting.around.client.id,
                             &(struct signature){.change_order_id = order->id,
                                                 .engagement_id = order->engagement_id},
                             &signatures, fault);
    if (!error)
        error = change_order_propose(call->arena, order, &setting.basis, &signatures, call->now_ms,
                                     fault);
    if (error)
        return error;
    order->signatures = signatures;
    return save_proposed(call, &setting, order, fault);
}

const struct operation propose_change_order_operation = {
    .name = "propose_change_order",
    .permission = PERMIT_PROPOSE_CHANGE_ORDER,
    .writes = true,
    .in = &propose_shape,
    .out = &change_order_shape,
    .run = propose_change_order,
};

static enum error withdraw_change_order(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    const struct subject *in = input;
    struct change_order *order = output;
    struct change_setting setting;
    enum error error = load_change_order(call, in->id, order, &setting, fault);
    if (!error)
        error = change_order_withdraw(order, call->now_ms, fault);
    if (error)
        return error;
    order->is_stale = false;
    happened(call, "change_order.withdrawn", order->id, order->engagement_id);
    error = save_row(call, &change_order_shape, order, fault);
    if (error || order->proposed_at == 0)
        return error;
    const struct change_letter letter = letter_of(&setting, order);
    return mail_change_ended(call, &letter, fault);
}

const struct operation withdraw_change_order_operation = {
    .name = "withdraw_change_order",
    .permission = PERMIT_PROPOSE_CHANGE_ORDER,
    .writes = true,
    .in = &change_order_subject_shape,
    .out = &change_order_shape,
    .run = withdraw_change_order,
};

/* ---- what it would do, as it is typed ------------------------------------------------------ */

static const struct field preview_fields[] = {
    FIELD(struct change_order, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct change_order, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
    FIELD(struct change_order, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct change_order, credits, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &change_credit_shape),
    FIELD(struct change_order, start_day, DAY, .flags = 0),
};
static const struct shape preview_shape =
    SHAPE("preview_change_order", struct change_order, preview_fields);

static enum error preview_change_order(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    struct change_order form = *(const struct change_order *)input;
    struct change_order order = {.start_day = form.start_day};
    struct change_setting setting;
    enum error error = check_form(call, &form, form.plan, fault);
    if (!error)
        error = load_setting_of_engagement(call, form.engagement_id, &setting, fault);
    if (!error)
        error = change_order_draft(&order, &setting.basis, fault);
    if (error)
        return error;
    form.plan = change_order_plan(call->arena, form.plan, &setting.basis);
    error = change_order_edit(&order, &form, fault);
    return error ? error : change_effect(call->arena, &order, &setting.basis, output, fault);
}

const struct operation preview_change_order_operation = {
    .name = "preview_change_order",
    .permission = PERMIT_WRITE_CHANGE_ORDER,
    .in = &preview_shape,
    .out = &change_effect_shape,
    .run = preview_change_order,
};
