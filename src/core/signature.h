/* A signature is one person's place in the signing order of a contract or a change order, and what
 * was seen and consented to when it was filled. It is a simple electronic signature: it says how
 * the person was identified and claims no more. */
#ifndef WAYMARK_CORE_SIGNATURE_H
#define WAYMARK_CORE_SIGNATURE_H

#include <stdbool.h>
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

struct signature {
    struct id id;
    int64_t version;
    struct id contract_id;     /* of a contract's */
    struct id change_order_id; /* of a change order's, which are rows of a table of their own */
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
extern const struct shape change_signature_shape;

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

/* A text that is signed, whatever it is of. */
struct signed_text {
    const char *label; /* "contract C-2016-0001": how a refusal names it */
    const char *document;
    struct hash document_hash;
    int64_t sent_at;
};

/* The first that is still pending, in their order; NULL when nobody is left. */
const struct signature *signature_next(const struct list *signatures);

/* Finds the signature of that id and whether it may be given now: *signed_one is what it would be,
 * *is_last whether nobody is left. Errors as contract_sign. */
enum error signature_turn(const struct list *signatures, struct id signature_id,
                          struct signature **found, struct signature *signed_one, bool *is_last,
                          struct fault *fault) WARN_UNUSED;

/* Fills it with what was given. Errors as contract_sign. */
enum error signature_give(const struct signed_text *text, struct signature *signature,
                          const struct signing *signing, int64_t now_ms,
                          struct fault *fault) WARN_UNUSED;

/* Finds the signature of that id, and what it is once declined. */
enum error signature_refuse(const struct list *signatures, struct id signature_id,
                            const char *reason, struct signature **found,
                            struct signature *declined, struct fault *fault) WARN_UNUSED;

/* ERROR_INVALID for "signers" unless those who are to sign are numbered 1, 2, …, are different
 * people, and each side has one. */
enum error signers_check(const struct list *signatures, struct fault *fault) WARN_UNUSED;

/* Whether the text has its hash, and those who signed signed this hash, with consent, one after the
 * other; and how many there are. ERROR_CHECK_FAILED for "document" or "signatures/2". */
enum error signatures_hold(const struct signed_text *text, const struct list *signatures,
                           size_t *signed_count, struct fault *fault) WARN_UNUSED;

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
