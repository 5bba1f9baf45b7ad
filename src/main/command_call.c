/* The API of a running server, for people and scripts at a shell: waymark call runs any operation
 * by its name, waymark enter opens a client's session for it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/route.h"
#include "base/limits.h"
#include "base/text.h"
#include "main/api_client.h"
#include "main/commands.h"

enum { BODY_MAX = 64 * MIB, CHUNK = 64 * KIB };

/* ---- which operation ----------------------------------------------------------------------- */

static void print_operations(void)
{
    for (const struct route *route = all_routes; route->path; route++)
        printf("%-32s %-6s %s\n", route->operation->name, http_method_name(route->method),
               route->path);
}

static enum error find_route(const char *name, const struct route **found, struct fault *fault)
{
    for (const struct route *route = all_routes; route->path; route++) {
        if (strcmp(route->operation->name, name) == 0) {
            *found = route;
            return OK;
        }
    }
    return refuse(fault, ERROR_USAGE, name,
                  "there is no such operation; \"waymark call\" lists them");
}

/* ---- its address --------------------------------------------------------------------------- */

static void put_encoded(struct text_buffer *text, const char *value)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (const char *at = value; *at; at++) {
        if (strchr(plain, *at))
            text_put_char(text, *at);
        else
            text_printf(text, "%%%02X", (unsigned char)*at);
    }
}

/* The value of an argument NAME=VALUE, which is taken out; NULL without one. */
static const char *take_value(struct command_call *call, const char *name, size_t length)
{
    for (int i = 1; i < call->count; i++) {
        const char *argument = call->arguments[i];
        if (strncmp(argument, name, length) != 0 || argument[length] != '=')
            continue;
        for (int j = i; j + 1 < call->count; j++)
            call->arguments[j] = call->arguments[j + 1];
        call->count--;
        return argument + length + 1;
    }
    return NULL;
}

/* Each {name} of the path takes the value of that name. The last one of a route that takes the rest
 * keeps its slashes. */
static enum error put_path(struct command_call *call, const struct route *route,
                           struct text_buffer *text, struct fault *fault)
{
    const char *at = route->path;
    while (*at) {
        size_t plain = strcspn(at, "{");
        text_put(text, at, plain);
        at += plain;
        if (!*at)
            break;
        size_t length = strcspn(at + 1, "}");
        const char *value = take_value(call, at + 1, length);
        if (!value)
            return refuse(fault, ERROR_USAGE, arena_text_n(call->arena, at + 1, length),
                          "is missing: write it as NAME=VALUE");
        if (route->takes_rest)
            text_put_text(text, value);
        else
            put_encoded(text, value);
        at += length + 2;
    }
    return OK;
}

/* What is left are members of the query. */
static enum error put_query(const struct command_call *call, struct text_buffer *text,
                            struct fault *fault)
{
    for (int i = 1; i < call->count; i++) {
        const char *argument = call->arguments[i];
        const char *equals = strchr(argument, '=');
        if (!equals)
            return refuse(fault, ERROR_USAGE, argument, "is not of the form NAME=VALUE");
        text_put_char(text, i == 1 ? '?' : '&');
        text_put(text, argument, (size_t)(equals - argument));
        text_put_char(text, '=');
        put_encoded(text, equals + 1);
    }
    return OK;
}

/* ---- the exchange -------------------------------------------------------------------------- */

static enum error read_body(struct arena *arena, const char *path, struct text_buffer *body,
                            struct fault *fault)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!file)
        return refuse(fault, ERROR_NOT_FOUND, path, "cannot be opened: %s", strerror(errno));
    char *chunk = arena_alloc(arena, CHUNK);
    size_t size;
    *body = text_buffer_in(arena);
    while (body->size <= BODY_MAX && (size = fread(chunk, 1, CHUNK, file)) > 0)
        text_put(body, chunk, size);
    bool failed = ferror(file);
    if (file != stdin)
        fclose(file);
    if (failed)
        return refuse(fault, ERROR_NOT_FOUND, path, "cannot be read");
    return body->size <= BODY_MAX
               ? OK
               : refuse(fault, ERROR_TOO_LARGE, path, "larger than %d MiB", BODY_MAX / MIB);
}

static const char *server_of(const struct command_call *call, const char *given)
{
    if (given)
        return given;
    const char *scheme = *call->config->tls_certificate ? "https" : "http";
    return arena_format(call->arena, "%s://%s", scheme, call->config->listen);
}

/* JSON is laid out for reading; anything else is written as it is. */
static void print_answer(const char *bytes, size_t size)
{
    json_t *json = size > 0 ? json_loadb(bytes, size, 0, NULL) : NULL;
    if (json) {
        json_dumpf(json, stdout, JSON_INDENT(2));
        putchar('\n');
    } else {
        fwrite(bytes, 1, size, stdout);
    }
    json_decref(json);
}

static enum error send(struct command_call *call, const struct route *route, const char *server,
                       const struct api_voice *voice, const struct api_content *content,
                       struct fault *fault)
{
    struct text_buffer target = text_buffer_in(call->arena);
    const char *bytes;
    size_t size;
    enum error error = put_path(call, route, &target, fault);
    if (!error)
        error = put_query(call, &target, fault);
    if (error)
        return error;
    struct api_client *client = api_client_new(server);
    error = api_client_send(client, voice, http_method_name(route->method), target.bytes, content,
                            call->arena, &bytes, &size, fault);
    api_client_free(client);
    if (!error)
        print_answer(bytes, size);
    return error;
}

/* ---- who calls ----------------------------------------------------------------------------- */

enum { SESSION_JOINT = ':' }; /* between a session's token and its CSRF token; neither has it */

/* As the environment says: WAYMARK_TOKEN, or WAYMARK_SESSION, which waymark enter gives. */
static enum error read_voice(struct arena *arena, struct api_voice *voice, struct fault *fault)
{
    const char *session = getenv("WAYMARK_SESSION");
    const char *joint = session ? strchr(session, SESSION_JOINT) : NULL;
    *voice = (struct api_voice){.token = getenv("WAYMARK_TOKEN")};
    if (!session)
        return OK;
    if (voice->token)
        return refuse(fault, ERROR_USAGE, "WAYMARK_SESSION",
                      "is set, and WAYMARK_TOKEN too: who is it?");
    if (!joint)
        return refuse(fault, ERROR_USAGE, "WAYMARK_SESSION", "is not what waymark enter gave");
    voice->session = arena_text_n(arena, session, (size_t)(joint - session));
    voice->csrf = joint + 1;
    return OK;
}

/* The token of a link, or the token alone. */
static const char *token_of(const char *link)
{
    const char *mark = strchr(link, '#');
    return mark ? mark + 1 : link;
}

enum error command_enter(struct command_call *call, struct fault *fault)
{
    const char *server = command_flag(call, "server");
    struct api_voice voice;
    enum error error = command_arguments(call, 1, 1, fault);
    if (error)
        return error;
    struct api_client *client = api_client_new(server_of(call, server));
    error = api_client_redeem(client, call->arena, token_of(call->arguments[0]), &voice, fault);
    api_client_free(client);
    if (!error)
        printf("%s%c%s\n", voice.session, SESSION_JOINT, voice.csrf);
    return error;
}

/* ---- the command --------------------------------------------------------------------------- */

enum error command_call_operation(struct command_call *call, struct fault *fault)
{
    const char *body_path = command_flag(call, "body");
    const char *type = command_flag(call, "type");
    const char *server = command_flag(call, "server");
    const char *if_match = command_flag(call, "if-match");
    const struct route *route;
    struct text_buffer body;
    struct api_voice voice;
    enum error error = command_arguments(call, 0, INT32_MAX, fault);
    if (!error && call->count == 0) {
        print_operations();
        return OK;
    }
    if (!error)
        error = find_route(call->arguments[0], &route, fault);
    if (!error && body_path)
        error = read_body(call->arena, body_path, &body, fault);
    if (!error)
        error = read_voice(call->arena, &voice, fault);
    if (error)
        return error;
    voice.if_match = if_match;
    const struct api_content content = {type ? type : "application/json",
                                        body_path ? body.bytes : NULL, body_path ? body.size : 0};
    return send(call, route, server_of(call, server), &voice, &content, fault);
}
