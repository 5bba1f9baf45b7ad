/* What a check of everything found, for people: a line for each check, and under it what is wrong,
 * by name. */
#ifndef WAYMARK_AUDIT_REPORT_H
#define WAYMARK_AUDIT_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/text.h"

enum { REPORT_SHOWN = 10 }; /* how many findings a check lists; all are counted */

struct report {
    FILE *out;
    FILE *progress;   /* shows how far a long check is; NULL: nowhere */
    bool is_coloured; /* set by who knows that out is a terminal */
    struct arena *arena;
    int64_t checks_failed;
    int64_t checks_done;

    /* Of the check under way. */
    const char *name;
    int64_t checked;
    int64_t wrong;
    struct text_buffer findings;
};

/* A report that writes to out; it owns nothing but its arena. */
struct report report_to(FILE *out, FILE *progress);
void report_free(struct report *report);

/* Begins a check by a name in the plural: "leaves". */
void report_begin(struct report *report, const char *name);

/* So many more were looked at. */
void report_checked(struct report *report, int64_t count);

/* Something is wrong with a thing: its kind, its id or number, and what. */
void report_wrong(struct report *report, const char *kind, const char *which, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));
void report_wrong_row(struct report *report, const char *kind, struct id id, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));

/* Ends the check and prints it. */
void report_end(struct report *report);

#endif
