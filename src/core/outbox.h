/* What has to leave the house: mail and webhooks, written with the change that causes them and sent
 * later, at least once. */
#ifndef WAYMARK_CORE_OUTBOX_H
#define WAYMARK_CORE_OUTBOX_H

#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"

enum outbox_kind {
    OUTBOX_MAIL = 1,
    OUTBOX_WEBHOOK,
};
extern const struct choices outbox_kind_choices;

enum outbox_state {
    OUTBOX_PENDING = 1,
    OUTBOX_DELIVERED,
    OUTBOX_DEAD, /* given up; can be sent again by hand */
};
extern const struct choices outbox_state_choices;

struct outbox {
    struct id id;
    enum outbox_kind kind;
    enum outbox_state state;
    int64_t attempts;
    int64_t next_at;   /* when it is tried next */
    const char *event; /* "invoice.issued" */
    struct id subject_id;
    struct id endpoint_id; /* of a webhook */
    const char *recipient; /* of a mail */
    const char *payload;
    const char *last_error;
    int64_t created_at;
    int64_t delivered_at;
};
extern const struct shape outbox_shape;

/* Puts what was delivered or given up back in line, as if it had never been tried.
 * ERROR_WRONG_STATE, field "state": it is in line already. */
enum error outbox_replay(struct outbox *message, int64_t now_ms, struct fault *fault) WARN_UNUSED;

#endif
