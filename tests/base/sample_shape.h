/* A struct with a field of every kind, for the tests of shapes and JSON. */
#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"

enum mood { MOOD_CALM = 1, MOOD_LOUD };
static const char *const mood_names[] = {[MOOD_CALM] = "calm", [MOOD_LOUD] = "loud"};
static const struct choices mood_choices = CHOICES("mood", mood_names);

struct part {
    const char *title;
    int64_t price_minor;
};
static const struct field part_fields[] = {
    FIELD(struct part, title, TEXT, .flags = REQUIRED),
    FIELD(struct part, price_minor, MONEY, .minimum = 0, .maximum = 1000000),
};
static const struct shape part_shape = SHAPE("part", struct part, part_fields);

struct sample {
    struct id id;
    const char *currency;
    const char *name;
    int64_t count;
    int64_t maybe;
    bool loud;
    int32_t due_day;
    int64_t made_at;
    int64_t total_minor;
    enum mood mood;
    struct hash hash;
    struct bytes logo;
    struct texts tags;
    struct part *best;
    struct list parts;
    const char *note;
    const char *secret;
    const char *cost;
};
static const struct field sample_fields[] = {
    FIELD(struct sample, id, ID),
    FIELD(struct sample, currency, TEXT),
    FIELD(struct sample, name, TEXT, .flags = REQUIRED, .limit = 20),
    FIELD(struct sample, count, INTEGER, .minimum = -5, .maximum = 99, .initial = 7),
    FIELD(struct sample, maybe, INTEGER, .flags = NULLABLE),
    FIELD(struct sample, loud, BOOLEAN),
    FIELD(struct sample, due_day, DAY),
    FIELD(struct sample, made_at, MOMENT),
    FIELD(struct sample, total_minor, MONEY),
    FIELD(struct sample, mood, CHOICE, .choices = &mood_choices),
    FIELD(struct sample, hash, HASH),
    FIELD(struct sample, logo, BYTES, .limit = 8),
    FIELD(struct sample, tags, TEXTS, .limit = 3),
    FIELD(struct sample, best, OBJECT, .shape = &part_shape, .flags = NOT_STORED),
    FIELD(struct sample, parts, LIST, .shape = &part_shape, .limit = 3),
    FIELD(struct sample, note, TEXT, .limit = 1000),
    FIELD(struct sample, secret, TEXT, .flags = SECRET),
    FIELD(struct sample, cost, TEXT, .flags = AGENCY_ONLY),
};
static const struct shape sample_shape = SHAPE("sample", struct sample, sample_fields);
