/* Answers of the evidence log that are no JSON of ours: signed notes, tiles, and bundles. */
#ifndef WAYMARK_API_EVIDENCE_H
#define WAYMARK_API_EVIDENCE_H

#include "api/request.h"

/* Of a struct log_view: the note, as C2SP tlog-checkpoint has it. */
void answer_with_checkpoint(struct request *request, const void *out,
                            struct http_response *response);

/* Of a struct tile_file, as C2SP tlog-tiles has it. */
void answer_with_tile(struct request *request, const void *out, struct http_response *response);

/* Of a struct evidence_file: docs/evidence-format.md. */
void answer_with_evidence(struct request *request, const void *out, struct http_response *response);

#endif
