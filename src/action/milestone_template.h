/* Templates of milestones: written once for the company, applied to drafts of proposals. */
#ifndef WAYMARK_ACTION_MILESTONE_TEMPLATE_H
#define WAYMARK_ACTION_MILESTONE_TEMPLATE_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/milestone_template.h"
#include "store/list.h"

struct list_milestone_templates {
    struct page_query page;
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

/* Takes struct apply_template, gives struct proposal. ERROR_WRONG_STATE for "state" unless it is a
 * draft, ERROR_INVALID for "milestone_template_id" or "currency". */
extern const struct operation apply_milestone_template_operation;

#endif
