#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static const char local_prefix[] = "unix:";

static enum error unavailable(const char *address, const char *why, struct fault *fault)
{
    return refuse(fault, ERROR_UNAVAILABLE, "listen", "cannot listen at %s: %s", address, why);
}

/* Splits "host:port" or "[host]:port"; "*" or nothing as host is every address. */
static bool split(const char *address, char *host, size_t room, const char **port)
{
    const char *colon = strrchr(address, ':');
    if (!colon || strlen(address) >= room)
        return false;
    size_t size = (size_t)(colon - address);
    if (size >= 2 && address[0] == '[' && colon[-1] == ']')
        snprintf(host, room, "%.*s", (int)size - 2, address + 1);
    else if (memchr(address, ':', size))
        return false; /* an IPv6 address wants its brackets */
    else
        snprintf(host, room, "%.*s", (int)size, address);
    *port = colon + 1;
    size_t digits = strspn(*port, "0123456789");
    return digits >= 1 && digits <= 5 && (*port)[digits] == '\0' && atoi(*port) <= UINT16_MAX;
}

static int open_socket(const struct addrinfo *info)
{
    int descriptor =
        socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, info->ai_protocol);
    if (descriptor < 0)
        return -1;
    int yes = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(descriptor, info->ai_addr, info->ai_addrlen) == 0 && listen(descriptor, BACKLOG) == 0)
        return descriptor;
    int reason = errno;
    close(descriptor);
    errno = reason;
    return -1;
}

static enum error refuse_address(const char *address, struct fault *fault)
{
    return refuse(fault, ERROR_INVALID, "listen", "'%s' is not HOST:PORT, [IPV6]:PORT or unix:PATH",
                  address);
}

static enum error listen_on_network(const char *address, int *descriptor, struct fault *fault)
{
    char host[HTTP_ADDRESS_SIZE];
    const char *port;
    if (!split(address, host, sizeof host, &port))
        return refuse_address(address, fault);
    bool any = *host == '\0' || strcmp(host, "*") == 0;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *info;
    int problem = getaddrinfo(any ? NULL : host, port, &hints, &info);
    if (problem)
        return unavailable(address, gai_strerror(problem), fault);
    *descriptor = open_socket(info);
    int reason = errno;
    freeaddrinfo(info);
    return *descriptor < 0 ? unavailable(address, strerror(reason), fault) : OK;
}

/* Removes the file of a socket that nobody listens at. */
static void remove_stale(const struct sockaddr_un *name)
{
    struct stat status;
    if (stat(name->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
        return;
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0)
        return;
    if (connect(probe, (const struct sockaddr *)name, sizeof *name) != 0 && errno == ECONNREFUSED)
        unlink(name->sun_path);
    close(probe);
}

static bool is_local(const char *address)
{
    return strncmp(address, local_prefix, strlen(local_prefix)) == 0;
}

static enum error check_path(const char *address, struct fault *fault)
{
    const char *path = address + strlen(local_prefix);
    if (*path == '\0' || strlen(path) >= sizeof((struct sockaddr_un *)NULL)->sun_path)
        return refuse(fault, ERROR_INVALID, "listen", "the path of '%s' is empty or too long",
                      address);
    return OK;
}

static enum error listen_locally(const char *address, int *descriptor, struct fault *fault)
{
    const char *path = address + strlen(local_prefix);
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    enum error error = check_path(address, fault);
    if (error)
        return error;
    snprintf(name.sun_path, sizeof name.sun_path, "%s", path);
    remove_stale(&name);
    struct addrinfo info = {
        .ai_family = AF_UNIX, .ai_addr = (struct sockaddr *)&name, .ai_addrlen = sizeof name};
    *descriptor = open_socket(&info);
    if (*descriptor < 0)
        return unavailable(address, strerror(errno), fault);
    chmod(path, 0660);
    return OK;
}

enum error http_listen(const char *address, int *descriptor, struct fault *fault)
{
    if (is_local(address))
        return listen_locally(address, descriptor, fault);
    return listen_on_network(address, descriptor, fault);
}

enum error http_listen_check(const char *address, struct fault *fault)
{
    char host[HTTP_ADDRESS_SIZE];
    const char *port;
    if (is_local(address))
        return check_path(address, fault);
    return split(address, host, sizeof host, &port) ? OK : refuse_address(address, fault);
}

void http_listen_address(int descriptor, char text[static HTTP_ADDRESS_SIZE])
{
    struct sockaddr_storage name = {0};
    socklen_t size = sizeof name;
    char host[NI_MAXHOST];
    char port[NI_MAXSERV];
    getsockname(descriptor, (struct sockaddr *)&name, &size);
    if (name.ss_family == AF_UNIX) {
        snprintf(text, HTTP_ADDRESS_SIZE, "%s%.108s", local_prefix,
                 ((struct sockaddr_un *)&name)->sun_path);
        return;
    }
    *text = '\0';
    if (getnameinfo((struct sockaddr *)&name, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) == 0)
        snprintf(text, HTTP_ADDRESS_SIZE, strchr(host, ':') ? "[%.60s]:%s" : "%.60s:%s", host,
                 port);
}
