#include "action/numbering.h"

#include <string.h>

#include "action/company.h"
#include "base/day.h"
#include "base/limits.h"
#include "core/reference.h"
#include "store/invoice.h"
#include "store/kept.h"

/* ---- giving and finding -------------------------------------------------------------------- */

enum error give_number(struct call *call, const struct company *company, enum number_series series,
                       int32_t day, const char **text, struct fault *fault)
{
    int64_t number;
    const struct number_format *format = number_format_of(&company->numbering, series);
    const char *counter = choice_name(&number_series_choices, (int)format->series);
    enum error error =
        take_number(&call->store, counter, number_format_year(format, day), &number, fault);
    if (!error)
        *text = number_format_write(call->arena, format, day_to_civil(day).year, number);
    return error;
}

/* Formats that differ in punctuation only read the same reference, as different numbers. */
static enum error find_by_format(struct call *call, const struct number_format *format,
                                 const char *reference, struct invoice *invoice, bool *found,
                                 struct fault *fault)
{
    const char *number = number_format_of_body(call->arena, format, reference_body(reference));
    if (!number)
        return OK;
    enum error error = find_invoice_of_number(&call->store, number, invoice, found, fault);
    *found = *found && invoice->reference && strcmp(invoice->reference, reference) == 0;
    return error;
}

enum error find_quoted_invoice(struct call *call, const char *text, struct invoice *invoice,
                               bool *found, struct fault *fault)
{
    char reference[REFERENCE_SIZE];
    struct company company;
    *found = false;
    if (!text || !reference_parse(text, reference))
        return OK;
    enum error error = load_company(call, &company, fault);
    if (!error)
        error = find_by_format(call, number_format_initial(SERIES_INVOICE), reference, invoice,
                               found, fault);
    for (size_t i = 0; i < company.numbering.count && !error && !*found; i++) {
        const struct number_format *format = LIST_AT(struct number_format, company.numbering, i);
        if (format->series == SERIES_INVOICE)
            error = find_by_format(call, format, reference, invoice, found, fault);
    }
    return error;
}

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field numbered_series_fields[] = {
    FIELD(struct numbered_series, series, CHOICE, .choices = &number_series_choices),
    FIELD(struct numbered_series, drawn_from, CHOICE, .choices = &number_series_choices),
    FIELD(struct numbered_series, pattern, TEXT),
    FIELD(struct numbered_series, digits, INTEGER),
    FIELD(struct numbered_series, reset, CHOICE, .choices = &number_reset_choices),
    FIELD(struct numbered_series, next, TEXT),
};
static const struct shape numbered_series_shape =
    SHAPE("numbered_series", struct numbered_series, numbered_series_fields);

struct numbering {
    struct list items;
};
static const struct field numbering_fields[] = {
    FIELD(struct numbering, items, LIST, .shape = &numbered_series_shape),
};
static const struct shape numbering_shape = SHAPE("numbering", struct numbering, numbering_fields);

static enum error show_series(struct call *call, const struct company *company,
                              enum number_series series, struct numbered_series *shown,
                              struct fault *fault)
{
    int64_t number;
    int32_t today = call_today(call, company->time_zone);
    const struct number_format *format = number_format_of(&company->numbering, series);
    const char *counter = choice_name(&number_series_choices, (int)format->series);
    enum error error =
        next_number(&call->store, counter, number_format_year(format, today), &number, fault);
    if (error)
        return error;
    *shown = (struct numbered_series){
        .series = series,
        .drawn_from = format->series,
        .pattern = format->pattern,
        .digits = format->digits,
        .reset = format->reset,
        .next = number_format_write(call->arena, format, day_to_civil(today).year, number),
    };
    return OK;
}

static enum error list_numbering(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    struct numbering *out = output;
    struct company company;
    struct numbered_series *series = arena_array(call->arena, SERIES_LAST, sizeof *series);
    enum error error = load_company(call, &company, fault);
    (void)input;
    for (int i = 0; i < SERIES_LAST && !error; i++)
        error = show_series(call, &company, (enum number_series)(SERIES_INVOICE + i), &series[i],
                            fault);
    out->items = (struct list){series, SERIES_LAST};
    return error;
}

const struct operation list_numbering_operation = {
    .name = "list_numbering",
    .permission = PERMIT_READ_AGENCY,
    .out = &numbering_shape,
    .run = list_numbering,
};

/* ---- choosing ------------------------------------------------------------------------------ */

static const struct field change_fields[] = {
    FIELD(struct number_format, series, CHOICE, .flags = FROM_PATH,
          .choices = &number_series_choices),
    FIELD(struct number_format, drawn_from, CHOICE, .choices = &number_series_choices),
    FIELD(struct number_format, pattern, TEXT, .limit = NUMBER_PATTERN_LIMIT),
    FIELD(struct number_format, digits, INTEGER, .minimum = 1, .maximum = NUMBER_DIGITS_LIMIT,
          .initial = 4),
    FIELD(struct number_format, reset, CHOICE, .choices = &number_reset_choices,
          .initial = NUMBER_RESET_YEARLY),
};
static const struct shape change_shape =
    SHAPE("change_numbering", struct number_format, change_fields);

static enum error find_used(struct call *call, bool is_used[static SERIES_LAST + 1],
                            struct fault *fault)
{
    enum error error = OK;
    for (int series = SERIES_INVOICE; series <= SERIES_LAST && !error; series++)
        error = is_series_used(&call->store, choice_name(&number_series_choices, series),
                               &is_used[series], fault);
    return error;
}

static enum error check_room(const struct company *company, struct fault *fault)
{
    if (company->numbering.count < LIST_LIMIT)
        return OK;
    return refuse(fault, ERROR_OUT_OF_RANGE, "series", "was changed %d times, which is the most",
                  LIST_LIMIT);
}

/* What is drawn from another series has no pattern, digits or reset of its own. */
static struct number_format chosen_format(const struct number_format *in, int64_t now_ms)
{
    struct number_format format = *in;
    format.since_at = now_ms;
    if (!format.drawn_from)
        format.drawn_from = format.series;
    if (format.drawn_from != format.series) {
        format.digits = 0;
        format.reset = 0;
    }
    return format;
}

static void append_format(struct arena *arena, struct company *company,
                          const struct number_format *format)
{
    size_t count = company->numbering.count;
    struct number_format *longer = arena_array(arena, count + 1, sizeof *longer);
    if (count > 0)
        memcpy(longer, company->numbering.rows, count * sizeof *longer);
    longer[count] = *format;
    company->numbering = (struct list){longer, count + 1};
}

static enum error change_numbering(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct number_format format = chosen_format(input, call->now_ms);
    struct company *company = output;
    bool is_used[SERIES_LAST + 1] = {false};
    enum error error = load_company(call, company, fault);
    if (!error)
        error = check_version(call, &company_shape, company, fault);
    if (!error)
        error = number_format_check(&format, fault);
    if (!error)
        error = check_room(company, fault);
    if (!error)
        error = find_used(call, is_used, fault);
    if (!error)
        error = number_format_fits(&company->numbering, &format, is_used, fault);
    if (error)
        return error;
    append_format(call->arena, company, &format);
    happened(call, "company.numbering_changed", company->id, (struct id){0});
    return save_row(call, &company_shape, company, fault);
}

const struct operation change_numbering_operation = {
    .name = "change_numbering",
    .permission = PERMIT_MANAGE_COMPANY,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &company_shape,
    .run = change_numbering,
};
