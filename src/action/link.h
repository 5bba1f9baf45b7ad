/* One-time links made by the operator at the machine itself: for a contact whose mail is lost, and
 * for the sample. */
#ifndef WAYMARK_ACTION_LINK_H
#define WAYMARK_ACTION_LINK_H

#include "action/operation.h"

struct make_link_for {
    const char *email; /* of a contact */
};

struct link_view {
    const char *url;
    const char *token; /* what the url carries */
};

extern const struct operation make_link_for_operation;

#endif
