#include "core/team_member.h"

#include "sample.h"

static struct team_member manager(void)
{
    struct team_member member;
    shape_init(&team_member_shape, &member);
    member.id = sample_id(1);
    member.side = SIDE_AGENCY;
    member.user_id = sample_id(2);
    member.part = PART_PROJECT_MANAGER;
    member.from_day = sample_day("2016-06-22");
    return member;
}

CASE(a_member_is_one_person_with_a_part_of_its_own_side)
{
    struct fault fault = {0};
    struct list none = {0};
    struct team_member member = manager();
    ALLOWED(team_member_check(&member, &none, &fault));
    member.contact_id = sample_id(3);
    REFUSED(team_member_check(&member, &none, &fault), ERROR_INVALID, "user_id");
    member.user_id = (struct id){0};
    member.side = SIDE_CLIENT;
    REFUSED(team_member_check(&member, &none, &fault), ERROR_INVALID, "part");
    member.part = PART_SPONSOR;
    ALLOWED(team_member_check(&member, &none, &fault));
    member.contact_id = (struct id){0};
    REFUSED(team_member_check(&member, &none, &fault), ERROR_INVALID, "user_id");
}

CASE(another_part_has_a_name)
{
    struct fault fault = {0};
    struct list none = {0};
    struct team_member member = manager();
    member.part = PART_OTHER;
    REFUSED(team_member_check(&member, &none, &fault), ERROR_INVALID, "part_name");
    member.part_name = "Translator";
    ALLOWED(team_member_check(&member, &none, &fault));
}

CASE(it_ends_on_or_after_its_first_day)
{
    struct fault fault = {0};
    struct list none = {0};
    struct team_member member = manager();
    member.until_day = member.from_day - 1;
    REFUSED(team_member_check(&member, &none, &fault), ERROR_OUT_OF_RANGE, "until_day");
    member.until_day = member.from_day;
    ALLOWED(team_member_check(&member, &none, &fault));
}

CASE(nobody_has_the_same_part_twice_on_a_day)
{
    struct fault fault = {0};
    struct team_member member = manager(), other = manager();
    struct list others = {&other, 1};
    ALLOWED(team_member_check(&member, &others, &fault)); /* itself */
    other.id = sample_id(9);
    REFUSED(team_member_check(&member, &others, &fault), ERROR_CONFLICT, "part");
    other.until_day = member.from_day;
    REFUSED(team_member_check(&member, &others, &fault), ERROR_CONFLICT, "part");
    other.from_day = other.until_day = member.from_day - 1;
    ALLOWED(team_member_check(&member, &others, &fault));
    other.until_day = DAY_NONE;
    other.part = PART_TESTER;
    ALLOWED(team_member_check(&member, &others, &fault));
    member.part = other.part = PART_OTHER;
    member.part_name = "Translator";
    other.part_name = "Writer";
    ALLOWED(team_member_check(&member, &others, &fault));
}

RUN(T(a_member_is_one_person_with_a_part_of_its_own_side), T(another_part_has_a_name),
    T(it_ends_on_or_after_its_first_day), T(nobody_has_the_same_part_twice_on_a_day))
