#include "core/dispute.h"

#include "core/code.h"
#include "core/fields.h"

static const char *const dispute_states[] = {
    [DISPUTE_OPEN] = "open",
    [DISPUTE_RESOLVED] = "resolved",
    [DISPUTE_WITHDRAWN] = "withdrawn",
};
const struct choices dispute_state_choices = CHOICES("dispute_state", dispute_states);

static const struct field dispute_fields[] = {
    ID_FIELD(struct dispute),
    VERSION_FIELD(struct dispute),
    FIELD(struct dispute, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct dispute, milestone_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct dispute, submission_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct dispute, side, CHOICE, .flags = REQUIRED | FIXED, .choices = &side_choices),
    FIELD(struct dispute, opened_by, ID, .flags = REQUIRED | FIXED),
    FIELD(struct dispute, opened_by_name, TEXT, .flags = REQUIRED | FIXED),
    FIELD(struct dispute, opened_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct dispute, reason, TEXT, .flags = REQUIRED | FIXED, .limit = TEXT_LIMIT),
    FIELD(struct dispute, days_left, INTEGER, .flags = FIXED, DAYS_RANGE),
    FIELD(struct dispute, state, CHOICE, .flags = REQUIRED, .choices = &dispute_state_choices,
          .initial = DISPUTE_OPEN),
    FIELD(struct dispute, agency_note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct dispute, agency_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct dispute, agency_at, MOMENT, OPTIONAL),
    FIELD(struct dispute, client_note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct dispute, client_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct dispute, client_at, MOMENT, OPTIONAL),
    FIELD(struct dispute, ended_at, MOMENT, OPTIONAL),
    FIELD(struct dispute, note, TEXT, .limit = TEXT_LIMIT),
};
const struct shape dispute_shape = SHAPE("dispute", struct dispute, dispute_fields);

enum side dispute_side(const struct actor *actor)
{
    return actor->kind == ACTOR_CONTACT ? SIDE_CLIENT : SIDE_AGENCY;
}

enum error dispute_open(struct dispute *dispute, struct submission *submission, const char *reason,
                        int64_t days_left, const struct actor *actor, int64_t now_ms,
                        struct fault *fault)
{
    enum error error = submission_check_free(submission, fault);
    if (!error && submission->state != SUBMISSION_SUBMITTED)
        error = refuse(fault, ERROR_WRONG_STATE, "state", "the submission is %s",
                       choice_name(&submission_state_choices, (int)submission->state));
    if (!error)
        error = text_check(reason, "reason", fault);
    if (error)
        return error;
    struct id id = dispute->id;
    shape_init(&dispute_shape, dispute);
    dispute->id = id;
    dispute->engagement_id = submission->engagement_id;
    dispute->milestone_id = submission->milestone_id;
    dispute->submission_id = submission->id;
    dispute->side = dispute_side(actor);
    dispute->opened_by = actor->id;
    dispute->opened_by_name = actor->name;
    dispute->opened_at = now_ms;
    dispute->reason = reason;
    dispute->days_left = days_left;
    submission->disputed_at = now_ms;
    return OK;
}

static enum error check_open(const struct dispute *dispute, const char *note, struct fault *fault)
{
    if (dispute->state != DISPUTE_OPEN)
        return refuse(fault, ERROR_WRONG_STATE, "state", "the dispute is %s",
                      choice_name(&dispute_state_choices, (int)dispute->state));
    return text_check(note, "note", fault);
}

static void end(struct dispute *dispute, enum dispute_state state, struct submission *submission,
                int64_t now_ms)
{
    dispute->state = state;
    dispute->ended_at = now_ms;
    submission->disputed_at = 0;
}

enum error dispute_resolve(struct dispute *dispute, struct submission *submission, const char *note,
                           const struct actor *actor, int64_t now_ms, struct fault *fault)
{
    bool is_client = dispute_side(actor) == SIDE_CLIENT;
    enum error error = check_open(dispute, note, fault);
    if (!error && (is_client ? dispute->client_at : dispute->agency_at) != 0)
        error = refuse(fault, ERROR_WRONG_STATE, "state",
                       "your side has said so; the other one has to, too");
    if (error)
        return error;
    *(is_client ? &dispute->client_note : &dispute->agency_note) = note;
    *(is_client ? &dispute->client_name : &dispute->agency_name) = actor->name;
    *(is_client ? &dispute->client_at : &dispute->agency_at) = now_ms;
    if (dispute->client_at != 0 && dispute->agency_at != 0)
        end(dispute, DISPUTE_RESOLVED, submission, now_ms);
    return OK;
}

enum error dispute_withdraw(struct dispute *dispute, struct submission *submission,
                            const char *note, const struct actor *actor, int64_t now_ms,
                            struct fault *fault)
{
    enum error error = check_open(dispute, note, fault);
    if (!error && dispute_side(actor) != dispute->side)
        error = refuse(fault, ERROR_FORBIDDEN, NULL,
                       "the other side opened it: it can withdraw it, or both resolve it");
    if (error)
        return error;
    dispute->note = note;
    end(dispute, DISPUTE_WITHDRAWN, submission, now_ms);
    return OK;
}
