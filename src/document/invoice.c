#include "document/invoice.h"

#include <string.h>

#include "base/currency.h"
#include "base/day.h"
#include "base/must.h"
#include "document/finish.h"
#include "document/part.h"
#include "document/payment_code.h"
#include "document/table.h"
#include "words/show.h"

enum {
    GUTTER = POINTS(18),
    BLOCK_SPACE = POINTS(18),
    STACK_SPACE = POINTS(10),
    FACTS_WIDTH = POINTS(182),
    FACT_LABEL = POINTS(62),
    CODE_SIDE = POINTS(76),
    TOTALS_WIDTH = POINTS(212),
    ROWS_MAX = TAX_GROUP_LIMIT + 16,
};

/* Rows on their way to flow_beside. */
struct stack {
    struct row *rows[ROWS_MAX];
    int count;
};

struct sheet {
    struct flow *flow;
    const struct printed_invoice *invoice;
};

static const enum word kind_words[] = {
    [PRINTED_INVOICE] = WORD_INVOICE,
    [PRINTED_DEPOSIT_INVOICE] = WORD_DEPOSIT_INVOICE,
    [PRINTED_CREDIT_NOTE] = WORD_CREDIT_NOTE,
};

static const char *say(const struct sheet *sheet, enum word which)
{
    return word(sheet->flow->language, which);
}

static const char *amount(const struct sheet *sheet, int64_t amount_minor)
{
    return show_amount(sheet->flow->arena, sheet->flow->language, amount_minor,
                       sheet->invoice->currency);
}

static const char *money(const struct sheet *sheet, int64_t amount_minor)
{
    return show_money(sheet->flow->arena, sheet->flow->language, amount_minor,
                      sheet->invoice->currency);
}

/* What the reader looks for first: the amount and its day. */
static void put_title(const struct sheet *sheet)
{
    const struct printed_invoice *invoice = sheet->invoice;
    struct flow *flow = sheet->flow;
    bool is_credit = invoice->kind == PRINTED_CREDIT_NOTE;
    struct row *row = flow_row_new(flow);
    row->space_below = POINTS(14);
    struct cell *left = row_cell(row, 0, flow->width / 2, ALIGN_START);
    flow_text(flow, row, left, STYLE_KIND, say(sheet, kind_words[invoice->kind]));
    cell_space(left, POINTS(2));
    flow_text(flow, row, left, STYLE_TITLE, invoice->number);

    struct cell *right = row_cell(row, flow->width / 2, flow->width / 2, ALIGN_END);
    flow_text(flow, row, right, STYLE_LABEL,
              say(sheet, is_credit ? WORD_AMOUNT_CREDITED : WORD_AMOUNT_DUE));
    flow_text(flow, row, right, STYLE_GRAND,
              money(sheet, is_credit ? invoice->total_minor : invoice->due_minor));
    const char *due = show_day(flow->arena, flow->language, invoice->due_day);
    if (!is_credit && invoice->due_minor == 0 && invoice->total_minor != 0)
        flow_text(flow, row, right, STYLE_BODY, say(sheet, WORD_PAID_IN_FULL));
    else if (!is_credit && due)
        flow_text(flow, row, right, STYLE_BODY,
                  phrase(flow->arena, flow->language, WORD_DUE_ON, due, NULL, NULL));
    flow_row(flow, row);
}

static void push(struct stack *stack, struct row *row)
{
    must(stack->count < ROWS_MAX);
    if (!row_is_empty(row))
        stack->rows[stack->count++] = row;
}

static void push_fact(const struct sheet *sheet, struct stack *stack, int x, int width,
                      enum word label, const char *value)
{
    if (value && *value)
        push(stack,
             part_fact(sheet->flow, x, FACT_LABEL, width, say(sheet, label), STYLE_BODY, value));
}

static void put_parties_and_facts(const struct sheet *sheet)
{
    const struct printed_invoice *invoice = sheet->invoice;
    struct flow *flow = sheet->flow;
    struct arena *arena = flow->arena;
    bool is_credit = invoice->kind == PRINTED_CREDIT_NOTE;
    bool is_told = invoice->contact && invoice->seller.email &&
                   strcmp(invoice->contact, invoice->seller.email) == 0; /* below "From" */
    int party_width = (flow->width - FACTS_WIDTH) / 2 - GUTTER;
    struct row *row = flow_row_new(flow);
    part_party(flow, row, row_cell(row, 0, party_width, ALIGN_START),
               say(sheet, is_credit ? WORD_CREDITED_TO : WORD_BILLED_TO), &invoice->buyer);
    part_party(flow, row, row_cell(row, party_width + GUTTER, party_width, ALIGN_START),
               say(sheet, WORD_FROM), &invoice->seller);

    const struct {
        enum word label;
        const char *value;
    } facts[] = {
        {WORD_ISSUE_DATE, show_day(arena, flow->language, invoice->issue_day)},
        {WORD_DUE_DATE, show_day(arena, flow->language, invoice->due_day)},
        {WORD_PERIOD,
         show_days(arena, flow->language, invoice->performed_from_day, invoice->performed_to_day)},
        {WORD_CORRECTS, invoice->corrects},
        {WORD_ORDER_REFERENCE, invoice->order_reference},
        {WORD_CONTRACT, invoice->contract_reference},
        {WORD_CONTACT, is_told ? NULL : invoice->contact},
    };
    struct stack right = {.count = 0};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        push_fact(sheet, &right, flow->width - FACTS_WIDTH, FACTS_WIDTH, facts[i].label,
                  facts[i].value);
    row->space_below = BLOCK_SPACE;
    if (right.count > 0)
        right.rows[right.count - 1]->space_below = BLOCK_SPACE;
    flow_beside(flow, &row, 1, right.rows, right.count);
}

/* "19%", or "0% AE" where the category says why. */
static const char *tax_of_line(const struct sheet *sheet, const struct printed_line *line)
{
    struct arena *arena = sheet->flow->arena;
    if (line->tax_category == TAX_UNKNOWN)
        return NULL;
    const char *rate = show_rate(arena, sheet->flow->language, line->tax_rate_ppm);
    if (line->tax_category == TAX_STANDARD)
        return rate;
    return arena_format(arena, "%s %s", rate, tax_category_code(line->tax_category));
}

/* The chain behind a line: milestone, acceptance, certificate. */
static const char *origin_of_line(const struct sheet *sheet, const struct printed_line *line)
{
    const struct flow *flow = sheet->flow;
    const char *const values[] = {
        line->milestone_number,
        show_day(flow->arena, flow->language, line->accepted_day),
        line->certificate_number,
    };
    static const enum word words[] = {WORD_LINE_MILESTONE, WORD_LINE_ACCEPTED,
                                      WORD_LINE_CERTIFICATE};
    const char *texts[3] = {NULL};
    for (int i = 0; i < 3; i++)
        if (values[i] && *values[i])
            texts[i] = phrase(flow->arena, flow->language, words[i], values[i], NULL, NULL);
    return part_joined(flow->arena, texts, 3);
}

/* "12.5 days", "1" */
static const char *quantity_of_line(const struct sheet *sheet, const struct printed_line *line)
{
    const struct flow *flow = sheet->flow;
    const char *number =
        show_decimal(flow->arena, flow->language, line->quantity.value, line->quantity.scale, 0);
    return line->unit && *line->unit ? arena_format(flow->arena, "%s %s", number, line->unit)
                                     : number;
}

static void put_line(const struct sheet *sheet, struct table *table, bool has_tax,
                     const struct printed_line *line)
{
    const struct flow *flow = sheet->flow;
    int column = 0;
    table_row(table);
    table_text(table, column, STYLE_STRONG, line->description);
    table_text(table, column, STYLE_SMALL, line->detail);
    table_text(table, column++, STYLE_SMALL, origin_of_line(sheet, line));
    table_text(table, column++, STYLE_BODY, quantity_of_line(sheet, line));
    table_text(table, column++, STYLE_BODY,
               show_decimal(flow->arena, flow->language, line->unit_price.value,
                            line->unit_price.scale, currency_exponent(sheet->invoice->currency)));
    if (has_tax)
        table_text(table, column++, STYLE_BODY, tax_of_line(sheet, line));
    table_text(table, column, STYLE_BODY, amount(sheet, line->net_minor));
}

static void put_lines(const struct sheet *sheet)
{
    static const struct column with_tax[] = {
        {WORD_DESCRIPTION, ALIGN_START, .takes_rest = true},
        {WORD_QUANTITY, ALIGN_END},
        {WORD_UNIT_PRICE, ALIGN_END},
        {WORD_TAX, ALIGN_END},
        {WORD_NET, ALIGN_END},
    };
    static const struct column without_tax[] = {
        {WORD_DESCRIPTION, ALIGN_START, .takes_rest = true},
        {WORD_QUANTITY, ALIGN_END},
        {WORD_UNIT_PRICE, ALIGN_END},
        {WORD_NET, ALIGN_END},
    };
    const struct printed_invoice *invoice = sheet->invoice;
    bool has_tax = false;
    for (size_t i = 0; i < invoice->line_count; i++)
        has_tax |= invoice->lines[i].tax_category != TAX_UNKNOWN;
    struct table *table =
        has_tax ? table_new(sheet->flow, with_tax, 5) : table_new(sheet->flow, without_tax, 4);
    for (size_t i = 0; i < invoice->line_count; i++)
        put_line(sheet, table, has_tax, &invoice->lines[i]);
    if (invoice->line_count == 0) {
        table_row(table);
        table_text(table, 0, STYLE_BODY, say(sheet, WORD_NO_LINES));
    }
    table_end(table, true);
}

/* "VAT 19% on 1,000.00", "VAT reverse charge (AE) on 1,000.00" */
static const char *tax_label(const struct sheet *sheet, const struct printed_tax *tax)
{
    static const enum word reasons[TAX_CATEGORY_COUNT] = {
        [TAX_ZERO_RATED] = WORD_TAX_ZERO_RATED,
        [TAX_EXEMPT] = WORD_TAX_EXEMPT,
        [TAX_REVERSE_CHARGE] = WORD_TAX_REVERSE_CHARGE,
        [TAX_INTRA_COMMUNITY] = WORD_TAX_INTRA_COMMUNITY,
        [TAX_EXPORT] = WORD_TAX_EXPORT,
        [TAX_OUTSIDE_SCOPE] = WORD_TAX_OUTSIDE_SCOPE,
    };
    const struct flow *flow = sheet->flow;
    const char *name = sheet->invoice->tax_name;
    const char *rate = show_rate(flow->arena, flow->language, tax->rate_ppm);
    enum word reason = reasons[tax->category];
    if (reason != WORD_NONE)
        rate = arena_format(flow->arena, "%s (%s)", say(sheet, reason),
                            tax_category_code(tax->category));
    return phrase(flow->arena, flow->language, WORD_TAX_ON,
                  name && *name ? name : say(sheet, WORD_TAX), rate,
                  amount(sheet, tax->base_minor));
}

/* A line of the totals, its value in line with the table's last column. */
static struct row *push_sum(const struct sheet *sheet, struct stack *stack, enum style style,
                            const char *label, const char *value)
{
    struct flow *flow = sheet->flow;
    struct row *row = flow_row_new(flow);
    row->x = flow->width - TOTALS_WIDTH;
    row->width = TOTALS_WIDTH;
    row->pad_above = TENTHS(15);
    row->pad_below = TENTHS(15);
    struct cell *right = row_cell(row, row->x, TOTALS_WIDTH, ALIGN_END);
    flow_text(flow, row, right, style, value);
    int label_width = TOTALS_WIDTH - cell_natural_width(right) - GUTTER;
    struct cell *left = row_cell(row, row->x, label_width, ALIGN_START);
    flow_text(flow, row, left, style, label);
    push(stack, row);
    return row;
}

static void push_amount(const struct sheet *sheet, struct stack *stack, enum word label,
                        int64_t amount_minor)
{
    push_sum(sheet, stack, STYLE_BODY, say(sheet, label), amount(sheet, amount_minor));
}

static void push_totals(const struct sheet *sheet, struct stack *stack)
{
    const struct printed_invoice *invoice = sheet->invoice;
    bool is_credit = invoice->kind == PRINTED_CREDIT_NOTE;
    if (invoice->tax_count > 0)
        push_amount(sheet, stack, WORD_SUM_NET, invoice->net_minor);
    for (size_t i = 0; i < invoice->tax_count; i++)
        push_sum(sheet, stack, STYLE_BODY, tax_label(sheet, &invoice->taxes[i]),
                 amount(sheet, invoice->taxes[i].tax_minor));
    push_amount(sheet, stack, WORD_TOTAL, invoice->total_minor);
    if (invoice->paid_minor != 0)
        push_amount(sheet, stack, WORD_PAID, invoice->paid_minor);
    if (invoice->rounding_minor != 0)
        push_amount(sheet, stack, WORD_ROUNDING, invoice->rounding_minor);
    struct row *last = push_sum(
        sheet, stack, STYLE_FIGURE, say(sheet, is_credit ? WORD_AMOUNT_CREDITED : WORD_AMOUNT_DUE),
        money(sheet, is_credit ? invoice->total_minor : invoice->due_minor));
    last->space_above = POINTS(3);
    last->pad_above = POINTS(6);
    last->above = (struct edge){TONE_INK, TENTHS(9)};
}

static void push_code(const struct sheet *sheet, struct stack *stack)
{
    const struct printed_invoice *invoice = sheet->invoice;
    const struct payment_order order = {
        .holder = invoice->remittance.holder,
        .iban = invoice->remittance.iban,
        .bic = invoice->remittance.bic,
        .currency = invoice->currency,
        .amount_minor = invoice->due_minor,
        .reference = invoice->payment_reference,
    };
    struct flow *flow = sheet->flow;
    const struct modules *modules = payment_code(flow->arena, &order);
    if (!modules)
        return;
    struct row *row = flow_row_new(flow);
    row->space_above = POINTS(10);
    cell_modules(row, row_cell(row, 0, CODE_SIDE, ALIGN_START), modules, CODE_SIDE);
    struct cell *caption = row_cell(row, CODE_SIDE + GUTTER, POINTS(120), ALIGN_START);
    flow_text(flow, row, caption, STYLE_SMALL, say(sheet, WORD_SCAN_TO_PAY));
    push(stack, row);
}

static void push_payment(const struct sheet *sheet, struct stack *stack)
{
    const struct printed_invoice *invoice = sheet->invoice;
    const struct printed_remittance *to = &invoice->remittance;
    struct flow *flow = sheet->flow;
    bool has_account = (to->iban && *to->iban) || (to->account && *to->account);
    const struct {
        enum word label;
        const char *value;
    } facts[] = {
        {WORD_REFERENCE, show_fours(flow->arena, invoice->payment_reference)},
        {WORD_ACCOUNT_HOLDER, has_account ? to->holder : NULL},
        {WORD_IBAN, show_fours(flow->arena, to->iban)},
        {WORD_BIC, to->bic},
        {WORD_BANK, to->bank},
        {WORD_ACCOUNT, to->account},
        {WORD_REMIT_TO, to->address},
    };
    int width = flow->width - TOTALS_WIDTH - GUTTER;
    struct row *heading = flow_row_new(flow);
    heading->pad_above = TENTHS(15);
    heading->pad_below = TENTHS(15);
    flow_text(flow, heading, row_cell(heading, 0, width, ALIGN_START), STYLE_STRONG,
              say(sheet, WORD_PAYMENT));
    push(stack, heading);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        push_fact(sheet, stack, 0, width, facts[i].label, facts[i].value);
    if (stack->count == 1)
        stack->count = 0;
    else
        push_code(sheet, stack);
}

static void put_sums_and_payment(const struct sheet *sheet)
{
    struct stack payment = {.count = 0};
    struct stack totals = {.count = 0};
    if (sheet->invoice->kind != PRINTED_CREDIT_NOTE)
        push_payment(sheet, &payment);
    push_totals(sheet, &totals);
    struct flow *flow = sheet->flow;
    struct stack *stacks[] = {&payment, &totals};
    for (int i = 0; i < 2; i++) {
        if (stacks[i]->count == 0)
            continue;
        stacks[i]->rows[0]->space_above = STACK_SPACE;
        stacks[i]->rows[stacks[i]->count - 1]->space_below = STACK_SPACE;
    }
    flow_beside(flow, payment.rows, payment.count, totals.rows, totals.count);
    flow_end_table(flow);
}

static void put_position(const struct sheet *sheet)
{
    const struct printed_position *position = sheet->invoice->position;
    if (!position)
        return;
    struct figure figures[] = {
        {say(sheet, WORD_POSITION_SUM), amount(sheet, position->contract_sum_minor)},
        {say(sheet, WORD_POSITION_CHANGES), amount(sheet, position->changes_minor)},
        {say(sheet, WORD_POSITION_REDUCTIONS), amount(sheet, -position->reductions_minor)},
        {say(sheet, WORD_POSITION_TO_DATE), amount(sheet, position->sum_to_date_minor)},
        {say(sheet, WORD_POSITION_ACCEPTED), amount(sheet, position->accepted_minor)},
        {say(sheet, WORD_POSITION_INVOICED), amount(sheet, position->invoiced_minor)},
        {say(sheet, WORD_POSITION_PAID), amount(sheet, position->paid_minor)},
        {say(sheet, WORD_POSITION_LEFT), amount(sheet, position->left_minor)},
    };
    part_subheading(sheet->flow, phrase(sheet->flow->arena, sheet->flow->language, WORD_POSITION,
                                        sheet->invoice->currency, NULL, NULL));
    int count = sizeof figures / sizeof figures[0];
    if (position->reductions_minor == 0) {
        memmove(&figures[2], &figures[3], (size_t)(count - 3) * sizeof figures[0]);
        count--;
    }
    part_figures(sheet->flow, figures, count);
}

/* Who prints it, or whose viewer shows no files, learns that there are some. */
static void put_carried(const struct sheet *sheet)
{
    const struct flow *flow = sheet->flow;
    const struct document_setting *setting = &sheet->invoice->setting;
    const char **names = arena_array(flow->arena, setting->attachment_count, sizeof *names);
    for (size_t i = 0; i < setting->attachment_count; i++)
        names[i] = setting->attachments[i].name;
    if (setting->attachment_count > 0)
        part_prose(sheet->flow, STYLE_SMALL,
                   phrase(flow->arena, flow->language, WORD_CARRIED,
                          part_joined(flow->arena, names, (int)setting->attachment_count), NULL,
                          NULL));
}

static void put_notes(const struct sheet *sheet)
{
    const struct printed_invoice *invoice = sheet->invoice;
    for (size_t i = 0; i < invoice->tax_count; i++)
        part_prose(sheet->flow, STYLE_SMALL, invoice->taxes[i].reason);
    part_prose(sheet->flow, STYLE_BODY, invoice->notes);
    put_carried(sheet);
}

static enum error compose(const struct sheet *sheet, struct fault *fault)
{
    const struct printed_invoice *invoice = sheet->invoice;
    enum error error = part_letterhead(sheet->flow, &invoice->setting, &invoice->seller, fault);
    if (error)
        return error;
    put_title(sheet);
    put_parties_and_facts(sheet);
    put_lines(sheet);
    put_sums_and_payment(sheet);
    put_position(sheet);
    put_notes(sheet);
    part_evidence(sheet->flow, &invoice->evidence);
    return OK;
}

enum error print_invoice(struct arena *arena, const struct printed_invoice *invoice,
                         struct document_bytes *out, struct fault *fault)
{
    if (!invoice->currency || !currency_find(invoice->currency))
        return refuse(fault, ERROR_INVALID, "currency", "the currency is not known");
    struct flow *flow = flow_new(&invoice->setting, invoice->seller.country);
    struct sheet sheet = {flow, invoice};
    enum error error = compose(&sheet, fault);
    if (!error) {
        struct finish finish = {
            .title = phrase(flow->arena, flow->language, WORD_TITLED,
                            say(&sheet, kind_words[invoice->kind]), invoice->number, NULL),
            .about = invoice->buyer.name,
            .sender = invoice->seller.name,
            .foot = finish_foot(flow, &invoice->seller),
        };
        error = finish_document(arena, flow, &invoice->setting, &finish, out, fault);
    }
    flow_free(flow);
    return error;
}
