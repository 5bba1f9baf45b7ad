#include "core/number_format.h"

#include "../random.h"
#include "core/reference.h"
#include "sample.h"

static struct fault fault;

static const bool nothing_used[SERIES_LAST + 1];
static const bool all_used[SERIES_LAST + 1] = {
    [SERIES_INVOICE] = true, [SERIES_CREDIT_NOTE] = true, [SERIES_CONTRACT] = true,
    [SERIES_PAYMENT] = true, [SERIES_REFUND] = true,
};

static struct number_format format_of(enum number_series series, const char *pattern,
                                      int64_t digits, enum number_reset reset)
{
    return (struct number_format){series, series, pattern, digits, reset, 0};
}

static struct number_format yearly(const char *pattern)
{
    return format_of(SERIES_INVOICE, pattern, 4, NUMBER_RESET_YEARLY);
}

static struct number_format endless(const char *pattern)
{
    return format_of(SERIES_INVOICE, pattern, 4, NUMBER_RESET_NEVER);
}

static const struct number_format shared = {SERIES_CREDIT_NOTE, SERIES_INVOICE, NULL, 0, 0, 0};

/* ---- writing and reading ------------------------------------------------------------------- */

CASE(numbers_start_anew_each_year_and_grow_past_9999)
{
    static const char *const first[] = {
        [SERIES_INVOICE] = "2016-0001",    [SERIES_CREDIT_NOTE] = "CN-2016-0001",
        [SERIES_CONTRACT] = "C-2016-0001", [SERIES_PAYMENT] = "P-2016-0001",
        [SERIES_REFUND] = "R-2016-0001",
    };
    struct arena *arena = arena_new();
    const struct list none = {0};
    for (enum number_series series = SERIES_INVOICE; series <= SERIES_LAST; series++)
        assert_string_equal(number_format_write(arena, number_format_of(&none, series), 2016, 1),
                            first[series]);
    const struct number_format *format = number_format_initial(SERIES_INVOICE);
    assert_string_equal(number_format_write(arena, format, 2016, 12345), "2016-12345");
    assert_int_equal(number_format_year(format, sample_day("2015-12-31")), 2015);
    assert_int_equal(number_format_year(format, sample_day("2016-01-01")), 2016);
    struct number_format ever = endless("INV{number}");
    assert_int_equal(number_format_year(&ever, sample_day("2016-01-01")), 0);
    arena_free(arena);
}

CASE(a_company_writes_its_numbers_as_it_likes)
{
    struct arena *arena = arena_new();
    struct number_format formats[] = {
        yearly("INV/{year}/{number}"),
        format_of(SERIES_INVOICE, "{number}.{year}", 2, NUMBER_RESET_YEARLY),
        format_of(SERIES_INVOICE, "RE-{number}", 1, NUMBER_RESET_NEVER),
        format_of(SERIES_INVOICE, "{year}_A{number}", 9, NUMBER_RESET_NEVER),
    };
    static const char *const texts[] = {"INV/2016/0042", "42.2016", "RE-42", "2016_A000000042"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        int year;
        int64_t number;
        ALLOWED(number_format_check(&formats[i], &fault));
        assert_string_equal(number_format_write(arena, &formats[i], 2016, 42), texts[i]);
        assert_true(number_format_read(&formats[i], texts[i], &year, &number));
        assert_int_equal(number, 42);
        assert_int_equal(year, i == 2 ? 0 : 2016);
    }
    arena_free(arena);
}

CASE(only_what_would_be_written_is_read)
{
    static const char *const others[] = {"",           "2016-001",  "2016-00001",  "2016-0000",
                                         "216-0001",   "2016 0001", "2016-0001 ",  "2016-000a",
                                         "x2016-0001", "2016--001", "CN-2016-0001"};
    int year;
    int64_t number;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(
            number_format_read(number_format_initial(SERIES_INVOICE), others[i], &year, &number));
    assert_true(
        number_format_read(number_format_initial(SERIES_INVOICE), "2016-10000", &year, &number));
}

/* ---- choosing ------------------------------------------------------------------------------ */

CASE(a_pattern_has_its_number_once_and_the_year_where_it_starts_anew)
{
    static const struct {
        const char *pattern;
        enum number_reset reset;
        enum error code;
        const char *field;
    } cases[] = {
        {NULL, NUMBER_RESET_YEARLY, ERROR_INVALID, "pattern"},
        {"", NUMBER_RESET_YEARLY, ERROR_INVALID, "pattern"},
        {"INV-{year}", NUMBER_RESET_YEARLY, ERROR_INVALID, "pattern"},
        {"{number}{number}", NUMBER_RESET_NEVER, ERROR_INVALID, "pattern"},
        {"INV-{number}", NUMBER_RESET_YEARLY, ERROR_INVALID, "pattern"},
        {"{year}{year}{number}", NUMBER_RESET_YEARLY, ERROR_INVALID, "pattern"},
        {"{Number}", NUMBER_RESET_NEVER, ERROR_INVALID, "pattern"},
        {"INV {number}", NUMBER_RESET_NEVER, ERROR_INVALID, "pattern"},
        {"\xc3\x84{number}", NUMBER_RESET_NEVER, ERROR_INVALID, "pattern"},
        {"ABCDEFGHI{number}", NUMBER_RESET_NEVER, ERROR_OUT_OF_RANGE, "pattern"},
        {"INV-{number}", 0, ERROR_INVALID, "reset"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct number_format format =
            format_of(SERIES_INVOICE, cases[i].pattern, 4, cases[i].reset);
        REFUSED(number_format_check(&format, &fault), cases[i].code, cases[i].field);
    }
    struct number_format format = endless("{number}");
    format.digits = 0;
    REFUSED(number_format_check(&format, &fault), ERROR_OUT_OF_RANGE, "digits");
    format.digits = NUMBER_DIGITS_LIMIT + 1;
    REFUSED(number_format_check(&format, &fault), ERROR_OUT_OF_RANGE, "digits");
}

CASE(only_credit_notes_take_their_numbers_from_another_series)
{
    struct number_format format = shared;
    ALLOWED(number_format_check(&format, &fault));
    format.pattern = "CN-{number}";
    REFUSED(number_format_check(&format, &fault), ERROR_INVALID, "pattern");
    format = (struct number_format){SERIES_PAYMENT, SERIES_INVOICE, NULL, 0, 0, 0};
    REFUSED(number_format_check(&format, &fault), ERROR_INVALID, "drawn_from");
    format = (struct number_format){SERIES_CREDIT_NOTE, SERIES_REFUND, NULL, 0, 0, 0};
    REFUSED(number_format_check(&format, &fault), ERROR_INVALID, "drawn_from");
}

CASE(the_last_choice_holds_and_earlier_numbers_are_still_read)
{
    struct number_format rows[] = {yearly("INV-{year}-{number}"), shared, endless("RE{number}")};
    const struct list history = {rows, 3};
    struct document_count count;
    assert_string_equal(number_format_of(&history, SERIES_INVOICE)->pattern, "RE{number}");
    assert_ptr_equal(number_format_of(&history, SERIES_CREDIT_NOTE),
                     number_format_of(&history, SERIES_INVOICE));
    assert_ptr_equal(number_format_with(&history, SERIES_INVOICE, NUMBER_RESET_YEARLY), &rows[0]);
    assert_true(number_format_find(&history, SERIES_INVOICE, "2016-0007", &count));
    assert_int_equal(count.year, 2016);
    assert_true(number_format_find(&history, SERIES_INVOICE, "INV-2016-0007", &count));
    assert_true(number_format_find(&history, SERIES_INVOICE, "RE0007", &count));
    assert_int_equal(count.year, 0);
    assert_int_equal(count.number, 7);
    assert_true(number_format_find(&history, SERIES_CREDIT_NOTE, "CN-2016-0007", &count));
    assert_int_equal(count.series, SERIES_CREDIT_NOTE);
    assert_true(number_format_find(&history, SERIES_CREDIT_NOTE, "RE0007", &count));
    assert_int_equal(count.series, SERIES_INVOICE);
    assert_false(number_format_find(&history, SERIES_INVOICE, "CN-2016-0007", &count));
    const struct list before_sharing = {rows, 1};
    assert_false(number_format_find(&before_sharing, SERIES_CREDIT_NOTE, "RE0007", &count));
}

CASE(a_choice_that_could_repeat_a_number_or_a_reference_is_refused)
{
    static const struct {
        const char *pattern;
        enum number_reset reset;
        bool fits; /* beside the initial "{year}-{number}", once it is used */
    } cases[] = {
        {"INV-{year}-{number}", NUMBER_RESET_YEARLY, true},
        {"{year}/{number}", NUMBER_RESET_YEARLY, true}, /* goes on counting, and reads alike */
        {"{year}{number}", NUMBER_RESET_YEARLY, true},
        {"{year}-{number}", NUMBER_RESET_NEVER, false},  /* begins again at 1 */
        {"{number}-{year}", NUMBER_RESET_YEARLY, false}, /* 20172016 could be of either */
        {"{number}", NUMBER_RESET_NEVER, false},
        {"1-{number}", NUMBER_RESET_NEVER, false}, /* 1-2345678 has the letters of 1234-5678 */
        {"A{number}", NUMBER_RESET_NEVER, true},
        {"{number}A", NUMBER_RESET_NEVER, true},
    };
    const struct list none = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct number_format format =
            format_of(SERIES_INVOICE, cases[i].pattern, 4, cases[i].reset);
        ALLOWED(number_format_check(&format, &fault));
        if (cases[i].fits)
            ALLOWED(number_format_fits(&none, &format, all_used, &fault));
        else
            REFUSED(number_format_fits(&none, &format, all_used, &fault), ERROR_CONFLICT,
                    "pattern");
        /* Where nothing was issued there is nothing to repeat. */
        ALLOWED(number_format_fits(&none, &format, nothing_used, &fault));
    }
}

CASE(no_two_series_write_the_same_numbers)
{
    const struct list none = {0};
    struct number_format format = yearly("c{year}.{number}"); /* the letters of contracts */
    REFUSED(number_format_fits(&none, &format, nothing_used, &fault), ERROR_CONFLICT, "pattern");
    assert_string_equal(fault.detail, "could give the same numbers or payment references as "
                                      "C-{year}-{number} of the series contract");
    struct number_format moved = format_of(SERIES_CONTRACT, "V-{number}", 4, NUMBER_RESET_NEVER);
    const struct list history = {&moved, 1};
    ALLOWED(number_format_fits(&history, &format, nothing_used, &fault));
    REFUSED(number_format_fits(&history, &format, all_used, &fault), ERROR_CONFLICT, "pattern");
    /* Credit notes may come to share the numbers of invoices, so these never look alike. */
    format = format_of(SERIES_CREDIT_NOTE, "{year}-{number}", 4, NUMBER_RESET_YEARLY);
    struct number_format renamed = yearly("INV-{year}-{number}");
    const struct list invoices = {&renamed, 1};
    REFUSED(number_format_fits(&invoices, &format, nothing_used, &fault), ERROR_CONFLICT,
            "pattern");
    ALLOWED(number_format_fits(&invoices, &shared, all_used, &fault));
}

/* ---- references ---------------------------------------------------------------------------- */

static const char *number_of_text(struct arena *arena, const struct number_format *format,
                                  const char *text)
{
    char reference[REFERENCE_SIZE];
    if (!reference_parse(text, reference))
        return NULL;
    return number_format_of_body(arena, format, reference_body(reference));
}

CASE(a_reference_gives_its_invoice_number_back)
{
    const struct number_format formats[] = {
        *number_format_initial(SERIES_INVOICE), yearly("inv/{year}/{number}"),
        endless("R.{number}_A"),
        format_of(SERIES_INVOICE, "{number}-{year}", 1, NUMBER_RESET_YEARLY)};
    struct arena *arena = arena_new();
    struct random random = {20160622};
    char reference[REFERENCE_SIZE];
    for (int i = 0; i < 5000; i++) {
        const struct number_format *format = &formats[i % 4];
        int year = (int)random_between(&random, 1, 9999);
        int64_t most = i % 8 < 4 ? 9999 : INT64_C(999999999);
        const char *number =
            number_format_write(arena, format, year, random_between(&random, 1, most));
        ALLOWED(reference_make(number, reference, &fault));
        assert_string_equal(number_of_text(arena, format, reference), number);
    }
    arena_free(arena);
}

CASE(the_longest_number_of_any_pattern_has_a_reference)
{
    struct arena *arena = arena_new();
    char reference[REFERENCE_SIZE];
    struct number_format format =
        format_of(SERIES_INVOICE, "ABCD-{year}.{number}/EFGH", 9, NUMBER_RESET_YEARLY);
    ALLOWED(number_format_check(&format, &fault));
    ALLOWED(
        reference_make(number_format_write(arena, &format, 9999, 999999999), reference, &fault));
    arena_free(arena);
}

CASE(what_payers_write_is_no_number_unless_it_is_a_right_reference)
{
    static const char *const others[] = {"", "2016-0001", "RF", "thank you", "RF00 2016 0001"};
    const struct number_format *format = number_format_initial(SERIES_INVOICE);
    struct arena *arena = arena_new();
    char reference[REFERENCE_SIZE];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_null(number_of_text(arena, format, others[i]));
    ALLOWED(reference_make("CN-2016-0001", reference, &fault));
    assert_null(number_of_text(arena, format, reference));
    ALLOWED(reference_make("2016-001", reference, &fault));
    assert_null(number_of_text(arena, format, reference));
    ALLOWED(reference_make("2016-0042", reference, &fault));
    for (size_t at = 2; reference[at]; at++) {
        char right = reference[at];
        for (char digit = '0'; digit <= '9'; digit++) {
            reference[at] = digit;
            assert_int_equal(number_of_text(arena, format, reference) != NULL, digit == right);
        }
        reference[at] = right;
    }
    arena_free(arena);
}

RUN(T(numbers_start_anew_each_year_and_grow_past_9999), T(a_company_writes_its_numbers_as_it_likes),
    T(only_what_would_be_written_is_read),
    T(a_pattern_has_its_number_once_and_the_year_where_it_starts_anew),
    T(only_credit_notes_take_their_numbers_from_another_series),
    T(the_last_choice_holds_and_earlier_numbers_are_still_read),
    T(a_choice_that_could_repeat_a_number_or_a_reference_is_refused),
    T(no_two_series_write_the_same_numbers), T(a_reference_gives_its_invoice_number_back),
    T(the_longest_number_of_any_pattern_has_a_reference),
    T(what_payers_write_is_no_number_unless_it_is_a_right_reference))
