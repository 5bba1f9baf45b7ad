#include "gateway/webhook.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>
#include <sodium.h>

#include "base/base64.h"
#include "base/limits.h"
#include "base/must.h"
#include "gateway/destination.h"

static const char secret_prefix[] = "whsec_";
static const curl_off_t day_s = 86400;

enum {
    SECRET_PREFIX_LENGTH = sizeof secret_prefix - 1,
    ANSWER_LIMIT = 64 * KIB, /* headers and body that are read at most */
    EXCERPT_SIZE = 160,      /* of the body, for the operator */
    HTTP_GONE = 410,
};

/* ---- secrets and signatures ---------------------------------------------------------------- */

struct key {
    uint8_t bytes[WEBHOOK_KEY_MAX];
    size_t size;
};

static bool read_secret(const char *secret, struct key *key)
{
    if (strncmp(secret, secret_prefix, SECRET_PREFIX_LENGTH) == 0)
        secret += SECRET_PREFIX_LENGTH;
    return base64_decode(secret, strlen(secret), key->bytes, sizeof key->bytes, &key->size) &&
           key->size >= WEBHOOK_KEY_MIN;
}

enum error webhook_sign(const char *secret, const char *id, int64_t time_s, const char *body,
                        size_t body_size, char signature[static WEBHOOK_SIGNATURE_SIZE],
                        struct fault *fault)
{
    struct key key;
    if (!read_secret(secret, &key))
        return refuse(fault, ERROR_INVALID, "secret",
                      "a secret is whsec_ and the base64 of %d to %d bytes", WEBHOOK_KEY_MIN,
                      WEBHOOK_KEY_MAX);
    char timestamp[32];
    snprintf(timestamp, sizeof timestamp, ".%" PRId64 ".", time_s);
    uint8_t digest[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.bytes, key.size);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)id, strlen(id));
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)timestamp, strlen(timestamp));
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)body, body_size);
    crypto_auth_hmacsha256_final(&state, digest);
    sodium_memzero(&key, sizeof key);
    memcpy(signature, "v1,", 3);
    base64_encode(digest, sizeof digest, signature + 3);
    return OK;
}

/* ---- what may be sent ---------------------------------------------------------------------- */

static bool has_user(CURLU *url)
{
    char *user = NULL;
    CURLUcode got = curl_url_get(url, CURLUPART_USER, &user, 0);
    curl_free(user);
    return got != CURLUE_NO_USER;
}

static bool has_web_scheme(CURLU *url)
{
    char *scheme = NULL;
    bool is_web = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                  (strcmp(scheme, "https") == 0 || strcmp(scheme, "http") == 0);
    curl_free(scheme);
    return is_web;
}

enum error webhook_check_url(const char *url, struct fault *fault)
{
    if (strlen(url) > WEBHOOK_URL_LIMIT)
        return refuse(fault, ERROR_INVALID, "url", "an address has at most %d bytes",
                      WEBHOOK_URL_LIMIT);
    CURLU *parsed = curl_url();
    must(parsed);
    enum error error = OK;
    if (curl_url_set(parsed, CURLUPART_URL, url, 0) != CURLUE_OK || !has_web_scheme(parsed))
        error = refuse(fault, ERROR_INVALID, "url", "an address begins with https:// or http://");
    else if (has_user(parsed))
        error = refuse(fault, ERROR_INVALID, "url", "an address carries no user name or password");
    curl_url_cleanup(parsed);
    return error;
}

static enum error check_id(const char *id, struct fault *fault)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    size_t size = strlen(id);
    if (size == 0 || size > WEBHOOK_ID_LIMIT || strspn(id, allowed) != size)
        return refuse(fault, ERROR_INVALID, "id", "an id is letters, digits, '_' and '-'");
    return OK;
}

/* ---- one exchange -------------------------------------------------------------------------- */

/* What the callbacks of one exchange see and remember. */
struct exchange {
    const struct webhook_policy *policy;
    bool opened;    /* a socket to an allowed address */
    bool forbidden; /* an address was not allowed */
    size_t received;
    char excerpt[EXCERPT_SIZE];
    size_t excerpt_size;
};

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct exchange *exchange = context;
    (void)purpose;
    if (!exchange->policy->allow_private && !destination_is_public(&address->addr)) {
        exchange->forbidden = true;
        return CURL_SOCKET_BAD;
    }
    exchange->opened = true;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Returning less than was given ends the exchange. */
static size_t take_header(char *bytes, size_t one, size_t size, void *context)
{
    struct exchange *exchange = context;
    (void)bytes;
    exchange->received += one * size;
    return exchange->received <= ANSWER_LIMIT ? size : 0;
}

static size_t take_body(char *bytes, size_t one, size_t size, void *context)
{
    struct exchange *exchange = context;
    size_t room = sizeof exchange->excerpt - exchange->excerpt_size;
    size_t taken = size < room ? size : room;
    memcpy(exchange->excerpt + exchange->excerpt_size, bytes, taken);
    exchange->excerpt_size += taken;
    return take_header(bytes, one, size, context);
}

static struct curl_slist *add_header(struct curl_slist *list, const char *name, const char *value)
{
    char line[WEBHOOK_ID_LIMIT + WEBHOOK_SIGNATURE_SIZE + 64];
    int length = snprintf(line, sizeof line, "%s: %s", name, value);
    must(length > 0 && (size_t)length < sizeof line);
    struct curl_slist *longer = curl_slist_append(list, line);
    must(longer);
    return longer;
}

static enum error make_headers(const struct webhook *webhook, struct curl_slist **headers,
                               struct fault *fault)
{
    int64_t time_s = webhook->time_ms / 1000;
    char signature[WEBHOOK_SIGNATURE_SIZE];
    char timestamp[32];
    enum error error = webhook_sign(webhook->secret, webhook->id, time_s, webhook->body,
                                    webhook->body_size, signature, fault);
    if (error)
        return error;
    snprintf(timestamp, sizeof timestamp, "%" PRId64, time_s);
    struct curl_slist *list = add_header(NULL, "content-type", "application/json");
    list = add_header(list, "webhook-id", webhook->id);
    list = add_header(list, "webhook-timestamp", timestamp);
    list = add_header(list, "webhook-signature", signature);
    list = add_header(list, "expect", ""); /* the body goes at once, without asking first */
    *headers = list;
    return OK;
}

static void set_up(CURL *curl, const struct webhook *webhook, struct curl_slist *headers,
                   struct exchange *exchange)
{
    const struct webhook_policy *policy = exchange->policy;
    curl_easy_setopt(curl, CURLOPT_URL, webhook->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* a proxy would hide the address that is called */
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)policy->timeout_ms);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, policy->user_agent);
    if (policy->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, policy->ca_file);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, webhook->body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)webhook->body_size);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange);
}

static enum delivery_outcome outcome_of(long status)
{
    if (status == HTTP_GONE)
        return DELIVERY_GONE;
    return status >= 200 && status < 300 ? DELIVERY_DONE : DELIVERY_RETRY;
}

/* A final status counts even if the rest of the answer never came or was not read. */
static struct delivery judge(CURL *curl, CURLcode code, const char *trouble,
                             const struct exchange *exchange)
{
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status < 200 && exchange->forbidden && !exchange->opened)
        return delivery_ended(DELIVERY_REFUSED, 0, "the host has no public address");
    if (status < 200)
        return delivery_ended(DELIVERY_RETRY, 0, "%s",
                              *trouble ? trouble : curl_easy_strerror(code));
    struct delivery delivery = delivery_ended(outcome_of(status), (int)status, "%.*s",
                                              (int)exchange->excerpt_size, exchange->excerpt);
    curl_off_t retry_after_s = 0;
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after_s);
    delivery.retry_after_ms = (retry_after_s < day_s ? retry_after_s : day_s) * 1000;
    return delivery;
}

static struct delivery post(const struct webhook_policy *policy, const struct webhook *webhook,
                            struct curl_slist *headers)
{
    struct exchange exchange = {.policy = policy};
    char trouble[CURL_ERROR_SIZE] = "";
    CURL *curl = curl_easy_init();
    must(curl);
    set_up(curl, webhook, headers, &exchange);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, trouble);
    CURLcode code = curl_easy_perform(curl);
    struct delivery delivery = judge(curl, code, trouble, &exchange);
    curl_easy_cleanup(curl);
    return delivery;
}

struct delivery webhook_send(const struct webhook_policy *policy, const struct webhook *webhook)
{
    must(policy->timeout_ms > 0);
    struct fault fault = {0};
    struct curl_slist *headers = NULL;
    if (webhook_check_url(webhook->url, &fault) || check_id(webhook->id, &fault) ||
        make_headers(webhook, &headers, &fault))
        return delivery_ended(DELIVERY_REFUSED, 0, "%s", fault.detail);
    struct delivery delivery = post(policy, webhook, headers);
    curl_slist_free_all(headers);
    return delivery;
}
