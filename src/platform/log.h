/* The structured log: one JSON object a line, one write(2) a line, safe for any thread.
 *
 *     log_event(log, LOG_INFO, "listening", log_text("address", address), log_number("port",
 * port));
 *     {"time":"2026-01-31T12:00:00.000Z","level":"info","event":"listening","address":...}
 *
 * Log what an operator needs and never a password, token, cookie, message body or query string. As
 * a second net the value of a field whose key speaks of one is replaced by "(secret)". Times are
 * the system's, whatever the server's clock was set to. */
#ifndef WAYMARK_PLATFORM_LOG_H
#define WAYMARK_PLATFORM_LOG_H

#include <stdbool.h>
#include <stdint.h>

enum log_level {
    LOG_DEBUG,
    LOG_INFO,
    LOG_WARNING,
    LOG_ERROR,
};

/* Never changed once threads use it. */
struct log {
    int descriptor;       /* where the lines go; 2 for stderr. Not owned */
    enum log_level least; /* lines below it are left out */
};

struct log_field {
    const char *key;  /* a literal in snake_case; NULL ends the list */
    const char *text; /* NULL: the value is number */
    int64_t number;
};

struct log_field log_text(const char *key, const char *text); /* text may be NULL */
struct log_field log_number(const char *key, int64_t number);

/* Any text is accepted: what is not UTF-8 or printable is escaped. A line that would be longer than
 * LOG_LINE_LIMIT bytes loses its last fields and says "cut":true. A line that cannot be written is
 * lost in silence: there is nobody left to tell. */
enum { LOG_LINE_LIMIT = 4096 };
void log_write(const struct log *log, enum log_level level, const char *event,
               const struct log_field *fields);

/* With at least one field; log_write(log, level, event, NULL) is for none. */
#define log_event(log, level, event, ...)                                                          \
    log_write(log, level, event, (const struct log_field[]){__VA_ARGS__, {.key = NULL}})

/* The level of that name ("debug", "info", "warning", "error"); false if there is none. */
bool log_level_find(const char *name, enum log_level *level);

#endif
