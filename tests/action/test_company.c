#include "action/company.h"
#include "action/session.h"

#include "../check.h"
#include "../stage.h"

static struct actor owner(void)
{
    return stage_user(USER_OWNER);
}

CASE(the_company_is_shown_to_its_staff)
{
    struct stage *stage = *state;
    struct company company;
    assert_result(stage, stage_perform(stage, owner(), &show_company_operation, NULL, &company),
                  OK);
    assert_string_equal(company.slug, "acme");
    assert_int_equal(company.version, 1);
}

CASE(a_profile_changes_only_at_the_version_that_was_read)
{
    struct stage *stage = *state;
    struct company in = {
        .name = "Acme Works",
        .country = "DE",
        .time_zone = "Europe/Berlin",
        .currency = "EUR",
        .paper = PAPER_A4,
    };
    struct company out;
    assert_result(stage, stage_perform_at(stage, owner(), 7, &change_company_operation, &in, &out),
                  ERROR_STALE);
    assert_result(stage, stage_perform_at(stage, owner(), 1, &change_company_operation, &in, &out),
                  OK);
    assert_int_equal(out.version, 2);
    assert_string_equal(out.name, "Acme Works");
}

CASE(a_profile_with_an_unknown_zone_or_currency_is_refused)
{
    struct stage *stage = *state;
    struct company in = {
        .name = "A", .country = "DE", .time_zone = "Europe/Nowhere", .currency = "EUR"};
    struct company out;
    assert_result(stage, stage_perform(stage, owner(), &change_company_operation, &in, &out),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "time_zone");
    in.time_zone = "UTC";
    in.currency = "XAU";
    assert_result(stage, stage_perform(stage, owner(), &change_company_operation, &in, &out),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "currency");
}

CASE(money_is_asked_for_to_accounts_that_can_be_only)
{
    static const char *const wrong_ibans[] = {"DE00 1234 5678",
                                              "DE88370400440532013000", /* a digit */
                                              "DE89370400440532031000", /* neighbours */
                                              "DE89-3704-0044-0532-0130-00",
                                              "8937040044053201300",
                                              "DE89",
                                              "x",
                                              NULL};
    static const char *const wrong_bics[] = {"COBADEF", "COBADEFFX", "C0BADEFF", "COBA DEFF XX",
                                             NULL};
    struct stage *stage = *state;
    struct company out;
    struct company in = {.name = "Acme Works",
                         .country = "DE",
                         .time_zone = "Europe/Berlin",
                         .currency = "EUR",
                         .paper = PAPER_A4};
    for (size_t i = 0; wrong_ibans[i]; i++) {
        in.iban = wrong_ibans[i];
        assert_result(stage, stage_perform(stage, owner(), &change_company_operation, &in, &out),
                      ERROR_INVALID);
        assert_string_equal(stage->fault.field, "iban");
    }
    in.iban = "de89 3704 0044 0532 0130 00";
    for (size_t i = 0; wrong_bics[i]; i++) {
        in.bic = wrong_bics[i];
        assert_result(stage, stage_perform(stage, owner(), &change_company_operation, &in, &out),
                      ERROR_INVALID);
        assert_string_equal(stage->fault.field, "bic");
    }
    in.bic = "cobadeff";
    in.iban = "de89 3704 0044 0532 0130 00";
    assert_result(stage, stage_perform(stage, owner(), &change_company_operation, &in, &out), OK);
    assert_string_equal(out.iban, "DE89370400440532013000");
    assert_string_equal(out.bic, "COBADEFF");
}

CASE(only_owners_change_the_profile)
{
    struct stage *stage = *state;
    struct company in = {0};
    struct company out;
    for (enum user_role role = USER_SALES; role <= USER_AUDITOR; role++)
        assert_result(stage,
                      stage_perform(stage, stage_user(role), &change_company_operation, &in, &out),
                      ERROR_FORBIDDEN);
}

CASE(an_owner_signs_in_with_the_right_password_only)
{
    struct stage *stage = *state;
    struct sign_in in = {.company = "acme", .email = "olga@acme.example", .password = "wrong"};
    struct session_view view;
    assert_result(stage, stage_perform(stage, stage_nobody(), &sign_in_operation, &in, &view),
                  ERROR_UNAUTHENTICATED);
    in.password = STAGE_PASSWORD;
    assert_result(stage, stage_perform(stage, stage_nobody(), &sign_in_operation, &in, &view), OK);
    assert_string_equal(view.role, "owner");
    assert_non_null(view.token);
    assert_string_not_equal(view.token, view.csrf_token);
}

CASE(guessing_a_password_is_slowed_down)
{
    struct stage *stage = *state;
    struct sign_in in = {.company = "acme", .email = "guess@acme.example", .password = "wrong"};
    struct session_view view;
    enum error error = OK;
    for (int i = 0; i < 11; i++)
        error = stage_perform(stage, stage_nobody(), &sign_in_operation, &in, &view);
    assert_int_equal(error, ERROR_RATE_LIMITED);
}

STAGE_RUN(T(the_company_is_shown_to_its_staff),
          T(a_profile_changes_only_at_the_version_that_was_read),
          T(a_profile_with_an_unknown_zone_or_currency_is_refused),
          T(money_is_asked_for_to_accounts_that_can_be_only), T(only_owners_change_the_profile),
          T(an_owner_signs_in_with_the_right_password_only), T(guessing_a_password_is_slowed_down))
