#include "document/contract.h"

#include "base/currency.h"
#include "base/day.h"
#include "document/change.h"
#include "document/finish.h"
#include "document/part.h"
#include "document/table.h"
#include "words/show.h"

enum {
    GUTTER = POINTS(24),
    CARD_PAD = POINTS(14),
    CARD_LABEL = POINTS(86),
    CARD_EDGE = POINTS(3),
};

struct sheet {
    struct flow *flow;
    const struct printed_contract *contract;
};

static const char *say(const struct sheet *sheet, enum word which)
{
    return word(sheet->flow->language, which);
}

static const char *amount(const struct sheet *sheet, int64_t amount_minor)
{
    return show_amount(sheet->flow->arena, sheet->flow->language, amount_minor,
                       sheet->contract->currency);
}

static const char *money(const struct sheet *sheet, int64_t amount_minor)
{
    return show_money(sheet->flow->arena, sheet->flow->language, amount_minor,
                      sheet->contract->currency);
}

static const char *number_text(const struct sheet *sheet, size_t number)
{
    return arena_format(sheet->flow->arena, "%zu", number);
}

/* The first start and the last due day of all milestones, DAY_NONE where none has one. */
static void find_span(const struct printed_contract *contract, int32_t *from_day, int32_t *to_day)
{
    *from_day = DAY_NONE;
    *to_day = DAY_NONE;
    for (size_t i = 0; i < contract->milestone_count; i++) {
        int32_t start_day = contract->milestones[i].start_day;
        if (start_day != DAY_NONE && (*from_day == DAY_NONE || start_day < *from_day))
            *from_day = start_day;
        if (contract->milestones[i].due_day > *to_day)
            *to_day = contract->milestones[i].due_day;
    }
}

static void put_key_figures(const struct sheet *sheet)
{
    const struct printed_contract *contract = sheet->contract;
    const struct flow *flow = sheet->flow;
    int32_t from_day;
    int32_t to_day;
    find_span(contract, &from_day, &to_day);
    const struct figure candidates[] = {
        {say(sheet, WORD_CONTRACT_SUM), money(sheet, contract->total_minor)},
        {say(sheet, WORD_MILESTONES), number_text(sheet, contract->milestone_count)},
        {say(sheet, WORD_START), show_day(flow->arena, flow->language, from_day)},
        {say(sheet, WORD_COMPLETION), show_day(flow->arena, flow->language, to_day)},
        {say(sheet, WORD_DATED), show_day(flow->arena, flow->language, contract->dated_day)},
    };
    struct figure figures[sizeof candidates / sizeof candidates[0]];
    int count = 0;
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++)
        if (candidates[i].value)
            figures[count++] = candidates[i];
    part_figures(sheet->flow, figures, count);
}

static void put_parties(const struct sheet *sheet)
{
    struct flow *flow = sheet->flow;
    part_heading(flow, say(sheet, WORD_PARTIES));
    int half = (flow->width - GUTTER) / 2;
    struct row *row = flow_row_new(flow);
    part_party(flow, row, row_cell(row, 0, half, ALIGN_START), say(sheet, WORD_CLIENT),
               &sheet->contract->client);
    part_party(flow, row, row_cell(row, half + GUTTER, half, ALIGN_START), say(sheet, WORD_AGENCY),
               &sheet->contract->agency);
    flow_row(flow, row);
}

static void put_scope(const struct sheet *sheet)
{
    static const struct column columns[] = {
        {WORD_NUMBER, ALIGN_START},
        {WORD_REQUIREMENT, ALIGN_START, .takes_rest = true},
        {WORD_PRIORITY, ALIGN_START},
    };
    static const enum word priorities[] = {
        [PRIORITY_MUST] = WORD_PRIORITY_MUST,
        [PRIORITY_SHOULD] = WORD_PRIORITY_SHOULD,
        [PRIORITY_COULD] = WORD_PRIORITY_COULD,
        [PRIORITY_OUT_OF_SCOPE] = WORD_PRIORITY_OUT_OF_SCOPE,
    };
    const struct printed_contract *contract = sheet->contract;
    if (contract->requirement_count == 0)
        return;
    part_heading(sheet->flow, say(sheet, WORD_SCOPE));
    struct table *table = table_new(sheet->flow, columns, 3);
    for (size_t i = 0; i < contract->requirement_count; i++) {
        const struct printed_requirement *requirement = &contract->requirements[i];
        table_row(table);
        table_text(table, 0, STYLE_MARK, requirement->number);
        table_text(table, 1, STYLE_BODY, requirement->text);
        table_text(table, 1, STYLE_SMALL, requirement->criteria);
        table_text(table, 2, STYLE_BODY, say(sheet, priorities[requirement->priority]));
    }
    table_end(table, false);
}

static void put_list(const struct sheet *sheet, struct table *table, enum word label,
                     const char *const *items, size_t count)
{
    if (count == 0)
        return;
    table_space(table, 1, POINTS(3));
    table_text(table, 1, STYLE_LABEL, say(sheet, label));
    for (size_t i = 0; i < count; i++)
        table_item(table, 1, STYLE_DETAIL, items[i]);
}

static void put_milestone(const struct sheet *sheet, struct table *table,
                          const struct printed_milestone *milestone)
{
    const struct flow *flow = sheet->flow;
    table_row(table);
    table_text(table, 0, STYLE_MARK, milestone->number);
    table_text(table, 1, STYLE_STRONG, milestone->title);
    if (milestone->after && *milestone->after)
        table_text(table, 1, STYLE_SMALL,
                   phrase(flow->arena, flow->language, WORD_AFTER, milestone->after, NULL, NULL));
    table_text(table, 1, STYLE_SMALL, milestone->price_note);
    table_text(table, 1, STYLE_DETAIL, milestone->description);
    put_list(sheet, table, WORD_DELIVERABLES, milestone->deliverables,
             milestone->deliverable_count);
    put_list(sheet, table, WORD_ACCEPTED_WHEN, milestone->criteria, milestone->criterion_count);
    table_text(table, 2, STYLE_BODY, show_day(flow->arena, flow->language, milestone->start_day));
    table_text(table, 3, STYLE_BODY, show_day(flow->arena, flow->language, milestone->due_day));
    table_text(table, 4, STYLE_BODY, amount(sheet, milestone->price_minor));
}

static void put_total(const struct sheet *sheet)
{
    struct flow *flow = sheet->flow;
    struct row *row = flow_row_new(flow);
    row->pad_above = POINTS(6);
    row->pad_below = POINTS(6);
    row->above = (struct edge){TONE_INK, TENTHS(9)};
    struct cell *right = row_cell(row, 0, flow->width, ALIGN_END);
    flow_text(flow, row, right, STYLE_FIGURE, money(sheet, sheet->contract->total_minor));
    struct cell *left = row_cell(row, 0, flow->width / 2, ALIGN_START);
    flow_text(flow, row, left, STYLE_FIGURE, say(sheet, WORD_SUM_NET));
    flow_row(flow, row);
    flow_end_table(flow);
}

static void put_milestones(const struct sheet *sheet)
{
    static const struct column columns[] = {
        {WORD_NUMBER, ALIGN_START}, {WORD_MILESTONE, ALIGN_START, .takes_rest = true},
        {WORD_START, ALIGN_END},    {WORD_DUE, ALIGN_END},
        {WORD_PRICE, ALIGN_END},
    };
    const struct printed_contract *contract = sheet->contract;
    part_heading(sheet->flow,
                 say(sheet, contract->change ? WORD_AS_IT_THEN_STANDS : WORD_MILESTONES_AND_PRICE));
    struct table *table = table_new(sheet->flow, columns, 5);
    for (size_t i = 0; i < contract->milestone_count; i++)
        put_milestone(sheet, table, &contract->milestones[i]);
    table_end(table, true);
    put_total(sheet);
}

static void put_terms(const struct sheet *sheet)
{
    const struct printed_contract *contract = sheet->contract;
    if (contract->term_count > 0)
        part_heading(sheet->flow, say(sheet, WORD_TERMS));
    for (size_t i = 0; i < contract->term_count; i++)
        part_term(sheet->flow, contract->terms[i].label, contract->terms[i].value);
    if (contract->clause_count > 0)
        part_heading(sheet->flow, say(sheet, WORD_GENERAL_TERMS));
    for (size_t i = 0; i < contract->clause_count; i++) {
        const struct printed_clause *clause = &contract->clauses[i];
        if (clause->heading && *clause->heading)
            part_subheading(sheet->flow,
                            phrase(sheet->flow->arena, sheet->flow->language, WORD_CLAUSE,
                                   number_text(sheet, i + 1), clause->heading, NULL));
        part_prose(sheet->flow, STYLE_BODY, clause->text);
    }
}

/* A row of a signer's card; the rows of one card stay together. */
static void put_on_card(const struct sheet *sheet, struct row *row, bool is_last)
{
    row->x = 0;
    row->width = sheet->flow->width;
    row->fill = TONE_TINT;
    row->left = (struct edge){TONE_ACCENT, CARD_EDGE};
    row->keeps_with_next = !is_last;
    row->pad_below += is_last ? POINTS(9) : 0;
    row->space_below = is_last ? POINTS(14) : 0;
    flow_row(sheet->flow, row);
}

static void put_signature(const struct sheet *sheet, const struct printed_signature *signature)
{
    struct flow *flow = sheet->flow;
    int width = flow->width - 2 * CARD_PAD;
    enum word side = signature->side == SIDE_CLIENT ? WORD_CLIENT : WORD_AGENCY;
    const char *const role[] = {signature->role, say(sheet, side)};
    struct row *row = flow_row_new(flow);
    row->pad_above = POINTS(9);
    row->pad_below = POINTS(5);
    struct cell *cell = row_cell(row, CARD_PAD, width, ALIGN_START);
    flow_text(flow, row, cell, STYLE_NAME, signature->name);
    flow_text(flow, row, cell, STYLE_BODY, part_joined(flow->arena, role, 2));
    put_on_card(sheet, row, false);

    const struct {
        enum word label;
        enum style style;
        const char *value;
    } facts[] = {
        {WORD_SIGNED_AT, STYLE_BODY,
         show_moment(flow->arena, flow->language, signature->signed_at_ms)},
        {WORD_METHOD, STYLE_BODY, part_method(flow, signature->method)},
        {WORD_SIGNED_FROM, STYLE_BODY, signature->address},
        {WORD_CONSENT, STYLE_BODY, signature->consent},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (facts[i].value && *facts[i].value)
            put_on_card(sheet,
                        part_fact(flow, CARD_PAD, CARD_LABEL, width, say(sheet, facts[i].label),
                                  facts[i].style, facts[i].value),
                        false);
    put_on_card(sheet,
                part_fact(flow, CARD_PAD, CARD_LABEL, width, say(sheet, WORD_SIGNED_HASH),
                          STYLE_HASH, signature->sha256),
                true);
}

/* What will be signed; the sentence and the hash stay together. */
static void put_unsigned(const struct sheet *sheet)
{
    struct flow *flow = sheet->flow;
    part_heading(flow, say(sheet, WORD_SIGNATURES));
    struct row *row = flow_row_new(flow);
    struct cell *cell = row_cell(row, 0, flow->width, ALIGN_START);
    row->space_above = POINTS(4);
    flow_text(flow, row, cell, STYLE_BODY, say(sheet, WORD_NOT_SIGNED));
    cell_space(cell, POINTS(4));
    flow_text(flow, row, cell, STYLE_HASH, sheet->contract->sha256);
    flow_row(flow, row);
}

static void put_signatures(const struct sheet *sheet)
{
    const struct printed_contract *contract = sheet->contract;
    if (contract->signature_count == 0) {
        put_unsigned(sheet);
        return;
    }
    flow_break(sheet->flow);
    part_title(sheet->flow, NULL, say(sheet, WORD_SIGNATURES), say(sheet, WORD_SIGNED_STATEMENT));
    for (size_t i = 0; i < contract->signature_count; i++)
        put_signature(sheet, &contract->signatures[i]);
}

static enum error compose(const struct sheet *sheet, const char *kind, struct fault *fault)
{
    const struct printed_contract *contract = sheet->contract;
    enum error error = part_letterhead(sheet->flow, &contract->setting, &contract->agency, fault);
    if (error)
        return error;
    part_title(sheet->flow, kind, contract->title, contract->summary);
    if (contract->change)
        change_figures(sheet->flow, contract);
    else
        put_key_figures(sheet);
    put_parties(sheet);
    if (contract->change)
        change_tables(sheet->flow, contract);
    put_scope(sheet);
    put_milestones(sheet);
    put_terms(sheet);
    put_signatures(sheet);
    part_evidence(sheet->flow, &contract->evidence);
    return OK;
}

static const char *kind_of(const struct sheet *sheet)
{
    const struct flow *flow = sheet->flow;
    const struct printed_contract *contract = sheet->contract;
    if (contract->change)
        return change_kind(flow, contract);
    if (contract->revision == 0)
        return arena_format(flow->arena, "%s %s", say(sheet, WORD_CONTRACT), contract->number);
    return phrase(flow->arena, flow->language, WORD_CONTRACT_REVISION, contract->number,
                  arena_format(flow->arena, "%d", contract->revision), NULL);
}

enum error print_contract(struct arena *arena, const struct printed_contract *contract,
                          struct document_bytes *out, struct fault *fault)
{
    if (!contract->currency || !currency_find(contract->currency))
        return refuse(fault, ERROR_INVALID, "currency", "the currency is not known");
    struct flow *flow = flow_new(&contract->setting, contract->agency.country);
    struct sheet sheet = {flow, contract};
    const char *kind = kind_of(&sheet);
    enum error error = compose(&sheet, kind, fault);
    if (!error) {
        struct finish finish = {
            .title = kind,
            .about = contract->title,
            .sender = contract->agency.name,
            .foot = finish_foot(flow, &contract->agency),
        };
        error = finish_document(arena, flow, &contract->setting, &finish, out, fault);
    }
    flow_free(flow);
    return error;
}
