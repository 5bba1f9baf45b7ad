#include "api/cookie.h"

#include "action/session.h"
#include "api/guard.h"

static void set_cookie(struct request *request, const char *value, int seconds,
                       struct http_response *response)
{
    const char *secure = request->config->is_secure ? "; Secure" : "";
    http_add_header(request->exchange, response, "Set-Cookie",
                    arena_format(request->arena,
                                 "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s",
                                 SESSION_COOKIE, value, seconds, secure));
}

void answer_with_cookie(struct request *request, const void *out, struct http_response *response)
{
    const struct session_view *view = out;
    set_cookie(request, view->token, SESSION_HOURS * 60 * 60, response);
}

void answer_without_cookie(struct request *request, const void *out, struct http_response *response)
{
    (void)out;
    set_cookie(request, "", 0, response);
}
