/* How somebody wants to be shown things. What is none is left to the program that shows them. */
#ifndef WAYMARK_CORE_PREFERENCE_H
#define WAYMARK_CORE_PREFERENCE_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"
#include "core/locale.h"

enum theme {
    THEME_SYSTEM = 1,
    THEME_LIGHT,
    THEME_DARK,
};
extern const struct choices theme_choices;

struct preference {
    struct id person_id; /* a user or a contact */
    enum locale locale;
    const char *time_zone; /* IANA name */
    enum theme theme;
    int64_t changed_at;
};
extern const struct shape preference_shape;

#endif
