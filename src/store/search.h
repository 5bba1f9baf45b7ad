/* Finding rows of many tables by a word of theirs. */
#ifndef WAYMARK_STORE_SEARCH_H
#define WAYMARK_STORE_SEARCH_H

#include "core/search_hit.h"
#include "store/store.h"

/* What is sought: word as it was typed. Names, titles and texts hold it, in any case; numbers of
 * invoices and payments begin with it, as typed or in capitals.
 *
 * Of each kind that can be found, the agency looks through the newest SEARCH_DEPTH rows of its
 * company, invoices' numbers through all by their index; a contact through all of its client. So a
 * search takes no longer in a company that has a million of them. */
enum { SEARCH_DEPTH = 20000, SEARCH_KINDS = 9 };

/* At most limit hits of the kind that is numbered so, newest first. */
enum error search_kind(struct store *store, size_t number, const char *word, int64_t limit,
                       struct list *hits, struct fault *fault) WARN_UNUSED;

#endif
