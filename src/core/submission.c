#include "core/submission.h"

#include "core/fields.h"

static const char *const submission_states[] = {
    [SUBMISSION_SUBMITTED] = "submitted", [SUBMISSION_WITHDRAWN] = "withdrawn",
    [SUBMISSION_ACCEPTED] = "accepted",   [SUBMISSION_DEEMED_ACCEPTED] = "deemed_accepted",
    [SUBMISSION_REJECTED] = "rejected",
};
const struct choices submission_state_choices = CHOICES("submission_state", submission_states);

static const char *const severities[] = {
    [SEVERITY_NONE] = "none",
    [SEVERITY_MINOR] = "minor",
    [SEVERITY_MAJOR] = "major",
    [SEVERITY_CRITICAL] = "critical",
};
const struct choices severity_choices = CHOICES("severity", severities);

static const char *const rejection_reasons[] = {
    [REJECTION_CRITERION_NOT_MET] = "criterion_not_met",
    [REJECTION_DEFECT] = "defect",
    [REJECTION_INCOMPLETE] = "incomplete",
    [REJECTION_NOT_AS_AGREED] = "not_as_agreed",
    [REJECTION_OTHER] = "other",
};
const struct choices rejection_reason_choices = CHOICES("rejection_reason", rejection_reasons);

static const struct field delivered_fields[] = {
    FIELD(struct delivered, title, TEXT, .flags = REQUIRED),
    FIELD(struct delivered, kind, CHOICE, .flags = REQUIRED, .choices = &deliverable_kind_choices),
    FIELD(struct delivered, file_id, ID, OPTIONAL),
    FIELD(struct delivered, name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct delivered, mime, TEXT, .limit = MIME_LIMIT),
    FIELD(struct delivered, size, INTEGER, .minimum = 0, .maximum = UPLOAD_LIMIT),
    FIELD(struct delivered, hash, HASH, OPTIONAL),
    FIELD(struct delivered, link, TEXT, .limit = URL_LIMIT),
};
const struct shape delivered_shape = SHAPE("delivered", struct delivered, delivered_fields);

static const struct field decision_fields[] = {
    FIELD(struct decision, criterion, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct decision, met, BOOLEAN, .flags = REQUIRED),
    FIELD(struct decision, severity, CHOICE, .flags = REQUIRED, .choices = &severity_choices,
          .initial = SEVERITY_NONE),
    FIELD(struct decision, note, TEXT, .limit = TEXT_LIMIT),
};
const struct shape decision_shape = SHAPE("decision", struct decision, decision_fields);

static const struct field submission_fields[] = {
    ID_FIELD(struct submission),
    VERSION_FIELD(struct submission),
    FIELD(struct submission, milestone_id, ID, .flags = REQUIRED),
    FIELD(struct submission, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct submission, round, INTEGER, COUNT_RANGE, .initial = 1),
    FIELD(struct submission, state, CHOICE, .flags = REQUIRED, .choices = &submission_state_choices,
          .initial = SUBMISSION_SUBMITTED),
    FIELD(struct submission, note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct submission, deliverables, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &delivered_shape),
    FIELD(struct submission, decisions, LIST, .limit = SHORT_LIST_LIMIT, .shape = &decision_shape),
    FIELD(struct submission, submitted_by, ID, .flags = REQUIRED),
    FIELD(struct submission, submitted_by_name, TEXT, .flags = REQUIRED),
    FIELD(struct submission, submitted_at, MOMENT, .flags = REQUIRED),
    FIELD(struct submission, clock_start_at, MOMENT, OPTIONAL),
    FIELD(struct submission, deadline_at, MOMENT, OPTIONAL),
    FIELD(struct submission, reason_code, CHOICE, .choices = &rejection_reason_choices),
    FIELD(struct submission, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct submission, decided_by, ID, OPTIONAL),
    FIELD(struct submission, decided_by_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct submission, decided_by_role, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct submission, decided_at, MOMENT, OPTIONAL),
    FIELD(struct submission, method, CHOICE, .choices = &method_choices),
};
const struct shape submission_shape = SHAPE("submission", struct submission, submission_fields);
