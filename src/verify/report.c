#include "verify/report.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum { LINE_LIMIT = 2000 };

/* Controls of both sets, and what turns the direction of writing. */
static bool is_harmless(uint32_t character)
{
    return character >= 0x20 && !(character >= 0x7f && character <= 0x9f) &&
           !(character >= 0x202a && character <= 0x202e) &&
           !(character >= 0x2066 && character <= 0x2069);
}

static void put(struct report *report, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void put(struct report *report, const char *format, va_list arguments)
{
    char line[LINE_LIMIT];
    vsnprintf(line, sizeof line, format, arguments);
    const char *end = line + strlen(line);
    for (const char *at = line; at < end;) {
        uint32_t character;
        size_t length = utf8_read(at, (size_t)(end - at), &character);
        if (length > 0 && is_harmless(character))
            fwrite(at, 1, length, report->out);
        else
            fputc('?', report->out);
        at += length > 0 ? length : 1;
    }
    fputc('\n', report->out);
}

static const char *colour(const struct report *report, const char *code)
{
    return report->colour ? code : "";
}

#define GREEN "\033[32m"
#define RED   "\033[1;31m"
#define PLAIN "\033[0m"

void report_line(struct report *report, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put(report, format, arguments);
    va_end(arguments);
}

void report_heading(struct report *report, const char *heading, size_t count)
{
    fprintf(report->out, "\n%s (%zu)\n", heading, count);
}

void report_ok(struct report *report, const char *format, ...)
{
    report->held++;
    fprintf(report->out, "  %sok%s    ", colour(report, GREEN), colour(report, PLAIN));
    va_list arguments;
    va_start(arguments, format);
    put(report, format, arguments);
    va_end(arguments);
}

void report_fail(struct report *report, const char *format, ...)
{
    report->failed++;
    fprintf(report->out, "  %sFAIL%s  ", colour(report, RED), colour(report, PLAIN));
    va_list arguments;
    va_start(arguments, format);
    put(report, format, arguments);
    va_end(arguments);
}

bool report_verdict(struct report *report)
{
    bool clean = report->failed == 0;
    unsigned checks = report->held + report->failed;
    fprintf(report->out, "\n%s", colour(report, clean ? GREEN : RED));
    if (clean)
        fprintf(report->out, "VERDICT: clean, all %u checks hold", checks);
    else
        fprintf(report->out, "VERDICT: NOT CLEAN, %u of %u checks failed", report->failed, checks);
    fprintf(report->out, "%s\n", colour(report, PLAIN));
    return clean;
}
