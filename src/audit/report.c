#include "audit/report.h"

#include <stdarg.h>

enum { PROGRESS_STEP = 10000 };

#define GREEN "\033[32m"
#define RED   "\033[1;31m"
#define PLAIN "\033[0m"

static const char *colour(const struct report *report, const char *code)
{
    return report->is_coloured ? code : "";
}

struct report report_to(FILE *out, FILE *progress)
{
    return (struct report){.out = out, .progress = progress, .arena = arena_new()};
}

void report_free(struct report *report)
{
    arena_free(report->arena);
}

static void clear_progress(struct report *report)
{
    if (report->progress && report->checked >= PROGRESS_STEP)
        fputs("\r\033[K", report->progress);
}

void report_begin(struct report *report, const char *name)
{
    arena_reset(report->arena);
    report->name = name;
    report->checked = 0;
    report->wrong = 0;
    report->findings = text_buffer_in(report->arena);
}

void report_checked(struct report *report, int64_t count)
{
    int64_t before = report->checked / PROGRESS_STEP;
    report->checked += count;
    if (!report->progress || report->checked / PROGRESS_STEP == before)
        return;
    fprintf(report->progress, "\r\033[K  ...   %-34s %10lld", report->name,
            (long long)report->checked);
    fflush(report->progress);
}

__attribute__((format(printf, 4, 0))) static void put_finding(struct report *report,
                                                              const char *kind, const char *which,
                                                              const char *format, va_list arguments)
{
    char detail[FAULT_DETAIL_MAX];
    if (report->wrong++ >= REPORT_SHOWN)
        return;
    vsnprintf(detail, sizeof detail, format, arguments);
    text_printf(&report->findings, "        %s %s: %s\n", kind, which, detail);
}

void report_wrong(struct report *report, const char *kind, const char *which, const char *format,
                  ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_finding(report, kind, which, format, arguments);
    va_end(arguments);
}

void report_wrong_row(struct report *report, const char *kind, struct id id, const char *format,
                      ...)
{
    char text[ID_TEXT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    put_finding(report, kind, id_format(id, text), format, arguments);
    va_end(arguments);
}

void report_end(struct report *report)
{
    clear_progress(report);
    report->checks_done++;
    if (report->wrong == 0) {
        fprintf(report->out, "  %sok%s    %-34s %10lld\n", colour(report, GREEN),
                colour(report, PLAIN), report->name, (long long)report->checked);
        return;
    }
    report->checks_failed++;
    fprintf(report->out, "  %sWRONG%s %-34s %10lld  %lld wrong\n%s", colour(report, RED),
            colour(report, PLAIN), report->name, (long long)report->checked,
            (long long)report->wrong, report->findings.bytes);
    if (report->wrong > REPORT_SHOWN)
        fprintf(report->out, "        and %lld more\n", (long long)report->wrong - REPORT_SHOWN);
}
