/* Telling pages what has changed while they are open: a stream of server-sent events for each, fed
 * from the evidence log (action/happening.h). One thread looks at the log's size for each company
 * that has a stream open, so that it also sees what another process wrote; nothing is looked at
 * while nobody listens.
 *
 * An event is sent to somebody who may still enter and may see what it is about at that moment: a
 * stream ends with its session or token. */
#ifndef WAYMARK_API_LIVE_H
#define WAYMARK_API_LIVE_H

#include "api/request.h"
#include "base/text.h"

enum {
    LIVE_PER_PERSON = 12, /* pages that one person may have open */
    LIVE_IN_ALL = 1024,
};

struct live;

/* config outlives it. */
struct live *live_new(const struct api_config *config);

/* Ends all streams. */
void live_free(struct live *live);

/* The route answer for follow_happenings: an open stream, from Last-Event-ID on if it is named.
 * Beyond the limits above ERROR_RATE_LIMITED or ERROR_UNAVAILABLE is told. */
void answer_with_stream(struct request *request, const void *out, struct http_response *response);

void live_metrics(struct live *live, struct text_buffer *text);

#endif
