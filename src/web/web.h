/* A set of files in memory, answered over HTTP as a browser wants them: found by path, in the form
 * that the browser takes, with a strong ETag of that form.
 *
 * Files below assets/ carry a hash of themselves in their names, and are kept for good; all others
 * are asked for again each time, and answered 304 while they are the same. */
#ifndef WAYMARK_WEB_WEB_H
#define WAYMARK_WEB_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "http/http.h"

enum web_coding {
    WEB_PLAIN,
    WEB_GZIP,
    WEB_BROTLI,
    WEB_CODING_COUNT,
};

struct web_form {
    const char *bytes; /* NULL: the file has no such form */
    size_t size;
};

struct web_file {
    const char *path;   /* "assets/index-B1kq.js" */
    const char *digest; /* of the plain form: SHA-256 in hexadecimal */
    struct web_form forms[WEB_CODING_COUNT];
};

/* In the order of their paths' bytes. */
struct web_files {
    const struct web_file *files;
    size_t count;
};

/* Answers GET and HEAD of a file, or of a page: any path without a dot in its last segment that
 * does not begin with "api", "healthz" or "metrics". home.html shows /home, and index.html all that
 * have no file of their own. False, and nothing is answered, for everything else. */
bool web_answer(const struct web_files *files, struct http_exchange *exchange);

#endif
