/* Whose turn it is, for both sides. */
#ifndef WAYMARK_ACTION_TURN_H
#define WAYMARK_ACTION_TURN_H

#include "action/operation.h"
#include "base/id.h"

struct list_turns_in {
    struct id engagement_id; /* or none: of all that the reader may see */
    enum side side;          /* or none */
};

struct turns {
    int32_t day;
    struct list items; /* struct turn */
};

extern const struct operation list_turns_operation;

#endif
