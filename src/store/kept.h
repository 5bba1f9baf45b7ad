/* What nearly every command touches, kept in memory: the head of each company's evidence log,
 * number series, webhook endpoints, and what the ledger's accounts moved on a day. It is written
 * once, at the end of a group's transaction, which is why a hot company costs hardly more than many
 * cold ones; and it is known to the next transaction, unless another process has written in the
 * lane meanwhile. A store without a group reads what is stored. */
#ifndef WAYMARK_STORE_KEPT_H
#define WAYMARK_STORE_KEPT_H

#include "core/ledger.h"
#include "core/merkle.h"
#include "store/store.h"

/* The log's frontier of the store's company. Its caller may append a leaf to it when
 * store->group->changed is set, and calls keep_leaf then. A store that only reads gets a copy. */
enum error kept_log_frontier(struct store *store, struct merkle_frontier **frontier,
                             struct fault *fault) WARN_UNUSED;

/* Says what the leaf that was appended last tells of: an engagement, or none. May be called again
 * for what else it tells of. */
enum error keep_leaf(struct store *store, struct id engagement_id, struct fault *fault) WARN_UNUSED;

/* Whether none of the leaves from position since on tells of the engagement, nor of none at all, as
 * a change of its client or of the company does. Only within a group. */
enum error is_log_quiet(struct store *store, int64_t since, struct id engagement_id, bool *quiet,
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
enum error keep_posting(struct store *store, int32_t day, const char *currency,
                        const struct ledger_posting *posting, struct fault *fault) WARN_UNUSED;

/* The company's active webhook endpoints (struct webhook_endpoint). */
enum error kept_endpoints(struct store *store, struct list *endpoints,
                          struct fault *fault) WARN_UNUSED;

/* To be called when an endpoint is saved: it is read anew. */
enum error kept_forget_endpoints(struct store *store, struct fault *fault) WARN_UNUSED;

/* A write_flush for the writers of this store. */
enum error kept_flush(struct write_group *group, struct fault *fault) WARN_UNUSED;

#endif
