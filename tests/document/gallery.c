/* Writes every sample as a PDF into a directory, to be looked at: gallery DIRECTORY */
#include <stdio.h>
#include <stdlib.h>

#include "samples.h"

static void save(const char *directory, const char *name, const struct document_bytes *pdf)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.pdf", directory, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(pdf->bytes, 1, pdf->size, file) != pdf->size || fclose(file) != 0) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    printf("%s: %d pages, %zu bytes\n", path, pdf->page_count, pdf->size);
}

static void check(enum error error, const char *name, const struct fault *fault)
{
    if (!error)
        return;
    fprintf(stderr, "%s: %s\n", name, fault->detail);
    exit(EXIT_FAILURE);
}

static void contract(const char *directory, const char *name, struct printed_contract document)
{
    struct arena *arena = arena_new();
    struct document_bytes pdf;
    struct fault fault;
    check(print_contract(arena, &document, &pdf, &fault), name, &fault);
    save(directory, name, &pdf);
    arena_free(arena);
}

static void certificate(const char *directory, const char *name,
                        struct printed_certificate document)
{
    struct arena *arena = arena_new();
    struct document_bytes pdf;
    struct fault fault;
    check(print_certificate(arena, &document, &pdf, &fault), name, &fault);
    save(directory, name, &pdf);
    arena_free(arena);
}

static void report(const char *directory, const char *name, struct printed_report document)
{
    struct arena *arena = arena_new();
    struct document_bytes pdf;
    struct fault fault;
    check(print_status_report(arena, &document, &pdf, &fault), name, &fault);
    save(directory, name, &pdf);
    arena_free(arena);
}

static void invoice(const char *directory, const char *name, struct printed_invoice document)
{
    struct arena *arena = arena_new();
    struct document_bytes pdf;
    struct fault fault;
    check(print_invoice(arena, &document, &pdf, &fault), name, &fault);
    save(directory, name, &pdf);
    arena_free(arena);
}

/* One of each for a reader of that language. */
static void in_language(const char *directory, struct arena *arena, const char *language)
{
    struct printed_invoice bill = sample_euro_invoice();
    struct printed_contract agreed = sample_signed_contract();
    struct printed_certificate accepted = sample_certificate();
    struct printed_report status = sample_report();
    bill.setting.language = agreed.setting.language = language;
    accepted.setting.language = status.setting.language = language;
    invoice(directory, arena_format(arena, "invoice-%s", language), bill);
    contract(directory, arena_format(arena, "contract-%s", language), agreed);
    certificate(directory, arena_format(arena, "certificate-%s", language), accepted);
    report(directory, arena_format(arena, "status-report-%s", language), status);
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: gallery DIRECTORY\n");
        return 64;
    }
    const char *directory = arguments[1];
    struct arena *arena = arena_new();
    struct printed_invoice branded = sample_euro_invoice();
    sample_logo(arena, 640, 160, &branded.setting);
    invoice(directory, "invoice-logo", branded);
    invoice(directory, "invoice-us", sample_us_invoice());
    invoice(directory, "invoice-euro", sample_euro_invoice());
    invoice(directory, "invoice-world", sample_world_invoice());
    invoice(directory, "invoice-long", sample_long_invoice(arena, 60));
    invoice(directory, "credit-note", sample_credit_note());
    contract(directory, "contract", sample_contract());
    contract(directory, "contract-signed", sample_signed_contract());
    contract(directory, "change-order", sample_change());
    certificate(directory, "certificate", sample_certificate());
    certificate(directory, "certificate-deemed", sample_deemed_certificate());
    report(directory, "status-report", sample_report());
    in_language(directory, arena, "de");
    in_language(directory, arena, "fr");
    in_language(directory, arena, "es");
    in_language(directory, arena, "ar");
    arena_free(arena);
    return 0;
}
