#include <stdio.h>
#include <string.h>

#include "action/company.h"
#include "action/perform.h"
#include "base/limits.h"
#include "main/commands.h"
#include "main/house.h"
#include "store/person.h"

static const char *flag_or(struct command_call *call, const char *name, const char *otherwise)
{
    const char *value = command_flag(call, name);
    return value ? value : otherwise;
}

static enum error read_password(struct command_call *call, const char **password,
                                struct fault *fault)
{
    char line[SHORT_TEXT_LIMIT + 2];
    if (!fgets(line, sizeof line, stdin))
        return refuse(fault, ERROR_USAGE, NULL, "the owner's password is read from standard input");
    line[strcspn(line, "\n")] = '\0';
    *password = arena_text(call->arena, line);
    return OK;
}

static enum error next_company_number(struct house *house, struct arena *arena, int64_t *number,
                                      struct fault *fault)
{
    struct call call = call_by(&house->app, arena, 0, ACTOR_OPERATOR);
    struct list companies = {0};
    call.store.session = readers_take(house->readers);
    enum error error = db_begin(call.store.session, fault);
    if (!error)
        error = list_companies(&call.store, &companies, fault);
    db_rollback(call.store.session);
    readers_put(house->readers, call.store.session);
    *number = 1;
    for (size_t i = 0; i < companies.count; i++) {
        int64_t taken = LIST_AT(struct company_entry, companies, i)->number;
        if (taken >= *number)
            *number = taken + 1;
    }
    return error;
}

static enum error create(struct house *house, struct arena *arena, struct create_company *in,
                         struct company *company, struct fault *fault)
{
    int64_t number;
    enum error error = next_company_number(house, arena, &number, fault);
    if (error)
        return error;
    struct call call = call_by(&house->app, arena, number, ACTOR_OPERATOR);
    struct db_session *reading = readers_take(house->readers);
    error = perform_writing(&call, house_writer(house, number), reading, &create_company_operation,
                            in, company, fault);
    readers_put(house->readers, reading);
    return error;
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
    struct company company;
    struct house house;
    enum error error = command_arguments(call, 1, 1, fault);
    if (error)
        return error;
    if (!in.company.name || !in.owner_email)
        return refuse(fault, ERROR_USAGE, NULL, "--name and --owner-email are needed");
    in.company.slug = call->arguments[0];
    if (!in.owner_name)
        in.owner_name = in.owner_email;
    error = read_password(call, &in.owner_password, fault);
    if (!error)
        error = house_open(call->config, HOUSE_WRITES, &house, fault);
    if (error)
        return error;
    error = create(&house, call->arena, &in, &company, fault);
    house_close(&house);
    if (!error)
        printf("company %s is ready; start the server with: waymark serve\n", in.company.slug);
    return error;
}
