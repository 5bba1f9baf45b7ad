/* Rows that nearly every command touches, kept in memory for the length of a group's transaction
 * and written once at its end: the head of each company's evidence log, number series, and what the
 * ledger's accounts moved on a day. That is why a hot company costs hardly more than many cold
 * ones.
 */
#ifndef WAYMARK_STORE_KEPT_H
#define WAYMARK_STORE_KEPT_H

#include "core/ledger.h"
#include "core/merkle.h"
#include "store/store.h"

/* The log's frontier of the store's company, read when first asked for. Its caller may append to
 * it after store->group->changed is set; it is then written with the group. A store that only
 * reads gets a copy. */
enum error kept_log_frontier(struct store *store, struct merkle_frontier **frontier,
                             struct fault *fault) WARN_UNUSED;

/* Gives out the next number of a series, from 1, without gaps: the number is taken for good only
 * if the transaction commits. year is 0 for a series that is never reset. */
enum error take_number(struct store *store, const char *series, int year, int64_t *number,
                       struct fault *fault) WARN_UNUSED;

/* The number that would be given next; it is not taken. */
enum error next_number(struct store *store, const char *series, int year, int64_t *number,
                       struct fault *fault) WARN_UNUSED;

/* Whether any number of the series was given, in whatever year. */
enum error is_series_used(struct store *store, const char *series, bool *is_used,
                          struct fault *fault) WARN_UNUSED;

/* Counts a posting into its account's day. */
void keep_posting(struct store *store, int32_t day, const char *currency,
                  const struct ledger_posting *posting);

/* The company's active webhook endpoints (struct webhook_endpoint), read once a group. */
enum error kept_endpoints(struct store *store, struct list *endpoints,
                          struct fault *fault) WARN_UNUSED;

/* To be called after an endpoint was saved: the rest of the group sees it as it is now. */
void kept_forget_endpoints(struct store *store);

/* A write_flush for the writers of this store. */
enum error kept_flush(struct write_group *group, struct fault *fault) WARN_UNUSED;

#endif
