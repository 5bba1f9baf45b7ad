/* The text that both sides sign: parties, engagement, requirements, plan with its terms, and who
 * signs, as canonical JSON (RFC 8785 for our subset). The same rows always give the same bytes, so
 * its SHA-256 stands for the contract. */
#ifndef WAYMARK_CORE_CONTRACT_DOCUMENT_H
#define WAYMARK_CORE_CONTRACT_DOCUMENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "core/actor.h"
#include "core/client.h"
#include "core/company.h"
#include "core/contract.h"
#include "core/engagement.h"

#define CONTRACT_DOCUMENT_FORMAT "waymark contract 1"

struct contract_party {
    const char *name;
    const char *legal_name;
    const char *address;
    const char *country;
    const char *tax_id;
};

extern const struct shape contract_party_shape;

struct contract_signer {
    int64_t sequence;
    enum side side;
    const char *name;
    const char *role;
};

extern const struct shape contract_signer_shape;

/* The document's members; in a text that was read back too. */
struct contract_document {
    const char *format;
    const char *number;
    struct contract_party *agency;
    struct contract_party *client;
    const char *title;
    const char *reference;
    const char *summary;
    struct list requirements; /* struct requirement_statement, by code */
    struct plan *plan;
    struct list signers; /* struct contract_signer, in their order */
};

/* What goes into the text besides the contract itself. */
struct contract_basis {
    const struct company *company;
    const struct client *client;
    const struct engagement *engagement;
    const struct list *requirements; /* struct requirement, all of the engagement */
};

/* How the two sides and those who sign (struct signature, any order) stand in it. */
struct contract_party contract_party_of_company(const struct company *company);
struct contract_party contract_party_of_client(const struct client *client);
struct list contract_signers(struct arena *arena, const struct list *signatures);

/* The text, in the arena. signatures holds struct signature. */
const char *contract_document_text(struct arena *arena, const struct contract_basis *basis,
                                   const char *number, const struct plan *plan,
                                   const struct list *signatures);

/* Whether the text states this very plan. */
bool contract_document_states_plan(struct arena *arena, const char *document,
                                   const struct plan *plan);

#endif
