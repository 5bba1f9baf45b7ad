#include "core/user.h"

#include "../check.h"

enum { NOW_MS = 1000 };

static struct user someone(enum user_role role)
{
    return (struct user){.name = "Ursula", .role = role};
}

CASE(the_last_active_owner_stays_owner)
{
    struct user owner = someone(USER_OWNER);
    struct fault fault = {0};
    assert_int_equal(user_change_role(&owner, USER_SALES, 1, &fault), ERROR_WRONG_STATE);
    assert_string_equal(fault.field, "role");
    assert_int_equal(owner.role, USER_OWNER);
    assert_int_equal(user_change_role(&owner, USER_OWNER, 1, &fault), OK);
    assert_int_equal(user_change_role(&owner, USER_SALES, 2, &fault), OK);
    assert_int_equal(owner.role, USER_SALES);
}

CASE(the_last_active_owner_cannot_be_disabled)
{
    struct user owner = someone(USER_OWNER);
    struct fault fault = {0};
    assert_int_equal(user_disable(&owner, 1, NOW_MS, &fault), ERROR_WRONG_STATE);
    assert_string_equal(fault.field, "disabled_at");
    assert_int_equal(owner.disabled_at, 0);
    assert_int_equal(user_disable(&owner, 2, NOW_MS, &fault), OK);
    assert_int_equal(owner.disabled_at, NOW_MS);
}

CASE(a_disabled_owner_is_not_the_last_active_one)
{
    struct user owner = someone(USER_OWNER);
    struct fault fault = {0};
    owner.disabled_at = NOW_MS;
    assert_int_equal(user_change_role(&owner, USER_SALES, 1, &fault), OK);
}

CASE(any_other_user_can_be_disabled_and_enabled_once)
{
    struct user user = someone(USER_SALES);
    struct fault fault = {0};
    assert_int_equal(user_enable(&user, &fault), ERROR_WRONG_STATE);
    assert_int_equal(user_disable(&user, 1, NOW_MS, &fault), OK);
    assert_int_equal(user_disable(&user, 1, NOW_MS, &fault), ERROR_WRONG_STATE);
    assert_int_equal(user_enable(&user, &fault), OK);
    assert_int_equal(user.disabled_at, 0);
}

RUN(T(the_last_active_owner_stays_owner), T(the_last_active_owner_cannot_be_disabled),
    T(a_disabled_owner_is_not_the_last_active_one),
    T(any_other_user_can_be_disabled_and_enabled_once))
