/* What the client must supply or do: the agency asks for it, both sides see it, and whoever of them
 * has it in hand says when it is there. What its lateness moves: obligation_clock.h. */
#ifndef WAYMARK_ACTION_OBLIGATION_H
#define WAYMARK_ACTION_OBLIGATION_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/obligation.h"
#include "store/list.h"

struct list_obligations {
    struct page_query page;
    struct id engagement_id;
    enum obligation_state state;
    struct id contact_id;
    int32_t due_before;
};

struct list_obligation_slips {
    struct page_query page;
    struct id engagement_id;
    struct id obligation_id;
};

struct close_obligation {
    struct id id;
    const char *note;
};

extern const struct operation list_obligations_operation;
extern const struct operation show_obligation_operation; /* struct subject */
extern const struct operation list_obligation_slips_operation;

/* Take struct obligation: engagement_id or id; text, due_day, contact_id, milestones and tasks.
 * Errors of obligation_check; ERROR_INVALID for a "contact_id" that is not of the client;
 * ERROR_WRONG_STATE for "engagement" unless it is active, "state" unless it is open. */
extern const struct operation create_obligation_operation;
extern const struct operation change_obligation_operation;

/* Take struct close_obligation. Fulfilling is for both sides, its note may be none; waiving and
 * reopening is the agency's and says why. Days that it was late before stay counted; one that is
 * reopened was owed all the time. */
extern const struct operation fulfil_obligation_operation;
extern const struct operation waive_obligation_operation;
extern const struct operation reopen_obligation_operation;

#endif
