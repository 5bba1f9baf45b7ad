/* When to try a failed delivery again: the schedule that the Standard Webhooks specification
 * recommends, about three and a half days in all. Pure. */
#ifndef WAYMARK_GATEWAY_BACKOFF_H
#define WAYMARK_GATEWAY_BACKOFF_H

#include <stdint.h>

enum { BACKOFF_ATTEMPTS_MAX = 10 }; /* the first one and nine more */

/* How long to wait, in ms, after so many failed attempts (1 or more), or -1 when that was the last.
 *
 * Each wait is longer than the schedule's by up to a fifth, which follows from the message id
 * alone: messages that failed together do not come back together, and a restart changes nothing. */
int64_t backoff_delay_ms(int failed_attempts, const char *message_id);

#endif
