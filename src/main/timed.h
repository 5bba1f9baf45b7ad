/* Timed work: one thread looks what is due, another delivers messages. Both act through the same
 * operations as everybody else, as the system. */
#ifndef WAYMARK_MAIN_TIMED_H
#define WAYMARK_MAIN_TIMED_H

#include "main/house.h"

/* Does all jobs that are due now, each in a transaction of its own, the longest due first, until
 * none is left. Returns how many were done. A job that meets trouble is tried again with the next
 * call, which also a refusal is: it is logged each time. Any thread; a second one waits. */
size_t timed_run_jobs(struct house *house);

/* Tries to deliver each message whose time has come, once. Returns how many were tried. Any
 * thread; a second one waits. */
size_t timed_deliver(struct house *house);

struct timed;

/* Does both again and again until it is stopped. The house outlives it. */
struct timed *timed_start(struct house *house);
void timed_stop(struct timed *timed);

#endif
