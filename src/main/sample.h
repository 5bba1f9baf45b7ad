/* The sample engagement, played through the public API with the clock set to the days on which it
 * happened, from the first requirement to the last payment. */
#ifndef WAYMARK_MAIN_SAMPLE_H
#define WAYMARK_MAIN_SAMPLE_H

#include "main/serve.h"

#define SAMPLE_COMPANY "truetandem"

/* Plays it, unless it was played before, printing each step as it happens; then prints where to
 * look and how to sign in. Errors: ERROR_CHECK_FAILED (the API refused a step), or trouble. */
enum error sample_play(struct server *server, struct fault *fault) WARN_UNUSED;

/* The sample's description, samples/fedramp-dashboard.json; made by the build. */
extern const char sample_json[];
extern const size_t sample_json_size;

#endif
