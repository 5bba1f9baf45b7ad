#include "core/tax.h"

#include <stdbool.h>

#include "../check.h"
#include "../random.h"

static const struct tax_rule per_group = {TAX_PER_GROUP, ROUND_HALF_UP};
static const struct tax_rule per_line = {TAX_PER_LINE, ROUND_HALF_UP};

static struct tax_breakdown computed(struct tax_rule rule, const struct tax_line *lines,
                                     size_t count)
{
    struct tax_breakdown breakdown;
    assert_int_equal(tax_compute(rule, lines, count, &breakdown, NULL), OK);
    return breakdown;
}

static void assert_totals(const struct tax_breakdown *breakdown, int64_t net, int64_t tax)
{
    assert_int_equal(breakdown->net_minor, net);
    assert_int_equal(breakdown->tax_minor, tax);
    assert_int_equal(breakdown->gross_minor, net + tax);
}

static void assert_group(const struct tax_group *group, enum tax_category category,
                         int64_t rate_ppm, int64_t base, int64_t tax)
{
    assert_int_equal(group->category, category);
    assert_int_equal(group->rate_ppm, rate_ppm);
    assert_int_equal(group->base_minor, base);
    assert_int_equal(group->tax_minor, tax);
}

CASE(categories_have_the_codes_of_the_standard)
{
    static const char *const codes[TAX_CATEGORY_COUNT] = {
        [TAX_STANDARD] = "S",        [TAX_ZERO_RATED] = "Z",      [TAX_EXEMPT] = "E",
        [TAX_REVERSE_CHARGE] = "AE", [TAX_INTRA_COMMUNITY] = "K", [TAX_EXPORT] = "G",
        [TAX_OUTSIDE_SCOPE] = "O",   [TAX_CANARY_ISLANDS] = "L",  [TAX_CEUTA_MELILLA] = "M",
    };
    for (enum tax_category category = TAX_STANDARD; category < TAX_CATEGORY_COUNT; category++) {
        assert_string_equal(tax_category_code(category), codes[category]);
    }
}

CASE(tax_is_rounded_once_per_category_and_rate)
{
    static const struct tax_line lines[] = {
        {TAX_STANDARD, 190000, 333},
        {TAX_STANDARD, 70000, 1050},
        {TAX_STANDARD, 190000, 333},
        {TAX_STANDARD, 190000, 334},
    };
    struct tax_breakdown breakdown = computed(per_group, lines, 4);
    assert_int_equal(breakdown.group_count, 2);
    assert_group(&breakdown.groups[0], TAX_STANDARD, 190000, 1000, 190);
    assert_group(&breakdown.groups[1], TAX_STANDARD, 70000, 1050, 74);
    assert_totals(&breakdown, 2050, 264);
}

CASE(tax_can_be_rounded_per_line)
{
    static const struct tax_line lines[] = {
        {TAX_STANDARD, 190000, 333},
        {TAX_STANDARD, 190000, 333},
        {TAX_STANDARD, 190000, 334},
    };
    struct tax_breakdown breakdown = computed(per_line, lines, 3);
    assert_int_equal(breakdown.group_count, 1);
    assert_totals(&breakdown, 1000, 63 + 63 + 63);
}

CASE(allowances_lower_the_base_before_tax)
{
    static const struct tax_line lines[] = {
        {TAX_STANDARD, 200000, 100000},
        {TAX_STANDARD, 200000, -2501},
        {TAX_STANDARD, 200000, 500},
    };
    struct tax_breakdown breakdown = computed(per_group, lines, 3);
    assert_totals(&breakdown, 97999, 19600);
}

CASE(half_even_is_used_when_chosen)
{
    static const struct tax_line line = {TAX_STANDARD, 50000, 50};
    struct tax_rule even = {TAX_PER_GROUP, ROUND_HALF_EVEN};
    struct tax_breakdown up = computed(per_group, &line, 1);
    struct tax_breakdown to_even = computed(even, &line, 1);
    assert_int_equal(up.tax_minor, 3);
    assert_int_equal(to_even.tax_minor, 2);
}

CASE(a_document_without_lines_has_no_groups)
{
    struct tax_breakdown breakdown = computed(per_group, NULL, 0);
    assert_int_equal(breakdown.group_count, 0);
    assert_totals(&breakdown, 0, 0);
}

CASE(groups_without_tax_say_why)
{
    static const struct tax_line lines[] = {
        {TAX_EXEMPT, 0, 100, "Education, article 132"},
        {TAX_REVERSE_CHARGE, 0, 100},
        {TAX_INTRA_COMMUNITY, 0, 100, ""},
        {TAX_EXPORT, 0, 100, "Article 146"},
        {TAX_ZERO_RATED, 0, 100},
        {TAX_CANARY_ISLANDS, 0, 100},
        {TAX_CEUTA_MELILLA, 40000, 100},
    };
    struct tax_breakdown breakdown = computed(per_group, lines, 7);
    assert_string_equal(breakdown.groups[0].reason, "Education, article 132");
    assert_string_equal(breakdown.groups[1].reason, "Reverse charge");
    assert_string_equal(breakdown.groups[2].reason, "Intra-community supply");
    assert_string_equal(breakdown.groups[3].reason, "Article 146");
    assert_null(breakdown.groups[4].reason);
    assert_null(breakdown.groups[5].reason);
    assert_null(breakdown.groups[6].reason);
    assert_totals(&breakdown, 700, 4);
    static const struct tax_line outside = {TAX_OUTSIDE_SCOPE, 0, 100};
    breakdown = computed(per_group, &outside, 1);
    assert_string_equal(breakdown.groups[0].reason, "Not subject to VAT");
}

static void assert_refused(const struct tax_line *lines, size_t count, enum error error,
                           const char *field)
{
    struct tax_breakdown breakdown = {.net_minor = 42};
    struct fault fault = {0};
    assert_int_equal(tax_compute(per_group, lines, count, &breakdown, &fault), error);
    assert_string_equal(fault.field, field);
    assert_true(strlen(fault.detail) > 0);
    assert_int_equal(breakdown.net_minor, 42);
}

CASE(category_rate_and_reason_must_go_together)
{
    static const struct {
        struct tax_line line;
        enum error error;
        const char *field;
    } cases[] = {
        {{TAX_UNKNOWN, 0, 1}, ERROR_INVALID, "lines/0/category"},
        {{TAX_CATEGORY_COUNT, 0, 1}, ERROR_INVALID, "lines/0/category"},
        {{TAX_STANDARD, 0, 1}, ERROR_INVALID, "lines/0/rate"},
        {{TAX_STANDARD, -1, 1}, ERROR_OUT_OF_RANGE, "lines/0/rate"},
        {{TAX_STANDARD, 1000001, 1}, ERROR_OUT_OF_RANGE, "lines/0/rate"},
        {{TAX_ZERO_RATED, 190000, 1}, ERROR_INVALID, "lines/0/rate"},
        {{TAX_EXEMPT, 190000, 1, "why"}, ERROR_INVALID, "lines/0/rate"},
        {{TAX_REVERSE_CHARGE, 190000, 1}, ERROR_INVALID, "lines/0/rate"},
        {{TAX_INTRA_COMMUNITY, 1, 1}, ERROR_INVALID, "lines/0/rate"},
        {{TAX_EXPORT, 1, 1}, ERROR_INVALID, "lines/0/rate"},
        {{TAX_OUTSIDE_SCOPE, 1, 1}, ERROR_INVALID, "lines/0/rate"},
        {{TAX_EXEMPT, 0, 1}, ERROR_INVALID, "lines/0/reason"},
        {{TAX_EXEMPT, 0, 1, ""}, ERROR_INVALID, "lines/0/reason"},
        {{TAX_STANDARD, 190000, 1, "why"}, ERROR_INVALID, "lines/0/reason"},
        {{TAX_ZERO_RATED, 0, 1, "why"}, ERROR_INVALID, "lines/0/reason"},
        {{TAX_CANARY_ISLANDS, 0, 1, "why"}, ERROR_INVALID, "lines/0/reason"},
        {{TAX_CEUTA_MELILLA, 0, 1, "why"}, ERROR_INVALID, "lines/0/reason"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(&cases[i].line, 1, cases[i].error, cases[i].field);
}

/* EN 16931, BR-O-11 to BR-O-14. */
CASE(outside_scope_cannot_stand_beside_another_category)
{
    static const struct tax_line last[] = {{TAX_STANDARD, 190000, 1}, {TAX_OUTSIDE_SCOPE, 0, 1}};
    assert_refused(last, 2, ERROR_INVALID, "lines/1/category");
    static const struct tax_line first[] = {
        {TAX_OUTSIDE_SCOPE, 0, 1}, {TAX_OUTSIDE_SCOPE, 0, 1}, {TAX_ZERO_RATED, 0, 1}};
    assert_refused(first, 3, ERROR_INVALID, "lines/2/category");
}

/* EN 16931, BR-E-01: one group for all that is exempt, so it has one reason. */
CASE(lines_of_one_group_give_one_reason)
{
    static const struct tax_line lines[] = {{TAX_EXEMPT, 0, 1, "a"}, {TAX_EXEMPT, 0, 1, "b"}};
    assert_refused(lines, 2, ERROR_INVALID, "lines/1/reason");
}

CASE(sums_and_groups_have_limits)
{
    static const struct tax_line large[] = {{TAX_STANDARD, 190000, INT64_MAX},
                                            {TAX_STANDARD, 190000, 1}};
    assert_refused(large, 2, ERROR_OUT_OF_RANGE, "amount");
    assert_refused(large, 1, ERROR_OUT_OF_RANGE, "amount");
    struct tax_line many[TAX_GROUP_LIMIT + 1];
    for (int i = 0; i <= TAX_GROUP_LIMIT; i++)
        many[i] = (struct tax_line){TAX_STANDARD, 10000 * (i + 1), 100};
    assert_refused(many, TAX_GROUP_LIMIT + 1, ERROR_OUT_OF_RANGE, "lines");
    struct tax_breakdown breakdown = computed(per_group, many, TAX_GROUP_LIMIT);
    assert_int_equal(breakdown.group_count, TAX_GROUP_LIMIT);
}

CASE(credits_in_parts_use_the_tax_that_was_issued)
{
    /* 100.05 at 19% is 19.0095, issued as 19.01. */
    static const struct tax_line line = {TAX_STANDARD, 190000, 10005};
    struct tax_breakdown issued = computed(per_group, &line, 1);
    assert_totals(&issued, 10005, 1901);
    static const struct tax_line third = {TAX_STANDARD, 190000, 3335};
    static const int64_t expected_tax[] = {634, 633, 634};
    struct tax_breakdown reversed = {0};
    for (int i = 0; i < 3; i++) {
        struct tax_breakdown credit;
        assert_int_equal(tax_reverse(&issued, &reversed, &third, 1, ROUND_HALF_UP, &credit, NULL),
                         OK);
        assert_totals(&credit, 3335, expected_tax[i]);
        assert_int_equal(tax_accumulate(&reversed, &credit, NULL), OK);
    }
    assert_totals(&reversed, 10005, 1901);
}

CASE(a_credit_cannot_exceed_what_is_left)
{
    static const struct tax_line line = {TAX_STANDARD, 190000, 1000};
    struct tax_breakdown issued = computed(per_group, &line, 1);
    struct tax_breakdown none = {0}, credit = {.net_minor = 42};
    static const struct {
        struct tax_line line;
        enum error error;
        const char *field;
    } cases[] = {
        {{TAX_STANDARD, 190000, 1001}, ERROR_OUT_OF_RANGE, "lines"},
        {{TAX_STANDARD, 190000, -1}, ERROR_OUT_OF_RANGE, "lines"},
        {{TAX_STANDARD, 70000, 10}, ERROR_INVALID, "lines/0/category"},
        {{TAX_ZERO_RATED, 0, 10}, ERROR_INVALID, "lines/0/category"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = {0};
        assert_int_equal(
            tax_reverse(&issued, &none, &cases[i].line, 1, ROUND_HALF_UP, &credit, &fault),
            cases[i].error);
        assert_string_equal(fault.field, cases[i].field);
        assert_int_equal(credit.net_minor, 42);
    }
}

CASE(nothing_is_left_after_a_full_credit)
{
    static const struct tax_line lines[] = {{TAX_STANDARD, 190000, 1005},
                                            {TAX_EXEMPT, 0, 700, "Education"}};
    struct tax_breakdown issued = computed(per_group, lines, 2);
    struct tax_breakdown reversed = {0}, credit;
    assert_int_equal(tax_reverse(&issued, &reversed, lines, 2, ROUND_HALF_UP, &credit, NULL), OK);
    assert_totals(&credit, issued.net_minor, issued.tax_minor);
    assert_string_equal(credit.groups[1].reason, "Education");
    assert_int_equal(tax_accumulate(&reversed, &credit, NULL), OK);
    static const struct tax_line more = {TAX_STANDARD, 190000, 1};
    assert_int_equal(tax_reverse(&issued, &reversed, &more, 1, ROUND_HALF_UP, &credit, NULL),
                     ERROR_OUT_OF_RANGE);
}

/* odoo/odoo#278984: half a piece at 1.01, a deposit of 100%, and a credit note of 0.01 at the end.
 */
CASE(a_deposit_of_everything_leaves_a_final_invoice_of_zero)
{
    int64_t net;
    assert_int_equal(money_ratio(101, 1, 2, ROUND_HALF_UP, &net, NULL), OK);
    struct tax_line line = {TAX_STANDARD, 210000, net};
    struct tax_breakdown deposit = computed(per_group, &line, 1);
    struct tax_breakdown final = computed(per_group, &line, 1);
    struct tax_breakdown none = {0}, deducted;
    assert_int_equal(tax_reverse(&deposit, &none, &line, 1, ROUND_HALF_UP, &deducted, NULL), OK);
    assert_int_equal(final.net_minor - deducted.net_minor, 0);
    assert_int_equal(final.gross_minor - deducted.gross_minor, 0);
}

CASE(a_negative_document_is_reversed_alike)
{
    static const struct tax_line line = {TAX_STANDARD, 190000, -10005};
    struct tax_breakdown issued = computed(per_group, &line, 1);
    struct tax_breakdown none = {0}, reversal;
    static const struct tax_line part = {TAX_STANDARD, 190000, -3335};
    assert_int_equal(tax_reverse(&issued, &none, &part, 1, ROUND_HALF_UP, &reversal, NULL), OK);
    assert_totals(&reversal, -3335, -634);
}

CASE(tax_on_a_base_of_zero_goes_with_the_rest)
{
    /* Rounded per line 0.05 makes a cent of tax, 0.03 and 0.02 make none. */
    static const struct tax_line lines[] = {
        {TAX_STANDARD, 100000, 5}, {TAX_STANDARD, 100000, -3}, {TAX_STANDARD, 100000, -2}};
    struct tax_breakdown issued = computed(per_line, lines, 3);
    assert_totals(&issued, 0, 1);
    struct tax_breakdown none = {0}, credit;
    assert_int_equal(tax_reverse(&issued, &none, lines, 3, ROUND_HALF_UP, &credit, NULL), OK);
    assert_totals(&credit, 0, 1);
}

/* As after an import: the part credited before took all the tax, none, or too much. */
CASE(earlier_credits_by_another_rule_are_evened_out_by_the_last)
{
    static const struct tax_line line = {TAX_STANDARD, 200000, 1000};
    static const struct tax_line half = {TAX_STANDARD, 200000, 250};
    struct tax_breakdown issued = computed(per_group, &line, 1);
    static const int64_t taken[] = {200, 0, 300};
    static const int64_t expected_next[] = {0, 150, 0};
    for (int i = 0; i < 3; i++) {
        struct tax_breakdown reversed = {
            .group_count = 1,
            .groups = {{TAX_STANDARD, 200000, 500, taken[i], NULL}},
        };
        struct tax_breakdown credit;
        assert_int_equal(tax_reverse(&issued, &reversed, &half, 1, ROUND_HALF_UP, &credit, NULL),
                         OK);
        assert_totals(&credit, 250, expected_next[i]);
        assert_int_equal(tax_accumulate(&reversed, &credit, NULL), OK);
        assert_int_equal(tax_reverse(&issued, &reversed, &half, 1, ROUND_HALF_UP, &credit, NULL),
                         OK);
        assert_int_equal(tax_accumulate(&reversed, &credit, NULL), OK);
        assert_totals(&reversed, 1000, 200);
    }
}

CASE(more_reversed_than_issued_is_refused)
{
    static const struct tax_line line = {TAX_STANDARD, 200000, 1000};
    struct tax_breakdown issued = computed(per_group, &line, 1);
    struct tax_breakdown reversed = {
        .group_count = 1,
        .groups = {{TAX_STANDARD, 200000, 1001, 200, NULL}},
    };
    struct tax_breakdown credit;
    struct fault fault = {0};
    assert_int_equal(tax_reverse(&issued, &reversed, &line, 1, ROUND_HALF_UP, &credit, &fault),
                     ERROR_OUT_OF_RANGE);
    assert_string_equal(fault.field, "reversed");
}

static struct tax_part part_of(const struct tax_line *line, int64_t reversed_minor,
                               int64_t net_minor)
{
    return (struct tax_part){line->category, line->rate_ppm, line->net_minor, reversed_minor,
                             net_minor};
}

/* Three lines of 0.05 at 10%: half a cent of tax each, rounded to one; two cents for the group. */
CASE(where_tax_is_rounded_per_line_each_line_takes_back_its_own)
{
    static const struct tax_line lines[] = {
        {TAX_STANDARD, 100000, 5}, {TAX_STANDARD, 100000, 5}, {TAX_STANDARD, 100000, 5}};
    struct tax_breakdown issued = computed(per_line, lines, 3);
    assert_totals(&issued, 15, 3);
    struct tax_breakdown reversed = {0}, credit;
    for (int i = 0; i < 3; i++) {
        struct tax_part part = part_of(&lines[i], 0, 5);
        assert_int_equal(
            tax_reverse_lines(&issued, &reversed, &part, 1, ROUND_HALF_UP, &credit, NULL), OK);
        assert_totals(&credit, 5, 1);
        assert_int_equal(tax_accumulate(&reversed, &credit, NULL), OK);
    }
    assert_totals(&reversed, 15, 3);
    issued = computed(per_group, lines, 3);
    assert_totals(&issued, 15, 2);
}

CASE(a_part_of_a_line_takes_no_more_than_is_left_of_it)
{
    static const struct tax_line lines[] = {{TAX_STANDARD, 190000, 1000},
                                            {TAX_STANDARD, 190000, 1000}};
    struct tax_breakdown issued = computed(per_line, lines, 2);
    struct tax_breakdown none = {0}, credit;
    struct fault fault = {0};
    struct tax_part parts[] = {part_of(&lines[0], 0, 1000), part_of(&lines[1], 400, 601)};
    assert_int_equal(tax_reverse_lines(&issued, &none, parts, 2, ROUND_HALF_UP, &credit, &fault),
                     ERROR_OUT_OF_RANGE);
    assert_string_equal(fault.field, "lines/1/net");
    parts[1] = part_of(&lines[1], 1001, 0);
    assert_int_equal(tax_reverse_lines(&issued, &none, parts, 2, ROUND_HALF_UP, &credit, &fault),
                     ERROR_OUT_OF_RANGE);
    parts[1] = part_of(&lines[1], 0, 1000);
    parts[1].rate_ppm = 70000;
    assert_int_equal(tax_reverse_lines(&issued, &none, parts, 2, ROUND_HALF_UP, &credit, &fault),
                     ERROR_INVALID);
    assert_string_equal(fault.field, "lines/1/category");
}

enum { RATES = 3, LINES_MAX = 12 };

static size_t random_lines(struct random *random, struct tax_line *lines)
{
    static const int64_t rates[RATES] = {190000, 70000, 55000};
    size_t count = (size_t)random_between(random, 1, LINES_MAX);
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct tax_line){TAX_STANDARD, rates[random_next(random) % RATES],
                                     random_between(random, 1, 100000)};
    return count;
}

/* Takes back a random part of each line that is left; false when nothing was. */
static bool take_some(struct random *random, struct tax_line *left, size_t count,
                      struct tax_line *part)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        part[i] = left[i];
        part[i].net_minor = random_between(random, 0, left[i].net_minor);
        if (left[i].net_minor < 10)
            part[i].net_minor = left[i].net_minor;
        any |= left[i].net_minor != 0;
        left[i].net_minor -= part[i].net_minor;
    }
    return any;
}

CASE(credits_in_any_parts_never_exceed_and_finally_equal_the_invoice)
{
    struct random random = {278984};
    for (int round = 0; round < 3000; round++) {
        struct tax_line lines[LINES_MAX], part[LINES_MAX];
        size_t count = random_lines(&random, lines);
        struct tax_rule rule = {round % 2 ? TAX_PER_LINE : TAX_PER_GROUP,
                                round % 3 ? ROUND_HALF_UP : ROUND_HALF_EVEN};
        struct tax_breakdown issued = computed(rule, lines, count);
        struct tax_breakdown reversed = {0};
        while (take_some(&random, lines, count, part)) {
            struct tax_breakdown credit;
            assert_int_equal(
                tax_reverse(&issued, &reversed, part, count, rule.rounding, &credit, NULL), OK);
            for (size_t i = 0; i < credit.group_count; i++)
                assert_true(credit.groups[i].tax_minor >= 0);
            assert_int_equal(tax_accumulate(&reversed, &credit, NULL), OK);
            assert_true(reversed.tax_minor <= issued.tax_minor);
        }
        assert_totals(&reversed, issued.net_minor, issued.tax_minor);
    }
}

/* Dolibarr/dolibarr#31648 took back up to twice what was issued; odoo/odoo#278984 left 0.01. */
CASE(credits_by_line_never_exceed_and_finally_equal_the_invoice)
{
    struct random random = {31648};
    for (int round = 0; round < 3000; round++) {
        struct tax_line lines[LINES_MAX], left[LINES_MAX], part[LINES_MAX];
        struct tax_part parts[LINES_MAX];
        size_t count = random_lines(&random, lines);
        struct tax_breakdown issued = computed(per_line, lines, count);
        struct tax_breakdown reversed = {0};
        memcpy(left, lines, sizeof left);
        while (take_some(&random, left, count, part)) {
            struct tax_breakdown credit;
            for (size_t i = 0; i < count; i++)
                parts[i] =
                    part_of(&lines[i], lines[i].net_minor - left[i].net_minor - part[i].net_minor,
                            part[i].net_minor);
            assert_int_equal(
                tax_reverse_lines(&issued, &reversed, parts, count, ROUND_HALF_UP, &credit, NULL),
                OK);
            for (size_t i = 0; i < credit.group_count; i++)
                assert_true(credit.groups[i].tax_minor >= 0);
            assert_int_equal(tax_accumulate(&reversed, &credit, NULL), OK);
            assert_true(reversed.tax_minor <= issued.tax_minor);
        }
        assert_totals(&reversed, issued.net_minor, issued.tax_minor);
    }
}

RUN(T(categories_have_the_codes_of_the_standard), T(tax_is_rounded_once_per_category_and_rate),
    T(tax_can_be_rounded_per_line), T(allowances_lower_the_base_before_tax),
    T(half_even_is_used_when_chosen), T(a_document_without_lines_has_no_groups),
    T(groups_without_tax_say_why), T(category_rate_and_reason_must_go_together),
    T(outside_scope_cannot_stand_beside_another_category), T(lines_of_one_group_give_one_reason),
    T(sums_and_groups_have_limits), T(credits_in_parts_use_the_tax_that_was_issued),
    T(a_credit_cannot_exceed_what_is_left), T(nothing_is_left_after_a_full_credit),
    T(a_deposit_of_everything_leaves_a_final_invoice_of_zero),
    T(a_negative_document_is_reversed_alike), T(tax_on_a_base_of_zero_goes_with_the_rest),
    T(earlier_credits_by_another_rule_are_evened_out_by_the_last),
    T(more_reversed_than_issued_is_refused),
    T(where_tax_is_rounded_per_line_each_line_takes_back_its_own),
    T(a_part_of_a_line_takes_no_more_than_is_left_of_it),
    T(credits_by_line_never_exceed_and_finally_equal_the_invoice),
    T(credits_in_any_parts_never_exceed_and_finally_equal_the_invoice))
