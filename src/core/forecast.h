/* When the money comes: what is still to be paid of all engagements (core/budget.h), each event on
 * the day by which its client has paid in 50, 80 and 95 of 100 cases so far.
 *
 * A client's history is how many days after the due day its invoices were paid in full; early is
 * negative. With fewer than HISTORY_MIN of its own, those of all clients stand in; without any, the
 * due day does. Nothing is expected before today. */
#ifndef WAYMARK_CORE_FORECAST_H
#define WAYMARK_CORE_FORECAST_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/budget.h"

enum { HISTORY_MIN = 5 };

/* An invoice that was paid in full. */
struct paid_invoice {
    struct id client_id;
    int32_t due_day;
    int32_t paid_day; /* when the last of its payments was received */
    struct id id;
    const char *number;
};

enum history {
    HISTORY_NONE = 1,
    HISTORY_ALL_CLIENTS,
    HISTORY_CLIENT,
};

struct forecast_event {
    struct id engagement_id;
    const char *engagement_title;
    struct id client_id;
    const char *client_name;
    enum budget_stage stage;
    enum budget_basis basis; /* with the days, what the due day stands on */
    const char *why;         /* the same in words */
    struct id invoice_id;
    const char *number;
    struct texts codes; /* of its milestones */
    const char *currency;
    int64_t outstanding_minor;
    int32_t done_day;
    int32_t issue_day;
    int64_t payment_days;
    int32_t due_day;
    enum history history;
    int64_t history_count;
    int32_t paid_50_day;
    int32_t paid_80_day;
    int32_t paid_95_day;
};

/* What comes in within a calendar month, in a currency. */
struct forecast_month {
    int32_t start_day;
    const char *currency;
    int64_t due_minor;
    int64_t paid_50_minor; /* of what is paid by then in 50 of 100 cases */
    int64_t paid_80_minor;
    int64_t paid_95_minor;
};

struct forecast {
    int32_t day;
    struct list events; /* struct forecast_event, by the day of 50 */
    struct list months; /* struct forecast_month, by currency and month */
};
extern const struct shape forecast_shape;

/* An engagement's budget and whose it is. */
struct forecast_part {
    struct budget budget;
    const char *engagement_title;
    struct id client_id;
    const char *client_name;
};

/* How late invoices were paid, so far as it is told of a client. */
struct delays {
    enum history history;
    const struct paid_invoice *const *invoices; /* by their delay */
    size_t count;
};

/* In days; below zero: early. */
int32_t paid_invoice_delay(const struct paid_invoice *invoice);

/* The nearest rank, from 1, of so many of 100: the delay within which they were paid is that of
 * this one. count is above 0, percent from 1 to 100. */
size_t rank_of_percent(size_t count, int percent);

/* The client's own history, that of all, or none. paid: struct paid_invoice. In the arena. */
struct delays delays_for(struct arena *arena, const struct list *paid, struct id client_id);

/* By when it is paid in so many of 100 cases: not before today. ERROR_OUT_OF_RANGE. */
enum error delays_expect(const struct delays *delays, int32_t due_day, int percent, int32_t today,
                         int32_t *day, struct fault *fault) WARN_UNUSED;

/* parts: struct forecast_part. paid: struct paid_invoice. In the arena. ERROR_OUT_OF_RANGE. */
enum error forecast_of(struct arena *arena, const struct list *parts, const struct list *paid,
                       int32_t today, struct forecast *forecast, struct fault *fault) WARN_UNUSED;

#endif
