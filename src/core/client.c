#include "core/client.h"

#include "core/fields.h"

static const struct field client_fields[] = {
    ID_FIELD(struct client),
    VERSION_FIELD(struct client),
    FIELD(struct client, name, TEXT, .flags = REQUIRED),
    FIELD(struct client, legal_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct client, address, TEXT, .limit = ADDRESS_LIMIT),
    FIELD(struct client, country, TEXT, .flags = REQUIRED, .limit = COUNTRY_LIMIT),
    FIELD(struct client, tax_id, TEXT, .limit = CODE_LIMIT),
    FIELD(struct client, reference, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct client, billing_email, TEXT, .limit = EMAIL_LIMIT),
    FIELD(struct client, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct client, time_zone, TEXT, .flags = REQUIRED, .limit = ZONE_LIMIT),
    FIELD(struct client, payment_days, INTEGER, DAYS_RANGE, .initial = 30),
    FIELD(struct client, created_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct client, locale, CHOICE, .flags = ADDED_LATER, .choices = &locale_choices),
};
const struct shape client_shape = SHAPE("client", struct client, client_fields);

enum locale client_locale(const struct client *client, const struct company *company)
{
    return client->locale ? client->locale : company->locale;
}
