#include "action/preference.h"

#include "action/check.h"
#include "store/preference.h"

static enum error show_preference(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    (void)input;
    return find_preference(&call->store, call->actor.id, output, fault);
}

const struct operation show_preference_operation = {
    .name = "show_preferences",
    .permission = PERMIT_READ,
    .out = &preference_shape,
    .run = show_preference,
};

static const struct field change_fields[] = {
    FIELD(struct preference, locale, CHOICE, .choices = &locale_choices),
    FIELD(struct preference, time_zone, TEXT),
    FIELD(struct preference, theme, CHOICE, .choices = &theme_choices),
};
static const struct shape change_shape =
    SHAPE("change_preferences", struct preference, change_fields);

/* No event tells of it: it is nobody's business but theirs. */
static enum error change_preference(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    struct preference *preference = output;
    *preference = *(const struct preference *)input;
    enum error error = check_time_zone("time_zone", preference->time_zone, fault);
    if (error)
        return error;
    preference->person_id = call->actor.id;
    preference->changed_at = call->now_ms;
    return put_preference(&call->store, preference, fault);
}

const struct operation change_preference_operation = {
    .name = "change_preferences",
    .permission = PERMIT_READ,
    .writes = true,
    .in = &change_shape,
    .out = &preference_shape,
    .run = change_preference,
};
