#include "core/signature.h"

#include "core/fields.h"

static const char *const signature_states[] = {
    [SIGNATURE_PENDING] = "pending",
    [SIGNATURE_SIGNED] = "signed",
    [SIGNATURE_DECLINED] = "declined",
};
const struct choices signature_state_choices = CHOICES("signature_state", signature_states);

static const struct field signature_fields[] = {
    ID_FIELD(struct signature),
    VERSION_FIELD(struct signature),
    FIELD(struct signature, contract_id, ID, .flags = REQUIRED),
    FIELD(struct signature, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct signature, sequence, INTEGER, .minimum = 1, .maximum = SIGNERS_LIMIT),
    FIELD(struct signature, side, CHOICE, .flags = REQUIRED, .choices = &side_choices),
    FIELD(struct signature, signer_kind, CHOICE, .flags = REQUIRED, .choices = &actor_kind_choices),
    FIELD(struct signature, signer_id, ID, .flags = REQUIRED),
    FIELD(struct signature, name, TEXT, .flags = REQUIRED),
    FIELD(struct signature, role, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct signature, state, CHOICE, .flags = REQUIRED, .choices = &signature_state_choices,
          .initial = SIGNATURE_PENDING),
    FIELD(struct signature, consent, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct signature, document_hash, HASH, OPTIONAL),
    FIELD(struct signature, method, CHOICE, .choices = &method_choices),
    FIELD(struct signature, address, TEXT, .flags = PERSONAL, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct signature, user_agent, TEXT, .flags = PERSONAL, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct signature, signed_at, MOMENT, OPTIONAL),
    FIELD(struct signature, reason, TEXT, .limit = TEXT_LIMIT),
};
const struct shape signature_shape = SHAPE("signature", struct signature, signature_fields);
