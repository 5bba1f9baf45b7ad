/* Defects of a milestone, as rows. */
#ifndef WAYMARK_STORE_DEFECT_H
#define WAYMARK_STORE_DEFECT_H

#include "core/defect.h"
#include "store/store.h"

/* The milestone's that are neither confirmed nor waived, in the order in which they were found.
 * Does not ask who looks: load the milestone first. */
enum error list_unsettled_defects(struct store *store, struct id milestone_id, struct list *defects,
                                  struct fault *fault) WARN_UNUSED;

#endif
