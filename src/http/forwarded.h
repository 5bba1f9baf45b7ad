/* Who sent a request that came by way of reverse proxies, each of which adds the address it was
 * called from to X-Forwarded-For. What a header says is believed as far as proxies of ours said it:
 * anybody can send one. */
#ifndef WAYMARK_HTTP_FORWARDED_H
#define WAYMARK_HTTP_FORWARDED_H

#include "http/http.h"

/* The numeric address of the sender, or "unix". proxies: ours, separated by spaces or commas, each
 * an address, a network such as "10.0.0.0/8", or "unix" for the local socket; "" if there are none.
 * Where a proxy of ours did not say where it was called from, the sender is that proxy. */
const char *http_sender(struct arena *arena, const struct http_request *request,
                        const char *proxies);

/* ERROR_INVALID (field "proxies") for what is none of these. */
enum error http_proxies_check(const char *proxies, struct fault *fault) WARN_UNUSED;

#endif
