#include "core/delivery.h"

#include "sample.h"

static struct fault fault;

CASE(work_needs_an_active_engagement)
{
    struct engagement engagement = sample_engagement();
    for (int s = ENGAGEMENT_CONSULTATION; s <= ENGAGEMENT_TERMINATED; s++) {
        engagement.state = (enum engagement_state)s;
        if (s == ENGAGEMENT_ACTIVE)
            ALLOWED(delivery_check_work(&engagement, &fault));
        else
            REFUSED(delivery_check_work(&engagement, &fault), ERROR_WRONG_STATE, "engagement");
    }
}

CASE(decisions_are_possible_while_work_rests)
{
    struct engagement engagement = sample_engagement();
    for (int s = ENGAGEMENT_CONSULTATION; s <= ENGAGEMENT_TERMINATED; s++) {
        engagement.state = (enum engagement_state)s;
        if (s == ENGAGEMENT_ACTIVE || s == ENGAGEMENT_SUSPENDED)
            ALLOWED(delivery_check_decision(&engagement, &fault));
        else
            REFUSED(delivery_check_decision(&engagement, &fault), ERROR_WRONG_STATE, "engagement");
    }
}

RUN(T(work_needs_an_active_engagement), T(decisions_are_possible_while_work_rests))
