/* A state machine is a table [state][event] -> next state. What a designated initialiser leaves out
 * is zero, and zero means refused. */
#ifndef WAYMARK_CORE_MACHINE_H
#define WAYMARK_CORE_MACHINE_H

#include <stddef.h>

#include "base/error.h"
#include "base/shape.h"

struct machine {
    const char *noun;  /* "proposal" */
    const char *field; /* the member that holds the state; what a refusal names */
    const struct choices *states;
    const char *const *verbs;  /* by event: "accepted", as in "cannot be accepted" */
    const unsigned char *next; /* by state, then event */
    size_t event_count;
};

/* table is an array [state][event] of unsigned char. */
#define MACHINE(noun_, field_, states_, verbs_, table)                                             \
    {                                                                                              \
        .noun = (noun_), .field = (field_), .states = (states_), .verbs = (verbs_),                \
        .next = (table)[0], .event_count = sizeof *(table)                                         \
    }

/* The state after the event, or 0 if the table refuses it. */
int machine_next(const struct machine *machine, int state, int event);

/* Steps *state, or ERROR_WRONG_STATE for the machine's field, saying in words which state it is in
 * and what cannot be done. */
enum error machine_step(const struct machine *machine, int *state, int event,
                        struct fault *fault) WARN_UNUSED;

#endif
