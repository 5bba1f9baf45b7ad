#include "action/engagement.h"

#include "action/check.h"
#include "base/limits.h"
#include "core/client.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_engagements),
    FIELD(struct list_engagements, state, CHOICE, .flags = FROM_QUERY,
          .choices = &engagement_state_choices),
    FIELD(struct list_engagements, client_id, ID, .flags = FROM_QUERY),
};
const struct shape list_engagements_shape =
    SHAPE("list_engagements", struct list_engagements, list_fields);

static const struct shape page_shape = PAGE_SHAPE("engagement_page", engagement_shape);

static const struct listing engagements = {
    .shape = &engagement_shape,
    .sorts = (const char *const[]){"title", "created_at", NULL},
};

static enum error list_engagements(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    return store_page(&call->store, &engagements, &list_engagements_shape, input, output, fault);
}

const struct operation list_engagements_operation = {
    .name = "list_engagements",
    .permission = PERMIT_READ,
    .in = &list_engagements_shape,
    .out = &page_shape,
    .run = list_engagements,
};

const struct shape engagement_subject_shape = SUBJECT_SHAPE(engagement_id);

const struct operation show_engagement_operation = {
    .name = "show_engagement",
    .permission = PERMIT_READ,
    .in = &engagement_subject_shape,
    .out = &engagement_shape,
};

/* ---- opening and keeping ------------------------------------------------------------------- */

static enum error check_money_and_zone(const struct engagement *engagement, struct fault *fault)
{
    enum error error = check_currency("currency", engagement->currency, fault);
    return error ? error : check_time_zone("time_zone", engagement->time_zone, fault);
}

static const struct field create_fields[] = {
    FIELD(struct engagement, client_id, ID, .flags = REQUIRED),
    FIELD(struct engagement, title, TEXT, .flags = REQUIRED),
    FIELD(struct engagement, reference, TEXT),
    FIELD(struct engagement, summary, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct engagement, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct engagement, time_zone, TEXT, .limit = ZONE_LIMIT),
};
static const struct shape create_shape =
    SHAPE("create_engagement", struct engagement, create_fields);

static enum error create_engagement(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    struct engagement *engagement = output;
    struct client client;
    shape_copy(&create_shape, input, engagement);
    enum error error = load_row(call, &client_shape, engagement->client_id, &client, fault);
    if (error == ERROR_NOT_FOUND)
        return refuse(fault, ERROR_INVALID, "client_id", "there is no such client");
    if (error)
        return error;
    engagement->id = call_id(call);
    engagement->state = ENGAGEMENT_CONSULTATION;
    engagement->created_at = call->now_ms;
    if (!engagement->currency)
        engagement->currency = client.currency;
    if (!engagement->time_zone)
        engagement->time_zone = client.time_zone;
    error = check_money_and_zone(engagement, fault);
    if (error)
        return error;
    happened(call, "engagement.created", engagement->id, engagement->id);
    return insert_row(call, &engagement_shape, engagement, fault);
}

const struct operation create_engagement_operation = {
    .name = "create_engagement",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &create_shape,
    .out = &engagement_shape,
    .run = create_engagement,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct engagement, engagement_id),
    FIELD(struct engagement, title, TEXT, .flags = REQUIRED),
    FIELD(struct engagement, reference, TEXT),
    FIELD(struct engagement, summary, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct engagement, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct engagement, time_zone, TEXT, .flags = REQUIRED, .limit = ZONE_LIMIT),
};
static const struct shape change_shape =
    SHAPE("change_engagement", struct engagement, change_fields);

static enum error change_engagement(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct engagement *in = input;
    struct engagement *engagement = output;
    enum error error = load_subject(call, &engagement_shape, in->id, engagement, fault);
    if (!error)
        error = check_money_and_zone(in, fault);
    if (!error)
        error = engagement_check_change(engagement, in, fault);
    if (error)
        return error;
    shape_copy(&change_shape, in, engagement);
    happened(call, "engagement.changed", engagement->id, engagement->id);
    return save_row(call, &engagement_shape, engagement, fault);
}

const struct operation change_engagement_operation = {
    .name = "change_engagement",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &engagement_shape,
    .run = change_engagement,
};
