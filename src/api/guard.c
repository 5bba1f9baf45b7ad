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

static enum error be_user(struct call *call, const struct user *user, struct fault *fault)
{
    if (id_is_none(user->id) || user->disabled_at != 0)
        return refuse_entry(fault);
    call->store.viewer.is_agency = true;
    call->actor = (struct actor){
        .kind = ACTOR_USER,
        .id = user->id,
        .name = user->name,
        .role = choice_name(&user_role_choices, (int)user->role),
        .roles = user_role_bit(user->role),
        .may_write = true,
        .may_administer = true,
    };
    return OK;
}

static enum error be_contact(struct call *call, const struct contact *contact, struct fault *fault)
{
    if (id_is_none(contact->id) || contact->disabled_at != 0)
        return refuse_entry(fault);
    call->store.viewer.client_id = contact->client_id;
    call->actor = (struct actor){
        .kind = ACTOR_CONTACT,
        .id = contact->id,
        .name = contact->name,
        .role = choice_name(&contact_role_choices, (int)contact->role),
        .roles = contact_role_bit(contact->role),
        .client_id = contact->client_id,
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
    struct session_entry entry;
    struct hash hash;
    bool found;
    if (!secret_read(cookie, &call->store.company, &hash))
        return refuse_entry(fault);
    enum error error = find_session(&call->store, hash, &entry, &found, fault);
    if (error)
        return error;
    if (!found || entry.session.expires_at <= call->now_ms)
        return refuse_entry(fault);
    const char *csrf = http_header(request, CSRF_HEADER);
    if (is_write(request) && !(csrf && secret_matches(csrf, entry.session.csrf_hash)))
        return refuse(fault, ERROR_CSRF, CSRF_HEADER,
                      "send the csrf_token that this session was opened with");
    call->session_secret = cookie;
    call->session_ends_at = entry.session.expires_at;
    bool is_user = entry.session.actor_kind == ACTOR_USER;
    error = is_user ? be_user(call, &entry.user, fault) : be_contact(call, &entry.contact, fault);
    call->actor.method = is_user ? METHOD_PASSWORD : METHOD_EMAIL_LINK;
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
    struct user user = {0};
    call->store.viewer.is_agency = true;
    error = store_load(&call->store, &user_shape, token.user_id, &user, fault);
    call->store.viewer.is_agency = false;
    if (error && error != ERROR_NOT_FOUND)
        return error;
    error = be_user(call, &user, fault);
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
