#include "core/credit_note.h"

#include "core/allocation.h"

#include "billing.h"

static struct fault fault;

static struct credit_request request_for(const struct invoice *invoice, const struct list *earlier)
{
    return (struct credit_request){invoice, earlier, "wrong price", sample_day("2016-07-15"),
                                   SAMPLE_NOON};
}

CASE(a_full_credit_note_mirrors_its_invoice)
{
    struct arena *arena = arena_new();
    struct list none = {0};
    struct invoice invoice = issued_invoice(arena, 14505, TAX_STANDARD, 190000, 1);
    struct invoice note = {.id = sample_id(300)};
    struct credit_request request = request_for(&invoice, &none);
    ALLOWED(credit_note_in_full(arena, &request, &note, &fault));
    assert_int_equal(note.kind, INVOICE_CREDIT_NOTE);
    assert_int_equal(note.net_minor, invoice.net_minor);
    assert_int_equal(note.tax_minor, invoice.tax_minor);
    assert_int_equal(note.total_minor, invoice.total_minor);
    assert_true(id_equal(note.credited_invoice_id, invoice.id));
    assert_string_equal(note.reason, "wrong price");
    assert_int_equal(LIST_AT(struct invoice_line, note.lines, 0)->number, 1);
    assert_true(id_equal(LIST_AT(struct invoice_line, note.lines, 0)->invoice_id, note.id));
    assert_true(credit_note_takes_rest(&invoice, &none, &note, invoice.milestone_id));
    ALLOWED(invoice_issue(arena, &note, number_of(arena, SERIES_CREDIT_NOTE, 3), &fault));
    assert_string_equal(note.number, "CN-2016-0003");
    assert_null(note.reference);
    arena_free(arena);
}

/* odoo/odoo#278984: taking back all of a document left a note of 0.01. */
CASE(credit_notes_for_parts_take_exactly_the_whole_and_leave_no_cent)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_STANDARD, 77777, 1);
    struct invoice notes[3] = {
        {.id = sample_id(300)}, {.id = sample_id(301)}, {.id = sample_id(302)}};
    int64_t net_minor = 0, tax_minor = 0;
    for (size_t i = 0; i < 3; i++) {
        struct list earlier = {notes, i};
        struct credit_request request = request_for(&invoice, &earlier);
        struct credit_line third = {1, 3333};
        ALLOWED(i < 2 ? credit_note_in_part(arena, &request, &third, 1, &notes[i], &fault)
                      : credit_note_in_full(arena, &request, &notes[i], &fault));
        assert_int_equal(
            credit_note_takes_rest(&invoice, &earlier, &notes[i], invoice.milestone_id), i == 2);
        net_minor += notes[i].net_minor;
        tax_minor += notes[i].tax_minor;
    }
    assert_int_equal(notes[2].net_minor, 3334);
    assert_int_equal(net_minor, invoice.net_minor);
    assert_int_equal(tax_minor, invoice.tax_minor);
    struct list all = {notes, 3};
    struct credit_request request = request_for(&invoice, &all);
    struct invoice more = {.id = sample_id(303)};
    REFUSED(credit_note_in_full(arena, &request, &more, &fault), ERROR_WRONG_STATE, "invoice_id");
    struct credit_line cent = {1, 1};
    REFUSED(credit_note_in_part(arena, &request, &cent, 1, &more, &fault), ERROR_OUT_OF_RANGE,
            "lines/0/net");
    arena_free(arena);
}

/* A month's invoice may bill progress of a milestone beside its acceptance. */
CASE(what_bills_progress_is_not_taken_back_with_the_acceptance)
{
    struct arena *arena = arena_new();
    struct list none = {0}, taken;
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct invoice_line lines[2] = {*LIST_AT(struct invoice_line, invoice.lines, 0),
                                    *LIST_AT(struct invoice_line, invoice.lines, 0)};
    lines[0].progress_claim_id = sample_id(10);
    lines[1].number = 2;
    invoice.lines = (struct list){lines, 2};
    struct credit_request request = request_for(&invoice, &none);
    REFUSED(credit_lines_of_milestone(arena, &request, invoice.milestone_id, 10001, &taken, &fault),
            ERROR_OUT_OF_RANGE, "credit");
    ALLOWED(
        credit_lines_of_milestone(arena, &request, invoice.milestone_id, 10000, &taken, &fault));
    assert_int_equal(taken.count, 1);
    assert_int_equal(LIST_AT(struct credit_line, taken, 0)->number, 2);
    struct invoice note = {.lines = {&lines[0], 1}};
    assert_false(credit_note_takes_rest(&invoice, &none, &note, invoice.milestone_id));
    note.lines.rows = &lines[1];
    assert_true(credit_note_takes_rest(&invoice, &none, &note, invoice.milestone_id));
    arena_free(arena);
}

CASE(a_credit_note_takes_no_more_than_is_left_of_a_line)
{
    struct arena *arena = arena_new();
    struct list none = {0};
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct credit_request request = request_for(&invoice, &none);
    struct invoice note = {.id = sample_id(300)};
    struct credit_line lines[2] = {{1, 10001}, {1, 5}};
    REFUSED(credit_note_in_part(arena, &request, lines, 1, &note, &fault), ERROR_OUT_OF_RANGE,
            "lines/0/net");
    lines[0].net_minor = 0;
    REFUSED(credit_note_in_part(arena, &request, lines, 1, &note, &fault), ERROR_OUT_OF_RANGE,
            "lines/0/net");
    lines[0].net_minor = 5;
    REFUSED(credit_note_in_part(arena, &request, lines, 2, &note, &fault), ERROR_INVALID,
            "lines/1/number");
    lines[1].number = 2;
    REFUSED(credit_note_in_part(arena, &request, lines, 2, &note, &fault), ERROR_INVALID,
            "lines/1/number");
    REFUSED(credit_note_in_part(arena, &request, lines, 0, &note, &fault), ERROR_INVALID, "lines");
    arena_free(arena);
}

CASE(a_credit_note_has_a_reason_and_is_for_an_invoice)
{
    struct arena *arena = arena_new();
    struct list none = {0};
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct invoice note = {.id = sample_id(300)}, other = {.id = sample_id(301)};
    struct credit_request request = request_for(&invoice, &none);
    request.reason = "";
    REFUSED(credit_note_in_full(arena, &request, &note, &fault), ERROR_INVALID, "reason");
    request.reason = "wrong price";
    ALLOWED(credit_note_in_full(arena, &request, &note, &fault));
    request = request_for(&note, &none);
    REFUSED(credit_note_in_full(arena, &request, &other, &fault), ERROR_INVALID, "invoice_id");
    arena_free(arena);
}

/* A credit note on a part-paid invoice first lowers what is unpaid, not below zero; the rest is the
 * client's credit. */
CASE(a_credit_note_first_lowers_what_is_unpaid_and_the_rest_is_credit)
{
    struct arena *arena = arena_new();
    struct list none = {0};
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct invoice note = {.id = sample_id(300)};
    struct allocation allocation = {.id = sample_id(400)};
    struct credit_request request = request_for(&invoice, &none);
    invoice.paid_minor = 7000;
    invoice_derive_state(&invoice);
    ALLOWED(credit_note_in_full(arena, &request, &note, &fault));
    assert_int_equal(credit_note_share(&note, &invoice), 3000);
    ALLOWED(allocate_credit_note(&note, &invoice, 3000, SAMPLE_NOON, &allocation, &fault));
    assert_int_equal(invoice_outstanding(&invoice), 0);
    assert_int_equal(invoice.credited_minor, 3000);
    assert_int_equal(invoice.state, INVOICE_PAID);
    assert_int_equal(credit_note_rest(&note), 7000);
    assert_int_equal(note.state, INVOICE_PART_PAID);
    assert_int_equal(credit_note_share(&note, &invoice), 0);
    arena_free(arena);
}

CASE(an_unpaid_invoice_is_cancelled_by_a_full_credit_note)
{
    struct arena *arena = arena_new();
    struct list none = {0};
    struct invoice invoice = issued_invoice(arena, 10000, TAX_STANDARD, 200000, 1);
    struct invoice note = {.id = sample_id(300)};
    struct allocation allocation = {.id = sample_id(400)};
    struct credit_request request = request_for(&invoice, &none);
    ALLOWED(credit_note_in_full(arena, &request, &note, &fault));
    ALLOWED(allocate_credit_note(&note, &invoice, credit_note_share(&note, &invoice), SAMPLE_NOON,
                                 &allocation, &fault));
    assert_int_equal(invoice.state, INVOICE_CANCELLED);
    assert_int_equal(note.state, INVOICE_PAID);
    assert_int_equal(credit_note_rest(&note), 0);
    arena_free(arena);
}

/* An invoice of three lines whose tax of 0.015 each is rounded by the contract's rule. */
static struct invoice three_lines(struct arena *arena, struct tax_rule rule)
{
    struct invoice invoice = issued_invoice(arena, 15, TAX_STANDARD, 100000, 1);
    struct invoice_line *lines = arena_array(arena, 3, sizeof *lines);
    struct tax_line taxed[3];
    struct tax_breakdown breakdown;
    for (int i = 0; i < 3; i++) {
        lines[i] = *LIST_AT(struct invoice_line, invoice.lines, 0);
        lines[i].number = i + 1;
        lines[i].unit_price_minor = lines[i].net_minor = 15;
        taxed[i] = (struct tax_line){TAX_STANDARD, 100000, 15, NULL};
    }
    invoice.lines = (struct list){lines, 3};
    ALLOWED(tax_compute(rule, taxed, 3, &breakdown, NULL));
    invoice_set_breakdown(arena, &invoice, &breakdown);
    return invoice;
}

/* Takes the lines back one after the other; what tax each credit note has. */
static void credit_line_by_line(struct arena *arena, const struct invoice *invoice,
                                struct tax_rule rule, int64_t tax_minor[3])
{
    struct invoice notes[3] = {
        {.id = sample_id(300)}, {.id = sample_id(301)}, {.id = sample_id(302)}};
    for (size_t i = 0; i < 3; i++) {
        struct list earlier = {notes, i};
        struct credit_request request = request_for(invoice, &earlier);
        struct credit_line line = {(int64_t)i + 1, 15};
        request.tax_rule = rule;
        ALLOWED(credit_note_in_part(arena, &request, &line, 1, &notes[i], &fault));
        assert_int_equal(
            credit_note_takes_rest(invoice, &earlier, &notes[i], invoice->milestone_id), i == 2);
        tax_minor[i] = notes[i].tax_minor;
    }
}

/* The same rule for the invoice and for what takes it back, so that a line credited alone takes
 * back the very tax that it brought. */
CASE(credit_notes_round_tax_as_their_invoice_did)
{
    static const struct tax_rule per_line = {TAX_PER_LINE, ROUND_HALF_UP};
    static const struct tax_rule per_group = {TAX_PER_GROUP, ROUND_HALF_UP};
    struct arena *arena = arena_new();
    int64_t tax_minor[3];
    struct invoice invoice = three_lines(arena, per_line);
    assert_int_equal(invoice.tax_minor, 6); /* 2 + 2 + 2 */
    credit_line_by_line(arena, &invoice, per_line, tax_minor);
    assert_int_equal(tax_minor[0], 2);
    assert_int_equal(tax_minor[1], 2);
    assert_int_equal(tax_minor[2], 2);
    invoice = three_lines(arena, per_group);
    assert_int_equal(invoice.tax_minor, 5); /* of 0.45, 0.045 */
    credit_line_by_line(arena, &invoice, per_group, tax_minor);
    assert_int_equal(tax_minor[0] + tax_minor[1] + tax_minor[2], 5);
    arena_free(arena);
}

RUN(T(what_bills_progress_is_not_taken_back_with_the_acceptance),
    T(a_full_credit_note_mirrors_its_invoice),
    T(credit_notes_for_parts_take_exactly_the_whole_and_leave_no_cent),
    T(a_credit_note_takes_no_more_than_is_left_of_a_line),
    T(a_credit_note_has_a_reason_and_is_for_an_invoice),
    T(a_credit_note_first_lowers_what_is_unpaid_and_the_rest_is_credit),
    T(an_unpaid_invoice_is_cancelled_by_a_full_credit_note),
    T(credit_notes_round_tax_as_their_invoice_did))
