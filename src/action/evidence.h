/* Writing the evidence log: one leaf for each action that changed something. */
#ifndef WAYMARK_ACTION_EVIDENCE_H
#define WAYMARK_ACTION_EVIDENCE_H

#include "action/call.h"

/* Appends the leaf of what the call gathered. Its payload, kept outside of the leaf, names the
 * actor, the events and the salted hash of each row as it was saved (core/leaf.h). */
enum error append_evidence(struct call *call, struct fault *fault) WARN_UNUSED;

#endif
