#include "action/company.h"

#include <string.h>

#include "action/check.h"
#include "action/job.h"
#include "action/password.h"
#include "base/limits.h"
#include "core/user.h"
#include "platform/blob.h"
#include "store/ledger.h"
#include "store/statements.h"

enum error load_company(struct call *call, struct company *company, struct fault *fault)
{
    bool found;
    enum error error = store_find(&call->store, &sql_company_load, NO_PARAMS, &company_shape,
                                  company, &found, fault);
    if (!error && !found)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such company");
    return error;
}

/* What an owner may edit of struct company. */
static const struct field profile_fields[] = {
    FIELD(struct company, name, TEXT, .flags = REQUIRED),
    FIELD(struct company, legal_name, TEXT),
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
    FIELD(struct company, paper, CHOICE, .choices = &paper_choices, .initial = PAPER_A4),
    FIELD(struct company, locale, CHOICE, .choices = &locale_choices),
};
static const struct shape profile_shape = SHAPE("company_profile", struct company, profile_fields);

static enum error check_profile(struct call *call, struct company *company, struct fault *fault)
{
    enum error error = check_country("country", company->country, fault);
    if (!error)
        error = check_currency("currency", company->currency, fault);
    if (!error)
        error = check_time_zone("time_zone", company->time_zone, fault);
    if (!error)
        error = check_email(call->arena, "email", &company->email, fault);
    if (!error)
        error = check_iban(call->arena, "iban", &company->iban, fault);
    if (!error)
        error = check_bic(call->arena, "bic", &company->bic, fault);
    return error;
}

/* Where no other legal name is known, the name is it. */
static void complete_profile(struct company *company)
{
    if (!company->legal_name)
        company->legal_name = company->name;
}

static enum error show_company(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    (void)input;
    return load_company(call, output, fault);
}

const struct operation show_company_operation = {
    .name = "show_company",
    .permission = PERMIT_READ,
    .out = &company_shape,
    .run = show_company,
};

static enum error prepare_change_company(struct call *call, void *input, struct fault *fault)
{
    return check_profile(call, input, fault);
}

static enum error change_company(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    struct company *company = output;
    enum error error = load_company(call, company, fault);
    if (!error)
        error = check_version(call, &company_shape, company, fault);
    if (error)
        return error;
    shape_copy(&profile_shape, input, company);
    complete_profile(company);
    happened(call, "company.changed", company->id, (struct id){0});
    return save_row(call, &company_shape, company, fault);
}

const struct operation change_company_operation = {
    .name = "change_company",
    .permission = PERMIT_MANAGE_COMPANY,
    .writes = true,
    .needs_version = true,
    .in = &profile_shape,
    .out = &company_shape,
    .prepare = prepare_change_company,
    .run = change_company,
};

/* ---- its logo ------------------------------------------------------------------------------ */

struct change_logo {
    struct bytes png;
    struct hash hash; /* once it is among the files */
};

static const struct field change_logo_fields[] = {
    FIELD(struct change_logo, png, BYTES, .flags = FROM_RAW_BODY),
};
static const struct shape change_logo_shape =
    SHAPE("change_logo", struct change_logo, change_logo_fields);

static enum error prepare_change_logo(struct call *call, void *input, struct fault *fault)
{
    static const unsigned char signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    struct change_logo *in = input;
    if (in->png.size > LOGO_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, NULL, "a logo has at most %d bytes", LOGO_LIMIT);
    if (in->png.size < sizeof signature || memcmp(in->png.bytes, signature, sizeof signature) != 0)
        return refuse(fault, ERROR_UNSUPPORTED_MEDIA, NULL, "a logo is a PNG image");
    return blob_put(call->app->files_directory, in->png.bytes, in->png.size, &in->hash, fault);
}

static enum error change_logo(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct change_logo *in = input;
    struct company *company = output;
    enum error error = load_company(call, company, fault);
    if (!error)
        error = check_version(call, &company_shape, company, fault);
    if (error)
        return error;
    company->logo_hash = in->hash;
    happened(call, "company.logo_changed", company->id, (struct id){0});
    return save_row(call, &company_shape, company, fault);
}

const struct operation change_logo_operation = {
    .name = "change_logo",
    .permission = PERMIT_MANAGE_COMPANY,
    .writes = true,
    .in = &change_logo_shape,
    .out = &company_shape,
    .prepare = prepare_change_logo,
    .run = change_logo,
};

/* ---- a new company ------------------------------------------------------------------------- */

#define OF_COMPANY(member_, kind_, ...)                                                            \
    {                                                                                              \
        .name = #member_, .kind = FIELD_##kind_,                                                   \
        .offset = offsetof(struct create_company, company.member_), __VA_ARGS__                    \
    }

static const struct field create_fields[] = {
    OF_COMPANY(slug, TEXT, .flags = REQUIRED, .limit = 40),
    OF_COMPANY(name, TEXT, .flags = REQUIRED),
    OF_COMPANY(country, TEXT, .flags = REQUIRED, .limit = COUNTRY_LIMIT),
    OF_COMPANY(time_zone, TEXT, .flags = REQUIRED, .limit = ZONE_LIMIT),
    OF_COMPANY(currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    OF_COMPANY(is_sample, BOOLEAN, .initial = 0),
    FIELD(struct create_company, owner_name, TEXT, .flags = REQUIRED),
    FIELD(struct create_company, owner_email, TEXT, .flags = REQUIRED, .limit = EMAIL_LIMIT),
    FIELD(struct create_company, owner_password, TEXT, .flags = REQUIRED, .limit = PASSWORD_LIMIT),
};
static const struct shape create_company_shape =
    SHAPE("create_company", struct create_company, create_fields);

static enum error check_slug(const char *slug, struct fault *fault)
{
    size_t length = strlen(slug);
    if (length < 2 || strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != length ||
        slug[0] == '-' || slug[length - 1] == '-')
        return refuse(fault, ERROR_INVALID, "slug",
                      "2 to 40 lower-case letters, digits and inner hyphens");
    return OK;
}

static enum error prepare_create_company(struct call *call, void *input, struct fault *fault)
{
    struct create_company *in = input;
    enum error error = check_slug(in->company.slug, fault);
    if (!error)
        error = check_profile(call, &in->company, fault);
    if (!error)
        error = check_email(call->arena, "owner_email", &in->owner_email, fault);
    if (!error)
        error = password_hash(call->arena, in->owner_password, &in->owner_password_hash, fault);
    return error;
}

static enum error create_company(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct create_company *in = input;
    struct company *company = output;
    *company = in->company;
    company->id = call_id(call);
    company->paper = PAPER_A4;
    complete_profile(company);
    company->created_at = call->now_ms;
    struct user owner = {
        .id = call_id(call),
        .email = in->owner_email,
        .name = in->owner_name,
        .role = USER_OWNER,
        .password_hash = in->owner_password_hash,
        .created_at = call->now_ms,
    };
    happened(call, "company.created", company->id, (struct id){0});
    enum error error = insert_row(call, &company_shape, company, fault);
    if (!error)
        error = insert_row(call, &user_shape, &owner, fault);
    if (!error)
        error = insert_chart_of_accounts(&call->store, fault);
    if (!error)
        error = schedule_job(call, JOB_PURGE, company->id, (struct id){0}, call->now_ms, fault);
    return error;
}

const struct operation create_company_operation = {
    .name = "create_company",
    .permission = PERMIT_OPERATE,
    .writes = true,
    .is_slow = true,
    .in = &create_company_shape,
    .out = &company_shape,
    .prepare = prepare_create_company,
    .run = create_company,
};
