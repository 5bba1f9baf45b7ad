/* What an hour of each role costs the agency and is sold for. A card is changed as prices change;
 * a signed contract's estimate keeps a copy. Clients never see one. */
#ifndef WAYMARK_ACTION_RATE_CARD_H
#define WAYMARK_ACTION_RATE_CARD_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/estimate.h"
#include "store/list.h"

struct list_rate_cards {
    struct page_query page;
};

extern const struct operation list_rate_cards_operation;
extern const struct operation show_rate_card_operation; /* struct subject */

/* Take struct rate_card: name, currency and rates; id, name and rates. A role that is on the card
 * stays there, for estimates name it: ERROR_CONFLICT for "rates". */
extern const struct operation create_rate_card_operation;
extern const struct operation change_rate_card_operation;

#endif
