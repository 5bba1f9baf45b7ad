/* TLS 1.2 and 1.3 for a server, with a certificate that can be renewed while it runs. */
#ifndef WAYMARK_HTTP_TLS_H
#define WAYMARK_HTTP_TLS_H

#include <openssl/ssl.h>

#include "base/error.h"

struct http_tls;

/* Reads the certificate chain and its private key, PEM files. ERROR_INVALID with the field
 * "tls_certificate" or "tls_key". The paths stay the caller's and must outlive it. */
enum error http_tls_new(const char *certificate, const char *key, struct http_tls **tls,
                        struct fault *fault) WARN_UNUSED;

void http_tls_free(struct http_tls *tls);

/* Reads both files again; connections from now on use them. When it fails the old ones stay in
 * use. Any thread may call it. */
enum error http_tls_reload(struct http_tls *tls, struct fault *fault) WARN_UNUSED;

/* The state of a new connection, for the stream that will own it. */
SSL *http_tls_connection(struct http_tls *tls);

/* Tells the client that nothing more will be sent. */
void http_tls_end(SSL *ssl);

#endif
