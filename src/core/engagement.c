#include "core/engagement.h"

#include <string.h>

#include "base/day.h"
#include "core/fields.h"
#include "core/machine.h"

static const char *const engagement_states[] = {
    [ENGAGEMENT_CONSULTATION] = "consultation", [ENGAGEMENT_PROPOSAL] = "proposal",
    [ENGAGEMENT_CONTRACTING] = "contracting",   [ENGAGEMENT_ACTIVE] = "active",
    [ENGAGEMENT_SUSPENDED] = "suspended",       [ENGAGEMENT_COMPLETED] = "completed",
    [ENGAGEMENT_TERMINATED] = "terminated",
};
const struct choices engagement_state_choices = CHOICES("engagement_state", engagement_states);

static const struct field engagement_fields[] = {
    ID_FIELD(struct engagement),
    VERSION_FIELD(struct engagement),
    FIELD(struct engagement, client_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct engagement, title, TEXT, .flags = REQUIRED),
    FIELD(struct engagement, reference, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct engagement, state, CHOICE, .flags = REQUIRED, .choices = &engagement_state_choices,
          .initial = ENGAGEMENT_CONSULTATION),
    FIELD(struct engagement, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct engagement, time_zone, TEXT, .flags = REQUIRED, .limit = ZONE_LIMIT),
    FIELD(struct engagement, summary, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct engagement, kickoff_day, DAY, OPTIONAL),
    FIELD(struct engagement, kickoff_note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct engagement, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape engagement_shape = SHAPE("engagement", struct engagement, engagement_fields);

static const char *const engagement_verbs[] = {
    [ENGAGEMENT_PROPOSE] = "proposed for", [ENGAGEMENT_AGREE] = "agreed on",
    [ENGAGEMENT_REOPEN] = "reopened",      [ENGAGEMENT_ACTIVATE] = "activated",
    [ENGAGEMENT_SUSPEND] = "suspended",    [ENGAGEMENT_RESUME] = "resumed",
    [ENGAGEMENT_COMPLETE] = "completed",   [ENGAGEMENT_TERMINATE] = "terminated",
};

static const unsigned char engagement_steps[][ENGAGEMENT_EVENT_COUNT] = {
    [ENGAGEMENT_CONSULTATION] =
        {
            [ENGAGEMENT_PROPOSE] = ENGAGEMENT_PROPOSAL,
            [ENGAGEMENT_TERMINATE] = ENGAGEMENT_TERMINATED,
        },
    [ENGAGEMENT_PROPOSAL] =
        {
            [ENGAGEMENT_PROPOSE] = ENGAGEMENT_PROPOSAL,
            [ENGAGEMENT_AGREE] = ENGAGEMENT_CONTRACTING,
            [ENGAGEMENT_TERMINATE] = ENGAGEMENT_TERMINATED,
        },
    [ENGAGEMENT_CONTRACTING] =
        {
            [ENGAGEMENT_REOPEN] = ENGAGEMENT_PROPOSAL,
            [ENGAGEMENT_ACTIVATE] = ENGAGEMENT_ACTIVE,
            [ENGAGEMENT_TERMINATE] = ENGAGEMENT_TERMINATED,
        },
    [ENGAGEMENT_ACTIVE] =
        {
            [ENGAGEMENT_SUSPEND] = ENGAGEMENT_SUSPENDED,
            [ENGAGEMENT_COMPLETE] = ENGAGEMENT_COMPLETED,
            [ENGAGEMENT_TERMINATE] = ENGAGEMENT_TERMINATED,
        },
    [ENGAGEMENT_SUSPENDED] =
        {
            [ENGAGEMENT_RESUME] = ENGAGEMENT_ACTIVE,
            [ENGAGEMENT_TERMINATE] = ENGAGEMENT_TERMINATED,
        },
    [ENGAGEMENT_COMPLETED] = {0},
    [ENGAGEMENT_TERMINATED] = {0},
};

static const struct machine engagement_machine =
    MACHINE("engagement", "state", &engagement_state_choices, engagement_verbs, engagement_steps);

enum error engagement_advance(struct engagement *engagement, enum engagement_event event,
                              struct fault *fault)
{
    int state = (int)engagement->state;
    enum error error = machine_step(&engagement_machine, &state, (int)event, fault);
    engagement->state = (enum engagement_state)state;
    return error;
}

enum error engagement_check_open(const struct engagement *engagement, struct fault *fault)
{
    if (engagement->state == ENGAGEMENT_CONSULTATION || engagement->state == ENGAGEMENT_PROPOSAL)
        return OK;
    return refuse(fault, ERROR_WRONG_STATE, "state",
                  "the scope stands: a proposal was accepted, or the engagement has ended");
}

enum error engagement_check_going(const struct engagement *engagement, struct fault *fault)
{
    if (engagement->state == ENGAGEMENT_COMPLETED || engagement->state == ENGAGEMENT_TERMINATED)
        return refuse(fault, ERROR_WRONG_STATE, "state", "the engagement has ended");
    return OK;
}

enum error engagement_check_change(const struct engagement *engagement,
                                   const struct engagement *changed, struct fault *fault)
{
    enum error error = engagement_check_going(engagement, fault);
    if (error || engagement->state == ENGAGEMENT_CONSULTATION)
        return error;
    if (strcmp(engagement->currency, changed->currency) != 0)
        return refuse(fault, ERROR_WRONG_STATE, "currency", "a proposal was sent in %s",
                      engagement->currency);
    if (strcmp(engagement->time_zone, changed->time_zone) != 0)
        return refuse(fault, ERROR_WRONG_STATE, "time_zone", "a proposal was sent with days of %s",
                      engagement->time_zone);
    return OK;
}

enum error engagement_check_work(const struct engagement *engagement, struct fault *fault)
{
    if (engagement->state == ENGAGEMENT_ACTIVE)
        return OK;
    return refuse(fault, ERROR_WRONG_STATE, "engagement", "the engagement is %s, not active",
                  choice_name(&engagement_state_choices, (int)engagement->state));
}

enum error engagement_check_decision(const struct engagement *engagement, struct fault *fault)
{
    if (engagement->state == ENGAGEMENT_ACTIVE || engagement->state == ENGAGEMENT_SUSPENDED)
        return OK;
    return refuse(fault, ERROR_WRONG_STATE, "engagement", "the engagement is %s",
                  choice_name(&engagement_state_choices, (int)engagement->state));
}

enum error engagement_kick_off(struct engagement *engagement, int32_t day, const char *note,
                               struct fault *fault)
{
    if (engagement->state != ENGAGEMENT_ACTIVE)
        return refuse(fault, ERROR_WRONG_STATE, "state", "work starts once the contract is signed");
    if (day == DAY_NONE)
        return refuse(fault, ERROR_INVALID, "kickoff_day", "is missing");
    engagement->kickoff_day = day;
    engagement->kickoff_note = note;
    return OK;
}
