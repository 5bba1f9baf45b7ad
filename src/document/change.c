#include "document/change.h"

#include "base/day.h"
#include "base/shape.h"
#include "document/part.h"
#include "document/table.h"
#include "words/show.h"

static const char *money(const struct flow *flow, const struct printed_contract *contract,
                         int64_t amount_minor)
{
    return show_money(flow->arena, flow->language, amount_minor, contract->currency);
}

/* With its sign, whichever it is. */
static const char *signed_money(const struct flow *flow, const struct printed_contract *contract,
                                int64_t amount_minor)
{
    return arena_format(flow->arena, "%s%s", amount_minor > 0 ? "+" : "",
                        money(flow, contract, amount_minor));
}

const char *change_kind(const struct flow *flow, const struct printed_contract *contract)
{
    return phrase(flow->arena, flow->language, WORD_CHANGE_REVISION,
                  arena_format(flow->arena, "%d", contract->change->number),
                  contract->change->contract_number,
                  arena_format(flow->arena, "%d", contract->revision));
}

void change_figures(struct flow *flow, const struct printed_contract *contract)
{
    const struct printed_change *change = contract->change;
    const struct language *language = flow->language;
    const struct figure figures[] = {
        {word(language, WORD_SUM_BEFORE), money(flow, contract, change->sum_before_minor)},
        {word(language, WORD_CHANGE), signed_money(flow, contract, change->change_minor)},
        {word(language, WORD_SUM_AFTER), money(flow, contract, contract->total_minor)},
        {word(language, WORD_COMPLETION), show_day(flow->arena, language, change->end_after_day)},
    };
    part_figures(flow, figures, sizeof figures / sizeof *figures);
}

static const char *amount_or_none(const struct flow *flow, const struct printed_contract *contract,
                                  int64_t amount_minor)
{
    return amount_minor == INTEGER_NONE
               ? "–"
               : show_amount(flow->arena, flow->language, amount_minor, contract->currency);
}

static void put_milestone(struct table *table, const struct flow *flow,
                          const struct printed_contract *contract,
                          const struct printed_milestone_change *milestone)
{
    table_row(table);
    table_text(table, 0, STYLE_MARK, milestone->number);
    table_text(table, 1, STYLE_STRONG, milestone->title);
    table_text(table, 1, STYLE_DETAIL, milestone->summary);
    table_text(table, 2, STYLE_BODY,
               show_day(flow->arena, flow->language,
                        milestone->due_after_day != DAY_NONE ? milestone->due_after_day
                                                             : milestone->due_before_day));
    table_text(table, 3, STYLE_BODY, amount_or_none(flow, contract, milestone->price_before_minor));
    table_text(table, 4, STYLE_BODY, amount_or_none(flow, contract, milestone->price_after_minor));
}

static void put_milestones(struct flow *flow, const struct printed_contract *contract)
{
    static const struct column columns[] = {
        {WORD_NUMBER, ALIGN_START},    {WORD_MILESTONE, ALIGN_START, .takes_rest = true},
        {WORD_DUE, ALIGN_END},         {WORD_PRICE_BEFORE, ALIGN_END},
        {WORD_PRICE_AFTER, ALIGN_END},
    };
    const struct printed_change *change = contract->change;
    if (change->milestone_count == 0)
        return;
    struct table *table = table_new(flow, columns, 5);
    for (size_t i = 0; i < change->milestone_count; i++)
        put_milestone(table, flow, contract, &change->milestones[i]);
    table_end(table, false);
}

static const char *end_text(const struct flow *flow, const struct printed_change *change)
{
    const char *before = show_day(flow->arena, flow->language, change->end_before_day);
    const char *after = show_day(flow->arena, flow->language, change->end_after_day);
    return change->end_before_day == change->end_after_day
               ? after
               : phrase(flow->arena, flow->language, WORD_DUE_MOVES, before, after, NULL);
}

static void put_credits(struct flow *flow, const struct printed_contract *contract)
{
    const struct printed_change *change = contract->change;
    for (size_t i = 0; i < change->credit_count; i++)
        part_term(flow, word(flow->language, WORD_CREDITS),
                  phrase(flow->arena, flow->language, WORD_CREDIT_OF,
                         money(flow, contract, change->credits[i].net_minor),
                         change->credits[i].milestone, NULL));
}

void change_tables(struct flow *flow, const struct printed_contract *contract)
{
    const struct printed_change *change = contract->change;
    const struct language *language = flow->language;
    part_heading(flow, word(language, WORD_CHANGES));
    put_milestones(flow, contract);
    for (size_t i = 0; i < change->other_count; i++)
        part_term(flow, change->others[i].label, change->others[i].value);
    part_term(flow, word(language, WORD_TAX_CHANGE),
              signed_money(flow, contract, change->tax_change_minor));
    put_credits(flow, contract);
    part_term(flow, word(language, WORD_COMPLETION), end_text(flow, change));
    part_term(flow, word(language, WORD_CRITICAL_BEFORE), change->critical_before);
    part_term(flow, word(language, WORD_CRITICAL_AFTER), change->critical_after);
    part_term(flow, word(language, WORD_TAKES_EFFECT),
              change->start_day == DAY_NONE ? word(language, WORD_ON_LAST_SIGNATURE)
                                            : show_day(flow->arena, language, change->start_day));
    part_term(flow, word(language, WORD_SIGN_UNTIL),
              show_day(flow->arena, language, change->valid_until_day));
}
