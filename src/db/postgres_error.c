#include "db/postgres_error.h"

#include <stddef.h>
#include <string.h>

/* The first row whose state the code begins with. */
static const struct {
    const char *state;
    enum error error;
} errors[] = {
    {"40001", ERROR_RETRY},       /* serialization */
    {"40P01", ERROR_RETRY},       /* deadlock */
    {"55P03", ERROR_RETRY},       /* lock_timeout */
    {"23505", ERROR_CONFLICT},    /* unique */
    {"23503", ERROR_CONFLICT},    /* foreign key */
    {"23514", ERROR_CONFLICT},    /* check */
    {"23P01", ERROR_CONFLICT},    /* exclusion */
    {"53100", ERROR_STORAGE},     /* disk full */
    {"58", ERROR_STORAGE},        /* input, output */
    {"XX001", ERROR_STORAGE},     /* corrupt data */
    {"XX002", ERROR_STORAGE},     /* corrupt index */
    {"25006", ERROR_STORAGE},     /* read only */
    {"53", ERROR_UNAVAILABLE},    /* memory, connections */
    {"57", ERROR_UNAVAILABLE},    /* shut down, cancelled, timed out */
    {"08", ERROR_UNAVAILABLE},    /* connection */
    {"25P03", ERROR_UNAVAILABLE}, /* idle for too long */
};

enum error postgres_error(const char *state)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (strncmp(state, errors[i].state, strlen(errors[i].state)) == 0)
            return errors[i].error;
    }
    return ERROR_INTERNAL;
}
