#include "main/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>

enum { BUCKETS = sizeof((struct writer_counts){0}.group_size_histogram) / sizeof(int64_t) };

static struct writer_counts sum_of_lanes(const struct house *house)
{
    struct writer_counts sum = {0};
    for (int lane = 0; lane < house->lane_count; lane++) {
        struct writer_counts counts = writer_counts(house->writers[lane]);
        sum.jobs += counts.jobs;
        sum.groups += counts.groups;
        sum.reruns += counts.reruns;
        sum.waiting += counts.waiting;
        for (int i = 0; i < BUCKETS; i++)
            sum.group_size_histogram[i] += counts.group_size_histogram[i];
    }
    return sum;
}

static void put(struct text_buffer *text, const char *name, const char *type, const char *help,
                int64_t value)
{
    text_printf(text, "# HELP %s %s\n# TYPE %s %s\n%s %" PRId64 "\n", name, help, name, type, name,
                value);
}

static void put_group_sizes(struct text_buffer *text, const struct writer_counts *counts)
{
    int64_t below = 0;
    text_put_text(text, "# HELP waymark_commit_group_size Writes that shared one commit.\n"
                        "# TYPE waymark_commit_group_size histogram\n");
    for (int i = 0; i < BUCKETS; i++) {
        below += counts->group_size_histogram[i];
        text_printf(text, "waymark_commit_group_size_bucket{le=\"%d\"} %" PRId64 "\n", 1 << i,
                    below);
    }
    text_printf(text,
                "waymark_commit_group_size_bucket{le=\"+Inf\"} %" PRId64 "\n"
                "waymark_commit_group_size_sum %" PRId64 "\n"
                "waymark_commit_group_size_count %" PRId64 "\n",
                counts->groups, counts->jobs, counts->groups);
}

static void put_deliveries(struct text_buffer *text, struct house *house)
{
    text_put_text(text, "# HELP waymark_delivery_attempts_total Attempts to deliver, by what the "
                        "message is after them.\n"
                        "# TYPE waymark_delivery_attempts_total counter\n");
    for (int kind = OUTBOX_MAIL; kind <= OUTBOX_WEBHOOK; kind++) {
        for (int state = OUTBOX_PENDING; state <= OUTBOX_DEAD; state++)
            text_printf(
                text, "waymark_delivery_attempts_total{kind=\"%s\",state=\"%s\"} %" PRId64 "\n",
                choice_name(&outbox_kind_choices, kind), choice_name(&outbox_state_choices, state),
                atomic_load(&house->deliveries[kind][state]));
    }
}

void metrics_write(struct house *house, struct text_buffer *text)
{
    struct writer_counts counts = sum_of_lanes(house);
    struct db_session *session = readers_take(house->readers);
    int64_t size = db_size_bytes(session);
    readers_put(house->readers, session);
    put(text, "waymark_writes_total", "counter", "Writes whose end was told.", counts.jobs);
    put(text, "waymark_commit_reruns_total", "counter",
        "Groups of writes that were run again one by one.", counts.reruns);
    put(text, "waymark_write_queue_depth", "gauge", "Writes that wait now.", counts.waiting);
    put_group_sizes(text, &counts);
    put_deliveries(text, house);
    put(text, "waymark_database_size_bytes", "gauge", "Size of the database on disk.", size);
}
