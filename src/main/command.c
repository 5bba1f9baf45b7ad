#include "main/command.h"

#include <stdio.h>
#include <string.h>

#include "main/commands.h"

const struct command all_commands[] = {
    {"serve", "waymark serve [SETTINGS]", "Serve the API until told to stop",
     "Prints log lines to standard error. SIGTERM and SIGINT stop it after the requests in "
     "flight;\n"
     "SIGHUP reads the TLS certificate again.\n",
     command_serve},
    {"run", "waymark run [SETTINGS]", "Serve, and play the sample engagement the first time",
     "What \"make run\" calls. The sample is a company of its own and is played only once.\n",
     command_run},
    {"init",
     "waymark init COMPANY --name NAME --owner-email EMAIL [--owner-name NAME]\n"
     "       [--country CC] [--currency CCC] [--time-zone ZONE]",
     "Make the data directory and a first company with its owner",
     "COMPANY is its short name in addresses: lower-case letters, digits and hyphens. The owner's\n"
     "password is read from standard input, one line.\n",
     command_init},
    {"migrate", "waymark migrate [SETTINGS]", "Bring the schema up to date",
     "The server does this on its own when it starts. Steps only go forward.\n", command_migrate},
    {"backup", "waymark backup DIRECTORY [SETTINGS]",
     "Copy database, files and keys, beside a running server",
     "Of an embedded database. For PostgreSQL use pg_dump, and copy files/ and keys/ after it.\n",
     command_backup},
    {"restore", "waymark restore DIRECTORY [SETTINGS]", "Put a backup into an empty data directory",
     NULL, command_restore},
    {"verify", "waymark verify [COMPANY]", "Check everything that is stored",
     "Derives anew what is recorded: the evidence log from its leaves, every row against the log,\n"
     "signatures, files, invoices, payments, the ledger, numbers and references. May run beside a\n"
     "server. Exit code 1: something is wrong, and named.\n",
     command_verify},
    {0},
};

enum error command_arguments(const struct command_call *call, int least, int most,
                             struct fault *fault)
{
    if (call->count < least)
        return refuse(fault, ERROR_USAGE, NULL, "an argument is missing; see --help");
    if (call->count > most)
        return refuse(fault, ERROR_USAGE, call->arguments[most], "one argument too many");
    return OK;
}

static void take_out(struct command_call *call, int at, int taken)
{
    for (int i = at; i + taken < call->count; i++)
        call->arguments[i] = call->arguments[i + taken];
    call->count -= taken;
}

const char *command_flag(struct command_call *call, const char *name)
{
    size_t length = strlen(name);
    for (int i = 0; i < call->count; i++) {
        const char *argument = call->arguments[i];
        if (strncmp(argument, "--", 2) != 0 || strncmp(argument + 2, name, length) != 0)
            continue;
        if (argument[2 + length] == '=') {
            take_out(call, i, 1);
            return argument + 3 + length;
        }
        if (argument[2 + length] == '\0' && i + 1 < call->count) {
            const char *value = call->arguments[i + 1];
            take_out(call, i, 2);
            return value;
        }
    }
    return NULL;
}
