/* A body in chunks (RFC 9112, 7.1), read as it arrives and strictly: no chunk extensions, no
 * trailer, sizes of one to eight hexadecimal digits. */
#ifndef WAYMARK_HTTP_CHUNKED_H
#define WAYMARK_HTTP_CHUNKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum http_chunked_state {
    HTTP_CHUNKED_SIZE,     /* within the digits of a size */
    HTTP_CHUNKED_SIZE_END, /* before the LF that ends it */
    HTTP_CHUNKED_DATA,
    HTTP_CHUNKED_DATA_CR, /* before the CR LF that ends a chunk */
    HTTP_CHUNKED_DATA_LF,
    HTTP_CHUNKED_LAST_CR, /* before the CR LF that ends the body */
    HTTP_CHUNKED_LAST_LF,
    HTTP_CHUNKED_DONE,
    HTTP_CHUNKED_BAD,
};

/* All zero before the first byte. */
struct http_chunked {
    enum http_chunked_state state;
    unsigned digits;
    uint64_t remaining; /* bytes of the chunk still to come */
};

/* Reads on until there is data to hand out or the bytes are used up, and returns how many were
 * read. *data and *data_size tell the part of bytes that is body, empty if there is none yet.
 * In the states DONE and BAD it reads nothing more. */
size_t http_chunked_read(struct http_chunked *chunked, const char *bytes, size_t size,
                         const char **data, size_t *data_size);

#endif
