/* Milestones as neighbours in their graph. None of these asks who looks: load the milestone first.
 */
#ifndef WAYMARK_STORE_MILESTONE_H
#define WAYMARK_STORE_MILESTONE_H

#include "core/invoice.h"
#include "store/store.h"

/* What a milestone comes directly after, and what comes directly after it, by number: of each only
 * id, number, code, title, due_day and state. */
enum error list_predecessors(struct store *store, struct id milestone_id, struct list *milestones,
                             struct fault *fault) WARN_UNUSED;
enum error list_successors(struct store *store, struct id milestone_id, struct list *milestones,
                           struct fault *fault) WARN_UNUSED;

/* The planned milestones that wait for nothing but this one: as if it were accepted already. */
enum error list_freed_milestones(struct store *store, struct id milestone_id,
                                 struct list *milestones, struct fault *fault) WARN_UNUSED;

/* The one of the same contract with that code, or *found false. */
enum error find_milestone_by_code(struct store *store, const struct milestone *beside,
                                  const char *code, struct milestone *milestone, bool *found,
                                  struct fault *fault) WARN_UNUSED;

/* Those whose latest invoice it is, in the order of their numbers. */
enum error list_invoice_milestones(struct store *store, const struct invoice *invoice,
                                   struct list *milestones, struct fault *fault) WARN_UNUSED;

/* Those of a contract that were accepted before a moment and are on no invoice, in the order of
 * their acceptance. */
enum error list_billable_milestones(struct store *store, const struct contract *contract,
                                    int64_t before_ms, struct list *milestones,
                                    struct fault *fault) WARN_UNUSED;

#endif
