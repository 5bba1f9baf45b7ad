#include "action/team_member.h"

#include "base/limits.h"
#include "core/contact.h"
#include "core/engagement.h"
#include "core/user.h"
#include "store/team.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_team_members),
    FIELD(struct list_team_members, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_team_members, side, CHOICE, .flags = FROM_QUERY, .choices = &side_choices),
    FIELD(struct list_team_members, part, CHOICE, .flags = FROM_QUERY,
          .choices = &team_part_choices),
    FIELD(struct list_team_members, on_day, DAY, .flags = FROM_QUERY),
};
static const struct shape list_shape =
    SHAPE("list_team_members", struct list_team_members, list_fields);

static const struct shape page_shape = PAGE_SHAPE("team_member_page", team_member_shape);

static const struct list_filter filters[] = {
    {"on_day", "from_day <= :on_day AND (until_day IS NULL OR until_day >= :on_day)"}, {0}};

static const struct listing members = {
    .shape = &team_member_shape,
    .sorts = (const char *const[]){"from_day", NULL},
    .filters = filters,
};

static enum error list_team_members(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct list_team_members *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &members, &list_shape, in, output, fault);
}

const struct operation list_team_members_operation = {
    .name = "list_team_members",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_team_members,
};

static const struct shape subject_shape = SUBJECT_SHAPE(team_member_id);

const struct operation show_team_member_operation = {
    .name = "show_team_member",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &team_member_shape,
};

/* ---- writing ------------------------------------------------------------------------------- */

static enum error load_going(struct call *call, struct id engagement_id,
                             struct engagement *engagement, struct fault *fault)
{
    enum error error = load_row(call, &engagement_shape, engagement_id, engagement, fault);
    return error ? error : engagement_check_going(engagement, fault);
}

/* Whose name the client is shown. */
static enum error take_user(struct call *call, struct team_member *member, struct fault *fault)
{
    struct user user;
    enum error error = load_row(call, &user_shape, member->user_id, &user, fault);
    if (error == ERROR_NOT_FOUND || (!error && user.disabled_at))
        return refuse(fault, ERROR_INVALID, "user_id", "there is no such user");
    member->user_name = user.name;
    return error;
}

static enum error check_contact(struct call *call, const struct engagement *engagement,
                                struct id contact_id, struct fault *fault)
{
    struct contact contact;
    enum error error = load_row(call, &contact_shape, contact_id, &contact, fault);
    if (error && error != ERROR_NOT_FOUND)
        return error;
    if (error || !id_equal(contact.client_id, engagement->client_id) ||
        contact_check_active(&contact, NULL) != OK)
        return refuse(fault, ERROR_INVALID, "contact_id",
                      "the client of this engagement has no such contact");
    return OK;
}

static enum error take_person(struct call *call, const struct engagement *engagement,
                              struct team_member *member, struct fault *fault)
{
    enum error error = OK;
    member->side = id_is_none(member->user_id) ? SIDE_CLIENT : SIDE_AGENCY;
    if (!id_is_none(member->user_id))
        error = take_user(call, member, fault);
    if (!error && !id_is_none(member->contact_id))
        error = check_contact(call, engagement, member->contact_id, fault);
    return error;
}

static enum error check_member(struct call *call, const struct team_member *member,
                               struct fault *fault)
{
    struct list others;
    enum error error = list_team_of(&call->store, member->engagement_id, &others, fault);
    return error ? error : team_member_check(member, &others, fault);
}

#define PART_FIELDS                                                                                \
    FIELD(struct team_member, part, CHOICE, .flags = REQUIRED, .choices = &team_part_choices),     \
        FIELD(struct team_member, part_name, TEXT),                                                \
        FIELD(struct team_member, from_day, DAY, .flags = REQUIRED),                               \
        FIELD(struct team_member, until_day, DAY),                                                 \
        FIELD(struct team_member, note, TEXT, .limit = TEXT_LIMIT)

static const struct field add_fields[] = {
    FIELD(struct team_member, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct team_member, user_id, ID),
    FIELD(struct team_member, contact_id, ID),
    PART_FIELDS,
};
static const struct shape add_shape = SHAPE("add_team_member", struct team_member, add_fields);

static enum error add_team_member(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct team_member *in = input;
    struct team_member *member = output;
    struct engagement engagement;
    enum error error = load_going(call, in->engagement_id, &engagement, fault);
    if (error)
        return error;
    shape_init(&team_member_shape, member);
    shape_copy(&add_shape, in, member);
    member->id = call_id(call);
    member->engagement_id = engagement.id;
    member->created_at = call->now_ms;
    error = take_person(call, &engagement, member, fault);
    if (!error)
        error = check_member(call, member, fault);
    if (error)
        return error;
    happened(call, "team.member_added", member->id, engagement.id);
    return insert_row(call, &team_member_shape, member, fault);
}

const struct operation add_team_member_operation = {
    .name = "add_team_member",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .in = &add_shape,
    .out = &team_member_shape,
    .run = add_team_member,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct team_member, team_member_id),
    PART_FIELDS,
};
static const struct shape change_shape =
    SHAPE("change_team_member", struct team_member, change_fields);

static enum error change_team_member(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct team_member *in = input;
    struct team_member *member = output;
    struct engagement engagement;
    enum error error = load_subject(call, &team_member_shape, in->id, member, fault);
    if (!error)
        error = load_going(call, member->engagement_id, &engagement, fault);
    if (error)
        return error;
    shape_copy(&change_shape, in, member);
    error = check_member(call, member, fault);
    if (error)
        return error;
    happened(call, "team.member_changed", member->id, engagement.id);
    return save_row(call, &team_member_shape, member, fault);
}

const struct operation change_team_member_operation = {
    .name = "change_team_member",
    .permission = PERMIT_WRITE_ENGAGEMENT,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &team_member_shape,
    .run = change_team_member,
};
