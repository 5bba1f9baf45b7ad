#include "action/meeting.h"

#include "base/limits.h"
#include "core/engagement.h"
#include "store/meeting.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_meetings),
    FIELD(struct list_meetings, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_meetings, first_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_meetings, with_older, BOOLEAN, .flags = FROM_QUERY),
    FIELD(struct list_meetings, from_day, DAY, .flags = FROM_QUERY),
};
static const struct shape list_shape = SHAPE("list_meetings", struct list_meetings, list_fields);

static const struct shape page_shape = PAGE_SHAPE("meeting_page", meeting_shape);

/* A version that is not shared hides none that is. */
static const struct list_filter filters[] = {
    {"with_older", ":with_older = 1 OR NOT EXISTS ("
                   "SELECT 1 FROM meeting o WHERE o.company = meeting.company"
                   " AND o.first_id = meeting.first_id AND o.revision > meeting.revision"
                   " AND (:viewer_is_agency = 1 OR o.is_shared = 1))"},
    {"from_day", "day >= :from_day"},
    {0},
};

static const struct listing meetings = {
    .shape = &meeting_shape,
    .sorts = (const char *const[]){"day", "title", NULL},
    .filters = filters,
};

static enum error list_meetings(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct list_meetings *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &meetings, &list_shape, in, output, fault);
}

const struct operation list_meetings_operation = {
    .name = "list_meetings",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_meetings,
};

static const struct shape subject_shape = SUBJECT_SHAPE(meeting_id);

const struct operation show_meeting_operation = {
    .name = "show_meeting",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &meeting_shape,
};

/* ---- writing ------------------------------------------------------------------------------- */

/* Whether that can be recorded of the engagement. */
static enum error check_meeting(struct call *call, struct id engagement_id,
                                const struct meeting *in, struct fault *fault)
{
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, engagement_id, &engagement, fault);
    if (!error)
        error = engagement_check_going(&engagement, fault);
    return error ? error : meeting_check(in, call_today(call, engagement.time_zone), fault);
}

static enum error keep_version(struct call *call, const struct shape *form,
                               const struct meeting *in, const struct meeting *before,
                               struct meeting *meeting, struct fault *fault)
{
    shape_init(&meeting_shape, meeting);
    shape_copy(form, in, meeting);
    meeting->id = call_id(call);
    meeting->engagement_id = before ? before->engagement_id : in->engagement_id;
    meeting->first_id = before ? before->first_id : meeting->id;
    meeting->revision = before ? before->revision + 1 : 1;
    meeting->recorded_by = call->actor.id;
    meeting->recorded_by_name = call->actor.name;
    meeting->created_at = call->now_ms;
    happened(call, before ? "meeting.revised" : "meeting.recorded", meeting->id,
             meeting->engagement_id);
    return insert_row(call, &meeting_shape, meeting, fault);
}

#define MEETING_FORM                                                                               \
    FIELD(struct meeting, title, TEXT, .flags = REQUIRED),                                         \
        FIELD(struct meeting, day, DAY, .flags = REQUIRED),                                        \
        FIELD(struct meeting, participants, LIST, .flags = REQUIRED, .limit = SHORT_LIST_LIMIT,    \
              .shape = &meeting_participant_shape),                                                \
        FIELD(struct meeting, notes, TEXT, .limit = LONG_TEXT_LIMIT),                              \
        FIELD(struct meeting, decisions, LIST, .limit = SHORT_LIST_LIMIT,                          \
              .shape = &meeting_decision_shape),                                                   \
        FIELD(struct meeting, actions, LIST, .limit = SHORT_LIST_LIMIT,                            \
              .shape = &meeting_action_shape),                                                     \
        FIELD(struct meeting, is_shared, BOOLEAN, .flags = 0)

static const struct field record_fields[] = {
    FIELD(struct meeting, engagement_id, ID, .flags = FROM_PATH),
    MEETING_FORM,
};
static const struct shape record_shape = SHAPE("record_meeting", struct meeting, record_fields);

static enum error record_meeting(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct meeting *in = input;
    enum error error = check_meeting(call, in->engagement_id, in, fault);
    return error ? error : keep_version(call, &record_shape, in, NULL, output, fault);
}

const struct operation record_meeting_operation = {
    .name = "record_meeting",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &record_shape,
    .out = &meeting_shape,
    .run = record_meeting,
};

static const struct field revise_fields[] = {
    ID_FROM_PATH(struct meeting, meeting_id),
    MEETING_FORM,
};
static const struct shape revise_shape = SHAPE("revise_meeting", struct meeting, revise_fields);

static enum error revise_meeting(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct meeting *in = input;
    struct meeting before;
    int64_t last = 0;
    enum error error = load_row(call, &meeting_shape, in->id, &before, fault);
    if (!error)
        error = find_last_revision(&call->store, before.first_id, &last, fault);
    if (!error && before.revision != last)
        error = refuse(fault, ERROR_WRONG_STATE, "revision",
                       "there is a later version of this record: %lld", (long long)last);
    if (!error)
        error = check_meeting(call, before.engagement_id, in, fault);
    return error ? error : keep_version(call, &revise_shape, in, &before, output, fault);
}

const struct operation revise_meeting_operation = {
    .name = "revise_meeting",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &revise_shape,
    .out = &meeting_shape,
    .run = revise_meeting,
};
