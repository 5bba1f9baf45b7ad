#include "document/payment_code.h"

#include "../check.h"

static const struct payment_order order = {
    .holder = "Atelier Nord GmbH",
    .iban = "DE89 3704 0044 0532 0130 00",
    .bic = "COBADEFFXXX",
    .currency = "EUR",
    .amount_minor = 1234550,
    .reference = "RF18 5390 0754 7034",
};

#define HEAD "BCD\n002\n1\nSCT\n"

CASE(the_payload_has_the_elements_of_the_standard_in_order)
{
    struct arena *arena = arena_new();
    assert_string_equal(payment_code_text(arena, &order),
                        HEAD "COBADEFFXXX\nAtelier Nord GmbH\nDE89370400440532013000\n"
                             "EUR12345.50\n\nRF18539007547034");
    arena_free(arena);
}

CASE(the_bic_may_be_missing)
{
    struct arena *arena = arena_new();
    struct payment_order without = order;
    without.bic = NULL;
    without.reference = NULL;
    assert_string_equal(payment_code_text(arena, &without),
                        HEAD "\nAtelier Nord GmbH\nDE89370400440532013000\nEUR12345.50");
    arena_free(arena);
}

CASE(a_reference_that_is_not_structured_goes_as_text)
{
    struct arena *arena = arena_new();
    struct payment_order other = order;
    other.reference = "Invoice 47, with thanks";
    assert_string_equal(payment_code_text(arena, &other),
                        HEAD "COBADEFFXXX\nAtelier Nord GmbH\nDE89370400440532013000\n"
                             "EUR12345.50\n\n\nInvoice 47, with thanks");
    arena_free(arena);
}

CASE(only_euro_amounts_within_the_standard_have_a_code)
{
    struct arena *arena = arena_new();
    struct payment_order dollars = order;
    dollars.currency = "USD";
    assert_null(payment_code_text(arena, &dollars));
    static const struct {
        int64_t amount_minor;
        bool has_code;
    } amounts[] = {
        {INT64_MIN, false}, {0, false}, {1, true}, {99999999999, true}, {100000000000, false}};
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        struct payment_order of_amount = order;
        of_amount.amount_minor = amounts[i].amount_minor;
        assert_int_equal(payment_code_text(arena, &of_amount) != NULL, amounts[i].has_code);
        assert_int_equal(payment_code(arena, &of_amount) != NULL, amounts[i].has_code);
    }
    arena_free(arena);
}

CASE(impossible_accounts_have_no_code)
{
    struct arena *arena = arena_new();
    static const char *const ibans[] = {NULL,
                                        "",
                                        "DE",
                                        "8937040044053201300012",
                                        "DE88370400440532013000", /* a wrong check digit */
                                        "DEX9370400440532013000",
                                        "DE89370400440532013000DE89370400440532013000"};
    for (size_t i = 0; i < sizeof ibans / sizeof ibans[0]; i++) {
        struct payment_order other = order;
        other.iban = ibans[i];
        assert_null(payment_code_text(arena, &other));
    }
    struct payment_order nobody = order;
    nobody.holder = "";
    assert_null(payment_code_text(arena, &nobody));
    arena_free(arena);
}

CASE(a_line_break_cannot_smuggle_in_an_element)
{
    struct arena *arena = arena_new();
    struct payment_order holder = order;
    holder.holder = "Atelier\nDE02120300000000202051";
    assert_null(payment_code_text(arena, &holder));
    struct payment_order reference = order;
    reference.reference = "x\ny";
    assert_null(payment_code_text(arena, &reference));
    struct payment_order iban = order;
    iban.iban = "DE89370400440532\n013000";
    assert_null(payment_code_text(arena, &iban));
    arena_free(arena);
}

CASE(a_long_holder_is_cut_after_70_characters_not_bytes)
{
    struct arena *arena = arena_new();
    char holder[3 * 100 + 1] = "";
    for (int i = 0; i < 100; i++)
        strcat(holder, i % 2 ? "ß" : "公");
    struct payment_order other = order;
    other.holder = holder;
    const char *payload = payment_code_text(arena, &other);
    const char *line = strstr(payload, "公");
    assert_int_equal(strcspn(line, "\n"), 35 * strlen("ß") + 35 * strlen("公"));
    arena_free(arena);
}

CASE(a_payload_beyond_331_bytes_has_no_code)
{
    struct arena *arena = arena_new();
    char holder[4 * 70 + 1] = "";
    for (int i = 0; i < 70; i++)
        strcat(holder, "𠀀");
    struct payment_order other = order;
    other.holder = holder;
    assert_null(payment_code(arena, &other));
    char text[142];
    memset(text, 'x', sizeof text);
    text[141] = '\0';
    other = order;
    other.reference = text;
    assert_null(payment_code_text(arena, &other));
    text[140] = '\0';
    assert_non_null(payment_code(arena, &other));
    arena_free(arena);
}

CASE(the_modules_are_a_square_with_three_finders)
{
    struct arena *arena = arena_new();
    const struct modules *modules = payment_code(arena, &order);
    int side = modules->side;
    assert_true(side >= 21 && side <= 69 && side % 4 == 1);
    const int corners[] = {0, side - 7, side * (side - 7)};
    for (int i = 0; i < 3; i++)
        for (int step = 0; step < 7; step++) {
            assert_int_equal(modules->dark[corners[i] + step], 1);
            assert_int_equal(modules->dark[corners[i] + step * side], 1);
        }
    for (int i = 0; i < side * side; i++)
        assert_true(modules->dark[i] <= 1);
    arena_free(arena);
}

RUN(T(the_payload_has_the_elements_of_the_standard_in_order), T(the_bic_may_be_missing),
    T(a_reference_that_is_not_structured_goes_as_text),
    T(only_euro_amounts_within_the_standard_have_a_code), T(impossible_accounts_have_no_code),
    T(a_line_break_cannot_smuggle_in_an_element),
    T(a_long_holder_is_cut_after_70_characters_not_bytes),
    T(a_payload_beyond_331_bytes_has_no_code), T(the_modules_are_a_square_with_three_finders))
