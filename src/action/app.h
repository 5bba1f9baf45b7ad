/* What the program has, made once by main and only read by actions on any thread. */
#ifndef WAYMARK_ACTION_APP_H
#define WAYMARK_ACTION_APP_H

#include <stdint.h>

#include "platform/clock.h"
#include "store/plan_cache.h"
#include "store/tables.h"

struct filetypes;
struct limiter;

enum { LOG_SEED_SIZE = 32 };

struct app {
    struct clock *clock;
    struct tables *tables;
    struct plan_cache *plans;
    struct limiter *sign_in_limiter;
    struct filetypes *filetypes; /* what uploads may be (platform/filetype.h) */
    const char *files_directory; /* content-addressed files (platform/blob.h) */
    const char *log_name;        /* first part of each log's origin: "waymark.example/log" */
    const uint8_t *log_seed;     /* LOG_SEED_SIZE secret bytes; action/evidence.h */
    const char *base_url;        /* how people reach this server, for links in mail */
};

#endif
