#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/must.h"
#include "base/utf8.h"

struct error_facts {
    int http_status;
    int exit_code;
    const char *slug;
    const char *message;
};

static const struct error_facts facts[ERROR_COUNT] = {
    [OK] = {200, 0, "ok", "Done."},
#define ERROR(name, http_status, exit_code, slug, message)                                         \
    [ERROR_##name] = {http_status, exit_code, slug, message},
#include "base/error.def"
#undef ERROR
};

enum error fault_fill(struct fault *fault, enum error code, const char *field, const char *detail,
                      ...)
{
    must(code > OK && code < ERROR_COUNT);
    if (!fault)
        return code;
    fault->code = code;
    fault->wait_s = 0;
    snprintf(fault->field, sizeof fault->field, "%s", field ? field : "");
    va_list arguments;
    va_start(arguments, detail);
    vsnprintf(fault->detail, sizeof fault->detail, detail, arguments);
    va_end(arguments);
    utf8_mend_prose(fault->field); /* both may quote what came in, and be cut within a character */
    utf8_mend_prose(fault->detail);
    return code;
}

enum error refuse_too_often(struct fault *fault, int wait_s)
{
    refuse(fault, ERROR_RATE_LIMITED, NULL, "too many failures; try again in %d s", wait_s);
    if (fault)
        fault->wait_s = wait_s;
    return ERROR_RATE_LIMITED;
}

static const struct error_facts *facts_of(enum error code)
{
    must(code >= OK && code < ERROR_COUNT);
    return &facts[code];
}

const char *error_slug(enum error code)
{
    return facts_of(code)->slug;
}

const char *error_message(enum error code)
{
    return facts_of(code)->message;
}

int error_http_status(enum error code)
{
    return facts_of(code)->http_status;
}

int error_exit_code(enum error code)
{
    return facts_of(code)->exit_code;
}
