/* The sample's change order: composed, its effect shown to both sides, signed by both. */
#ifndef WAYMARK_MAIN_SAMPLE_CHANGE_H
#define WAYMARK_MAIN_SAMPLE_CHANGE_H

#include "main/sample_stage.h"

/* During a sprint. Adds the sprint S5 and its tasks. */
void sample_change(struct scenes *scenes, int sprint);

#endif
