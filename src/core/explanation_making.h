/* What explanations are made with. Only they include this. Texts are in the arena. */
#ifndef WAYMARK_CORE_EXPLANATION_MAKING_H
#define WAYMARK_CORE_EXPLANATION_MAKING_H

#include "core/explanation.h"

enum {
    PPM = 1000 * 1000, /* a whole, as rates count it */
    PPM_DECIMALS = 6,
};

struct making {
    struct arena *arena;
    struct explanation *explanation;
    const char *currency; /* of the numbers that are added */
    const char *row;      /* whose they are: "lines/0/", or "" */
    const char *label;
};

/* Begins an explanation with room for so many numbers. */
struct making explanation_begin(struct arena *arena, struct explanation *explanation,
                                struct id subject, const char *currency, size_t room);

/* From now on numbers are those of a row of a list, as people call it; of an object; or again of
 * the answer itself. */
void explanation_begin_row(struct making *making, const char *list, size_t place,
                           const char *label);
void explanation_begin_object(struct making *making, const char *member);
void explanation_end_row(struct making *making);

/* The next number, a member of the row, with room for so many inputs. The second is one that is no
 * amount: what it is has to be set. */
struct explained_number *explanation_add_number(struct making *making, const char *member,
                                                int64_t amount_minor, enum explained_rule rule,
                                                size_t room);
struct explained_number *explanation_add_other(struct making *making, const char *member,
                                               enum explained_rule rule, size_t room);
void explained_set_rule(struct explained_number *number, enum explained_rule kind);
void explained_set_rounding(struct explained_number *number, enum explained_rounding kind);

/* The input's words follow from the rest of it. */
void explanation_add_input(struct making *making, struct explained_number *number,
                           struct explained_input input);

/* Another number of the same row as an input. */
void explanation_add_member(struct making *making, struct explained_number *number,
                            const char *member, int64_t amount_minor);

/* Whether the inputs sum to the number; explained_check_sum says so on it, for one that is a sum.
 */
bool explained_is_sum(const struct explained_number *number);
void explained_check_sum(struct explained_number *number);

/* In major units of the explanation's currency. */
const char *explanation_money(struct making *making, int64_t amount_minor);
const char *explanation_percent(struct arena *arena, int64_t rate_ppm);

/* amount * rate, with all its decimals: those of the currency and as many of the rate as there are.
 */
const char *explanation_product(struct making *making, int64_t amount_minor, int64_t rate_ppm);

/* amount * numerator / denominator, cut after PPM_DECIMALS decimals beyond those of the currency.
 * The denominator is not 0. */
const char *explanation_quotient(struct making *making, int64_t amount_minor, int64_t numerator,
                                 int64_t denominator);

/* Tax as the sum of that of each rate (struct invoice_tax), and net with tax. */
struct explained_number *explanation_add_taxes(struct making *making, const struct list *taxes,
                                               int64_t tax_minor);
void explanation_add_total(struct making *making, int64_t net_minor, int64_t tax_minor,
                           int64_t total_minor);

/* Net, tax and total of a document with its lines. */
void explanation_add_sums(struct making *making, const struct invoice *document);

/* "M1", "M1, M2": what a budget's event is called before there is an invoice. */
const char *explanation_codes(struct making *making, const struct texts *codes);

/* "2016-06": a month by its first day. */
const char *explanation_month(struct making *making, int32_t start_day);

/* The first day of the month of a day. */
int32_t explanation_month_of(int32_t day);

#endif
