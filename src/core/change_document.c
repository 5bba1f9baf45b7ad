#include "core/change_document.h"

#include "base/json.h"
#include "core/contract_document.h"
#include "core/fields.h"
#include "core/plan_diff.h"

struct change_document {
    const char *format;
    const char *contract;      /* its number */
    struct hash contract_hash; /* of the contract's own text */
    int64_t number;
    int64_t revision;
    struct id based_on_id; /* the change order before it */
    struct contract_party *agency;
    struct contract_party *client;
    const char *title;
    const char *purpose;
    const char *currency;
    int64_t sum_before_minor;
    int64_t change_minor;
    int64_t sum_after_minor;
    struct list changes; /* struct plan_change */
    struct list credits;
    int32_t start_day;
    int32_t valid_until_day;
    struct plan *plan;
    struct list signers;
};

static const struct field change_document_fields[] = {
    FIELD(struct change_document, format, TEXT),
    FIELD(struct change_document, contract, TEXT),
    FIELD(struct change_document, contract_hash, HASH),
    FIELD(struct change_document, number, INTEGER),
    FIELD(struct change_document, revision, INTEGER),
    FIELD(struct change_document, based_on_id, ID),
    FIELD(struct change_document, agency, OBJECT, .shape = &contract_party_shape),
    FIELD(struct change_document, client, OBJECT, .shape = &contract_party_shape),
    FIELD(struct change_document, title, TEXT),
    FIELD(struct change_document, purpose, TEXT),
    FIELD(struct change_document, currency, TEXT),
    FIELD(struct change_document, sum_before_minor, MONEY),
    FIELD(struct change_document, change_minor, MONEY),
    FIELD(struct change_document, sum_after_minor, MONEY),
    FIELD(struct change_document, changes, LIST, .shape = &plan_change_shape),
    FIELD(struct change_document, credits, LIST, .shape = &change_credit_shape),
    FIELD(struct change_document, start_day, DAY),
    FIELD(struct change_document, valid_until_day, DAY),
    FIELD(struct change_document, plan, OBJECT, .shape = &plan_shape),
    FIELD(struct change_document, signers, LIST, .shape = &contract_signer_shape),
};
static const struct shape change_document_shape =
    SHAPE("change_document", struct change_document, change_document_fields);

const char *change_document_text(struct arena *arena, const struct change_order *order,
                                 const struct change_basis *basis, const struct list *signatures)
{
    struct contract_party agency = contract_party_of_company(basis->company);
    struct contract_party client = contract_party_of_client(basis->client);
    struct change_document document = {
        .format = CHANGE_DOCUMENT_FORMAT,
        .contract = basis->contract->number,
        .contract_hash = basis->contract->document_hash,
        .number = order->number,
        .revision = order->revision,
        .based_on_id = order->based_on_id,
        .agency = &agency,
        .client = &client,
        .title = order->title,
        .purpose = order->purpose,
        .currency = order->currency,
        .sum_before_minor = order->sum_before_minor,
        .change_minor = order->change_minor,
        .sum_after_minor = order->sum_after_minor,
        .changes = plan_diff(arena, basis->plan, order->plan),
        .credits = order->credits,
        .start_day = order->start_day,
        .valid_until_day = order->valid_until_day,
        .plan = order->plan,
        .signers = contract_signers(arena, signatures),
    };
    struct text_buffer text = text_buffer_in(arena);
    json_write_shape(&text, &change_document_shape, &document, JSON_CANONICAL);
    return text.bytes;
}
