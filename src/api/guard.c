#include "api/guard.h"

#include <string.h>

#include "action/secret.h"
#include "store/person.h"

static const char bearer[] = "Bearer ";

static enum error refuse_entry(struct fault *fault)
{
    return refuse(fault, ERROR_UNAUTHENTICATED, NULL,
                  "this session or token is unknown or has ended");
}

/* ---- the person ---------------------------------------------------------------------------- */

static enum error be_user(struct call *call, struct id id, struct fault *fault)
{
    struct user user;
    call->store.viewer.is_agency = true;
    if (store_load(&call->store, &user_shape, id, &user, fault) || user.disabled_at != 0)
        return refuse_entry(fault);
    call->actor = (struct actor){
        .kind = ACTOR_USER,
        .id = user.id,
        .name = user.name,
        .role = choice_name(&user_role_choices, (int)user.role),
        .roles = user_role_bit(user.role),
        .may_write = true,
        .may_administer = true,
    };
    return OK;
}

static enum error be_contact(struct call *call, struct id id, struct fault *fault)
{
    struct contact contact;
    call->store.viewer.is_agency = true; /* to find out whose contact it is */
    enum error error = store_load(&call->store, &contact_shape, id, &contact, fault);
    call->store.viewer.is_agency = false;
    if (error || contact.disabled_at != 0)
        return refuse_entry(fault);
    call->store.viewer.client_id = contact.client_id;
    call->actor = (struct actor){
        .kind = ACTOR_CONTACT,
        .id = contact.id,
        .name = contact.name,
        .role = choice_name(&contact_role_choices, (int)contact.role),
        .roles = contact_role_bit(contact.role),
        .client_id = contact.client_id,
        .may_write = true,
    };
    return OK;
}

/* ---- by session cookie --------------------------------------------------------------------- */

static bool is_write(const struct http_request *request)
{
    return request->method != HTTP_GET && request->method != HTTP_HEAD;
}

static enum error by_session(struct call *call, const struct http_request *request,
                             const char *cookie, struct fault *fault)
{
    struct session session;
    struct hash hash;
    bool found;
    if (!secret_read(cookie, &call->store.company, &hash))
        return refuse_entry(fault);
    enum error error = find_session(&call->store, hash, &session, &found, fault);
    if (error)
        return error;
    if (!found || session.expires_at <= call->now_ms)
        return refuse_entry(fault);
    const char *csrf = http_header(request, CSRF_HEADER);
    if (is_write(request) && !(csrf && secret_matches(csrf, session.csrf_hash)))
        return refuse(fault, ERROR_CSRF, CSRF_HEADER,
                      "send the csrf_token that this session was opened with");
    error = session.actor_kind == ACTOR_USER ? be_user(call, session.actor_id, fault)
                                             : be_contact(call, session.actor_id, fault);
    call->actor.method = session.actor_kind == ACTOR_USER ? METHOD_PASSWORD : METHOD_EMAIL_LINK;
    return error;
}

/* ---- by API token -------------------------------------------------------------------------- */

static bool has_scope(const struct api_token *token, const char *scope)
{
    for (size_t i = 0; i < token->scopes.count; i++) {
        if (strcmp(token->scopes.texts[i], scope) == 0)
            return true;
    }
    return false;
}

/* A token acts as its user, less what its scopes leave out: without "write" it only reads, and
 * without "admin" it is no owner when it comes to people, tokens and the company itself. */
static enum error by_token(struct call *call, const char *text, struct fault *fault)
{
    struct api_token token;
    struct hash hash;
    bool found;
    if (!secret_read(text, &call->store.company, &hash))
        return refuse_entry(fault);
    enum error error = find_api_token(&call->store, hash, &token, &found, fault);
    if (error)
        return error;
    if (!found || token.revoked_at != 0 || token.expires_at <= call->now_ms)
        return refuse_entry(fault);
    error = be_user(call, token.user_id, fault);
    call->actor.method = METHOD_API_TOKEN;
    call->actor.may_write = has_scope(&token, "write") || has_scope(&token, "admin");
    call->actor.may_administer = has_scope(&token, "admin");
    return error;
}

struct actor guard_nobody(void)
{
    return (struct actor){.roles = ROLE_NOBODY, .name = "", .role = ""};
}

enum error guard_identify(struct call *call, const struct http_request *request,
                          struct fault *fault)
{
    const char *authorization = http_header(request, "Authorization");
    const char *cookie = http_cookie(request, SESSION_COOKIE);
    call->actor = guard_nobody();
    if (authorization) {
        if (strncmp(authorization, bearer, sizeof bearer - 1) != 0)
            return refuse(fault, ERROR_UNAUTHENTICATED, "Authorization",
                          "write it as: Bearer TOKEN");
        return by_token(call, authorization + sizeof bearer - 1, fault);
    }
    if (cookie)
        return by_session(call, request, cookie, fault);
    return OK;
}
