#include "action/comment.h"

#include "action/mail_parts.h"
#include "action/scope_mail.h"
#include "base/limits.h"
#include "core/engagement.h"
#include "core/milestone.h"
#include "core/proposal.h"
#include "core/requirement.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_comments),
    FIELD(struct list_comments, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_comments, subject_id, ID, .flags = FROM_QUERY),
};
static const struct shape list_shape = SHAPE("list_comments", struct list_comments, list_fields);

static const struct shape page_shape = PAGE_SHAPE("comment_page", comment_shape);

static const struct listing comments = {.shape = &comment_shape};

static enum error list_comments(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct list_comments *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &comments, &list_shape, in, output, fault);
}

const struct operation list_comments_operation = {
    .name = "list_comments",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_comments,
};

/* ---- adding -------------------------------------------------------------------------------- */

static const char *const subject_names[] = {
    [COMMENT_ON_PROPOSAL] = "proposal",
    [COMMENT_ON_REQUIREMENT] = "requirement",
    [COMMENT_ON_MILESTONE] = "milestone",
};
static const struct choices subject_choices = CHOICES("comment_subject", subject_names);

/* What can be spoken of, what it is called, and who of the agency has to do with it. */
static const struct {
    const struct shape *shape;
    const char *place; /* where it is shown; NULL: with the others of its engagement */
    enum word word;
    enum user_role staff;
} subjects[] = {
    [COMMENT_ON_PROPOSAL] = {&proposal_shape, "proposals", WORD_MAIL_ABOUT_PROPOSAL, USER_SALES},
    [COMMENT_ON_REQUIREMENT] = {&requirement_shape, NULL, WORD_MAIL_ABOUT_REQUIREMENT, USER_SALES},
    [COMMENT_ON_MILESTONE] = {&milestone_shape, "milestones", WORD_MAIL_ABOUT_MILESTONE,
                              USER_DELIVERY},
};

static const struct field add_fields[] = {
    FIELD(struct add_comment, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct add_comment, subject_kind, CHOICE, .flags = REQUIRED, .choices = &subject_choices),
    FIELD(struct add_comment, subject_id, ID, .flags = REQUIRED),
    FIELD(struct add_comment, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape add_shape = SHAPE("add_comment", struct add_comment, add_fields);

/* Whether the row is a draft that only the agency knows. */
static bool is_draft(const struct shape *shape, const void *row)
{
    const struct field *sent_at = shape_field(shape, "sent_at", NULL);
    return sent_at && field_is_none(sent_at, row);
}

/* The subject must be there for both sides, within the engagement. */
static enum error load_subject_of(struct call *call, const struct add_comment *in, void **subject,
                                  struct fault *fault)
{
    const struct shape *shape = subjects[in->subject_kind].shape;
    void *row = *subject = arena_alloc(call->arena, shape->size);
    enum error error = load_row(call, shape, in->subject_id, row, fault);
    if (error && error != ERROR_NOT_FOUND)
        return error;
    const struct field *engagement_id = shape_field(shape, "engagement_id", NULL);
    if (error || !id_equal(*(const struct id *)field_of(engagement_id, row), in->engagement_id))
        return refuse(fault, ERROR_INVALID, "subject_id", "this engagement has no such %s",
                      shape->name);
    if (is_draft(shape, row))
        return refuse(fault, ERROR_WRONG_STATE, "subject_id",
                      "the client would read it, and does not see this %s yet", shape->name);
    return OK;
}

/* "requirement R1", "revision 2 of the proposal". */
static struct saying name_of(struct call *call, enum comment_subject kind, const void *row)
{
    const struct field *code = shape_field(subjects[kind].shape, "code", NULL);
    return SAY(call->arena, subjects[kind].word,
               code ? said_text(*(const char *const *)field_of(code, row))
                    : said_number(((const struct proposal *)row)->revision));
}

static const char *link_to(struct call *call, const struct add_comment *in)
{
    const char *place = subjects[in->subject_kind].place;
    return place ? mail_link(call, place, in->subject_id)
                 : mail_requirements_link(call, in->engagement_id);
}

static enum error add_comment(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct add_comment *in = input;
    struct engagement engagement;
    void *subject;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (!error)
        error = load_subject_of(call, in, &subject, fault);
    if (error)
        return error;
    struct comment *comment = output;
    *comment = (struct comment){
        .id = call_id(call),
        .engagement_id = engagement.id,
        .subject_id = in->subject_id,
        .author_kind = call->actor.kind,
        .author_id = call->actor.id,
        .author_name = call->actor.name,
        .text = in->text,
        .created_at = call->now_ms,
    };
    happened(call, "comment.added", comment->id, engagement.id);
    error = insert_row(call, &comment_shape, comment, fault);
    return error ? error
                 : mail_comment_added(call, &engagement, comment,
                                      name_of(call, in->subject_kind, subject), link_to(call, in),
                                      subjects[in->subject_kind].staff, fault);
}

const struct operation add_comment_operation = {
    .name = "add_comment",
    .permission = PERMIT_COMMENT,
    .writes = true,
    .in = &add_shape,
    .out = &comment_shape,
    .run = add_comment,
};
