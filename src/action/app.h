/* What the program has, made once by main and only read by actions on any thread. */
#ifndef WAYMARK_ACTION_APP_H
#define WAYMARK_ACTION_APP_H

#include "core/note.h"
#include "platform/clock.h"
#include "store/tables.h"

struct limiter;

struct app {
    struct clock *clock;
    struct tables *tables;
    struct limiter *sign_in_limiter;
    const char *files_directory;        /* content-addressed files (platform/blob.h) */
    const char *log_name;               /* first part of each log's origin: "waymark.example/log" */
    const struct note_signer *signer;   /* signs checkpoints */
    const char *base_url;               /* how people reach this server, for links in mail */
};

#endif
