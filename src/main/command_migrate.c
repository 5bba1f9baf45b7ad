#include <stdio.h>

#include "main/commands.h"
#include "main/house.h"

enum error command_migrate(struct command_call *call, struct fault *fault)
{
    struct house house;
    enum error error = command_arguments(call, 0, 0, fault);
    if (!error)
        error = house_open(call->config, HOUSE_WRITES, &house, fault);
    if (error)
        return error;
    house_close(&house);
    puts("the schema is up to date");
    return OK;
}
