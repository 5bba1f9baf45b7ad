#include "core/progress_claim.h"

#include "base/decimal.h"
#include "base/must.h"
#include "core/code.h"
#include "core/fields.h"
#include "core/machine.h"
#include "core/split.h"

static const char *const progress_states[] = {
    [PROGRESS_CLAIMED] = "claimed",
    [PROGRESS_ACCEPTED] = "accepted",
    [PROGRESS_REJECTED] = "rejected",
    [PROGRESS_WITHDRAWN] = "withdrawn",
};
const struct choices progress_state_choices = CHOICES("progress_state", progress_states);

static const struct field progress_claim_fields[] = {
    ID_FIELD(struct progress_claim),
    VERSION_FIELD(struct progress_claim),
    FIELD(struct progress_claim, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct progress_claim, contract_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct progress_claim, milestone_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct progress_claim, number, INTEGER, .flags = FIXED, .minimum = 1,
          .maximum = INT32_MAX),
    FIELD(struct progress_claim, percent_ppm, INTEGER, .flags = FIXED, RATE_RANGE),
    FIELD(struct progress_claim, before_ppm, INTEGER, .flags = FIXED, RATE_RANGE),
    FIELD(struct progress_claim, currency, TEXT, .flags = REQUIRED | FIXED,
          .limit = CURRENCY_LIMIT),
    FIELD(struct progress_claim, net_minor, MONEY, .flags = REQUIRED | FIXED, AMOUNT_RANGE),
    FIELD(struct progress_claim, note, TEXT, .flags = FIXED, .limit = TEXT_LIMIT),
    FIELD(struct progress_claim, state, CHOICE, .flags = REQUIRED,
          .choices = &progress_state_choices, .initial = PROGRESS_CLAIMED),
    FIELD(struct progress_claim, claimed_by, ID, .flags = REQUIRED | FIXED),
    FIELD(struct progress_claim, claimed_by_name, TEXT, .flags = REQUIRED | FIXED),
    FIELD(struct progress_claim, claimed_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct progress_claim, decided_by, ID, OPTIONAL),
    FIELD(struct progress_claim, decided_by_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct progress_claim, decided_at, MOMENT, OPTIONAL),
    FIELD(struct progress_claim, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct progress_claim, invoice_id, ID, OPTIONAL),
};
const struct shape progress_claim_shape =
    SHAPE("progress_claim", struct progress_claim, progress_claim_fields);

/* ---- states -------------------------------------------------------------------------------- */

static const char *const progress_verbs[] = {
    [PROGRESS_ACCEPT] = "accepted",
    [PROGRESS_REJECT] = "rejected",
    [PROGRESS_WITHDRAW] = "withdrawn",
};

static const unsigned char progress_steps[][PROGRESS_EVENT_COUNT] = {
    [PROGRESS_CLAIMED] =
        {
            [PROGRESS_ACCEPT] = PROGRESS_ACCEPTED,
            [PROGRESS_REJECT] = PROGRESS_REJECTED,
            [PROGRESS_WITHDRAW] = PROGRESS_WITHDRAWN,
        },
    [PROGRESS_ACCEPTED] = {0},
    [PROGRESS_REJECTED] = {0},
    [PROGRESS_WITHDRAWN] = {0},
};

static const struct machine progress_machine =
    MACHINE("progress claim", "state", &progress_state_choices, progress_verbs, progress_steps);

enum error progress_claim_decide(struct progress_claim *claim, enum progress_event event,
                                 const char *reason, const struct actor *actor, int64_t now_ms,
                                 struct fault *fault)
{
    int state = (int)claim->state;
    enum error error = machine_step(&progress_machine, &state, (int)event, fault);
    if (!error && event == PROGRESS_REJECT)
        error = text_check(reason, "reason", fault);
    if (error)
        return error;
    claim->state = (enum progress_state)state;
    claim->decided_by = actor->id;
    claim->decided_by_name = actor->name;
    claim->decided_at = now_ms;
    claim->reason = reason;
    return OK;
}

/* ---- claiming ------------------------------------------------------------------------------ */

static enum error check_milestone(const struct milestone *milestone, struct fault *fault)
{
    if (milestone->pricing != PRICING_PROGRESS)
        return refuse(fault, ERROR_WRONG_STATE, "pricing", "%s is not billed by its progress",
                      milestone->code);
    if (milestone->state == MILESTONE_IN_PROGRESS || milestone->state == MILESTONE_REJECTED ||
        milestone->state == MILESTONE_REWORK)
        return OK;
    return refuse(fault, ERROR_WRONG_STATE, "state",
                  "%s is %s: progress is claimed of what is being worked on", milestone->code,
                  choice_name(&milestone_state_choices, (int)milestone->state));
}

static enum error check_percent(const struct milestone *milestone, int64_t percent_ppm,
                                struct fault *fault)
{
    enum { PERCENT_DECIMALS = 4 };
    char accepted[DECIMAL_TEXT_SIZE];
    int64_t before_ppm = milestone_claimed_ppm(milestone);
    if (percent_ppm <= 0 || percent_ppm > SPLIT_WHOLE_PPM)
        return refuse(fault, ERROR_OUT_OF_RANGE, "percent_ppm",
                      "must be more than nothing and at most 100%%");
    if (percent_ppm <= before_ppm)
        return refuse(fault, ERROR_OUT_OF_RANGE, "percent_ppm",
                      "%s%% is accepted already, and a claim goes beyond it: what is too much is "
                      "taken back by a credit note",
                      decimal_format_short(before_ppm, PERCENT_DECIMALS, accepted));
    return OK;
}

static enum error net_of(const struct milestone *milestone, int64_t percent_ppm, int64_t *net_minor,
                         struct fault *fault)
{
    int64_t share_minor;
    enum error error = check_percent(milestone, percent_ppm, fault);
    if (!error)
        error = split_step(milestone_billed_minor(milestone), 0, percent_ppm, SPLIT_WHOLE_PPM,
                           ROUND_HALF_UP, &share_minor, fault);
    if (error)
        return error;
    *net_minor = share_minor - milestone_claimed(milestone);
    if (*net_minor <= 0)
        return refuse(fault, ERROR_OUT_OF_RANGE, "percent_ppm",
                      "comes to nothing beyond what is claimed already");
    return OK;
}

enum error progress_claim_make(struct progress_claim *claim, const struct milestone *milestone,
                               const struct actor *actor, int64_t now_ms, struct fault *fault)
{
    int64_t net_minor;
    enum error error = check_milestone(milestone, fault);
    if (!error)
        error = net_of(milestone, claim->percent_ppm, &net_minor, fault);
    if (error)
        return error;
    claim->version = 1;
    claim->engagement_id = milestone->engagement_id;
    claim->contract_id = milestone->contract_id;
    claim->milestone_id = milestone->id;
    claim->before_ppm = milestone_claimed_ppm(milestone);
    claim->currency = milestone->currency;
    claim->net_minor = net_minor;
    claim->state = PROGRESS_CLAIMED;
    claim->claimed_by = actor->id;
    claim->claimed_by_name = actor->name;
    claim->claimed_at = now_ms;
    return OK;
}

/* ---- billing ------------------------------------------------------------------------------- */

struct invoice_line line_of_claim(struct arena *arena, const struct milestone *milestone,
                                  const struct progress_claim *claim)
{
    return (struct invoice_line){
        .milestone_id = milestone->id,
        .progress_claim_id = claim->id,
        .description = progress_text(arena, milestone, claim->before_ppm, claim->percent_ppm),
        .quantity = QUANTITY_ONE,
        .unit_price_minor = claim->net_minor,
        .net_minor = claim->net_minor,
        .tax_category = milestone->tax_category,
        .tax_rate_ppm = milestone->tax_rate_ppm,
    };
}

static enum error check_price(const struct milestone *milestone, const struct progress_claim *claim,
                              struct fault *fault)
{
    int64_t net_minor;
    enum error error = check_milestone(milestone, fault);
    if (!error)
        error = net_of(milestone, claim->percent_ppm, &net_minor, fault);
    if (!error && net_minor != claim->net_minor)
        error =
            refuse(fault, ERROR_CONFLICT, "net",
                   "the price of %s has changed since: progress is claimed anew", milestone->code);
    return error;
}

enum error progress_claim_count(const struct progress_claim *claim, struct milestone *milestone,
                                struct fault *fault)
{
    must(claim->state == PROGRESS_ACCEPTED && id_equal(claim->milestone_id, milestone->id));
    enum error error = check_price(milestone, claim, fault);
    if (error)
        return error;
    milestone->claimed_minor = milestone_claimed(milestone) + claim->net_minor;
    milestone->claimed_ppm = claim->percent_ppm;
    return OK;
}

enum error invoice_for_claim(struct arena *arena, const struct invoice_basis *basis,
                             const struct milestone *milestone, struct progress_claim *claim,
                             int32_t today, int64_t now_ms, struct invoice *invoice,
                             struct fault *fault)
{
    must(claim->state == PROGRESS_ACCEPTED && id_equal(claim->milestone_id, milestone->id));
    struct invoice_line line = line_of_claim(arena, milestone, claim);
    const struct invoice_content content = {
        .client = basis->client,
        .contract = basis->contract,
        .lines = {arena_copy(arena, &line, sizeof line), 1},
        .issue_day = today,
        .period_start_day = performed_from(milestone, basis->accepted_day),
        .period_end_day = basis->accepted_day,
        .now_ms = now_ms,
    };
    enum error error = invoice_of_lines(arena, &content, invoice, fault);
    if (!error)
        claim->invoice_id = invoice->id;
    return error;
}
