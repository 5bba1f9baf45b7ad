/* Errors as values.
 *
 * Three kinds of no: *refused* (the caller can mend it) and *trouble* (store, disk, network) are
 * codes from error.def; *impossible* is an assertion and stays in release builds (base/must.h).
 *
 * A function that can fail returns enum error, zero for success, and takes a struct fault last in
 * which it says what exactly is wrong. Typical use:
 *
 *     if (milestone->state != MILESTONE_SUBMITTED)
 *         return refuse(fault, ERROR_WRONG_STATE, "state", "milestone is %s, not submitted", name);
 */
#ifndef WAYMARK_BASE_ERROR_H
#define WAYMARK_BASE_ERROR_H

enum error {
    OK = 0,
#define ERROR(name, http_status, exit_code, slug, message) ERROR_##name,
#include "base/error.def"
#undef ERROR
    ERROR_COUNT
};

#define WARN_UNUSED __attribute__((warn_unused_result))

enum {
    FAULT_FIELD_MAX = 96,
    FAULT_DETAIL_MAX = 256,
};

/* What went wrong, for the one who asked. Plain UTF-8 text whatever it quotes, truncated at its
 * limits, never a secret. */
struct fault {
    enum error code;
    char field[FAULT_FIELD_MAX];   /* JSON pointer-like path of the offending input, or "" */
    char detail[FAULT_DETAIL_MAX]; /* one sentence for a person, or "" */
    int wait_s;                    /* it is of no use to try again before that; 0: not known */
};

/* Fills *fault (which may be NULL) and returns code. field may be NULL. detail is a printf format.
 */
enum error fault_fill(struct fault *fault, enum error code, const char *field, const char *detail,
                      ...) __attribute__((format(printf, 4, 5)));

/* A code that is none of success: tells the compiler so, who cannot look into fault_fill. */
static inline enum error refusal_code(enum error code)
{
    if (code == OK)
        __builtin_unreachable();
    return code;
}

/* The same as fault_fill, so that a refusal is one statement: return refuse(fault, ...). */
#define refuse(...) refusal_code(fault_fill(__VA_ARGS__))

/* ERROR_RATE_LIMITED for as long as that. */
enum error refuse_too_often(struct fault *fault, int wait_s);

/* The public facts of a code; every code has them. Static strings. */
const char *error_slug(enum error code);
const char *error_message(enum error code);
int error_http_status(enum error code);
int error_exit_code(enum error code);

#endif
