#include "core/defect.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "core/code.h"
#include "core/fields.h"
#include "core/machine.h"

static const char *const defect_states[] = {
    [DEFECT_OPEN] = "open",     [DEFECT_CORRECTED] = "corrected", [DEFECT_CONFIRMED] = "confirmed",
    [DEFECT_WAIVED] = "waived", [DEFECT_PASSED_ON] = "passed_on",
};
const struct choices defect_state_choices = CHOICES("defect_state", defect_states);

static const struct field defect_fields[] = {
    ID_FIELD(struct defect),
    VERSION_FIELD(struct defect),
    FIELD(struct defect, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct defect, milestone_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct defect, submission_id, ID, .flags = REQUIRED),
    FIELD(struct defect, certificate_id, ID, OPTIONAL),
    FIELD(struct defect, criterion, TEXT, .flags = REQUIRED | FIXED, .limit = CODE_LIMIT),
    FIELD(struct defect, severity, CHOICE, .flags = REQUIRED, .choices = &severity_choices),
    FIELD(struct defect, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct defect, correct_by_day, DAY, OPTIONAL),
    FIELD(struct defect, state, CHOICE, .flags = REQUIRED, .choices = &defect_state_choices,
          .initial = DEFECT_OPEN),
    FIELD(struct defect, times_found, INTEGER, COUNT_RANGE, .initial = 1),
    FIELD(struct defect, found_by, ID, .flags = REQUIRED),
    FIELD(struct defect, found_by_name, TEXT, .flags = REQUIRED),
    FIELD(struct defect, found_at, MOMENT, .flags = REQUIRED),
    FIELD(struct defect, corrected_by, ID, OPTIONAL),
    FIELD(struct defect, corrected_by_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct defect, corrected_at, MOMENT, OPTIONAL),
    FIELD(struct defect, correction, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct defect, answered_by, ID, OPTIONAL),
    FIELD(struct defect, answered_by_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct defect, answered_at, MOMENT, OPTIONAL),
    FIELD(struct defect, answer, TEXT, .limit = TEXT_LIMIT),
};
const struct shape defect_shape = SHAPE("defect", struct defect, defect_fields);

/* ---- states -------------------------------------------------------------------------------- */

static const char *const defect_verbs[] = {
    [DEFECT_FIND_AGAIN] = "found again", [DEFECT_CORRECT] = "corrected",
    [DEFECT_CONFIRM] = "confirmed",      [DEFECT_REOPEN] = "reopened",
    [DEFECT_WAIVE] = "waived",           [DEFECT_PASS_ON] = "passed on",
};

static const unsigned char defect_steps[][DEFECT_EVENT_COUNT] = {
    [DEFECT_OPEN] =
        {
            [DEFECT_FIND_AGAIN] = DEFECT_OPEN,
            [DEFECT_CORRECT] = DEFECT_CORRECTED,
            [DEFECT_CONFIRM] = DEFECT_CONFIRMED,
            [DEFECT_WAIVE] = DEFECT_WAIVED,
            [DEFECT_PASS_ON] = DEFECT_PASSED_ON,
        },
    [DEFECT_CORRECTED] =
        {
            [DEFECT_FIND_AGAIN] = DEFECT_OPEN,
            [DEFECT_CONFIRM] = DEFECT_CONFIRMED,
            [DEFECT_REOPEN] = DEFECT_OPEN,
            [DEFECT_WAIVE] = DEFECT_WAIVED,
            [DEFECT_PASS_ON] = DEFECT_PASSED_ON,
        },
    [DEFECT_CONFIRMED] = {0},
    [DEFECT_WAIVED] = {0},
    [DEFECT_PASSED_ON] = {0},
};

static const struct machine defect_machine =
    MACHINE("defect", "state", &defect_state_choices, defect_verbs, defect_steps);

static enum error advance(struct defect *defect, enum defect_event event, struct fault *fault)
{
    int state = (int)defect->state;
    enum error error = machine_step(&defect_machine, &state, (int)event, fault);
    defect->state = (enum defect_state)state;
    return error;
}

bool defect_is_unsettled(const struct defect *defect)
{
    return defect->state == DEFECT_OPEN || defect->state == DEFECT_CORRECTED;
}

enum error defect_correct(struct defect *defect, const char *correction, const struct actor *actor,
                          int64_t now_ms, struct fault *fault)
{
    enum error error = advance(defect, DEFECT_CORRECT, fault);
    if (error)
        return error;
    defect->corrected_by = actor->id;
    defect->corrected_by_name = actor->name;
    defect->corrected_at = now_ms;
    defect->correction = correction;
    return OK;
}

static void record_answer(struct defect *defect, const char *answer, struct id by, const char *name,
                          int64_t now_ms)
{
    defect->answered_by = by;
    defect->answered_by_name = name;
    defect->answered_at = now_ms;
    defect->answer = answer;
}

enum error defect_answer(struct defect *defect, enum defect_event event, const char *answer,
                         const struct actor *actor, int64_t now_ms, struct fault *fault)
{
    struct defect answered = *defect;
    enum error error = advance(&answered, event, fault);
    if (!error && event == DEFECT_REOPEN)
        error = text_check(answer, "answer", fault);
    if (error)
        return error;
    record_answer(&answered, answer, actor->id, actor->name, now_ms);
    *defect = answered;
    return OK;
}

enum error decisions_check_days(const struct list *decisions, int32_t today, struct fault *fault)
{
    for (size_t i = 0; i < decisions->count; i++) {
        const struct decision *decision = LIST_AT(struct decision, *decisions, i);
        char field[FAULT_FIELD_MAX];
        snprintf(field, sizeof field, "decisions/%zu/correct_by_day", i);
        if (decision->correct_by_day == DAY_NONE)
            continue;
        if (decision->met)
            return refuse(fault, ERROR_INVALID, field, "what is met has nothing to correct");
        if (decision->correct_by_day < today)
            return refuse(fault, ERROR_OUT_OF_RANGE, field, "is in the past");
    }
    return OK;
}

/* ---- following a decision ------------------------------------------------------------------ */

static const struct decision *find_decision(const struct list *decisions, const char *criterion)
{
    for (size_t i = 0; i < decisions->count; i++) {
        const struct decision *decision = LIST_AT(struct decision, *decisions, i);
        if (strcmp(decision->criterion, criterion) == 0)
            return decision;
    }
    return NULL;
}

static bool is_known(const struct list *unsettled, const char *criterion)
{
    for (size_t i = 0; i < unsettled->count; i++) {
        if (strcmp(LIST_AT(struct defect, *unsettled, i)->criterion, criterion) == 0)
            return true;
    }
    return false;
}

/* What the decision says about it, in its own words or those for the whole. */
static void describe(struct defect *defect, const struct submission *submission,
                     const struct decision *decision, struct id certificate_id, const char *words)
{
    defect->submission_id = submission->id;
    defect->certificate_id = certificate_id;
    defect->severity = decision->severity;
    defect->text = decision->note && *decision->note ? decision->note : words;
    defect->correct_by_day = decision->correct_by_day;
    defect->found_by = submission->decided_by;
    defect->found_by_name = submission->decided_by_name;
    defect->found_at = submission->decided_at;
}

static void find_new(struct arena *arena, const struct submission *submission,
                     struct id certificate_id, const char *words, const struct list *unsettled,
                     struct list *found)
{
    const struct list *decisions = &submission->decisions;
    found->rows = arena_array(arena, decisions->count, sizeof(struct defect));
    for (size_t i = 0; i < decisions->count; i++) {
        const struct decision *decision = LIST_AT(struct decision, *decisions, i);
        if (decision->met || decision->remedy == REMEDY_CARRY ||
            is_known(unsettled, decision->criterion))
            continue;
        struct defect *defect = LIST_AT(struct defect, *found, found->count++);
        shape_init(&defect_shape, defect);
        defect->engagement_id = submission->engagement_id;
        defect->milestone_id = submission->milestone_id;
        defect->criterion = decision->criterion;
        describe(defect, submission, decision, certificate_id, words);
    }
}

/* What the decision does to a defect that was known; 0 for nothing. */
static enum defect_event event_of(const struct defect *defect, const struct milestone *milestone,
                                  const struct decision *decision, bool is_silence)
{
    if (is_silence)
        return 0;
    if (!milestone_asks(milestone, defect->criterion))
        return DEFECT_PASS_ON; /* a change order has dropped it */
    if (!decision)
        return 0;
    if (decision->remedy == REMEDY_CARRY)
        return DEFECT_PASS_ON;
    return decision->met ? DEFECT_CONFIRM : DEFECT_FIND_AGAIN;
}

static bool follow(struct defect *defect, const struct milestone *milestone,
                   const struct submission *submission, struct id certificate_id, const char *words)
{
    const struct decision *decision = find_decision(&submission->decisions, defect->criterion);
    bool is_silence = submission->state == SUBMISSION_DEEMED_ACCEPTED;
    enum defect_event event = event_of(defect, milestone, decision, is_silence);
    if (!event || advance(defect, event, NULL) != OK)
        return false;
    if (event == DEFECT_FIND_AGAIN) {
        describe(defect, submission, decision, certificate_id, words);
        defect->times_found++;
    } else {
        record_answer(defect, decision ? decision->note : NULL, submission->decided_by,
                      submission->decided_by_name, submission->decided_at);
    }
    return true;
}

void defects_follow(struct arena *arena, const struct milestone *milestone,
                    const struct submission *submission, struct id certificate_id,
                    const char *words, const struct list *unsettled, struct defect_changes *changes)
{
    *changes = (struct defect_changes){0};
    find_new(arena, submission, certificate_id, words, unsettled, &changes->found);
    changes->changed.rows = arena_array(arena, unsettled->count, sizeof(struct defect));
    size_t room = changes->found.count + unsettled->count;
    changes->open.rows = arena_array(arena, room, sizeof(struct defect));
    for (size_t i = 0; i < changes->found.count; i++)
        *LIST_AT(struct defect, changes->open, changes->open.count++) =
            *LIST_AT(struct defect, changes->found, i);
    for (size_t i = 0; i < unsettled->count; i++) {
        struct defect defect = *LIST_AT(struct defect, *unsettled, i);
        if (follow(&defect, milestone, submission, certificate_id, words))
            *LIST_AT(struct defect, changes->changed, changes->changed.count++) = defect;
        if (defect_is_unsettled(&defect))
            *LIST_AT(struct defect, changes->open, changes->open.count++) = defect;
    }
}
