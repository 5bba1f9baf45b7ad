#include "core/turn.h"

#include <string.h>

#include "base/day.h"
#include "core/fields.h"

static const struct turn_rule {
    enum side side; /* 0: the row says */
    const char *role;
    const char *words; /* before the label */
} rules[] = {
    [TURN_WRITE_REQUIREMENTS] = {SIDE_AGENCY, "sales", "write the requirements"},
    [TURN_CONFIRM_REQUIREMENTS] = {SIDE_CLIENT, "approver", "confirm the requirements"},
    [TURN_ANSWER_COMMENT] = {0, NULL, "answer what was said about requirement"},
    [TURN_WRITE_PROPOSAL] = {SIDE_AGENCY, "sales", "write the proposal"},
    [TURN_SEND_PROPOSAL] = {SIDE_AGENCY, "sales", "send the proposal"},
    [TURN_DECIDE_PROPOSAL] = {SIDE_CLIENT, "approver", "accept or decline the proposal"},
    [TURN_REVISE_PROPOSAL] = {SIDE_AGENCY, "sales", "revise the proposal"},
    [TURN_DRAW_UP_CONTRACT] = {SIDE_AGENCY, "sales", "draw up the contract"},
    [TURN_SEND_CONTRACT] = {SIDE_AGENCY, "sales", "send the contract out for signature"},
    [TURN_SIGN_CONTRACT] = {0, NULL, "sign the contract"},
    [TURN_PROPOSE_CHANGE_ORDER] = {SIDE_AGENCY, "sales", "propose the change order"},
    [TURN_SIGN_CHANGE_ORDER] = {0, NULL, "sign the change order"},
    [TURN_RESUME_ENGAGEMENT] = {SIDE_AGENCY, "delivery", "resume the engagement"},
    [TURN_START_MILESTONE] = {SIDE_AGENCY, "delivery", "start milestone"},
    [TURN_SUBMIT_MILESTONE] = {SIDE_AGENCY, "delivery", "deliver milestone"},
    [TURN_REWORK_MILESTONE] = {SIDE_AGENCY, "delivery", "rework milestone"},
    [TURN_DECIDE_SUBMISSION] = {SIDE_CLIENT, "approver", "accept or refuse milestone"},
    [TURN_SETTLE_DISPUTE] = {0, NULL, "settle the dispute about milestone"},
    [TURN_DECIDE_REDUCTION] = {SIDE_CLIENT, "approver",
                               "answer the reduction offered for milestone"},
    [TURN_DECIDE_PROGRESS] = {SIDE_CLIENT, "approver",
                              "accept or reject the progress claimed of milestone"},
    [TURN_CORRECT_DEFECT] = {SIDE_AGENCY, "delivery", "correct the defect of criterion"},
    [TURN_CONFIRM_CORRECTION] = {SIDE_CLIENT, "approver", "confirm the correction of criterion"},
    [TURN_SUPPLY] = {SIDE_CLIENT, NULL, "supply"},
    [TURN_BILL_MILESTONE] = {SIDE_AGENCY, "finance", "bill again milestone"},
    [TURN_BILL_MONTH] = {SIDE_AGENCY, "finance", "bill with its month milestone"},
    [TURN_CREDIT_MILESTONE] = {SIDE_AGENCY, "finance", "credit what a change took off milestone"},
    [TURN_PAY_INVOICE] = {SIDE_CLIENT, "payer", "pay invoice"},
};

static const char *const kinds[] = {
    [TURN_WRITE_REQUIREMENTS] = "write_requirements",
    [TURN_CONFIRM_REQUIREMENTS] = "confirm_requirements",
    [TURN_ANSWER_COMMENT] = "answer_comment",
    [TURN_WRITE_PROPOSAL] = "write_proposal",
    [TURN_SEND_PROPOSAL] = "send_proposal",
    [TURN_DECIDE_PROPOSAL] = "decide_proposal",
    [TURN_REVISE_PROPOSAL] = "revise_proposal",
    [TURN_DRAW_UP_CONTRACT] = "draw_up_contract",
    [TURN_SEND_CONTRACT] = "send_contract",
    [TURN_SIGN_CONTRACT] = "sign_contract",
    [TURN_PROPOSE_CHANGE_ORDER] = "propose_change_order",
    [TURN_SIGN_CHANGE_ORDER] = "sign_change_order",
    [TURN_RESUME_ENGAGEMENT] = "resume_engagement",
    [TURN_START_MILESTONE] = "start_milestone",
    [TURN_SUBMIT_MILESTONE] = "submit_milestone",
    [TURN_REWORK_MILESTONE] = "rework_milestone",
    [TURN_DECIDE_SUBMISSION] = "decide_submission",
    [TURN_SETTLE_DISPUTE] = "settle_dispute",
    [TURN_DECIDE_REDUCTION] = "decide_reduction",
    [TURN_DECIDE_PROGRESS] = "decide_progress",
    [TURN_CORRECT_DEFECT] = "correct_defect",
    [TURN_CONFIRM_CORRECTION] = "confirm_correction",
    [TURN_SUPPLY] = "supply",
    [TURN_BILL_MILESTONE] = "bill_milestone",
    [TURN_BILL_MONTH] = "bill_month",
    [TURN_CREDIT_MILESTONE] = "credit_milestone",
    [TURN_PAY_INVOICE] = "pay_invoice",
};
static const struct choices turn_kind_choices = CHOICES("turn_kind", kinds);

static const struct field turn_fields[] = {
    FIELD(struct turn, kind, CHOICE, .choices = &turn_kind_choices),
    FIELD(struct turn, side, CHOICE, .choices = &side_choices),
    FIELD(struct turn, role, TEXT, .limit = CODE_LIMIT),
    FIELD(struct turn, person, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct turn, what, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct turn, engagement_id, ID),
    FIELD(struct turn, engagement_title, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct turn, client_id, ID),
    FIELD(struct turn, client_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct turn, subject_id, ID),
    FIELD(struct turn, label, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct turn, since_at, MOMENT),
    FIELD(struct turn, due_day, DAY),
    FIELD(struct turn, deadline_at, MOMENT),
    FIELD(struct turn, is_late, BOOLEAN),
    FIELD(struct turn, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct turn, amount_minor, MONEY),
};
const struct shape turn_shape = SHAPE("turn", struct turn, turn_fields);

void turn_complete(struct arena *arena, struct turn *turn, int32_t today, int64_t now_ms)
{
    const struct turn_rule *rule = &rules[turn->kind];
    if (rule->side)
        turn->side = rule->side;
    turn->role = rule->role;
    turn->what = turn->label ? arena_format(arena, "%s %s", rule->words, turn->label) : rule->words;
    turn->is_late = (turn->due_day != DAY_NONE && turn->due_day < today) ||
                    (turn->deadline_at != 0 && turn->deadline_at < now_ms);
}

int turn_order(const void *a, const void *b)
{
    const struct turn *left = a;
    const struct turn *right = b;
    if (left->is_late != right->is_late)
        return left->is_late ? -1 : 1;
    int64_t left_day = left->due_day == DAY_NONE ? INT32_MAX : left->due_day;
    int64_t right_day = right->due_day == DAY_NONE ? INT32_MAX : right->due_day;
    if (left_day != right_day)
        return left_day < right_day ? -1 : 1;
    return memcmp(&left->subject_id, &right->subject_id, sizeof left->subject_id);
}
