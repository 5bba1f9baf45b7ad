/* Who acts, on which side, in which role, and how we know that it is them. */
#ifndef WAYMARK_CORE_ACTOR_H
#define WAYMARK_CORE_ACTOR_H

#include "base/id.h"
#include "base/shape.h"

enum actor_kind {
    ACTOR_USER = 1, /* one of the agency */
    ACTOR_CONTACT,  /* one of a client */
    ACTOR_SYSTEM,   /* a timed job */
    ACTOR_OPERATOR, /* at the machine's own command line */
};
extern const struct choices actor_kind_choices;

/* The two parties of an engagement. */
enum side {
    SIDE_AGENCY = 1,
    SIDE_CLIENT,
};
extern const struct choices side_choices;

enum user_role {
    USER_OWNER = 1,
    USER_SALES,
    USER_DELIVERY,
    USER_FINANCE,
    USER_AUDITOR, /* reads everything, changes nothing */
};
extern const struct choices user_role_choices;

enum contact_role {
    CONTACT_APPROVER = 1, /* decides, signs and accepts for the client */
    CONTACT_PAYER,
    CONTACT_VIEWER,
};
extern const struct choices contact_role_choices;

/* How the person behind a signature or an acceptance was identified, named honestly. */
enum method {
    METHOD_PASSWORD = 1,
    METHOD_EMAIL_LINK, /* a one-time link to the address on record */
    METHOD_API_TOKEN,
    METHOD_RECORDED, /* staff recorded what was given outside, with proof */
    METHOD_SILENCE,  /* nobody: the contract's clock ran out */
};
extern const struct choices method_choices;

#endif
