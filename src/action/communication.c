#include "action/communication.h"

#include "base/day.h"
#include "base/limits.h"
#include "core/engagement.h"
#include "store/team.h"

enum { CALENDAR_DAYS = 90, MONTH_DAYS = 31 };

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_communications),
    FIELD(struct list_communications, engagement_id, ID, .flags = FROM_PATH),
};
static const struct shape list_shape =
    SHAPE("list_communications", struct list_communications, list_fields);

static const struct shape page_shape = PAGE_SHAPE("communication_page", communication_shape);

static const struct listing communications = {
    .shape = &communication_shape,
    .sorts = (const char *const[]){"title", "from_day", NULL},
};

static enum error list_communications(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct list_communications *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error
                 : store_page(&call->store, &communications, &list_shape, in, output, fault);
}

const struct operation list_communications_operation = {
    .name = "list_communications",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_communications,
};

static const struct shape subject_shape = SUBJECT_SHAPE(communication_id);

const struct operation show_communication_operation = {
    .name = "show_communication",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &communication_shape,
};

/* ---- its days ------------------------------------------------------------------------------ */

static const struct field days_fields[] = {
    FIELD(struct communication_days, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct communication_days, from_day, DAY, .flags = FROM_QUERY),
    FIELD(struct communication_days, until_day, DAY, .flags = FROM_QUERY),
};
static const struct shape days_shape =
    SHAPE("communication_days", struct communication_days, days_fields);

static const struct field calendar_fields[] = {
    FIELD(struct communication_calendar, engagement_id, ID),
    FIELD(struct communication_calendar, from_day, DAY),
    FIELD(struct communication_calendar, until_day, DAY),
    FIELD(struct communication_calendar, dates, LIST, .shape = &communication_date_shape),
};
static const struct shape calendar_shape =
    SHAPE("communication_calendar", struct communication_calendar, calendar_fields);

static enum error show_communication_calendar(struct call *call, const void *input, void *output,
                                              struct fault *fault)
{
    const struct communication_days *in = input;
    struct communication_calendar *calendar = output;
    struct engagement engagement;
    struct list all;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (error)
        return error;
    calendar->engagement_id = engagement.id;
    calendar->from_day =
        in->from_day == DAY_NONE ? call_today(call, engagement.time_zone) : in->from_day;
    calendar->until_day = in->until_day;
    if (in->until_day == DAY_NONE)
        error = day_add(calendar->from_day, CALENDAR_DAYS, &calendar->until_day, fault);
    if (error)
        return error;
    if (calendar->until_day < calendar->from_day ||
        calendar->until_day - calendar->from_day >= COMMUNICATION_DAYS_MAX)
        return refuse(fault, ERROR_OUT_OF_RANGE, "until_day",
                      "must be on the first day or within %d days of it", COMMUNICATION_DAYS_MAX);
    error = list_communications_of(&call->store, engagement.id, &all, fault);
    if (!error)
        calendar->dates =
            communication_dates(call->arena, &all, calendar->from_day, calendar->until_day);
    return error;
}

const struct operation show_communication_calendar_operation = {
    .name = "show_communication_calendar",
    .permission = PERMIT_READ,
    .in = &days_shape,
    .out = &calendar_shape,
    .run = show_communication_calendar,
};

/* ---- writing ------------------------------------------------------------------------------- */

static enum error load_going(struct call *call, struct id engagement_id,
                             struct engagement *engagement, struct fault *fault)
{
    enum error error = load_row(call, &engagement_shape, engagement_id, engagement, fault);
    return error ? error : engagement_check_going(engagement, fault);
}

#define COMMUNICATION_FORM                                                                         \
    FIELD(struct communication, title, TEXT, .flags = REQUIRED),                                   \
        FIELD(struct communication, channel, TEXT, .flags = REQUIRED),                             \
        FIELD(struct communication, audience, TEXT, .flags = REQUIRED),                            \
        FIELD(struct communication, rhythm, CHOICE, .flags = REQUIRED,                             \
              .choices = &communication_rhythm_choices),                                           \
        FIELD(struct communication, weekday, CHOICE, .choices = &communication_weekday_choices),   \
        FIELD(struct communication, month_day, INTEGER, .minimum = 0, .maximum = MONTH_DAYS),      \
        FIELD(struct communication, last_of_month, BOOLEAN, .flags = 0),                           \
        FIELD(struct communication, from_day, DAY, .flags = REQUIRED),                             \
        FIELD(struct communication, until_day, DAY),                                               \
        FIELD(struct communication, note, TEXT, .limit = TEXT_LIMIT)

static const struct field create_fields[] = {
    FIELD(struct communication, engagement_id, ID, .flags = FROM_PATH),
    COMMUNICATION_FORM,
};
static const struct shape create_shape =
    SHAPE("create_communication", struct communication, create_fields);

static enum error create_communication(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct communication *in = input;
    struct communication *communication = output;
    struct engagement engagement;
    struct list others;
    enum error error = load_going(call, in->engagement_id, &engagement, fault);
    if (!error)
        error = communication_check(in, fault);
    if (!error)
        error = list_communications_of(&call->store, engagement.id, &others, fault);
    if (error)
        return error;
    if (others.count >= COMMUNICATIONS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "communications", "an engagement has at most %d",
                      COMMUNICATIONS_LIMIT);
    shape_init(&communication_shape, communication);
    shape_copy(&create_shape, in, communication);
    communication->id = call_id(call);
    communication->engagement_id = engagement.id;
    communication->created_at = call->now_ms;
    happened(call, "communication.created", communication->id, engagement.id);
    return insert_row(call, &communication_shape, communication, fault);
}

const struct operation create_communication_operation = {
    .name = "create_communication",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &create_shape,
    .out = &communication_shape,
    .run = create_communication,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct communication, communication_id),
    COMMUNICATION_FORM,
};
static const struct shape change_shape =
    SHAPE("change_communication", struct communication, change_fields);

static enum error change_communication(struct call *call, const void *input, void *output,
                                       struct fault *fault)
{
    const struct communication *in = input;
    struct communication *communication = output;
    struct engagement engagement;
    enum error error = load_subject(call, &communication_shape, in->id, communication, fault);
    if (!error)
        error = load_going(call, communication->engagement_id, &engagement, fault);
    if (!error)
        error = communication_check(in, fault);
    if (error)
        return error;
    shape_copy(&change_shape, in, communication);
    happened(call, "communication.changed", communication->id, engagement.id);
    return save_row(call, &communication_shape, communication, fault);
}

const struct operation change_communication_operation = {
    .name = "change_communication",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &communication_shape,
    .run = change_communication,
};
