#include "action/session.h"

#include <string.h>

#include "action/company.h"
#include "action/limiter.h"
#include "action/mail_parts.h"
#include "action/password.h"
#include "action/secret.h"
#include "base/day.h"
#include "base/email.h"
#include "base/limits.h"
#include "core/company.h"
#include "platform/clock.h"
#include "store/log.h"
#include "store/person.h"
#include "store/preference.h"

enum { HOUR_MS = 60 * 60 * 1000 };

static const struct field session_view_fields[] = {
    FIELD(struct session_view, kind, CHOICE, .choices = &actor_kind_choices),
    FIELD(struct session_view, id, ID),
    FIELD(struct session_view, name, TEXT),
    FIELD(struct session_view, role, TEXT),
    FIELD(struct session_view, company, TEXT),
    FIELD(struct session_view, client_id, ID),
    FIELD(struct session_view, locale, CHOICE, .choices = &locale_choices),
    FIELD(struct session_view, theme, CHOICE, .choices = &theme_choices),
    FIELD(struct session_view, csrf_token, TEXT),
    FIELD(struct session_view, expires_at, MOMENT),
    FIELD(struct session_view, position, INTEGER, .minimum = -1, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct session_view, token, TEXT, .flags = SECRET),
};
static const struct shape session_view_shape =
    SHAPE("session_view", struct session_view, session_view_fields);

/* What a page begins with: how they want to be shown it, and up to where it is told what has
 * happened. */
static enum error view_start(struct call *call, struct session_view *view, struct fault *fault)
{
    struct preference preference;
    int64_t size;
    enum error error = find_preference(&call->store, view->id, &preference, fault);
    if (!error)
        error = load_stated_size(&call->store, &size, fault);
    if (error)
        return error;
    view->locale = preference.locale;
    view->theme = preference.theme;
    view->position = size - 1;
    return OK;
}

/* ---- the session itself -------------------------------------------------------------------- */

static enum error open_session(struct call *call, enum actor_kind kind, struct id actor_id,
                               struct session_view *view, struct fault *fault)
{
    struct session session = {
        .actor_kind = kind,
        .actor_id = actor_id,
        .created_at = call->now_ms,
        .expires_at = call->now_ms + (int64_t)SESSION_HOURS * HOUR_MS,
    };
    call->actor.kind = kind; /* from here on it is them who act */
    call->actor.id = actor_id;
    view->token = secret_make(call->arena, call->store.company, &session.token_hash);
    view->csrf_token =
        secret_make_csrf(call->arena, call->store.company, view->token, &session.csrf_hash);
    view->expires_at = session.expires_at;
    view->kind = kind;
    view->id = actor_id;
    enum error error = view_start(call, view, fault);
    return error ? error : insert_session(&call->store, &session, fault);
}

/* Nobody has signed in yet, and nobody sees nothing: the password or the link lets this be read. */
static enum error load_unseen(struct call *call, const struct shape *shape, struct id id, void *row,
                              struct fault *fault)
{
    struct store store = call->store;
    store.viewer.is_agency = true;
    return store_load(&store, shape, id, row, fault);
}

static enum error view_user(struct call *call, const struct user *user, const char *company,
                            struct session_view *view, struct fault *fault)
{
    view->name = user->name;
    view->role = choice_name(&user_role_choices, (int)user->role);
    view->company = company;
    happened(call, "session.opened", user->id, (struct id){0});
    return open_session(call, ACTOR_USER, user->id, view, fault);
}

static enum error view_contact(struct call *call, const struct contact *contact,
                               const char *company, struct session_view *view, struct fault *fault)
{
    view->name = contact->name;
    view->role = choice_name(&contact_role_choices, (int)contact->role);
    view->company = company;
    view->client_id = contact->client_id;
    happened(call, "session.opened", contact->id, (struct id){0});
    return open_session(call, ACTOR_CONTACT, contact->id, view, fault);
}

/* ---- the door ------------------------------------------------------------------------------ */

static const struct field door_fields[] = {
    FIELD(struct door, company, TEXT),
    FIELD(struct door, name, TEXT),
};
static const struct shape door_shape = SHAPE("door", struct door, door_fields);

static enum error show_door(struct call *call, const void *input, void *output, struct fault *fault)
{
    struct door *door = output;
    struct company_entry company;
    bool found;
    (void)input;
    enum error error = find_only_company(&call->store, &company, &found, fault);
    if (!error && found)
        *door = (struct door){.company = company.slug, .name = company.name};
    return error;
}

const struct operation show_door_operation = {
    .name = "show_door",
    .permission = PERMIT_ANYONE,
    .out = &door_shape,
    .run = show_door,
};

/* ---- staff by password --------------------------------------------------------------------- */

static const struct field sign_in_fields[] = {
    FIELD(struct sign_in, company, TEXT, .flags = REQUIRED),
    FIELD(struct sign_in, email, TEXT, .flags = REQUIRED, .limit = EMAIL_LIMIT),
    FIELD(struct sign_in, password, TEXT, .flags = REQUIRED, .limit = PASSWORD_LIMIT),
};
static const struct shape sign_in_shape = SHAPE("sign_in", struct sign_in, sign_in_fields);

/* The account and the address each have their own count of failures. */
static enum error check_limits(struct call *call, const char *account, const char *address,
                               int64_t now_ms, struct fault *fault)
{
    struct limiter *limiter = call->app->sign_in_limiter;
    enum error error = limiter_check(limiter, account, now_ms, fault);
    return error ? error : limiter_check(limiter, address, now_ms, fault);
}

static void count_failure(struct call *call, const char *account, const char *address,
                          int64_t now_ms)
{
    limiter_failed(call->app->sign_in_limiter, account, now_ms);
    limiter_failed(call->app->sign_in_limiter, address, now_ms);
}

/* One answer for every way to be wrong, so that nobody learns which company or address exists. */
static enum error prepare_sign_in(struct call *call, void *input, struct fault *fault)
{
    struct sign_in *in = input;
    struct company_entry company = {0};
    bool found;
    int64_t now_ms = monotonic_ns() / 1000000;
    in->email = email_lower(call->arena, in->email);
    in->company = email_lower(call->arena, in->company); /* short names are of small letters */
    const char *account = arena_format(call->arena, "%s/%s", in->company, in->email);
    enum error error = check_limits(call, account, call->address, now_ms, fault);
    if (!error)
        error = find_company(&call->store, in->company, &company, &found, fault);
    if (error)
        return error;
    if (found) {
        call->store.company = company.number;
        error = find_user_by_email(&call->store, in->email, &in->user, &found, fault);
        if (error)
            return error;
    }
    const char *hash = found && in->user.disabled_at == 0 ? in->user.password_hash : NULL;
    if (!password_matches(in->password, hash)) {
        count_failure(call, account, call->address, now_ms);
        return refuse(fault, ERROR_UNAUTHENTICATED, NULL,
                      "no such company, e-mail address and password together");
    }
    limiter_succeeded(call->app->sign_in_limiter, account);
    return OK;
}

/* The password was compared a while ago: who has got another one since, or was shut out, comes in
 * with it no more. */
static enum error sign_in(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct sign_in *in = input;
    struct user user;
    enum error error = load_unseen(call, &user_shape, in->user.id, &user, fault);
    if (!error && user.version != in->user.version)
        error = refuse(fault, ERROR_UNAUTHENTICATED, NULL,
                       "no such company, e-mail address and password together");
    return error ? error : view_user(call, &user, in->company, output, fault);
}

const struct operation sign_in_operation = {
    .name = "sign_in",
    .permission = PERMIT_ANYONE,
    .writes = true,
    .is_slow = true,
    .in = &sign_in_shape,
    .out = &session_view_shape,
    .prepare = prepare_sign_in,
    .run = sign_in,
};

/* ---- contacts by one-time links ------------------------------------------------------------ */

static const struct field request_link_fields[] = {
    FIELD(struct request_link, company, TEXT, .flags = REQUIRED),
    FIELD(struct request_link, email, TEXT, .flags = REQUIRED, .limit = EMAIL_LIMIT),
    FIELD(struct request_link, page, TEXT),
};
static const struct shape request_link_shape =
    SHAPE("request_link", struct request_link, request_link_fields);

enum error make_link(struct call *call, const struct contact *contact, const char *page,
                     const char **url, struct fault *fault)
{
    struct login_link link = {
        .contact_id = contact->id,
        .created_at = call->now_ms,
        .expires_at = call->now_ms + (int64_t)LINK_HOURS * HOUR_MS,
    };
    const char *token = secret_make(call->arena, call->store.company, &link.token_hash);
    *url = arena_format(call->arena, "%s/enter%s%s#%s", call->app->base_url, page ? "?page=" : "",
                        page ? page : "", token);
    return insert_login_link(&call->store, &link, fault);
}

static enum error send_link(struct call *call, const struct contact *contact, const char *page,
                            struct fault *fault)
{
    const char *url;
    enum error error = make_link(call, contact, page, &url, fault);
    if (error)
        return error;
    const struct mail_text mail = {
        SAY_WORD(WORD_MAIL_LINK_SUBJECT),
        SAY(call->arena, WORD_MAIL_LINK, said_number(LINK_HOURS), said_text(url)),
    };
    return mail_contact(call, contact, &mail, fault);
}

/* The link is mailed by us, so nobody else may say what else is in it. */
static bool is_page(const char *text)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/";
    return *text == '/' && !strstr(text, "//") && text[strspn(text, allowed)] == '\0';
}

/* Each request counts, as nobody may fill another's mailbox; but not as a guess at a password, or
 * an office whose people ask for their links would keep itself from signing in. */
static enum error prepare_request_link(struct call *call, void *input, struct fault *fault)
{
    struct request_link *in = input;
    struct company_entry company = {0};
    bool found;
    int64_t now_ms = monotonic_ns() / 1000000;
    if (in->page && !is_page(in->page))
        return refuse(fault, ERROR_INVALID, "page",
                      "a page of the portal is a path of letters, digits, - and _");
    in->email = email_lower(call->arena, in->email);
    in->company = email_lower(call->arena, in->company);
    const char *account = arena_format(call->arena, "link %s", in->email);
    const char *address = arena_format(call->arena, "link %s", call->address);
    enum error error = check_limits(call, account, address, now_ms, fault);
    if (!error)
        error = find_company(&call->store, in->company, &company, &found, fault);
    if (error)
        return error;
    count_failure(call, account, address, now_ms);
    call->store.company = found ? company.number : 0;
    return OK;
}

/* Says the same whether or not the address is known. */
static enum error request_link(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    const struct request_link *in = input;
    struct contact contact;
    bool found;
    (void)output;
    if (call->store.company == 0)
        return OK;
    enum error error = find_contact_by_email(&call->store, in->email, &contact, &found, fault);
    if (error || !found || contact.disabled_at != 0)
        return error;
    call->actor.kind = ACTOR_SYSTEM; /* nobody knows yet who asked */
    happened(call, "login_link.sent", contact.id, (struct id){0});
    return send_link(call, &contact, in->page, fault);
}

const struct operation request_link_operation = {
    .name = "request_link",
    .permission = PERMIT_ANYONE,
    .writes = true,
    .in = &request_link_shape,
    .prepare = prepare_request_link,
    .run = request_link,
};

static const struct field redeem_link_fields[] = {
    FIELD(struct redeem_link, token, TEXT, .flags = REQUIRED),
};
static const struct shape redeem_link_shape =
    SHAPE("redeem_link", struct redeem_link, redeem_link_fields);

static enum error refuse_link(struct fault *fault)
{
    return refuse(fault, ERROR_UNAUTHENTICATED, "token",
                  "this link is unknown, used or too old; ask for a new one");
}

static enum error prepare_redeem_link(struct call *call, void *input, struct fault *fault)
{
    struct redeem_link *in = input;
    if (!secret_read(in->token, &in->company, &in->token_hash))
        return refuse_link(fault);
    call->store.company = in->company;
    return OK;
}

static enum error redeem_link(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct redeem_link *in = input;
    struct login_link link;
    struct contact contact;
    struct company company;
    bool found;
    enum error error = find_login_link(&call->store, in->token_hash, &link, &found, fault);
    if (error)
        return error;
    if (!found || link.used_at != 0 || link.expires_at <= call->now_ms)
        return refuse_link(fault);
    error = load_company(call, &company, fault);
    if (!error)
        error = load_unseen(call, &contact_shape, link.contact_id, &contact, fault);
    if (error)
        return error;
    if (contact.disabled_at != 0)
        return refuse_link(fault);
    error = use_login_link(&call->store, in->token_hash, call->now_ms, fault);
    return error ? error : view_contact(call, &contact, company.slug, output, fault);
}

const struct operation redeem_link_operation = {
    .name = "redeem_link",
    .permission = PERMIT_ANYONE,
    .writes = true,
    .in = &redeem_link_shape,
    .out = &session_view_shape,
    .prepare = prepare_redeem_link,
    .run = redeem_link,
};

/* ---- who am I, and leaving ----------------------------------------------------------------- */

static enum error show_session(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    struct session_view *view = output;
    struct company company;
    (void)input;
    enum error error = load_company(call, &company, fault);
    if (error)
        return error;
    view->kind = call->actor.kind;
    view->id = call->actor.id;
    view->name = call->actor.name;
    view->role = call->actor.role;
    view->client_id = call->actor.client_id;
    view->company = company.slug;
    view->expires_at = call->session_ends_at;
    if (call->session_secret) {
        struct hash hash;
        view->csrf_token =
            secret_make_csrf(call->arena, call->store.company, call->session_secret, &hash);
    }
    return view_start(call, view, fault);
}

const struct operation show_session_operation = {
    .name = "show_session",
    .permission = PERMIT_READ,
    .out = &session_view_shape,
    .run = show_session,
};

/* Ends all of the person's sessions: who signs out wants to be out everywhere. */
static enum error sign_out(struct call *call, const void *input, void *output, struct fault *fault)
{
    (void)input;
    (void)output;
    happened(call, "session.closed", call->actor.id, (struct id){0});
    return delete_sessions_of(&call->store, call->actor.id, fault);
}

const struct operation sign_out_operation = {
    .name = "sign_out",
    .permission = PERMIT_READ,
    .writes = true,
    .run = sign_out,
};
