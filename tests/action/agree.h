/* A change order that both sides of a scene sign at once. */
#ifndef WAYMARK_TESTS_ACTION_AGREE_H
#define WAYMARK_TESTS_ACTION_AGREE_H

#include "action/change_order.h"
#include "base/day.h"

#include "../scene.h"

/* Composes, proposes and signs it, and asserts that it is applied. credits: struct change_credit.
 */
static inline struct change_order agree(struct scene *scene, struct plan *plan, struct list credits)
{
    struct change_order order;
    struct change_order form = {
        .engagement_id = scene->engagement.id,
        .title = "A change",
        .plan = plan,
        .credits = credits,
        .start_day = DAY_NONE,
        .valid_until_day = time_day(STAGE_NOW_MS) + 14,
    };
    struct stage *stage = scene->stage;
    assert_result(stage,
                  stage_perform(stage, scene->owner, &create_change_order_operation, &form, &order),
                  OK);
    struct signer signers[] = {{SIDE_AGENCY, scene->owner.id, NULL},
                               {SIDE_CLIENT, scene->approver.id, NULL}};
    struct propose_change_order in = {order.id, {signers, 2}};
    assert_result(stage,
                  stage_perform(stage, scene->owner, &propose_change_order_operation, &in, &order),
                  OK);
    struct sign_contract signing = {order.id, order.document_hash, "I have read it and sign it."};
    assert_result(
        stage, stage_perform(stage, scene->owner, &sign_change_order_operation, &signing, &order),
        OK);
    assert_result(
        stage,
        stage_perform(stage, scene->approver, &sign_change_order_operation, &signing, &order), OK);
    assert_int_equal(order.state, CHANGE_ORDER_APPLIED);
    return order;
}

/* The plan of the scene's contract as it was signed, to be changed. */
static inline struct plan *signed_plan(struct scene *scene)
{
    struct contract contract;
    get_row(scene->stage, &contract_shape, scene->scenario.contract.id, &contract);
    return contract.plan;
}

#endif
