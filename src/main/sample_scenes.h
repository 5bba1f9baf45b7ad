/* What happens in the sample, scene by scene. */
#ifndef WAYMARK_MAIN_SAMPLE_SCENES_H
#define WAYMARK_MAIN_SAMPLE_SCENES_H

#include "main/play.h"

/* Plays all scenes for a company that has just been founded; its owner's password stands in the
 * file. play->error tells of a failure. */
void sample_scenes(struct play *play, const json_t *sample, const char *owner_email,
                   const char *approver_email, const char *password_path);

#endif
