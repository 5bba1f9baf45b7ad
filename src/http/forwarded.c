#include "http/forwarded.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

static const char separators[] = " \t,";
static const char local_socket[] = "unix";

/* An IPv4 address is one of IPv6 below this prefix, as a socket for both shows it. */
enum { ADDRESS_SIZE = 16, ADDRESS_BITS = 128, IPV4_SIZE = 4, IPV4_BITS = 32 };
static const uint8_t ipv4_prefix[ADDRESS_SIZE] = {[10] = 0xff, [11] = 0xff};

struct network {
    uint8_t address[ADDRESS_SIZE];
    int bits;
};

/* The address as a network of its own. */
static bool read_address(const char *text, struct network *network)
{
    network->bits = ADDRESS_BITS;
    if (inet_pton(AF_INET6, text, network->address) == 1)
        return true;
    memcpy(network->address, ipv4_prefix, ADDRESS_SIZE);
    return inet_pton(AF_INET, text, network->address + ADDRESS_SIZE - IPV4_SIZE) == 1;
}

/* The number after a network's slash; -1 if it is none up to limit. */
static int read_bits(const char *text, int limit)
{
    int bits = 0;
    for (const char *at = text; *at; at++) {
        if (*at < '0' || *at > '9' || bits > limit)
            return -1;
        bits = bits * 10 + (*at - '0');
    }
    return *text && bits <= limit ? bits : -1;
}

/* text is cut at its slash. */
static bool read_network(char *text, struct network *network)
{
    char *slash = strchr(text, '/');
    int limit = strchr(text, ':') ? ADDRESS_BITS : IPV4_BITS;
    if (slash)
        *slash = '\0';
    int bits = slash ? read_bits(slash + 1, limit) : limit;
    if (bits < 0 || !read_address(text, network))
        return false;
    network->bits = ADDRESS_BITS - limit + bits;
    return true;
}

static bool is_within(const struct network *inner, const struct network *outer)
{
    for (int i = 0; i < outer->bits; i++) {
        int mask = 0x80 >> i % 8;
        if ((inner->address[i / 8] & mask) != (outer->address[i / 8] & mask))
            return false;
    }
    return inner->bits >= outer->bits;
}

static bool is_one_of(struct arena *arena, const char *sender, const char *proxies)
{
    char *rest = arena_text(arena, proxies);
    struct network address, proxy;
    bool is_address = read_address(sender, &address);
    for (char *word; (word = strsep(&rest, separators));) {
        if (is_address ? read_network(word, &proxy) && is_within(&address, &proxy)
                       : strcmp(word, sender) == 0)
            return true;
    }
    return false;
}

/* All that was said, in the order in which proxies added to it. */
static char *said_in(struct arena *arena, const struct http_request *request)
{
    struct text_buffer said = text_buffer_in(arena);
    for (size_t i = 0; i < request->header_count; i++) {
        if (strcmp(request->headers[i].name, "x-forwarded-for") == 0)
            text_printf(&said, ",%s", request->headers[i].value);
    }
    return said.bytes;
}

/* The last word, which is cut off; NULL if there is none. */
static const char *take_last(char *said)
{
    size_t size = strlen(said);
    while (size > 0 && strchr(separators, said[size - 1]))
        said[--size] = '\0';
    while (size > 0 && !strchr(separators, said[size - 1]))
        size--;
    if (!said[size])
        return NULL;
    const char *word = said + size;
    if (size > 0)
        said[size - 1] = '\0';
    return word;
}

const char *http_sender(struct arena *arena, const struct http_request *request,
                        const char *proxies)
{
    const char *sender = request->peer;
    char *said = *proxies ? said_in(arena, request) : NULL;
    while (said && is_one_of(arena, sender, proxies)) {
        const char *before = take_last(said);
        struct network address;
        if (!before || !read_address(before, &address))
            return sender;
        sender = before;
    }
    return sender;
}

enum error http_proxies_check(const char *proxies, struct fault *fault)
{
    struct arena *arena = arena_new();
    char *rest = arena_text(arena, proxies);
    struct network network;
    enum error error = OK;
    for (char *word; !error && (word = strsep(&rest, separators));) {
        const char *given = arena_text(arena, word);
        if (*word && strcmp(word, local_socket) != 0 && !read_network(word, &network))
            error = refuse(fault, ERROR_INVALID, "proxies",
                           "%.60s is no address, network such as 10.0.0.0/8, or unix", given);
    }
    arena_free(arena);
    return error;
}
