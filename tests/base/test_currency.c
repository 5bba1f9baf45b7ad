#include "base/currency.h"

#include "../check.h"

CASE(decimals_come_from_the_table)
{
    static const struct {
        const char *code;
        int exponent;
    } known[] = {{"EUR", 2}, {"JPY", 0}, {"BHD", 3}, {"CLF", 4},
                 {"UYW", 4}, {"ISK", 0}, {"TND", 3}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(currency_exponent(known[i].code), known[i].exponent);
}

CASE(unknown_and_withdrawn_codes_are_not_found)
{
    static const char *const unknown[] = {"",    "E",   "EU",  "EURO", "eur", "EU ",
                                          "ZZZ", "DEM", "HRK", "ANG",  "BGN", "AAA"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_null(currency_find(unknown[i]));
}

CASE(codes_without_a_minor_unit_cannot_be_billed)
{
    static const char *const metals[] = {"XAU", "XAG", "XPT", "XPD", "XBA", "XBB", "XBC",
                                         "XBD", "XDR", "XSU", "XUA", "XTS", "XXX"};
    for (size_t i = 0; i < sizeof metals / sizeof *metals; i++)
        assert_null(currency_find(metals[i]));
}

CASE(the_table_is_sorted_and_each_code_is_found)
{
    size_t count;
    const struct currency *all = currency_list(&count);
    assert_int_equal(count, 165);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(strlen(all[i].code), 3);
        assert_int_equal(strspn(all[i].code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 3);
        assert_in_range(all[i].numeric, 1, 999);
        assert_in_range(all[i].exponent, 0, 4);
        assert_true(strlen(all[i].name) > 2);
        assert_true(i == 0 || strcmp(all[i - 1].code, all[i].code) < 0);
        assert_ptr_equal(currency_find(all[i].code), &all[i]);
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(all[i].numeric, all[j].numeric);
    }
}

CASE(facts_of_the_euro)
{
    const struct currency *euro = currency_find("EUR");
    assert_non_null(euro);
    assert_int_equal(euro->numeric, 978);
    assert_string_equal(euro->name, "Euro");
}

RUN(T(decimals_come_from_the_table), T(unknown_and_withdrawn_codes_are_not_found),
    T(codes_without_a_minor_unit_cannot_be_billed), T(the_table_is_sorted_and_each_code_is_found),
    T(facts_of_the_euro))
