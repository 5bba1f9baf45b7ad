/* Threads with a name, for tools that show them. */
#ifndef WAYMARK_PLATFORM_THREAD_H
#define WAYMARK_PLATFORM_THREAD_H

struct thread;

/* Runs main(context) on a new thread. The name has at most 15 bytes. Signals stay with the
 * thread that started the program. */
struct thread *thread_start(const char *name, void (*main)(void *context), void *context);

/* The calling thread stands back: it gets a tenth of the processor's time that another would get
 * which wants it too. */
void thread_stand_back(void);

/* Waits until it has returned and frees it. */
void thread_join(struct thread *thread);

#endif
