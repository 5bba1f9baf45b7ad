#include "action/defect.h"

#include "action/defect_mail.h"
#include "base/limits.h"
#include "store/defect.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_defects),
    FIELD(struct list_defects, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_defects, milestone_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_defects, certificate_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_defects, criterion, TEXT, .flags = FROM_QUERY, .limit = CODE_LIMIT),
    FIELD(struct list_defects, severity, CHOICE, .flags = FROM_QUERY, .choices = &severity_choices),
    FIELD(struct list_defects, state, CHOICE, .flags = FROM_QUERY,
          .choices = &defect_state_choices),
    FIELD(struct list_defects, overdue_on, DAY, .flags = FROM_QUERY),
};
static const struct shape list_shape = SHAPE("list_defects", struct list_defects, list_fields);

static const struct shape page_shape = PAGE_SHAPE("defect_page", defect_shape);

static const struct list_filter defect_filters[] = {
    {"overdue_on", "correct_by_day < :overdue_on AND state = 'open'"},
    {0},
};

static const struct listing defects = {
    .shape = &defect_shape,
    .sorts = (const char *const[]){"found_at", "criterion", NULL},
    .filters = defect_filters,
};

static enum error list_defects(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    const struct list_defects *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &defects, &list_shape, in, output, fault);
}

const struct operation list_defects_operation = {
    .name = "list_defects",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_defects,
};

static const struct shape subject_shape = SUBJECT_SHAPE(defect_id);

const struct operation show_defect_operation = {
    .name = "show_defect",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &defect_shape,
};

/* ---- with a decision ----------------------------------------------------------------------- */

static bool has_defect(const struct list *decisions)
{
    for (size_t i = 0; i < decisions->count; i++) {
        if (!LIST_AT(struct decision, *decisions, i)->met)
            return true;
    }
    return false;
}

enum error find_defects(struct call *call, const struct review *review, struct id certificate_id,
                        const char *words, struct defect_changes *changes, struct fault *fault)
{
    const struct submission *submission = &review->submission;
    struct list unsettled = {0};
    enum error error = OK;
    *changes = (struct defect_changes){0};
    if (submission->round == 1 && !has_defect(&submission->decisions))
        return OK;
    if (submission->round > 1)
        error = list_unsettled_defects(&call->store, review->milestone.id, &unsettled, fault);
    if (error)
        return error;
    defects_follow(call->arena, &review->milestone, submission, certificate_id, words, &unsettled,
                   changes);
    for (size_t i = 0; i < changes->found.count; i++) {
        struct id id = call_id(call);
        LIST_AT(struct defect, changes->found, i)->id = id;
        LIST_AT(struct defect, changes->open, i)->id = id; /* new ones come first there */
    }
    return OK;
}

enum error save_defects(struct call *call, const struct defect_changes *changes,
                        struct fault *fault)
{
    static const char *const names[] = {
        [DEFECT_OPEN] = "defect.found_again",
        [DEFECT_CONFIRMED] = "defect.confirmed",
        [DEFECT_PASSED_ON] = "defect.passed_on",
    };
    enum error error = OK;
    for (size_t i = 0; !error && i < changes->found.count; i++) {
        struct defect defect = *LIST_AT(struct defect, changes->found, i);
        happened(call, "defect.found", defect.id, defect.engagement_id);
        error = insert_row(call, &defect_shape, &defect, fault);
    }
    for (size_t i = 0; !error && i < changes->changed.count; i++) {
        struct defect defect = *LIST_AT(struct defect, changes->changed, i);
        happened(call, names[defect.state], defect.id, defect.engagement_id);
        error = save_row(call, &defect_shape, &defect, fault);
    }
    return error;
}

/* ---- correcting and answering -------------------------------------------------------------- */

static const struct field correct_fields[] = {
    ID_FROM_PATH(struct say_of_defect, defect_id),
    FIELD(struct say_of_defect, correction, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape correct_shape =
    SHAPE("correct_defect", struct say_of_defect, correct_fields);

static enum error correct_defect(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct say_of_defect *in = input;
    struct defect *defect = output;
    struct review review;
    enum error error = load_subject(call, &defect_shape, in->id, defect, fault);
    if (!error)
        error = load_review(call, defect->submission_id, &review, fault);
    if (!error)
        error = defect_correct(defect, in->correction, &call->actor, call->now_ms, fault);
    if (error)
        return error;
    happened(call, "defect.corrected", defect->id, defect->engagement_id);
    error = save_row(call, &defect_shape, defect, fault);
    return error ? error : mail_defect_corrected(call, &review, defect, fault);
}

const struct operation correct_defect_operation = {
    .name = "correct_defect",
    .permission = PERMIT_DELIVER,
    .writes = true,
    .in = &correct_shape,
    .out = &defect_shape,
    .run = correct_defect,
};

static const struct field answer_fields[] = {
    ID_FROM_PATH(struct say_of_defect, defect_id),
    FIELD(struct say_of_defect, answer, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape answer_shape =
    SHAPE("answer_defect", struct say_of_defect, answer_fields);

static const struct field reopen_fields[] = {
    ID_FROM_PATH(struct say_of_defect, defect_id),
    FIELD(struct say_of_defect, answer, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape reopen_shape =
    SHAPE("reopen_defect", struct say_of_defect, reopen_fields);

static enum error give_answer(struct call *call, const struct say_of_defect *in,
                              enum defect_event event, const char *name, struct defect *defect,
                              struct fault *fault)
{
    struct review review;
    enum error error = load_subject(call, &defect_shape, in->id, defect, fault);
    if (!error)
        error = load_review(call, defect->submission_id, &review, fault);
    if (!error)
        error = defect_answer(defect, event, in->answer, &call->actor, call->now_ms, fault);
    if (error)
        return error;
    happened(call, name, defect->id, defect->engagement_id);
    error = save_row(call, &defect_shape, defect, fault);
    return error ? error : mail_defect_answered(call, &review, defect, fault);
}

static enum error confirm_defect(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    return give_answer(call, input, DEFECT_CONFIRM, "defect.confirmed", output, fault);
}

static enum error reopen_defect(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    return give_answer(call, input, DEFECT_REOPEN, "defect.reopened", output, fault);
}

static enum error waive_defect(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    return give_answer(call, input, DEFECT_WAIVE, "defect.waived", output, fault);
}

#define ANSWER(function, shape_)                                                                   \
    {                                                                                              \
        .name = #function, .permission = PERMIT_ACCEPT, .writes = true, .in = &(shape_),           \
        .out = &defect_shape, .run = function                                                      \
    }
const struct operation confirm_defect_operation = ANSWER(confirm_defect, answer_shape);
const struct operation reopen_defect_operation = ANSWER(reopen_defect, reopen_shape);
const struct operation waive_defect_operation = ANSWER(waive_defect, answer_shape);
