#include "core/contract.h"

#include "core/fields.h"

static const char *const contract_states[] = {
    [CONTRACT_DRAFT] = "draft",
    [CONTRACT_OUT_FOR_SIGNATURE] = "out_for_signature",
    [CONTRACT_PARTLY_SIGNED] = "partly_signed",
    [CONTRACT_ACTIVE] = "active",
    [CONTRACT_SUSPENDED] = "suspended",
    [CONTRACT_COMPLETED] = "completed",
    [CONTRACT_TERMINATED] = "terminated",
    [CONTRACT_DECLINED] = "declined",
};
const struct choices contract_state_choices = CHOICES("contract_state", contract_states);

static const struct field contract_fields[] = {
    ID_FIELD(struct contract),
    VERSION_FIELD(struct contract),
    FIELD(struct contract, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct contract, proposal_id, ID, .flags = REQUIRED),
    FIELD(struct contract, number, TEXT, .limit = CODE_LIMIT),
    FIELD(struct contract, state, CHOICE, .flags = REQUIRED, .choices = &contract_state_choices,
          .initial = CONTRACT_DRAFT),
    FIELD(struct contract, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
    FIELD(struct contract, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct contract, sum_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct contract, document, TEXT, .limit = DOCUMENT_LIMIT),
    FIELD(struct contract, document_hash, HASH, OPTIONAL),
    FIELD(struct contract, sent_at, MOMENT, OPTIONAL),
    FIELD(struct contract, active_at, MOMENT, OPTIONAL),
    FIELD(struct contract, ended_at, MOMENT, OPTIONAL),
    FIELD(struct contract, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct contract, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape contract_shape = SHAPE("contract", struct contract, contract_fields);
