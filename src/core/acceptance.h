/* Deciding on a submission, criterion by criterion. An acceptance ends in a certificate; a
 * rejection names at least one criterion that is not met. */
#ifndef WAYMARK_CORE_ACCEPTANCE_H
#define WAYMARK_CORE_ACCEPTANCE_H

#include "core/acceptance_clock.h"
#include "core/certificate.h"
#include "core/milestone.h"
#include "core/policy.h"
#include "core/submission.h"

/* What is decided on: one milestone and its present submission. All of these leave both as they
 * were when they refuse. Common errors: ERROR_WRONG_STATE for "state"; ERROR_INVALID for
 * "decisions/2/criterion" if it is not the milestone's or is there twice, for
 * "decisions/2/severity", "decisions/2/remedy" or "decisions/2/carry_to" if that does not go with
 * being met or not, with the decision on the whole or with the terms. */

/* Every criterion is decided and met, or has a defect that is minor or does not justify a refusal
 * by the terms, and the rights are reserved in words; or it is carried to a later milestone, if the
 * terms allow that (milestone_carry is the caller's), which may be any but the last. Fills
 * certificate, but for its id, which is set. reservations may be NULL. ERROR_INVALID for
 * "decisions" if one is not decided, for "decisions/2/met" if the defect is worse, for
 * "reservations" if they are missing. */
enum error submission_accept(struct submission *submission, struct milestone *milestone,
                             const struct contract_terms *terms, const struct list *decisions,
                             const char *reservations, const struct actor *actor, int64_t now_ms,
                             struct certificate *certificate, struct fault *fault) WARN_UNUSED;

/* ERROR_INVALID for "reason_code" or "reason" if missing, for "decisions" if no criterion is named
 * as not met, or none with a defect that justifies a refusal by the terms. A milestone without
 * criteria is rejected by reason alone. */
enum error submission_reject(struct submission *submission, struct milestone *milestone,
                             const struct contract_terms *terms, const struct list *decisions,
                             enum rejection_reason reason_code, const char *reason,
                             const struct actor *actor, int64_t now_ms,
                             struct fault *fault) WARN_UNUSED;

/* Silence: the clock has run out. now_ms is the moment at which it did. ERROR_WRONG_STATE for
 * "deadline_day" if it has not by today, for "silence" if the contract gives silence no effect or
 * the notice was not given. */
enum error submission_deem(struct submission *submission, struct milestone *milestone,
                           const struct acceptance_clock *clock, int32_t today, int64_t now_ms,
                           struct certificate *certificate, struct fault *fault) WARN_UNUSED;

#endif
