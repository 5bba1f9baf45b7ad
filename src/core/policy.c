#include "core/policy.h"

#include "base/must.h"

enum {
    STAFF = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY | ROLE_FINANCE,
    AGENCY = STAFF | ROLE_AUDITOR,
    CONTACTS = ROLE_APPROVER | ROLE_PAYER | ROLE_VIEWER,
    EVERYBODY = AGENCY | CONTACTS | ROLE_OPERATOR,
};

/* What is not listed is allowed to nobody. */
static const unsigned policy[PERMISSION_COUNT] = {
    [PERMIT_ANYONE] = EVERYBODY | ROLE_NOBODY,
    [PERMIT_READ] = EVERYBODY,
    [PERMIT_READ_AGENCY] = AGENCY | ROLE_OPERATOR,
    [PERMIT_READ_LEDGER] = ROLE_OWNER | ROLE_FINANCE | ROLE_AUDITOR | ROLE_OPERATOR,
    [PERMIT_READ_EVIDENCE] = EVERYBODY,
    [PERMIT_MANAGE_COMPANY] = ROLE_OWNER | ROLE_OPERATOR,
    [PERMIT_MANAGE_USERS] = ROLE_OWNER | ROLE_OPERATOR,
    [PERMIT_MANAGE_WEBHOOKS] = ROLE_OWNER,
    [PERMIT_MANAGE_CLIENTS] = ROLE_OWNER | ROLE_SALES | ROLE_FINANCE,
    [PERMIT_ERASE_CONTACT] = ROLE_OWNER | ROLE_OPERATOR,
    [PERMIT_COMMENT] = STAFF | CONTACTS,
    [PERMIT_WRITE_ENGAGEMENT] = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY,
    [PERMIT_WRITE_REQUIREMENTS] = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY,
    [PERMIT_CONFIRM_REQUIREMENTS] = ROLE_APPROVER,
    [PERMIT_WRITE_RATES] = ROLE_OWNER | ROLE_FINANCE,
    [PERMIT_ESTIMATE] = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY,
    [PERMIT_WRITE_PROPOSAL] = ROLE_OWNER | ROLE_SALES,
    [PERMIT_SEND_PROPOSAL] = ROLE_OWNER | ROLE_SALES,
    [PERMIT_VIEW_PROPOSAL] = CONTACTS,
    [PERMIT_DECIDE_PROPOSAL] = ROLE_APPROVER,
    [PERMIT_RECORD_DECISION] = ROLE_OWNER | ROLE_SALES,
    [PERMIT_WRITE_CONTRACT] = ROLE_OWNER | ROLE_SALES,
    [PERMIT_WRITE_CHANGE_ORDER] = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY,
    [PERMIT_PROPOSE_CHANGE_ORDER] = ROLE_OWNER | ROLE_SALES,
    [PERMIT_SIGN] = ROLE_OWNER | ROLE_APPROVER,
    [PERMIT_PLAN] = ROLE_OWNER | ROLE_DELIVERY,
    [PERMIT_RECORD_TIME] = STAFF,
    [PERMIT_APPROVE_TIME] = ROLE_OWNER | ROLE_DELIVERY,
    [PERMIT_FULFIL] = ROLE_OWNER | ROLE_DELIVERY | CONTACTS,
    [PERMIT_DELIVER] = ROLE_OWNER | ROLE_DELIVERY,
    [PERMIT_ACCEPT] = ROLE_APPROVER,
    [PERMIT_DISPUTE] = ROLE_OWNER | ROLE_DELIVERY | ROLE_APPROVER,
    [PERMIT_INVOICE] = ROLE_OWNER | ROLE_FINANCE,
    [PERMIT_RECORD_PAYMENT] = ROLE_OWNER | ROLE_FINANCE,
    [PERMIT_REVERSE_ENTRY] = ROLE_OWNER | ROLE_FINANCE,
    [PERMIT_RUN_JOB] = ROLE_SYSTEM,
    [PERMIT_OPERATE] = ROLE_OPERATOR,
};

static const enum role_bit user_bits[] = {
    [USER_OWNER] = ROLE_OWNER,     [USER_SALES] = ROLE_SALES,     [USER_DELIVERY] = ROLE_DELIVERY,
    [USER_FINANCE] = ROLE_FINANCE, [USER_AUDITOR] = ROLE_AUDITOR,
};

static const enum role_bit contact_bits[] = {
    [CONTACT_APPROVER] = ROLE_APPROVER,
    [CONTACT_PAYER] = ROLE_PAYER,
    [CONTACT_VIEWER] = ROLE_VIEWER,
};

enum role_bit user_role_bit(enum user_role role)
{
    must(role >= USER_OWNER && role <= USER_AUDITOR);
    return user_bits[role];
}

enum role_bit contact_role_bit(enum contact_role role)
{
    must(role >= CONTACT_APPROVER && role <= CONTACT_VIEWER);
    return contact_bits[role];
}

unsigned policy_roles(enum permission permission)
{
    must(permission > 0 && permission < PERMISSION_COUNT);
    return policy[permission];
}

/* What a token needs the scope "admin" for. */
static bool is_administration(enum permission permission)
{
    return permission == PERMIT_MANAGE_COMPANY || permission == PERMIT_MANAGE_USERS ||
           permission == PERMIT_MANAGE_WEBHOOKS || permission == PERMIT_ERASE_CONTACT;
}

bool policy_allows(const struct actor *actor, enum permission permission)
{
    if (is_administration(permission) && !actor->may_administer)
        return false;
    return (actor->roles & policy_roles(permission)) != 0;
}

enum error policy_check(const struct actor *actor, enum permission permission, struct fault *fault)
{
    if (policy_allows(actor, permission))
        return OK;
    if (actor->roles & ROLE_NOBODY)
        return refuse(fault, ERROR_UNAUTHENTICATED, NULL, "this needs a session or a token");
    return refuse(fault, ERROR_FORBIDDEN, NULL, "not for the role %s",
                  actor->role && *actor->role ? actor->role : "that you have");
}
