#include "core/delivery.h"

enum error delivery_check_work(const struct engagement *engagement, struct fault *fault)
{
    if (engagement->state == ENGAGEMENT_ACTIVE)
        return OK;
    return refuse(fault, ERROR_WRONG_STATE, "engagement", "the engagement is %s, not active",
                  choice_name(&engagement_state_choices, (int)engagement->state));
}

enum error delivery_check_decision(const struct engagement *engagement, struct fault *fault)
{
    if (engagement->state == ENGAGEMENT_ACTIVE || engagement->state == ENGAGEMENT_SUSPENDED)
        return OK;
    return refuse(fault, ERROR_WRONG_STATE, "engagement", "the engagement is %s",
                  choice_name(&engagement_state_choices, (int)engagement->state));
}
