#include "api/evidence.h"

#include <string.h>

#include "action/evidence_bundle.h"
#include "action/evidence_log.h"

static void answer(struct http_response *response, const char *media_type, const void *body,
                   size_t size)
{
    response->content_type = media_type;
    response->body = body;
    response->body_size = size;
}

void answer_with_checkpoint(struct request *request, const void *out,
                            struct http_response *response)
{
    const struct log_view *log = out;
    (void)request;
    answer(response, "text/plain; charset=utf-8", log->checkpoint, strlen(log->checkpoint));
}

void answer_with_tile(struct request *request, const void *out, struct http_response *response)
{
    const struct tile_file *tile = out;
    (void)request;
    answer(response, "application/octet-stream", tile->bytes.bytes, tile->bytes.size);
}

void answer_with_evidence(struct request *request, const void *out, struct http_response *response)
{
    const struct evidence_file *file = out;
    answer(response, "application/json", file->text, strlen(file->text));
    http_add_header(request->exchange, response, "Content-Disposition",
                    "attachment; filename=\"evidence.json\"");
}
