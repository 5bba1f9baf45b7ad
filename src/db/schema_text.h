/* Schema texts are written once, with words of our own for the types; each database reads them in
 * its own. The words are ID, INTEGER, TEXT and BYTES: whole, in capitals, outside quotes and
 * comments. */
#ifndef WAYMARK_DB_SCHEMA_TEXT_H
#define WAYMARK_DB_SCHEMA_TEXT_H

#include "base/arena.h"

struct schema_dialect {
    const char *id;
    const char *integer;
    const char *text;      /* as a column's type */
    const char *text_cast; /* in CAST(… AS TEXT) */
    const char *bytes;
    const char *table_options;       /* put behind each CREATE TABLE (…) */
    const char *table_options_rowid; /* behind one that has the comment "rowid" in it */
};

const char *schema_translate(const char *sql, const struct schema_dialect *dialect,
                             struct arena *arena);

#endif
