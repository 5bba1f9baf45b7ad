#include "main/config.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/must.h"
#include "platform/file.h"

enum setting_kind { SETTING_TEXT = 1, SETTING_NUMBER, SETTING_SWITCH };

struct known {
    struct setting setting;
    enum setting_kind kind;
    size_t offset;
};

#define SETTING(member, kind_, initial_, meaning_)                                                 \
    {                                                                                              \
        {#member, meaning_, initial_}, SETTING_##kind_, offsetof(struct config, member)            \
    }

static const struct known known_settings[] = {
    SETTING(data, TEXT, "./waymark-data", "directory of the embedded database, files and keys"),
    SETTING(database, TEXT, "", "sqlite:PATH or postgres://...; in data where not given"),
    SETTING(listen, TEXT, "127.0.0.1:8080", "HOST:PORT, [IPV6]:PORT or unix:PATH"),
    SETTING(base_url, TEXT, "", "how people reach the server, for links in mail"),
    SETTING(proxies, TEXT, "",
            "reverse proxies whose X-Forwarded-For is believed: 10.0.0.0/8 unix"),
    SETTING(log_name, TEXT, "waymark.local/log", "first part of the evidence logs' names"),
    SETTING(log_level, TEXT, "info", "debug, info, warning or error"),
    SETTING(tls_certificate, TEXT, "", "PEM file; with tls_key turns on TLS"),
    SETTING(tls_key, TEXT, "", "PEM file of the certificate's private key"),
    SETTING(smtp_url, TEXT, "", "smtp://HOST:PORT or smtps://...; without, mail goes to data/mail"),
    SETTING(smtp_user, TEXT, "", "name to sign in to the mail server with"),
    SETTING(smtp_password, TEXT, "", "password for it; better in the file than in a flag"),
    SETTING(mail_from, TEXT, "waymark@localhost", "address that mail comes from"),
    SETTING(clock, TEXT, "", "for tests: a file that holds the time in ms since 1970"),
    SETTING(workers, NUMBER, "4", "threads that serve requests"),
    SETTING(webhooks_to_private_addresses, SWITCH, "false",
            "whether webhooks may go to loopback and private networks"),
};

enum { SETTING_COUNT = sizeof known_settings / sizeof *known_settings };

size_t config_setting_count(void)
{
    return SETTING_COUNT;
}

const struct setting *config_setting(size_t number)
{
    return &known_settings[number].setting;
}

/* Names compare with '-' and '_' alike. */
static const struct known *find_setting(const char *name, size_t length)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const char *known = known_settings[i].setting.name;
        size_t at = 0;
        while (at < length && known[at] &&
               (known[at] == name[at] || (known[at] == '_' && name[at] == '-')))
            at++;
        if (at == length && !known[at])
            return &known_settings[i];
    }
    return NULL;
}

const char *config_setting_initial(const char *name)
{
    const struct known *known = find_setting(name, strlen(name));
    must(known);
    return known->setting.initial;
}

static enum error set(struct arena *arena, const struct known *known, const char *text,
                      struct config *config, struct fault *fault)
{
    void *at = (char *)config + known->offset;
    const char *name = known->setting.name;
    char *end;
    switch (known->kind) {
    case SETTING_TEXT:
        *(const char **)at = arena_text(arena, text);
        return OK;
    case SETTING_NUMBER:
        *(int64_t *)at = strtoll(text, &end, 10);
        if (end == text || *end || *(int64_t *)at < 1 || *(int64_t *)at > 64)
            return refuse(fault, ERROR_INVALID, name, "must be a number from 1 to 64");
        return OK;
    case SETTING_SWITCH:
        *(bool *)at = strcmp(text, "true") == 0;
        if (!*(bool *)at && strcmp(text, "false") != 0)
            return refuse(fault, ERROR_INVALID, name, "must be true or false");
        return OK;
    }
    return OK;
}

/* ---- the file: lines "name = value", "#" begins a comment line ----------------------------- */

static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    char *end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1]))
        *--end = '\0';
    return text;
}

static enum error read_line(struct arena *arena, char *line, int number, struct config *config,
                            struct fault *fault)
{
    line = trim(line);
    if (*line == '\0' || *line == '#')
        return OK;
    char *sign = strchr(line, '=');
    if (!sign)
        return refuse(fault, ERROR_INVALID, NULL, "line %d of the configuration has no '='",
                      number);
    *sign = '\0';
    const char *name = trim(line);
    const struct known *known = find_setting(name, strlen(name));
    if (!known)
        return refuse(fault, ERROR_INVALID, name, "there is no such setting (line %d of the file)",
                      number);
    return set(arena, known, trim(sign + 1), config, fault);
}

static enum error read_file(struct arena *arena, const char *path, struct config *config,
                            struct fault *fault)
{
    char *bytes;
    size_t size;
    enum error error = file_read(arena, path, 64 * KIB, &bytes, &size, fault);
    int number = 1;
    char *rest = bytes;
    while (!error && rest) {
        char *line = strsep(&rest, "\n");
        error = read_line(arena, line, number++, config, fault);
    }
    return error;
}

/* ---- environment and flags ----------------------------------------------------------------- */

static enum error read_environment(struct arena *arena, struct config *config, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < SETTING_COUNT; i++) {
        char *name = arena_format(arena, "WAYMARK_%s", known_settings[i].setting.name);
        for (char *at = name; *at; at++)
            *at = (char)toupper((unsigned char)*at);
        const char *value = getenv(name);
        if (value && *value)
            error = set(arena, &known_settings[i], value, config, fault);
    }
    return error;
}

/* Calls itself a flag of ours if it is "--name=value" or "--name value". Returns how many
 * arguments it took, 0 if it is none. */
static int take_flag(char **arguments, int left, const char **name, size_t *length,
                     const char **value)
{
    const char *argument = arguments[0];
    if (strncmp(argument, "--", 2) != 0)
        return 0;
    *name = argument + 2;
    *length = strcspn(*name, "=");
    bool is_ours = find_setting(*name, *length) || (*length == 6 && !memcmp(*name, "config", 6));
    if (!is_ours)
        return 0;
    if ((*name)[*length] == '=') {
        *value = *name + *length + 1;
        return 1;
    }
    *value = left > 1 ? arguments[1] : NULL;
    return 2;
}

struct flags {
    const struct known *known[2 * SETTING_COUNT];
    const char *values[2 * SETTING_COUNT];
    size_t count;
    const char *file;
};

static enum error collect_flags(int *count, char **arguments, struct flags *flags,
                                struct fault *fault)
{
    int kept = 0;
    for (int i = 0; i < *count;) {
        const char *name, *value;
        size_t length;
        int taken = take_flag(&arguments[i], *count - i, &name, &length, &value);
        if (taken == 0) {
            arguments[kept++] = arguments[i++];
            continue;
        }
        if (!value || flags->count == 2 * SETTING_COUNT)
            return refuse(fault, ERROR_USAGE, arguments[i], "this flag needs a value");
        const struct known *known = find_setting(name, length);
        if (known) {
            flags->known[flags->count] = known;
            flags->values[flags->count++] = value;
        } else {
            flags->file = value;
        }
        i += taken;
    }
    *count = kept;
    return OK;
}

/* What is made from other settings. */
static void complete(struct arena *arena, struct config *config)
{
    if (!*config->database)
        config->database = arena_format(arena, "sqlite:%s/waymark.db", config->data);
    if (!*config->base_url) {
        const char *scheme = *config->tls_certificate ? "https" : "http";
        config->base_url = arena_format(arena, "%s://%s", scheme, config->listen);
    }
}

static const char *data_of(const struct flags *flags)
{
    const char *data = getenv("WAYMARK_DATA");
    for (size_t i = 0; i < flags->count; i++) {
        if (flags->known[i] == &known_settings[0])
            data = flags->values[i];
    }
    return data && *data ? data : known_settings[0].setting.initial;
}

static enum error read_any_file(struct arena *arena, const struct flags *flags,
                                struct config *config, struct fault *fault)
{
    const char *named = flags->file ? flags->file : getenv("WAYMARK_CONFIG");
    if (named && *named)
        return read_file(arena, named, config, fault);
    const char *usual = arena_format(arena, "%s/waymark.conf", data_of(flags));
    enum error error = read_file(arena, usual, config, fault);
    return error == ERROR_NOT_FOUND ? OK : error;
}

enum error config_read(struct arena *arena, int *count, char **arguments, struct config *config,
                       struct fault *fault)
{
    struct flags flags = {0};
    enum error error = OK;
    *config = (struct config){0};
    for (size_t i = 0; !error && i < SETTING_COUNT; i++)
        error = set(arena, &known_settings[i], known_settings[i].setting.initial, config, fault);
    if (!error)
        error = collect_flags(count, arguments, &flags, fault);
    if (!error)
        error = read_any_file(arena, &flags, config, fault);
    if (!error)
        error = read_environment(arena, config, fault);
    for (size_t i = 0; !error && i < flags.count; i++)
        error = set(arena, flags.known[i], flags.values[i], config, fault);
    if (!error)
        complete(arena, config);
    return error;
}
