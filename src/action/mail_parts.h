/* What mails to people are put together from. */
#ifndef WAYMARK_ACTION_MAIL_PARTS_H
#define WAYMARK_ACTION_MAIL_PARTS_H

#include "action/call.h"

/* Queues a mail for each struct recipient, who is greeted by name. */
enum error mail_post(struct call *call, const struct list *recipients, struct id subject_id,
                     const char *subject, const char *text, struct fault *fault) WARN_UNUSED;

/* "https://…/contracts/<id>". */
const char *mail_link(const struct call *call, const char *place, struct id id);

const char *mail_requirements_link(const struct call *call, struct id engagement_id);

const char *mail_day(const struct call *call, int32_t day);

/* "Their words" as a paragraph of its own; nothing for none. */
const char *mail_quote(const struct call *call, const char *text);

/* The recipient of that id, as a list of one; of none if the person can no longer be reached. */
struct list mail_only(const struct list *recipients, struct id id);

#endif
