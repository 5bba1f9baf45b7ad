#include "core/contact.h"

#include "../check.h"

enum { NOW_MS = 1000 };

static struct contact carl(void)
{
    return (struct contact){
        .client_id = id_make(1, 2, 3),
        .name = "Carl",
        .email = "carl@client.example",
        .phone = "+49 30 1",
        .title = "Head of works",
        .role = CONTACT_APPROVER,
    };
}

CASE(an_erased_contact_has_nothing_personal_left)
{
    struct contact contact = carl();
    struct fault fault = {0};
    assert_int_equal(contact_erase(&contact, NOW_MS, &fault), OK);
    assert_null(contact.name);
    assert_null(contact.email);
    assert_null(contact.phone);
    assert_string_equal(contact.title, "Head of works");
    assert_int_equal(contact.role, CONTACT_APPROVER);
    assert_int_equal(contact.erased_at, NOW_MS);
    assert_int_equal(contact.disabled_at, NOW_MS);
}

CASE(erasing_is_for_good)
{
    struct contact contact = carl();
    struct fault fault = {0};
    assert_int_equal(contact_disable(&contact, 7, &fault), OK);
    assert_int_equal(contact_erase(&contact, NOW_MS, &fault), OK);
    assert_int_equal(contact.disabled_at, 7);
    assert_int_equal(contact_erase(&contact, NOW_MS, &fault), ERROR_WRONG_STATE);
    assert_string_equal(fault.field, "erased_at");
    assert_int_equal(contact_enable(&contact, &fault), ERROR_WRONG_STATE);
    assert_string_equal(fault.field, "erased_at");
    assert_int_equal(contact_check_active(&contact, &fault), ERROR_WRONG_STATE);
}

CASE(a_contact_is_disabled_and_enabled_in_turn)
{
    struct contact contact = carl();
    struct fault fault = {0};
    assert_int_equal(contact_check_active(&contact, &fault), OK);
    assert_int_equal(contact_enable(&contact, &fault), ERROR_WRONG_STATE);
    assert_int_equal(contact_disable(&contact, NOW_MS, &fault), OK);
    assert_int_equal(contact_disable(&contact, NOW_MS, &fault), ERROR_WRONG_STATE);
    assert_int_equal(contact_check_active(&contact, &fault), ERROR_WRONG_STATE);
    assert_string_equal(fault.field, "disabled_at");
    assert_int_equal(contact_enable(&contact, &fault), OK);
}

RUN(T(an_erased_contact_has_nothing_personal_left), T(erasing_is_for_good),
    T(a_contact_is_disabled_and_enabled_in_turn))
