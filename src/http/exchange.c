#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/must.h"
#include "http/response.h"
#include "http/server_private.h"
#include "http/stream.h"

enum { FIRST_BODY_ROOM = 4096 };

struct http_exchange *exchange_new(struct http_server *server, struct connection *connection,
                                   const char *peer)
{
    struct http_exchange *exchange = calloc(1, sizeof *exchange);
    must(exchange);
    exchange->server = server;
    exchange->connection = connection;
    exchange->arena = arena_new();
    struct http_request *request = &exchange->request;
    request->peer = arena_text(exchange->arena, peer);
    request->body = "";
    snprintf(exchange->id, sizeof exchange->id, "%016" PRIx64,
             server->id_prefix + server->next_id++);
    return exchange;
}

void exchange_free(struct http_exchange *exchange)
{
    struct http_response *response = &exchange->response;
    if (exchange->stream) {
        stream_detach(exchange->stream);
        stream_release(exchange->stream);
    }
    if (response->body_is_file)
        close(response->file);
    if (response->release)
        response->release(response->release_argument);
    exchange->server->bodies_room -= exchange->body_room;
    free(exchange->body);
    arena_free(exchange->arena);
    free(exchange);
}

/* What large bodies may take of the room for all: who sends many of them slowly leaves some for
 * what is small. */
static size_t room_for(const struct http_server *server, size_t room)
{
    size_t all = server->config.all_bodies_limit;
    return room > BODY_LIMIT + 1 ? all - all / 4 : all;
}

static bool grow_body(struct http_exchange *exchange, size_t needed, size_t most)
{
    struct http_server *server = exchange->server;
    size_t doubled = 2 * exchange->body_room;
    size_t room = needed > doubled ? needed : doubled;
    room = room < FIRST_BODY_ROOM ? FIRST_BODY_ROOM : room;
    room = room > most + 1 ? most + 1 : room;
    if (server->bodies_room + room - exchange->body_room > room_for(server, room))
        return false;
    server->bodies_room += room - exchange->body_room;
    exchange->body_room = room;
    exchange->body = realloc(exchange->body, room);
    must(exchange->body);
    exchange->request.body = exchange->body;
    return true;
}

char *exchange_body_room(struct http_exchange *exchange, size_t size, size_t most)
{
    size_t needed = exchange->request.body_size + size + 1;
    if (needed > exchange->body_room && !grow_body(exchange, needed, most))
        return NULL;
    exchange->body[needed - 1] = '\0';
    return exchange->body + exchange->request.body_size;
}

/* The newest is in front; who puts one into an empty list wakes the server, for all that follow
 * until it looks. */
static void give_back(struct http_exchange *exchange)
{
    struct http_server *server = exchange->server;
    struct http_exchange *newest = atomic_load(&server->answered);
    do {
        exchange->next = newest;
    } while (!atomic_compare_exchange_weak(&server->answered, &newest, exchange));
    if (!newest)
        server_wake(server);
}

struct http_exchange *take_answered(struct http_server *server)
{
    struct http_exchange *newest = atomic_exchange(&server->answered, NULL);
    struct http_exchange *oldest = NULL;
    while (newest) {
        struct http_exchange *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    return oldest;
}

const struct http_request *http_request_of(const struct http_exchange *exchange)
{
    return &exchange->request;
}

struct arena *http_arena(const struct http_exchange *exchange)
{
    return exchange->arena;
}

const char *http_request_id(const struct http_exchange *exchange)
{
    return exchange->id;
}

void http_add_header(struct http_exchange *exchange, struct http_response *response,
                     const char *name, const char *value)
{
    struct http_header *header = arena_alloc(exchange->arena, sizeof *header);
    *header = (struct http_header){.name = name, .value = value};
    struct http_header **end = &response->headers;
    while (*end)
        end = &(*end)->next;
    *end = header;
}

void http_answer(struct http_exchange *exchange, const struct http_response *response)
{
    struct http_server *server = exchange->server;
    must(!atomic_exchange(&exchange->is_answered, true));
    exchange->response = *response;
    exchange->head = text_buffer_in(exchange->arena);
    http_response_head(&exchange->head, response, exchange->id, server->tls != NULL);
    if (exchange->read_ns != 0)
        atomic_fetch_sub(&server->unanswered, 1);
    give_back(exchange);
}

void http_answer_fault(struct http_exchange *exchange, const struct fault *fault)
{
    struct http_response response = http_response_of_fault(exchange->arena, fault);
    int wait_s = fault->wait_s;
    if (fault->code == ERROR_UNAVAILABLE || fault->code == ERROR_RETRY)
        wait_s = 1;
    if (wait_s != 0)
        http_add_header(exchange, &response, "Retry-After",
                        arena_format(exchange->arena, "%d", wait_s));
    if (fault->code == ERROR_METHOD_NOT_ALLOWED)
        http_add_header(exchange, &response, "Allow",
                        "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    http_answer(exchange, &response);
}
