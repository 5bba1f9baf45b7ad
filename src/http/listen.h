/* Addresses to listen at: "HOST:PORT", "[IPV6]:PORT" or "unix:PATH". */
#ifndef WAYMARK_HTTP_LISTEN_H
#define WAYMARK_HTTP_LISTEN_H

#include "base/error.h"

enum { HTTP_ADDRESS_SIZE = 128 };

/* Opens a non-blocking listening socket; the caller closes *descriptor. Port 0 takes a free one. A
 * host of several addresses is listened at on the first. The file of a local socket that nobody
 * listens at any more is replaced; it may be used by the owner and the group.
 * ERROR_INVALID (field "listen") for an address that cannot be read; ERROR_UNAVAILABLE. */
enum error http_listen(const char *address, int *descriptor, struct fault *fault) WARN_UNUSED;

/* Whether it can be read as an address; opens nothing. ERROR_INVALID (field "listen"). */
enum error http_listen_check(const char *address, struct fault *fault) WARN_UNUSED;

/* Where the socket really listens, with its port, in the form that http_listen reads. */
void http_listen_address(int descriptor, char text[static HTTP_ADDRESS_SIZE]);

#endif
