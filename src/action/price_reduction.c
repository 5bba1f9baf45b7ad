#include "action/price_reduction.h"

#include "action/price_reduction_mail.h"
#include "base/limits.h"
#include "store/price_reduction.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_price_reductions),
    FIELD(struct list_price_reductions, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_price_reductions, milestone_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_price_reductions, state, CHOICE, .flags = FROM_QUERY,
          .choices = &reduction_state_choices),
};
static const struct shape list_shape =
    SHAPE("list_price_reductions", struct list_price_reductions, list_fields);

static const struct shape page_shape = PAGE_SHAPE("price_reduction_page", price_reduction_shape);

static const struct listing reductions = {
    .shape = &price_reduction_shape,
    .sorts = (const char *const[]){"proposed_at", "amount_minor", NULL},
};

static enum error list_price_reductions(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    const struct list_price_reductions *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &reductions, &list_shape, in, output, fault);
}

const struct operation list_price_reductions_operation = {
    .name = "list_price_reductions",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_price_reductions,
};

static const struct shape subject_shape = SUBJECT_SHAPE(price_reduction_id);

const struct operation show_price_reduction_operation = {
    .name = "show_price_reduction",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &price_reduction_shape,
};

/* ---- proposing ----------------------------------------------------------------------------- */

static const struct field propose_fields[] = {
    FIELD(struct price_reduction, milestone_id, ID, .flags = FROM_PATH),
    FIELD(struct price_reduction, amount_minor, MONEY, .flags = REQUIRED, .minimum = 1,
          .maximum = AMOUNT_LIMIT),
    FIELD(struct price_reduction, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct price_reduction, reason, TEXT, .flags = REQUIRED),
    FIELD(struct price_reduction, criterion, TEXT, .limit = CODE_LIMIT),
};
static const struct shape propose_shape =
    SHAPE("propose_price_reduction", struct price_reduction, propose_fields);

static enum error check_alone(struct call *call, struct id milestone_id, struct fault *fault)
{
    struct price_reduction other;
    bool found;
    enum error error =
        find_price_reduction(&call->store, milestone_id, REDUCTION_PROPOSED, &other, &found, fault);
    if (!error && found)
        error = refuse(fault, ERROR_CONFLICT, "state",
                       "another one is proposed: withdraw it, or wait for its answer");
    return error;
}

static enum error propose_price_reduction(struct call *call, const void *input, void *output,
                                          struct fault *fault)
{
    const struct price_reduction *in = input;
    struct price_reduction *reduction = output;
    struct review review;
    enum error error = load_review_of_milestone(call, in->milestone_id, &review, fault);
    if (!error)
        error = price_reduction_check(in, &review.milestone, fault);
    if (!error)
        error = check_alone(call, in->milestone_id, fault);
    if (error)
        return error;
    shape_init(&price_reduction_shape, reduction);
    shape_copy(&propose_shape, in, reduction);
    reduction->id = call_id(call);
    reduction->engagement_id = review.engagement.id;
    reduction->milestone_id = review.milestone.id;
    reduction->proposed_by = call->actor.id;
    reduction->proposed_by_name = call->actor.name;
    reduction->proposed_at = call->now_ms;
    happened(call, "price_reduction.proposed", reduction->id, reduction->engagement_id);
    error = insert_row(call, &price_reduction_shape, reduction, fault);
    return error ? error : mail_reduction_proposed(call, &review, reduction, fault);
}

const struct operation propose_price_reduction_operation = {
    .name = "propose_price_reduction",
    .permission = PERMIT_PROPOSE_CHANGE_ORDER,
    .writes = true,
    .in = &propose_shape,
    .out = &price_reduction_shape,
    .run = propose_price_reduction,
};

/* ---- deciding ------------------------------------------------------------------------------ */

static const struct field decide_fields[] = {
    ID_FROM_PATH(struct decide_price_reduction, price_reduction_id),
    FIELD(struct decide_price_reduction, answer, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape decide_shape =
    SHAPE("decide_price_reduction", struct decide_price_reduction, decide_fields);

/* It takes the place of the one that was agreed before, if any. */
static enum error supersede(struct call *call, struct id milestone_id, struct fault *fault)
{
    struct price_reduction earlier;
    bool found;
    enum error error =
        find_price_reduction(&call->store, milestone_id, REDUCTION_AGREED, &earlier, &found, fault);
    if (error || !found)
        return error;
    error = price_reduction_decide(&earlier, REDUCTION_SUPERSEDE, NULL, &call->actor, call->now_ms,
                                   fault);
    if (error)
        return error;
    happened(call, "price_reduction.superseded", earlier.id, earlier.engagement_id);
    return save_row(call, &price_reduction_shape, &earlier, fault);
}

static enum error decide(struct call *call, const struct decide_price_reduction *in,
                         enum reduction_event event, const char *name,
                         struct price_reduction *reduction, struct review *review,
                         struct fault *fault)
{
    enum error error = load_subject(call, &price_reduction_shape, in->id, reduction, fault);
    if (!error)
        error = load_review_of_milestone(call, reduction->milestone_id, review, fault);
    if (!error)
        error = list_parties(&call->store, review->client.id, reduction->proposed_by,
                             &review->parties, fault);
    if (!error)
        error =
            price_reduction_decide(reduction, event, in->answer, &call->actor, call->now_ms, fault);
    if (!error && event == REDUCTION_AGREE)
        error = price_reduction_check(reduction, &review->milestone, fault);
    if (!error)
        happened(call, name, reduction->id, reduction->engagement_id);
    return error;
}

static enum error agree_price_reduction(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    struct price_reduction *reduction = output;
    struct review review;
    struct milestone *milestone = &review.milestone;
    enum error error =
        decide(call, input, REDUCTION_AGREE, "price_reduction.agreed", reduction, &review, fault);
    if (!error)
        error = supersede(call, milestone->id, fault);
    if (error)
        return error;
    milestone->reduction_minor = reduction->amount_minor;
    milestone->reduction_reason = reduction->reason;
    error = save_row(call, &price_reduction_shape, reduction, fault);
    if (!error)
        error = save_row(call, &milestone_shape, milestone, fault);
    return error ? error : mail_reduction_decided(call, &review, reduction, fault);
}

static enum error decline_price_reduction(struct call *call, const void *input, void *output,
                                          struct fault *fault)
{
    struct review review;
    enum error error =
        decide(call, input, REDUCTION_DECLINE, "price_reduction.declined", output, &review, fault);
    if (!error)
        error = save_row(call, &price_reduction_shape, output, fault);
    return error ? error : mail_reduction_decided(call, &review, output, fault);
}

static enum error withdraw_price_reduction(struct call *call, const void *input, void *output,
                                           struct fault *fault)
{
    struct review review;
    enum error error = decide(call, input, REDUCTION_WITHDRAW, "price_reduction.withdrawn", output,
                              &review, fault);
    if (!error)
        error = save_row(call, &price_reduction_shape, output, fault);
    return error ? error : mail_reduction_decided(call, &review, output, fault);
}

#define DECISION(function, permission_)                                                            \
    {                                                                                              \
        .name = #function, .permission = (permission_), .writes = true, .in = &decide_shape,       \
        .out = &price_reduction_shape, .run = function                                             \
    }
const struct operation agree_price_reduction_operation =
    DECISION(agree_price_reduction, PERMIT_ACCEPT);
const struct operation decline_price_reduction_operation =
    DECISION(decline_price_reduction, PERMIT_ACCEPT);
const struct operation withdraw_price_reduction_operation =
    DECISION(withdraw_price_reduction, PERMIT_PROPOSE_CHANGE_ORDER);
