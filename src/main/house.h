/* The house: what a running program holds open. Opened from the configuration by the server and
 * by the commands that work on the data themselves. */
#ifndef WAYMARK_MAIN_HOUSE_H
#define WAYMARK_MAIN_HOUSE_H

#include <pthread.h>

#include "action/app.h"
#include "core/outbox.h"
#include "db/readers.h"
#include "db/writer.h"
#include "main/config.h"
#include "main/patience.h"
#include "platform/log.h"

enum { HOUSE_LANES_MAX = 8 };

struct house {
    struct arena *arena; /* for what lives as long as the house */
    const struct config *config;
    struct log log;
    struct clock clock;
    struct app app;
    struct readers *readers;
    struct writer *writers[HOUSE_LANES_MAX]; /* none where it was opened for reading */
    int lane_count;
    pthread_mutex_t jobs_lock; /* one thread at a time does timed work (main/timed.h) */
    struct patience job_patience;
    pthread_mutex_t delivery_locks[OUTBOX_WEBHOOK + 1]; /* and one delivers each kind */
    struct patience delivery_patience[OUTBOX_WEBHOOK + 1];
    _Atomic int64_t deliveries[OUTBOX_WEBHOOK + 1][OUTBOX_DEAD + 1]; /* attempts, by what the
                                                                        message is after them */
    _Atomic bool is_closing;                                         /* nothing more is begun */
};

enum house_use {
    HOUSE_READS = 1, /* beside a running server */
    HOUSE_WRITES,    /* alone: ERROR_UNAVAILABLE while another process writes there */
};

/* Makes the data directory and its keys where they are missing, and brings the schema up to date,
 * when it is opened to write; refuses a directory that is not there when it is opened to read. */
enum error house_open(const struct config *config, enum house_use use, struct house *house,
                      struct fault *fault) WARN_UNUSED;
void house_close(struct house *house);

/* The writer that serves a company. */
struct writer *house_writer(const struct house *house, int64_t company);

#endif
