#include "http/metrics.h"

#include <inttypes.h>

static const struct {
    int64_t limit_us;
    const char *seconds;
} buckets[HTTP_LATENCY_BUCKETS] = {
    {500, "0.0005"},  {1000, "0.001"},  {2500, "0.0025"}, {5000, "0.005"},     {10000, "0.01"},
    {25000, "0.025"}, {50000, "0.05"},  {100000, "0.1"},  {250000, "0.25"},    {500000, "0.5"},
    {1000000, "1"},   {2500000, "2.5"}, {10000000, "10"}, {INT64_MAX, "+Inf"},
};

static void add(atomic_uint_fast64_t *counter, uint64_t amount)
{
    atomic_fetch_add_explicit(counter, amount, memory_order_relaxed);
}

static uint64_t value(atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void http_metrics_count(struct http_metrics *metrics, enum http_method method, int status,
                        int64_t duration_ns)
{
    int64_t duration_us = duration_ns / 1000;
    size_t bucket = 0;
    while (duration_us > buckets[bucket].limit_us)
        bucket++;
    add(&metrics->requests[method][status / 100], 1);
    add(&metrics->latency[bucket], 1);
    add(&metrics->latency_sum_us, (uint64_t)duration_us);
}

static void write_requests(struct http_metrics *metrics, struct text_buffer *text)
{
    text_put_text(text, "# HELP waymark_http_requests_total Requests answered.\n"
                        "# TYPE waymark_http_requests_total counter\n");
    for (enum http_method method = 0; method < HTTP_METHOD_COUNT; method++) {
        for (int class = 2; class < HTTP_STATUS_CLASSES; class ++) {
            uint64_t count = value(&metrics->requests[method][class]);
            if (count > 0)
                text_printf(text,
                            "waymark_http_requests_total{method=\"%s\",status=\"%dxx\"} %" PRIu64
                            "\n",
                            method ? http_method_name(method) : "none", class, count);
        }
    }
}

static void write_latency(struct http_metrics *metrics, struct text_buffer *text)
{
    text_put_text(text, "# HELP waymark_http_request_duration_seconds From the request read to its "
                        "answer.\n"
                        "# TYPE waymark_http_request_duration_seconds histogram\n");
    uint64_t sum_us = value(&metrics->latency_sum_us);
    uint64_t count = 0;
    for (size_t i = 0; i < HTTP_LATENCY_BUCKETS; i++) {
        count += value(&metrics->latency[i]);
        text_printf(text, "waymark_http_request_duration_seconds_bucket{le=\"%s\"} %" PRIu64 "\n",
                    buckets[i].seconds, count);
    }
    text_printf(text,
                "waymark_http_request_duration_seconds_sum %" PRIu64 ".%06" PRIu64 "\n"
                "waymark_http_request_duration_seconds_count %" PRIu64 "\n",
                sum_us / 1000000, sum_us % 1000000, count);
}

static void write_one(struct text_buffer *text, const char *name, const char *kind,
                      const char *help, uint64_t amount)
{
    text_printf(text, "# HELP %s %s\n# TYPE %s %s\n%s %" PRIu64 "\n", name, help, name, kind, name,
                amount);
}

void http_metrics_write(struct http_metrics *metrics, struct http_gauges gauges,
                        struct text_buffer *text)
{
    write_requests(metrics, text);
    write_latency(metrics, text);
    write_one(text, "waymark_http_connections", "gauge", "Open connections.", gauges.connections);
    write_one(text, "waymark_http_requests_in_flight", "gauge", "Requests read, not yet answered.",
              gauges.in_flight);
    write_one(text, "waymark_http_requests_waiting", "gauge", "Requests waiting for a worker.",
              gauges.waiting);
    write_one(text, "waymark_http_connections_total", "counter", "Connections accepted.",
              value(&metrics->connections));
    write_one(text, "waymark_http_connections_refused_total", "counter",
              "Connections over the limit.", value(&metrics->connections_refused));
    write_one(text, "waymark_http_streams_cut_off_total", "counter",
              "Streams whose client did not keep up.", value(&metrics->streams_cut_off));
}
