#include <stdlib.h>

#include "base/day.h"
#include "base/limits.h"
#include "base/text.h"
#include "words/show.h"

#include "../check.h"
#include "samples.h"
#include "tools.h"

static struct document_bytes pdf_of(struct arena *arena, const struct printed_invoice *invoice)
{
    struct document_bytes pdf;
    struct fault fault = {.code = OK};
    enum error error = print_invoice(arena, invoice, &pdf, &fault);
    if (error)
        fail_msg("%s: %s", error_slug(error), fault.detail);
    return pdf;
}

static void check_refused(const struct printed_invoice *invoice, enum error expected,
                          const char *field)
{
    struct arena *arena = arena_new();
    struct document_bytes pdf;
    struct fault fault;
    assert_int_equal(print_invoice(arena, invoice, &pdf, &fault), expected);
    assert_int_equal(fault.code, expected);
    assert_string_equal(fault.field, field);
    assert_true(strlen(fault.detail) > 0);
    arena_free(arena);
}

static void check_amount(struct arena *arena, const char *text, int64_t amount_minor,
                         const char *currency)
{
    check_has(text, show_amount(arena, language_find("en"), amount_minor, currency));
}

static void check_all_amounts(struct arena *arena, const struct printed_invoice *invoice)
{
    struct document_bytes pdf = pdf_of(arena, invoice);
    check_pdf(arena, &pdf);
    const char *text = text_of(arena, &pdf);
    for (size_t i = 0; i < invoice->line_count; i++)
        check_amount(arena, text, invoice->lines[i].net_minor, invoice->currency);
    for (size_t i = 0; i < invoice->tax_count; i++) {
        check_amount(arena, text, invoice->taxes[i].base_minor, invoice->currency);
        check_amount(arena, text, invoice->taxes[i].tax_minor, invoice->currency);
    }
    const int64_t sums[] = {invoice->net_minor, invoice->total_minor, invoice->paid_minor};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        if (sums[i] != 0)
            check_amount(arena, text, sums[i], invoice->currency);
    check_has(text, invoice->number);
}

CASE(every_amount_of_the_struct_is_on_the_page)
{
    struct arena *arena = arena_new();
    const struct printed_invoice invoices[] = {sample_us_invoice(), sample_euro_invoice(),
                                               sample_world_invoice(), sample_credit_note()};
    for (size_t i = 0; i < sizeof invoices / sizeof invoices[0]; i++)
        check_all_amounts(arena, &invoices[i]);
    arena_free(arena);
}

CASE(the_amount_due_is_what_the_struct_says)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *text = text_of(arena, &pdf);
    assert_int_equal(count_of(text, "32,989.05 EUR"), 2);
    check_has(text, "Due 14 Oct 2026");
    invoice.due_minor = 0;
    invoice.paid_minor = invoice.total_minor;
    pdf = pdf_of(arena, &invoice);
    text = text_of(arena, &pdf);
    assert_int_equal(count_of(text, "0.00 EUR"), 2);
    check_has(text, "Paid in full");
    arena_free(arena);
}

CASE(an_invoice_says_what_it_stands_on)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_us_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *text = text_of(arena, &pdf);
    assert_int_equal(pdf.page_count, 1);
    static const char *const parts[] = {
        "ID09160019",
        "C-2016-0001",
        "Jul 1, 2016 – Jul 31, 2016",
        "Milestone S2 · accepted Jul 8, 2016 · certificate AC-2016-0003",
        "RF97 INV2 0160 002",
        "Routing (ABA) 056001234",
        "PO Box 4410, Reston, VA 20195",
        "Left to invoice",
        "93,000.00",
        "Entry 1477 of the log waymark.example/truetandem",
        "Yw5oiDHH8GJqxXrNnbx5y9JtCUSNBkSsDxG5W1hZ5vo=",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        check_has(text, parts[i]);
    check_lacks(text, "Net total");
    arena_free(arena);
}

CASE(names_in_every_script_can_be_read_back)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_world_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *text = text_of(arena, &pdf);
    static const char *const parts[] = {
        "上海远见软件有限公司",
        "上海市浦东新区世纪大道100号",
        "شركة",
        "المتقدمة",
        "قسم",
        "दस्तावेज़",
        "प्रशिक्षण",
        "การฝึกอบรม",
        "υποστήριξη",
        "Приёмочные испытания",
        "בדיקות קבלה",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        check_has(text, parts[i]);
    arena_free(arena);
}

CASE(han_characters_take_the_shape_of_the_party_s_country)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_world_invoice();
    invoice.seller.name = "直骨海";
    struct document_bytes mainland = pdf_of(arena, &invoice);
    invoice.seller.country = "JP";
    struct document_bytes japanese = pdf_of(arena, &invoice);
    assert_false(mainland.size == japanese.size &&
                 memcmp(mainland.bytes, japanese.bytes, mainland.size) == 0);
    arena_free(arena);
}

CASE(a_bank_can_read_the_payment_code)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *path = save_bytes(arena, pdf.bytes, pdf.size);
    const char *read =
        run(arena, arena_format(arena,
                                "pdftoppm -r 100 -png %s | zbarimg -q --raw --nodbus -S*.disable "
                                "-Sqrcode.enable png:- 2>/dev/null",
                                path));
    assert_string_equal(read, "BCD\n002\n1\nSCT\nCOBADEFFXXX\nAtelier Nord GmbH\n"
                              "DE89370400440532013000\nEUR32989.05\n\nRF7120260047\n");
    arena_free(arena);
}

CASE(only_what_is_to_be_paid_in_euro_has_a_payment_code)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    check_has(text_of(arena, &pdf), "Scan to pay");
    invoice.due_minor = 0;
    pdf = pdf_of(arena, &invoice);
    check_lacks(text_of(arena, &pdf), "Scan to pay");
    invoice = sample_us_invoice();
    pdf = pdf_of(arena, &invoice);
    check_lacks(text_of(arena, &pdf), "Scan to pay");
    invoice = sample_credit_note();
    pdf = pdf_of(arena, &invoice);
    check_lacks(text_of(arena, &pdf), "Scan to pay");
    arena_free(arena);
}

CASE(a_credit_note_names_what_it_corrects)
{
    struct arena *arena = arena_new();
    struct printed_invoice note = sample_credit_note();
    struct document_bytes pdf = pdf_of(arena, &note);
    const char *text = text_of(arena, &pdf);
    check_has(text, "Credit note");
    check_has(text, "Credited to");
    check_has(text, "Corrects");
    check_has(text, "2026-0047");
    assert_int_equal(count_of(text, "34,485.00 EUR"), 2);
    check_lacks(text, "Amount due");
    check_lacks(text, "IBAN");
    arena_free(arena);
}

CASE(untaxed_groups_say_why)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_world_invoice();
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *text = text_of(arena, &pdf);
    check_has(text, "VAT out of scope (O) on 242,500.00");
    check_has(text, "0% O");
    check_has(text, "Services supplied outside the scope of tax");
    arena_free(arena);
}

CASE(sixty_lines_go_over_pages_under_a_repeated_header)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_long_invoice(arena, 60);
    struct document_bytes pdf = pdf_of(arena, &invoice);
    check_all_amounts(arena, &invoice);
    assert_true(pdf.page_count >= 4);
    int pages_with_lines = 0;
    for (int page = 1; page <= pdf.page_count; page++) {
        const char *text = text_of_page(arena, &pdf, page);
        bool has_lines = strstr(text, "Work item");
        assert_int_equal(count_of(text, "Unit price"), has_lines);
        assert_int_equal(strstr(text, "Net total") != NULL, strstr(text, "Work item 60 ") != NULL);
        pages_with_lines += has_lines;
    }
    assert_true(pages_with_lines >= 3);
    arena_free(arena);
}

CASE(a_thousand_lines_lay_out)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_long_invoice(arena, LIST_LIMIT);
    struct document_bytes pdf = pdf_of(arena, &invoice);
    check_pdf(arena, &pdf);
    const char *text = text_of(arena, &pdf);
    for (int i = 1; i <= LIST_LIMIT; i++)
        check_has(text, arena_format(arena, "Work item %d of", i));
    check_amount(arena, text, invoice.due_minor, "EUR");
    arena_free(arena);
}

CASE(an_invoice_with_nothing_in_it_lays_out)
{
    struct arena *arena = arena_new();
    struct printed_invoice empty = {
        .currency = "EUR",
        .issue_day = DAY_NONE,
        .due_day = DAY_NONE,
        .performed_from_day = DAY_NONE,
        .performed_to_day = DAY_NONE,
    };
    struct document_bytes pdf = pdf_of(arena, &empty);
    check_pdf(arena, &pdf);
    assert_int_equal(pdf.page_count, 1);
    check_has(text_of(arena, &pdf), "No lines");
    assert_int_equal(count_of(text_of(arena, &pdf), "0.00 EUR"), 2);
    arena_free(arena);
}

CASE(the_largest_amounts_fit)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    struct printed_line line = invoice.lines[0];
    line.unit_price.value = INT64_MAX;
    line.net_minor = INT64_MAX;
    struct printed_position position = {INT64_MAX, INT64_MIN, INT64_MAX, INT64_MAX,
                                        INT64_MAX, INT64_MAX, INT64_MIN};
    struct printed_tax tax = {TAX_STANDARD, 1000000, INT64_MAX, INT64_MAX, NULL};
    invoice.lines = &line;
    invoice.line_count = 1;
    invoice.taxes = &tax;
    invoice.tax_count = 1;
    invoice.net_minor = INT64_MAX;
    invoice.total_minor = INT64_MAX;
    invoice.paid_minor = INT64_MIN;
    invoice.due_minor = INT64_MAX;
    invoice.position = &position;
    struct document_bytes pdf = pdf_of(arena, &invoice);
    check_pdf(arena, &pdf);
    const char *text = text_of(arena, &pdf);
    check_has(text, "92,233,720,368,547,758.07 EUR");
    check_has(text, "-92,233,720,368,547,758.08");
    arena_free(arena);
}

/* Words of seven letters, so many bytes in all. */
static const char *long_text(struct arena *arena, size_t size)
{
    char *text = arena_alloc(arena, size + 1);
    for (size_t i = 0; i < size; i++)
        text[i] = i % 8 == 7 ? ' ' : 'x';
    return text;
}

CASE(the_longest_texts_lay_out_everywhere)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    const char *text = long_text(arena, TEXT_LIMIT);
    struct printed_line lines[3];
    for (int i = 0; i < 3; i++) {
        lines[i] = invoice.lines[i];
        lines[i].description = text;
        lines[i].detail = text;
        lines[i].unit = text;
        lines[i].milestone_number = text;
    }
    struct printed_remittance remittance = {text, text, text, text, text, text};
    struct document_party party = {text, text, "DE", text, text, text, text, text};
    invoice.lines = lines;
    invoice.seller = party;
    invoice.buyer = party;
    invoice.number = text;
    invoice.order_reference = text;
    invoice.contract_reference = text;
    invoice.contact = text;
    invoice.tax_name = text;
    invoice.payment_reference = text;
    invoice.remittance = remittance;
    invoice.notes = long_text(arena, LONG_TEXT_LIMIT);
    struct document_bytes pdf = pdf_of(arena, &invoice);
    check_pdf(arena, &pdf);
    assert_true(pdf.page_count > 20);
    arena_free(arena);
}

CASE(a_text_without_a_place_to_break_stays_on_the_page)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    char *text = arena_alloc(arena, SHORT_TEXT_LIMIT + 1);
    memset(text, 'W', SHORT_TEXT_LIMIT);
    struct printed_line line = invoice.lines[0];
    line.description = text;
    invoice.lines = &line;
    invoice.line_count = 1;
    invoice.buyer.name = text;
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *path = save_bytes(arena, pdf.bytes, pdf.size);
    const char *boxes = run(arena, arena_format(arena, "pdftotext -bbox %s - 2>&1", path));
    int words = 0;
    for (const char *at = strstr(boxes, "xMax=\""); at; at = strstr(at + 1, "xMax=\"")) {
        assert_true(atof(at + strlen("xMax=\"")) < 595 - 50);
        words++;
    }
    assert_true(words > 100);
    arena_free(arena);
}

CASE(a_logo_takes_the_place_of_the_name)
{
    struct arena *arena = arena_new();
    static const int sides[][2] = {{640, 160}, {100, 900}, {1, 1}, {2000, 3}};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        struct printed_invoice invoice = sample_euro_invoice();
        sample_logo(arena, sides[i][0], sides[i][1], &invoice.setting);
        struct document_bytes pdf = pdf_of(arena, &invoice);
        check_pdf(arena, &pdf);
        const char *path = save_bytes(arena, pdf.bytes, pdf.size);
        const char *images = run(arena, arena_format(arena, "pdfimages -list %s", path));
        check_has(images, arena_format(arena, "%d", sides[i][0]));
        const char *raw = run(arena, arena_format(arena, "qpdf --qdf %s - | strings", path));
        check_lacks(raw, "/Interpolate true");
    }
    arena_free(arena);
}

CASE(a_logo_that_is_no_picture_is_refused)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    invoice.setting.logo_png = "GIF89a";
    invoice.setting.logo_size = 6;
    check_refused(&invoice, ERROR_INVALID, "logo");
    invoice.setting.logo_size = 0;
    check_refused(&invoice, ERROR_INVALID, "logo");
    sample_logo(arena, 64, 64, &invoice.setting);
    invoice.setting.logo_size -= 40;
    check_refused(&invoice, ERROR_INVALID, "logo");
    invoice.setting.logo_size = 30;
    check_refused(&invoice, ERROR_INVALID, "logo");
    arena_free(arena);
}

CASE(a_logo_beyond_its_limits_is_refused)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    sample_logo(arena, LOGO_SIDE_LIMIT + 1, 2, &invoice.setting);
    check_refused(&invoice, ERROR_TOO_LARGE, "logo");
    sample_logo(arena, 2, LOGO_SIDE_LIMIT + 1, &invoice.setting);
    check_refused(&invoice, ERROR_TOO_LARGE, "logo");
    sample_logo(arena, 2, 2, &invoice.setting);
    char *large = arena_alloc(arena, LOGO_LIMIT + 1);
    memcpy(large, invoice.setting.logo_png, invoice.setting.logo_size);
    invoice.setting.logo_png = large;
    invoice.setting.logo_size = LOGO_LIMIT + 1;
    check_refused(&invoice, ERROR_TOO_LARGE, "logo");
    arena_free(arena);
}

CASE(an_unknown_currency_is_refused)
{
    struct printed_invoice invoice = sample_euro_invoice();
    invoice.currency = "EURO";
    check_refused(&invoice, ERROR_INVALID, "currency");
    invoice.currency = NULL;
    check_refused(&invoice, ERROR_INVALID, "currency");
}

CASE(text_that_is_not_utf8_is_refused)
{
    struct printed_invoice invoice = sample_euro_invoice();
    invoice.notes = "caf\xe9";
    check_refused(&invoice, ERROR_INVALID, "");
}

CASE(more_text_than_the_limit_is_refused)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    invoice.notes = long_text(arena, DOCUMENT_TEXT_LIMIT);
    check_refused(&invoice, ERROR_TOO_LARGE, "");
    arena_free(arena);
}

CASE(what_the_reader_knows_already_is_not_said_again)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    invoice.contact = invoice.seller.email;
    struct document_bytes pdf = pdf_of(arena, &invoice);
    check_lacks(text_of(arena, &pdf), "Contact");
    check_has(text_of(arena, &pdf), "Account holder");
    invoice.remittance = (struct printed_remittance){.holder = "Atelier Nord", .address = "Berlin"};
    pdf = pdf_of(arena, &invoice);
    check_lacks(text_of(arena, &pdf), "Account holder");
    check_has(text_of(arena, &pdf), "Remit to");
    arena_free(arena);
}

CASE(signs_and_control_characters_do_no_harm)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    invoice.number = "<&>\"'\\()%\x01\x1f\t \xf4\x8f\xbf\xbf";
    invoice.seller.name = "A & B <c> \\ (d) \x7f";
    struct document_bytes pdf = pdf_of(arena, &invoice);
    check_pdf(arena, &pdf);
    const char *path = save_bytes(arena, pdf.bytes, pdf.size);
    check_has(run(arena, arena_format(arena, "pdfinfo -meta %s | xmllint - 2>&1", path)),
              "Invoice &lt;&amp;&gt;\"'\\()%");
    arena_free(arena);
}

CASE(a_bright_accent_is_darkened_until_it_can_be_read)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    invoice.setting.accent_rgb = 0xffee00;
    struct document_bytes pdf = pdf_of(arena, &invoice);
    const char *path = save_bytes(arena, pdf.bytes, pdf.size);
    const char *raw = run(arena, arena_format(arena, "qpdf --qdf %s - | strings", path));
    check_lacks(raw, "1 0.933333 0 rg");
    check_has(raw, " 0 rg");
    arena_free(arena);
}

/* pdftotext tells no blank that may not break from any other. */
static const char *with_plain_blanks(struct arena *arena, const char *text)
{
    struct text_buffer plain = text_buffer_in(arena);
    for (const char *at = text; *at;) {
        size_t size = strncmp(at, "\u00a0", 2) == 0 ? 2 : strncmp(at, "\u202f", 3) == 0 ? 3 : 0;
        text_put_char(&plain, size ? ' ' : *at);
        at += size ? size : 1;
    }
    return plain.bytes;
}

CASE(an_invoice_is_written_in_the_reader_s_language)
{
    static const char *const readers[] = {"en", "de", "fr", "es"};
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        struct arena *arena = arena_new();
        const struct language *language = language_find(readers[i]);
        struct printed_invoice invoice = sample_euro_invoice();
        invoice.setting.language = readers[i];
        struct document_bytes pdf = pdf_of(arena, &invoice);
        check_pdf_in(arena, &pdf, language);
        const char *text = with_plain_blanks(arena, text_of(arena, &pdf));
        check_has(text, word(language, WORD_INVOICE));
        check_has(text, with_plain_blanks(arena, show_money(arena, language, invoice.due_minor,
                                                            invoice.currency)));
        check_has(text, show_day(arena, language, invoice.due_day));
        arena_free(arena);
    }
}

/* How far to the right the first word of that text stands, in points. */
static double left_of(struct arena *arena, const struct document_bytes *pdf, const char *word)
{
    const char *path = save_bytes(arena, pdf->bytes, pdf->size);
    const char *boxes = run(arena, arena_format(arena, "pdftotext -bbox %s -", path));
    const char *at = strstr(boxes, arena_format(arena, ">%s<", word));
    if (!at)
        fail_msg("no \"%s\" in %s", word, boxes);
    while (strncmp(at, "xMin=\"", 6) != 0)
        at--;
    return strtod(at + 6, NULL);
}

CASE(a_page_of_arabic_is_mirrored)
{
    struct arena *arena = arena_new();
    struct printed_invoice invoice = sample_euro_invoice();
    struct printed_line line = invoice.lines[0];
    line.description = "Milestone";
    invoice.lines = &line;
    invoice.line_count = 1;
    struct document_bytes english = pdf_of(arena, &invoice);
    invoice.setting.language = "ar";
    struct document_bytes arabic = pdf_of(arena, &invoice);
    const double middle = 297;
    assert_true(left_of(arena, &english, "Milestone") < middle);
    assert_true(left_of(arena, &arabic, "Milestone") > middle);
    arena_free(arena);
}

RUN(T(every_amount_of_the_struct_is_on_the_page), T(the_amount_due_is_what_the_struct_says),
    T(an_invoice_says_what_it_stands_on), T(names_in_every_script_can_be_read_back),
    T(han_characters_take_the_shape_of_the_party_s_country), T(a_bank_can_read_the_payment_code),
    T(only_what_is_to_be_paid_in_euro_has_a_payment_code), T(a_credit_note_names_what_it_corrects),
    T(untaxed_groups_say_why), T(sixty_lines_go_over_pages_under_a_repeated_header),
    T(a_thousand_lines_lay_out), T(an_invoice_with_nothing_in_it_lays_out),
    T(the_largest_amounts_fit), T(the_longest_texts_lay_out_everywhere),
    T(a_text_without_a_place_to_break_stays_on_the_page), T(a_logo_takes_the_place_of_the_name),
    T(a_logo_that_is_no_picture_is_refused), T(a_logo_beyond_its_limits_is_refused),
    T(an_unknown_currency_is_refused), T(text_that_is_not_utf8_is_refused),
    T(more_text_than_the_limit_is_refused), T(what_the_reader_knows_already_is_not_said_again),
    T(signs_and_control_characters_do_no_harm), T(a_bright_accent_is_darkened_until_it_can_be_read),
    T(an_invoice_is_written_in_the_reader_s_language), T(a_page_of_arabic_is_mirrored))
