#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "main/command.h"
#include "main/commands.h"
#include "main/config.h"

#define VERSION "0.1.0"

/* The command that the words begin with, and how many of them are its name. */
static const struct command *find_command(int count, char **words, int *taken)
{
    for (const struct command *command = all_commands; command->name; command++) {
        const char *second = strchr(command->name, ' ');
        size_t length = second ? (size_t)(second - command->name) : strlen(command->name);
        *taken = second ? 2 : 1;
        if (count >= *taken && strlen(words[0]) == length &&
            memcmp(words[0], command->name, length) == 0 &&
            (!second || strcmp(words[1], second + 1) == 0))
            return command;
    }
    return NULL;
}

/* Whether the word is the first of commands with two. */
static bool is_group(const char *word)
{
    size_t length = strlen(word);
    for (const struct command *command = all_commands; command->name; command++) {
        if (strncmp(command->name, word, length) == 0 && command->name[length] == ' ')
            return true;
    }
    return false;
}

/* All of them, or those of a group. */
static void print_list(FILE *out, const char *group)
{
    size_t length = group ? strlen(group) : 0;
    for (const struct command *command = all_commands; command->name; command++) {
        if (!group || (strncmp(command->name, group, length) == 0 && command->name[length] == ' '))
            fprintf(out, "  %-18s %s\n", command->name, command->summary);
    }
}

static void print_commands(FILE *out)
{
    fputs("waymark: milestone billing, from the first conversation to the last payment\n\n"
          "usage: waymark COMMAND [ARGUMENTS] [SETTINGS]\n\ncommands:\n",
          out);
    print_list(out, NULL);
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

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static bool wants_help(int count, char **arguments)
{
    for (int i = 0; i < count; i++) {
        if (is_help(arguments[i]))
            return true;
    }
    return false;
}

/* "waymark: FIELD: what is wrong"; the error's own message stands in where nobody said more. */
static int tell(const struct command *command, enum error error, const struct fault *fault)
{
    if (!error)
        return 0;
    bool is_trouble = *fault->detail && error_http_status(error) >= 500;
    fprintf(stderr, "waymark: %s%s%s%s\n", fault->field, *fault->field ? ": " : "",
            *fault->detail ? fault->detail : error_message(error),
            is_trouble ? "; nothing was changed" : "");
    if (error == ERROR_USAGE)
        fprintf(stderr, "usage: %s\n", command->usage);
    return error_exit_code(error);
}

static int run_command(const struct command *command, int count, char **arguments)
{
    struct arena *arena = arena_new();
    struct config config;
    struct fault fault = {0};
    enum error error = config_read(arena, &count, arguments, &config, &fault);
    struct command_call call = {arena, &config, count, arguments};
    if (command->run != command_serve && !error &&
        strcmp(config.log_level, config_setting_initial("log_level")) == 0)
        config.log_level = "warning"; /* it tells what it does itself */
    if (!error)
        error = command->run(&call, &fault);
    arena_free(arena);
    return tell(command, error, &fault);
}

/* A word that begins no command, or one that begins several alone or with a word none of them has.
 */
static int refuse_command(int count, char **words)
{
    bool is_known = is_group(words[0]);
    if (is_known && count == 1)
        fprintf(stderr, "waymark: \"%s\" needs one more word:\n\n", words[0]);
    else if (words[0][0] == '-')
        fprintf(stderr, "waymark: %s: a command comes first; \"waymark help\" lists them\n",
                words[0]);
    else
        fprintf(stderr, "waymark: there is no command \"%s%s%s\"%s\n", words[0],
                is_known ? " " : "", is_known ? words[1] : "",
                is_known ? ":\n" : "; \"waymark help\" lists them");
    if (is_known)
        print_list(stderr, words[0]);
    return error_exit_code(ERROR_USAGE);
}

/* "waymark help [COMMAND | settings]" */
static int help(int count, char **words)
{
    int taken;
    const struct command *about = find_command(count, words, &taken);
    if (about)
        print_help(about);
    else if (count == 0)
        print_commands(stdout);
    else if (strcmp(words[0], "settings") == 0)
        print_settings();
    else if (count == 1 && is_group(words[0]))
        print_list(stdout, words[0]);
    else
        return refuse_command(count, words);
    return 0;
}

/* Requests are much alike: what one gives back, the next one asks for. Returned to the kernel in
 * between, each page would be faulted in and zeroed again for every request. */
static void keep_memory(void)
{
    enum { KEPT_BYTES = 16 * 1024 * 1024 };
    mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
}

int main(int count, char **arguments)
{
    int left = count - 1, taken;
    char **words = arguments + 1;
    if (left == 0 || strcmp(words[0], "help") == 0 || is_help(words[0]))
        return help(left > 0 ? left - 1 : 0, words + (left > 0));
    if (strcmp(words[0], "--version") == 0 || strcmp(words[0], "version") == 0) {
        puts("waymark " VERSION);
        return 0;
    }
    const struct command *command = find_command(left, words, &taken);
    if (!command && left > 1 && is_group(words[0]) && wants_help(left - 1, words + 1))
        return help(1, words);
    if (!command)
        return refuse_command(left, words);
    left -= taken;
    words += taken;
    if (wants_help(left, words)) {
        print_help(command);
        return 0;
    }
    signal(SIGPIPE, SIG_IGN);
    keep_memory();
    return run_command(command, left, words);
}
