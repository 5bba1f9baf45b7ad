/* Entering and leaving: staff by password, a client's contacts by one-time links sent to their
 * address. */
#ifndef WAYMARK_ACTION_SESSION_H
#define WAYMARK_ACTION_SESSION_H

#include "action/operation.h"
#include "core/contact.h"
#include "core/preference.h"
#include "core/user.h"

enum {
    SESSION_HOURS = 12,
    LINK_HOURS = 72,
};

/* What whoever stands before the door is told: whose it is, where only one company lives there. */
struct door {
    const char *company; /* slug; NULL: there are several */
    const char *name;
};

struct sign_in {
    const char *company; /* slug */
    const char *email;
    const char *password;
    struct user user; /* found while preparing */
};

/* Who is signed in. The token goes into a cookie and never into JSON; the CSRF token must come
 * back with every write that the cookie authenticates. */
struct session_view {
    enum actor_kind kind;
    struct id id;
    const char *name;
    const char *role;
    const char *company; /* slug */
    struct id client_id; /* of a contact */
    enum locale locale;  /* that they prefer, if they have said so */
    enum theme theme;    /* likewise */
    const char *csrf_token;
    int64_t expires_at;
    int64_t position; /* the last of the company's log by then; -1: it is empty */
    const char *token;
};

struct request_link {
    const char *company; /* slug */
    const char *email;
    const char *page; /* of the portal, where the link leads them once they are in: "/invoices/…";
                         NULL: their home */
};

struct redeem_link {
    const char *token;
    int64_t company; /* read from the token while preparing */
    struct hash token_hash;
};

extern const struct operation show_door_operation;
extern const struct operation sign_in_operation;
extern const struct operation request_link_operation;
extern const struct operation redeem_link_operation;
extern const struct operation show_session_operation;
extern const struct operation sign_out_operation;

/* Makes a one-time link for the contact: the address to open. page is where it leads them, or NULL
 * (request_link). For the body of an action. */
enum error make_link(struct call *call, const struct contact *contact, const char *page,
                     const char **url, struct fault *fault) WARN_UNUSED;

#endif
