/* A contact is a person of a client, who enters by one-time links sent to the address on record. On
 * request the person is erased: what is PERSONAL goes, what they decided stays. */
#ifndef WAYMARK_CORE_CONTACT_H
#define WAYMARK_CORE_CONTACT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

/* Where mails went until then. */
struct former_address {
    const char *email;
    int64_t until_at;
};

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
    int64_t invited_at;           /* last */
    struct list former_addresses; /* struct former_address, in their order; none once erased */
};
extern const struct shape contact_shape;

/* Gives the contact another address and keeps the old one, so that what went there while it was
 * theirs can be erased. ERROR_WRONG_STATE for "email" after LIST_LIMIT of them. */
enum error contact_move(struct arena *arena, struct contact *contact, const char *email,
                        int64_t now_ms, struct fault *fault) WARN_UNUSED;

/* A disabled contact cannot enter. Errors: ERROR_WRONG_STATE, field "disabled_at". */
enum error contact_disable(struct contact *contact, int64_t now_ms,
                           struct fault *fault) WARN_UNUSED;
enum error contact_enable(struct contact *contact, struct fault *fault) WARN_UNUSED;

/* What an active person is needed for: being changed or written to. ERROR_WRONG_STATE, field
 * "disabled_at" or "erased_at". */
enum error contact_check_active(const struct contact *contact, struct fault *fault) WARN_UNUSED;

/* Takes away all that is PERSONAL, and disables. For good. ERROR_WRONG_STATE, field "erased_at". */
enum error contact_erase(struct contact *contact, int64_t now_ms, struct fault *fault) WARN_UNUSED;

#endif
