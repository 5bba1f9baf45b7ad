#include "core/explanation_making.h"

#include <string.h>

#include "base/day.h"
#include "base/money.h"

/* ---- words ---------------------------------------------------------------------------------- */

/* Those that speak of a rate or an amount are put into words where these are known. */
static const char *const rule_words[] = {
    [RULE_PRICE] = "its price, as signed",
    [RULE_PRICE_LESS_PROGRESS] = "its price, as signed, less the progress that was billed before",
    [RULE_PERIOD_SHARE] = "its share of the milestone's price for that period, as signed",
    [RULE_PROGRESS_SHARE] = "the accepted share of its price, less what was billed before",
    [RULE_SUM_OF_LINES] = "sum of the lines",
    [RULE_SUM_OF_TAXES] = "sum of the tax of each rate",
    [RULE_NET_AND_TAX] = "net and tax",
    [RULE_TOTAL_LESS_PAID] = "total less what was paid and credited",
    [RULE_AS_SIGNED] = "as signed",
    [RULE_SUM_OF_CHANGES] = "sum of the change orders that were applied",
    [RULE_SUM_OF_REDUCTIONS] = "what was agreed to be taken off accepted milestones",
    [RULE_SUM_TO_DATE] = "sum and changes, less reductions",
    [RULE_ACCEPTED_PRICES] =
        "sum of the prices of accepted milestones, less reductions, and of accepted progress",
    [RULE_NET_INVOICED] = "net of the invoices, less that of credit notes",
    [RULE_NET_SHARE_PAID] = "the net share of what was paid on each invoice",
    [RULE_SUM_LESS_INVOICED] = "sum to date less what is invoiced",
    [RULE_SUM] = "sum of these",
    [RULE_DIFFERENCE] = "the first less what follows",
    [RULE_QUOTIENT] = "the first divided by the second",
    [RULE_CREDITED_PART] =
        "what of the invoice's line was taken back: all but what was before and what stays billed",
    [RULE_TAX_SHARE] = "the share of the invoice's tax that is taken back so far, less what was "
                       "before",
    [RULE_TAX_REST] = "the rest of the invoice's tax of this rate, as nothing of its net is left",
    [RULE_EXPECTED_MINUTES] = "each role's optimistic, four times likely and pessimistic minutes, "
                              "divided by six",
    [RULE_COST_OF_MINUTES] = "each role's expected minutes at what an hour costs",
    [RULE_PRICE_OF_MINUTES] = "each role's expected minutes at what an hour is sold for",
    [RULE_CONTINGENCY_SHARE] = "its part of the contingency, by its cost",
    [RULE_PROPOSED_PRICE] = "its price in the proposal",
    [RULE_ESTIMATED_COST] = "what the estimate expects it to cost",
    [RULE_PLANNED_NOTHING] = "nothing yet: by its earning rule its day is to come",
    [RULE_PLANNED_HALF] = "half of its budget from its start to its due day",
    [RULE_PLANNED_BY_DAYS] = "its budget evenly by the days from its start to its due day",
    [RULE_PLANNED_WHOLE] = "all of its budget, as its due day has come",
    [RULE_EARNED_NOTHING] = "nothing yet by its earning rule",
    [RULE_EARNED_HALF] = "half of its budget, as work has begun",
    [RULE_EARNED_BY_CRITERIA] = "its budget by the criteria that are met",
    [RULE_EARNED_BY_TASKS] = "its budget by the minutes of the tasks that are done",
    [RULE_EARNED_WHOLE] = "all of its budget, as it is accepted",
    [RULE_AS_KEPT] = "as it was kept at the end of the day",
    [RULE_COST_OF_TIME] = "what its approved time cost",
    [RULE_EXPECTED_COST] = "the budget times what was spent, divided by what was earned",
    [RULE_DAY_AS_DUE] = "its due day, as too few invoices were paid to tell; not before today",
    [RULE_DUE_IN_MONTH] = "what falls due in that month",
    [RULE_TAX_OF_MILESTONES] = "the tax of each milestone as an invoice of its own",
};

static const char *const rounding_words[] = {
    [ROUNDED_SHARES] = "half up, once for all percentages up to this one",
    [ROUNDED_WHOLE_SHARE] = "half up, of the whole share, so that all parts sum to the price",
    [ROUNDED_EACH_INVOICE] = "half up, for each invoice that is paid in part",
    [ROUNDED_ONCE_UP] = "half up, once for all lines of this rate",
    [ROUNDED_ONCE_EVEN] = "half even, once for all lines of this rate",
    [ROUNDED_LINES_UP] = "half up, line by line",
    [ROUNDED_LINES_EVEN] = "half even, line by line",
    [ROUNDED_CREDITS_UP] = "half up, of the whole share, so that all credit notes sum to the tax",
    [ROUNDED_CREDITS_EVEN] =
        "half even, of the whole share, so that all credit notes sum to the tax",
    [ROUNDED_CREDIT_LINES_UP] = "half up, of the whole share of each line's tax",
    [ROUNDED_CREDIT_LINES_EVEN] = "half even, of the whole share of each line's tax",
    [ROUNDED_ONCE] = "half up, once",
    [ROUNDED_EACH_ROLE] = "half up, for each role",
    [ROUNDED_EACH_MINUTE] = "half up to the minute, for each role",
    [ROUNDED_REMAINDERS] = "down, and what is left to the largest remainders, so that all parts "
                           "sum to the whole",
    [ROUNDED_MILLIONTH] = "half up, to the millionth",
    [ROUNDED_EACH_MILESTONE] = "half up, for each milestone",
};

/* What an input of a kind tells besides its name and amount. */
enum told {
    TELLS_RATE = 1 << 0,
    TELLS_PAID = 1 << 1,
    TELLS_PART = 1 << 2,
    TELLS_MINUTES = 1 << 3,
    TELLS_POINTS = 1 << 4,
    TELLS_DAY = 1 << 5,
    TELLS_DAYS = 1 << 6,
    TELLS_NO_AMOUNT = 1 << 7,
};

/* The words around the name. */
static const struct {
    const char *before;
    const char *behind;
    unsigned tells; /* enum told */
} input_words[] = {
    [INPUT_NUMBER] = {"", ""},
    [INPUT_LINE] = {"", ""},
    [INPUT_MILESTONE] = {"", ""},
    [INPUT_PROGRESS] = {"", "", TELLS_RATE},
    [INPUT_SETTLED] = {"", ", settled"},
    [INPUT_SHARES_UP_TO] = {"all percentages up to this one", "", TELLS_RATE},
    [INPUT_SHARES_BEFORE] = {"less those before it", "", TELLS_RATE},
    [INPUT_REDUCTION] = {"as agreed: ", ""},
    [INPUT_PROGRESS_BEFORE] = {"less progress billed before", ""},
    [INPUT_TAX] = {"", "", TELLS_RATE},
    [INPUT_PAYMENT] = {"payment ", ""},
    [INPUT_CREDIT_NOTE] = {"credit note ", ""},
    [INPUT_INVOICE] = {"invoice ", ""},
    [INPUT_INVOICE_PAID] = {"invoice ", "", TELLS_PAID},
    [INPUT_CHANGE_ORDER] = {"change order ", ""},
    [INPUT_CONTRACT] = {"the contract's total", ""},
    [INPUT_STILL_BILLED] = {"less what stays billed on invoice ", ""},
    [INPUT_INVOICE_TAX] = {"tax of invoice ", ", as far as it is taken back"},
    [INPUT_REFUND] = {"refund ", ""},
    [INPUT_EFFORT] = {"", "", TELLS_MINUTES | TELLS_POINTS},
    [INPUT_PROPOSAL] = {"", ", as proposed"},
    [INPUT_ESTIMATE] = {"", ", as estimated"},
    [INPUT_SHARE] = {"budget of ", "", TELLS_PART},
    [INPUT_SNAPSHOT] = {"kept of ", "", TELLS_DAY},
    [INPUT_TIME] = {"time on ", "", TELLS_MINUTES},
    [INPUT_LEFT_TO_EARN] = {"budget that is not earned yet", ""},
    [INPUT_LEFT_TO_SPEND] = {"budget that is not spent yet", ""},
    [INPUT_PAID] = {"less what is paid", ""},
    [INPUT_CREDITED] = {"less what is credited", ""},
    [INPUT_TO_COME] = {"", ", to be billed", TELLS_DAY},
    [INPUT_DUE_DAY] = {"due day", "", TELLS_DAY | TELLS_NO_AMOUNT},
    [INPUT_DELAY] = {"delay of invoice ", "", TELLS_DAYS | TELLS_PART | TELLS_NO_AMOUNT},
    [INPUT_TODAY] = {"today", "", TELLS_DAY | TELLS_NO_AMOUNT},
    [INPUT_MILESTONE_TAX] = {"tax of ", "", TELLS_RATE},
    [INPUT_BALANCE] = {"until then", "", TELLS_DAY},
    [INPUT_ENTRY] = {"", "", TELLS_DAY},
    [INPUT_ACCOUNT] = {"account ", ""},
};

/* ---- the text in the making ---------------------------------------------------------------- */

void explained_set_rule(struct explained_number *number, enum explained_rule kind)
{
    number->rule_kind = kind;
    number->rule = rule_words[kind];
}

void explained_set_rounding(struct explained_number *number, enum explained_rounding kind)
{
    number->rounding_kind = kind;
    number->rounding = rounding_words[kind];
}

void explanation_begin_row(struct making *making, const char *list, size_t place, const char *label)
{
    making->row = arena_format(making->arena, "%s/%zu/", list, place);
    making->label = label;
}

void explanation_begin_object(struct making *making, const char *member)
{
    making->row = arena_format(making->arena, "%s/", member);
    making->label = NULL;
}

void explanation_end_row(struct making *making)
{
    making->row = "";
    making->label = NULL;
}

static const char *name_of(struct making *making, const char *member)
{
    return *making->row ? arena_format(making->arena, "%s%s", making->row, member) : member;
}

struct explained_number *explanation_add_number(struct making *making, const char *member,
                                                int64_t amount_minor, enum explained_rule rule,
                                                size_t room)
{
    struct list *numbers = &making->explanation->numbers;
    struct explained_number *number = LIST_AT(struct explained_number, *numbers, numbers->count++);
    *number = (struct explained_number){
        .name = name_of(making, member),
        .label = making->label,
        .currency = making->currency,
        .amount_minor = amount_minor,
        .ratio_ppm = INTEGER_NONE,
        .minutes = INTEGER_NONE,
        .day = DAY_NONE,
        .rate_ppm = INTEGER_NONE,
        .of_minor = INTEGER_NONE,
        .rest_minor = INTEGER_NONE,
        .inputs = {arena_array(making->arena, room, sizeof(struct explained_input)), 0},
    };
    explained_set_rule(number, rule);
    return number;
}

struct explained_number *explanation_add_other(struct making *making, const char *member,
                                               enum explained_rule rule, size_t room)
{
    return explanation_add_number(making, member, INTEGER_NONE, rule, room);
}

const char *explanation_money(struct making *making, int64_t amount_minor)
{
    char text[MONEY_TEXT_SIZE];
    return arena_text(making->arena, money_format(amount_minor, making->currency, text));
}

const char *explanation_percent(struct arena *arena, int64_t rate_ppm)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_format(arena, "%s%%", decimal_format_short(rate_ppm, PPM_DECIMALS - 2, text));
}

static const char *effort_text(struct making *making, const struct explained_input *input)
{
    const char *minutes = arena_format(making->arena, "%lld minutes", (long long)input->minutes);
    if (input->per_hour)
        return arena_format(making->arena, "%s at %s an hour", minutes, input->per_hour);
    if (!(input_words[input->kind].tells & TELLS_POINTS))
        return minutes;
    return arena_format(making->arena, "(%lld + 4 * %lld + %lld) / 6 = %s",
                        (long long)input->optimistic_minutes, (long long)input->likely_minutes,
                        (long long)input->pessimistic_minutes, minutes);
}

static const char *detail_of(struct making *making, const struct explained_input *input)
{
    unsigned tells = input_words[input->kind].tells;
    char day[DAY_TEXT_SIZE];
    if (tells & TELLS_RATE)
        return explanation_percent(making->arena, input->rate_ppm);
    if (tells & TELLS_PAID)
        return arena_format(making->arena, "%s paid of %s",
                            explanation_money(making, input->paid_minor),
                            explanation_money(making, input->of_minor));
    if (tells & TELLS_MINUTES)
        return effort_text(making, input);
    if (tells & TELLS_DAYS)
        return arena_format(making->arena, "%lld days, %lld of %lld", (long long)input->days,
                            (long long)input->part, (long long)input->whole);
    if (tells & TELLS_PART)
        return arena_format(making->arena, "%lld of %lld", (long long)input->part,
                            (long long)input->whole);
    if (tells & TELLS_DAY)
        return arena_text(making->arena, day_format(input->day, day));
    return input->exact;
}

/* What its kind does not tell is none, whatever it was left at. */
static void clear_untold(struct explained_input *input)
{
    const struct {
        unsigned told;
        int64_t *value;
    } values[] = {
        {TELLS_RATE, &input->rate_ppm},
        {TELLS_PAID, &input->paid_minor},
        {TELLS_PAID, &input->of_minor},
        {TELLS_PART, &input->part},
        {TELLS_PART, &input->whole},
        {TELLS_MINUTES, &input->minutes},
        {TELLS_POINTS, &input->optimistic_minutes},
        {TELLS_POINTS, &input->likely_minutes},
        {TELLS_POINTS, &input->pessimistic_minutes},
        {TELLS_DAYS, &input->days},
    };
    unsigned tells = input_words[input->kind].tells;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (!(tells & values[i].told))
            *values[i].value = INTEGER_NONE;
    }
    if (!(tells & TELLS_DAY))
        input->day = DAY_NONE;
    if (tells & TELLS_NO_AMOUNT)
        input->amount_minor = INTEGER_NONE;
}

void explanation_add_input(struct making *making, struct explained_number *number,
                           struct explained_input input)
{
    input.label = arena_format(making->arena, "%s%s%s", input_words[input.kind].before,
                               input.name ? input.name : "", input_words[input.kind].behind);
    input.detail = detail_of(making, &input);
    clear_untold(&input);
    *LIST_AT(struct explained_input, number->inputs, number->inputs.count) = input;
    number->inputs.count++;
}

void explanation_add_member(struct making *making, struct explained_number *number,
                            const char *member, int64_t amount_minor)
{
    explanation_add_input(making, number,
                          (struct explained_input){INPUT_NUMBER, .name = name_of(making, member),
                                                   .amount_minor = amount_minor});
}

const char *explanation_codes(struct making *making, const struct texts *codes)
{
    const char *text = codes->count > 0 ? codes->texts[0] : "";
    for (size_t i = 1; i < codes->count; i++)
        text = arena_format(making->arena, "%s, %s", text, codes->texts[i]);
    return text;
}

const char *explanation_month(struct making *making, int32_t start_day)
{
    char day[DAY_TEXT_SIZE];
    return arena_format(making->arena, "%.7s", day_format(start_day, day));
}

int32_t explanation_month_of(int32_t day)
{
    return day - day_to_civil(day).day + 1;
}

bool explained_is_sum(const struct explained_number *number)
{
    int64_t sum_minor = 0;
    bool fits = true;
    for (size_t i = 0; fits && i < number->inputs.count; i++)
        fits =
            money_add(sum_minor, LIST_AT(struct explained_input, number->inputs, i)->amount_minor,
                      &sum_minor, NULL) == OK;
    return fits && sum_minor == number->amount_minor;
}

void explained_check_sum(struct explained_number *number)
{
    number->is_sound = explained_is_sum(number);
}

/* Nothing is lost in 128 bits. */
const char *explanation_quotient(struct making *making, int64_t amount_minor, int64_t numerator,
                                 int64_t denominator)
{
    __extension__ typedef __int128 wide;
    wide product = (wide)amount_minor * numerator;
    bool is_negative = (product < 0) != (denominator < 0) && product != 0;
    wide size = product < 0 ? -product : product;
    wide by = denominator < 0 ? -(wide)denominator : denominator;
    char rest[PPM_DECIMALS];
    int64_t whole_minor = (int64_t)(size / by);
    wide below = size % by;
    size_t length = 0;
    for (size_t i = 0; i < PPM_DECIMALS; i++, below = below * 10 % by) {
        rest[i] = (char)('0' + below * 10 / by);
        length = rest[i] == '0' ? length : i + 1;
    }
    const char *whole = explanation_money(making, whole_minor);
    bool has_point = strchr(whole, '.') != NULL;
    return arena_format(making->arena, "%s%s%s%.*s", is_negative ? "-" : "", whole,
                        has_point || length == 0 ? "" : ".", (int)length, rest);
}

const char *explanation_product(struct making *making, int64_t amount_minor, int64_t rate_ppm)
{
    return explanation_quotient(making, amount_minor, rate_ppm, PPM);
}

struct making explanation_begin(struct arena *arena, struct explanation *explanation,
                                struct id subject, const char *currency, size_t room)
{
    *explanation = (struct explanation){
        .subject_id = subject,
        .currency = currency,
        .numbers = {arena_array(arena, room, sizeof(struct explained_number)), 0},
    };
    return (struct making){arena, explanation, currency, "", NULL};
}
