#include "core/session.h"

#include "../check.h"
#include "base/day.h"

enum { NOW_MS = 1000 };

static struct api_token token_with(const char **scopes, size_t count)
{
    return (struct api_token){.scopes = {scopes, count}, .expires_at = NOW_MS + DAY_MS};
}

CASE(a_token_has_known_scopes_each_named_once)
{
    const char *scopes[] = {"read", "write", "admin"};
    struct api_token token = token_with(scopes, 3);
    struct fault fault = {0};
    assert_int_equal(api_token_check(&token, NOW_MS, &fault), OK);
    token.scopes.count = 0;
    assert_int_equal(api_token_check(&token, NOW_MS, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "scopes");
    token = token_with((const char *[]){"read", "read"}, 2);
    assert_int_equal(api_token_check(&token, NOW_MS, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "scopes/1");
    token = token_with((const char *[]){"root"}, 1);
    assert_int_equal(api_token_check(&token, NOW_MS, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "scopes/0");
}

CASE(a_token_ends_within_a_year)
{
    const char *scopes[] = {"read"};
    struct api_token token = token_with(scopes, 1);
    struct fault fault = {0};
    token.expires_at = NOW_MS;
    assert_int_equal(api_token_check(&token, NOW_MS, &fault), ERROR_OUT_OF_RANGE);
    assert_string_equal(fault.field, "expires_at");
    token.expires_at = NOW_MS + (int64_t)TOKEN_DAYS_LIMIT * DAY_MS;
    assert_int_equal(api_token_check(&token, NOW_MS, &fault), OK);
    token.expires_at++;
    assert_int_equal(api_token_check(&token, NOW_MS, &fault), ERROR_OUT_OF_RANGE);
}

CASE(a_token_is_revoked_once)
{
    struct api_token token = {0};
    struct fault fault = {0};
    assert_int_equal(api_token_revoke(&token, NOW_MS, &fault), OK);
    assert_int_equal(token.revoked_at, NOW_MS);
    assert_int_equal(api_token_revoke(&token, NOW_MS, &fault), ERROR_WRONG_STATE);
    assert_string_equal(fault.field, "revoked_at");
}

RUN(T(a_token_has_known_scopes_each_named_once), T(a_token_ends_within_a_year),
    T(a_token_is_revoked_once))
