/* Sends requests as fast as they are answered: load ADDRESS CONNECTIONS SECONDS [cycle] < REQUESTS
 *
 * Requests come as bench/ground prints them. Each connection has one in flight. Each request is
 * sent once, until they or the seconds run out; with "cycle" over and over again. Prints one line
 * of JSON: answers, seconds, answers a second, the median and the 99th percentile of the time to
 * the answer in milliseconds, and how many answers had each status. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/must.h"
#include "platform/clock.h"

enum {
    CONNECTIONS_MAX = 1024,
    ANSWER_MAX = 4 * 1024 * 1024,
    TIMES_MAX = 8 * 1000 * 1000,
    STATUS_MAX = 600,
};

struct request {
    char *bytes;
    size_t size;
};

struct connection {
    int socket;
    const struct request *request;
    size_t sent;
    int64_t sent_at_ns;
    char *answer;
    size_t size;
};

struct load {
    struct sockaddr_in address;
    int poll;
    struct request *requests;
    size_t request_count;
    size_t next;
    bool cycles;
    int64_t end_ns;
    size_t in_flight;
    uint32_t *times_us;
    size_t done;
    size_t statuses[STATUS_MAX];
};

static void stop(const char *what)
{
    perror(what);
    exit(1);
}

/* ---- requests ------------------------------------------------------------------------------ */

static struct request build(char *line, const char *host)
{
    enum { METHOD, TARGET, SESSION, CSRF, KEY, BODY, PARTS };
    char *parts[PARTS];
    struct request request;
    for (int i = 0; i < PARTS; i++) {
        parts[i] = strsep(&line, "\t\n");
        must(parts[i]);
    }
    char csrf[160] = "", key[160] = "";
    const char *body = strcmp(parts[BODY], "-") == 0 ? "" : parts[BODY];
    if (strcmp(parts[CSRF], "-") != 0)
        snprintf(csrf, sizeof csrf, "X-CSRF-Token: %s\r\n", parts[CSRF]);
    if (strcmp(parts[KEY], "-") != 0)
        snprintf(key, sizeof key,
                 "Idempotency-Key: %s\r\nContent-Type: application/json\r\n"
                 "Content-Length: %zu\r\n",
                 parts[KEY], strlen(body));
    int size = asprintf(&request.bytes,
                        "%s %s HTTP/1.1\r\nHost: %s\r\nCookie: waymark_session=%s\r\n%s%s\r\n%s",
                        parts[METHOD], parts[TARGET], host, parts[SESSION], csrf, key, body);
    must(size > 0);
    request.size = (size_t)size;
    return request;
}

static void read_requests(struct load *load, const char *host)
{
    char *line = NULL;
    size_t room = 0, most = 0;
    while (getline(&line, &room, stdin) > 0) {
        if (load->request_count == most) {
            most = most ? 2 * most : 1024;
            load->requests = realloc(load->requests, most * sizeof *load->requests);
            must(load->requests);
        }
        load->requests[load->request_count++] = build(line, host);
    }
    free(line);
}

/* ---- one connection ------------------------------------------------------------------------ */

static void send_rest(struct connection *connection)
{
    const struct request *request = connection->request;
    while (connection->sent < request->size) {
        ssize_t sent = send(connection->socket, request->bytes + connection->sent,
                            request->size - connection->sent, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN)
            return; /* requests are small: the answer to the last one wakes us */
        if (sent < 0)
            stop("send");
        connection->sent += (size_t)sent;
    }
}

static void start_next(struct load *load, struct connection *connection)
{
    int64_t now_ns = monotonic_ns();
    if (load->cycles && load->next == load->request_count)
        load->next = 0;
    connection->request = NULL;
    if (now_ns >= load->end_ns || load->next == load->request_count)
        return;
    connection->request = &load->requests[load->next++];
    connection->sent = 0;
    connection->size = 0;
    connection->sent_at_ns = now_ns;
    load->in_flight++;
    send_rest(connection);
}

/* Bytes of the whole answer, 0 while its head is not complete. */
static size_t answer_size(const struct connection *connection)
{
    const char *end = memmem(connection->answer, connection->size, "\r\n\r\n", 4);
    if (!end)
        return 0;
    const char *length = memmem(connection->answer, (size_t)(end - connection->answer),
                                "Content-Length: ", strlen("Content-Length: "));
    size_t body = length ? strtoul(length + strlen("Content-Length: "), NULL, 10) : 0;
    return (size_t)(end - connection->answer) + 4 + body;
}

static void take_answer(struct load *load, struct connection *connection)
{
    int status = atoi(connection->answer + strlen("HTTP/1.1 "));
    must(status > 0 && status < STATUS_MAX && load->done < TIMES_MAX);
    load->statuses[status]++;
    load->times_us[load->done++] = (uint32_t)((monotonic_ns() - connection->sent_at_ns) / 1000);
    load->in_flight--;
    start_next(load, connection);
}

static void receive(struct load *load, struct connection *connection)
{
    ssize_t got = recv(connection->socket, connection->answer + connection->size,
                       ANSWER_MAX - connection->size, 0);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0)
        stop("the server closed a connection");
    connection->size += (size_t)got;
    size_t size = answer_size(connection);
    if (size > 0 && connection->size >= size)
        take_answer(load, connection);
}

static void open_connection(struct load *load, struct connection *connection)
{
    int on = 1;
    connection->socket = socket(AF_INET, SOCK_STREAM, 0);
    connection->answer = malloc(ANSWER_MAX);
    must(connection->answer);
    if (connect(connection->socket, (struct sockaddr *)&load->address, sizeof load->address) != 0)
        stop("connect");
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(load->poll, EPOLL_CTL_ADD, connection->socket, &event) != 0)
        stop("epoll");
}

/* ---- all of them --------------------------------------------------------------------------- */

static void run(struct load *load, struct connection *connections, size_t count)
{
    struct epoll_event events[64];
    for (size_t i = 0; i < count; i++)
        start_next(load, &connections[i]);
    while (load->in_flight > 0) {
        int ready = epoll_wait(load->poll, events, 64, 60 * 1000);
        if (ready <= 0)
            stop("no answer for a minute");
        for (int i = 0; i < ready; i++)
            receive(load, events[i].data.ptr);
    }
}

static int by_size(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return first < second ? -1 : first > second;
}

static double percentile_ms(const struct load *load, size_t percent)
{
    return load->done ? load->times_us[(load->done - 1) * percent / 100] / 1000.0 : 0;
}

static void print(struct load *load, double seconds)
{
    const char *comma = "";
    qsort(load->times_us, load->done, sizeof *load->times_us, by_size);
    printf("{\"answers\":%zu,\"seconds\":%.3f,\"rate\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,"
           "\"statuses\":{",
           load->done, seconds, (double)load->done / seconds, percentile_ms(load, 50),
           percentile_ms(load, 99));
    for (int i = 0; i < STATUS_MAX; i++) {
        if (load->statuses[i] > 0) {
            printf("%s\"%d\":%zu", comma, i, load->statuses[i]);
            comma = ",";
        }
    }
    printf("}}\n");
}

int main(int count, char **arguments)
{
    static struct load load;
    static struct connection connections[CONNECTIONS_MAX];
    if (count < 4) {
        fprintf(stderr, "usage: load HOST:PORT CONNECTIONS SECONDS [cycle] < REQUESTS\n");
        return 64;
    }
    size_t connection_count = strtoul(arguments[2], NULL, 10);
    must(connection_count >= 1 && connection_count <= CONNECTIONS_MAX);
    load.cycles = count > 4 && strcmp(arguments[4], "cycle") == 0;
    read_requests(&load, arguments[1]);
    char *colon = strrchr(arguments[1], ':');
    must(colon && load.request_count > 0);
    *colon = '\0';
    load.address.sin_family = AF_INET;
    load.address.sin_port = htons((uint16_t)strtoul(colon + 1, NULL, 10));
    must(inet_pton(AF_INET, arguments[1], &load.address.sin_addr) == 1);
    load.times_us = malloc(TIMES_MAX * sizeof *load.times_us);
    must(load.times_us);
    load.poll = epoll_create1(0);
    for (size_t i = 0; i < connection_count; i++)
        open_connection(&load, &connections[i]);
    int64_t started_ns = monotonic_ns();
    load.end_ns = started_ns + (int64_t)(strtod(arguments[3], NULL) * 1e9);
    run(&load, connections, connection_count);
    print(&load, (double)(monotonic_ns() - started_ns) / 1e9);
    return 0;
}
