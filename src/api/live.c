#include "api/live.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "action/happening.h"
#include "api/guard.h"
#include "base/json.h"
#include "base/must.h"
#include "http/response.h"
#include "platform/clock.h"
#include "platform/queue.h"
#include "platform/thread.h"
#include "store/log.h"

enum {
    LOOK_EVERY_MS = 500,
    HEARTBEAT_MS = 15 * 1000, /* so that nothing in between takes the stream for dead */
};

/* Somebody who listens. What let them in is asked about again before they are told something. */
struct listener {
    LIST_ENTRY(listener) link;
    struct http_stream *stream;
    int64_t company;
    struct id actor_id;
    struct http_pair header; /* Authorization; no name: none */
    struct http_pair cookie;
    int64_t position; /* up to where they know */
    int64_t told_ms;  /* monotonic */
};

struct live {
    const struct api_config *config;
    struct queue *stop; /* closed to stop */
    struct thread *thread;
    pthread_mutex_t lock; /* of the list: only the thread takes out of it, and needs none to read */
    LIST_HEAD(, listener) listeners;
    atomic_uint_fast64_t told;
    atomic_uint_fast64_t refused;
};

/* ---- one look at the log ------------------------------------------------------------------- */

/* What has been found for one kind of viewer: of many pages most want the same. */
struct news {
    struct news *next;
    int64_t company;
    struct viewer viewer;
    int64_t after;
    int64_t position; /* up to where */
    size_t count;
    struct text_buffer text; /* as it is sent */
};

struct head {
    struct head *next;
    int64_t company;
    int64_t last; /* position in its log */
};

struct look {
    struct live *live;
    struct arena *arena;
    struct db_session *session;
    struct news *news;
    struct head *heads;
};

static struct call call_for(const struct look *look, int64_t company)
{
    const struct app *app = look->live->config->app;
    return (struct call){
        .app = app,
        .store = {.tables = app->tables,
                  .plans = app->plans,
                  .session = look->session,
                  .arena = look->arena,
                  .company = company},
        .arena = look->arena,
        .now_ms = clock_now_ms(app->clock),
        .address = "",
        .user_agent = "",
    };
}

static enum error find_head(struct look *look, int64_t company, struct head **found,
                            struct fault *fault)
{
    int64_t size;
    for (struct head *head = look->heads; head; head = head->next) {
        *found = head;
        if (head->company == company)
            return OK;
    }
    struct call call = call_for(look, company);
    enum error error = load_stated_size(&call.store, &size, fault);
    if (error)
        return error;
    *found = arena_alloc(look->arena, sizeof **found);
    **found = (struct head){look->heads, company, size - 1};
    look->heads = *found;
    return OK;
}

/* An event as a page sees it: one line of JSON, behind the position that it may come back with. */
static void put_happening(struct text_buffer *text, const struct happening *happening,
                          const struct viewer *viewer)
{
    text_printf(text, "id: %" PRId64 "\ndata: ", happening->position);
    json_write_shape(text, &happening_shape, happening,
                     viewer->is_agency ? JSON_FOR_AGENCY : JSON_FOR_CLIENT);
    text_put_text(text, "\n\n");
}

static enum error read_news(struct look *look, struct call *call, struct news *news,
                            struct fault *fault)
{
    const struct list_happenings in = {.after = news->after, .limit = HAPPENINGS_LIMIT};
    struct happenings out = {0};
    enum error error = run_reading(call, &list_happenings_operation, &in, &out, fault);
    if (error)
        return error;
    news->text = text_buffer_in(look->arena);
    news->position = out.position;
    news->count = out.items.count;
    for (size_t i = 0; i < out.items.count; i++)
        put_happening(&news->text, LIST_AT(struct happening, out.items, i), &call->store.viewer);
    return OK;
}

static bool is_for(const struct news *news, const struct store *store, int64_t after)
{
    return news->company == store->company && news->after == after &&
           news->viewer.is_agency == store->viewer.is_agency &&
           id_equal(news->viewer.client_id, store->viewer.client_id);
}

static enum error find_news(struct look *look, struct call *call, int64_t after,
                            struct news **found, struct fault *fault)
{
    for (struct news *news = look->news; news; news = news->next) {
        *found = news;
        if (is_for(news, &call->store, after))
            return OK;
    }
    struct news *news = arena_alloc(look->arena, sizeof *news);
    *news = (struct news){.next = look->news,
                          .company = call->store.company,
                          .viewer = call->store.viewer,
                          .after = after};
    enum error error = read_news(look, call, news, fault);
    if (!error)
        look->news = *found = news;
    return error;
}

/* ---- one listener -------------------------------------------------------------------------- */

static void dismiss(struct live *live, struct listener *listener)
{
    pthread_mutex_lock(&live->lock);
    LIST_REMOVE(listener, link);
    pthread_mutex_unlock(&live->lock);
    http_stream_end(listener->stream);
    free((char *)listener->header.value);
    free((char *)listener->cookie.value);
    free(listener);
}

/* Who it is now, as if they had just knocked. */
static enum error identify_again(const struct listener *listener, struct call *call,
                                 struct fault *fault)
{
    const struct http_request knock = {
        .method = HTTP_GET,
        .headers = &listener->header,
        .header_count = listener->header.value != NULL,
        .cookies = &listener->cookie,
        .cookie_count = listener->cookie.value != NULL,
    };
    enum error error = guard_identify(call, &knock, fault);
    return error ? error
                 : policy_check(&call->actor, follow_happenings_operation.permission, fault);
}

static void send(struct listener *listener, const char *bytes, size_t size)
{
    http_stream_send(listener->stream, bytes, size);
    listener->told_ms = monotonic_ns() / 1000000;
}

/* A position alone is no event to a page, but where it goes on when it comes back. */
static void send_heartbeat(struct look *look, struct listener *listener)
{
    const char *beat =
        arena_format(look->arena, ": still here\nid: %" PRId64 "\n\n", listener->position);
    send(listener, beat, strlen(beat));
}

static enum error tell(struct look *look, struct listener *listener, struct call *call,
                       struct fault *fault)
{
    struct news *news;
    enum error error = find_news(look, call, listener->position, &news, fault);
    if (error)
        return error;
    listener->position = news->position;
    if (news->count > 0)
        send(listener, news->text.bytes, news->text.size);
    atomic_fetch_add(&look->live->told, news->count);
    return OK;
}

/* Errors are trouble: whoever may not enter any more is dismissed. */
static enum error attend(struct look *look, struct listener *listener, struct fault *fault)
{
    struct head *head;
    struct call call = call_for(look, 0);
    if (!http_stream_is_open(listener->stream)) {
        dismiss(look->live, listener);
        return OK;
    }
    enum error error = find_head(look, listener->company, &head, fault);
    if (error)
        return error;
    bool is_behind = listener->position < head->last;
    bool is_silent = monotonic_ns() / 1000000 - listener->told_ms >= HEARTBEAT_MS;
    if (!is_behind && !is_silent)
        return OK;
    error = identify_again(listener, &call, fault);
    if (error && error_http_status(error) < 500) {
        dismiss(look->live, listener);
        return OK;
    }
    if (!error && is_behind)
        error = tell(look, listener, &call, fault);
    if (!error && is_silent)
        send_heartbeat(look, listener);
    return error;
}

/* ---- the thread ---------------------------------------------------------------------------- */

static struct listener *first_of(struct live *live)
{
    pthread_mutex_lock(&live->lock);
    struct listener *first = LIST_FIRST(&live->listeners);
    pthread_mutex_unlock(&live->lock);
    return first;
}

static void tell_trouble(struct live *live, const struct fault *fault)
{
    log_event(live->config->log, LOG_ERROR, "changes_untold", log_text("detail", fault->detail));
}

/* One who met trouble comes again; the others are told, unless the session can read no more. */
static enum error let_go(struct look *look, struct listener *listener, const struct fault *fault)
{
    dismiss(look->live, listener);
    if (db_has_failed(look->session))
        return fault->code;
    tell_trouble(look->live, fault);
    return OK;
}

static void look_around(struct live *live)
{
    struct listener *next = first_of(live);
    struct fault fault = {0};
    if (!next)
        return;
    struct look look = {live, arena_new(), readers_take(live->config->readers), NULL, NULL};
    enum error error = db_begin(look.session, &fault);
    while (!error && next) {
        struct listener *listener = next;
        next = LIST_NEXT(listener, link);
        if (attend(&look, listener, &fault) != OK)
            error = let_go(&look, listener, &fault);
    }
    if (error)
        tell_trouble(live, &fault);
    db_rollback(look.session);
    readers_put(live->config->readers, look.session);
    arena_free(look.arena);
}

static void run(void *context)
{
    struct live *live = context;
    void *nothing;
    while (!queue_is_done(live->stop)) {
        look_around(live);
        queue_take(live->stop, &nothing, 1, LOOK_EVERY_MS);
    }
}

struct live *live_new(const struct api_config *config)
{
    struct live *live = calloc(1, sizeof *live);
    must(live);
    live->config = config;
    pthread_mutex_init(&live->lock, NULL);
    LIST_INIT(&live->listeners);
    live->stop = queue_new(1);
    live->thread = thread_start("live", run, live);
    return live;
}

void live_free(struct live *live)
{
    queue_close(live->stop);
    thread_join(live->thread);
    while (!LIST_EMPTY(&live->listeners))
        dismiss(live, LIST_FIRST(&live->listeners));
    queue_free(live->stop);
    pthread_mutex_destroy(&live->lock);
    free(live);
}

/* ---- joining ------------------------------------------------------------------------------- */

static unsigned count_open(const struct live *live, const struct id *person)
{
    unsigned count = 0;
    const struct listener *listener;
    LIST_FOREACH(listener, &live->listeners, link)
    count +=
        (!person || id_equal(listener->actor_id, *person)) && http_stream_is_open(listener->stream);
    return count;
}

/* With the lock held. */
static enum error check_limits(const struct live *live, const struct id *person,
                               struct fault *fault)
{
    if (count_open(live, person) >= LIVE_PER_PERSON)
        return refuse(fault, ERROR_RATE_LIMITED, NULL,
                      "at most %d pages of one person are told of changes", LIVE_PER_PERSON);
    if (count_open(live, NULL) >= LIVE_IN_ALL)
        return refuse(fault, ERROR_UNAVAILABLE, NULL, "too many pages are told of changes");
    return OK;
}

static struct http_pair keep(const char *name, const char *value)
{
    struct http_pair pair = {name, value ? strdup(value) : NULL};
    must(!value || pair.value);
    return pair;
}

/* Where to begin: Last-Event-ID, which a browser sends when it comes back, goes before the address.
 * A log that has become shorter, restored from a backup, is told from its end on. */
static enum error read_position(const struct http_request *http,
                                const struct happenings_start *start, int64_t *position,
                                struct fault *fault)
{
    const char *last = http_header(http, "Last-Event-ID");
    char *end = NULL;
    *position = start->position;
    if (!last || !*last)
        return OK;
    *position = strtoll(last, &end, 10);
    if (*end || *position < -1)
        return refuse(fault, ERROR_INVALID, "Last-Event-ID", "must be the id of an event");
    *position = *position < start->last ? *position : start->last;
    return OK;
}

static struct listener *listener_new(struct request *request, int64_t position)
{
    const struct http_request *http = http_request_of(request->exchange);
    struct listener *listener = calloc(1, sizeof *listener);
    must(listener);
    listener->company = request->call.store.company;
    listener->actor_id = request->call.actor.id;
    listener->header = keep("authorization", http_header(http, "Authorization"));
    listener->cookie = keep(SESSION_COOKIE, http_cookie(http, SESSION_COOKIE));
    listener->position = position;
    listener->told_ms = monotonic_ns() / 1000000;
    listener->stream = http_stream_open(request->exchange);
    return listener;
}

/* At once, so that a page knows that it is heard; and from where to go on. */
static void send_start(struct request *request, struct listener *listener)
{
    const char *start =
        arena_format(request->arena, "retry: 2000\nid: %" PRId64 "\n\n", listener->position);
    http_stream_send(listener->stream, start, strlen(start));
}

static enum error join(struct live *live, struct request *request, int64_t position,
                       struct http_stream **stream, struct fault *fault)
{
    pthread_mutex_lock(&live->lock);
    enum error error = check_limits(live, &request->call.actor.id, fault);
    if (!error) {
        struct listener *listener = listener_new(request, position);
        *stream = listener->stream;
        send_start(request, listener);
        LIST_INSERT_HEAD(&live->listeners, listener, link);
    }
    pthread_mutex_unlock(&live->lock);
    return error;
}

void answer_with_stream(struct request *request, const void *out, struct http_response *response)
{
    struct live *live = api_live(request->api);
    struct http_stream *stream;
    struct fault fault = {0};
    int64_t position;
    enum error error = read_position(http_request_of(request->exchange), out, &position, &fault);
    if (!error)
        error = join(live, request, position, &stream, &fault);
    if (error) {
        atomic_fetch_add(&live->refused, 1);
        *response = http_response_of_fault(request->arena, &fault);
        if (error != ERROR_INVALID)
            http_add_header(request->exchange, response, "Retry-After", "5");
        return;
    }
    response->content_type = "text/event-stream";
    response->body = NULL;
    response->body_size = 0;
    response->stream = stream;
    http_add_header(request->exchange, response, "X-Accel-Buffering", "no");
}

/* ---- metrics ------------------------------------------------------------------------------- */

static void put(struct text_buffer *text, const char *name, const char *kind, const char *help,
                uint64_t amount)
{
    text_printf(text, "# HELP %s %s\n# TYPE %s %s\n%s %" PRIu64 "\n", name, help, name, kind, name,
                amount);
}

void live_metrics(struct live *live, struct text_buffer *text)
{
    pthread_mutex_lock(&live->lock);
    unsigned open = count_open(live, NULL);
    pthread_mutex_unlock(&live->lock);
    put(text, "waymark_live_streams", "gauge", "Pages that are told of changes.", open);
    put(text, "waymark_live_events_total", "counter", "Changes told to pages.",
        atomic_load(&live->told));
    put(text, "waymark_live_refused_total", "counter", "Pages that were not let listen.",
        atomic_load(&live->refused));
}
