#include "core/team_member.h"

#include <string.h>

#include "base/day.h"
#include "core/code.h"
#include "core/fields.h"

static const char *const team_parts[] = {
    [PART_ACCOUNT_LEAD] = "account_lead",
    [PART_PROJECT_MANAGER] = "project_manager",
    [PART_TECHNICAL_LEAD] = "technical_lead",
    [PART_DESIGNER] = "designer",
    [PART_DEVELOPER] = "developer",
    [PART_TESTER] = "tester",
    [PART_BILLING] = "billing",
    [PART_SPONSOR] = "sponsor",
    [PART_PRODUCT_OWNER] = "product_owner",
    [PART_DECISION_MAKER] = "decision_maker",
    [PART_SUBJECT_EXPERT] = "subject_expert",
    [PART_TECHNICAL_CONTACT] = "technical_contact",
    [PART_PROCUREMENT] = "procurement",
    [PART_OTHER] = "other",
};
const struct choices team_part_choices = CHOICES("team_part", team_parts);

/* Zero is either. */
static const enum side sides[] = {
    [PART_ACCOUNT_LEAD] = SIDE_AGENCY,   [PART_PROJECT_MANAGER] = SIDE_AGENCY,
    [PART_TECHNICAL_LEAD] = SIDE_AGENCY, [PART_DESIGNER] = SIDE_AGENCY,
    [PART_DEVELOPER] = SIDE_AGENCY,      [PART_TESTER] = SIDE_AGENCY,
    [PART_BILLING] = SIDE_AGENCY,        [PART_SPONSOR] = SIDE_CLIENT,
    [PART_PRODUCT_OWNER] = SIDE_CLIENT,  [PART_DECISION_MAKER] = SIDE_CLIENT,
    [PART_SUBJECT_EXPERT] = SIDE_CLIENT, [PART_TECHNICAL_CONTACT] = SIDE_CLIENT,
    [PART_PROCUREMENT] = SIDE_CLIENT,    [PART_OTHER] = 0,
};

static const struct field team_member_fields[] = {
    ID_FIELD(struct team_member),
    VERSION_FIELD(struct team_member),
    FIELD(struct team_member, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct team_member, side, CHOICE, .flags = REQUIRED | FIXED, .choices = &side_choices),
    FIELD(struct team_member, user_id, ID, .flags = FIXED),
    FIELD(struct team_member, contact_id, ID, .flags = FIXED),
    FIELD(struct team_member, user_name, TEXT, .flags = FIXED),
    FIELD(struct team_member, part, CHOICE, .flags = REQUIRED, .choices = &team_part_choices),
    FIELD(struct team_member, part_name, TEXT, OPTIONAL),
    FIELD(struct team_member, from_day, DAY, .flags = REQUIRED),
    FIELD(struct team_member, until_day, DAY, OPTIONAL),
    FIELD(struct team_member, note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct team_member, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape team_member_shape = SHAPE("team_member", struct team_member, team_member_fields);

static int32_t end_of(const struct team_member *member)
{
    return member->until_day == DAY_NONE ? DAY_MAX : member->until_day;
}

static bool is_same_part(const struct team_member *a, const struct team_member *b)
{
    if (a->part != b->part)
        return false;
    return a->part != PART_OTHER ||
           (a->part_name && b->part_name && strcmp(a->part_name, b->part_name) == 0);
}

static bool overlaps(const struct team_member *a, const struct team_member *b)
{
    return id_equal(a->user_id, b->user_id) && id_equal(a->contact_id, b->contact_id) &&
           is_same_part(a, b) && a->from_day <= end_of(b) && b->from_day <= end_of(a);
}

enum error team_member_check(const struct team_member *member, const struct list *others,
                             struct fault *fault)
{
    if (id_is_none(member->user_id) == id_is_none(member->contact_id))
        return refuse(fault, ERROR_INVALID, "user_id",
                      "name one user of the agency or one contact of the client");
    if (sides[member->part] && sides[member->part] != member->side)
        return refuse(fault, ERROR_INVALID, "part", "is a part of the %s",
                      choice_name(&side_choices, (int)sides[member->part]));
    if (member->part == PART_OTHER && text_check(member->part_name, "part_name", fault) != OK)
        return ERROR_INVALID;
    if (member->until_day != DAY_NONE && member->until_day < member->from_day)
        return refuse(fault, ERROR_OUT_OF_RANGE, "until_day", "is before the first day");
    for (size_t i = 0; i < others->count; i++) {
        const struct team_member *other = LIST_AT(struct team_member, *others, i);
        if (!id_equal(other->id, member->id) && overlaps(other, member))
            return refuse(fault, ERROR_CONFLICT, "part", "the same person has it on these days");
    }
    if (others->count > TEAM_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "team", "an engagement has at most %d parts",
                      TEAM_LIMIT);
    return OK;
}
