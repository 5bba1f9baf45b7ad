/* What the server tells of itself besides HTTP, in Prometheus' text format. */
#ifndef WAYMARK_MAIN_METRICS_H
#define WAYMARK_MAIN_METRICS_H

#include "base/text.h"
#include "main/house.h"

/* Commits, their group sizes, queue depth, deliveries and the database's size. */
void metrics_write(struct house *house, struct text_buffer *text);

#endif
