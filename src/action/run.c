#include "action/run.h"

#include <string.h>

#include "action/evidence.h"
#include "action/notify.h"
#include "action/subject.h"
#include "base/json.h"
#include "base/must.h"
#include "platform/random.h"
#include "store/idempotency.h"

enum error run_reading(struct call *call, const struct operation *operation, const void *in,
                       void *out, struct fault *fault)
{
    must(!operation->writes);
    if (operation->out)
        shape_clear(operation->out, out);
    if (operation->run)
        return operation->run(call, in, out, fault);
    const struct subject *row = in;
    return load_row(call, operation->out, row->id, out, fault);
}

void answer_write(struct call *call, const struct operation *operation, const void *out,
                  struct answer *answer)
{
    if (!operation->out)
        return;
    struct text_buffer text = text_buffer_in(call->arena);
    json_write_shape(&text, operation->out, out,
                     call->store.viewer.is_agency ? JSON_FOR_AGENCY : JSON_FOR_CLIENT);
    answer->body = text.bytes;
    const struct field *version = shape_field(operation->out, "version", NULL);
    if (version)
        answer->version = *(const int64_t *)field_of(version, out);
}

/* ---- idempotency --------------------------------------------------------------------------- */

enum error look_for_key(struct call *call, struct fault *fault)
{
    struct idempotency kept = {0};
    bool found;
    if (!call->idempotency_key)
        return OK;
    enum error error =
        find_idempotency(&call->store, call->actor.id, call->idempotency_key, &kept, &found, fault);
    call->key_is_new = !error && !found;
    return error;
}

static enum error find_replay(struct call *call, struct answer *answer, bool *found,
                              struct fault *fault)
{
    struct idempotency kept = {0};
    enum error error =
        find_idempotency(&call->store, call->actor.id, call->idempotency_key, &kept, found, fault);
    if (error || !*found)
        return error;
    if (!hash_equal(kept.request_hash, call->request_hash))
        return refuse(fault, ERROR_IDEMPOTENCY_MISMATCH, "Idempotency-Key",
                      "this key was used for a request that was not the same");
    *answer = (struct answer){(int)kept.status, kept.response, kept.subject_version};
    return OK;
}

/* The answer as it is given again: without what is SHOWN_ONCE. */
static struct answer answer_again(struct call *call, const struct operation *operation,
                                  const void *out, const struct answer *answer)
{
    struct answer again = *answer;
    size_t count = operation->out ? operation->out->field_count : 0;
    void *copy = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &operation->out->fields[i];
        if (!(field->flags & SHOWN_ONCE))
            continue;
        if (!copy)
            copy = arena_copy(call->arena, out, operation->out->size);
        shape_init_field(field, copy);
    }
    if (copy)
        answer_write(call, operation, copy, &again);
    return again;
}

static enum error keep_answer(struct call *call, const struct answer *answer, struct fault *fault)
{
    struct idempotency kept = {
        .actor_id = call->actor.id,
        .key = call->idempotency_key,
        .request_hash = call->request_hash,
        .status = answer->status,
        .response = answer->body,
        .subject_version = answer->version,
        .created_at = call->now_ms,
    };
    return insert_idempotency(&call->store, &kept, fault);
}

/* ---- the bread ----------------------------------------------------------------------------- */

/* A body may run again: what the run before gathered is forgotten. */
static void start_afresh(struct call *call)
{
    random_bytes(&call->salt, sizeof call->salt);
    call->events = NULL;
    call->event_count = 0;
    call->event_room = 0;
    call->changes = NULL;
    call->change_count = 0;
    call->change_room = 0;
    call->is_too_large = false;
}

static enum error record(struct call *call, struct fault *fault)
{
    if (call->is_too_large)
        return refuse(fault, ERROR_TOO_LARGE, NULL, "one request changes at most %d rows",
                      CHANGES_MAX);
    must(call->change_count == 0 || call->event_count > 0);
    if (call->event_count == 0)
        return OK;
    enum error error = append_evidence(call, fault);
    for (size_t i = 0; !error && i < call->event_count; i++)
        error = queue_webhooks(call, &call->events[i], fault);
    return error;
}

static enum error run_anew(struct call *call, const struct operation *operation, const void *in,
                           void *out, struct answer *answer, struct fault *fault)
{
    if (operation->out) {
        memset(out, 0, operation->out->size);
        shape_clear(operation->out, out);
    }
    enum error error = operation->run(call, in, out, fault);
    if (!error)
        error = record(call, fault);
    if (error)
        return error;
    answer_write(call, operation, out, answer);
    if (!call->idempotency_key)
        return OK;
    struct answer again = answer_again(call, operation, out, answer);
    return keep_answer(call, &again, fault);
}

/* A key that was new when a worker looked is looked for again only where that matters: before a
 * refusal, which another request under it may have brought about, and after the group was rolled
 * back, perhaps because its row was there already. */
enum error run_writing(struct call *call, const struct operation *operation, const void *in,
                       void *out, int success_status, struct answer *answer, bool *replayed,
                       struct fault *fault)
{
    enum error error = OK;
    bool key_is_new = call->key_is_new && !call->store.group->is_again;
    must(operation->writes && call->store.group);
    *replayed = false;
    *answer = (struct answer){.status = success_status};
    start_afresh(call);
    if (call->idempotency_key && !key_is_new)
        error = find_replay(call, answer, replayed, fault);
    if (error || *replayed)
        return error;
    error = run_anew(call, operation, in, out, answer, fault);
    if (!error || !key_is_new || call->store.group->changed)
        return error;
    enum error again = find_replay(call, answer, replayed, fault);
    return again || *replayed ? again : error;
}
