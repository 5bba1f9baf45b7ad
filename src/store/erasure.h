/* What is known of a person outside of its own row, and how it goes: the mails that were written to
 * it, and the particulars of the leaves that recorded the row. */
#ifndef WAYMARK_STORE_ERASURE_H
#define WAYMARK_STORE_ERASURE_H

#include "store/store.h"

/* The ids (struct id) of the mails to an address that were queued since then and until then; a long
 * time of the company's outbox is not for a writer to go through. */
enum error list_mails_to(struct store *store, const char *email, int64_t since_ms, int64_t until_ms,
                         struct list *mails, struct fault *fault) WARN_UNUSED;

/* Leaves of a mail only that there was one; if it was still waiting it is given up. */
enum error erase_mail(struct store *store, struct id id, struct fault *fault) WARN_UNUSED;

/* Erases the particulars of every leaf that tells of the contact's own row (events "contact.…"). */
enum error erase_contact_leaves(struct store *store, struct id contact_id, int64_t now_ms,
                                struct fault *fault) WARN_UNUSED;

#endif
