/* Configuration: a file, then the environment, then flags; each overrides the one before. One
 * table names every setting. */
#ifndef WAYMARK_MAIN_CONFIG_H
#define WAYMARK_MAIN_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct config {
    const char *data;     /* directory of the embedded database, files and keys */
    const char *database; /* "sqlite:PATH" or "postgres://…"; by default sqlite in data */
    const char *listen;   /* "127.0.0.1:8080" */
    const char *base_url; /* how people reach the server; by default from listen */
    const char *proxies;  /* reverse proxies in front, as in http/forwarded.h */
    const char *log_name; /* the first part of the evidence logs' origins */
    const char *log_level;
    const char *tls_certificate; /* PEM files; both or neither */
    const char *tls_key;
    const char *smtp_url; /* "smtp://host:587"; empty: mail is kept in data/mail */
    const char *smtp_user;
    const char *smtp_password;
    const char *mail_from;
    const char *clock; /* for tests: a file that holds the time, ms since 1970 */
    int64_t workers;   /* threads that serve requests */
    bool webhooks_to_private_addresses;
};

/* A setting for help texts: its name in the file is also its flag ("--base-url" for base_url), and
 * in capitals behind WAYMARK_ its environment variable. */
struct setting {
    const char *name;
    const char *meaning;
    const char *initial; /* "" where there is none or it is made from others */
};

size_t config_setting_count(void);
const struct setting *config_setting(size_t number);

/* What a setting of that name is where nobody sets it. */
const char *config_setting_initial(const char *name);

/* Takes the flags that are settings out of arguments (*count and the array shrink), reads the file
 * that --config or WAYMARK_CONFIG names (or data/waymark.conf where it exists) and the
 * environment. Texts live in the arena. ERROR_USAGE (a flag without value), ERROR_INVALID (the
 * setting as field), ERROR_NOT_FOUND (the file). */
enum error config_read(struct arena *arena, int *count, char **arguments, struct config *config,
                       struct fault *fault) WARN_UNUSED;

#endif
