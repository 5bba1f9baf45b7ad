/* The report: a heading for each part with the number of what is checked, a line for each
 * check, a verdict. What comes from the bundle is printed with control characters replaced, so that
 * it cannot play tricks on a terminal. */
#ifndef WAYMARK_VERIFY_REPORT_H
#define WAYMARK_VERIFY_REPORT_H

#include <stdbool.h>
#include <stdio.h>

struct report {
    FILE *out;
    bool colour;
    unsigned held, failed; /* checks so far */
};

void report_line(struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void report_heading(struct report *report, const char *heading, size_t count);

/* One check each. */
void report_ok(struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void report_fail(struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The last line. Whether all held. */
bool report_verdict(struct report *report);

#endif
