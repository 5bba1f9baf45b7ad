/* Net, tax and total of an invoice or a credit note, explained. */
#include "core/explanation_making.h"

static void add_net(struct making *making, const struct invoice *document)
{
    struct explained_number *number = explanation_add_number(
        making, "net", document->net_minor, RULE_SUM_OF_LINES, document->lines.count);
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, document->lines, i);
        explanation_add_input(making, number,
                              (struct explained_input){INPUT_LINE, .name = line->description,
                                                       .amount_minor = line->net_minor,
                                                       .subject_id = line->milestone_id});
    }
    explained_check_sum(number);
}

struct explained_number *explanation_add_taxes(struct making *making, const struct list *taxes,
                                               int64_t tax_minor)
{
    struct explained_number *number =
        explanation_add_number(making, "tax", tax_minor, RULE_SUM_OF_TAXES, taxes->count);
    for (size_t i = 0; i < taxes->count; i++) {
        const struct invoice_tax *tax = LIST_AT(struct invoice_tax, *taxes, i);
        explanation_add_input(making, number,
                              (struct explained_input){
                                  INPUT_TAX,
                                  .name = choice_name(&tax_category_choices, (int)tax->category),
                                  .rate_ppm = tax->rate_ppm,
                                  .amount_minor = tax->tax_minor,
                              });
    }
    explained_check_sum(number);
    return number;
}

void explanation_add_total(struct making *making, int64_t net_minor, int64_t tax_minor,
                           int64_t total_minor)
{
    struct explained_number *number =
        explanation_add_number(making, "total", total_minor, RULE_NET_AND_TAX, 2);
    explanation_add_member(making, number, "net", net_minor);
    explanation_add_member(making, number, "tax", tax_minor);
    explained_check_sum(number);
}

void explanation_add_sums(struct making *making, const struct invoice *document)
{
    add_net(making, document);
    explanation_add_taxes(making, &document->taxes, document->tax_minor);
    explanation_add_total(making, document->net_minor, document->tax_minor, document->total_minor);
}
