/* Whether the prices of a signed plan follow from its total, percentages and periods. */
#ifndef WAYMARK_VERIFY_PRICES_H
#define WAYMARK_VERIFY_PRICES_H

#include <jansson.h>

#include "base/arena.h"

/* plan: as it stands in the canonical text of a row; nothing of it is trusted. The reason why they
 * do not, in the arena; NULL if they do. */
const char *judge_prices(struct arena *arena, const json_t *plan);

#endif
