#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "main/command.h"
#include "main/config.h"

#define VERSION "0.1.0"

static const struct command *find_command(const char *name)
{
    for (const struct command *command = all_commands; command->name; command++) {
        if (strcmp(command->name, name) == 0)
            return command;
    }
    return NULL;
}

static void print_commands(FILE *out)
{
    fputs("waymark: milestone billing, from the first conversation to the last payment\n\n"
          "usage: waymark COMMAND [ARGUMENTS] [SETTINGS]\n\ncommands:\n",
          out);
    for (const struct command *command = all_commands; command->name; command++)
        fprintf(out, "  %-12s %s\n", command->name, command->summary);
    fputs(
        "\n\"waymark COMMAND --help\" tells more; \"waymark help settings\" lists the settings.\n",
        out);
}

static void print_settings(void)
{
    puts("Settings are read from a file (--config FILE, or waymark.conf in the data directory: "
         "lines\n\"name = value\"), then from the environment (WAYMARK_NAME), then from flags "
         "(--name VALUE);\neach overrides the one before.\n");
    for (size_t i = 0; i < config_setting_count(); i++) {
        const struct setting *setting = config_setting(i);
        printf("  %-30s %s", setting->name, setting->meaning);
        if (*setting->initial)
            printf(" [%s]", setting->initial);
        putchar('\n');
    }
}

static void print_help(const struct command *command)
{
    printf("usage: %s\n\n%s.\n%s%s", command->usage, command->summary, command->help ? "\n" : "",
           command->help ? command->help : "");
}

static bool wants_help(int count, char **arguments)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0)
            return true;
    }
    return false;
}

/* Signals are waited for by the server; before that they must reach nobody else. */
static void block_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static int tell(enum error error, const struct fault *fault)
{
    if (!error)
        return 0;
    fprintf(stderr, "waymark: %s%s%s%s%s\n", error_message(error), *fault->detail ? " " : "",
            fault->detail, *fault->field ? " at: " : "", fault->field);
    return error_exit_code(error);
}

static int run_command(const struct command *command, int count, char **arguments)
{
    struct arena *arena = arena_new();
    struct config config;
    struct fault fault = {0};
    enum error error = config_read(arena, &count, arguments, &config, &fault);
    struct command_call call = {arena, &config, count, arguments};
    if (!error)
        error = command->run(&call, &fault);
    arena_free(arena);
    return tell(error, &fault);
}

int main(int count, char **arguments)
{
    const char *name = count > 1 ? arguments[1] : "help";
    const struct command *command = find_command(name);
    if (strcmp(name, "--version") == 0 || strcmp(name, "version") == 0) {
        puts("waymark " VERSION);
        return 0;
    }
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0) {
        const struct command *about = count > 2 ? find_command(arguments[2]) : NULL;
        if (about)
            print_help(about);
        else if (count > 2 && strcmp(arguments[2], "settings") == 0)
            print_settings();
        else
            print_commands(stdout);
        return 0;
    }
    if (!command) {
        fprintf(stderr, "waymark: there is no command \"%s\"\n\n", name);
        print_commands(stderr);
        return error_exit_code(ERROR_USAGE);
    }
    if (wants_help(count - 2, arguments + 2)) {
        print_help(command);
        return 0;
    }
    block_signals();
    return run_command(command, count - 2, arguments + 2);
}
