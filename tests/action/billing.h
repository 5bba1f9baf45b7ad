/* Accepted milestones of a scene, billed. */
#ifndef WAYMARK_TESTS_ACTION_BILLING_H
#define WAYMARK_TESTS_ACTION_BILLING_H

#include "action/credit_note.h"
#include "action/invoice.h"
#include "action/payment.h"

#include "../scene.h"
#include "base/day.h"
#include "platform/random.h"

enum { NET = SCENARIO_PRICE_MINOR, TOTAL = NET + NET / 100 * 19 }; /* of each invoice */

/* Puts a milestone of the scene where acceptance leaves it. */
static inline void accept_for_billing(struct scene *scene, size_t number)
{
    struct milestone *milestone = &scene->milestones[number];
    struct certificate certificate = {
        .id = new_id(&scene->stage->clock),
        .milestone_id = milestone->id,
        .submission_id = new_id(&scene->stage->clock),
        .engagement_id = scene->engagement.id,
        .kind = CERTIFICATE_ACCEPTED,
        .accepted_by = scene->approver.id,
        .accepted_by_name = "Carl",
        .accepted_by_role = "approver",
        .method = METHOD_EMAIL_LINK,
        .accepted_at = clock_now_ms(&scene->stage->clock),
    };
    get_row(scene->stage, &milestone_shape, milestone->id, milestone);
    milestone->state = MILESTONE_ACCEPTED;
    milestone->billing = BILLING_BILLABLE;
    milestone->accepted_at = certificate.accepted_at;
    milestone->certificate_id = certificate.id;
    put_row(scene->stage, &certificate_shape, &certificate);
    change_row(scene->stage, &milestone_shape, milestone);
}

static inline struct invoice bill(struct scene *scene, size_t number)
{
    struct subject subject = {scene->milestones[number].id};
    struct invoice invoice;
    accept_for_billing(scene, number);
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->finance, &issue_invoice_operation, &subject, &invoice),
        OK);
    return invoice;
}

/* The invoices of the scene's engagement that the payer sees; of one milestone if it is given. */
static inline struct list invoices_of(struct scene *scene, struct id milestone_id)
{
    struct list_invoices query = {.page.limit = 50,
                                  .engagement_id = scene->engagement.id,
                                  .milestone_id = milestone_id,
                                  .due_before = DAY_NONE,
                                  .overdue_on = DAY_NONE};
    struct page page;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->payer, &list_invoices_operation, &query, &page), OK);
    return page.items;
}

/* An invoice as it is stored, and the milestone that it bills. */
static inline struct invoice stored_invoice(struct scene *scene, struct id id)
{
    struct invoice invoice;
    get_row(scene->stage, &invoice_shape, id, &invoice);
    return invoice;
}

static inline enum milestone_billing billing_of(struct scene *scene, size_t number)
{
    struct milestone milestone;
    get_row(scene->stage, &milestone_shape, scene->milestones[number].id, &milestone);
    return milestone.billing;
}

/* A payment of the scene's client, applied by the rule. */
static inline struct payment pay(struct scene *scene, int64_t amount_minor, const char *reference,
                                 enum allocation_rule rule)
{
    struct record_payment in = {
        .payment = {.client_id = scene->scenario.client.id,
                    .currency = "EUR",
                    .amount_minor = amount_minor,
                    .received_day = time_day(clock_now_ms(&scene->stage->clock)),
                    .method = PAYMENT_BANK_TRANSFER,
                    .payer_reference = reference},
        .rule = rule,
    };
    struct payment payment;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->finance, &record_payment_operation, &in, &payment), OK);
    return payment;
}

/* Takes back so much of one line. */
static inline struct invoice credit_line(struct scene *scene, struct id invoice_id, int64_t number,
                                         int64_t net_minor)
{
    struct credit_line line = {number, net_minor};
    struct issue_credit_note in = {
        .invoice_id = invoice_id, .reason = "It was withdrawn", .lines = {&line, 1}};
    struct invoice note;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->finance, &issue_credit_note_operation, &in, &note), OK);
    return note;
}

#endif
