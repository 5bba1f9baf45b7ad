/* Whose turn it is: what an engagement waits for, who is to do it, since when, until when, and how
 * much money waits for it. Nothing of it is stored: it follows from the state of each thing. */
#ifndef WAYMARK_CORE_TURN_H
#define WAYMARK_CORE_TURN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"
#include "core/signature.h"

enum turn_kind {
    TURN_WRITE_REQUIREMENTS = 1,
    TURN_CONFIRM_REQUIREMENTS,
    TURN_ANSWER_COMMENT, /* on a requirement, of the other side */
    TURN_WRITE_PROPOSAL,
    TURN_SEND_PROPOSAL,
    TURN_DECIDE_PROPOSAL,
    TURN_REVISE_PROPOSAL,
    TURN_DRAW_UP_CONTRACT,
    TURN_SEND_CONTRACT,
    TURN_SIGN_CONTRACT,
    TURN_PROPOSE_CHANGE_ORDER,
    TURN_SIGN_CHANGE_ORDER,
    TURN_RESUME_ENGAGEMENT,
    TURN_START_MILESTONE,
    TURN_SUBMIT_MILESTONE,
    TURN_REWORK_MILESTONE,
    TURN_DECIDE_SUBMISSION,
    TURN_SETTLE_DISPUTE,
    TURN_DECIDE_REDUCTION,
    TURN_DECIDE_PROGRESS,
    TURN_CORRECT_DEFECT,
    TURN_CONFIRM_CORRECTION,
    TURN_SUPPLY,
    TURN_BILL_MILESTONE,   /* its invoice was credited, or an objection held it back */
    TURN_BILL_MONTH,       /* accepted, and collected for the invoice of its month */
    TURN_CREDIT_MILESTONE, /* a change order lowered what is billed for it */
    TURN_PAY_INVOICE,
};

struct turn {
    enum turn_kind kind;
    enum side side;
    const char *role;   /* whose part it is; of a signature: none, person tells */
    const char *person; /* by name, if it is for one alone */
    const char *what;   /* in words */
    struct id engagement_id;
    const char *engagement_title;
    struct id client_id;
    const char *client_name;
    struct id subject_id;
    const char *label; /* its code or number */
    int64_t since_at;  /* 0: not known */
    int32_t due_day;   /* or none */
    int64_t deadline_at;
    bool is_late;
    const char *currency;
    int64_t amount_minor; /* that waits for it */
};
extern const struct shape turn_shape;

/* Sets side (unless it is set), role, what and is_late from the rest. */
void turn_complete(struct arena *arena, struct turn *turn, int32_t today, int64_t now_ms);

/* For qsort: what is late first, then what is due first. */
int turn_order(const void *a, const void *b);

#endif
