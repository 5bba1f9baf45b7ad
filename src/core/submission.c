#include "core/submission.h"

#include <stdio.h>
#include <string.h>

#include "core/fields.h"
#include "core/machine.h"

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

static const char *const remedies[] = {
    [REMEDY_REWORK] = "rework",
    [REMEDY_CARRY] = "carry",
    [REMEDY_DROP] = "drop",
};
const struct choices remedy_choices = CHOICES("remedy", remedies);

static const struct field decision_fields[] = {
    FIELD(struct decision, criterion, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct decision, met, BOOLEAN, .flags = REQUIRED),
    FIELD(struct decision, severity, CHOICE, .flags = REQUIRED, .choices = &severity_choices,
          .initial = SEVERITY_NONE),
    FIELD(struct decision, note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct decision, correct_by_day, DAY, .flags = ADDED_LATER),
    FIELD(struct decision, remedy, CHOICE, .flags = ADDED_LATER, .choices = &remedy_choices),
    FIELD(struct decision, carry_to, TEXT, .flags = ADDED_LATER, .limit = CODE_LIMIT),
};
const struct shape decision_shape = SHAPE("decision", struct decision, decision_fields);

static const char *const notice_kinds[] = {
    [NOTICE_REQUEST] = "request",
    [NOTICE_REMINDER] = "reminder",
};
static const struct choices notice_kind_choices = CHOICES("notice_kind", notice_kinds);

static const struct field acceptance_notice_fields[] = {
    FIELD(struct acceptance_notice, kind, CHOICE, .flags = REQUIRED,
          .choices = &notice_kind_choices),
    FIELD(struct acceptance_notice, contact_id, ID, .flags = REQUIRED),
    FIELD(struct acceptance_notice, message_id, ID, .flags = REQUIRED),
    FIELD(struct acceptance_notice, sent_at, MOMENT, .flags = REQUIRED),
};
const struct shape acceptance_notice_shape =
    SHAPE("acceptance_notice", struct acceptance_notice, acceptance_notice_fields);

static const struct field submission_fields[] = {
    ID_FIELD(struct submission),
    VERSION_FIELD(struct submission),
    FIELD(struct submission, milestone_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct submission, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct submission, round, INTEGER, .flags = FIXED, COUNT_RANGE, .initial = 1),
    FIELD(struct submission, state, CHOICE, .flags = REQUIRED, .choices = &submission_state_choices,
          .initial = SUBMISSION_SUBMITTED),
    FIELD(struct submission, note, TEXT, .flags = FIXED, .limit = TEXT_LIMIT),
    FIELD(struct submission, deliverables, LIST, .flags = FIXED, .limit = SHORT_LIST_LIMIT,
          .shape = &delivered_shape),
    FIELD(struct submission, decisions, LIST, .limit = SHORT_LIST_LIMIT, .shape = &decision_shape),
    FIELD(struct submission, submitted_by, ID, .flags = REQUIRED | FIXED),
    FIELD(struct submission, submitted_by_name, TEXT, .flags = REQUIRED | FIXED),
    FIELD(struct submission, submitted_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct submission, clock_start_at, MOMENT, OPTIONAL),
    FIELD(struct submission, deadline_at, MOMENT, OPTIONAL),
    FIELD(struct submission, notices, LIST, .limit = LIST_LIMIT, .shape = &acceptance_notice_shape),
    FIELD(struct submission, reason_code, CHOICE, .choices = &rejection_reason_choices),
    FIELD(struct submission, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct submission, decided_by, ID, OPTIONAL),
    FIELD(struct submission, decided_by_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct submission, decided_by_role, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct submission, decided_at, MOMENT, OPTIONAL),
    FIELD(struct submission, method, CHOICE, .choices = &method_choices),
    FIELD(struct submission, disputed_at, MOMENT, .flags = ADDED_LATER),
    FIELD(struct submission, clock_days, INTEGER, .flags = ADDED_LATER | NULLABLE, DAYS_RANGE),
    FIELD(struct submission, objection_until_at, MOMENT, .flags = ADDED_LATER),
};
const struct shape submission_shape = SHAPE("submission", struct submission, submission_fields);

/* ---- states -------------------------------------------------------------------------------- */

static const char *const submission_verbs[] = {
    [SUBMISSION_WITHDRAW] = "withdrawn",
    [SUBMISSION_ACCEPT] = "accepted",
    [SUBMISSION_DEEM] = "deemed accepted",
    [SUBMISSION_REJECT] = "rejected",
};

static const unsigned char submission_steps[][SUBMISSION_EVENT_COUNT] = {
    [SUBMISSION_SUBMITTED] =
        {
            [SUBMISSION_WITHDRAW] = SUBMISSION_WITHDRAWN,
            [SUBMISSION_ACCEPT] = SUBMISSION_ACCEPTED,
            [SUBMISSION_DEEM] = SUBMISSION_DEEMED_ACCEPTED,
            [SUBMISSION_REJECT] = SUBMISSION_REJECTED,
        },
    [SUBMISSION_WITHDRAWN] = {0},
    [SUBMISSION_ACCEPTED] = {0},
    [SUBMISSION_DEEMED_ACCEPTED] = {0},
    [SUBMISSION_REJECTED] = {0},
};

static const struct machine submission_machine =
    MACHINE("submission", "state", &submission_state_choices, submission_verbs, submission_steps);

enum error submission_check_free(const struct submission *submission, struct fault *fault)
{
    if (submission->disputed_at == 0)
        return OK;
    return refuse(fault, ERROR_WRONG_STATE, "dispute",
                  "a dispute on it is open: nothing is decided until that ends");
}

enum error submission_advance(struct submission *submission, enum submission_event event,
                              struct fault *fault)
{
    int state = (int)submission->state;
    enum error error = submission_check_free(submission, fault);
    if (!error)
        error = machine_step(&submission_machine, &state, (int)event, fault);
    submission->state = (enum submission_state)state;
    return error;
}

/* ---- handing over -------------------------------------------------------------------------- */

static bool is_empty(const char *text)
{
    return !text || !*text;
}

static bool is_web_address(const char *link)
{
    return !is_empty(link) && strlen(link) <= URL_LIMIT && !strpbrk(link, " \t\r\n\"<>") &&
           (strncmp(link, "https://", 8) == 0 || strncmp(link, "http://", 7) == 0);
}

/* The member that is wrong, or NULL. */
static const char *wrong_member(const struct delivered *delivered)
{
    static const struct hash no_hash;
    if (is_empty(delivered->title))
        return "title";
    if (delivered->kind == DELIVERABLE_LINK)
        return is_web_address(delivered->link) ? NULL : "link";
    if (delivered->kind != DELIVERABLE_FILE)
        return "kind";
    if (id_is_none(delivered->file_id))
        return "file_id";
    if (is_empty(delivered->name))
        return "name";
    return hash_equal(delivered->hash, no_hash) ? "hash" : NULL;
}

static size_t count_delivered(const struct list *delivered, const struct deliverable *wanted)
{
    size_t count = 0;
    for (size_t i = 0; i < delivered->count; i++) {
        const struct delivered *one = LIST_AT(struct delivered, *delivered, i);
        count += one->kind == wanted->kind && strcmp(one->title, wanted->title) == 0;
    }
    return count;
}

static enum error check_deliverables(const struct list *delivered, const struct list *wanted,
                                     struct fault *fault)
{
    for (size_t i = 0; i < delivered->count; i++) {
        char field[FAULT_FIELD_MAX];
        const char *wrong = wrong_member(LIST_AT(struct delivered, *delivered, i));
        snprintf(field, sizeof field, "deliverables/%zu/%s", i, wrong ? wrong : "");
        if (wrong)
            return refuse(fault, ERROR_INVALID, field, "is missing or not acceptable");
    }
    for (size_t i = 0; i < wanted->count; i++) {
        const struct deliverable *one = LIST_AT(struct deliverable, *wanted, i);
        if (count_delivered(delivered, one) != 1)
            return refuse(fault, ERROR_INVALID, "deliverables",
                          "\"%s\" must be there once, as a %s", one->title,
                          choice_name(&deliverable_kind_choices, (int)one->kind));
    }
    return OK;
}

enum error submission_submit(struct submission *submission, struct milestone *milestone,
                             const struct actor *actor, int64_t now_ms, struct fault *fault)
{
    enum error error =
        check_deliverables(&submission->deliverables, &milestone->deliverables, fault);
    if (!error)
        error = milestone_advance(milestone, MILESTONE_SUBMIT, fault);
    if (error)
        return error;
    submission->version = 1;
    submission->milestone_id = milestone->id;
    submission->engagement_id = milestone->engagement_id;
    submission->round = ++milestone->round;
    submission->state = SUBMISSION_SUBMITTED;
    submission->submitted_by = actor->id;
    submission->submitted_by_name = actor->name;
    submission->submitted_at = now_ms;
    submission->disputed_at = 0;
    submission->clock_days = INTEGER_NONE;
    return OK;
}

enum error submission_withdraw(struct submission *submission, struct milestone *milestone,
                               struct fault *fault)
{
    enum error error = submission_advance(submission, SUBMISSION_WITHDRAW, fault);
    if (!error)
        error = milestone_advance(milestone, MILESTONE_WITHDRAW, fault);
    return error;
}
