/* What a server counts about itself, in the text format that Prometheus reads. One thread counts,
 * any thread may write them out. */
#ifndef WAYMARK_HTTP_METRICS_H
#define WAYMARK_HTTP_METRICS_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/text.h"
#include "http/http.h"

enum {
    HTTP_STATUS_CLASSES = 6,
    HTTP_LATENCY_BUCKETS = 14, /* the last one has no bound */
};

struct http_metrics {
    atomic_uint_fast64_t requests[HTTP_METHOD_COUNT]
                                 [HTTP_STATUS_CLASSES]; /* method 0: none was read */
    atomic_uint_fast64_t latency[HTTP_LATENCY_BUCKETS];
    atomic_uint_fast64_t latency_sum_us;
    atomic_uint_fast64_t connections; /* ever accepted */
    atomic_uint_fast64_t connections_refused;
    atomic_uint_fast64_t streams_cut_off;
};

/* What is so at this moment. */
struct http_gauges {
    uint64_t connections;
    uint64_t in_flight; /* requests read and not yet answered in full */
    uint64_t waiting;   /* of these, how many wait for a worker */
};

/* Counts one request: duration from its last byte read to its answer. method 0 if its head could
 * not be read. */
void http_metrics_count(struct http_metrics *metrics, enum http_method method, int status,
                        int64_t duration_ns);

void http_metrics_write(struct http_metrics *metrics, struct http_gauges gauges,
                        struct text_buffer *text);

#endif
