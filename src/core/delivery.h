/* When the two sides may work and hand over: what the engagement's state says above the
 * milestone's. */
#ifndef WAYMARK_CORE_DELIVERY_H
#define WAYMARK_CORE_DELIVERY_H

#include "core/engagement.h"

/* Starting, submitting and reworking need an active engagement. ERROR_WRONG_STATE for
 * "engagement". */
enum error delivery_check_work(const struct engagement *engagement,
                               struct fault *fault) WARN_UNUSED;

/* What was handed over may still be decided on, or taken back, while work rests; no longer once the
 * engagement was terminated. ERROR_WRONG_STATE for "engagement". */
enum error delivery_check_decision(const struct engagement *engagement,
                                   struct fault *fault) WARN_UNUSED;

#endif
