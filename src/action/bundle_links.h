/* How the rows of an evidence bundle led from one to the next, and the hashes of documents in them.
 * The relations are those of docs/evidence-format.md. */
#ifndef WAYMARK_ACTION_BUNDLE_LINKS_H
#define WAYMARK_ACTION_BUNDLE_LINKS_H

#include "action/bundle_rows.h"
#include "base/text.h"

/* Append the bundle's lists, brackets included. Both ends of a link are among the rows. */
void bundle_put_links(struct text_buffer *text, const struct bundle_rows *rows);
void bundle_put_documents(struct text_buffer *text, const struct bundle_rows *rows);

#endif
