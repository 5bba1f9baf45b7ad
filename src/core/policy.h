/* Who may do what: one table, permission by role. */
#ifndef WAYMARK_CORE_POLICY_H
#define WAYMARK_CORE_POLICY_H

#include <stdbool.h>

#include "base/error.h"
#include "base/id.h"
#include "core/actor.h"

/* Roles as bits, both sides'. */
enum role_bit {
    ROLE_OWNER = 1 << 0,
    ROLE_SALES = 1 << 1,
    ROLE_DELIVERY = 1 << 2,
    ROLE_FINANCE = 1 << 3,
    ROLE_AUDITOR = 1 << 4,
    ROLE_APPROVER = 1 << 5,
    ROLE_PAYER = 1 << 6,
    ROLE_VIEWER = 1 << 7,
    ROLE_SYSTEM = 1 << 8,   /* timed jobs */
    ROLE_OPERATOR = 1 << 9, /* the machine's own command line */
    ROLE_NOBODY = 1 << 10,  /* without credentials */
};

enum permission {
    PERMIT_ANYONE = 1, /* even without credentials: entering */
    PERMIT_READ,       /* what is shown to the reader; a contact sees its client's */
    PERMIT_READ_AGENCY,
    PERMIT_READ_LEDGER,
    PERMIT_READ_EVIDENCE,
    PERMIT_MANAGE_COMPANY,
    PERMIT_MANAGE_USERS, /* and tokens */
    PERMIT_MANAGE_WEBHOOKS,
    PERMIT_MANAGE_CLIENTS,
    PERMIT_ERASE_CONTACT,
    PERMIT_COMMENT,
    PERMIT_WRITE_ENGAGEMENT,
    PERMIT_WRITE_REQUIREMENTS,
    PERMIT_CONFIRM_REQUIREMENTS,
    PERMIT_WRITE_RATES,
    PERMIT_ESTIMATE,
    PERMIT_WRITE_PROPOSAL,
    PERMIT_SEND_PROPOSAL,
    PERMIT_VIEW_PROPOSAL, /* as its addressee: the view is recorded */
    PERMIT_DECIDE_PROPOSAL,
    PERMIT_RECORD_DECISION, /* for a client that decided elsewhere, with proof */
    PERMIT_WRITE_CONTRACT,
    PERMIT_WRITE_CHANGE_ORDER,
    PERMIT_PROPOSE_CHANGE_ORDER, /* and withdraw */
    PERMIT_SIGN,                 /* for the own side, where named as signer */
    PERMIT_PLAN,
    PERMIT_RECORD_TIME,  /* of one's own work */
    PERMIT_APPROVE_TIME, /* return and reverse */
    PERMIT_FULFIL,       /* what the client owes */
    PERMIT_DELIVER,
    PERMIT_ACCEPT,
    PERMIT_DISPUTE,
    PERMIT_INVOICE, /* issue, credit */
    PERMIT_RECORD_PAYMENT,
    PERMIT_REVERSE_ENTRY,
    PERMIT_RUN_JOB,
    PERMIT_OPERATE,
    PERMISSION_COUNT
};

/* Somebody or something that acts, as it is known for one request. */
struct actor {
    enum actor_kind kind; /* zero: nobody */
    struct id id;         /* none for nobody, the system and the operator */
    const char *name;
    const char *role;    /* its public name; "" where there is none */
    unsigned roles;      /* enum role_bit */
    struct id client_id; /* of a contact */
    enum method method;  /* how it was identified */
    bool may_write;      /* false for a token that may only read */
    bool may_administer; /* false for a token that may not manage people and the company */
};

/* The bit of a role. */
enum role_bit user_role_bit(enum user_role role);
enum role_bit contact_role_bit(enum contact_role role);

bool policy_allows(const struct actor *actor, enum permission permission);

/* ERROR_UNAUTHENTICATED for nobody, ERROR_FORBIDDEN for others. */
enum error policy_check(const struct actor *actor, enum permission permission,
                        struct fault *fault) WARN_UNUSED;

/* Which roles a permission goes to, for documentation and tests. */
unsigned policy_roles(enum permission permission);

#endif
