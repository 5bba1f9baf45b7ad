/* A file system for SQLite's writing connection that gathers what is written to the log.
 *
 * SQLite writes each page of a transaction on its own, with two system calls, and an acceptance
 * changes some thirty pages. Between a write and the flush of its transaction nobody else looks at
 * these bytes: readers see no frame that the index of the log does not count, and it counts them
 * after the flush. So they are gathered here and handed to the kernel in large pieces, before
 * anything else is done with the file: a flush, a read, a question for its size. Whatever that
 * piece's writing answers is the answer to whoever made it necessary, and to each later flush, so
 * that no transaction is committed whose frames were lost; until SQLite begins another one there.
 * Only for connections with synchronous=FULL: without a flush at each commit, readers would look
 * for frames that are not there yet.
 *
 * All other files, and all else about this one, are the operating system's own implementation's. */
#ifndef WAYMARK_DB_SQLITE_FRAMES_H
#define WAYMARK_DB_SQLITE_FRAMES_H

/* Makes it known to SQLite, once in a process. The name for sqlite3_open_v2; NULL, which is the
 * system's own, if there is no memory. */
const char *sqlite_gathering(void);

#endif
