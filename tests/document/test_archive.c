#include <pthread.h>
#include <stdlib.h>

#include "document/srgb.h"

#include "../check.h"
#include "samples.h"
#include "tools.h"

static struct document_bytes pdf_of(struct arena *arena, const struct printed_invoice *invoice)
{
    struct document_bytes pdf;
    assert_int_equal(print_invoice(arena, invoice, &pdf, NULL), OK);
    return pdf;
}

static bool same(const struct document_bytes *a, const struct document_bytes *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* The file's objects as text. */
static const char *objects_of(struct arena *arena, const struct document_bytes *pdf)
{
    const char *path = save_bytes(arena, pdf->bytes, pdf->size);
    return run(arena, arena_format(arena, "qpdf --qdf %s - | strings", path));
}

CASE(the_same_struct_gives_the_same_bytes)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_world_invoice();
    sample_logo(arena, 320, 80, &invoice.setting);
    struct document_bytes first = pdf_of(arena, &invoice);
    struct printed_invoice other = sample_long_invoice(arena, 200);
    (void)pdf_of(arena, &other);
    struct document_bytes second = pdf_of(arena, &invoice);
    assert_true(same(&first, &second));
    arena_free(arena);
}

CASE(another_process_in_another_place_gives_the_same_bytes)
{
    struct arena *arena = arena_new();
    const char *gallery = getenv("WAYMARK_GALLERY");
    assert_non_null(gallery);
    const char *listing = run(
        arena, arena_format(
                   arena,
                   "a=$(mktemp -d) && b=$(mktemp -d) && export LSAN_OPTIONS=detect_leaks=0 && "
                   "LC_ALL=C TZ=UTC %s $a >/dev/null && "
                   "LC_ALL=tr_TR.UTF-8 LANG=ja_JP.UTF-8 TZ=Pacific/Kiritimati %s $b >/dev/null && "
                   "ls $a && diff -r $a $b && echo equal; rm -r $a $b",
                   gallery, gallery));
    assert_true(count_of(listing, ".pdf") >= 10);
    check_has(listing, "equal");
    arena_free(arena);
}

enum { THREADS = 4, ROUNDS = 6 };

struct work {
    struct arena *arena;
    struct document_bytes pdfs[ROUNDS];
};

static void *render(void *given)
{
    struct work *work = given;
    for (int i = 0; i < ROUNDS; i++) {
        struct printed_invoice invoice =
            i % 2 ? sample_world_invoice() : sample_long_invoice(work->arena, 60);
        if (print_invoice(work->arena, &invoice, &work->pdfs[i], NULL))
            return NULL;
    }
    return work;
}

CASE(threads_render_at_once_and_alike)
{
    struct work works[THREADS];
    pthread_t threads[THREADS];
    /* The samples fill in their days when they are first asked for. */
    (void)sample_world_invoice();
    (void)sample_euro_invoice();
    for (int i = 0; i < THREADS; i++) {
        works[i].arena = arena_new();
        assert_int_equal(pthread_create(&threads[i], NULL, render, &works[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_non_null(result);
    }
    for (int i = 0; i < THREADS; i++)
        for (int j = 0; j < ROUNDS; j++)
            assert_true(same(&works[i].pdfs[j], &works[0].pdfs[j % 2]));
    for (int i = 0; i < THREADS; i++)
        arena_free(works[i].arena);
}

CASE(the_file_says_what_it_is_as_pdf_a_3b)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *path = save_bytes(arena, pdf.bytes, pdf.size);
    const char *xmp = run(arena, arena_format(arena, "pdfinfo -meta %s | xmllint -", path));
    static const char *const properties[] = {
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "Invoice 2026-0047</rdf:li>",
        "Atelier Nord GmbH</rdf:li>",
        "<xmp:CreateDate>2026-09-14T15:00:00Z</xmp:CreateDate>",
        "<xmp:ModifyDate>2026-09-14T15:00:00Z</xmp:ModifyDate>",
        "<pdf:Producer>waymark</pdf:Producer>",
    };
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++)
        check_has(xmp, properties[i]);
    const char *info = run(arena, arena_format(arena, "TZ=UTC pdfinfo -isodates %s", path));
    check_has(info, "Title:           Invoice 2026-0047\n");
    check_has(info, "Author:          Atelier Nord GmbH\n");
    check_has(info, "CreationDate:    2026-09-14T15:00:00Z\n");
    check_has(info, "Producer:        waymark\n");
    check_has(info, "PDF version:     1.7");
    arena_free(arena);
}

CASE(nothing_in_the_file_comes_from_the_clock)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *objects = objects_of(arena, &pdf);
    assert_int_equal(count_of(objects, "(D:"), 2);
    assert_int_equal(count_of(objects, "(D:20260914150000Z)"), 2);
    arena_free(arena);
}

CASE(colours_are_srgb_by_an_output_intent)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *objects = objects_of(arena, &pdf);
    check_has(objects, "/S /GTS_PDFA1");
    check_has(objects, "/DestOutputProfile");
    check_lacks(objects, "DeviceCMYK");
    assert_memory_equal(srgb_profile + 36, "acsp", 4);
    assert_int_equal(srgb_profile[2] << 8 | srgb_profile[3], SRGB_PROFILE_SIZE);
    arena_free(arena);
}

CASE(cid_fonts_have_their_glyph_map)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_world_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *objects = objects_of(arena, &pdf);
    int fonts = count_of(objects, "/Subtype /CIDFontType2");
    assert_true(fonts >= 5);
    assert_int_equal(count_of(objects, "/CIDToGIDMap /Identity"), fonts);
    arena_free(arena);
}

CASE(a_file_can_be_carried_inside)
{
    static const char xml[] = "<?xml version=\"1.0\"?>\n<Invoice>37989.05</Invoice>\n";
    static const struct document_attachment attachment = {
        .name = "factur-x.xml",
        .mime = "text/xml",
        .relationship = "Alternative",
        .description = "The invoice for machines",
        .bytes = xml,
        .size = sizeof xml - 1,
    };
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    invoice.setting.attachments = &attachment;
    invoice.setting.attachment_count = 1;
    struct document_bytes pdf = pdf_of(arena, &invoice);
    check_pdf(arena, &pdf);
    const char *path = save_bytes(arena, pdf.bytes, pdf.size);
    check_has(run(arena, arena_format(arena, "pdfdetach -list %s", path)), "1: factur-x.xml");
    assert_string_equal(
        run(arena, arena_format(arena, "pdfdetach -save 1 -o /dev/stdout %s", path)), xml);
    const char *objects = objects_of(arena, &pdf);
    check_has(objects, "/AFRelationship /Alternative");
    check_has(objects, "/Subtype /text#2fxml");
    check_has(objects, "/AF [");
    check_has(objects, "(The invoice for machines)");
    struct document_bytes again = pdf_of(arena, &invoice);
    assert_true(same(&pdf, &again));
    arena_free(arena);
}

CASE(several_files_are_carried_in_the_order_of_their_names_and_named_on_the_page)
{
    static const struct document_attachment attachments[] = {
        {"acceptance-S4-1.pdf", "application/pdf", "Supplement", NULL, "first", 5},
        {"acceptance-S5-2.pdf", "application/pdf", "Supplement", NULL, "second", 6},
    };
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    invoice.setting.attachments = attachments;
    invoice.setting.attachment_count = 2;
    struct document_bytes pdf = pdf_of(arena, &invoice);
    check_pdf(arena, &pdf);
    const char *path = save_bytes(arena, pdf.bytes, pdf.size);
    const char *list = run(arena, arena_format(arena, "pdfdetach -list %s", path));
    check_has(list, "1: acceptance-S4-1.pdf");
    check_has(list, "2: acceptance-S5-2.pdf");
    assert_string_equal(
        run(arena, arena_format(arena, "pdfdetach -save 2 -o /dev/stdout %s", path)), "second");
    assert_int_equal(count_of(objects_of(arena, &pdf), "/AFRelationship /Supplement"), 2);
    check_has(run(arena, arena_format(arena, "pdftotext -layout %s -", path)),
              "Inside this file: acceptance-S4-1.pdf · acceptance-S5-2.pdf");
    arena_free(arena);
}

CASE(paper_is_what_the_company_uses)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    static const struct {
        enum paper paper;
        const char *size;
    } papers[] = {{0, "(A4)"}, {PAPER_A4, "(A4)"}, {PAPER_LETTER, "(letter)"}};
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
        invoice.setting.paper = papers[i].paper;
        struct document_bytes pdf = pdf_of(arena, &invoice);
        const char *path = save_bytes(arena, pdf.bytes, pdf.size);
        check_has(run(arena, arena_format(arena, "pdfinfo %s", path)), papers[i].size);
    }
    arena_free(arena);
}

RUN(T(the_same_struct_gives_the_same_bytes),
    T(another_process_in_another_place_gives_the_same_bytes), T(threads_render_at_once_and_alike),
    T(the_file_says_what_it_is_as_pdf_a_3b), T(nothing_in_the_file_comes_from_the_clock),
    T(colours_are_srgb_by_an_output_intent), T(cid_fonts_have_their_glyph_map),
    T(a_file_can_be_carried_inside),
    T(several_files_are_carried_in_the_order_of_their_names_and_named_on_the_page),
    T(paper_is_what_the_company_uses))
