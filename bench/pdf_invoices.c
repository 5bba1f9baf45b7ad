/* Invoices as PDF a second on one core: bench_pdf [COUNT]
 *
 * Each one differs, as real ones do; the first few, which find and open the fonts, do not count. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "samples.h"

enum { WARM_UP = 20, DEFAULT_COUNT = 1000 };

static double cpu_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The size of the PDF. */
static size_t render(struct arena *arena, struct printed_invoice invoice, int number)
{
    struct document_bytes pdf;
    struct fault fault;
    invoice.number = arena_format(arena, "2026-%05d", number);
    invoice.due_minor += number;
    if (print_invoice(arena, &invoice, &pdf, &fault)) {
        fprintf(stderr, "%s\n", fault.detail);
        exit(EXIT_FAILURE);
    }
    arena_reset(arena);
    return pdf.size;
}

static void measure(const char *name, const struct printed_invoice *invoice, int count)
{
    struct arena *arena = arena_new();
    for (int i = 0; i < WARM_UP; i++)
        render(arena, *invoice, i);
    size_t size = 0;
    double start = cpu_seconds();
    for (int i = 0; i < count; i++)
        size += render(arena, *invoice, i);
    double seconds = cpu_seconds() - start;
    printf("%-40s %7.1f/s %7.2f ms %6.1f KiB\n", name, count / seconds, seconds / count * 1000,
           (double)size / count / 1024);
    arena_free(arena);
}

int main(int argument_count, char **arguments)
{
    int count = argument_count > 1 ? atoi(arguments[1]) : DEFAULT_COUNT;
    if (count < 1) {
        fprintf(stderr, "usage: bench_pdf [COUNT]\n");
        return 64;
    }
    const struct printed_invoice us = sample_us_invoice();
    const struct printed_invoice euro = sample_euro_invoice();
    const struct printed_invoice world = sample_world_invoice();
    measure("invoice in dollars", &us, count);
    measure("invoice in euro with payment code", &euro, count);
    measure("invoice in eight scripts", &world, (count + 9) / 10);
    return 0;
}
