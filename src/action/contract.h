/* Contracts: drawn up from an accepted proposal, frozen and sent to their signers, signed in order.
 * Once sent, nothing but its signatures and its state ever changes. When the last signature is
 * given the engagement is active and its milestones come to be. */
#ifndef WAYMARK_ACTION_CONTRACT_H
#define WAYMARK_ACTION_CONTRACT_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/client.h"
#include "core/company.h"
#include "core/contract.h"
#include "core/engagement.h"
#include "core/requirement.h"
#include "core/signature.h"
#include "store/list.h"

/* ---- reading ----------------------------------------------------------------------------------
 */

struct list_contracts {
    struct page_query page;
    struct id engagement_id;
    enum contract_state state;
};

/* The frozen text and its hash, which is what is signed. */
struct contract_text {
    const char *number;
    struct hash document_hash;
    const char *document;
};

extern const struct operation list_contracts_operation;
extern const struct operation show_contract_operation;      /* struct subject */
extern const struct operation show_contract_text_operation; /* struct subject; ERROR_NOT_FOUND for a
                                                               draft */

/* ---- drawing up -------------------------------------------------------------------------------
 */

struct change_contract {
    struct id id;
    struct contract_terms *terms; /* milestones and prices are as they were accepted */
};

/* One who is to sign; the list's order is the signing order. */
struct signer {
    enum side side;
    struct id signer_id; /* user or contact */
    const char *role;    /* title to sign under; none: the one on record */
};

struct send_contract {
    struct id id;
    struct list signers; /* struct signer */
};

extern const struct operation create_contract_operation; /* struct subject: the engagement */
extern const struct operation change_contract_operation;
extern const struct operation send_contract_operation;

/* ---- signing (contract_signing.c) -------------------------------------------------------------
 */

struct sign_contract {
    struct id id;
    struct hash document_hash; /* of the document that was shown */
    const char *consent;
};

extern const struct operation sign_contract_operation;
/* struct contract: id and reason. By a signer, or by an owner, who takes it back. */
extern const struct operation decline_contract_operation;

/* ---- shared -----------------------------------------------------------------------------------
 */

/* All that a contract states, loaded for its engagement. */
struct contract_setting {
    struct company company;
    struct client client;
    struct engagement engagement;
    struct list requirements; /* all revisions */
};
enum error load_contract_setting(struct call *call, struct id engagement_id,
                                 struct contract_setting *setting, struct fault *fault) WARN_UNUSED;

/* The pending signatures of the struct signer, in their order; all other members are those of
 * blank. ERROR_INVALID for "signers/1/signer_id" unless that is a person of that side who may sign.
 */
enum error name_signers(struct call *call, const struct list *signers, struct id client_id,
                        const struct signature *blank, struct list *signatures,
                        struct fault *fault) WARN_UNUSED;

/* The place of the one who acts among the struct signature. ERROR_FORBIDDEN without one. */
enum error find_own_signature(const struct call *call, const struct list *signatures,
                              struct signature **own, struct fault *fault) WARN_UNUSED;

/* Those of all revisions that are current. */
struct list current_requirements(struct call *call, const struct list *all);

/* Keeps the contract as a paper: before anybody signed (signatures is an empty list), or with all
 * signatures. */
enum error keep_contract(struct call *call, const struct contract *contract,
                         struct contract_setting *setting, struct list signatures,
                         struct fault *fault) WARN_UNUSED;

extern const struct shape signer_shape;

#endif
