#include "action/client.h"

#include "action/check.h"
#include "base/limits.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_clients),
    FIELD(struct list_clients, name_contains, TEXT, .flags = FROM_QUERY),
    FIELD(struct list_clients, country, TEXT, .flags = FROM_QUERY, .limit = COUNTRY_LIMIT),
    FIELD(struct list_clients, currency, TEXT, .flags = FROM_QUERY, .limit = CURRENCY_LIMIT),
};
static const struct shape list_shape = SHAPE("list_clients", struct list_clients, list_fields);

static const struct shape page_shape = PAGE_SHAPE("client_page", client_shape);

/* A text holds another if it is not the same without it; unlike LIKE, this knows no wild cards. */
static const struct list_filter filters[] = {
    {"name_contains", "replace(lower(name), lower(:name_contains), '') <> lower(name)"},
    {0},
};

static const struct listing clients = {
    .shape = &client_shape,
    .sorts = (const char *const[]){"name", NULL},
    .filters = filters,
};

static enum error list_clients(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    return store_page(&call->store, &clients, &list_shape, input, output, fault);
}

const struct operation list_clients_operation = {
    .name = "list_clients",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_clients,
};

static const struct shape subject_shape = SUBJECT_SHAPE(client_id);

const struct operation show_client_operation = {
    .name = "show_client",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &client_shape,
};

/* ---- creating and changing ----------------------------------------------------------------- */

#define CLIENT_FORM                                                                                \
    FIELD(struct client, name, TEXT, .flags = REQUIRED), FIELD(struct client, legal_name, TEXT),   \
        FIELD(struct client, address, TEXT, .limit = ADDRESS_LIMIT),                               \
        FIELD(struct client, country, TEXT, .flags = REQUIRED, .limit = COUNTRY_LIMIT),            \
        FIELD(struct client, tax_id, TEXT, .limit = CODE_LIMIT),                                   \
        FIELD(struct client, reference, TEXT),                                                     \
        FIELD(struct client, billing_email, TEXT, .limit = EMAIL_LIMIT),                           \
        FIELD(struct client, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),          \
        FIELD(struct client, time_zone, TEXT, .flags = REQUIRED, .limit = ZONE_LIMIT),             \
        FIELD(struct client, payment_days, INTEGER, .minimum = 0, .maximum = DAYS_LIMIT,           \
              .initial = 30),                                                                      \
        FIELD(struct client, locale, CHOICE, .choices = &locale_choices)

static enum error prepare_client(struct call *call, void *input, struct fault *fault)
{
    struct client *in = input;
    enum error error = check_country("country", in->country, fault);
    if (!error)
        error = check_currency("currency", in->currency, fault);
    if (!error)
        error = check_time_zone("time_zone", in->time_zone, fault);
    if (!error)
        error = check_email(call->arena, "billing_email", &in->billing_email, fault);
    return error;
}

static const struct field create_fields[] = {CLIENT_FORM};
static const struct shape create_shape = SHAPE("create_client", struct client, create_fields);

static enum error create_client(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    struct client *client = output;
    shape_copy(&create_shape, input, client);
    client->id = call_id(call);
    client->created_at = call->now_ms;
    happened(call, "client.created", client->id, (struct id){0});
    return insert_row(call, &client_shape, client, fault);
}

const struct operation create_client_operation = {
    .name = "create_client",
    .permission = PERMIT_MANAGE_CLIENTS,
    .writes = true,
    .in = &create_shape,
    .out = &client_shape,
    .prepare = prepare_client,
    .run = create_client,
};

static const struct field change_fields[] = {ID_FROM_PATH(struct client, client_id), CLIENT_FORM};
static const struct shape change_shape = SHAPE("change_client", struct client, change_fields);

static enum error change_client(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct client *in = input;
    struct client *client = output;
    enum error error = load_subject(call, &client_shape, in->id, client, fault);
    if (error)
        return error;
    shape_copy(&change_shape, in, client);
    happened(call, "client.changed", client->id, (struct id){0});
    return save_row(call, &client_shape, client, fault);
}

const struct operation change_client_operation = {
    .name = "change_client",
    .permission = PERMIT_MANAGE_CLIENTS,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &client_shape,
    .prepare = prepare_client,
    .run = change_client,
};
