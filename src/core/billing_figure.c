#include "core/billing_figure.h"

#include "base/limits.h"

static const struct field fields[] = {
    FIELD(struct billing_figure, month_day, DAY),
    FIELD(struct billing_figure, client_id, ID),
    FIELD(struct billing_figure, client_name, TEXT),
    FIELD(struct billing_figure, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct billing_figure, billed_minor, MONEY),
    FIELD(struct billing_figure, credited_minor, MONEY),
    FIELD(struct billing_figure, paid_minor, MONEY),
    FIELD(struct billing_figure, refunded_minor, MONEY),
    FIELD(struct billing_figure, due_minor, MONEY),
    FIELD(struct billing_figure, resting_minor, MONEY),
};
const struct shape billing_figure_shape = SHAPE("billing_figure", struct billing_figure, fields);
