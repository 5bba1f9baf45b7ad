#include "http/head.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "http/request.h"
#include "http/target.h"

/* Headers that have one value by their nature (RFC 9110), and those of ours that must not be
 * mistaken. */
static const char *const single_headers[] = {
    "authorization",  "content-encoding",
    "content-length", "content-type",
    "cookie",         "expect",
    "host",           "idempotency-key",
    "if-match",       "if-modified-since",
    "if-none-match",  "if-unmodified-since",
    "origin",         "range",
    "referer",        "sec-fetch-site",
    "date",           "transfer-encoding",
    "x-csrf-token",
};

enum http_scan http_head_scan(const char *bytes, size_t size, size_t *position)
{
    for (size_t at = *position; at < size; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte == '\r') {
            *position = at;
            if (at + 1 == size)
                return HTTP_SCAN_MORE;
            if (bytes[at + 1] != '\n' || at == 0)
                return HTTP_SCAN_BAD;
            *position = ++at + 1;
            if (at >= 3 && bytes[at - 2] == '\n')
                return HTTP_SCAN_END;
        } else if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
            return HTTP_SCAN_BAD;
        }
    }
    *position = size;
    return HTTP_SCAN_MORE;
}

/* tchar of RFC 9110, 5.6.2. */
static bool is_token_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c));
}

/* Ends the line at *rest and moves *rest behind it. */
static char *take_line(char **rest)
{
    char *line = *rest;
    char *end = strchr(line, '\r');
    *end = '\0';
    *rest = end + 2;
    return line;
}

static enum error read_method(const char *name, struct http_request *request, struct fault *fault)
{
    for (enum http_method method = HTTP_GET; method < HTTP_METHOD_COUNT; method++) {
        if (strcmp(name, http_method_name(method)) == 0) {
            request->method = method;
            return OK;
        }
    }
    for (const char *at = name; *at; at++) {
        if (!is_token_character(*at))
            return refuse(fault, ERROR_MALFORMED, "method", "this is not an HTTP request");
    }
    return refuse(fault, ERROR_METHOD_NOT_ALLOWED, "method", "no address here takes that method");
}

struct request_line {
    char *method;
    char *target;
    bool is_1_0;
};

static enum error read_request_line(char *line, struct request_line *parts, struct fault *fault)
{
    parts->method = strsep(&line, " ");
    parts->target = line ? strsep(&line, " ") : NULL;
    if (!line || !*parts->method || !*parts->target)
        return refuse(fault, ERROR_MALFORMED, "", "the request line does not have three parts");
    parts->is_1_0 = strcmp(line, "HTTP/1.0") == 0;
    if (!parts->is_1_0 && strcmp(line, "HTTP/1.1") != 0)
        return refuse(fault, ERROR_MALFORMED, "version",
                      "only HTTP/1.1 and HTTP/1.0 are spoken here");
    return OK;
}

static bool has_single_value(const char *name)
{
    for (size_t i = 0; i < sizeof single_headers / sizeof *single_headers; i++) {
        if (strcmp(name, single_headers[i]) == 0)
            return true;
    }
    return false;
}

static char *trim(char *text)
{
    text += strspn(text, " \t");
    char *end = text + strlen(text);
    while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    *end = '\0';
    return text;
}

static enum error read_header(char *line, const struct http_request *request,
                              struct http_pair *header, struct fault *fault)
{
    char *colon = line;
    for (; is_token_character(*colon); colon++) {
        if (*colon >= 'A' && *colon <= 'Z')
            *colon = (char)(*colon - 'A' + 'a');
    }
    if (colon == line || *colon != ':')
        return refuse(fault, ERROR_MALFORMED, "", "a header line is not of the form name: value");
    *colon = '\0';
    header->name = line;
    header->value = trim(colon + 1);
    if (has_single_value(header->name) && http_header(request, header->name))
        return refuse(fault, ERROR_MALFORMED, header->name, "this header was sent twice");
    return OK;
}

static enum error read_headers(struct arena *arena, char *lines, struct http_request *request,
                               struct fault *fault)
{
    size_t count = 0;
    for (const char *at = lines; *at != '\r'; at = strchr(at, '\n') + 1)
        count++;
    if (count > HEADER_COUNT_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, "", "there are more than %d headers",
                      HEADER_COUNT_LIMIT);
    struct http_pair *headers = arena_array(arena, count, sizeof *headers);
    request->headers = headers;
    while (request->header_count < count) {
        char *line = take_line(&lines);
        enum error error = read_header(line, request, &headers[request->header_count], fault);
        if (error)
            return error;
        request->header_count++;
    }
    return OK;
}

static bool is_port(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits >= 1 && digits <= 5 && text[digits] == '\0';
}

/* Host of RFC 9110, 7.2: a name, an address or an address in brackets, perhaps with a port. */
static bool is_host(const char *text)
{
    const char *end = text;
    if (*text == '[') {
        end = text + 1 + strspn(text + 1, "0123456789abcdefABCDEF:.");
        if (end == text + 1 || *end++ != ']')
            return false;
    } else {
        end += strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");
        if (end == text)
            return false;
    }
    return *end == '\0' || (*end == ':' && is_port(end + 1));
}

static enum error read_host(struct http_request *request, bool is_1_0, struct fault *fault)
{
    request->host = http_header(request, "host");
    if (!request->host && is_1_0) {
        request->host = "";
        return OK;
    }
    if (!request->host || !is_host(request->host))
        return refuse(fault, ERROR_MALFORMED, "host", "the Host header is missing or wrong");
    return OK;
}

static bool is_content_length(const char *text, uint64_t *length)
{
    enum { MOST_DIGITS = 18 };
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > MOST_DIGITS || text[digits] != '\0')
        return false;
    *length = 0;
    for (; *text; text++)
        *length = *length * 10 + (uint64_t)(*text - '0');
    return true;
}

static enum error read_body_framing(const struct http_request *request, bool is_1_0,
                                    struct http_framing *framing, struct fault *fault)
{
    const char *length = http_header(request, "content-length");
    const char *coding = http_header(request, "transfer-encoding");
    if (coding && (length || is_1_0))
        return refuse(fault, ERROR_MALFORMED, "transfer-encoding",
                      "the length of the body is told in two ways");
    if (coding && strcasecmp(coding, "chunked") != 0)
        return refuse(fault, ERROR_MALFORMED, "transfer-encoding", "only chunked is known here");
    if (length && !is_content_length(length, &framing->content_length))
        return refuse(fault, ERROR_MALFORMED, "content-length", "this is not a number of bytes");
    framing->chunked = coding != NULL;
    if ((framing->chunked || framing->content_length > 0) &&
        (request->method == HTTP_GET || request->method == HTTP_HEAD))
        return refuse(fault, ERROR_MALFORMED, "content-length", "%s has no body",
                      http_method_name(request->method));
    return OK;
}

static enum error read_expectation(const struct http_request *request, bool is_1_0,
                                   struct http_framing *framing, struct fault *fault)
{
    const char *expect = http_header(request, "expect");
    if (!expect || is_1_0)
        return OK;
    if (strcasecmp(expect, "100-continue") != 0)
        return refuse(fault, ERROR_MALFORMED, "expect", "only 100-continue can be expected");
    framing->expects_continue = framing->chunked || framing->content_length > 0;
    return OK;
}

/* Whether a comma-separated list, such as that of Connection, has the word. */
static bool list_has(const char *list, const char *word)
{
    size_t size = strlen(word);
    while (*list) {
        list += strspn(list, " \t,");
        size_t length = strcspn(list, " \t,");
        if (length == size && strncasecmp(list, word, size) == 0)
            return true;
        list += length;
    }
    return false;
}

static bool asks_to_close(const struct http_request *request)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (strcmp(request->headers[i].name, "connection") == 0 &&
            list_has(request->headers[i].value, "close"))
            return true;
    }
    return false;
}

/* http://host/path means the same as /path with that Host; anything else is two places at once. */
static enum error strip_authority(const char *host, char **target, struct fault *fault)
{
    char *rest = *target;
    if (strncasecmp(rest, "http://", 7) == 0)
        rest += 7;
    else if (strncasecmp(rest, "https://", 8) == 0)
        rest += 8;
    else
        return OK;
    size_t size = strcspn(rest, "/");
    if (size == 0 || size != strlen(host) || strncasecmp(rest, host, size) != 0 ||
        rest[size] != '/')
        return refuse(fault, ERROR_MALFORMED, "path", "the address is of another host");
    *target = rest + size;
    return OK;
}

enum error http_head_read(struct arena *arena, const char *bytes, size_t size,
                          struct http_request *request, struct http_framing *framing,
                          struct fault *fault)
{
    char *rest = arena_text_n(arena, bytes, size);
    struct request_line line = {0};
    enum error error = read_request_line(take_line(&rest), &line, fault);
    if (!error)
        error = read_method(line.method, request, fault);
    if (!error)
        error = read_headers(arena, rest, request, fault);
    if (!error)
        error = read_host(request, line.is_1_0, fault);
    if (!error)
        error = strip_authority(request->host, &line.target, fault);
    if (!error)
        error = http_target_read(arena, line.target, request, fault);
    if (!error)
        error = read_body_framing(request, line.is_1_0, framing, fault);
    if (!error)
        error = read_expectation(request, line.is_1_0, framing, fault);
    const char *cookies = http_header(request, "cookie");
    if (!error && cookies)
        http_cookies_read(arena, cookies, request);
    framing->close = line.is_1_0 || asks_to_close(request);
    return error;
}
