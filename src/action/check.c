#include "action/check.h"

#include "base/country.h"
#include "base/currency.h"
#include "base/email.h"
#include "platform/zone.h"

enum error check_country(const char *field, const char *code, struct fault *fault)
{
    if (code && !country_exists(code))
        return refuse(fault, ERROR_INVALID, field, "two capital letters of ISO 3166-1");
    return OK;
}

enum error check_currency(const char *field, const char *code, struct fault *fault)
{
    if (code && !currency_find(code))
        return refuse(fault, ERROR_INVALID, field, "not a currency of ISO 4217");
    return OK;
}

enum error check_time_zone(const char *field, const char *name, struct fault *fault)
{
    if (name && !zone_exists(name))
        return refuse(fault, ERROR_INVALID, field, "there is no time zone %.60s", name);
    return OK;
}

enum error check_email(struct arena *arena, const char *field, const char **address,
                       struct fault *fault)
{
    if (!*address)
        return OK;
    if (!email_is_valid(*address))
        return refuse(fault, ERROR_INVALID, field, "not an e-mail address");
    *address = email_lower(arena, *address);
    return OK;
}
