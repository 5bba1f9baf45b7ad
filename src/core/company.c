#include "core/company.h"

#include "core/fields.h"

static const char *const papers[] = {
    [PAPER_A4] = "a4",
    [PAPER_LETTER] = "letter",
};
const struct choices paper_choices = CHOICES("paper", papers);

static const struct field company_fields[] = {
    ID_FIELD(struct company),
    VERSION_FIELD(struct company),
    FIELD(struct company, slug, TEXT, .flags = REQUIRED | FIXED, .limit = CODE_LIMIT),
    FIELD(struct company, name, TEXT, .flags = REQUIRED),
    FIELD(struct company, legal_name, TEXT, .flags = REQUIRED),
    FIELD(struct company, address, TEXT, .limit = ADDRESS_LIMIT),
    FIELD(struct company, country, TEXT, .flags = REQUIRED, .limit = COUNTRY_LIMIT),
    FIELD(struct company, tax_id, TEXT, .limit = CODE_LIMIT),
    FIELD(struct company, email, TEXT, .limit = EMAIL_LIMIT),
    FIELD(struct company, phone, TEXT, .limit = CODE_LIMIT),
    FIELD(struct company, time_zone, TEXT, .flags = REQUIRED, .limit = ZONE_LIMIT),
    FIELD(struct company, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct company, iban, TEXT, .limit = IBAN_LIMIT),
    FIELD(struct company, bic, TEXT, .limit = BIC_LIMIT),
    FIELD(struct company, remittance, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct company, paper, CHOICE, .flags = REQUIRED, .choices = &paper_choices,
          .initial = PAPER_A4),
    FIELD(struct company, logo_hash, HASH, OPTIONAL),
    FIELD(struct company, is_sample, BOOLEAN, .flags = FIXED, .initial = false),
    FIELD(struct company, created_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct company, numbering, LIST, .flags = AGENCY_ONLY | ADDED_LATER, .limit = LIST_LIMIT,
          .shape = &number_format_shape),
    FIELD(struct company, locale, CHOICE, .flags = ADDED_LATER, .choices = &locale_choices),
};
const struct shape company_shape = SHAPE("company", struct company, company_fields);
