#include "core/dispute.h"

#include <string.h>

#include "base/day.h"
#include "core/code.h"
#include "core/contract_terms.h"
#include "core/fields.h"

static const char *const dispute_states[] = {
    [DISPUTE_OPEN] = "open",
    [DISPUTE_RESOLVED] = "resolved",
    [DISPUTE_WITHDRAWN] = "withdrawn",
};
const struct choices dispute_state_choices = CHOICES("dispute_state", dispute_states);

static const char *const dispute_kinds[] = {
    [DISPUTE_ROUND] = "round",
    [DISPUTE_OBJECTION] = "objection",
};
const struct choices dispute_kind_choices = CHOICES("dispute_kind", dispute_kinds);

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
    FIELD(struct dispute, kind, CHOICE, .flags = FIXED | ADDED_LATER,
          .choices = &dispute_kind_choices),
    FIELD(struct dispute, currency, TEXT, .flags = FIXED | ADDED_LATER, .limit = CURRENCY_LIMIT),
    FIELD(struct dispute, credit_minor, MONEY, .flags = ADDED_LATER | NULLABLE, AMOUNT_RANGE),
    FIELD(struct dispute, credit_note_id, ID, .flags = ADDED_LATER),
    FIELD(struct dispute, answer_by_day, DAY, .flags = ADDED_LATER),
    FIELD(struct dispute, told_day, DAY, .flags = ADDED_LATER),
};
const struct shape dispute_shape = SHAPE("dispute", struct dispute, dispute_fields);

enum side dispute_side(const struct actor *actor)
{
    return actor->kind == ACTOR_CONTACT ? SIDE_CLIENT : SIDE_AGENCY;
}

/* ---- its own clock ------------------------------------------------------------------------- */

enum side dispute_asked(const struct dispute *dispute)
{
    if (dispute->agency_at != 0)
        return SIDE_CLIENT;
    if (dispute->client_at != 0)
        return SIDE_AGENCY;
    return dispute->side == SIDE_CLIENT ? SIDE_AGENCY : SIDE_CLIENT;
}

enum error dispute_ask(struct arena *arena, struct dispute *dispute,
                       const struct contract_terms *terms, int32_t today, struct fault *fault)
{
    struct day_calendar calendar;
    dispute->answer_by_day = dispute->told_day = DAY_NONE;
    if (terms->dispute_answer_days == INTEGER_NONE || terms->dispute_answer_days == 0)
        return OK;
    enum error error = contract_terms_calendar(arena, terms, &calendar, fault);
    return error ? error
                 : contract_terms_count(terms, &calendar, today, terms->dispute_answer_days,
                                        &dispute->answer_by_day, fault);
}

bool dispute_is_to_tell(const struct dispute *dispute, int32_t today)
{
    int32_t day = dispute->answer_by_day;
    if (dispute->state != DISPUTE_OPEN || day == DAY_NONE || today < day)
        return false;
    return dispute->told_day == DAY_NONE || (dispute->told_day == day && today > day);
}

/* ---- opening ------------------------------------------------------------------------------- */

static void open_as(enum dispute_kind kind, struct dispute *dispute, struct submission *submission,
                    const char *reason, const struct actor *actor, int64_t now_ms)
{
    struct id id = dispute->id;
    shape_init(&dispute_shape, dispute);
    dispute->id = id;
    dispute->kind = kind;
    dispute->engagement_id = submission->engagement_id;
    dispute->milestone_id = submission->milestone_id;
    dispute->submission_id = submission->id;
    dispute->side = dispute_side(actor);
    dispute->opened_by = actor->id;
    dispute->opened_by_name = actor->name;
    dispute->opened_at = now_ms;
    dispute->reason = reason;
    submission->disputed_at = now_ms;
}

static enum error refuse_state(const struct submission *submission, struct fault *fault)
{
    return refuse(fault, ERROR_WRONG_STATE, "state", "the submission is %s",
                  choice_name(&submission_state_choices, (int)submission->state));
}

enum error dispute_open(struct dispute *dispute, struct submission *submission, const char *reason,
                        int64_t days_left, const struct actor *actor, int64_t now_ms,
                        struct fault *fault)
{
    enum error error = submission_check_free(submission, fault);
    if (!error && submission->state != SUBMISSION_SUBMITTED)
        error = refuse_state(submission, fault);
    if (!error)
        error = text_check(reason, "reason", fault);
    if (error)
        return error;
    open_as(DISPUTE_ROUND, dispute, submission, reason, actor, now_ms);
    dispute->days_left = days_left;
    submission->deadline_at = 0; /* until the clock goes on */
    return OK;
}

enum error dispute_object(struct dispute *dispute, struct submission *submission,
                          const char *reason, const char *currency, int32_t last_day, int32_t today,
                          const struct actor *actor, int64_t now_ms, struct fault *fault)
{
    char day[DAY_TEXT_SIZE];
    enum error error = submission_check_free(submission, fault);
    if (!error &&
        (submission->state != SUBMISSION_DEEMED_ACCEPTED || submission->objection_until_at == 0))
        error = refuse_state(submission, fault);
    if (!error && dispute_side(actor) != SIDE_CLIENT)
        error = refuse(fault, ERROR_FORBIDDEN, NULL,
                       "only the client objects to an acceptance by its silence");
    if (!error && today > last_day)
        error = refuse(fault, ERROR_EXPIRED, "objection_until_at",
                       "it was deemed accepted, and the time to object ended with %s",
                       day_format(last_day, day));
    if (!error)
        error = text_check(reason, "reason", fault);
    if (error)
        return error;
    open_as(DISPUTE_OBJECTION, dispute, submission, reason, actor, now_ms);
    dispute->currency = currency;
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

/* What of one side's words stands on the dispute. */
struct saying {
    const char **note;
    const char **name;
    int64_t *at;
};

static struct saying saying_of(struct dispute *dispute, enum side side)
{
    if (side == SIDE_CLIENT)
        return (struct saying){&dispute->client_note, &dispute->client_name, &dispute->client_at};
    return (struct saying){&dispute->agency_note, &dispute->agency_name, &dispute->agency_at};
}

static enum error check_credit(const struct dispute *dispute, const struct resolution *resolution,
                               struct fault *fault)
{
    if (dispute->kind != DISPUTE_OBJECTION && resolution->credit_minor > 0)
        return refuse(fault, ERROR_INVALID, "credit",
                      "of what is to be decided on nothing is billed yet");
    if (resolution->credit_minor > 0 && resolution->currency &&
        strcmp(resolution->currency, dispute->currency) != 0)
        return refuse(fault, ERROR_INVALID, "currency", "it is billed in %s", dispute->currency);
    return OK;
}

/* Another credit than the other side said leaves nothing of what it said. */
static void offer_credit(struct dispute *dispute, int64_t credit_minor, const struct saying *other)
{
    if (dispute->kind != DISPUTE_OBJECTION)
        return;
    if (credit_minor == INTEGER_NONE)
        credit_minor = 0;
    if (*other->at != 0 && dispute->credit_minor != credit_minor) {
        *other->note = *other->name = NULL;
        *other->at = 0;
    }
    dispute->credit_minor = credit_minor;
}

enum error dispute_resolve(struct dispute *dispute, struct submission *submission,
                           const struct resolution *resolution, const struct actor *actor,
                           int64_t now_ms, struct fault *fault)
{
    enum side side = dispute_side(actor);
    const struct saying own = saying_of(dispute, side);
    const struct saying other = saying_of(dispute, side == SIDE_CLIENT ? SIDE_AGENCY : SIDE_CLIENT);
    enum error error = check_open(dispute, resolution->note, fault);
    if (!error && *own.at != 0)
        error = refuse(fault, ERROR_WRONG_STATE, "state",
                       "your side has said so; the other one has to, too");
    if (!error)
        error = check_credit(dispute, resolution, fault);
    if (error)
        return error;
    offer_credit(dispute, resolution->credit_minor, &other);
    *own.note = resolution->note;
    *own.name = actor->name;
    *own.at = now_ms;
    if (*other.at == 0)
        return OK;
    end(dispute, DISPUTE_RESOLVED, submission, now_ms);
    submission->objection_until_at = 0;
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
