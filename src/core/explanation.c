#include "core/explanation.h"

#include <string.h>

#include "base/money.h"
#include "core/contract_terms.h"
#include "core/fields.h"
#include "core/plan_price.h"

enum { PPM = 1000 * 1000, PPM_DECIMALS = 6 };

/* ---- how numbers are put together ---------------------------------------------------------- */

static const char *const rules[] = {
    [RULE_PRICE] = "price",
    [RULE_PRICE_LESS_PROGRESS] = "price_less_progress",
    [RULE_PERIOD_SHARE] = "period_share",
    [RULE_PERCENTAGE] = "percentage",
    [RULE_PERCENTAGE_OF_REST] = "percentage_of_rest",
    [RULE_SETTLED_PERCENTAGE] = "settled_percentage",
    [RULE_PROGRESS_SHARE] = "progress_share",
    [RULE_TAX_OF_LINES] = "tax_of_lines",
    [RULE_SUM_OF_LINES] = "sum_of_lines",
    [RULE_SUM_OF_TAXES] = "sum_of_taxes",
    [RULE_NET_AND_TAX] = "net_and_tax",
    [RULE_TOTAL_LESS_PAID] = "total_less_paid",
    [RULE_AS_SIGNED] = "as_signed",
    [RULE_SUM_OF_CHANGES] = "sum_of_changes",
    [RULE_SUM_OF_REDUCTIONS] = "sum_of_reductions",
    [RULE_SUM_TO_DATE] = "sum_to_date",
    [RULE_ACCEPTED_PRICES] = "accepted_prices",
    [RULE_NET_INVOICED] = "net_invoiced",
    [RULE_NET_SHARE_PAID] = "net_share_paid",
    [RULE_SUM_LESS_INVOICED] = "sum_less_invoiced",
};
const struct choices explained_rule_choices = CHOICES("explained_rule", rules);

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
};

static const char *const roundings[] = {
    [ROUNDED_SHARES] = "half_up_shares",
    [ROUNDED_WHOLE_SHARE] = "half_up_whole_share",
    [ROUNDED_EACH_INVOICE] = "half_up_each_invoice",
    [ROUNDED_ONCE_UP] = "half_up_once",
    [ROUNDED_ONCE_EVEN] = "half_even_once",
    [ROUNDED_LINES_UP] = "half_up_lines",
    [ROUNDED_LINES_EVEN] = "half_even_lines",
};
const struct choices explained_rounding_choices = CHOICES("explained_rounding", roundings);

static const char *const rounding_words[] = {
    [ROUNDED_SHARES] = "half up, once for all percentages up to this one",
    [ROUNDED_WHOLE_SHARE] = "half up, of the whole share, so that all parts sum to the price",
    [ROUNDED_EACH_INVOICE] = "half up, for each invoice that is paid in part",
    [ROUNDED_ONCE_UP] = "half up, once for all lines of this rate",
    [ROUNDED_ONCE_EVEN] = "half even, once for all lines of this rate",
    [ROUNDED_LINES_UP] = "half up, line by line",
    [ROUNDED_LINES_EVEN] = "half even, line by line",
};

static const char *const kinds[] = {
    [INPUT_NUMBER] = "number",
    [INPUT_LINE] = "line",
    [INPUT_MILESTONE] = "milestone",
    [INPUT_PROGRESS] = "progress",
    [INPUT_SETTLED] = "settled",
    [INPUT_SHARES_UP_TO] = "shares_up_to",
    [INPUT_SHARES_BEFORE] = "shares_before",
    [INPUT_REDUCTION] = "reduction",
    [INPUT_PROGRESS_BEFORE] = "progress_before",
    [INPUT_TAX] = "tax",
    [INPUT_PAYMENT] = "payment",
    [INPUT_CREDIT_NOTE] = "credit_note",
    [INPUT_INVOICE] = "invoice",
    [INPUT_INVOICE_PAID] = "invoice_paid",
    [INPUT_CHANGE_ORDER] = "change_order",
    [INPUT_CONTRACT] = "contract",
};
const struct choices explained_kind_choices = CHOICES("explained_kind", kinds);

/* The words around the name, and what an input of that kind tells besides. */
static const struct {
    const char *before;
    const char *behind;
    bool has_rate;
    bool has_paid;
} input_words[] = {
    [INPUT_NUMBER] = {"", ""},
    [INPUT_LINE] = {"", ""},
    [INPUT_MILESTONE] = {"", ""},
    [INPUT_PROGRESS] = {"", "", .has_rate = true},
    [INPUT_SETTLED] = {"", ", settled"},
    [INPUT_SHARES_UP_TO] = {"all percentages up to this one", "", .has_rate = true},
    [INPUT_SHARES_BEFORE] = {"less those before it", "", .has_rate = true},
    [INPUT_REDUCTION] = {"as agreed: ", ""},
    [INPUT_PROGRESS_BEFORE] = {"less progress billed before", ""},
    [INPUT_TAX] = {"", "", .has_rate = true},
    [INPUT_PAYMENT] = {"payment ", ""},
    [INPUT_CREDIT_NOTE] = {"credit note ", ""},
    [INPUT_INVOICE] = {"invoice ", ""},
    [INPUT_INVOICE_PAID] = {"invoice ", "", .has_paid = true},
    [INPUT_CHANGE_ORDER] = {"change order ", ""},
    [INPUT_CONTRACT] = {"the contract's total", ""},
};

static const struct field input_fields[] = {
    FIELD(struct explained_input, kind, CHOICE, .choices = &explained_kind_choices),
    FIELD(struct explained_input, name, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct explained_input, label, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct explained_input, detail, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct explained_input, rate_ppm, INTEGER, .flags = NULLABLE),
    FIELD(struct explained_input, paid_minor, MONEY, .flags = NULLABLE),
    FIELD(struct explained_input, of_minor, MONEY, .flags = NULLABLE),
    FIELD(struct explained_input, exact, TEXT, .limit = CODE_LIMIT),
    FIELD(struct explained_input, amount_minor, MONEY),
    FIELD(struct explained_input, subject_id, ID),
};
static const struct shape input_shape =
    SHAPE("explained_input", struct explained_input, input_fields);

static const struct field number_fields[] = {
    FIELD(struct explained_number, name, TEXT, .limit = CODE_LIMIT),
    FIELD(struct explained_number, amount_minor, MONEY),
    FIELD(struct explained_number, rule_kind, CHOICE, .choices = &explained_rule_choices),
    FIELD(struct explained_number, is_reduced, BOOLEAN),
    FIELD(struct explained_number, rate_ppm, INTEGER, .flags = NULLABLE),
    FIELD(struct explained_number, of_minor, MONEY, .flags = NULLABLE),
    FIELD(struct explained_number, rest_minor, MONEY, .flags = NULLABLE),
    FIELD(struct explained_number, rule, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct explained_number, exact, TEXT, .limit = CODE_LIMIT),
    FIELD(struct explained_number, rounding_kind, CHOICE, .choices = &explained_rounding_choices),
    FIELD(struct explained_number, rounding, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct explained_number, is_sound, BOOLEAN),
    FIELD(struct explained_number, inputs, LIST, .shape = &input_shape),
};
static const struct shape number_shape =
    SHAPE("explained_number", struct explained_number, number_fields);

static const struct field explanation_fields[] = {
    FIELD(struct explanation, subject_id, ID),
    FIELD(struct explanation, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct explanation, numbers, LIST, .shape = &number_shape),
};
const struct shape explanation_shape = SHAPE("explanation", struct explanation, explanation_fields);

/* ---- the text in the making ---------------------------------------------------------------- */

/* The lists have room for all that is put in. */
struct making {
    struct arena *arena;
    struct explanation *explanation;
};

static void set_rule(struct explained_number *number, enum explained_rule kind)
{
    number->rule_kind = kind;
    number->rule = rule_words[kind];
}

static void set_rounding(struct explained_number *number, enum explained_rounding kind)
{
    number->rounding_kind = kind;
    number->rounding = rounding_words[kind];
}

static struct explained_number *add_number(struct making *making, const char *name,
                                           int64_t amount_minor, enum explained_rule rule,
                                           size_t room)
{
    struct list *numbers = &making->explanation->numbers;
    struct explained_number *number = LIST_AT(struct explained_number, *numbers, numbers->count++);
    *number = (struct explained_number){
        .name = name,
        .amount_minor = amount_minor,
        .rate_ppm = INTEGER_NONE,
        .of_minor = INTEGER_NONE,
        .rest_minor = INTEGER_NONE,
        .inputs = {arena_array(making->arena, room, sizeof(struct explained_input)), 0},
    };
    set_rule(number, rule);
    return number;
}

static const char *money_text(struct making *making, int64_t amount_minor)
{
    char text[MONEY_TEXT_SIZE];
    return arena_text(making->arena,
                      money_format(amount_minor, making->explanation->currency, text));
}

static const char *percent_text(struct arena *arena, int64_t rate_ppm)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_format(arena, "%s%%", decimal_format_short(rate_ppm, PPM_DECIMALS - 2, text));
}

static const char *detail_of(struct making *making, const struct explained_input *input)
{
    if (input_words[input->kind].has_rate)
        return percent_text(making->arena, input->rate_ppm);
    if (input_words[input->kind].has_paid)
        return arena_format(making->arena, "%s paid of %s", money_text(making, input->paid_minor),
                            money_text(making, input->of_minor));
    return input->exact;
}

/* Its words follow from the rest. */
static void add_input(struct making *making, struct explained_number *number,
                      struct explained_input input)
{
    input.label = arena_format(making->arena, "%s%s%s", input_words[input.kind].before,
                               input.name ? input.name : "", input_words[input.kind].behind);
    input.detail = detail_of(making, &input);
    if (!input_words[input.kind].has_rate)
        input.rate_ppm = INTEGER_NONE;
    if (!input_words[input.kind].has_paid)
        input.paid_minor = input.of_minor = INTEGER_NONE;
    *LIST_AT(struct explained_input, number->inputs, number->inputs.count) = input;
    number->inputs.count++;
}

static bool is_sum(const struct explained_number *number)
{
    int64_t sum_minor = 0;
    bool fits = true;
    for (size_t i = 0; fits && i < number->inputs.count; i++)
        fits =
            money_add(sum_minor, LIST_AT(struct explained_input, number->inputs, i)->amount_minor,
                      &sum_minor, NULL) == OK;
    return fits && sum_minor == number->amount_minor;
}

/* For a number that its inputs simply sum to. */
static void check_sum(struct explained_number *number)
{
    number->is_sound = is_sum(number);
}

/* amount * rate, with all its decimals: those of the currency and as many of the rate as there are.
 * Nothing is lost in 128 bits. */
static const char *product_text(struct making *making, int64_t amount_minor, int64_t rate_ppm)
{
    bool is_negative = amount_minor < 0;
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)(is_negative ? -amount_minor : amount_minor) * (wide)rate_ppm;
    char rest[PPM_DECIMALS + 1];
    int64_t whole_minor = (int64_t)(product / PPM);
    unsigned below = (unsigned)(product % PPM);
    for (int i = PPM_DECIMALS - 1; i >= 0; i--, below /= 10)
        rest[i] = (char)('0' + below % 10);
    size_t length = PPM_DECIMALS;
    while (length > 0 && rest[length - 1] == '0')
        length--;
    const char *whole = money_text(making, whole_minor);
    bool has_point = strchr(whole, '.') != NULL;
    return arena_format(making->arena, "%s%s%s%.*s", is_negative ? "-" : "", whole,
                        has_point || length == 0 ? "" : ".", (int)length, rest);
}

/* ---- lines --------------------------------------------------------------------------------- */

static const struct milestone *milestone_of(const struct list *milestones, struct id id)
{
    for (size_t i = 0; i < milestones->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *milestones, i);
        if (id_equal(milestone->id, id))
            return milestone;
    }
    return NULL;
}

static const struct plan_milestone *find_planned(const struct plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *planned = LIST_AT(struct plan_milestone, plan->milestones, i);
        if (planned->code && strcmp(planned->code, code) == 0)
            return planned;
    }
    return NULL;
}

/* Of what the percentages are taken, and how far they come before one of them and in all. */
struct share_ground {
    int64_t whole_minor;
    int64_t whole_ppm;
    int64_t before_ppm;
};

/* core/plan_price.h: those that are not settled share what those that are leave. */
static bool find_share_ground(const struct plan *plan, const struct plan_milestone *planned,
                              struct share_ground *ground)
{
    bool is_settled = false, is_before = true;
    int64_t open_ppm = 0;
    *ground = (struct share_ground){.whole_minor = plan->total_minor, .whole_ppm = PPM};
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *other = LIST_AT(struct plan_milestone, plan->milestones, i);
        is_before = is_before && other != planned;
        if (other->pricing != PRICING_PERCENTAGE)
            continue;
        if (plan_is_settled(other)) {
            is_settled = true;
            continue;
        }
        open_ppm += other->percent_ppm;
        ground->before_ppm += is_before ? other->percent_ppm : 0;
    }
    if (!is_settled)
        return true;
    ground->whole_ppm = open_ppm;
    return plan_rest_of_shares(plan, &ground->whole_minor, NULL) == OK;
}

static void set_share_rule(struct making *making, struct explained_number *number,
                           const struct plan *plan, const struct plan_milestone *planned,
                           const struct share_ground *ground)
{
    const char *percent = percent_text(making->arena, planned->percent_ppm);
    const char *total = money_text(making, plan->total_minor);
    number->rate_ppm = planned->percent_ppm;
    number->of_minor = plan->total_minor;
    if (ground->whole_ppm == PPM) {
        set_rule(number, RULE_PERCENTAGE);
        number->rule = arena_format(making->arena, "%s of the contract's total of %s, counted up",
                                    percent, total);
        return;
    }
    set_rule(number, RULE_PERCENTAGE_OF_REST);
    number->rest_minor = ground->whole_minor;
    number->rule = arena_format(
        making->arena,
        "%s of the contract's total of %s: its part of the %s that what is settled leaves, "
        "counted up",
        percent, total, money_text(making, ground->whole_minor));
}

/* round(total * all up to it) - round(total * all before it), core/plan_price.h. */
static void explain_share(struct making *making, struct explained_number *number,
                          const struct plan *plan, const struct plan_milestone *planned)
{
    struct share_ground ground;
    int64_t up_to_minor = 0, before_minor = 0;
    bool fits = find_share_ground(plan, planned, &ground);
    int64_t up_to_ppm = ground.before_ppm + planned->percent_ppm;
    fits = fits &&
           money_ratio(ground.whole_minor, up_to_ppm, ground.whole_ppm, ROUND_HALF_UP, &up_to_minor,
                       NULL) == OK &&
           money_ratio(ground.whole_minor, ground.before_ppm, ground.whole_ppm, ROUND_HALF_UP,
                       &before_minor, NULL) == OK;
    set_share_rule(making, number, plan, planned, &ground);
    number->exact = ground.whole_ppm == PPM
                        ? product_text(making, plan->total_minor, planned->percent_ppm)
                        : NULL;
    set_rounding(number, ROUNDED_SHARES);
    add_input(making, number,
              (struct explained_input){INPUT_SHARES_UP_TO, .rate_ppm = up_to_ppm,
                                       .amount_minor = up_to_minor});
    add_input(making, number,
              (struct explained_input){INPUT_SHARES_BEFORE, .rate_ppm = ground.before_ppm,
                                       .amount_minor = -before_minor});
    number->is_sound = fits && up_to_minor - before_minor == planned->price_minor;
}

static void explain_percentage(struct making *making, struct explained_number *number,
                               const struct plan *plan, const struct plan_milestone *planned)
{
    if (!plan_is_settled(planned)) {
        explain_share(making, number, plan, planned);
        return;
    }
    set_rule(number, RULE_SETTLED_PERCENTAGE);
    number->rate_ppm = planned->percent_ppm;
    number->rule = arena_format(making->arena,
                                "%s of the contract's total as it was before a change order "
                                "restated it: settled, so it stays",
                                percent_text(making->arena, planned->percent_ppm));
    add_input(making, number,
              (struct explained_input){
                  INPUT_SETTLED,
                  .name = arena_format(making->arena, "%s %s", planned->code, planned->title),
                  .amount_minor = planned->settled_minor,
              });
    number->is_sound = true;
}

/* What both sides agreed to take off the price. */
static void explain_reduction(struct making *making, struct explained_number *number,
                              const struct milestone *milestone)
{
    if (milestone_reduction(milestone) == 0)
        return;
    number->is_reduced = true;
    number->rule = arena_format(making->arena, "%s, less what was agreed", number->rule);
    add_input(making, number,
              (struct explained_input){
                  INPUT_REDUCTION,
                  .name = milestone->reduction_reason,
                  .amount_minor = -milestone_reduction(milestone),
                  .subject_id = milestone->id,
              });
}

static const struct progress_claim *claim_of(const struct invoice_facts *facts)
{
    for (size_t i = 0; i < facts->claims.count; i++) {
        const struct progress_claim *claim = LIST_AT(struct progress_claim, facts->claims, i);
        if (id_equal(claim->invoice_id, facts->invoice->id))
            return claim;
    }
    return NULL;
}

/* What the accepted claims of the milestone before one billed, all for NULL. */
static int64_t claimed_before(const struct invoice_facts *facts, const struct milestone *milestone,
                              const struct progress_claim *before)
{
    int64_t sum_minor = 0; /* within the milestone's price */
    for (size_t i = 0; i < facts->claims.count; i++) {
        const struct progress_claim *claim = LIST_AT(struct progress_claim, facts->claims, i);
        if (claim->state == PROGRESS_ACCEPTED && id_equal(claim->milestone_id, milestone->id) &&
            (!before || claim->number < before->number))
            sum_minor += claim->net_minor;
    }
    return sum_minor;
}

/* A share of the price, or with its acceptance all of it, less what was billed before. */
static void explain_progress(struct making *making, struct explained_number *number,
                             const struct invoice_facts *facts, const struct milestone *milestone)
{
    const struct progress_claim *claim = claim_of(facts);
    const char *title = arena_format(making->arena, "%s %s", milestone->code, milestone->title);
    int64_t before_minor = claimed_before(facts, milestone, claim);
    if (claim) {
        set_rule(number, RULE_PROGRESS_SHARE);
        set_rounding(number, ROUNDED_WHOLE_SHARE);
        add_input(making, number,
                  (struct explained_input){
                      INPUT_PROGRESS,
                      .name = title,
                      .rate_ppm = claim->percent_ppm,
                      .amount_minor = before_minor + claim->net_minor,
                      .subject_id = claim->id,
                  });
    } else {
        set_rule(number, RULE_PRICE_LESS_PROGRESS);
        add_input(making, number,
                  (struct explained_input){INPUT_MILESTONE, .name = title,
                                           .amount_minor = milestone->price_minor,
                                           .subject_id = milestone->id});
        explain_reduction(making, number, milestone);
    }
    if (before_minor > 0)
        add_input(making, number,
                  (struct explained_input){INPUT_PROGRESS_BEFORE, .amount_minor = -before_minor});
    check_sum(number);
}

static void explain_line(struct making *making, const struct invoice_facts *facts,
                         const struct invoice_line *line)
{
    const struct plan *plan = facts->contract->plan;
    const struct milestone *milestone = milestone_of(&facts->milestones, line->milestone_id);
    const char *name = arena_format(making->arena, "lines/%lld", (long long)line->number);
    struct explained_number *number = add_number(making, name, line->net_minor, RULE_PRICE, 3);
    if (!milestone)
        return; /* not sound */
    const struct plan_milestone *planned = find_planned(plan, milestone->code);
    if (milestone->pricing == PRICING_PERCENTAGE && planned) {
        explain_percentage(making, number, plan, planned);
        explain_reduction(making, number, milestone);
        number->is_sound = number->is_sound && is_sum(number);
        return;
    }
    if (milestone->pricing == PRICING_PROGRESS) {
        explain_progress(making, number, facts, milestone);
        return;
    }
    bool is_period = milestone->pricing == PRICING_RECURRING;
    if (is_period)
        set_rule(number, RULE_PERIOD_SHARE);
    const char *title = arena_format(making->arena, "%s %s", milestone->code, milestone->title);
    add_input(making, number,
              (struct explained_input){
                  is_period ? INPUT_LINE : INPUT_MILESTONE,
                  .name = is_period ? line->description : title,
                  .amount_minor = is_period ? line->net_minor : milestone->price_minor,
                  .subject_id = line->milestone_id,
              });
    if (!is_period)
        explain_reduction(making, number, milestone);
    check_sum(number);
}

/* ---- tax and totals of an invoice ---------------------------------------------------------- */

static bool is_in_group(const struct invoice_line *line, const struct invoice_tax *tax)
{
    return line->tax_category == tax->category && line->tax_rate_ppm == tax->rate_ppm;
}

static const enum explained_rounding tax_roundings[2][2] = {
    {ROUNDED_ONCE_UP, ROUNDED_ONCE_EVEN},
    {ROUNDED_LINES_UP, ROUNDED_LINES_EVEN},
};

static void explain_tax(struct making *making, const struct invoice_facts *facts, size_t place)
{
    const struct invoice *invoice = facts->invoice;
    const struct invoice_tax *tax = LIST_AT(struct invoice_tax, invoice->taxes, place);
    const struct tax_rule rule = contract_tax_rule(facts->contract->plan->terms);
    bool is_per_line = rule.scope == TAX_PER_LINE;
    int64_t base_minor = 0, lines_minor = 0, group_minor = 0;
    bool fits = true;
    struct explained_number *number =
        add_number(making, arena_format(making->arena, "taxes/%zu", place), tax->tax_minor,
                   RULE_TAX_OF_LINES, invoice->lines.count);
    for (size_t i = 0; i < invoice->lines.count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, invoice->lines, i);
        int64_t tax_minor = 0;
        if (!is_in_group(line, tax))
            continue;
        fits = fits && money_ratio(line->net_minor, tax->rate_ppm, PPM, rule.rounding, &tax_minor,
                                   NULL) == OK;
        base_minor += line->net_minor;
        lines_minor += tax_minor;
        add_input(
            making, number,
            (struct explained_input){
                INPUT_LINE,
                .name = line->description,
                .exact = is_per_line ? product_text(making, line->net_minor, tax->rate_ppm) : NULL,
                .amount_minor = line->net_minor,
                .subject_id = line->milestone_id,
            });
    }
    fits = fits &&
           money_ratio(base_minor, tax->rate_ppm, PPM, rule.rounding, &group_minor, NULL) == OK;
    number->rate_ppm = tax->rate_ppm;
    number->of_minor = base_minor;
    number->rule =
        arena_format(making->arena, "%s of the lines' net of %s",
                     percent_text(making->arena, tax->rate_ppm), money_text(making, base_minor));
    number->exact = product_text(making, base_minor, tax->rate_ppm);
    set_rounding(number, tax_roundings[is_per_line][rule.rounding == ROUND_HALF_EVEN]);
    number->is_sound = fits && base_minor == tax->base_minor &&
                       tax->tax_minor == (is_per_line ? lines_minor : group_minor);
}

static void explain_net(struct making *making, const struct invoice *invoice)
{
    struct explained_number *number =
        add_number(making, "net", invoice->net_minor, RULE_SUM_OF_LINES, invoice->lines.count);
    for (size_t i = 0; i < invoice->lines.count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, invoice->lines, i);
        add_input(making, number,
                  (struct explained_input){INPUT_LINE, .name = line->description,
                                           .amount_minor = line->net_minor,
                                           .subject_id = line->milestone_id});
    }
    check_sum(number);
}

static void explain_tax_sum(struct making *making, const struct invoice *invoice)
{
    struct explained_number *number =
        add_number(making, "tax", invoice->tax_minor, RULE_SUM_OF_TAXES, invoice->taxes.count);
    for (size_t i = 0; i < invoice->taxes.count; i++) {
        const struct invoice_tax *tax = LIST_AT(struct invoice_tax, invoice->taxes, i);
        add_input(making, number,
                  (struct explained_input){
                      INPUT_TAX,
                      .name = choice_name(&tax_category_choices, (int)tax->category),
                      .rate_ppm = tax->rate_ppm,
                      .amount_minor = tax->tax_minor,
                  });
    }
    check_sum(number);
}

static void explain_total(struct making *making, const struct invoice *invoice)
{
    struct explained_number *number =
        add_number(making, "total", invoice->total_minor, RULE_NET_AND_TAX, 2);
    add_input(
        making, number,
        (struct explained_input){INPUT_NUMBER, .name = "net", .amount_minor = invoice->net_minor});
    add_input(
        making, number,
        (struct explained_input){INPUT_NUMBER, .name = "tax", .amount_minor = invoice->tax_minor});
    check_sum(number);
}

static void explain_outstanding(struct making *making, const struct invoice_facts *facts)
{
    const struct invoice *invoice = facts->invoice;
    struct explained_number *number =
        add_number(making, "outstanding", invoice_outstanding(invoice), RULE_TOTAL_LESS_PAID,
                   facts->applied.count + 1);
    add_input(making, number,
              (struct explained_input){INPUT_NUMBER, .name = "total",
                                       .amount_minor = invoice->total_minor});
    for (size_t i = 0; i < facts->applied.count; i++) {
        const struct applied_amount *applied = LIST_AT(struct applied_amount, facts->applied, i);
        add_input(making, number,
                  (struct explained_input){
                      applied->is_credit_note ? INPUT_CREDIT_NOTE : INPUT_PAYMENT,
                      .name = applied->number,
                      .amount_minor = -applied->amount_minor,
                      .subject_id = applied->subject_id,
                  });
    }
    check_sum(number);
}

static struct making begin(struct arena *arena, struct explanation *explanation, struct id subject,
                           const char *currency, size_t room)
{
    *explanation = (struct explanation){
        .subject_id = subject,
        .currency = currency,
        .numbers = {arena_array(arena, room, sizeof(struct explained_number)), 0},
    };
    return (struct making){arena, explanation};
}

enum error explain_invoice(struct arena *arena, const struct invoice_facts *facts,
                           struct explanation *explanation, struct fault *fault)
{
    const struct invoice *invoice = facts->invoice;
    if (invoice->kind != INVOICE_INVOICE)
        return refuse(fault, ERROR_WRONG_STATE, "kind",
                      "a credit note takes back what its invoice asked for: explain that");
    struct making making = begin(arena, explanation, invoice->id, invoice->currency,
                                 invoice->lines.count + invoice->taxes.count + 4);
    for (size_t i = 0; i < invoice->lines.count; i++)
        explain_line(&making, facts, LIST_AT(struct invoice_line, invoice->lines, i));
    for (size_t i = 0; i < invoice->taxes.count; i++)
        explain_tax(&making, facts, i);
    explain_net(&making, invoice);
    explain_tax_sum(&making, invoice);
    explain_total(&making, invoice);
    explain_outstanding(&making, facts);
    return OK;
}

/* ---- the contract's position --------------------------------------------------------------- */

/* An invoice less its credit notes, as core/contract_position.h counts. */
static struct billed billed_of(const struct list *documents, const struct invoice *invoice)
{
    struct billed billed = {invoice->net_minor, invoice->total_minor,
                            invoice->paid_minor + invoice->credited_minor};
    for (size_t i = 0; i < documents->count; i++) {
        const struct invoice *note = LIST_AT(struct invoice, *documents, i);
        if (note->kind != INVOICE_CREDIT_NOTE || !id_equal(note->credited_invoice_id, invoice->id))
            continue;
        billed.net_minor -= note->net_minor;
        billed.total_minor -= note->total_minor;
        billed.paid_minor -= note->total_minor;
    }
    return billed;
}

static void explain_changes(struct making *making, const struct position_facts *facts)
{
    struct explained_number *number = add_number(making, "changes", facts->position->changes_minor,
                                                 RULE_SUM_OF_CHANGES, facts->changes.count);
    for (size_t i = 0; i < facts->changes.count; i++) {
        const struct applied_change *change = LIST_AT(struct applied_change, facts->changes, i);
        add_input(making, number,
                  (struct explained_input){
                      INPUT_CHANGE_ORDER,
                      .name = arena_format(making->arena, "%lld %s", (long long)change->number,
                                           change->title),
                      .amount_minor = change->change_minor,
                      .subject_id = change->id,
                  });
    }
    check_sum(number);
}

static void explain_reductions(struct making *making, const struct position_facts *facts)
{
    struct explained_number *number =
        add_number(making, "reductions", facts->position->reductions_minor, RULE_SUM_OF_REDUCTIONS,
                   facts->milestones.count);
    for (size_t i = 0; i < facts->milestones.count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, facts->milestones, i);
        if (milestone_is_accepted(milestone) && milestone_reduction(milestone) > 0)
            add_input(making, number,
                      (struct explained_input){
                          INPUT_REDUCTION,
                          .name = arena_format(making->arena, "%s: %s", milestone->code,
                                               milestone->reduction_reason),
                          .amount_minor = milestone_reduction(milestone),
                          .subject_id = milestone->id,
                      });
    }
    check_sum(number);
}

static void explain_sum_to_date(struct making *making, const struct contract_position *position)
{
    const struct explained_input inputs[] = {
        {INPUT_NUMBER, .name = "sum", .amount_minor = position->sum_minor},
        {INPUT_NUMBER, .name = "changes", .amount_minor = position->changes_minor},
        {INPUT_NUMBER, .name = "reductions", .amount_minor = -position->reductions_minor},
    };
    struct explained_number *number = add_number(making, "sum_to_date", position->sum_to_date_minor,
                                                 RULE_SUM_TO_DATE, sizeof inputs / sizeof *inputs);
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        add_input(making, number, inputs[i]);
    check_sum(number);
}

/* A milestone counts once it is accepted, and before that with its accepted progress. */
static int64_t accepted_of(const struct milestone *milestone)
{
    return milestone_is_accepted(milestone) ? milestone_billed_minor(milestone)
                                            : milestone_claimed(milestone);
}

static void explain_accepted(struct making *making, const struct position_facts *facts)
{
    struct explained_number *number =
        add_number(making, "accepted", facts->position->accepted_minor, RULE_ACCEPTED_PRICES,
                   facts->milestones.count);
    for (size_t i = 0; i < facts->milestones.count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, facts->milestones, i);
        if (!milestone_is_accepted(milestone) && milestone_claimed(milestone) == 0)
            continue;
        add_input(
            making, number,
            (struct explained_input){
                milestone_is_accepted(milestone) ? INPUT_MILESTONE : INPUT_PROGRESS,
                .name = arena_format(making->arena, "%s %s", milestone->code, milestone->title),
                .rate_ppm = milestone_claimed_ppm(milestone),
                .amount_minor = accepted_of(milestone),
                .subject_id = milestone->id,
            });
    }
    check_sum(number);
}

static void explain_invoiced(struct making *making, const struct position_facts *facts)
{
    struct explained_number *number =
        add_number(making, "invoiced", facts->position->invoiced_minor, RULE_NET_INVOICED,
                   facts->documents.count);
    for (size_t i = 0; i < facts->documents.count; i++) {
        const struct invoice *document = LIST_AT(struct invoice, facts->documents, i);
        bool is_note = document->kind == INVOICE_CREDIT_NOTE;
        add_input(making, number,
                  (struct explained_input){
                      is_note ? INPUT_CREDIT_NOTE : INPUT_INVOICE,
                      .name = document->number,
                      .amount_minor = is_note ? -document->net_minor : document->net_minor,
                      .subject_id = document->id,
                  });
    }
    check_sum(number);
}

static enum error explain_paid(struct making *making, const struct position_facts *facts,
                               struct fault *fault)
{
    struct explained_number *number = add_number(making, "paid", facts->position->paid_minor,
                                                 RULE_NET_SHARE_PAID, facts->documents.count);
    set_rounding(number, ROUNDED_EACH_INVOICE);
    for (size_t i = 0; i < facts->documents.count; i++) {
        const struct invoice *invoice = LIST_AT(struct invoice, facts->documents, i);
        if (invoice->kind != INVOICE_INVOICE)
            continue;
        const struct billed billed = billed_of(&facts->documents, invoice);
        int64_t net_minor = 0;
        enum error error = OK;
        if (billed.total_minor != 0)
            error = money_ratio(billed.paid_minor, billed.net_minor, billed.total_minor,
                                ROUND_HALF_UP, &net_minor, fault);
        if (error)
            return error;
        if (billed.paid_minor == 0)
            continue;
        add_input(making, number,
                  (struct explained_input){
                      INPUT_INVOICE_PAID,
                      .name = invoice->number,
                      .paid_minor = billed.paid_minor,
                      .of_minor = billed.total_minor,
                      .amount_minor = net_minor,
                      .subject_id = invoice->id,
                  });
    }
    check_sum(number);
    return OK;
}

/* a number that is one other, or two. */
static void explain_pair(struct making *making, const char *name, int64_t amount_minor,
                         enum explained_rule rule, struct explained_input first,
                         struct explained_input second)
{
    struct explained_number *number = add_number(making, name, amount_minor, rule, 2);
    add_input(making, number, first);
    if (second.kind)
        add_input(making, number, second);
    check_sum(number);
}

enum error explain_position(struct arena *arena, const struct position_facts *facts,
                            struct explanation *explanation, struct fault *fault)
{
    const struct contract_position *position = facts->position;
    struct making making = begin(arena, explanation, position->contract_id, position->currency, 8);
    const struct explained_input none = {0};
    explain_pair(&making, "sum", position->sum_minor, RULE_AS_SIGNED,
                 (struct explained_input){INPUT_CONTRACT, .amount_minor = position->sum_minor,
                                          .subject_id = position->contract_id},
                 none);
    explain_changes(&making, facts);
    explain_reductions(&making, facts);
    explain_sum_to_date(&making, position);
    explain_accepted(&making, facts);
    explain_invoiced(&making, facts);
    enum error error = explain_paid(&making, facts, fault);
    explain_pair(&making, "left", position->left_minor, RULE_SUM_LESS_INVOICED,
                 (struct explained_input){INPUT_NUMBER, .name = "sum_to_date",
                                          .amount_minor = position->sum_to_date_minor},
                 (struct explained_input){INPUT_NUMBER, .name = "invoiced",
                                          .amount_minor = -position->invoiced_minor});
    return error;
}
