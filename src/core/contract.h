/* A contract is the plan and terms as both sides sign them, frozen as one text by its hash. */
#ifndef WAYMARK_CORE_CONTRACT_H
#define WAYMARK_CORE_CONTRACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
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
    struct list signatures; /* struct signature in their order; rows of their own */
};
extern const struct shape contract_shape;

/* ---- rules; a wrong state is always ERROR_WRONG_STATE for "state" -----------------------------
 */

struct engagement;
struct proposal;
struct contract_basis;

/* Fills a draft, but for its id and created_at, from an accepted proposal. ERROR_WRONG_STATE, also
 * for an engagement that a signed contract could not make active. */
enum error contract_draft(struct contract *contract, const struct engagement *engagement,
                          const struct proposal *proposal, struct fault *fault) WARN_UNUSED;

/* Sets the plan of a draft. Once a contract is sent, nothing in it can be edited. */
enum error contract_edit(struct contract *contract, struct plan *plan,
                         struct fault *fault) WARN_UNUSED;

/* Whether a draft can be sent out. signatures holds the struct signature of all who are to sign,
 * pending. Errors of plan_check, and ERROR_INVALID for "plan/currency" if it is not the
 * engagement's, for "signers" unless they are numbered 1, 2, …, different people, and each side has
 * one. */
enum error contract_check_send(struct arena *arena, const struct contract *contract,
                               const struct contract_basis *basis, const struct list *signatures,
                               struct fault *fault) WARN_UNUSED;

/* Freezes a draft into its document and sends it out under its number. Errors of
 * contract_check_send, so that a number is taken only when nothing can go wrong. */
enum error contract_send(struct arena *arena, struct contract *contract,
                         const struct contract_basis *basis, const struct list *signatures,
                         const char *number, int64_t now_ms, struct fault *fault) WARN_UNUSED;

/* ERROR_INVALID for "reason" without one. */
enum error contract_suspend(struct contract *contract, const char *reason,
                            struct fault *fault) WARN_UNUSED;
enum error contract_resume(struct contract *contract, struct fault *fault) WARN_UNUSED;
enum error contract_complete(struct contract *contract, int64_t now_ms,
                             struct fault *fault) WARN_UNUSED;
enum error contract_terminate(struct contract *contract, const char *reason, int64_t now_ms,
                              struct fault *fault) WARN_UNUSED;

/* For core/signature.c: steps of the state alone. */
enum error contract_take_signature(struct contract *contract, bool is_last, int64_t now_ms,
                                   struct fault *fault) WARN_UNUSED;
enum error contract_take_refusal(struct contract *contract, const char *reason, int64_t now_ms,
                                 struct fault *fault) WARN_UNUSED;

#endif
