/* A certificate is the acceptance of a milestone, on record: who, in which role, how, when, and
 * with which rights reserved. It is what an invoice stands on, and is never changed. */
#ifndef WAYMARK_CORE_CERTIFICATE_H
#define WAYMARK_CORE_CERTIFICATE_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"
#include "core/submission.h"

enum certificate_kind {
    CERTIFICATE_ACCEPTED = 1,
    CERTIFICATE_DEEMED_ACCEPTED,
};

struct certificate {
    struct id id;
    struct id milestone_id;
    struct id submission_id;
    struct id engagement_id;
    enum certificate_kind kind;
    struct id accepted_by; /* none for silence */
    const char *accepted_by_name;
    const char *accepted_by_role;
    enum method method;
    int64_t accepted_at;
    const char *reservations;
    struct list decisions; /* struct decision */
};
extern const struct shape certificate_shape;

#endif
