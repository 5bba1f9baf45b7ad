/* Writing the evidence log: one leaf for each action that changed something. */
#ifndef WAYMARK_ACTION_EVIDENCE_H
#define WAYMARK_ACTION_EVIDENCE_H

#include "action/call.h"
#include "core/note.h"

/* Appends the leaf of what the call gathered. Its payload, kept outside of the leaf, names the
 * actor and the salted hash of each row as it was saved (core/leaf.h). It is found by everything
 * that its events tell of and that these rows belong to (core/belonging.h). */
enum error append_evidence(struct call *call, struct fault *fault) WARN_UNUSED;

/* The name of a company's log, "waymark.example/log/acme", in the arena. */
const char *log_origin(const struct call *call, const char *slug);

/* The key that signs its checkpoints: of the log's own name, derived from the app's seed, so that
 * no company's key tells anything of another's. */
enum error log_signer(const struct call *call, const char *slug, struct note_signer *signer,
                      struct fault *fault) WARN_UNUSED;

#endif
