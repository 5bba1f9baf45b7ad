#include "core/approval.h"

#include "base/text.h"
#include "core/fields.h"

static const struct field approval_fields[] = {
    ID_FIELD(struct approval),
    FIELD(struct approval, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct approval, milestone_id, ID, .flags = REQUIRED),
    FIELD(struct approval, submission_id, ID, .flags = REQUIRED),
    FIELD(struct approval, sequence, INTEGER, .minimum = 1, .maximum = APPROVERS_LIMIT),
    FIELD(struct approval, approved_by, ID, .flags = REQUIRED),
    FIELD(struct approval, approved_by_name, TEXT, .flags = REQUIRED),
    FIELD(struct approval, approved_by_role, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct approval, method, CHOICE, .flags = REQUIRED, .choices = &method_choices),
    FIELD(struct approval, approved_at, MOMENT, .flags = REQUIRED),
    FIELD(struct approval, reservations, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct approval, decisions, LIST, .limit = SHORT_LIST_LIMIT, .shape = &decision_shape),
};
const struct shape approval_shape = SHAPE("approval", struct approval, approval_fields);

size_t approvals_needed(const struct contract_terms *terms, const struct milestone *milestone)
{
    int64_t needed = terms->approvers_needed > 1 ? terms->approvers_needed : 1;
    const struct approver_limit *limit = terms->one_approver_limit;
    bool is_above = limit && milestone->price_minor > limit->amount_minor;
    return is_above && needed < 2 ? 2 : (size_t)needed;
}

/* Notes are each person's own. */
static bool is_same(const struct decision *a, const struct decision *b)
{
    return text_same(a->criterion, b->criterion) && a->met == b->met &&
           a->severity == b->severity && a->remedy == b->remedy &&
           text_same(a->carry_to, b->carry_to) && a->correct_by_day == b->correct_by_day;
}

static bool is_among(const struct list *decisions, const struct decision *decision)
{
    for (size_t i = 0; i < decisions->count; i++) {
        if (is_same(LIST_AT(struct decision, *decisions, i), decision))
            return true;
    }
    return false;
}

static bool decide_alike(const struct list *a, const struct list *b)
{
    for (size_t i = 0; i < a->count; i++) {
        if (!is_among(b, LIST_AT(struct decision, *a, i)))
            return false;
    }
    return a->count == b->count;
}

static enum error check_beside(const struct list *earlier, const struct list *decisions,
                               const struct actor *actor, struct fault *fault)
{
    for (size_t i = 0; i < earlier->count; i++) {
        const struct approval *other = LIST_AT(struct approval, *earlier, i);
        if (id_equal(other->approved_by, actor->id))
            return refuse(fault, ERROR_CONFLICT, "approved_by",
                          "you have approved it; somebody else has to, too");
        if (!decide_alike(decisions, &other->decisions))
            return refuse(fault, ERROR_CONFLICT, "decisions",
                          "%s approved with other decisions: decide alike, or reject it",
                          other->approved_by_name);
    }
    return OK;
}

enum error approval_give(struct approval *approval, const struct submission *submission,
                         const struct list *earlier, const struct list *decisions,
                         const char *reservations, const struct actor *actor, int64_t now_ms,
                         struct fault *fault)
{
    enum error error = check_beside(earlier, decisions, actor, fault);
    if (error)
        return error;
    *approval = (struct approval){
        .id = approval->id,
        .engagement_id = submission->engagement_id,
        .milestone_id = submission->milestone_id,
        .submission_id = submission->id,
        .sequence = (int64_t)earlier->count + 1,
        .approved_by = actor->id,
        .approved_by_name = actor->name,
        .approved_by_role = actor->role,
        .method = actor->method,
        .approved_at = now_ms,
        .reservations = reservations,
        .decisions = *decisions,
    };
    return OK;
}
