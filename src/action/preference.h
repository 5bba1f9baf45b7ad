/* How the person who is signed in wants to be shown things, on whatever machine. */
#ifndef WAYMARK_ACTION_PREFERENCE_H
#define WAYMARK_ACTION_PREFERENCE_H

#include "action/operation.h"
#include "core/preference.h"

extern const struct operation show_preference_operation;

/* Takes a struct preference without the person, as a whole. */
extern const struct operation change_preference_operation;

#endif
