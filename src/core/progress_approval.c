#include "core/progress_approval.h"

#include "core/fields.h"

static const struct field progress_approval_fields[] = {
    ID_FIELD(struct progress_approval),
    FIELD(struct progress_approval, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct progress_approval, milestone_id, ID, .flags = REQUIRED),
    FIELD(struct progress_approval, progress_claim_id, ID, .flags = REQUIRED),
    FIELD(struct progress_approval, sequence, INTEGER, .minimum = 1, .maximum = APPROVERS_LIMIT),
    FIELD(struct progress_approval, approved_by, ID, .flags = REQUIRED),
    FIELD(struct progress_approval, approved_by_name, TEXT, .flags = REQUIRED),
    FIELD(struct progress_approval, approved_by_role, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct progress_approval, method, CHOICE, .flags = REQUIRED, .choices = &method_choices),
    FIELD(struct progress_approval, approved_at, MOMENT, .flags = REQUIRED),
    FIELD(struct progress_approval, note, TEXT, .limit = TEXT_LIMIT),
};
const struct shape progress_approval_shape =
    SHAPE("progress_approval", struct progress_approval, progress_approval_fields);

enum error progress_approval_give(struct progress_approval *approval,
                                  const struct progress_claim *claim, const struct list *earlier,
                                  const char *note, const struct actor *actor, int64_t now_ms,
                                  struct fault *fault)
{
    for (size_t i = 0; i < earlier->count; i++) {
        if (id_equal(LIST_AT(struct progress_approval, *earlier, i)->approved_by, actor->id))
            return refuse(fault, ERROR_CONFLICT, "approved_by",
                          "you have approved it; somebody else has to, too");
    }
    *approval = (struct progress_approval){
        .id = approval->id,
        .engagement_id = claim->engagement_id,
        .milestone_id = claim->milestone_id,
        .progress_claim_id = claim->id,
        .sequence = (int64_t)earlier->count + 1,
        .approved_by = actor->id,
        .approved_by_name = actor->name,
        .approved_by_role = actor->role,
        .method = actor->method,
        .approved_at = now_ms,
        .note = note,
    };
    return OK;
}
