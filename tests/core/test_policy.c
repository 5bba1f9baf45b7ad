#include "core/policy.h"

#include "sample.h"

static struct fault fault;

static struct actor in_role(unsigned roles)
{
    return (struct actor){
        .roles = roles, .role = "test", .may_write = true, .may_administer = true};
}

static bool may(unsigned roles, enum permission permission)
{
    struct actor actor = in_role(roles);
    return policy_allows(&actor, permission);
}

CASE(an_owner_may_do_all_of_the_agencys_side)
{
    static const enum permission agencys[] = {
        PERMIT_MANAGE_COMPANY,
        PERMIT_MANAGE_USERS,
        PERMIT_MANAGE_CLIENTS,
        PERMIT_WRITE_REQUIREMENTS,
        PERMIT_WRITE_RATES,
        PERMIT_ESTIMATE,
        PERMIT_WRITE_PROPOSAL,
        PERMIT_SEND_PROPOSAL,
        PERMIT_RECORD_DECISION,
        PERMIT_WRITE_CONTRACT,
        PERMIT_SIGN,
        PERMIT_PLAN,
        PERMIT_DELIVER,
        PERMIT_INVOICE,
        PERMIT_RECORD_PAYMENT,
        PERMIT_REVERSE_ENTRY,
        PERMIT_READ_LEDGER,
        PERMIT_MANAGE_WEBHOOKS,
    };
    for (size_t i = 0; i < sizeof agencys / sizeof *agencys; i++)
        assert_true(may(ROLE_OWNER, agencys[i]));
}

/* Nobody of the agency accepts, confirms or decides for the client, and no contact delivers or
 * bills: who hands over cannot accept. */
CASE(the_sides_are_apart)
{
    static const enum permission clients[] = {PERMIT_CONFIRM_REQUIREMENTS, PERMIT_DECIDE_PROPOSAL,
                                              PERMIT_ACCEPT};
    static const enum permission agencys[] = {
        PERMIT_READ_AGENCY,   PERMIT_READ_LEDGER,     PERMIT_MANAGE_CLIENTS,
        PERMIT_SEND_PROPOSAL, PERMIT_RECORD_DECISION, PERMIT_WRITE_CONTRACT,
        PERMIT_DELIVER,       PERMIT_INVOICE,         PERMIT_RECORD_PAYMENT,
        PERMIT_REVERSE_ENTRY, PERMIT_WRITE_RATES,     PERMIT_ESTIMATE,
        PERMIT_PLAN,
    };
    unsigned agency = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY | ROLE_FINANCE | ROLE_AUDITOR |
                      ROLE_SYSTEM | ROLE_OPERATOR | ROLE_NOBODY;
    unsigned contacts = ROLE_APPROVER | ROLE_PAYER | ROLE_VIEWER | ROLE_NOBODY;
    for (size_t i = 0; i < sizeof clients / sizeof *clients; i++)
        assert_int_equal(policy_roles(clients[i]) & agency, 0);
    for (size_t i = 0; i < sizeof agencys / sizeof *agencys; i++)
        assert_int_equal(policy_roles(agencys[i]) & contacts, 0);
}

CASE(an_auditor_reads_everything_and_changes_nothing)
{
    for (enum permission permission = 1; permission < PERMISSION_COUNT; permission++) {
        bool reads = permission == PERMIT_ANYONE || permission == PERMIT_READ ||
                     permission == PERMIT_READ_AGENCY || permission == PERMIT_READ_LEDGER ||
                     permission == PERMIT_READ_EVIDENCE;
        assert_int_equal(may(ROLE_AUDITOR, permission), reads);
    }
}

CASE(only_an_approver_accepts_and_a_payer_only_looks_and_talks)
{
    assert_true(may(ROLE_APPROVER, PERMIT_ACCEPT));
    assert_true(may(ROLE_APPROVER, PERMIT_SIGN));
    assert_false(may(ROLE_PAYER | ROLE_VIEWER, PERMIT_ACCEPT));
    assert_false(may(ROLE_PAYER | ROLE_VIEWER, PERMIT_SIGN));
    assert_true(may(ROLE_PAYER, PERMIT_COMMENT));
    assert_true(may(ROLE_VIEWER, PERMIT_READ));
}

CASE(every_permission_goes_to_somebody)
{
    for (enum permission permission = 1; permission < PERMISSION_COUNT; permission++)
        assert_int_not_equal(policy_roles(permission), 0);
}

CASE(nobody_has_to_sign_in_and_others_are_forbidden)
{
    struct actor nobody = in_role(ROLE_NOBODY), viewer = in_role(ROLE_VIEWER);
    REFUSED(policy_check(&nobody, PERMIT_READ, &fault), ERROR_UNAUTHENTICATED, "");
    REFUSED(policy_check(&viewer, PERMIT_ACCEPT, &fault), ERROR_FORBIDDEN, "");
    ALLOWED(policy_check(&nobody, PERMIT_ANYONE, &fault));
    ALLOWED(policy_check(&viewer, PERMIT_READ, &fault));
}

CASE(a_token_without_admin_scope_manages_nothing)
{
    struct actor owner = in_role(ROLE_OWNER);
    owner.may_administer = false;
    assert_false(policy_allows(&owner, PERMIT_MANAGE_COMPANY));
    assert_false(policy_allows(&owner, PERMIT_MANAGE_USERS));
    assert_true(policy_allows(&owner, PERMIT_INVOICE));
}

CASE(each_role_has_a_bit_of_its_own)
{
    unsigned seen = 0;
    for (enum user_role role = USER_OWNER; role <= USER_AUDITOR; role++) {
        assert_int_equal(seen & user_role_bit(role), 0);
        seen |= user_role_bit(role);
    }
    for (enum contact_role role = CONTACT_APPROVER; role <= CONTACT_VIEWER; role++) {
        assert_int_equal(seen & contact_role_bit(role), 0);
        seen |= contact_role_bit(role);
    }
}

RUN(T(an_owner_may_do_all_of_the_agencys_side), T(the_sides_are_apart),
    T(an_auditor_reads_everything_and_changes_nothing),
    T(only_an_approver_accepts_and_a_payer_only_looks_and_talks),
    T(every_permission_goes_to_somebody), T(nobody_has_to_sign_in_and_others_are_forbidden),
    T(a_token_without_admin_scope_manages_nothing), T(each_role_has_a_bit_of_its_own))
