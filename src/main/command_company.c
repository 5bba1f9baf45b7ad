#include "action/company.h"
#include "main/commands.h"
#include "main/desk.h"
#include "main/found.h"
#include "main/show.h"

static const struct field entry_fields[] = {
    FIELD(struct company_entry, id, ID),
    FIELD(struct company_entry, slug, TEXT),
    FIELD(struct company_entry, name, TEXT),
};
static const struct shape entry_shape = SHAPE("company_entry", struct company_entry, entry_fields);

enum error command_company_list(struct command_call *call, struct fault *fault)
{
    const struct show show = {
        .shape = &entry_shape,
        .columns = (const char *const[]){"slug", "name", "id", NULL},
        .is_json = command_switch(call, "json"),
    };
    struct house house;
    struct list companies;
    enum error error = command_arguments(call, 0, 0, fault);
    if (!error)
        error = house_open(call->config, HOUSE_READS, &house, fault);
    if (error)
        return error;
    error = house_companies(&house, call->arena, &companies, fault);
    house_close(&house);
    if (!error)
        show_rows(call->arena, &show, &companies);
    return error;
}

enum error command_company_show(struct command_call *call, struct fault *fault)
{
    const struct show show = {
        .shape = &company_shape,
        .columns = (const char *const[]){"slug", "name", "legal_name", "address", "country",
                                         "tax_id", "email", "phone", "time_zone", "currency",
                                         "iban", "bic", "paper", "locale", "is_sample", "id", NULL},
        .is_json = command_switch(call, "json"),
    };
    struct desk desk;
    struct company company;
    enum error error = command_arguments(call, 1, 1, fault);
    if (!error)
        error = desk_open(call, HOUSE_READS, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = desk_perform(&desk, &show_company_operation, NULL, &company, fault);
    desk_close(&desk);
    if (!error)
        show_row(call->arena, &show, &company);
    return error;
}
