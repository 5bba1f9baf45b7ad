/* An engagement is one piece of work for one client, from the first conversation to the last
 * payment. */
#ifndef WAYMARK_CORE_ENGAGEMENT_H
#define WAYMARK_CORE_ENGAGEMENT_H

#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"

enum engagement_state {
    ENGAGEMENT_CONSULTATION = 1,
    ENGAGEMENT_PROPOSAL,
    ENGAGEMENT_CONTRACTING,
    ENGAGEMENT_ACTIVE,
    ENGAGEMENT_SUSPENDED,
    ENGAGEMENT_COMPLETED,
    ENGAGEMENT_TERMINATED,
};
extern const struct choices engagement_state_choices;

struct engagement {
    struct id id;
    int64_t version;
    struct id client_id;
    const char *title;
    const char *reference; /* the client's order, printed on its invoices */
    enum engagement_state state;
    const char *currency;
    const char *time_zone; /* IANA name; the contract's clocks start from it */
    const char *summary;
    int32_t kickoff_day;
    const char *kickoff_note;
    int64_t created_at;
};
extern const struct shape engagement_shape;

enum engagement_event {
    ENGAGEMENT_PROPOSE = 1, /* a proposal is sent, also a further one */
    ENGAGEMENT_AGREE,       /* a proposal is accepted */
    ENGAGEMENT_REOPEN,      /* the contract was declined */
    ENGAGEMENT_ACTIVATE,    /* all have signed */
    ENGAGEMENT_SUSPEND,
    ENGAGEMENT_RESUME,
    ENGAGEMENT_COMPLETE,
    ENGAGEMENT_TERMINATE,
    ENGAGEMENT_EVENT_COUNT,
};

/* ERROR_WRONG_STATE for "state". */
enum error engagement_advance(struct engagement *engagement, enum engagement_event event,
                              struct fault *fault) WARN_UNUSED;

/* Whether requirements and proposals may still change: until a proposal is accepted.
 * ERROR_WRONG_STATE for "state". */
enum error engagement_check_open(const struct engagement *engagement,
                                 struct fault *fault) WARN_UNUSED;

/* Whether changed may take the place of engagement. ERROR_WRONG_STATE when it has ended, and for
 * "currency" or "time_zone" once a proposal was sent, which states both. */
enum error engagement_check_change(const struct engagement *engagement,
                                   const struct engagement *changed,
                                   struct fault *fault) WARN_UNUSED;

/* Whether anything may still be arranged. ERROR_WRONG_STATE for "state" once it has ended. */
enum error engagement_check_going(const struct engagement *engagement,
                                  struct fault *fault) WARN_UNUSED;

/* Whether work may start, go on and be handed over: in an active engagement. ERROR_WRONG_STATE for
 * "engagement". */
enum error engagement_check_work(const struct engagement *engagement,
                                 struct fault *fault) WARN_UNUSED;

/* Whether what was handed over may be decided on, or taken back: also while work rests, no longer
 * once the engagement was terminated. ERROR_WRONG_STATE for "engagement". */
enum error engagement_check_decision(const struct engagement *engagement,
                                     struct fault *fault) WARN_UNUSED;

/* Records the kickoff. ERROR_WRONG_STATE unless the engagement is active, ERROR_INVALID for
 * "kickoff_day" if it is none. */
enum error engagement_kick_off(struct engagement *engagement, int32_t day, const char *note,
                               struct fault *fault) WARN_UNUSED;

#endif
