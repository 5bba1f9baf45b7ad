#include "core/actor.h"

static const char *const actor_kinds[] = {
    [ACTOR_USER] = "user",
    [ACTOR_CONTACT] = "contact",
    [ACTOR_SYSTEM] = "system",
    [ACTOR_OPERATOR] = "operator",
};
const struct choices actor_kind_choices = CHOICES("actor_kind", actor_kinds);

static const char *const sides[] = {
    [SIDE_AGENCY] = "agency",
    [SIDE_CLIENT] = "client",
};
const struct choices side_choices = CHOICES("side", sides);

static const char *const user_roles[] = {
    [USER_OWNER] = "owner",     [USER_SALES] = "sales",     [USER_DELIVERY] = "delivery",
    [USER_FINANCE] = "finance", [USER_AUDITOR] = "auditor",
};
const struct choices user_role_choices = CHOICES("user_role", user_roles);

static const char *const contact_roles[] = {
    [CONTACT_APPROVER] = "approver",
    [CONTACT_PAYER] = "payer",
    [CONTACT_VIEWER] = "viewer",
};
const struct choices contact_role_choices = CHOICES("contact_role", contact_roles);

static const char *const methods[] = {
    [METHOD_PASSWORD] = "password",   [METHOD_EMAIL_LINK] = "email_link",
    [METHOD_API_TOKEN] = "api_token", [METHOD_RECORDED] = "recorded",
    [METHOD_SILENCE] = "silence",
};
const struct choices method_choices = CHOICES("method", methods);
