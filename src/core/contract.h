/* A contract is the plan and terms as both sides sign them, frozen as one text by its hash. */
#ifndef WAYMARK_CORE_CONTRACT_H
#define WAYMARK_CORE_CONTRACT_H

#include <stdint.h>

#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/plan.h"

enum contract_state {
    CONTRACT_DRAFT = 1,
    CONTRACT_OUT_FOR_SIGNATURE,
    CONTRACT_PARTLY_SIGNED,
    CONTRACT_ACTIVE, /* signed by all */
    CONTRACT_SUSPENDED,
    CONTRACT_COMPLETED,
    CONTRACT_TERMINATED,
    CONTRACT_DECLINED,
};
extern const struct choices contract_state_choices;

struct contract {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id proposal_id;
    const char *number; /* given when it is sent out */
    enum contract_state state;
    struct plan *plan;
    const char *currency;
    int64_t sum_minor;         /* net; the plan's total */
    const char *document;      /* core/contract_document.h; none while it is a draft */
    struct hash document_hash; /* SHA-256 of document */
    int64_t sent_at;
    int64_t active_at;
    int64_t ended_at;
    const char *reason; /* why it was declined, suspended or terminated */
    int64_t created_at;
};
extern const struct shape contract_shape;

#endif
