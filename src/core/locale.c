#include "core/locale.h"

static const char *const locales[] = {
    [LOCALE_EN] = "en", [LOCALE_DE] = "de", [LOCALE_FR] = "fr",
    [LOCALE_ES] = "es", [LOCALE_AR] = "ar",
};
const struct choices locale_choices = CHOICES("locale", locales);
