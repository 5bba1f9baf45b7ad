#include "core/preference.h"

static const char *const themes[] = {
    [THEME_SYSTEM] = "system",
    [THEME_LIGHT] = "light",
    [THEME_DARK] = "dark",
};
const struct choices theme_choices = CHOICES("theme", themes);

static const struct field fields[] = {
    FIELD(struct preference, person_id, ID, .flags = SECRET),
    FIELD(struct preference, locale, CHOICE, .choices = &locale_choices),
    FIELD(struct preference, time_zone, TEXT),
    FIELD(struct preference, theme, CHOICE, .choices = &theme_choices),
    FIELD(struct preference, changed_at, MOMENT),
};
const struct shape preference_shape = SHAPE("preference", struct preference, fields);
