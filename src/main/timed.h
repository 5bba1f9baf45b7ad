/* Timed work: one thread looks what is due, one delivers mail and another webhooks. They act
 * through the same operations as everybody else, as the system. */
#ifndef WAYMARK_MAIN_TIMED_H
#define WAYMARK_MAIN_TIMED_H

#include "main/house.h"

/* Does all jobs that are due now, each in a transaction of its own, the longest due first, until
 * none is left. Returns how many were done. A job that meets trouble, which also a refusal is, is
 * logged and left alone for a while (main/patience.h). Any thread; a second one waits. */
size_t timed_run_jobs(struct house *house);

/* Tries to deliver each message of that kind whose time has come, once, the longest due first.
 * Returns how many attempts came to an end. Whoever does not answer is left alone for a while with
 * what else waits for it, so that others do not wait for it. What went out, but could not be stored
 * so, does not go out again. Any thread; a second one waits. */
size_t timed_deliver(struct house *house, enum outbox_kind kind);

struct timed;

/* Does all of it again and again until it is stopped, which takes as long as an attempt that was
 * begun. The house outlives it. */
struct timed *timed_start(struct house *house);
void timed_stop(struct timed *timed);

#endif
