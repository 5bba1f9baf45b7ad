/* The API: takes a request from the HTTP server, finds its operation, checks who asks, runs it,
 * and answers. Reads are answered by the worker that took them; a write goes on to the writer of
 * its company's lane and is answered when its group is durable. */
#ifndef WAYMARK_API_API_H
#define WAYMARK_API_API_H

#include "action/app.h"
#include "base/text.h"
#include "db/readers.h"
#include "db/writer.h"
#include "http/http.h"
#include "platform/log.h"

struct api;

/* What it needs; all of it outlives it. Lane n's writer serves the companies whose number leaves
 * the remainder n when divided by lane_count. */
struct api_config {
    const struct app *app;
    struct readers *readers;
    struct writer *const *writers;
    int lane_count;
    const struct log *log;
    const char *proxies; /* whose word is taken for who sent a request; see http/forwarded.h */
    bool is_secure;      /* served by TLS: cookies are marked Secure */
};

struct api *api_new(const struct api_config *config);

/* The server must have stopped. */
void api_free(struct api *api);

/* Handles requests for paths below /api/v1, at most HTTP_TOGETHER, that are all there: they share
 * one snapshot of the database, as what each may expect to see had been committed by then. */
void api_handle(struct api *api, struct http_exchange *const *exchanges, size_t count);

/* Appends what the API counts about itself, in Prometheus' text format. Any thread. */
void api_metrics(struct api *api, struct text_buffer *text);

/* Whether the request goes to an address that takes a file as its body. */
bool api_takes_upload(const struct http_request *request);

#endif
