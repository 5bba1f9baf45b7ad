#include "core/machine.h"

#include "base/must.h"

int machine_next(const struct machine *machine, int state, int event)
{
    must(state > 0 && (size_t)state < machine->states->count);
    must(event > 0 && (size_t)event < machine->event_count);
    return machine->next[(size_t)state * machine->event_count + (size_t)event];
}

/* "in_progress" as words: names are public, sentences are for people. */
static const char *in_words(const char *name, char words[static 32])
{
    size_t i = 0;
    for (; name[i] && i < 31; i++)
        words[i] = name[i] == '_' ? ' ' : name[i];
    words[i] = '\0';
    return words;
}

enum error machine_step(const struct machine *machine, int *state, int event, struct fault *fault)
{
    char words[32];
    int next = machine_next(machine, *state, event);
    if (next == 0)
        return refuse(fault, ERROR_WRONG_STATE, machine->field, "the %s is %s and cannot be %s",
                      machine->noun, in_words(choice_name(machine->states, *state), words),
                      machine->verbs[event]);
    *state = next;
    return OK;
}
