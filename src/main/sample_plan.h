/* How the sample's work is planned: what it is expected to take and cost, who does it, what is done
 * again and again, what the client has to supply, the tasks of each sprint, and what slips. */
#ifndef WAYMARK_MAIN_SAMPLE_PLAN_H
#define WAYMARK_MAIN_SAMPLE_PLAN_H

#include "main/sample_stage.h"

/* Those who do the work, with a token each. */
void sample_meet_makers(struct scenes *scenes);

/* From a rate card, before the proposal is sent. */
void sample_estimate(struct scenes *scenes, const char *proposal_id);

/* Team, communication, what the client owes, and the tasks of all sprints that are signed. */
void sample_plan_work(struct scenes *scenes);

/* The tasks of one sprint. */
void sample_plan_tasks(struct scenes *scenes, const char *code);

/* The task of that number begins and ends later than planned, and those after it give way. */
void sample_slip(struct scenes *scenes, int task);

#endif
