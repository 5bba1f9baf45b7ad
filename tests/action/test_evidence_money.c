/* Money that goes between two engagements of one client: each engagement's bundle has every leaf
 * that tells of its part, and is accepted by the offline verifier. */
#include "action/allocation.h"
#include "action/credit_note.h"
#include "action/refund.h"
#include "action/submission.h"

#include "billing.h"
#include "bundle.h"
#include "core/refund.h"

enum { LEFT, RIGHT };

/* What happened, and which of the two bundles must tell of it. */
struct told {
    const char *event;
    struct id subject_id;
    bool in[2];
};

struct story {
    struct stage *stage;
    struct scene scenes[2];
    struct told told[40];
    size_t count;
    int32_t today;
};

static void tell(struct story *story, const char *event, struct id subject_id, bool in_left,
                 bool in_right)
{
    story->told[story->count++] = (struct told){event, subject_id, {in_left, in_right}};
}

static void act(struct story *story, const struct operation *operation, void *in, void *out)
{
    struct stage *stage = story->stage;
    assert_result(stage, stage_perform(stage, story->scenes[LEFT].finance, operation, in, out), OK);
}

/* The invoice of a milestone that the client accepts. */
static struct id accepted(struct story *story, int which, size_t number)
{
    struct scene *scene = &story->scenes[which];
    struct submission submission = scene_submit(scene, number);
    struct acceptance acceptance = scene_accept(scene, number, &submission);
    tell(story, "milestone.accepted", acceptance.milestone_id, which == LEFT, which == RIGHT);
    return acceptance.invoice_id;
}

static struct id received(struct story *story, int64_t amount_minor,
                          const struct allocation_part *parts, size_t count)
{
    struct record_payment in = {
        .payment = {.client_id = story->scenes[LEFT].scenario.client.id,
                    .currency = "EUR",
                    .amount_minor = amount_minor,
                    .received_day = story->today,
                    .method = PAYMENT_BANK_TRANSFER},
        .rule = ALLOCATE_NOTHING,
        .allocations = {(void *)parts, count},
    };
    struct payment payment;
    act(story, &record_payment_operation, &in, &payment);
    return payment.id;
}

static void allocate(struct story *story, const struct operation *operation, struct id money_id,
                     struct id invoice_id, int64_t amount_minor)
{
    struct allocation_part part = {invoice_id, amount_minor};
    struct allocate in = {.id = money_id, .allocations = {&part, 1}};
    union {
        struct payment payment;
        struct invoice credit_note;
    } out;
    act(story, operation, &in, &out);
}

static struct id allocation_to(struct story *story, struct id invoice_id)
{
    struct list_allocations in = {.page.limit = 10, .invoice_id = invoice_id};
    struct page page;
    act(story, &list_allocations_operation, &in, &page);
    assert_int_equal(page.items.count, 1);
    return LIST_AT(struct allocation, page.items, 0)->id;
}

static struct id refunded(struct story *story, struct id payment_id, struct id credit_note_id,
                          int64_t amount_minor)
{
    struct request_refund in = {payment_id, credit_note_id, NULL, amount_minor, "too much"};
    struct refund refund;
    act(story, &request_refund_operation, &in, &refund);
    return refund.id;
}

static void undo(struct story *story, const struct operation *operation, struct id id)
{
    struct reverse in = {id, "a mistake"};
    union {
        struct payment payment;
        struct allocation allocation;
        struct refund refund;
    } out;
    act(story, operation, &in, &out);
}

static void pay_out(struct story *story, struct id refund_id)
{
    struct pay_refund in = {refund_id, story->today};
    struct refund refund;
    act(story, &pay_refund_operation, &in, &refund);
}

/* ---- the story ----------------------------------------------------------------------------- */

/* One payment settles an invoice of the left and a part of one of the right; the first allocation
 * was wrong and is made again; what is left over goes back, twice. */
static void share_one_payment(struct story *story, struct id left_id, struct id right_id)
{
    const struct allocation_part parts[] = {{left_id, TOTAL}, {right_id, 31000}};
    struct id payment_id = received(story, TOTAL + 31000, parts, 2);
    struct id allocation_id = allocation_to(story, left_id);
    tell(story, "payment.recorded", payment_id, true, true);
    undo(story, &reverse_allocation_operation, allocation_id);
    tell(story, "allocation.reversed", allocation_id, true, true);
    allocate(story, &allocate_payment_operation, payment_id, left_id, 50000);
    tell(story, "payment.allocated", payment_id, true, true);
    struct id refund_id = refunded(story, payment_id, (struct id){0}, 20000);
    tell(story, "refund.requested", refund_id, true, true);
    pay_out(story, refund_id);
    tell(story, "refund.paid", refund_id, true, true);
    undo(story, &return_refund_operation, refund_id);
    tell(story, "refund.returned", refund_id, true, true);
}

/* An over-payment is nobody's, until it goes to the right in the end. */
static void find_a_place_for_credit(struct story *story, struct id right_id)
{
    struct id payment_id = received(story, 10000, NULL, 0);
    tell(story, "payment.recorded", payment_id, false, true);
    struct id refund_id = refunded(story, payment_id, (struct id){0}, 3000);
    tell(story, "refund.requested", refund_id, false, true);
    undo(story, &cancel_refund_operation, refund_id);
    tell(story, "refund.cancelled", refund_id, false, true);
    allocate(story, &allocate_payment_operation, payment_id, right_id, 10000);
    tell(story, "payment.allocated", payment_id, false, true);
}

/* A payment that settled the left in full; its rest then goes to the right. */
static void let_a_rest_cross(struct story *story, struct id left_id, struct id right_id)
{
    const struct allocation_part part = {left_id, TOTAL};
    struct id payment_id = received(story, TOTAL + 7000, &part, 1);
    tell(story, "payment.recorded", payment_id, true, true);
    allocate(story, &allocate_payment_operation, payment_id, right_id, 7000);
    tell(story, "payment.allocated", payment_id, true, true);
}

/* A paid invoice of the left is credited in part: some of that pays the right, some goes back. */
static void let_a_credit_note_cross(struct story *story, struct id left_id, struct id right_id)
{
    struct credit_line line = {1, 10000};
    struct issue_credit_note in = {
        .invoice_id = left_id, .reason = "a defect", .lines = {&line, 1}};
    struct invoice note;
    act(story, &issue_credit_note_operation, &in, &note);
    tell(story, "credit_note.issued", note.id, true, true);
    allocate(story, &allocate_credit_note_operation, note.id, right_id, 4000);
    tell(story, "credit_note.allocated", note.id, true, true);
    struct id refund_id = refunded(story, (struct id){0}, note.id, 2000);
    tell(story, "refund.requested", refund_id, true, true);
    pay_out(story, refund_id);
    tell(story, "refund.paid", refund_id, true, true);
}

static void tell_of_neither(struct story *story)
{
    struct id payment_id = received(story, 500, NULL, 0);
    tell(story, "payment.recorded", payment_id, false, false);
    undo(story, &reverse_payment_operation, payment_id);
    tell(story, "payment.reversed", payment_id, false, false);
}

static struct story story;

static int open_with_story(void **state)
{
    int result = stage_open(state);
    story = (struct story){.stage = *state};
    story.today = time_day(clock_now_ms(&story.stage->clock));
    scene_set(&story.scenes[LEFT], *state, NULL);
    scene_set_beside(&story.scenes[RIGHT], &story.scenes[LEFT]);
    struct id left_id = accepted(&story, LEFT, 0), right_id = accepted(&story, RIGHT, 0);
    share_one_payment(&story, left_id, right_id);
    find_a_place_for_credit(&story, right_id);
    struct id next_id = accepted(&story, LEFT, 1);
    let_a_rest_cross(&story, next_id, right_id);
    let_a_credit_note_cross(&story, next_id, right_id);
    tell_of_neither(&story);
    return result;
}

/* ---- what the bundles say of it ------------------------------------------------------------ */

static const char *bundle_on(int which, struct actor actor)
{
    return bundle_of(story.stage, actor, story.scenes[which].engagement.id, 0);
}

static size_t count_told(const json_t *bundle, const struct told *told)
{
    char id[ID_TEXT_SIZE];
    size_t i, count = 0;
    const json_t *leaf;
    const char *lines = arena_format(story.stage->arena, "\n%s\n%s\n", told->event,
                                     id_format(told->subject_id, id));
    json_array_foreach(json_object_get(bundle, "leaves"), i, leaf)
    {
        count += strstr(json_string_value(json_object_get(leaf, "leaf")), lines) != NULL;
    }
    return count;
}

CASE(each_bundle_is_accepted_by_the_offline_verifier)
{
    (void)state;
    for (int which = LEFT; which <= RIGHT; which++) {
        assert_bundle_holds(story.stage, bundle_on(which, story.scenes[which].owner));
        assert_bundle_holds(story.stage, bundle_on(which, story.scenes[which].payer));
    }
}

CASE(each_bundle_tells_of_all_money_that_touched_its_engagement_and_of_no_other)
{
    (void)state;
    for (int which = LEFT; which <= RIGHT; which++) {
        json_t *bundle = bundle_parse(bundle_on(which, story.scenes[which].owner));
        for (size_t i = 0; i < story.count; i++) {
            const struct told *told = &story.told[i];
            size_t count = count_told(bundle, told);
            if ((count > 0) != told->in[which])
                print_error("bundle %d: %s, %zu times\n", which, told->event, count);
            assert_int_equal(count > 0, told->in[which]);
        }
        json_decref(bundle);
    }
}

CASE(leaves_are_listed_by_every_engagement_that_they_tell_of)
{
    struct stage *stage = *state;
    for (int which = LEFT; which <= RIGHT; which++) {
        struct list_leaves in = {.page.limit = 50,
                                 .event = "payment.recorded",
                                 .engagement_id = story.scenes[which].engagement.id};
        struct page page;
        assert_result(
            stage,
            stage_perform(stage, story.scenes[which].owner, &list_leaves_operation, &in, &page),
            OK);
        assert_int_equal(page.items.count, which == LEFT ? 2 : 1);
    }
}

/* Whether the bundle shows the row, rather than name it. */
static bool shows(const json_t *bundle, const char *kind, struct id id)
{
    char text[ID_TEXT_SIZE];
    size_t i;
    const json_t *row;
    id_format(id, text);
    json_array_foreach(json_object_get(bundle, "rows"), i, row)
    {
        if (strcmp(json_string_value(json_object_get(row, "kind")), kind) == 0 &&
            strcmp(json_string_value(json_object_get(row, "id")), text) == 0)
            return json_object_get(row, "row") != NULL;
    }
    return false;
}

CASE(what_the_same_money_did_elsewhere_is_named_and_not_shown)
{
    struct stage *stage = *state;
    struct list_allocations in = {.page.limit = 50};
    struct page page;
    json_t *bundles[2];
    for (int which = LEFT; which <= RIGHT; which++)
        bundles[which] = bundle_parse(bundle_on(which, story.scenes[which].owner));
    assert_result(
        stage,
        stage_perform(stage, story.scenes[LEFT].owner, &list_allocations_operation, &in, &page),
        OK);
    assert_int_equal(page.items.count, 7);
    for (size_t i = 0; i < page.items.count; i++) {
        const struct allocation *allocation = LIST_AT(struct allocation, page.items, i);
        struct invoice invoice = stored_invoice(&story.scenes[LEFT], allocation->invoice_id);
        bool is_left = id_equal(invoice.engagement_id, story.scenes[LEFT].engagement.id);
        bool is_of_note = !id_is_none(allocation->credit_note_id);
        assert_int_equal(shows(bundles[LEFT], "invoice", invoice.id), is_left);
        assert_int_equal(shows(bundles[RIGHT], "invoice", invoice.id), !is_left);
        assert_int_equal(shows(bundles[LEFT], "allocation", allocation->id), is_left || is_of_note);
        assert_int_equal(shows(bundles[RIGHT], "allocation", allocation->id), !is_left);
        assert_true(!is_of_note || shows(bundles[LEFT], "invoice", allocation->credit_note_id));
        assert_true(!is_of_note || shows(bundles[RIGHT], "invoice", allocation->credit_note_id));
    }
    json_decref(bundles[LEFT]);
    json_decref(bundles[RIGHT]);
}

/* ---- what is taken out --------------------------------------------------------------------- */

static void assert_noticed(const json_t *bundle, const char *member, size_t place)
{
    json_t *copy = json_deep_copy(bundle);
    json_array_remove(json_object_get(copy, member), place);
    char *text = json_dumps(copy, JSON_COMPACT);
    int result = bundle_verify(story.stage, text);
    if (result != 1)
        print_error("%s %zu was not missed\n", member, place);
    assert_int_equal(result, 1);
    free(text);
    json_decref(copy);
}

CASE(each_leaf_and_row_that_is_taken_out_is_missed)
{
    (void)state;
    json_t *bundle = bundle_parse(bundle_on(RIGHT, story.scenes[RIGHT].payer));
    size_t i;
    const json_t *leaf;
    json_array_foreach(json_object_get(bundle, "leaves"), i, leaf)
    {
        const json_t *payload = json_object_get(leaf, "payload");
        if (json_array_size(json_object_get(payload, "rows")) > 0)
            assert_noticed(bundle, "leaves", i);
    }
    for (i = 0; i < json_array_size(json_object_get(bundle, "rows")); i++)
        assert_noticed(bundle, "rows", i);
    json_decref(bundle);
}

/* ---- what it costs ------------------------------------------------------------------------- */

static int64_t count_reaches(struct stage *stage)
{
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_OPERATOR);
    int64_t count;
    call.store.session = stage->reading;
    assert_result(stage, db_begin(stage->reading, &stage->fault), OK);
    assert_result(
        stage,
        store_count(&call.store,
                    tables_statement(stage->app.tables, "count_reaches",
                                     "SELECT count(*) FROM leaf_reach WHERE company = :company"),
                    NO_PARAMS, &count, &stage->fault),
        OK);
    db_rollback(stage->reading);
    return count;
}

CASE(an_accepted_and_billed_milestone_is_found_without_a_row_more)
{
    struct stage *stage = *state;
    int64_t before = count_reaches(stage);
    accepted(&story, RIGHT, 1);
    assert_int_equal(count_reaches(stage), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_bundle_is_accepted_by_the_offline_verifier),
        T(each_bundle_tells_of_all_money_that_touched_its_engagement_and_of_no_other),
        T(leaves_are_listed_by_every_engagement_that_they_tell_of),
        T(what_the_same_money_did_elsewhere_is_named_and_not_shown),
        T(each_leaf_and_row_that_is_taken_out_is_missed),
        T(an_accepted_and_billed_milestone_is_found_without_a_row_more),
    };
    return cmocka_run_group_tests(tests, open_with_story, stage_close);
}
