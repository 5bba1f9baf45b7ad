/* Webhooks after the Standard Webhooks specification: a POST that carries webhook-id,
 * webhook-timestamp and webhook-signature, the HMAC-SHA256 of "id.timestamp.body".
 *
 * Certificates are verified, redirects are not followed, little of the answer is read, and only
 * public addresses are called (gateway/destination.h). The address is looked at when the connection
 * is opened, so a name that resolves to something else by then gains nothing. */
#ifndef WAYMARK_GATEWAY_WEBHOOK_H
#define WAYMARK_GATEWAY_WEBHOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "gateway/delivery.h"

enum {
    WEBHOOK_KEY_MIN = 24,        /* bytes of a key that we accept */
    WEBHOOK_KEY_MAX = 64,        /* likewise */
    WEBHOOK_SIGNATURE_SIZE = 48, /* "v1,", 44 characters and NUL */
    WEBHOOK_URL_LIMIT = 2000,    /* bytes */
    WEBHOOK_ID_LIMIT = 100,      /* bytes */
};

/* The server's settings. */
struct webhook_policy {
    bool allow_private;     /* call addresses that are not public, too: tests and intranets */
    int timeout_ms;         /* for the whole exchange; more than 0 */
    const char *user_agent; /* who is calling */
    const char *ca_file;    /* PEM file of the certificates to trust; NULL for the system's */
};

struct webhook {
    const char *url;
    const char *secret; /* "whsec_" and base64; the prefix may be absent */
    const char *id;     /* the same for every attempt: letters, digits, '_' and '-' */
    int64_t time_ms;    /* of this attempt */
    const char *body;   /* JSON */
    size_t body_size;
};

/* ERROR_INVALID, field "url": anything but http or https with a host, or with a user name in it.
 * Whether the host is public shows only when it is called. */
enum error webhook_check_url(const char *url, struct fault *fault) WARN_UNUSED;

/* One signature, "v1," and base64. ERROR_INVALID, field "secret": not base64, or a key of the wrong
 * size. */
enum error webhook_sign(const char *secret, const char *id, int64_t time_s, const char *body,
                        size_t body_size, char signature[static WEBHOOK_SIGNATURE_SIZE],
                        struct fault *fault) WARN_UNUSED;

/* One attempt, blocking for at most timeout_ms. DELIVERY_DONE for 2xx, DELIVERY_GONE for 410,
 * DELIVERY_REFUSED for a webhook that cannot be sent as it is (url, secret, id, an address that is
 * not public), else DELIVERY_RETRY. Any thread. */
struct delivery webhook_send(const struct webhook_policy *policy, const struct webhook *webhook);

#endif
