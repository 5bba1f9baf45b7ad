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

/* ---- where a leaf is found ------------------------------------------------------------------- */

/* Ids, each once. */
struct reached {
    struct id *ids;
    size_t count;
};

static void reach(struct reached *reached, struct id id)
{
    bool is_new = !id_is_none(id);
    for (size_t i = 0; is_new && i < reached->count; i++)
        is_new = !id_equal(reached->ids[i], id);
    if (is_new)
        reached->ids[reached->count++] = id;
}

/* The engagements that the call's events tell of or that rows which it changed belong to. */
static struct reached engagements_of(const struct call *call)
{
    size_t room = call->event_count + call->change_count;
    struct reached reached = {arena_array(call->arena, room, sizeof(struct id)), 0};
    for (size_t i = 0; i < call->event_count; i++)
        reach(&reached, call->events[i].engagement_id);
    for (size_t i = 0; i < call->change_count; i++)
        reach(&reached, call->changes[i].belonging.engagement_id);
    return reached;
}

/* The payments and credit notes that it moved. */
static struct reached money_of(const struct call *call)
{
    struct reached reached = {arena_array(call->arena, call->change_count, sizeof(struct id)), 0};
    for (size_t i = 0; i < call->change_count; i++)
        reach(&reached, call->changes[i].belonging.money_id);
    return reached;
}

/* A leaf is found by the engagement in its row; what else it is found by is a row each. */
static enum error append_reaches(struct call *call, int64_t position,
                                 const struct reached *engagements, struct fault *fault)
{
    struct reached money = money_of(call);
    enum error error = OK;
    for (size_t i = 1; !error && i < engagements->count; i++)
        error = append_reach(&call->store, engagements->ids[i], position, fault);
    for (size_t i = 0; !error && i < money.count; i++)
        error = append_reach(&call->store, money.ids[i], position, fault);
    return error;
}

/* ---- the leaf ------------------------------------------------------------------------------ */

enum error append_evidence(struct call *call, struct fault *fault)
{
    char text[LEAF_TEXT_SIZE];
    const struct event *event = &call->events[0];
    const char *payload = payload_of(call);
    struct reached engagements = engagements_of(call);
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
        .engagement_id = engagements.count > 0 ? engagements.ids[0] : (struct id){{0}},
        .at = call->now_ms,
        .hash = merkle_leaf_hash(text, strlen(text)),
        .salt = {call->salt.bytes, sizeof call->salt.bytes},
        .payload = payload,
    };
    enum error error = append_leaf(&call->store, &row, fault);
    return error ? error : append_reaches(call, row.position, &engagements, fault);
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
