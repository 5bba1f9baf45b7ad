/* The feed of somebody's dates as iCalendar (RFC 5545), written by libical. */
#ifndef WAYMARK_API_CALENDAR_H
#define WAYMARK_API_CALENDAR_H

#include "api/request.h"

/* Makes libical ready; once, before threads use it. */
void calendar_prepare(void);

/* The route answer for show_calendar. */
void answer_with_calendar(struct request *request, const void *out, struct http_response *response);

#endif
