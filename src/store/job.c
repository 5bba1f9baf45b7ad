#include "store/job.h"

#include "base/limits.h"
#include "store/statements.h"

#define JOB(member, kind_, ...)                                                                    \
    {                                                                                              \
        .name = #member, .kind = FIELD_##kind_, .offset = offsetof(struct due_job, job.member),    \
        __VA_ARGS__                                                                                \
    }
static const struct field due_job_fields[] = {
    FIELD(struct due_job, number, INTEGER),
    JOB(id, ID),
    JOB(kind, CHOICE, .choices = &job_kind_choices),
    JOB(subject_id, ID),
    JOB(engagement_id, ID),
    JOB(due_at, MOMENT),
    JOB(created_at, MOMENT),
};
static const struct shape due_job_shape = SHAPE("due_job", struct due_job, due_job_fields);

#define MESSAGE(member, kind_, ...)                                                                \
    {                                                                                              \
        .name = #member, .kind = FIELD_##kind_,                                                    \
        .offset = offsetof(struct due_message, message.member), __VA_ARGS__                        \
    }
static const struct field due_message_fields[] = {
    FIELD(struct due_message, number, INTEGER),
    MESSAGE(id, ID),
    MESSAGE(kind, CHOICE, .choices = &outbox_kind_choices),
    MESSAGE(state, CHOICE, .choices = &outbox_state_choices),
    MESSAGE(attempts, INTEGER),
    MESSAGE(next_at, MOMENT),
    MESSAGE(event, TEXT),
    MESSAGE(subject_id, ID),
    MESSAGE(endpoint_id, ID),
    MESSAGE(recipient, TEXT),
    MESSAGE(payload, TEXT),
    MESSAGE(last_error, TEXT),
    MESSAGE(created_at, MOMENT),
    MESSAGE(delivered_at, MOMENT),
};
static const struct shape due_message_shape =
    SHAPE("due_message", struct due_message, due_message_fields);

static struct value due_limit(size_t resting)
{
    return value_integer((int64_t)(DUE_LIMIT + resting));
}

enum error list_due_jobs(struct store *store, int64_t now_ms, size_t resting, struct list *jobs,
                         struct fault *fault)
{
    return store_list(store, &sql_job_due,
                      PARAMS({"now", value_integer(now_ms)}, {"limit", due_limit(resting)}),
                      &due_job_shape, jobs, fault);
}

enum error list_due_messages(struct store *store, enum outbox_kind kind, int64_t now_ms,
                             size_t resting, struct list *messages, struct fault *fault)
{
    const char *kind_name = choice_name(&outbox_kind_choices, (int)kind);
    return store_list(store, &sql_outbox_due,
                      PARAMS({"now", value_integer(now_ms)}, {"kind", value_text(kind_name)},
                             {"limit", due_limit(resting)}),
                      &due_message_shape, messages, fault);
}

enum error find_job(struct store *store, struct id id, struct job *job, bool *found,
                    struct fault *fault)
{
    return store_find(store, &sql_job_find, PARAMS({"id", value_id(&id)}), &job_shape, job, found,
                      fault);
}

enum error find_job_at(struct store *store, enum job_kind kind, struct id subject_id,
                       int64_t due_at, bool *found, struct fault *fault)
{
    int64_t count = 0;
    const char *name = choice_name(&job_kind_choices, (int)kind);
    enum error error =
        store_count(store, &sql_job_count_at,
                    PARAMS({"kind", value_text(name)}, {"subject_id", value_id(&subject_id)},
                           {"due_at", value_integer(due_at)}),
                    &count, fault);
    *found = count > 0;
    return error;
}

enum error delete_job(struct store *store, struct id id, struct fault *fault)
{
    return store_change(store, &sql_job_delete, PARAMS({"id", value_id(&id)}), NULL, NULL, 1,
                        fault);
}

enum error save_delivery(struct store *store, const struct outbox *message, struct fault *fault)
{
    return store_change(store, &sql_outbox_save_delivery, NO_PARAMS, &outbox_shape, message, DB_ANY,
                        fault);
}

enum error defer_deliveries(struct store *store, const struct outbox *message, int64_t until_ms,
                            struct fault *fault)
{
    return store_change(store, &sql_outbox_defer,
                        PARAMS({"until", value_integer(until_ms)},
                               {"endpoint_id", value_id(&message->endpoint_id)},
                               {"id", value_id(&message->id)}),
                        NULL, NULL, DB_ANY, fault);
}
