/* What both sides of the sample see of the days to come, in the middle of it. */
#ifndef WAYMARK_MAIN_SAMPLE_FORESIGHT_H
#define WAYMARK_MAIN_SAMPLE_FORESIGHT_H

#include "main/sample_stage.h"

/* During a sprint. */
void sample_look_ahead(struct scenes *scenes, int sprint);

#endif
