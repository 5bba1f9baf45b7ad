#include <stdio.h>

#include "main/commands.h"
#include "main/found.h"

static const char *flag_or(struct command_call *call, const char *name, const char *otherwise)
{
    const char *value = command_flag(call, name);
    return value ? value : otherwise;
}

static enum error read_locale(const char *name, enum locale *locale, struct fault *fault)
{
    *locale = name ? (enum locale)choice_value(&locale_choices, name) : 0;
    if (name && *locale == 0)
        return refuse(fault, ERROR_INVALID, "locale", "en, de, fr, es or ar");
    return OK;
}

enum error command_init(struct command_call *call, struct fault *fault)
{
    struct create_company in = {
        .company = {.name = command_flag(call, "name"),
                    .country = flag_or(call, "country", "US"),
                    .currency = flag_or(call, "currency", "USD"),
                    .time_zone = flag_or(call, "time-zone", "UTC")},
        .owner_email = command_flag(call, "owner-email"),
        .owner_name = command_flag(call, "owner-name"),
    };
    const char *locale = command_flag(call, "locale");
    struct company company;
    struct house house;
    int64_t number;
    enum error error = command_arguments(call, 1, 1, fault);
    if (error)
        return error;
    if (!in.company.name || !in.owner_email)
        return refuse(fault, ERROR_USAGE, NULL, "--name and --owner-email are needed");
    in.company.slug = call->arguments[0];
    if (!in.owner_name)
        in.owner_name = in.owner_email;
    error = read_locale(locale, &in.company.locale, fault);
    if (error)
        return error;
    error = command_password(call, &in.owner_password, fault);
    if (!error)
        error = house_open(call->config, HOUSE_WRITES, &house, fault);
    if (error)
        return error;
    error = found_company(&house, call->arena, &in, &company, &number, fault);
    house_close(&house);
    if (!error)
        printf("company %s is ready; start the server with: waymark serve\n", in.company.slug);
    return error;
}
