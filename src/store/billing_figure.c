#include "store/billing_figure.h"

#include "store/statements.h"

enum error list_billing_figures(struct store *store, int32_t from_day, int32_t until_day,
                                int64_t limit, struct list *figures, struct fault *fault)
{
    return store_list(store, &sql_billing_figure_list,
                      PARAMS({"from_day", value_integer(from_day)},
                             {"until_day", value_integer(until_day)},
                             {"limit", value_integer(limit)}),
                      &billing_figure_shape, figures, fault);
}
