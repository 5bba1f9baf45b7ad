/* Answers that are files: sent from the disk as they were stored. What somebody uploaded is always
 * to be saved and never to be shown as a page of ours; papers of our own may be shown. */
#ifndef WAYMARK_API_DOWNLOAD_H
#define WAYMARK_API_DOWNLOAD_H

#include "api/request.h"
#include "base/hash.h"

/* The route answer for operations whose out is a struct file. */
void answer_with_file(struct request *request, const void *out, struct http_response *response);

/* For those whose out is a struct paper_file: a PDF that may be shown, in a frame of the portal
 * too. */
void answer_with_paper(struct request *request, const void *out, struct http_response *response);

#endif
