/* A contact is a person of a client, who enters by one-time links sent to the address on record. On
 * request the person is erased: what is PERSONAL goes, what they decided stays. */
#ifndef WAYMARK_CORE_CONTACT_H
#define WAYMARK_CORE_CONTACT_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

struct contact {
    struct id id;
    int64_t version;
    struct id client_id;
    const char *name;  /* none once erased */
    const char *email; /* lower case, unique in the company; none once erased */
    const char *phone;
    const char *title; /* "contracting officer's representative" */
    enum contact_role role;
    int64_t disabled_at;
    int64_t erased_at;
    int64_t created_at;
};
extern const struct shape contact_shape;

#endif
