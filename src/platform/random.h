/* Unpredictable bytes from the kernel (through libsodium), and the ids made with them. Safe for
 * any thread. */
#ifndef WAYMARK_PLATFORM_RANDOM_H
#define WAYMARK_PLATFORM_RANDOM_H

#include <stddef.h>

#include "base/id.h"
#include "platform/clock.h"

/* Fills size bytes; fit for keys and tokens. */
void random_bytes(void *bytes, size_t size);

/* A new id at the clock's time. Each id of one clock sorts after all that were made before it, also
 * when the clock is set back or more than 4096 are made in a millisecond: it then runs ahead. */
struct id new_id(struct clock *clock);

#endif
