/* Sorts more records than fit into memory: all of one size, in the order of their bytes. What does
 * not fit waits in an unnamed file in $TMPDIR or /tmp. */
#ifndef WAYMARK_AUDIT_SORTER_H
#define WAYMARK_AUDIT_SORTER_H

#include <stddef.h>

#include "base/error.h"

struct sorter;

/* memory: how many bytes of records are held at a time, at least one record. */
struct sorter *sorter_new(size_t record_size, size_t memory);
void sorter_free(struct sorter *sorter);

/* ERROR_STORAGE when the file cannot be written. */
enum error sorter_add(struct sorter *sorter, const void *record, struct fault *fault) WARN_UNUSED;

/* Ends adding, and gives the records one by one: *record is valid until the next call, NULL at the
 * end. ERROR_STORAGE. */
enum error sorter_next(struct sorter *sorter, const void **record, struct fault *fault) WARN_UNUSED;

#endif
