/* Taking a copy of an engagement, core/engagement_copy.h. */
#ifndef WAYMARK_ACTION_ENGAGEMENT_COPY_H
#define WAYMARK_ACTION_ENGAGEMENT_COPY_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/engagement_copy.h"

/* All rows, as one snapshot of the database has them; the bytes of files are not among them. */
extern const struct operation export_engagement_operation;

/* The hashes of all files that the copy's rows name (struct hash, each once). */
struct list engagement_copy_blobs(struct arena *arena, const struct engagement_copy *copy);

#endif
