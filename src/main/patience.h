/* What met trouble is left alone for a while, longer each time: a second, then twice as long, up to
 * five minutes. So one that can never be done neither fills the log nor stands in the way of the
 * others. Kept in memory, forgotten with the process; one thread at a time. */
#ifndef WAYMARK_MAIN_PATIENCE_H
#define WAYMARK_MAIN_PATIENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/id.h"

enum { PATIENTS_MAX = 256 };

struct patient {
    struct id id;
    int64_t until_ns; /* monotonic */
    int64_t rest_ns;
    bool is_sent; /* a message that went out, of which only that is still to be stored */
};

/* All zero has nobody to wait for. */
struct patience {
    struct patient patients[PATIENTS_MAX];
    size_t count;
};

/* The one that met trouble; NULL for any other. */
struct patient *patience_find(struct patience *patience, struct id id);

/* Whether it is to be left alone still. */
bool patience_waits(struct patience *patience, struct id id);

/* It met trouble, once more. Where there are too many, the one that waits shortest is forgotten. */
struct patient *patience_keep(struct patience *patience, struct id id);

void patience_end(struct patience *patience, struct id id);

#endif
