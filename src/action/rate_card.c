#include "action/rate_card.h"

#include <string.h>

#include "base/limits.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {PAGE_QUERY_FIELDS(struct list_rate_cards)};
static const struct shape list_shape =
    SHAPE("list_rate_cards", struct list_rate_cards, list_fields);

static const struct shape page_shape = PAGE_SHAPE("rate_card_page", rate_card_shape);

static const struct listing rate_cards = {
    .shape = &rate_card_shape,
    .sorts = (const char *const[]){"name", "created_at", NULL},
};

static enum error list_rate_cards(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    return store_page(&call->store, &rate_cards, &list_shape, input, output, fault);
}

const struct operation list_rate_cards_operation = {
    .name = "list_rate_cards",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_rate_cards,
};

static const struct shape subject_shape = SUBJECT_SHAPE(rate_card_id);

const struct operation show_rate_card_operation = {
    .name = "show_rate_card",
    .permission = PERMIT_READ_AGENCY,
    .in = &subject_shape,
    .out = &rate_card_shape,
};

/* ---- writing ------------------------------------------------------------------------------- */

static const struct field create_fields[] = {
    FIELD(struct rate_card, name, TEXT, .flags = REQUIRED),
    FIELD(struct rate_card, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct rate_card, rates, LIST, .flags = REQUIRED, .limit = SHORT_LIST_LIMIT,
          .shape = &rate_shape),
};
static const struct shape create_shape = SHAPE("create_rate_card", struct rate_card, create_fields);

static enum error create_rate_card(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct rate_card *in = input;
    struct rate_card *card = output;
    shape_copy(&create_shape, in, card);
    enum error error = rate_card_check(call->arena, card, fault);
    if (error)
        return error;
    card->id = call_id(call);
    card->created_at = call->now_ms;
    happened(call, "rate_card.created", card->id, (struct id){0});
    return insert_row(call, &rate_card_shape, card, fault);
}

const struct operation create_rate_card_operation = {
    .name = "create_rate_card",
    .permission = PERMIT_WRITE_RATES,
    .writes = true,
    .in = &create_shape,
    .out = &rate_card_shape,
    .run = create_rate_card,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct rate_card, rate_card_id),
    FIELD(struct rate_card, name, TEXT, .flags = REQUIRED),
    FIELD(struct rate_card, rates, LIST, .flags = REQUIRED, .limit = SHORT_LIST_LIMIT,
          .shape = &rate_shape),
};
static const struct shape change_shape = SHAPE("change_rate_card", struct rate_card, change_fields);

static enum error change_rate_card(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct rate_card *in = input;
    struct rate_card *card = output;
    enum error error = load_subject(call, &rate_card_shape, in->id, card, fault);
    if (error)
        return error;
    struct list before = card->rates;
    shape_copy(&change_shape, in, card);
    error = rate_card_check(call->arena, card, fault);
    if (!error)
        error = rate_card_check_kept(card, &before, fault);
    if (error)
        return error;
    happened(call, "rate_card.changed", card->id, (struct id){0});
    return save_row(call, &rate_card_shape, card, fault);
}

const struct operation change_rate_card_operation = {
    .name = "change_rate_card",
    .permission = PERMIT_WRITE_RATES,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &rate_card_shape,
    .run = change_rate_card,
};
