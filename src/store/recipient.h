/* Whom to write to about an engagement. People who are disabled or erased are left out. None of
 * these asks who looks: what they find goes into mail and never into an answer. */
#ifndef WAYMARK_STORE_RECIPIENT_H
#define WAYMARK_STORE_RECIPIENT_H

#include "core/actor.h"
#include "core/locale.h"
#include "store/store.h"

struct recipient {
    struct id id;
    const char *name;
    const char *email;
    enum locale locale; /* what they chose, else their client's, else the agency's; may be none */
};

/* One contact of the company, whatever their state; or *found false. */
enum error find_contact_recipient(struct store *store, struct id contact_id,
                                  struct recipient *recipient, bool *found,
                                  struct fault *fault) WARN_UNUSED;

/* All contacts of a client, and those of one role. */
enum error list_contact_recipients(struct store *store, struct id client_id,
                                   struct list *recipients, struct fault *fault) WARN_UNUSED;
enum error list_role_recipients(struct store *store, struct id client_id, enum contact_role role,
                                struct list *recipients, struct fault *fault) WARN_UNUSED;

/* The client's approvers, and who else of it has spoken about the subject. */
enum error list_listening_recipients(struct store *store, struct id client_id,
                                     struct id engagement_id, struct id subject_id,
                                     struct list *recipients, struct fault *fault) WARN_UNUSED;

/* The agency's owners and its staff of one role. */
enum error list_staff_recipients(struct store *store, enum user_role role, struct list *recipients,
                                 struct fault *fault) WARN_UNUSED;

/* Those who sign a contract or have signed it, in their order. */
enum error list_signer_recipients(struct store *store, struct id contract_id,
                                  struct list *recipients, struct fault *fault) WARN_UNUSED;

/* The same of a change order. */
enum error list_change_signer_recipients(struct store *store, struct id change_order_id,
                                         struct list *recipients, struct fault *fault) WARN_UNUSED;

#endif
