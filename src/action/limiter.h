/* Slows down guessing: counts failures per key (an account, an address) in a sliding memory of
 * fixed size, for this process. Safe for any thread. */
#ifndef WAYMARK_ACTION_LIMITER_H
#define WAYMARK_ACTION_LIMITER_H

#include <stdint.h>

#include "base/error.h"

struct limiter;

/* At most limit failures of one key within window_ms. */
struct limiter *limiter_new(int limit, int64_t window_ms);
void limiter_free(struct limiter *limiter);

/* ERROR_RATE_LIMITED while the key has failed too often. now_ms only ever grows. */
enum error limiter_check(struct limiter *limiter, const char *key, int64_t now_ms,
                         struct fault *fault) WARN_UNUSED;
void limiter_failed(struct limiter *limiter, const char *key, int64_t now_ms);
void limiter_succeeded(struct limiter *limiter, const char *key);

#endif
