#include "core/acceptance.h"

#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "core/contract_terms.h"

static const struct decision *decision_at(const struct list *decisions, size_t i)
{
    return LIST_AT(struct decision, *decisions, i);
}

static enum error refuse_decision(struct fault *fault, size_t i, const char *member,
                                  const char *detail)
{
    char field[FAULT_FIELD_MAX];
    snprintf(field, sizeof field, "decisions/%zu/%s", i, member);
    return refuse(fault, ERROR_INVALID, field, "%s", detail);
}

static bool is_decided(const struct list *decisions, size_t count, const char *criterion)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(decision_at(decisions, i)->criterion, criterion) == 0)
            return true;
    }
    return false;
}

static enum error check_remedy(const struct decision *decision, size_t i, struct fault *fault)
{
    if (decision->met && decision->remedy)
        return refuse_decision(fault, i, "remedy", "what is met needs none");
    if ((decision->remedy == REMEDY_CARRY) != (decision->carry_to != NULL))
        return refuse_decision(fault, i, "carry_to",
                               decision->carry_to ? "goes with the remedy \"carry\" only"
                                                  : "say which milestone it is carried to");
    return OK;
}

static enum error check_decisions(const struct list *decisions, const struct milestone *milestone,
                                  struct fault *fault)
{
    for (size_t i = 0; i < decisions->count; i++) {
        const struct decision *decision = decision_at(decisions, i);
        if (!milestone_asks(milestone, decision->criterion))
            return refuse_decision(fault, i, "criterion", "is not one of this milestone");
        if (is_decided(decisions, i, decision->criterion))
            return refuse_decision(fault, i, "criterion", "is there twice");
        bool has_defect = decision->severity > SEVERITY_NONE;
        if (decision->met == has_defect)
            return refuse_decision(fault, i, "severity",
                                   decision->met ? "what is met has no defect"
                                                 : "say how severe the defect is");
        enum error error = check_remedy(decision, i, fault);
        if (error)
            return error;
    }
    return OK;
}

/* What becomes of the rest is for the contract to allow, and goes with what is decided on the
 * whole: forbidden is the remedy of the other decision. */
static enum error check_remedies(const struct list *decisions, const struct contract_terms *terms,
                                 bool is_acceptance, struct fault *fault)
{
    bool is_allowed = terms->partial_acceptance == PARTIAL_ACCEPTANCE_BY_CRITERION;
    for (size_t i = 0; i < decisions->count; i++) {
        enum remedy remedy = decision_at(decisions, i)->remedy;
        if (is_acceptance && (remedy == REMEDY_REWORK || remedy == REMEDY_DROP))
            return refuse_decision(fault, i, "remedy",
                                   "what is to be reworked or dropped is rejected first");
        if (!is_acceptance && remedy == REMEDY_CARRY)
            return refuse_decision(fault, i, "remedy",
                                   "what is carried goes with an acceptance of the rest");
        if ((remedy == REMEDY_CARRY || remedy == REMEDY_DROP) && !is_allowed)
            return refuse_decision(fault, i, "remedy",
                                   "the contract does not allow acceptance in part");
    }
    return OK;
}

/* Minor defects can always be accepted, and what cannot be refused must be. */
static bool can_be_accepted(enum severity severity, enum severity refusal)
{
    return severity <= SEVERITY_MINOR || severity < refusal;
}

/* Every criterion decided, no defect that calls for a refusal, and rights reserved for others. */
static enum error check_acceptance(const struct list *decisions, const struct milestone *milestone,
                                   enum severity refusal, const char *reservations,
                                   struct fault *fault)
{
    size_t carried = 0;
    for (size_t c = 0; c < milestone_criterion_count(milestone); c++) {
        const char *criterion = milestone_criterion(milestone, c);
        if (!is_decided(decisions, decisions->count, criterion))
            return refuse(fault, ERROR_INVALID, "decisions", "%s is not decided", criterion);
    }
    for (size_t i = 0; i < decisions->count; i++) {
        const struct decision *decision = decision_at(decisions, i);
        carried += decision->remedy == REMEDY_CARRY;
        if (decision->remedy == REMEDY_CARRY)
            continue;
        if (!can_be_accepted(decision->severity, refusal))
            return refuse_decision(fault, i, "met", "such a defect cannot be accepted; reject it");
        if (!decision->met && text_check(reservations, "reservations", NULL) != OK)
            return refuse(fault, ERROR_INVALID, "reservations",
                          "%s is not met: accept it with the rights reserved, in words",
                          decision->criterion);
    }
    if (carried > 0 && carried == decisions->count)
        return refuse(fault, ERROR_INVALID, "decisions",
                      "nothing is left to accept: at least one criterion is not carried");
    return OK;
}

static enum error check_rejection(const struct list *decisions, const struct milestone *milestone,
                                  enum severity refusal, struct fault *fault)
{
    enum severity worst = SEVERITY_NONE;
    for (size_t i = 0; i < decisions->count; i++) {
        enum severity severity = decision_at(decisions, i)->severity;
        worst = severity > worst ? severity : worst;
    }
    if (milestone_criterion_count(milestone) == 0 || worst >= refusal)
        return OK;
    if (worst == SEVERITY_NONE)
        return refuse(fault, ERROR_INVALID, "decisions",
                      "a rejection names at least one criterion that is not met");
    return refuse(fault, ERROR_INVALID, "decisions",
                  "%s defects do not justify a rejection, only %s%s ones do; accept with "
                  "reservations",
                  choice_name(&severity_choices, (int)worst),
                  choice_name(&severity_choices, (int)refusal),
                  refusal == SEVERITY_CRITICAL ? "" : " or worse");
}

static void record_decision(struct submission *submission, const struct list *decisions,
                            const struct actor *actor, int64_t now_ms)
{
    submission->decisions = *decisions;
    submission->decided_by = actor->id;
    submission->decided_by_name = actor->name;
    submission->decided_by_role = actor->role;
    submission->decided_at = now_ms;
    submission->method = actor->method;
}

static void certify(struct certificate *certificate, enum certificate_kind kind,
                    const struct submission *submission, const char *reservations)
{
    *certificate = (struct certificate){
        .id = certificate->id,
        .milestone_id = submission->milestone_id,
        .submission_id = submission->id,
        .engagement_id = submission->engagement_id,
        .kind = kind,
        .accepted_by = submission->decided_by,
        .accepted_by_name = submission->decided_by_name,
        .accepted_by_role = submission->decided_by_role,
        .method = submission->method,
        .accepted_at = submission->decided_at,
        .reservations = reservations,
        .decisions = submission->decisions,
    };
}

enum error submission_accept(struct submission *submission, struct milestone *milestone,
                             const struct contract_terms *terms, const struct list *decisions,
                             const char *reservations, const struct actor *actor, int64_t now_ms,
                             struct certificate *certificate, struct fault *fault)
{
    struct submission accepted = *submission;
    enum error error = submission_advance(&accepted, SUBMISSION_ACCEPT, fault);
    if (!error)
        error = check_decisions(decisions, milestone, fault);
    if (!error)
        error = check_remedies(decisions, terms, true, fault);
    if (!error)
        error = check_acceptance(decisions, milestone, contract_refusal_severity(terms),
                                 reservations, fault);
    if (!error)
        error = milestone_accept(milestone, false, certificate->id, now_ms, fault);
    if (error)
        return error;
    record_decision(&accepted, decisions, actor, now_ms);
    *submission = accepted;
    certify(certificate, CERTIFICATE_ACCEPTED, submission, reservations);
    return OK;
}

enum error submission_reject(struct submission *submission, struct milestone *milestone,
                             const struct contract_terms *terms, const struct list *decisions,
                             enum rejection_reason reason_code, const char *reason,
                             const struct actor *actor, int64_t now_ms, struct fault *fault)
{
    struct submission rejected = *submission;
    enum error error = submission_advance(&rejected, SUBMISSION_REJECT, fault);
    if (!error && !reason_code)
        error = refuse(fault, ERROR_INVALID, "reason_code", "is missing");
    if (!error)
        error = text_check(reason, "reason", fault);
    if (!error)
        error = check_decisions(decisions, milestone, fault);
    if (!error)
        error = check_remedies(decisions, terms, false, fault);
    if (!error)
        error = check_rejection(decisions, milestone, contract_refusal_severity(terms), fault);
    if (!error)
        error = milestone_advance(milestone, MILESTONE_REJECT, fault);
    if (error)
        return error;
    record_decision(&rejected, decisions, actor, now_ms);
    rejected.reason_code = reason_code;
    rejected.reason = reason;
    *submission = rejected;
    return OK;
}

enum error submission_deem(struct submission *submission, struct milestone *milestone,
                           const struct acceptance_clock *clock, int32_t today, int64_t now_ms,
                           struct certificate *certificate, struct fault *fault)
{
    static const struct actor nobody = {.kind = ACTOR_SYSTEM, .method = METHOD_SILENCE};
    static const struct list no_decisions;
    if (!clock->deems)
        return refuse(fault, ERROR_WRONG_STATE, "silence",
                      "silence is no acceptance here: not agreed, or the notice was not given");
    if (!acceptance_clock_has_run_out(clock, today))
        return refuse(fault, ERROR_WRONG_STATE, "deadline_day", "the client still has time");
    struct submission deemed = *submission;
    enum error error = submission_advance(&deemed, SUBMISSION_DEEM, fault);
    if (!error)
        error = milestone_accept(milestone, true, certificate->id, now_ms, fault);
    if (error)
        return error;
    record_decision(&deemed, &no_decisions, &nobody, now_ms);
    *submission = deemed;
    certify(certificate, CERTIFICATE_DEEMED_ACCEPTED, submission, NULL);
    return OK;
}
