#include "action/engagement_copy.h"

#include <string.h>

#include "../life.h"
#include "base/json.h"

/* A signed engagement with accepted, billed and paid work, and a copy of it. */
struct original {
    struct scenario scenario;
    struct engagement_copy copy;
    const char *text; /* the copy as JSON */
};

static const struct actor the_operator; /* what the stage takes nobody for */

static const char *text_of(struct stage *stage, const struct engagement_copy *copy)
{
    struct text_buffer text = text_buffer_in(stage->arena);
    json_write_shape(&text, &engagement_copy_shape, copy, JSON_FOR_AGENCY);
    return text.bytes;
}

static void export(struct original *original, struct stage *stage)
{
    struct subject in = {original->scenario.engagement.id};
    assert_result(
        stage,
        stage_perform(stage, the_operator, &export_engagement_operation, &in, &original->copy), OK);
    original->text = text_of(stage, &original->copy);
}

static void make(struct original *original, struct stage *stage)
{
    scenario_signed(&original->scenario, stage, 3);
    live(&original->scenario);
    export(original, stage);
}

static enum error read_back(struct stage *stage, const char *text, struct engagement_copy *copy)
{
    json_t *object;
    *copy = (struct engagement_copy){0};
    assert_result(stage, json_parse_object(text, strlen(text), &object, &stage->fault), OK);
    enum error error =
        json_read_shape(stage->arena, &engagement_copy_shape, object, copy, &stage->fault);
    json_decref(object);
    return error;
}

CASE(copy_has_every_row_of_its_engagement)
{
    struct original original;
    make(&original, *state);
    const struct engagement_copy *copy = &original.copy;
    assert_string_equal(copy->format, "waymark-engagement/1");
    assert_string_equal(copy->company, "acme");
    assert_true(id_equal(copy->client->id, original.scenario.client.id));
    assert_int_equal(copy->contacts.count, 3);
    assert_int_equal(copy->requirements.count, 3);
    assert_int_equal(copy->confirmations.count, 1);
    assert_int_equal(copy->proposals.count, 1);
    assert_int_equal(copy->estimates.count, 1);
    assert_int_equal(copy->approvals.count, 1);
    assert_int_equal(copy->disputes.count, 1);
    assert_int_equal(copy->defects.count, 1);
    assert_int_equal(copy->price_reductions.count, 1);
    assert_int_equal(copy->tasks.count, 2);
    assert_int_equal(copy->task_dependencies.count, 1);
    assert_int_equal(copy->task_slips.count, 1);
    assert_int_equal(copy->time_entries.count, 2);
    assert_int_equal(copy->earning_choices.count, 1);
    assert_int_equal(copy->value_snapshots.count, 1);
    assert_int_equal(copy->report_rhythms.count, 1);
    assert_int_equal(copy->status_reports.count, 1);
    assert_int_equal(copy->baselines.count, 1);
    assert_int_equal(copy->obligations.count, 1);
    assert_int_equal(copy->obligation_slips.count, 1);
    assert_int_equal(copy->team_members.count, 2);
    assert_int_equal(copy->communications.count, 1);
    assert_int_equal(copy->meetings.count, 1);
    assert_int_equal(copy->rate_cards.count, 1);
    assert_int_equal(copy->contracts.count, 1);
    assert_int_equal(copy->signatures.count, 2);
    assert_int_equal(copy->milestones.count, 3);
    assert_int_equal(copy->dependencies.count, 2);
    assert_int_equal(copy->submissions.count, 2);
    assert_int_equal(copy->certificates.count, 2);
    assert_int_equal(copy->invoices.count, 3);
    assert_int_equal(copy->payments.count, 1);
    assert_int_equal(copy->allocations.count, 2);
    assert_int_equal(copy->refunds.count, 1);
    assert_true(copy->ledger_entries.count >= 5);
    assert_true(copy->documents.count >= 1);
}

CASE(rows_that_rows_own_come_with_their_owner)
{
    struct original original;
    make(&original, *state);
    const struct engagement_copy *copy = &original.copy;
    for (size_t i = 0; i < copy->invoices.count; i++) {
        const struct invoice *invoice = LIST_AT(struct invoice, copy->invoices, i);
        assert_int_equal(invoice->lines.count, 1);
        assert_true(
            id_equal(LIST_AT(struct invoice_line, invoice->lines, 0)->invoice_id, invoice->id));
    }
    for (size_t i = 0; i < copy->ledger_entries.count; i++) {
        const struct ledger_entry *entry = LIST_AT(struct ledger_entry, copy->ledger_entries, i);
        int64_t sum = 0;
        assert_true(entry->postings.count >= 2);
        for (size_t j = 0; j < entry->postings.count; j++)
            sum += LIST_AT(struct ledger_posting, entry->postings, j)->amount_minor;
        assert_int_equal(sum, 0);
    }
}

CASE(another_engagement_is_not_in_the_copy)
{
    struct original first, second;
    make(&first, *state);
    scenario_signed(&second.scenario, *state, 2);
    export(&second, *state);
    assert_int_equal(second.copy.milestones.count, 2);
    assert_int_equal(second.copy.invoices.count, 0);
    assert_int_equal(second.copy.ledger_entries.count, 0);
    char id[ID_TEXT_SIZE];
    assert_null(strstr(second.text, id_format(first.scenario.engagement.id, id)));
    assert_null(strstr(second.text, id_format(first.scenario.client.id, id)));
}

CASE(money_that_went_to_another_engagement_too_is_not_copied)
{
    struct original original;
    struct stage *stage = *state;
    make(&original, stage);
    struct allocation elsewhere = *LIST_AT(struct allocation, original.copy.allocations, 0);
    elsewhere.id = id_make(STAGE_NOW_MS, 1, 1);
    elsewhere.invoice_id = id_make(STAGE_NOW_MS, 1, 2);
    stage_plant(stage, &allocation_shape, &elsewhere);
    struct subject in = {original.scenario.engagement.id};
    assert_result(
        stage,
        stage_perform(stage, the_operator, &export_engagement_operation, &in, &original.copy),
        ERROR_WRONG_STATE);
}

CASE(copy_reads_back_as_it_was_written)
{
    struct stage *stage = *state;
    struct original original;
    struct engagement_copy again;
    make(&original, stage);
    assert_result(stage, read_back(stage, original.text, &again), OK);
    assert_string_equal(text_of(stage, &again), original.text);
}

CASE(only_the_operator_takes_a_copy)
{
    stage_assert_only(*state, &export_engagement_operation, 0);
}

CASE(copy_of_what_is_not_there_is_refused)
{
    struct stage *stage = *state;
    struct engagement_copy copy;
    struct subject in = {id_make(1, 2, 3)};
    assert_result(stage,
                  stage_perform(stage, the_operator, &export_engagement_operation, &in, &copy),
                  ERROR_NOT_FOUND);
}

STAGE_RUN(T(copy_has_every_row_of_its_engagement), T(rows_that_rows_own_come_with_their_owner),
          T(another_engagement_is_not_in_the_copy),
          T(money_that_went_to_another_engagement_too_is_not_copied),
          T(copy_reads_back_as_it_was_written), T(only_the_operator_takes_a_copy),
          T(copy_of_what_is_not_there_is_refused))
