/* The text of a change order that both sides sign: which contract it changes, what changes in
 * words and in sums, the whole plan and terms as they then hold, and who signs, as canonical JSON.
 * The same rows always give the same bytes, so its SHA-256 stands for the order. */
#ifndef WAYMARK_CORE_CHANGE_DOCUMENT_H
#define WAYMARK_CORE_CHANGE_DOCUMENT_H

#include "base/arena.h"
#include "core/change_order.h"

#define CHANGE_DOCUMENT_FORMAT "waymark change order 1"

/* The text, in the arena. signatures holds struct signature. */
const char *change_document_text(struct arena *arena, const struct change_order *order,
                                 const struct change_basis *basis, const struct list *signatures);

#endif
