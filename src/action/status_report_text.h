/* What a status report says, from the figures that its paper shows, in whatever language. */
#ifndef WAYMARK_ACTION_STATUS_REPORT_TEXT_H
#define WAYMARK_ACTION_STATUS_REPORT_TEXT_H

#include "action/paper.h"
#include "words/saying.h"

/* Of its engagement, report (day and note), total and lines. In the arena. */
struct saying status_report_text(struct arena *arena, const struct report_paper *paper);

#endif
