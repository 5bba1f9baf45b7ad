/* What mails to people are put together from. */
#ifndef WAYMARK_ACTION_MAIL_PARTS_H
#define WAYMARK_ACTION_MAIL_PARTS_H

#include "action/call.h"
#include "core/contact.h"
#include "core/document_row.h"
#include "store/recipient.h"
#include "words/saying.h"

/* What a mail says, whoever reads it. */
struct mail_text {
    struct saying subject;
    struct saying text;       /* after the greeting */
    enum document_kind paper; /* of the mail's subject, to be attached; 0: none */
};

/* Queues a mail as a message of that id for somebody, who is greeted by name and told in their own
 * language. */
enum error mail_tell(struct call *call, struct id message_id, const struct recipient *recipient,
                     struct id subject_id, const struct mail_text *mail,
                     struct fault *fault) WARN_UNUSED;

/* A mail of a fresh id for each struct recipient. */
enum error mail_post(struct call *call, const struct list *recipients, struct id subject_id,
                     const struct mail_text *mail, struct fault *fault) WARN_UNUSED;

/* The same for the agency's owners and its staff of one role. */
enum error mail_staff(struct call *call, enum user_role role, struct id subject_id,
                      const struct mail_text *mail, struct fault *fault) WARN_UNUSED;

/* The same for one contact, about themselves. */
enum error mail_contact(struct call *call, const struct contact *contact,
                        const struct mail_text *mail, struct fault *fault) WARN_UNUSED;

/* "https://…/contracts/<id>". */
const char *mail_link(const struct call *call, const char *place, struct id id);

const char *mail_requirements_link(const struct call *call, struct id engagement_id);

/* The same, to be said. */
struct saying mail_link_to(const struct call *call, const char *place, struct id id);

/* A document's SHA-256, to be said. */
struct saying mail_hash(const struct call *call, struct hash hash);

/* The recipient of that id, as a list of one; of none if the person can no longer be reached. */
struct list mail_only(const struct list *recipients, struct id id);

#endif
