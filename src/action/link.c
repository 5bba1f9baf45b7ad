#include "action/link.h"

#include <string.h>

#include "action/session.h"
#include "store/person.h"

static const struct field make_link_fields[] = {
    FIELD(struct make_link_for, email, TEXT, .flags = REQUIRED),
};
static const struct shape make_link_shape =
    SHAPE("make_link_for", struct make_link_for, make_link_fields);

static const struct field link_view_fields[] = {
    FIELD(struct link_view, url, TEXT),
    FIELD(struct link_view, token, TEXT),
};
static const struct shape link_view_shape = SHAPE("link_view", struct link_view, link_view_fields);

static enum error make_link_for(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct make_link_for *in = input;
    struct link_view *view = output;
    struct contact contact;
    bool found;
    enum error error = find_contact_by_email(&call->store, in->email, &contact, &found, fault);
    if (error)
        return error;
    if (!found || contact.disabled_at != 0)
        return refuse(fault, ERROR_NOT_FOUND, "email", "no active contact has that address");
    happened(call, "login_link.made", contact.id, (struct id){0});
    error = make_link(call, &contact, NULL, &view->url, fault);
    if (!error)
        view->token = strchr(view->url, '#') + 1;
    return error;
}

const struct operation make_link_for_operation = {
    .name = "make_link_for",
    .permission = PERMIT_OPERATE,
    .writes = true,
    .in = &make_link_shape,
    .out = &link_view_shape,
    .run = make_link_for,
};
