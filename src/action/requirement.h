/* Requirements: written down by the agency, revised and withdrawn one by one, confirmed by the
 * client's approver as a set. */
#ifndef WAYMARK_ACTION_REQUIREMENT_H
#define WAYMARK_ACTION_REQUIREMENT_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/requirement.h"
#include "store/list.h"

/* Without state and code: the current ones. */
struct list_requirements {
    struct page_query page;
    struct id engagement_id;
    enum requirement_state state;
    const char *code; /* all revisions of one */
};

/* What a client is shown to confirm. */
struct requirement_set {
    struct id engagement_id;
    struct hash set_hash;
    bool is_confirmed; /* as it stands now */
    int64_t confirmed_at;
    int64_t asked_at;         /* when the client was last sent it to confirm */
    struct list requirements; /* struct requirement_statement */
};

struct confirm_requirements {
    struct id engagement_id;
    struct hash set_hash; /* of the set that was shown */
};

struct list_confirmations {
    struct page_query page;
    struct id engagement_id;
};

extern const struct operation list_requirements_operation;
extern const struct operation show_requirement_operation;     /* struct subject */
extern const struct operation show_requirement_set_operation; /* struct subject */
extern const struct operation list_requirement_confirmations_operation;

/* Takes struct requirement: engagement_id, text, priority, criteria, and a code unless the next
 * "R<n>" will do. Criteria without a code are given one. */
extern const struct operation add_requirement_operation;

/* Takes struct requirement: the id of the current revision, and the next one's text, priority and
 * criteria. The answer is the next revision. */
extern const struct operation revise_requirement_operation;

extern const struct operation withdraw_requirement_operation; /* struct subject */

/* Asks the client's approvers by mail to confirm the set as it stands (struct subject: the
 * engagement). Changes nothing but the log; as often as there is reason to. */
extern const struct operation send_requirements_operation;
extern const struct operation confirm_requirements_operation;

#endif
