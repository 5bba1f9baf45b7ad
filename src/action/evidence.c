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
        rows[i] =
            (struct payload_row){change->kind, change->id, change->version, change->hash};
    }
    struct payload payload = {
        .actor_kind = choice_name(&actor_kind_choices, (int)call->actor.kind),
        .actor = call->actor.id,
        .rows = rows,
        .row_count = call->change_count,
    };
    return payload_format(call->arena, &payload);
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
    struct leaf_row row = {
        .event = event->name,
        .subject_id = event->subject_id,
        .engagement_id = event->engagement_id,
        .at = call->now_ms,
        .hash = merkle_leaf_hash(text, strlen(text)),
        .salt = {call->salt.bytes, sizeof call->salt.bytes},
        .payload = payload,
    };
    return append_leaf(&call->store, &row, fault);
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
