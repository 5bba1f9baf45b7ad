#include "action/calendar.h"

#include "action/secret.h"
#include "base/day.h"
#include "core/communication.h"
#include "core/contact.h"
#include "core/user.h"
#include "platform/zone.h"
#include "store/calendar.h"
#include "store/team.h"

/* ---- the key ------------------------------------------------------------------------------- */

static enum error show_calendar_key(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    bool found;
    (void)input;
    return find_calendar_key_of(&call->store, call->actor.id, output, &found, fault);
}

const struct operation show_calendar_key_operation = {
    .name = "show_calendar_key",
    .permission = PERMIT_READ,
    .out = &calendar_key_shape,
    .run = show_calendar_key,
};

static enum error make_calendar_key(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    struct calendar_key *key = output;
    (void)input;
    key->person_id = call->actor.id;
    key->person_kind = call->actor.kind;
    key->made_at = call->now_ms;
    key->key = secret_make(call->arena, call->store.company, &key->key_hash);
    key->url =
        arena_format(call->arena, "%s/api/v1/calendar.ics?key=%s", call->app->base_url, key->key);
    happened(call, "calendar_key.made", call->actor.id, (struct id){0});
    return put_calendar_key(&call->store, key, fault);
}

const struct operation make_calendar_key_operation = {
    .name = "make_calendar_key",
    .permission = PERMIT_READ,
    .writes = true,
    .out = &calendar_key_shape,
    .run = make_calendar_key,
};

static enum error revoke_calendar_key(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    struct calendar_key key;
    bool found;
    (void)input;
    (void)output;
    enum error error = find_calendar_key_of(&call->store, call->actor.id, &key, &found, fault);
    if (error)
        return error;
    if (!found)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "you have no key to your calendar");
    happened(call, "calendar_key.revoked", call->actor.id, (struct id){0});
    return delete_calendar_key(&call->store, call->actor.id, fault);
}

const struct operation revoke_calendar_key_operation = {
    .name = "revoke_calendar_key",
    .permission = PERMIT_READ,
    .writes = true,
    .run = revoke_calendar_key,
};

/* ---- who comes with it --------------------------------------------------------------------- */

static enum error refuse_key(struct fault *fault)
{
    return refuse(fault, ERROR_UNAUTHENTICATED, "key", "this key is unknown or was revoked");
}

static enum error be_user(struct call *call, struct id id, struct fault *fault)
{
    struct user user;
    call->store.viewer = (struct viewer){.is_agency = true};
    enum error error = store_load(&call->store, &user_shape, id, &user, fault);
    if (error == ERROR_NOT_FOUND || (!error && user.disabled_at != 0))
        return refuse_key(fault);
    return error;
}

/* Whoever has the key is seen as the contact only once that is known to be active. */
static enum error be_contact(struct call *call, struct id id, struct fault *fault)
{
    struct contact contact;
    call->store.viewer = (struct viewer){.is_agency = true};
    enum error error = store_load(&call->store, &contact_shape, id, &contact, fault);
    if (error == ERROR_NOT_FOUND || (!error && contact.disabled_at != 0))
        return refuse_key(fault);
    if (!error)
        call->store.viewer = (struct viewer){.client_id = contact.client_id};
    return error;
}

static enum error enter_by_key(struct call *call, const char *text, struct id *person_id,
                               struct fault *fault)
{
    struct calendar_key key;
    struct hash hash;
    bool found;
    if (!secret_read(text, &call->store.company, &hash))
        return refuse_key(fault);
    enum error error = find_calendar_key(&call->store, hash, &key, &found, fault);
    if (error)
        return error;
    if (!found)
        return refuse_key(fault);
    *person_id = key.person_id;
    return key.person_kind == ACTOR_USER ? be_user(call, key.person_id, fault)
                                         : be_contact(call, key.person_id, fault);
}

/* ---- the dates ----------------------------------------------------------------------------- */

static void settle_days(struct list *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        struct calendar_entry *entry = LIST_AT(struct calendar_entry, *entries, i);
        if (entry->deadline_at != 0)
            entry->day = zone_local_day(zone_find(entry->time_zone), entry->deadline_at);
    }
}

static const struct communication *communication_of(const struct list *all, struct id id)
{
    for (size_t i = 0; i < all->count; i++) {
        if (id_equal(LIST_AT(struct communication, *all, i)->id, id))
            return LIST_AT(struct communication, *all, i);
    }
    return NULL;
}

/* Adds the days of an engagement's rhythms, as far as there is room. */
static enum error add_rhythms(struct call *call, const struct calendar_entry *engagement,
                              struct list *entries, struct fault *fault)
{
    struct list all;
    enum error error = list_communications_of(&call->store, engagement->id, &all, fault);
    if (error)
        return error;
    int32_t today = call_today(call, engagement->time_zone);
    struct list dates = communication_dates(call->arena, &all, today, today + CALENDAR_AHEAD_DAYS);
    for (size_t i = 0; i < dates.count && entries->count < CALENDAR_LIMIT; i++) {
        const struct communication_date *date = LIST_AT(struct communication_date, dates, i);
        const struct communication *rhythm = communication_of(&all, date->communication_id);
        struct calendar_entry *entry = LIST_AT(struct calendar_entry, *entries, entries->count++);
        *entry = *engagement;
        entry->kind = CALENDAR_COMMUNICATION;
        entry->id = date->communication_id;
        entry->version = rhythm->version;
        entry->day = date->day;
        entry->title = date->title;
        entry->changed_at = rhythm->created_at;
    }
    return OK;
}

static enum error list_rhythms(struct call *call, const struct calendar_scope *scope,
                               struct list *entries, struct fault *fault)
{
    struct list engagements;
    enum error error =
        list_calendar_engagements(&call->store, scope, CALENDAR_LIMIT, &engagements, fault);
    for (size_t i = 0; !error && i < engagements.count && entries->count < CALENDAR_LIMIT; i++)
        error = add_rhythms(call, LIST_AT(struct calendar_entry, engagements, i), entries, fault);
    return error;
}

static const struct field query_fields[] = {
    FIELD(struct calendar_query, key, TEXT, .flags = FROM_QUERY | REQUIRED),
};
static const struct shape query_shape = SHAPE("show_calendar", struct calendar_query, query_fields);

static const struct field feed_fields[] = {
    FIELD(struct calendar_feed, entries, LIST, .limit = CALENDAR_LIMIT,
          .shape = &calendar_entry_shape),
};
static const struct shape calendar_feed_shape =
    SHAPE("calendar_feed", struct calendar_feed, feed_fields);

static enum error show_calendar(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct calendar_query *in = input;
    struct calendar_feed *out = output;
    struct calendar_scope scope = {0};
    struct list found;
    enum error error = enter_by_key(call, in->key, &scope.person_id, fault);
    if (!error)
        error = load_calendar_scope(&call->store, &scope, fault);
    int32_t from_day = call_today(call, NULL) - CALENDAR_BACK_DAYS;
    if (!error)
        error = list_calendar(&call->store, &scope, from_day, CALENDAR_LIMIT, &found, fault);
    if (error)
        return error;
    settle_days(&found);
    out->entries.rows = arena_array(call->arena, CALENDAR_LIMIT, sizeof(struct calendar_entry));
    for (; out->entries.count < found.count; out->entries.count++)
        *LIST_AT(struct calendar_entry, out->entries, out->entries.count) =
            *LIST_AT(struct calendar_entry, found, out->entries.count);
    return list_rhythms(call, &scope, &out->entries, fault);
}

const struct operation show_calendar_operation = {
    .name = "show_calendar",
    .permission = PERMIT_ANYONE,
    .in = &query_shape,
    .out = &calendar_feed_shape,
    .run = show_calendar,
};
