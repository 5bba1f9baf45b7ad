#include "main/api_client.h"

#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "platform/random.h"

enum { TIMEOUT_MS = 30 * 1000, KEY_BYTES = 16 };

static const char cookie_name[] = "waymark_session=";

struct api_client {
    CURL *curl;
    const char *base;
};

struct api_client *api_client_new(const char *base)
{
    struct api_client *client = calloc(1, sizeof *client);
    must(client);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    client->curl = curl_easy_init();
    must(client->curl);
    client->base = base;
    return client;
}

void api_client_free(struct api_client *client)
{
    curl_easy_cleanup(client->curl);
    free(client);
}

/* ---- one exchange -------------------------------------------------------------------------- */

struct sending {
    const struct api_voice *voice;
    const char *method;
    const char *path;
    const char *type;
    const void *bytes; /* NULL: no body */
    size_t size;
};

struct receiving {
    struct text_buffer body;
    struct text_buffer cookie; /* the session's token, when one was set */
    long status;
};

static size_t take_body(char *bytes, size_t one, size_t size, void *context)
{
    struct receiving *receiving = context;
    text_put(&receiving->body, bytes, one * size);
    return one * size;
}

static size_t take_header(char *bytes, size_t one, size_t size, void *context)
{
    static const char name[] = "Set-Cookie: ";
    struct receiving *receiving = context;
    size_t length = one * size;
    size_t before = sizeof name - 1 + sizeof cookie_name - 1;
    if (length > before && strncasecmp(bytes, name, sizeof name - 1) == 0 &&
        strncmp(bytes + sizeof name - 1, cookie_name, sizeof cookie_name - 1) == 0) {
        size_t end = before;
        while (end < length && bytes[end] != ';')
            end++;
        text_put(&receiving->cookie, bytes + before, end - before);
    }
    return length;
}

static struct curl_slist *add_header(struct curl_slist *headers, struct arena *arena,
                                     const char *name, const char *value)
{
    struct curl_slist *longer =
        curl_slist_append(headers, arena_format(arena, "%s: %s", name, value));
    must(longer);
    return longer;
}

static const char *fresh_key(struct arena *arena)
{
    uint8_t bytes[KEY_BYTES];
    struct text_buffer text = text_buffer_in(arena);
    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        text_printf(&text, "%02x", bytes[i]);
    return text.bytes;
}

static struct curl_slist *headers_of(struct arena *arena, const struct sending *sending)
{
    struct curl_slist *headers = NULL;
    const struct api_voice *voice = sending->voice;
    if (sending->bytes)
        headers = add_header(headers, arena, "Content-Type", sending->type);
    if (voice && voice->session)
        headers = add_header(headers, arena, "Cookie",
                             arena_format(arena, "%s%s", cookie_name, voice->session));
    if (voice && voice->csrf)
        headers = add_header(headers, arena, "X-CSRF-Token", voice->csrf);
    if (voice && voice->token)
        headers = add_header(headers, arena, "Authorization",
                             arena_format(arena, "Bearer %s", voice->token));
    if (voice && voice->if_match)
        headers = add_header(headers, arena, "If-Match", voice->if_match);
    if (strcmp(sending->method, "GET") != 0)
        headers = add_header(headers, arena, "Idempotency-Key", fresh_key(arena));
    return headers;
}

static enum error exchange(struct api_client *client, struct arena *arena,
                           const struct sending *sending, struct receiving *receiving,
                           struct fault *fault)
{
    CURL *curl = client->curl;
    struct curl_slist *headers = headers_of(arena, sending);
    *receiving = (struct receiving){text_buffer_in(arena), text_buffer_in(arena), 0};
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL,
                     arena_format(arena, "%s/api/v1%s", client->base, sending->path));
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, sending->method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)TIMEOUT_MS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, receiving);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, receiving);
    if (sending->bytes) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, sending->bytes);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)sending->size);
    }
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &receiving->status);
    curl_slist_free_all(headers);
    if (code != CURLE_OK)
        return refuse(fault, ERROR_UNAVAILABLE, NULL, "%s: %s", client->base,
                      curl_easy_strerror(code));
    return OK;
}

/* Our own code of a problem's type, "urn:waymark:error:not-found". */
static enum error error_of(const char *type)
{
    const char *slug = type ? strrchr(type, ':') : NULL;
    for (int code = OK + 1; slug && code < ERROR_COUNT; code++) {
        if (strcmp(error_slug((enum error)code), slug + 1) == 0)
            return (enum error)code;
    }
    return ERROR_CHECK_FAILED;
}

static enum error check_status(const struct sending *sending, const struct receiving *receiving,
                               struct fault *fault)
{
    if (receiving->status < 400)
        return OK;
    json_t *problem = json_loadb(receiving->body.bytes, receiving->body.size, 0, NULL);
    const char *title = json_string_value(json_object_get(problem, "title"));
    const char *detail = json_string_value(json_object_get(problem, "detail"));
    const char *field = json_string_value(json_object_get(problem, "field"));
    enum error code = error_of(json_string_value(json_object_get(problem, "type")));
    enum error error = refuse(fault, code, field, "%s %s: %s %s", sending->method, sending->path,
                              title ? title : "refused", detail ? detail : "");
    json_decref(problem);
    return error;
}

static enum error send_and_read(struct api_client *client, struct arena *arena,
                                const struct sending *sending, struct receiving *receiving,
                                json_t **answer, struct fault *fault)
{
    enum error error = exchange(client, arena, sending, receiving, fault);
    if (!error)
        error = check_status(sending, receiving, fault);
    if (!error && answer && receiving->body.size > 0) {
        *answer = json_loadb(receiving->body.bytes, receiving->body.size, 0, NULL);
        if (!*answer)
            return refuse(fault, ERROR_CHECK_FAILED, NULL, "%s did not answer JSON", sending->path);
    }
    return error;
}

/* ---- what callers say ---------------------------------------------------------------------- */

enum error api_client_call(struct api_client *client, const struct api_voice *voice,
                           const char *method, const char *path, const json_t *body,
                           json_t **answer, struct fault *fault)
{
    struct arena *arena = arena_new();
    struct receiving receiving;
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    struct sending sending = {.voice = voice,
                              .method = method,
                              .path = path,
                              .type = "application/json",
                              .bytes = text,
                              .size = text ? strlen(text) : 0};
    if (answer)
        *answer = NULL;
    enum error error = send_and_read(client, arena, &sending, &receiving, answer, fault);
    free(text);
    arena_free(arena);
    return error;
}

enum error api_client_upload(struct api_client *client, const struct api_voice *voice,
                             const char *path, const char *type, const void *bytes, size_t size,
                             json_t **answer, struct fault *fault)
{
    struct arena *arena = arena_new();
    struct receiving receiving;
    struct sending sending = {voice, "POST", path, type, bytes, size};
    *answer = NULL;
    enum error error = send_and_read(client, arena, &sending, &receiving, answer, fault);
    arena_free(arena);
    return error;
}

enum error api_client_send(struct api_client *client, const struct api_voice *voice,
                           const char *method, const char *path, const struct api_content *content,
                           struct arena *arena, const char **bytes, size_t *size,
                           struct fault *fault)
{
    struct receiving receiving;
    struct sending sending = {voice, method, path, content->type, content->bytes, content->size};
    enum error error = exchange(client, arena, &sending, &receiving, fault);
    if (!error)
        error = check_status(&sending, &receiving, fault);
    *bytes = receiving.body.bytes;
    *size = receiving.body.size;
    return error;
}

enum error api_client_fetch(struct api_client *client, const struct api_voice *voice,
                            const char *path, struct arena *arena, const char **bytes, size_t *size,
                            struct fault *fault)
{
    const struct api_content nothing = {0};
    return api_client_send(client, voice, "GET", path, &nothing, arena, bytes, size, fault);
}

/* Opens a session with a body that says who it is. */
static enum error enter(struct api_client *client, struct arena *arena, const char *path,
                        json_t *body, struct api_voice *voice, struct fault *fault)
{
    struct receiving receiving;
    json_t *answer = NULL;
    char *text = json_dumps(body, JSON_COMPACT);
    json_decref(body);
    must(text);
    struct sending sending = {NULL, "POST", path, "application/json", text, strlen(text)};
    enum error error = send_and_read(client, arena, &sending, &receiving, &answer, fault);
    free(text);
    if (error)
        return error;
    const char *csrf = json_string_value(json_object_get(answer, "csrf_token"));
    must(csrf && receiving.cookie.size > 0);
    *voice = (struct api_voice){.session = receiving.cookie.bytes, .csrf = arena_text(arena, csrf)};
    json_decref(answer);
    return OK;
}

enum error api_client_sign_in(struct api_client *client, struct arena *arena, const char *company,
                              const char *email, const char *password, struct api_voice *voice,
                              struct fault *fault)
{
    json_t *body =
        json_pack("{s:s, s:s, s:s}", "company", company, "email", email, "password", password);
    return enter(client, arena, "/session", body, voice, fault);
}

enum error api_client_redeem(struct api_client *client, struct arena *arena, const char *token,
                             struct api_voice *voice, struct fault *fault)
{
    return enter(client, arena, "/session/redeem", json_pack("{s:s}", "token", token), voice,
                 fault);
}
