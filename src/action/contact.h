/* The people of a client. They enter by one-time links, so their address is what identifies them:
 * when it changes, what was sent to the old one no longer opens anything. */
#ifndef WAYMARK_ACTION_CONTACT_H
#define WAYMARK_ACTION_CONTACT_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/contact.h"
#include "store/list.h"

struct list_contacts {
    struct page_query page;
    struct id client_id;
    enum contact_role role;
};

/* Takes away what is personal, for good: in the row, in mails, and in what the evidence log says of
 * the row. What the contact decided and signed stays, with the name that stands there. */
struct erase_contact {
    struct id id;
    struct list mails; /* ids of those to its address, found while preparing */
};

extern const struct operation list_contacts_operation;
extern const struct operation show_contact_operation;
extern const struct operation create_contact_operation;
extern const struct operation change_contact_operation;
extern const struct operation disable_contact_operation;
extern const struct operation enable_contact_operation;

/* Sends a mail that says what this is about, with a link to enter. */
extern const struct operation invite_contact_operation;

extern const struct operation erase_contact_operation;

#endif
