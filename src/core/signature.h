/* A signature is one person's place in a contract's signing order, and what was seen and consented
 * to when it was filled. It is a simple electronic signature: it says how the person was identified
 * and claims no more. */
#ifndef WAYMARK_CORE_SIGNATURE_H
#define WAYMARK_CORE_SIGNATURE_H

#include <stdint.h>

#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

enum signature_state {
    SIGNATURE_PENDING = 1,
    SIGNATURE_SIGNED,
    SIGNATURE_DECLINED,
};
extern const struct choices signature_state_choices;

struct signature {
    struct id id;
    int64_t version;
    struct id contract_id;
    struct id engagement_id;
    int64_t sequence; /* who signs after whom: 1, 2, … */
    enum side side;
    enum actor_kind signer_kind; /* user or contact */
    struct id signer_id;
    const char *name;
    const char *role; /* the title under which the person signs */
    enum signature_state state;
    const char *consent;       /* the words that were agreed to */
    struct hash document_hash; /* of what the signer saw */
    enum method method;
    const char *address; /* network address */
    const char *user_agent;
    int64_t signed_at;
    const char *reason; /* of a refusal */
};
extern const struct shape signature_shape;

#endif
