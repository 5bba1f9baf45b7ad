/* A sprint of the sample: what is supplied for it, its tasks and the time they take, handing over,
 * refusing, accepting; the report of every second week; what is billed for a month, and paid. */
#ifndef WAYMARK_MAIN_SAMPLE_SPRINT_H
#define WAYMARK_MAIN_SAMPLE_SPRINT_H

#include "main/sample_stage.h"

/* Each takes which it is: a sprint's number as in S0, a task's as in T1, a report's from 1, a
 * month's from June as 0. */
void sample_begin(struct scenes *scenes, int sprint);
void sample_take_up(struct scenes *scenes, int task);
void sample_finish(struct scenes *scenes, int task);
void sample_work(struct scenes *scenes, int task); /* both */
void sample_hand_over(struct scenes *scenes, int sprint);
void sample_report(struct scenes *scenes, int report);
void sample_bill(struct scenes *scenes, int month);
void sample_pay(struct scenes *scenes, int month);

#endif
