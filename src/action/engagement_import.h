/* Taking in a copy of an engagement that another company, here or on another server, exported. */
#ifndef WAYMARK_ACTION_ENGAGEMENT_IMPORT_H
#define WAYMARK_ACTION_ENGAGEMENT_IMPORT_H

#include "action/operation.h"
#include "core/engagement_copy.h"

/* Takes a struct engagement_copy whose files' bytes are among the company's files already; gives
 * the engagement. All of it or nothing, with one leaf, "engagement.imported".
 *
 * The client, its contacts and rate cards may be there from an import before, and then stay as they
 * are; of
 * everything else nothing may be there. Numbers of documents stay, so they must be the ones that
 * the company's series give next: a number is given once, and none is left out.
 *
 * Errors, with the place in the copy: those of engagement_copy_check; ERROR_INVALID for a file
 * without bytes; ERROR_CONFLICT for a row or an address that is there, or a number out of turn;
 * ERROR_TOO_LARGE for more rows than one leaf tells of. */
extern const struct operation import_engagement_operation;

#endif
