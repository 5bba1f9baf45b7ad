#include "core/comment.h"

#include "core/fields.h"

static const struct field comment_fields[] = {
    ID_FIELD(struct comment),
    FIELD(struct comment, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct comment, subject_id, ID, .flags = REQUIRED),
    FIELD(struct comment, author_kind, CHOICE, .flags = REQUIRED, .choices = &actor_kind_choices),
    FIELD(struct comment, author_id, ID, .flags = REQUIRED),
    FIELD(struct comment, author_name, TEXT, .flags = REQUIRED),
    FIELD(struct comment, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct comment, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape comment_shape = SHAPE("comment", struct comment, comment_fields);
