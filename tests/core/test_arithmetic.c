/* Reads the tables of docs/arithmetic.md and computes each row. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../check.h"
#include "base/currency.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/must.h"
#include "base/text.h"
#include "core/earned_value.h"
#include "core/estimate.h"
#include "core/plan_price.h"
#include "core/progress_claim.h"
#include "core/recurrence.h"
#include "core/split.h"

enum { CELLS_MAX = 8, PARTS_MAX = 40, PERCENT_DECIMALS = 4 };

struct row {
    struct arena *arena;
    char *cells[CELLS_MAX];
    size_t count;
};

typedef const char *computation(struct row *row);

/* A table of the page: the heading it stands under, and what computes the last cell of a row. */
struct table {
    const char *heading;
    size_t cells;
    size_t least_rows;
    computation *compute;
};

/* ---- reading the page ---------------------------------------------------------------------- */

static char *page_text(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(ARITHMETIC_FILE, "r");
    must(file);
    must(getdelim(&text, &size, '\0', file) > 0);
    fclose(file);
    return text;
}

/* Without the spaces around it. */
static char *trim(char *text)
{
    text += strspn(text, " ");
    char *end = text + strlen(text);
    while (end > text && end[-1] == ' ')
        *--end = '\0';
    return text;
}

static void split_cells(char *line, struct row *row)
{
    row->count = 0;
    line++;
    for (char *cell; (cell = strsep(&line, "|")) && line;) {
        must(row->count < CELLS_MAX);
        row->cells[row->count++] = trim(cell);
    }
}

/* Computes each row of a table and compares its last cell. */
static void check_table(const struct table *table)
{
    struct row row = {.arena = arena_new()};
    size_t seen = 0;
    char *text = page_text();
    char *place = strstr(text, arena_format(row.arena, "\n## %s\n", table->heading));
    assert_non_null(place);
    place += strlen(table->heading) + 5;
    for (char *line; (line = strsep(&place, "\n")) && strncmp(line, "## ", 3) != 0;) {
        if (*line != '|' || ++seen <= 2)
            continue;
        split_cells(line, &row);
        assert_int_equal(row.count, table->cells);
        assert_string_equal(table->compute(&row), row.cells[table->cells - 1]);
    }
    assert_true(seen >= table->least_rows + 2);
    free(text);
    arena_free(row.arena);
}

/* ---- cells --------------------------------------------------------------------------------- */

/* "145.05 EUR" */
static int64_t amount_in(struct row *row, size_t cell, const char **currency)
{
    int64_t amount_minor;
    char *space = strchr(row->cells[cell], ' ');
    must(space);
    *currency = arena_text(row->arena, space + 1);
    const char *number =
        arena_format(row->arena, "%.*s", (int)(space - row->cells[cell]), row->cells[cell]);
    assert_int_equal(money_parse(number, *currency, &amount_minor, NULL), OK);
    return amount_minor;
}

/* "30, 33.3333" at four decimals. */
static size_t shares_in(struct row *row, size_t cell, int64_t shares[static PARTS_MAX])
{
    size_t count = 0;
    char *rest = row->cells[cell];
    for (char *share; (share = strsep(&rest, ",")); count++) {
        must(count < PARTS_MAX);
        assert_int_equal(decimal_parse(trim(share), PERCENT_DECIMALS, &shares[count], NULL), OK);
    }
    return count;
}

/* "60, 90, 240" */
static size_t minutes_in(struct row *row, size_t cell, int64_t minutes[static PARTS_MAX])
{
    size_t count = 0;
    char *rest = row->cells[cell];
    for (char *one; (one = strsep(&rest, ",")); count++) {
        must(count < PARTS_MAX);
        assert_int_equal(decimal_parse(trim(one), 0, &minutes[count], NULL), OK);
    }
    return count;
}

/* "1000.00, 500.00 EUR" */
static size_t amounts_in(struct row *row, size_t cell, int64_t amounts[static PARTS_MAX],
                         const char **currency)
{
    size_t count = 0;
    char *space = strrchr(row->cells[cell], ' ');
    must(space);
    *space = '\0';
    *currency = space + 1;
    char *rest = row->cells[cell];
    for (char *one; (one = strsep(&rest, ",")); count++) {
        must(count < PARTS_MAX);
        assert_int_equal(money_parse(trim(one), *currency, &amounts[count], NULL), OK);
    }
    return count;
}

static int32_t day_in(struct row *row, size_t cell)
{
    int32_t day;
    assert_int_equal(day_parse(row->cells[cell], &day, NULL), OK);
    return day;
}

static const char *amounts_text(struct row *row, const int64_t *parts, size_t count,
                                const char *currency)
{
    char amount[MONEY_TEXT_SIZE];
    struct text_buffer text = text_buffer_in(row->arena);
    for (size_t i = 0; i < count; i++)
        text_printf(&text, "%s%s", i ? ", " : "", money_format(parts[i], currency, amount));
    return text.bytes;
}

/* "monthly", "monthly, last of month" or "semi_monthly on 1 and 16" */
static struct recurrence recurrence_in(struct row *row, size_t cell, int32_t start_day,
                                       int32_t end_day)
{
    struct recurrence recurrence;
    char name[24] = "";
    int first, second;
    shape_init(&recurrence_shape, &recurrence);
    int named = sscanf(row->cells[cell], "%23[a-z_] on %d and %d", name, &first, &second);
    recurrence.rhythm = (enum rhythm)choice_value(&rhythm_choices, name);
    recurrence.start_day = start_day;
    recurrence.end_day = end_day;
    recurrence.last_of_month = strstr(row->cells[cell], "last of month");
    if (named == 3) {
        recurrence.first_of_two = first;
        recurrence.second_of_two = second;
    }
    return recurrence;
}

static struct list periods_of(struct row *row, const struct recurrence *recurrence)
{
    struct list periods;
    assert_int_equal(recurrence_periods(row->arena, recurrence, &periods, NULL), OK);
    return periods;
}

/* ---- the tables ---------------------------------------------------------------------------- */

static const char *shares_of_a_sum(struct row *row)
{
    const char *currency;
    int64_t shares[PARTS_MAX], parts[PARTS_MAX];
    int64_t total = amount_in(row, 0, &currency);
    size_t count = shares_in(row, 1, shares);
    assert_int_equal(split_in_steps(total, shares, count, ROUND_HALF_UP, parts, NULL), OK);
    return amounts_text(row, parts, count, currency);
}

static const char *steps_between_shares(struct row *row)
{
    const char *currency;
    int64_t steps[PARTS_MAX], parts[PARTS_MAX], before = 0;
    int64_t price = amount_in(row, 0, &currency);
    size_t count = shares_in(row, 1, steps);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(
            split_step(price, before, steps[i], SPLIT_WHOLE_PPM, ROUND_HALF_UP, &parts[i], NULL),
            OK);
        before = steps[i];
    }
    return amounts_text(row, parts, count, currency);
}

/* What claims bill one after the other, and then the acceptance of the whole. */
static const char *progress_that_is_claimed(struct row *row)
{
    const char *currency;
    const struct actor actor = {.name = "Dana"};
    int64_t steps[PARTS_MAX], parts[PARTS_MAX];
    struct milestone milestone = {.code = "S1",
                                  .price_minor = amount_in(row, 0, &currency),
                                  .state = MILESTONE_IN_PROGRESS,
                                  .pricing = PRICING_PROGRESS};
    size_t count = shares_in(row, 1, steps);
    must(count < PARTS_MAX);
    for (size_t i = 0; i < count; i++) {
        struct progress_claim claim = {.percent_ppm = steps[i]};
        assert_int_equal(progress_claim_make(&claim, &milestone, &actor, 1, NULL), OK);
        parts[i] = claim.net_minor;
        milestone.claimed_minor += claim.net_minor;
        milestone.claimed_ppm = claim.percent_ppm;
    }
    parts[count] = milestone_rest(&milestone);
    return amounts_text(row, parts, count + 1, currency);
}

/* "30 at 300.00, 70": percentages, and the prices at which some are settled. */
static const char *restated_sum(struct row *row)
{
    const char *currency;
    int64_t parts[PARTS_MAX];
    struct plan plan = {.total_minor = amount_in(row, 0, &currency)};
    struct plan_milestone *milestones = arena_array(row->arena, PARTS_MAX, sizeof *milestones);
    size_t count = 0;
    char *rest = row->cells[1];
    for (char *share; (share = strsep(&rest, ",")); count++) {
        struct plan_milestone *milestone = &milestones[count];
        must(count < PARTS_MAX);
        shape_init(&plan_milestone_shape, milestone);
        milestone->pricing = PRICING_PERCENTAGE;
        char *percent = trim(strsep(&share, "a"));
        assert_int_equal(decimal_parse(percent, PERCENT_DECIMALS, &milestone->percent_ppm, NULL),
                         OK);
        if (share) /* "t 300.00" */
            assert_int_equal(
                money_parse(trim(share + 1), currency, &milestone->settled_minor, NULL), OK);
    }
    plan.milestones = (struct list){milestones, count};
    plan.currency = currency;
    assert_int_equal(plan_shares(&plan, parts, NULL), OK);
    return amounts_text(row, parts, count, currency);
}

static const char *days(struct row *row)
{
    char day[DAY_TEXT_SIZE];
    struct recurrence recurrence = recurrence_in(row, 0, day_in(row, 1), day_in(row, 2));
    struct list periods = periods_of(row, &recurrence);
    struct text_buffer text = text_buffer_in(row->arena);
    for (size_t i = 0; i < periods.count; i++)
        text_printf(&text, "%s%s", i ? ", " : "",
                    day_format(LIST_AT(struct recurrence_period, periods, i)->start_day, day));
    return text.bytes;
}

/* From the cells rhythm, anchor, start, end and partial periods. */
static struct recurrence anchored(struct row *row)
{
    struct recurrence recurrence = recurrence_in(row, 1, day_in(row, 3), day_in(row, 4));
    recurrence.anchor_day = day_in(row, 2);
    recurrence.prorated = strcmp(row->cells[5], "prorated") == 0;
    return recurrence;
}

static const char *periods_text(struct row *row, const struct list *periods)
{
    char start[DAY_TEXT_SIZE], end[DAY_TEXT_SIZE];
    struct text_buffer text = text_buffer_in(row->arena);
    for (size_t i = 0; i < periods->count; i++) {
        const struct recurrence_period *period = LIST_AT(struct recurrence_period, *periods, i);
        text_printf(&text, "%s%s–%s", i ? ", " : "", day_format(period->start_day, start) + 5,
                    day_format(period->end_day, end) + 5);
    }
    return text.bytes;
}

static const char *split_over_periods(struct row *row)
{
    const char *currency;
    int64_t parts[PARTS_MAX];
    int64_t total = amount_in(row, 0, &currency);
    struct recurrence recurrence = anchored(row);
    struct list periods = periods_of(row, &recurrence);
    assert_string_equal(periods_text(row, &periods), row->cells[6]);
    assert_int_equal(recurrence_split(row->arena, &recurrence, &periods, total, parts, NULL), OK);
    return amounts_text(row, parts, periods.count, currency);
}

static const char *price_of_periods(struct row *row)
{
    const char *currency;
    int64_t parts[PARTS_MAX], sum;
    int64_t price = amount_in(row, 0, &currency);
    struct recurrence recurrence = anchored(row);
    struct list periods = periods_of(row, &recurrence);
    assert_int_equal(recurrence_price(&recurrence, &periods, price, parts, &sum, NULL), OK);
    return amounts_text(row, parts, periods.count, currency);
}

/* "nothing", "started", "accepted" or "3 of 4" */
static void reached_in(struct row *row, size_t cell, struct earning *earning)
{
    long long reached, whole;
    const char *text = row->cells[cell];
    earning->is_accepted = strcmp(text, "accepted") == 0;
    earning->is_started = strcmp(text, "nothing") != 0;
    if (sscanf(text, "%lld of %lld", &reached, &whole) == 2) {
        earning->reached = reached;
        earning->whole = whole;
    }
}

static const char *value_planned_and_earned(struct row *row)
{
    const char *currency;
    struct earning earning = {.budget_minor = amount_in(row, 0, &currency)};
    earning.rule = (enum earning_rule)choice_value(&earning_rule_choices, row->cells[1]);
    assert_int_equal(strlen(row->cells[2]), 2 * (DAY_TEXT_SIZE - 1) + strlen("–"));
    const char *due = arena_text(row->arena, row->cells[2] + DAY_TEXT_SIZE - 1 + strlen("–"));
    row->cells[2][DAY_TEXT_SIZE - 1] = '\0';
    earning.start_day = day_in(row, 2);
    assert_int_equal(day_parse(due, &earning.due_day, NULL), OK);
    reached_in(row, 4, &earning);
    const int64_t values[] = {earning_planned(&earning, day_in(row, 3)), earning_earned(&earning)};
    return amounts_text(row, values, 2, currency);
}

static void put_amount(struct text_buffer *text, int64_t amount_minor, const char *currency)
{
    char amount[MONEY_TEXT_SIZE];
    text_put_text(
        text, amount_minor == INTEGER_NONE ? "none" : money_format(amount_minor, currency, amount));
}

static void put_index(struct text_buffer *text, int64_t index_ppm)
{
    char number[DECIMAL_TEXT_SIZE];
    text_put_text(text, index_ppm == INTEGER_NONE ? "none" : decimal_format(index_ppm, 6, number));
}

static const char *figures_of_earned_value(struct row *row)
{
    const char *currency;
    struct earned_value value = {
        .budget_minor = amount_in(row, 0, &currency),
        .planned_minor = amount_in(row, 1, &currency),
        .earned_minor = amount_in(row, 2, &currency),
        .actual_minor = INTEGER_NONE,
    };
    if (strcmp(row->cells[3], "none") != 0)
        value.actual_minor = amount_in(row, 3, &currency);
    earned_value_reckon(&value);
    struct text_buffer text = text_buffer_in(row->arena);
    put_amount(&text, value.schedule_variance_minor, currency);
    text_put_text(&text, ", ");
    put_amount(&text, value.cost_variance_minor, currency);
    text_put_text(&text, ", ");
    put_index(&text, value.schedule_index_ppm);
    text_put_text(&text, ", ");
    put_index(&text, value.cost_index_ppm);
    text_put_text(&text, ", ");
    put_amount(&text, value.expected_cost_minor, currency);
    text_put_text(&text, ", ");
    put_index(&text, value.to_complete_index_ppm);
    return text.bytes;
}

static const char *effort_and_cost(struct row *row)
{
    int64_t rate, cost, points[PARTS_MAX];
    char amount[MONEY_TEXT_SIZE];
    char *currency = strchr(row->cells[1], ' ');
    must(currency && minutes_in(row, 0, points) == 3);
    *currency++ = '\0';
    const struct effort effort = {"developer", points[0], points[1], points[2]};
    int64_t minutes = effort_expected_minutes(&effort);
    assert_int_equal(rate_read(row->cells[1], currency, "rate", &rate, NULL), OK);
    assert_int_equal(rate_amount(minutes, rate, &cost, NULL), OK);
    return arena_format(row->arena, "%" PRId64 ", %s", minutes,
                        money_format(cost, currency, amount));
}

/* An estimate whose milestones cost what the row says: at sixty minor units an hour a minute costs
 * one. */
static void estimate_in(struct row *row, struct estimate *estimate, struct plan *plan,
                        struct list *rates)
{
    char text[DECIMAL_TEXT_SIZE];
    int64_t prices[PARTS_MAX], costs[PARTS_MAX];
    size_t count = amounts_in(row, 0, prices, &plan->currency);
    must(amounts_in(row, 1, costs, &plan->currency) == count);
    decimal_format(60, currency_exponent(plan->currency), text);
    const char *by_hour = arena_text(row->arena, text);
    struct rate *rate = arena_alloc(row->arena, sizeof *rate);
    struct plan_milestone *planned = arena_array(row->arena, count, sizeof *planned);
    struct estimated_milestone *estimated = arena_array(row->arena, count, sizeof *estimated);
    *rate = (struct rate){"developer", by_hour, by_hour};
    for (size_t i = 0; i < count; i++) {
        struct effort *effort = arena_alloc(row->arena, sizeof *effort);
        *effort = (struct effort){"developer", costs[i], costs[i], costs[i]};
        const char *code = arena_format(row->arena, "S%zu", i);
        planned[i] = (struct plan_milestone){.code = code, .price_minor = prices[i]};
        estimated[i] = (struct estimated_milestone){code, 1, {effort, 1}};
    }
    *rates = (struct list){rate, 1};
    plan->milestones = (struct list){planned, count};
    estimate->milestones = (struct list){estimated, count};
    must(decimal_parse(row->cells[2], PERCENT_DECIMALS, &estimate->contingency_ppm, NULL) == OK);
}

static const char *margin(struct row *row)
{
    struct estimate estimate = {0};
    struct plan plan = {0};
    struct list rates, rows;
    struct estimate_figures total;
    int64_t contingency[PARTS_MAX], before[PARTS_MAX], after[PARTS_MAX];
    estimate_in(row, &estimate, &plan, &rates);
    assert_int_equal(estimate_reckon(row->arena, &estimate, &plan, &rates, &rows, &total, NULL),
                     OK);
    for (size_t i = 0; i < rows.count; i++) {
        const struct estimate_figures *of = LIST_AT(struct estimate_figures, rows, i);
        contingency[i] = of->contingency_minor;
        before[i] = of->margin_minor;
        after[i] = of->margin_after_contingency_minor;
    }
    assert_string_equal(amounts_text(row, contingency, rows.count, plan.currency), row->cells[3]);
    assert_string_equal(amounts_text(row, before, rows.count, plan.currency), row->cells[4]);
    assert_string_equal(amounts_text(row, after, rows.count, plan.currency), row->cells[5]);
    struct text_buffer text = text_buffer_in(row->arena);
    put_index(&text, total.margin_ppm);
    return text.bytes;
}

/* ---- the page ------------------------------------------------------------------------------ */

enum {
    SHARES_OF_A_SUM,
    STEPS_BETWEEN_SHARES,
    PROGRESS_THAT_IS_CLAIMED,
    RESTATED_SUM,
    DAYS_THAT_COME_AGAIN,
    SPLIT_OVER_PERIODS,
    PRICE_OF_PERIODS,
    EFFORT_AND_COST,
    MARGIN,
    VALUE_PLANNED_AND_EARNED,
    EARNED_VALUE,
    TABLE_COUNT,
};

static const struct table tables[TABLE_COUNT] = {
    [SHARES_OF_A_SUM] = {"Shares of a sum", 3, 8, shares_of_a_sum},
    [STEPS_BETWEEN_SHARES] = {"Steps between shares", 3, 3, steps_between_shares},
    [PROGRESS_THAT_IS_CLAIMED] = {"Progress that is claimed", 3, 6, progress_that_is_claimed},
    [RESTATED_SUM] = {"A sum that is restated", 3, 7, restated_sum},
    [DAYS_THAT_COME_AGAIN] = {"Days that come again", 4, 12, days},
    [SPLIT_OVER_PERIODS] = {"Periods and their amounts", 8, 6, split_over_periods},
    [PRICE_OF_PERIODS] = {"A price for each period", 7, 3, price_of_periods},
    [EFFORT_AND_COST] = {"Effort and what it costs", 3, 7, effort_and_cost},
    [MARGIN] = {"Margin", 7, 5, margin},
    [VALUE_PLANNED_AND_EARNED] = {"Value planned and earned", 6, 12, value_planned_and_earned},
    [EARNED_VALUE] = {"Earned value", 5, 11, figures_of_earned_value},
};

static bool is_computed(const char *heading)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (strcmp(tables[i].heading, heading) == 0)
            return true;
    }
    return false;
}

CASE(shares_of_a_sum_are_as_published)
{
    check_table(&tables[SHARES_OF_A_SUM]);
}

CASE(steps_between_shares_are_as_published)
{
    check_table(&tables[STEPS_BETWEEN_SHARES]);
}

CASE(progress_that_is_claimed_is_as_published)
{
    check_table(&tables[PROGRESS_THAT_IS_CLAIMED]);
}

CASE(a_sum_that_is_restated_is_as_published)
{
    check_table(&tables[RESTATED_SUM]);
}

CASE(days_come_again_as_published)
{
    check_table(&tables[DAYS_THAT_COME_AGAIN]);
}

CASE(periods_and_their_amounts_are_as_published)
{
    check_table(&tables[SPLIT_OVER_PERIODS]);
}

CASE(a_price_for_each_period_is_as_published)
{
    check_table(&tables[PRICE_OF_PERIODS]);
}

CASE(effort_and_its_cost_are_as_published)
{
    check_table(&tables[EFFORT_AND_COST]);
}

CASE(margin_is_as_published)
{
    check_table(&tables[MARGIN]);
}

CASE(value_planned_and_earned_is_as_published)
{
    check_table(&tables[VALUE_PLANNED_AND_EARNED]);
}

CASE(earned_value_is_as_published)
{
    check_table(&tables[EARNED_VALUE]);
}

/* A table under a heading that is not computed, or a second one under one that is, would be
 * published and held by nothing. */
CASE(no_table_of_the_page_is_left_out)
{
    char *text = page_text(), *place = text;
    const char *heading = "";
    size_t seen = 0;
    for (char *line; (line = strsep(&place, "\n"));) {
        if (strncmp(line, "## ", 3) == 0)
            heading = line + 3;
        if (strncmp(line, "|---", 4) != 0)
            continue;
        if (!is_computed(heading))
            fail_msg("nothing computes the table of \"%s\"", heading);
        seen++;
    }
    assert_int_equal(seen, TABLE_COUNT);
    free(text);
}

RUN(T(shares_of_a_sum_are_as_published), T(steps_between_shares_are_as_published),
    T(progress_that_is_claimed_is_as_published), T(a_sum_that_is_restated_is_as_published),
    T(days_come_again_as_published), T(periods_and_their_amounts_are_as_published),
    T(a_price_for_each_period_is_as_published), T(effort_and_its_cost_are_as_published),
    T(margin_is_as_published), T(value_planned_and_earned_is_as_published),
    T(earned_value_is_as_published), T(no_table_of_the_page_is_left_out))
