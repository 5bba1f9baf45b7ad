/* Templates of milestones: written once for the company, applied to drafts of proposals. */
#ifndef WAYMARK_ACTION_MILESTONE_TEMPLATE_H
#define WAYMARK_ACTION_MILESTONE_TEMPLATE_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/milestone_template.h"
#include "store/list.h"

struct list_milestone_templates {
    struct page_query page;
    bool with_retired; /* otherwise only those that a proposal can begin with */
};

struct apply_template {
    struct id id; /* of the proposal */
    struct id milestone_template_id;
    const char *currency; /* the proposal's; money has one in JSON */
    int64_t total_minor;
    int32_t start_day;
    enum tax_category tax_category;
    int64_t tax_rate_ppm;
};

extern const struct operation list_milestone_templates_operation;
extern const struct operation show_milestone_template_operation; /* struct subject */

/* Take struct milestone_template: its id on changing; name, description, milestones. */
extern const struct operation create_milestone_template_operation;
extern const struct operation change_milestone_template_operation;

/* Takes struct subject, gives struct milestone_template: it stays to be read, as the evidence names
 * its row, and what was made from it stays as it is. ERROR_WRONG_STATE for "retired_at" if it is
 * already; a retired one cannot be changed either. */
extern const struct operation retire_milestone_template_operation;

/* Takes struct apply_template, gives struct proposal. ERROR_WRONG_STATE for "state" unless it is a
 * draft and for "milestone_template_id" of a retired one, ERROR_INVALID for that of none, or for
 * "currency". */
extern const struct operation apply_milestone_template_operation;

#endif
