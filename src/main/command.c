#include "main/command.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "main/commands.h"

#define NEW_COMPANY                                                                                \
    " COMPANY --name NAME --owner-email EMAIL [--owner-name NAME]\n"                               \
    "       [--country CC] [--currency CCC] [--time-zone ZONE] [--locale LANGUAGE]"
#define LOCALE_HELP "LANGUAGE of papers and mails is en, de, fr, es or ar.\n"
#define PASSWORD_HELP                                                                              \
    "The password is one line of standard input; a terminal is asked for it and does not show "    \
    "it.\n"

const struct command all_commands[] = {
    {"serve", "waymark serve [SETTINGS]", "Serve the API until told to stop",
     "Prints log lines to standard error. SIGTERM and SIGINT stop it after the requests in "
     "flight;\n"
     "SIGHUP reads the TLS certificate again.\n",
     command_serve},
    {"run", "waymark run [SETTINGS]", "Serve, and play the sample engagement the first time",
     "What \"make run\" calls. The sample is a company of its own and is played only once.\n",
     command_run},
    {"init", "waymark init" NEW_COMPANY,
     "Make the data directory and a first company with its owner",
     "COMPANY is its short name in addresses: lower-case letters, digits and "
     "hyphens.\n" LOCALE_HELP PASSWORD_HELP,
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
     "signatures, papers, files, invoices, payments, the ledger, numbers and references. May run\n"
     "beside a server. Exit code 1: something is wrong, and named.\n",
     command_verify},
    {"company list", "waymark company list [--json]", "List the companies of this server", NULL,
     command_company_list},
    {"company add", "waymark company add" NEW_COMPANY, "Add a company with its owner",
     LOCALE_HELP PASSWORD_HELP, command_init},
    {"company show", "waymark company show COMPANY [--json]", "Show a company's profile", NULL,
     command_company_show},
    {"user list", "waymark user list COMPANY [--role ROLE] [--json]",
     "List the agency's own people", NULL, command_user_list},
    {"user add", "waymark user add COMPANY EMAIL --role ROLE [--name NAME]", "Add a user",
     "ROLE is owner, sales, delivery, finance or auditor.\n" PASSWORD_HELP
     "After an empty line the user cannot sign in before an owner has set a password.\n",
     command_user_add},
    {"user password", "waymark user password COMPANY EMAIL", "Set a user's password",
     "Ends the user's sessions.\n" PASSWORD_HELP, command_user_password},
    {"user disable", "waymark user disable COMPANY EMAIL",
     "Shut a user out, with all sessions and tokens", NULL, command_user_disable},
    {"user enable", "waymark user enable COMPANY EMAIL", "Let a disabled user in again", NULL,
     command_user_enable},
    {"token list", "waymark token list COMPANY [--user EMAIL] [--json]", "List API tokens", NULL,
     command_token_list},
    {"token add", "waymark token add COMPANY EMAIL --name NAME [--scopes SCOPES] [--days DAYS]",
     "Make an API token that acts as a user",
     "SCOPES is a list with commas of read, write and admin [read,write]. The token ends after\n"
     "DAYS [90]. Its secret is printed once and kept nowhere.\n",
     command_token_add},
    {"token revoke", "waymark token revoke COMPANY TOKEN_ID", "End a token at once",
     "\"waymark token list\" shows the ids.\n", command_token_revoke},
    {"link", "waymark link COMPANY EMAIL", "Make a one-time link for a client's contact",
     "For a contact whose mail is lost: whoever opens the link is signed in as that contact.\n",
     command_link},
    {"engagement export", "waymark engagement export COMPANY ENGAGEMENT_ID",
     "Write all of an engagement to standard output",
     "One JSON document: every row that belongs to it, as the API gives it, and the bytes of its\n"
     "files. It holds personal data; redirect it to a file that only you can read.\n",
     command_engagement_export},
    {"engagement import", "waymark engagement import COMPANY FILE",
     "Take in an engagement that another company exported",
     "All of it or nothing. The client and its contacts may be there from an import before; of\n"
     "everything else nothing may be. Documents keep their numbers, so these must be the ones\n"
     "that the company would give next. A refusal names the place in the file.\n",
     command_engagement_import},
    {"enter", "waymark enter LINK [--server URL]", "Open the session that a one-time link is for",
     "Prints what \"waymark call\" takes from WAYMARK_SESSION, until the session ends or\n"
     "\"waymark call sign_out\" ends it. LINK is the mailed address, or its part behind \"#\".\n",
     command_enter},
    {"call",
     "waymark call [OPERATION [NAME=VALUE ...]] [--body FILE] [--type TYPE]\n"
     "       [--if-match ETAG] [--server URL]",
     "Call any operation of a running server's API by its name",
     "Without OPERATION it lists them all. Names of the address are filled from NAME=VALUE; the\n"
     "others make the query. FILE (\"-\": standard input) is the body: JSON, or a file of TYPE. "
     "It\n"
     "acts as the user of the API token in WAYMARK_TOKEN, or as the client's contact whose "
     "session\n"
     "is in WAYMARK_SESSION, and calls the server of the settings, or URL. JSON is laid out for "
     "reading; papers come as they are.\n",
     command_call_operation},
    {0},
};

enum error command_arguments(const struct command_call *call, int least, int most,
                             struct fault *fault)
{
    for (int i = 0; i < call->count; i++) {
        if (strncmp(call->arguments[i], "--", 2) == 0)
            return refuse(fault, ERROR_USAGE, call->arguments[i],
                          "there is no such flag here, or its value is missing");
    }
    if (call->count < least)
        return refuse(fault, ERROR_USAGE, NULL, "an argument is missing");
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

bool command_switch(struct command_call *call, const char *name)
{
    for (int i = 0; i < call->count; i++) {
        const char *argument = call->arguments[i];
        if (strncmp(argument, "--", 2) == 0 && strcmp(argument + 2, name) == 0) {
            take_out(call, i, 1);
            return true;
        }
    }
    return false;
}

enum error command_member(const struct command_call *call, const struct shape *shape,
                          const char *name, const char *text, void *row, struct fault *fault)
{
    const struct field *field = shape_field(shape, name, NULL);
    must(field);
    if (text)
        return json_read_text(call->arena, shape, field, text, row, fault);
    if (field->flags & REQUIRED)
        return refuse(fault, ERROR_USAGE, NULL, "--%s is needed", name);
    return OK;
}

/* ---- passwords ----------------------------------------------------------------------------- */

/* Turns the terminal's echo off or on. */
static void show_typing(bool is_shown)
{
    struct termios settings;
    if (tcgetattr(STDIN_FILENO, &settings) != 0)
        return;
    settings.c_lflag &= ~(tcflag_t)ECHO;
    if (is_shown)
        settings.c_lflag |= ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings);
}

/* Ends the program as the signal would have, with a terminal that shows typing again. All that is
 * called here may be called by a signal's handler. */
static void interrupt(int received)
{
    show_typing(true);
    signal(received, SIG_DFL);
    raise(received);
}

/* A line that is typed unseen. */
static bool ask(char line[], int size)
{
    struct sigaction before, action = {.sa_handler = interrupt};
    sigaction(SIGINT, &action, &before);
    show_typing(false);
    fputs("password: ", stderr);
    bool is_read = fgets(line, size, stdin) != NULL;
    show_typing(true);
    sigaction(SIGINT, &before, NULL);
    fputc('\n', stderr);
    return is_read;
}

enum error command_password(const struct command_call *call, const char **password,
                            struct fault *fault)
{
    char line[SHORT_TEXT_LIMIT + 2];
    bool is_read =
        isatty(STDIN_FILENO) ? ask(line, sizeof line) : fgets(line, sizeof line, stdin) != NULL;
    if (!is_read)
        return refuse(fault, ERROR_USAGE, NULL,
                      "the password is one line of standard input, and there is none");
    line[strcspn(line, "\n")] = '\0';
    *password = arena_text(call->arena, line);
    return OK;
}
