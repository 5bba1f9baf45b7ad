/* One request on its way through the API. Lives in the exchange's arena until it is answered. */
#ifndef WAYMARK_API_REQUEST_H
#define WAYMARK_API_REQUEST_H

#include "action/run.h"
#include "api/api.h"
#include "api/route.h"

/* One snapshot for requests that came together. Starts all zero. */
struct api_reading {
    struct db_session *session; /* NULL: none was needed yet */
};

void api_end_reading(struct api *api, struct api_reading *reading);

struct request {
    struct write_job job;
    struct api *api;
    const struct api_config *config;
    struct http_exchange *exchange;
    struct api_reading *reading;
    struct arena *arena;
    struct route_match match;
    struct call call;
    void *in;
    void *out;
    struct answer answer;
    bool replayed;
};

struct request *request_new(struct api *api, const struct api_config *config,
                            struct http_exchange *exchange);

/* Between these two the call's store reads the snapshot of request->reading, which outlives it.
 * Ending twice is allowed. */
enum error request_begin_reading(struct request *request, struct fault *fault) WARN_UNUSED;
void request_end_reading(struct request *request);

/* Reads If-Match and Idempotency-Key into the call. ERROR_PRECONDITION_REQUIRED where the operation
 * needs a version and none is named. */
enum error request_read_headers(struct request *request, struct fault *fault) WARN_UNUSED;

struct live *api_live(struct api *api);

struct request *request_of_job(struct write_job *job);

#endif
