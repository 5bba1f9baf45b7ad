#include "platform/thread.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/must.h"

struct thread {
    pthread_t id;
    const char *name;
    void (*main)(void *context);
    void *context;
};

static void *run(void *argument)
{
    struct thread *thread = argument;
    pthread_setname_np(pthread_self(), thread->name);
    thread->main(thread->context);
    return NULL;
}

struct thread *thread_start(const char *name, void (*main)(void *context), void *context)
{
    struct thread *thread = calloc(1, sizeof *thread);
    sigset_t all;
    sigset_t before;
    must(thread);
    *thread = (struct thread){.name = name, .main = main, .context = context};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&thread->id, NULL, run, thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    must(!failed);
    return thread;
}

/* Linux keeps a niceness for each thread; one step is a quarter more or less time. */
void thread_stand_back(void)
{
    enum { A_TENTH = 10 };
    (void)!setpriority(PRIO_PROCESS, (id_t)gettid(), A_TENTH);
}

void thread_join(struct thread *thread)
{
    pthread_join(thread->id, NULL);
    free(thread);
}
