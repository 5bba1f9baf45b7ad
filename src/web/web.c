#include "web/web.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

/* The portal loads everything from here, talks to nobody else, and is in nobody's frame; a frame or
 * an object of its own shows a PDF. */
static const struct http_pair page_headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
     "font-src 'self'; connect-src 'self'; frame-src 'self' blob:; object-src 'self' blob:; "
     "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "accelerometer=(), autoplay=(), bluetooth=(), camera=(), "
                           "display-capture=(), geolocation=(), gyroscope=(), hid=(), "
                           "magnetometer=(), microphone=(), midi=(), payment=(), serial=(), "
                           "usb=(), xr-spatial-tracking=()"},
};

static const char *const coding_names[WEB_CODING_COUNT] = {
    [WEB_PLAIN] = "identity",
    [WEB_GZIP] = "gzip",
    [WEB_BROTLI] = "br",
};

/* ---- what a file is ------------------------------------------------------------------------ */

/* What a browser should take the file for, by the end of its name. */
static const char *web_content_type(const char *path)
{
    static const struct http_pair types[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".webp", "image/webp"},
        {".avif", "image/avif"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".wasm", "application/wasm"},
        {".txt", "text/plain; charset=utf-8"},
    };
    const char *ending = strrchr(path, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++) {
        if (strcmp(ending, types[i].name) == 0)
            return types[i].value;
    }
    return "application/octet-stream";
}

/* ---- which form of it ---------------------------------------------------------------------- */

/* One element of Accept-Encoding, "gzip;q=0.5": whether it names the coding and does not rule it
 * out. */
static bool element_accepts(const char *element, size_t length, const char *coding)
{
    size_t name = strcspn(element, ";, \t");
    name = name < length ? name : length;
    bool is_named = strlen(coding) == name && strncasecmp(element, coding, name) == 0;
    bool is_any = name == 1 && *element == '*';
    if (!is_named && !is_any)
        return false;
    for (const char *at = element + name; at + 1 < element + length; at++) {
        if (tolower(*at) == 'q' && at[1] == '=')
            return strtod(at + 2, NULL) > 0;
    }
    return true;
}

static bool accepts(const char *accepted, const char *coding)
{
    while (*accepted) {
        accepted += strspn(accepted, ", \t");
        size_t length = strcspn(accepted, ",");
        if (length > 0 && element_accepts(accepted, length, coding))
            return true;
        accepted += length;
    }
    return false;
}

/* The form of the file to send to someone who accepts these codings (Accept-Encoding, or NULL). */
static enum web_coding web_choose(const struct web_file *file, const char *accepted)
{
    static const enum web_coding by_size[] = {WEB_BROTLI, WEB_GZIP};
    for (size_t i = 0; accepted && i < sizeof by_size / sizeof *by_size; i++) {
        enum web_coding coding = by_size[i];
        if (file->forms[coding].bytes && accepts(accepted, coding_names[coding]))
            return coding;
    }
    return WEB_PLAIN;
}

/* ---- which file ---------------------------------------------------------------------------- */

static int compare_path(const void *path, const void *file)
{
    return strcmp(path, ((const struct web_file *)file)->path);
}

static const struct web_file *find_file(const struct web_files *files, const char *path)
{
    if (files->count == 0)
        return NULL;
    return bsearch(path, files->files, files->count, sizeof *files->files, compare_path);
}

static const char *path_of(struct arena *arena, const struct http_request *request)
{
    struct text_buffer path = text_buffer_in(arena);
    text_put_text(&path, "");
    for (size_t i = 0; i < request->segment_count; i++) {
        if (i > 0)
            text_put_char(&path, '/');
        text_put_text(&path, request->segments[i]);
    }
    return path.bytes;
}

static bool is_taken(const char *first)
{
    static const char *const taken[] = {"api", "healthz", "metrics"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (strcmp(first, taken[i]) == 0)
            return true;
    }
    return false;
}

static const struct web_file *file_for(const struct web_files *files, struct arena *arena,
                                       const struct http_request *request)
{
    size_t count = request->segment_count;
    if (count > 0 && is_taken(request->segments[0]))
        return NULL;
    const char *path = path_of(arena, request);
    const struct web_file *file = find_file(files, path);
    if (file || (count > 0 && strchr(request->segments[count - 1], '.')))
        return file;
    file = find_file(files, arena_format(arena, "%s.html", path));
    return file ? file : find_file(files, "index.html");
}

/* ---- the answer ---------------------------------------------------------------------------- */

/* Each form is an answer of its own, so each has an ETag of its own. */
static const char *etag_of(struct arena *arena, const struct web_file *file, enum web_coding coding)
{
    if (coding == WEB_PLAIN)
        return arena_format(arena, "\"%s\"", file->digest);
    return arena_format(arena, "\"%s-%s\"", file->digest, coding_names[coding]);
}

/* If-None-Match compares weakly: W/ before a tag does not matter. */
static bool is_known(const char *known, const char *etag)
{
    while (known && *known) {
        known += strspn(known, ", \t");
        if (*known == '*')
            return true;
        if (strncmp(known, "W/", 2) == 0)
            known += 2;
        size_t length = strcspn(known, ", \t");
        if (length == strlen(etag) && memcmp(known, etag, length) == 0)
            return true;
        known += length;
    }
    return false;
}

static const char *keeping_of(const struct web_file *file)
{
    return strncmp(file->path, "assets/", 7) == 0 ? "public, max-age=31536000, immutable"
                                                  : "no-cache";
}

static void answer_file(struct http_exchange *exchange, const struct web_file *file)
{
    const struct http_request *request = http_request_of(exchange);
    enum web_coding coding = web_choose(file, http_header(request, "Accept-Encoding"));
    const char *etag = etag_of(http_arena(exchange), file, coding);
    struct http_response response = {.status = 304};
    http_add_header(exchange, &response, "ETag", etag);
    http_add_header(exchange, &response, "Vary", "Accept-Encoding");
    http_add_header(exchange, &response, "Cache-Control", keeping_of(file));
    for (size_t i = 0; i < sizeof page_headers / sizeof *page_headers; i++)
        http_add_header(exchange, &response, page_headers[i].name, page_headers[i].value);
    if (!is_known(http_header(request, "If-None-Match"), etag)) {
        response.status = 200;
        response.content_type = web_content_type(file->path);
        response.body = file->forms[coding].bytes;
        response.body_size = file->forms[coding].size;
        if (coding != WEB_PLAIN)
            http_add_header(exchange, &response, "Content-Encoding", coding_names[coding]);
    }
    http_answer(exchange, &response);
}

bool web_answer(const struct web_files *files, struct http_exchange *exchange)
{
    const struct http_request *request = http_request_of(exchange);
    if (request->method != HTTP_GET && request->method != HTTP_HEAD)
        return false;
    const struct web_file *file = file_for(files, http_arena(exchange), request);
    if (file)
        answer_file(exchange, file);
    return file != NULL;
}
