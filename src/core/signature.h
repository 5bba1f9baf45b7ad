/* A signature is one person's place in a contract's signing order, and what was seen and consented
 * to when it was filled. It is a simple electronic signature: it says how the person was identified
 * and claims no more. */
#ifndef WAYMARK_CORE_SIGNATURE_H
#define WAYMARK_CORE_SIGNATURE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"
#include "core/contract.h"

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

/* ---- rules; lists hold the struct signature of all who sign the contract ----------------------
 */

/* What a signer gives. */
struct signing {
    struct hash document_hash; /* of the document that was shown */
    const char *consent;       /* the words that were agreed to */
    enum method method;
    const char *address;
    const char *user_agent;
};

/* Signs for the signature of that id, which then holds what was given; the last one makes the
 * contract active. ERROR_NOT_FOUND for "signature_id", ERROR_WRONG_STATE for "state" if it or the
 * contract is not waiting, for "sequence" if another signs first; ERROR_STALE for "document_hash"
 * if another document was shown, ERROR_INVALID for "consent" without one, ERROR_CHECK_FAILED for
 * "document" if the contract's text no longer has its hash. */
enum error contract_sign(struct contract *contract, struct list *signatures, struct id signature_id,
                         const struct signing *signing, int64_t now_ms,
                         struct fault *fault) WARN_UNUSED;

/* Any of them declines, in any order, and with that the contract. ERROR_INVALID for "reason"
 * without one. */
enum error contract_decline(struct contract *contract, struct list *signatures,
                            struct id signature_id, const char *reason, int64_t now_ms,
                            struct fault *fault) WARN_UNUSED;

/* Whether the rows still prove what they claim: the document has its hash and states the contract's
 * plan; those who signed signed this hash, with consent, one after the other; and the contract is
 * as far as its signatures are. ERROR_CHECK_FAILED for "document", "plan", "signatures/2" or
 * "state". */
enum error contract_signatures_hold(struct arena *arena, const struct contract *contract,
                                    const struct list *signatures, struct fault *fault) WARN_UNUSED;

#endif
