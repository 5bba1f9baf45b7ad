#include "core/calendar.h"

#include "base/limits.h"
#include "core/actor.h"

static const struct field key_fields[] = {
    FIELD(struct calendar_key, person_id, ID, .flags = SECRET),
    FIELD(struct calendar_key, person_kind, CHOICE, .flags = SECRET,
          .choices = &actor_kind_choices),
    FIELD(struct calendar_key, key, TEXT, .flags = NOT_STORED | SHOWN_ONCE),
    FIELD(struct calendar_key, url, TEXT, .flags = NOT_STORED | SHOWN_ONCE, .limit = URL_LIMIT),
    FIELD(struct calendar_key, key_hash, HASH, .flags = SECRET),
    FIELD(struct calendar_key, made_at, MOMENT),
};
const struct shape calendar_key_shape = SHAPE("calendar_key", struct calendar_key, key_fields);

static const char *const kinds[] = {
    [CALENDAR_MILESTONE] = "milestone",         [CALENDAR_PLANNED] = "planned",
    [CALENDAR_OBLIGATION] = "obligation",       [CALENDAR_INVOICE] = "invoice",
    [CALENDAR_DEADLINE] = "deadline",           [CALENDAR_MEETING] = "meeting",
    [CALENDAR_COMMUNICATION] = "communication",
};
const struct choices calendar_kind_choices = CHOICES("calendar_kind", kinds);

static const struct field entry_fields[] = {
    FIELD(struct calendar_entry, kind, CHOICE, .choices = &calendar_kind_choices),
    FIELD(struct calendar_entry, id, ID),
    FIELD(struct calendar_entry, version, INTEGER),
    FIELD(struct calendar_entry, day, DAY),
    FIELD(struct calendar_entry, deadline_at, MOMENT),
    FIELD(struct calendar_entry, time_zone, TEXT),
    FIELD(struct calendar_entry, label, TEXT),
    FIELD(struct calendar_entry, title, TEXT, .limit = LONG_TEXT_LIMIT),
    FIELD(struct calendar_entry, engagement_title, TEXT),
    FIELD(struct calendar_entry, client_name, TEXT),
    FIELD(struct calendar_entry, disputed_at, MOMENT),
    FIELD(struct calendar_entry, changed_at, MOMENT),
};
const struct shape calendar_entry_shape =
    SHAPE("calendar_entry", struct calendar_entry, entry_fields);

static const struct calendar_rule {
    const char *words; /* behind label and title */
    const char *place;
} rules[] = {
    [CALENDAR_MILESTONE] = {" is due", "milestones"},
    [CALENDAR_PLANNED] = {" is planned", "milestones"},
    [CALENDAR_OBLIGATION] = {" is to be supplied", "obligations"},
    [CALENDAR_INVOICE] = {" is to be paid", "invoices"},
    [CALENDAR_DEADLINE] = {": last day for an answer", "submissions"},
    [CALENDAR_MEETING] = {"", "meetings"},
    [CALENDAR_COMMUNICATION] = {"", "communications"},
};

const char *calendar_summary(struct arena *arena, const struct calendar_entry *entry)
{
    bool has_both = entry->label && entry->title;
    const char *words =
        entry->disputed_at != 0 ? " rests, as an objection is open" : rules[entry->kind].words;
    return arena_format(arena, "%s%s%.200s%s (%s, %s)", entry->label ? entry->label : "",
                        has_both ? " " : "", entry->title ? entry->title : "", words,
                        entry->engagement_title, entry->client_name);
}

const char *calendar_place(enum calendar_kind kind)
{
    return rules[kind].place;
}
