#include "api/download.h"

#include <ctype.h>
#include <string.h>

#include "action/paper.h"
#include "base/text.h"
#include "core/file.h"
#include "platform/blob.h"

/* RFC 8187: what stands for itself in an extended parameter. */
static bool is_plain(unsigned char character)
{
    return isalnum(character) || (character && strchr("!#$&+-.^_`|~", character));
}

/* RFC 6266: the name once for everybody, in ASCII, and once as it is. */
static const char *disposition(struct arena *arena, const char *kind, const char *name)
{
    struct text_buffer text = text_buffer_in(arena);
    text_printf(&text, "%s; filename=\"", kind);
    for (const char *at = name; *at; at++)
        text_put_char(&text, *at >= ' ' && *at < 0x7f && !strchr("\"\\%", *at) ? *at : '_');
    text_put_text(&text, "\"; filename*=UTF-8''");
    for (const char *at = name; *at; at++) {
        if (is_plain((unsigned char)*at))
            text_put_char(&text, *at);
        else
            text_printf(&text, "%%%02X", (unsigned char)*at);
    }
    return text.bytes;
}

static void answer_blob(struct request *request, struct hash hash, const char *kind,
                        const char *name, const char *media_type, struct http_response *response)
{
    char digest[HASH_BASE64_SIZE];
    struct fault fault = {0};
    int descriptor;
    int64_t size;
    response->body = NULL;
    response->body_size = 0;
    response->content_type = NULL;
    if (blob_open(request->config->app->files_directory, hash, &descriptor, &size, &fault)) {
        log_event(request->config->log, LOG_ERROR, "file_unreadable",
                  log_text("detail", fault.detail));
        response->status = error_http_status(ERROR_STORAGE);
        return;
    }
    response->content_type = media_type;
    response->body_is_file = true;
    response->file = descriptor;
    response->body_size = (size_t)size;
    http_add_header(request->exchange, response, "Content-Disposition",
                    disposition(request->arena, kind, name));
    http_add_header(request->exchange, response, "Content-Digest", /* RFC 9530 */
                    arena_format(request->arena, "sha-256=:%s:", hash_to_base64(hash, digest)));
}

static void download_blob(struct request *request, struct hash hash, const char *name,
                          const char *media_type, struct http_response *response)
{
    answer_blob(request, hash, "attachment", name, media_type, response);
}

void answer_with_file(struct request *request, const void *out, struct http_response *response)
{
    const struct file *file = out;
    download_blob(request, file->hash, file->name, file->mime, response);
}

/* What we made ourselves can be read where it is, and in a frame of the portal. The viewer that a
 * browser brings for it counts as an object with a style of its own. */
void answer_with_paper(struct request *request, const void *out, struct http_response *response)
{
    const struct paper_file *paper = out;
    http_add_header(request->exchange, response, "Content-Security-Policy",
                    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
                    "frame-ancestors 'self'");
    answer_blob(request, paper->hash, "inline", paper->name, "application/pdf", response);
}
