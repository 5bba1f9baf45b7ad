#include "core/meeting.h"

#include <stdio.h>

#include "core/code.h"
#include "core/fields.h"

static const struct field participant_fields[] = {
    FIELD(struct meeting_participant, side, CHOICE, .flags = REQUIRED, .choices = &side_choices),
    FIELD(struct meeting_participant, name, TEXT, .flags = REQUIRED),
};
const struct shape meeting_participant_shape =
    SHAPE("meeting_participant", struct meeting_participant, participant_fields);

static const struct field decision_fields[] = {
    FIELD(struct meeting_decision, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
const struct shape meeting_decision_shape =
    SHAPE("meeting_decision", struct meeting_decision, decision_fields);

static const struct field action_fields[] = {
    FIELD(struct meeting_action, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct meeting_action, side, CHOICE, .flags = REQUIRED, .choices = &side_choices),
    FIELD(struct meeting_action, owner_name, TEXT, .flags = REQUIRED),
    FIELD(struct meeting_action, due_day, DAY, .flags = REQUIRED),
};
const struct shape meeting_action_shape =
    SHAPE("meeting_action", struct meeting_action, action_fields);

static const struct field meeting_fields[] = {
    ID_FIELD(struct meeting),
    FIELD(struct meeting, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct meeting, first_id, ID, .flags = REQUIRED),
    FIELD(struct meeting, revision, INTEGER, .minimum = 1, .maximum = INT32_MAX, .initial = 1),
    FIELD(struct meeting, title, TEXT, .flags = REQUIRED),
    FIELD(struct meeting, day, DAY, .flags = REQUIRED),
    FIELD(struct meeting, participants, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &meeting_participant_shape),
    FIELD(struct meeting, notes, TEXT, .limit = LONG_TEXT_LIMIT),
    FIELD(struct meeting, decisions, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &meeting_decision_shape),
    FIELD(struct meeting, actions, LIST, .limit = SHORT_LIST_LIMIT, .shape = &meeting_action_shape),
    FIELD(struct meeting, is_shared, BOOLEAN, OPTIONAL),
    FIELD(struct meeting, recorded_by, ID, .flags = REQUIRED),
    FIELD(struct meeting, recorded_by_name, TEXT, .flags = REQUIRED),
    FIELD(struct meeting, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape meeting_shape = SHAPE("meeting", struct meeting, meeting_fields);

/* ---- checks -------------------------------------------------------------------------------- */

static enum error check_text(const char *text, const char *list, size_t i, const char *member,
                             struct fault *fault)
{
    char field[FIELD_NAME_SIZE];
    snprintf(field, sizeof field, "%s/%zu/%s", list, i, member);
    return text_check(text, field, fault);
}

static enum error check_participants(const struct meeting *meeting, struct fault *fault)
{
    enum error error = OK;
    if (meeting->participants.count == 0)
        return refuse(fault, ERROR_INVALID, "participants", "somebody was there");
    for (size_t i = 0; !error && i < meeting->participants.count; i++)
        error = check_text(LIST_AT(struct meeting_participant, meeting->participants, i)->name,
                           "participants", i, "name", fault);
    return error;
}

static enum error check_outcome(const struct meeting *meeting, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < meeting->decisions.count; i++)
        error = check_text(LIST_AT(struct meeting_decision, meeting->decisions, i)->text,
                           "decisions", i, "text", fault);
    for (size_t i = 0; !error && i < meeting->actions.count; i++) {
        const struct meeting_action *action = LIST_AT(struct meeting_action, meeting->actions, i);
        error = check_text(action->text, "actions", i, "text", fault);
        if (!error)
            error = check_text(action->owner_name, "actions", i, "owner_name", fault);
    }
    return error;
}

enum error meeting_check(const struct meeting *meeting, int32_t today, struct fault *fault)
{
    enum error error = text_check(meeting->title, "title", fault);
    if (!error && meeting->day > today)
        error = refuse(fault, ERROR_OUT_OF_RANGE, "day", "is in the future");
    if (!error)
        error = check_participants(meeting, fault);
    return error ? error : check_outcome(meeting, fault);
}
