#include "action/check.h"

#include <string.h>

#include "base/country.h"
#include "base/currency.h"
#include "base/email.h"
#include "core/iban.h"
#include "core/mod97.h"
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

enum error check_iban(struct arena *arena, const char *field, const char **iban,
                      struct fault *fault)
{
    char found[IBAN_MAX + 1];
    if (!*iban)
        return OK;
    if (!iban_read(*iban, found))
        return refuse(fault, ERROR_INVALID, field,
                      "not an IBAN: its check digits or its length are wrong");
    *iban = arena_text(arena, found);
    return OK;
}

enum error check_bic(struct arena *arena, const char *field, const char **bic, struct fault *fault)
{
    enum { BIC_SHORT = 8, BIC_LONG = 11, BIC_LETTERS = 6 };
    char found[BIC_LONG + 1];
    if (!*bic)
        return OK;
    bool is_read = mod97_read(*bic, found, sizeof found);
    size_t size = is_read ? strlen(found) : 0;
    if ((size != BIC_SHORT && size != BIC_LONG) ||
        strspn(found, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < BIC_LETTERS)
        return refuse(fault, ERROR_INVALID, field,
                      "not a BIC: it has 8 or 11 characters, of which the first 6 are letters");
    *bic = arena_text(arena, found);
    return OK;
}
