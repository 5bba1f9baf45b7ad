#include "core/price_reduction.h"

#include <string.h>

#include "core/code.h"
#include "core/fields.h"
#include "core/machine.h"

static const char *const reduction_states[] = {
    [REDUCTION_PROPOSED] = "proposed",     [REDUCTION_AGREED] = "agreed",
    [REDUCTION_DECLINED] = "declined",     [REDUCTION_WITHDRAWN] = "withdrawn",
    [REDUCTION_SUPERSEDED] = "superseded",
};
const struct choices reduction_state_choices = CHOICES("reduction_state", reduction_states);

static const struct field price_reduction_fields[] = {
    ID_FIELD(struct price_reduction),
    VERSION_FIELD(struct price_reduction),
    FIELD(struct price_reduction, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct price_reduction, milestone_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct price_reduction, amount_minor, MONEY, .flags = REQUIRED | FIXED, AMOUNT_RANGE),
    FIELD(struct price_reduction, currency, TEXT, .flags = REQUIRED | FIXED,
          .limit = CURRENCY_LIMIT),
    FIELD(struct price_reduction, reason, TEXT, .flags = REQUIRED | FIXED),
    FIELD(struct price_reduction, criterion, TEXT, .flags = FIXED, .limit = CODE_LIMIT),
    FIELD(struct price_reduction, state, CHOICE, .flags = REQUIRED,
          .choices = &reduction_state_choices, .initial = REDUCTION_PROPOSED),
    FIELD(struct price_reduction, proposed_by, ID, .flags = REQUIRED | FIXED),
    FIELD(struct price_reduction, proposed_by_name, TEXT, .flags = REQUIRED | FIXED),
    FIELD(struct price_reduction, proposed_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct price_reduction, decided_by, ID, OPTIONAL),
    FIELD(struct price_reduction, decided_by_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct price_reduction, decided_at, MOMENT, OPTIONAL),
    FIELD(struct price_reduction, answer, TEXT, .limit = TEXT_LIMIT),
};
const struct shape price_reduction_shape =
    SHAPE("price_reduction", struct price_reduction, price_reduction_fields);

/* ---- states -------------------------------------------------------------------------------- */

static const char *const reduction_verbs[] = {
    [REDUCTION_AGREE] = "agreed",
    [REDUCTION_DECLINE] = "declined",
    [REDUCTION_WITHDRAW] = "withdrawn",
    [REDUCTION_SUPERSEDE] = "superseded",
};

static const unsigned char reduction_steps[][REDUCTION_EVENT_COUNT] = {
    [REDUCTION_PROPOSED] =
        {
            [REDUCTION_AGREE] = REDUCTION_AGREED,
            [REDUCTION_DECLINE] = REDUCTION_DECLINED,
            [REDUCTION_WITHDRAW] = REDUCTION_WITHDRAWN,
        },
    [REDUCTION_AGREED] = {[REDUCTION_SUPERSEDE] = REDUCTION_SUPERSEDED},
    [REDUCTION_DECLINED] = {0},
    [REDUCTION_WITHDRAWN] = {0},
    [REDUCTION_SUPERSEDED] = {0},
};

static const struct machine reduction_machine =
    MACHINE("price reduction", "state", &reduction_state_choices, reduction_verbs, reduction_steps);

enum error price_reduction_decide(struct price_reduction *reduction, enum reduction_event event,
                                  const char *answer, const struct actor *actor, int64_t now_ms,
                                  struct fault *fault)
{
    int state = (int)reduction->state;
    enum error error = machine_step(&reduction_machine, &state, (int)event, fault);
    if (error)
        return error;
    reduction->state = (enum reduction_state)state;
    if (event == REDUCTION_SUPERSEDE)
        return OK; /* who agreed to it then stays on record */
    reduction->decided_by = actor->id;
    reduction->decided_by_name = actor->name;
    reduction->decided_at = now_ms;
    reduction->answer = answer;
    return OK;
}

enum error price_reduction_check(const struct price_reduction *reduction,
                                 const struct milestone *milestone, struct fault *fault)
{
    if (milestone_is_accepted(milestone) || milestone->state == MILESTONE_CANCELLED)
        return refuse(fault, ERROR_WRONG_STATE, "state", "%s is %s: its price is settled",
                      milestone->code,
                      choice_name(&milestone_state_choices, (int)milestone->state));
    if (milestone->pricing == PRICING_RECURRING)
        return refuse(fault, ERROR_WRONG_STATE, "pricing",
                      "%s is billed by its periods; a change order lowers them", milestone->code);
    enum error error = text_check(reduction->reason, "reason", fault);
    if (error)
        return error;
    if (reduction->criterion && !milestone_asks(milestone, reduction->criterion))
        return refuse(fault, ERROR_INVALID, "criterion", "is not one of this milestone");
    if (!reduction->currency || strcmp(reduction->currency, milestone->currency) != 0)
        return refuse(fault, ERROR_CONFLICT, "amount", "the contract is in %s",
                      milestone->currency);
    if (reduction->amount_minor <= 0 ||
        reduction->amount_minor > milestone->price_minor - milestone_claimed(milestone))
        return refuse(fault, ERROR_OUT_OF_RANGE, "amount",
                      "must be more than nothing and at most the price of %s%s", milestone->code,
                      milestone_claimed(milestone) > 0 ? ", less what was claimed of it" : "");
    return OK;
}
