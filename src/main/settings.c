#include "main/settings.h"

#include <string.h>

#include "base/email.h"
#include "core/note.h"
#include "http/forwarded.h"
#include "http/listen.h"

enum { MAIL_TIMEOUT_MS = 20 * 1000 };

struct mail_server settings_mail_server(const struct config *config)
{
    bool has_password = *config->smtp_user || *config->smtp_password;
    return (struct mail_server){
        .url = config->smtp_url,
        .user = *config->smtp_user ? config->smtp_user : NULL,
        .password = *config->smtp_password ? config->smtp_password : NULL,
        .tls = has_password ? MAIL_TLS_REQUIRED : MAIL_TLS_IF_OFFERED,
        .from = {.address = config->mail_from, .name = "waymark"},
        .timeout_ms = MAIL_TIMEOUT_MS,
    };
}

static enum error check_mail(const struct config *config, struct fault *fault)
{
    struct fault found = {0};
    const struct mail_server server = settings_mail_server(config);
    if (!email_is_valid(config->mail_from))
        return refuse(fault, ERROR_INVALID, "mail_from", "is no mail address");
    if (!*config->smtp_url || mail_check_server(&server, &found) == OK)
        return OK;
    bool is_user = strcmp(found.field, "user") == 0;
    return refuse(fault, found.code, is_user ? "smtp_user" : "smtp_url", "%s", found.detail);
}

/* Links are made by putting a path behind it. */
static enum error check_base_url(const char *url, struct fault *fault)
{
    bool has_scheme = strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
    const char *host = has_scheme ? strstr(url, "://") + 3 : url;
    if (!has_scheme || !*host || *host == '/' || strpbrk(url, " \t\"<>?#"))
        return refuse(fault, ERROR_INVALID, "base_url", "must be http://HOST or https://HOST");
    if (url[strlen(url) - 1] == '/')
        return refuse(fault, ERROR_INVALID, "base_url", "must not end in a slash");
    return OK;
}

/* It becomes the name of a key that signs. */
static enum error check_log_name(const char *name, struct fault *fault)
{
    static const uint8_t any_key[NOTE_KEY_SIZE];
    struct note_key key;
    struct fault found = {0};
    if (note_key_make(name, any_key, &key, &found) == OK)
        return OK;
    return refuse(fault, ERROR_INVALID, "log_name", "%s", found.detail);
}

enum error settings_check(const struct config *config, struct fault *fault)
{
    enum error error = http_listen_check(config->listen, fault);
    if (!error && strncmp(config->listen, "unix:", 5) != 0)
        error = check_base_url(config->base_url, fault);
    if (!error)
        error = http_proxies_check(config->proxies, fault);
    if (!error)
        error = check_log_name(config->log_name, fault);
    return error ? error : check_mail(config, fault);
}
