#include "action/billing_figure.h"

#include "base/day.h"
#include "store/billing_figure.h"

enum { FIGURES_LIMIT = 10000 };

static const struct field input_fields[] = {
    FIELD(struct billing_query, from_day, DAY, .flags = FROM_QUERY),
    FIELD(struct billing_query, until_day, DAY, .flags = FROM_QUERY),
};
static const struct shape input_shape = SHAPE("report_billing", struct billing_query, input_fields);

static const struct field output_fields[] = {
    FIELD(struct billing_figures, items, LIST, .limit = FIGURES_LIMIT,
          .shape = &billing_figure_shape),
};
static const struct shape output_shape =
    SHAPE("billing_figures", struct billing_figures, output_fields);

static enum error report_billing(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct billing_query *in = input;
    struct billing_figures *out = output;
    int32_t from_day = in->from_day == DAY_NONE ? 0 : in->from_day;
    int32_t until_day = in->until_day == DAY_NONE ? INT32_MAX : in->until_day;
    if (until_day < from_day)
        return refuse(fault, ERROR_OUT_OF_RANGE, "until_day", "must not be before from_day");
    enum error error = list_billing_figures(&call->store, from_day, until_day, FIGURES_LIMIT + 1,
                                            &out->items, fault);
    if (!error && out->items.count > FIGURES_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, "from_day", "more than %d figures: ask for less",
                      FIGURES_LIMIT);
    return error;
}

const struct operation report_billing_operation = {
    .name = "report_billing",
    .permission = PERMIT_READ_LEDGER,
    .in = &input_shape,
    .out = &output_shape,
    .run = report_billing,
};
