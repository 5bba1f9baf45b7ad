#include "action/contract.h"

#include "../scenario.h"

CASE(a_contract_that_all_have_signed_is_in_force)
{
    struct scenario s;
    scenario_signed(&s, *state, 3);
    assert_int_equal(s.contract.state, CONTRACT_ACTIVE);
    assert_int_equal(s.engagement.state, ENGAGEMENT_ACTIVE);
    assert_int_equal(s.milestones.count, 3);
    assert_int_equal(scenario_milestone(&s, 0)->state, MILESTONE_READY);
    assert_int_equal(scenario_milestone(&s, 1)->state, MILESTONE_PLANNED);
    assert_string_equal(scenario_milestone(&s, 2)->code, "M3");
    assert_int_equal(scenario_milestone(&s, 2)->price_minor, SCENARIO_PRICE_MINOR);
}

STAGE_RUN(T(a_contract_that_all_have_signed_is_in_force))
