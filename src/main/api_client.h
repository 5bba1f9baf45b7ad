/* A client of the API over HTTP, like any other: for playing the sample and for commands that talk
 * to a running server. */
#ifndef WAYMARK_MAIN_API_CLIENT_H
#define WAYMARK_MAIN_API_CLIENT_H

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"

struct api_client;

/* base is "http://127.0.0.1:8080". */
struct api_client *api_client_new(const char *base);
void api_client_free(struct api_client *client);

/* Who speaks from now on: a session's token and CSRF token, NULL for nobody. */
struct api_voice {
    const char *session;
    const char *csrf;
    const char *if_match; /* the version that is meant, or NULL */
    const char *token;    /* an API token instead of a session, or NULL */
};

/* What a request carries; no bytes: nothing. */
struct api_content {
    const char *type;
    const void *bytes;
    size_t size;
};

/* Sends a JSON request below /api/v1 (body may be NULL; a reference is not taken) and gives the
 * JSON answer in *answer, which the caller owns (NULL for none). A write carries a fresh
 * Idempotency-Key. The server's own error with its text when it refuses; ERROR_CHECK_FAILED when
 * its answer cannot be understood, ERROR_UNAVAILABLE when it cannot be reached. */
enum error api_client_call(struct api_client *client, const struct api_voice *voice,
                           const char *method, const char *path, const json_t *body,
                           json_t **answer, struct fault *fault) WARN_UNUSED;

/* Sends a file as the body. */
enum error api_client_upload(struct api_client *client, const struct api_voice *voice,
                             const char *path, const char *type, const void *bytes, size_t size,
                             json_t **answer, struct fault *fault) WARN_UNUSED;

/* Any request, and its answer's bytes as they come, in the arena. Errors as above. */
enum error api_client_send(struct api_client *client, const struct api_voice *voice,
                           const char *method, const char *path, const struct api_content *content,
                           struct arena *arena, const char **bytes, size_t *size,
                           struct fault *fault) WARN_UNUSED;

/* Fetches bytes, such as a PDF, into the arena. */
enum error api_client_fetch(struct api_client *client, const struct api_voice *voice,
                            const char *path, struct arena *arena, const char **bytes, size_t *size,
                            struct fault *fault) WARN_UNUSED;

/* Signs in and keeps the session's tokens in the arena. */
enum error api_client_sign_in(struct api_client *client, struct arena *arena, const char *company,
                              const char *email, const char *password, struct api_voice *voice,
                              struct fault *fault) WARN_UNUSED;
enum error api_client_redeem(struct api_client *client, struct arena *arena, const char *token,
                             struct api_voice *voice, struct fault *fault) WARN_UNUSED;

#endif
