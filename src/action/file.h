/* Files of an engagement: what the agency hands over. Their bytes are checked and made durable
 * before the transaction that knows them, so a row never lacks its file. */
#ifndef WAYMARK_ACTION_FILE_H
#define WAYMARK_ACTION_FILE_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/file.h"
#include "store/list.h"

/* The type is declared by the call's content_type; found in the bytes while preparing. */
struct upload_file {
    struct id engagement_id;
    const char *name;
    struct bytes content;
    const char *mime;
    struct hash hash;
};

struct list_files {
    struct page_query page;
    struct id engagement_id;
};

extern const struct operation upload_file_operation;
extern const struct operation list_files_operation;
extern const struct operation show_file_operation; /* struct subject */

/* Takes struct subject and gives the struct file whose bytes are to be sent. */
extern const struct operation download_file_operation;

#endif
