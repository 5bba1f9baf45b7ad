/* The languages that waymark speaks: of its pages, its papers and its mails. */
#ifndef WAYMARK_CORE_LOCALE_H
#define WAYMARK_CORE_LOCALE_H

#include "base/shape.h"

enum locale {
    LOCALE_EN = 1,
    LOCALE_DE,
    LOCALE_FR,
    LOCALE_ES,
    LOCALE_AR,
};
extern const struct choices locale_choices;

#endif
