#include "http/tls.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>

#include "base/must.h"

struct http_tls {
    const char *certificate;
    const char *key;
    pthread_mutex_t mutex; /* guards context, which a reload replaces */
    SSL_CTX *context;
};

/* Forward secrecy and authenticated encryption only; TLS 1.3 has nothing else. */
static const char tls12_ciphers[] = "ECDHE+AESGCM:ECDHE+CHACHA20";

static enum error cannot_use(const char *field, const char *path, struct fault *fault)
{
    char reason[160];
    ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
    ERR_clear_error();
    return refuse(fault, ERROR_INVALID, field, "cannot use %.80s: %s", path, reason);
}

/* HTTP/1.1 is all that is spoken; a client that offers only others is refused. */
static int choose_protocol(SSL *ssl, const unsigned char **chosen, unsigned char *size,
                           const unsigned char *offered, unsigned offered_size, void *context)
{
    static const unsigned char spoken[] = "\x08http/1.1";
    (void)ssl;
    (void)context;
    unsigned char *found;
    if (SSL_select_next_proto(&found, size, spoken, sizeof spoken - 1, offered, offered_size) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

static SSL_CTX *new_context(void)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    must(context);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    must(SSL_CTX_set_cipher_list(context, tls12_ciphers) == 1);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, NULL);
    return context;
}

static enum error load(const struct http_tls *tls, SSL_CTX **loaded, struct fault *fault)
{
    SSL_CTX *context = new_context();
    enum error error = OK;
    if (SSL_CTX_use_certificate_chain_file(context, tls->certificate) != 1)
        error = cannot_use("tls_certificate", tls->certificate, fault);
    else if (SSL_CTX_use_PrivateKey_file(context, tls->key, SSL_FILETYPE_PEM) != 1 ||
             SSL_CTX_check_private_key(context) != 1)
        error = cannot_use("tls_key", tls->key, fault);
    if (error)
        SSL_CTX_free(context);
    else
        *loaded = context;
    return error;
}

enum error http_tls_new(const char *certificate, const char *key, struct http_tls **tls,
                        struct fault *fault)
{
    struct http_tls *made = calloc(1, sizeof *made);
    must(made);
    made->certificate = certificate;
    made->key = key;
    pthread_mutex_init(&made->mutex, NULL);
    enum error error = load(made, &made->context, fault);
    if (error)
        http_tls_free(made);
    else
        *tls = made;
    return error;
}

void http_tls_free(struct http_tls *tls)
{
    if (!tls)
        return;
    SSL_CTX_free(tls->context);
    pthread_mutex_destroy(&tls->mutex);
    free(tls);
}

enum error http_tls_reload(struct http_tls *tls, struct fault *fault)
{
    SSL_CTX *context;
    enum error error = load(tls, &context, fault);
    if (error)
        return error;
    pthread_mutex_lock(&tls->mutex);
    SSL_CTX *old = tls->context;
    tls->context = context;
    pthread_mutex_unlock(&tls->mutex);
    SSL_CTX_free(old);
    return OK;
}

SSL *http_tls_connection(struct http_tls *tls)
{
    pthread_mutex_lock(&tls->mutex);
    SSL *ssl = SSL_new(tls->context);
    pthread_mutex_unlock(&tls->mutex);
    must(ssl);
    return ssl;
}

void http_tls_end(SSL *ssl)
{
    SSL_shutdown(ssl);
    ERR_clear_error(); /* what it left would be taken for an error of the next connection */
}
