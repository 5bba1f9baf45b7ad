/* The proposals of an engagement. Load the engagement first: only proposal_before asks who looks.
 */
#ifndef WAYMARK_STORE_PROPOSAL_H
#define WAYMARK_STORE_PROPOSAL_H

#include "core/proposal.h"
#include "store/store.h"

/* Those that are a draft or in the client's hands, by revision: at most one of each. */
enum error list_open_proposals(struct store *store, struct id engagement_id, struct list *proposals,
                               struct fault *fault) WARN_UNUSED;

/* The highest revision so far; 0 before the first. */
enum error last_proposal_revision(struct store *store, struct id engagement_id, int64_t *revision,
                                  struct fault *fault) WARN_UNUSED;

/* The latest that the client accepted. */
enum error find_accepted_proposal(struct store *store, struct id engagement_id,
                                  struct proposal *proposal, bool *found,
                                  struct fault *fault) WARN_UNUSED;

/* The latest revision below that one which the viewer may see. */
enum error find_proposal_before(struct store *store, struct id engagement_id, int64_t revision,
                                struct proposal *proposal, bool *found,
                                struct fault *fault) WARN_UNUSED;

#endif
