#include "action/evidence.h"

#include <string.h>

#include <sodium.h>

#include "base/must.h"
#include "core/leaf.h"
#include "core/payload.h"
#include "store/log.h"

static const char *payload_of(struct call *call)
{
    must(call->actor.kind != 0);
    struct payload_row *rows = arena_array(call->arena, call->change_count, sizeof *rows);
    for (size_t i = 0; i < call->change_count; i++) {
        const struct change *change = &call->changes[i];
        rows[i] = (struct payload_row){change->kind, change->id, change->version, change->hash};
    }
    struct payload payload = {
        .actor_kind = choice_name(&actor_kind_choices, (int)call->actor.kind),
        .actor = call->actor.id,
        .rows = rows,
        .row_count = call->change_count,
    };
    return payload_format(call->arena, &payload);
}

/* The first engagement that the call's events from start on tell of and that none before did. */
static size_t next_engagement(const struct call *call, size_t start)
{
    for (size_t i = start; i < call->event_count; i++) {
        struct id id = call->events[i].engagement_id;
        bool is_new = !id_is_none(id);
        for (size_t earlier = 0; is_new && earlier < i; earlier++)
            is_new = !id_equal(call->events[earlier].engagement_id, id);
        if (is_new)
            return i;
    }
    return call->event_count;
}

static enum error append_reaches(struct call *call, size_t first, int64_t position,
                                 struct fault *fault)
{
    enum error error = OK;
    size_t i = next_engagement(call, first + 1);
    for (; !error && i < call->event_count; i = next_engagement(call, i + 1))
        error = append_reach(&call->store, call->events[i].engagement_id, position, fault);
    return error;
}

enum error append_evidence(struct call *call, struct fault *fault)
{
    char text[LEAF_TEXT_SIZE];
    const struct event *event = &call->events[0];
    const char *payload = payload_of(call);
    struct leaf leaf = {
        .subject = event->subject_id,
        .time_ms = call->now_ms,
        .payload = salted_hash(&call->salt, payload, strlen(payload)),
    };
    must(leaf_event_is_valid(event->name));
    strcpy(leaf.event, event->name);
    leaf_format(&leaf, text);
    size_t telling = next_engagement(call, 0);
    struct leaf_row row = {
        .event = event->name,
        .subject_id = event->subject_id,
        .engagement_id =
            telling < call->event_count ? call->events[telling].engagement_id : (struct id){{0}},
        .at = call->now_ms,
        .hash = merkle_leaf_hash(text, strlen(text)),
        .salt = {call->salt.bytes, sizeof call->salt.bytes},
        .payload = payload,
    };
    enum error error = append_leaf(&call->store, &row, fault);
    return error ? error : append_reaches(call, telling, row.position, fault);
}

const char *log_origin(const struct call *call, const char *slug)
{
    return arena_format(call->arena, "%s/%s", call->app->log_name, slug);
}

enum error log_signer(const struct call *call, const char *slug, struct note_signer *signer,
                      struct fault *fault)
{
    const char *origin = log_origin(call, slug);
    uint8_t seed[NOTE_KEY_SIZE];
    crypto_generichash(seed, sizeof seed, (const unsigned char *)origin, strlen(origin),
                       call->app->log_seed, LOG_SEED_SIZE);
    enum error error = note_signer_make(origin, seed, signer, fault);
    sodium_memzero(seed, sizeof seed);
    return error;
}
