/* The shapes of all rows hold together, and the schema has exactly their columns. */
#include "../check.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/must.h"
#include "core/domain.h"
#include "core/evidence_row.h"

static const struct shape *const tables[] = {
    &company_shape,
    &user_shape,
    &session_shape,
    &api_token_shape,
    &login_link_shape,
    &client_shape,
    &contact_shape,
    &engagement_shape,
    &requirement_shape,
    &requirement_confirmation_shape,
    &proposal_shape,
    &rate_card_shape,
    &estimate_shape,
    &comment_shape,
    &contract_shape,
    &signature_shape,
    &milestone_shape,
    &milestone_dependency_shape,
    &task_shape,
    &task_dependency_shape,
    &task_slip_shape,
    &time_entry_shape,
    &earning_choice_shape,
    &value_snapshot_shape,
    &report_rhythm_shape,
    &status_report_shape,
    &baseline_shape,
    &obligation_shape,
    &obligation_slip_shape,
    &team_member_shape,
    &communication_shape,
    &meeting_shape,
    &milestone_template_shape,
    &file_shape,
    &submission_shape,
    &certificate_shape,
    &approval_shape,
    &dispute_shape,
    &defect_shape,
    &price_reduction_shape,
    &progress_claim_shape,
    &progress_approval_shape,
    &billing_period_shape,
    &invoice_shape,
    &invoice_line_shape,
    &payment_shape,
    &allocation_shape,
    &refund_shape,
    &ledger_account_shape,
    &ledger_entry_shape,
    &ledger_posting_shape,
    &leaf_shape,
    &tile_shape,
    &checkpoint_shape,
    &document_shape,
    &outbox_shape,
    &webhook_endpoint_shape,
    &job_shape,
};

/* Shapes that live within others, and take their currency from them. */
static const struct shape *const parts[] = {
    &plan_shape,
    &plan_milestone_shape,
    &deliverable_shape,
    &contract_terms_shape,
    &reminder_shape,
    &criterion_shape,
    &delivered_shape,
    &decision_shape,
    &invoice_tax_shape,
    &acceptance_notice_shape,
    &rate_shape,
    &task_move_shape,
    &milestone_move_shape,
    &baseline_row_shape,
    &meeting_participant_shape,
    &template_milestone_shape,
    &meeting_decision_shape,
    &meeting_action_shape,
    &waiting_milestone_shape,
    &waiting_task_shape,
    &effort_shape,
    &estimated_milestone_shape,
    &recurrence_shape,
    &approver_limit_shape,
};

enum { TABLES = sizeof tables / sizeof *tables, PARTS = sizeof parts / sizeof *parts };

static const struct shape *shape_number(size_t i)
{
    return i < TABLES ? tables[i] : parts[i - TABLES];
}

/* Rows that are read with the row that they belong to, whose currency is theirs. */
static bool has_parent(const struct shape *shape)
{
    if (shape == &invoice_line_shape || shape == &ledger_posting_shape)
        return true;
    for (size_t i = 0; i < PARTS; i++) {
        if (parts[i] == shape && shape != &plan_shape)
            return true;
    }
    return false;
}

static const size_t sizes[] = {
    [FIELD_ID] = sizeof(struct id),       [FIELD_TEXT] = sizeof(char *),
    [FIELD_INTEGER] = sizeof(int64_t),    [FIELD_BOOLEAN] = sizeof(bool),
    [FIELD_DAY] = sizeof(int32_t),        [FIELD_MOMENT] = sizeof(int64_t),
    [FIELD_MONEY] = sizeof(int64_t),      [FIELD_CHOICE] = sizeof(int),
    [FIELD_HASH] = sizeof(struct hash),   [FIELD_BYTES] = sizeof(struct bytes),
    [FIELD_TEXTS] = sizeof(struct texts), [FIELD_OBJECT] = sizeof(void *),
    [FIELD_LIST] = sizeof(struct list),
};

CASE(every_field_lies_within_its_struct_and_on_no_other)
{
    for (size_t s = 0; s < TABLES + PARTS; s++) {
        const struct shape *shape = shape_number(s);
        size_t end = 0;
        for (size_t i = 0; i < shape->field_count; i++) {
            const struct field *field = &shape->fields[i];
            assert_true(field->kind >= FIELD_ID && field->kind <= FIELD_LIST);
            assert_true(field->offset >= end); /* in the struct's order */
            end = field->offset + sizes[field->kind];
            assert_true(end <= shape->size);
        }
        assert_true(shape->size - end < sizeof(void *)); /* no member was left out at the end */
    }
}

CASE(names_are_unique_and_each_kind_has_what_it_needs)
{
    for (size_t s = 0; s < TABLES + PARTS; s++) {
        const struct shape *shape = shape_number(s);
        for (size_t i = 0; i < shape->field_count; i++) {
            const struct field *field = &shape->fields[i];
            assert_ptr_equal(shape_field(shape, field->name, NULL), field);
            assert_int_equal(field->kind == FIELD_CHOICE, field->choices != NULL);
            assert_int_equal(field->kind == FIELD_LIST || field->kind == FIELD_OBJECT,
                             field->shape != NULL);
            if (field->kind == FIELD_INTEGER || field->kind == FIELD_MONEY)
                assert_true(field->minimum < field->maximum);
        }
    }
}

CASE(shapes_have_names_of_their_own)
{
    for (size_t a = 0; a < TABLES + PARTS; a++) {
        for (size_t b = 0; b < a; b++)
            assert_string_not_equal(shape_number(a)->name, shape_number(b)->name);
    }
}

CASE(money_stands_beside_its_currency)
{
    for (size_t s = 0; s < TABLES + PARTS; s++) {
        const struct shape *shape = shape_number(s);
        bool has_money = false;
        for (size_t i = 0; i < shape->field_count; i++)
            has_money = has_money || shape->fields[i].kind == FIELD_MONEY;
        if (has_money && !has_parent(shape))
            assert_non_null(shape_field(shape, "currency", NULL));
    }
}

CASE(every_choice_has_a_name_of_its_own)
{
    for (size_t s = 0; s < TABLES + PARTS; s++) {
        const struct shape *shape = shape_number(s);
        for (size_t i = 0; i < shape->field_count; i++) {
            const struct choices *choices = shape->fields[i].choices;
            if (!choices)
                continue;
            assert_null(choices->names[0]);
            for (size_t value = 1; value < choices->count; value++) {
                assert_non_null(choices->names[value]);
                assert_int_equal(choice_value(choices, choices->names[value]), value);
            }
        }
    }
}

/* Nobody edits an issued document: the statement that saves it could not. */
CASE(of_an_issued_invoice_only_what_follows_it_changes)
{
    static const char *const changing[] = {"version", "state", "paid_minor", "credited_minor",
                                           "disputed_at"};
    size_t count = 0;
    for (size_t i = 0; i < invoice_shape.field_count; i++) {
        const struct field *field = &invoice_shape.fields[i];
        if (!(field->flags & (FIXED | NOT_STORED)))
            assert_string_equal(field->name, changing[count++]);
    }
    assert_int_equal(count, 5);
}

CASE(a_new_row_has_none_where_nothing_is_initial)
{
    struct milestone milestone;
    shape_init(&milestone_shape, &milestone);
    assert_int_equal(milestone.version, 1);
    assert_int_equal(milestone.state, MILESTONE_PLANNED);
    assert_int_equal(milestone.billing, BILLING_UNBILLED);
    assert_true(milestone.start_day == DAY_NONE);
    assert_true(id_is_none(milestone.invoice_id));
}

/* ---- the schema ---------------------------------------------------------------------------- */

/* All steps, one after the other; paths are separated by colons. */
static char *schema_text(void)
{
    char *paths = strdup(SCHEMA_FILES), *text = NULL;
    size_t size = 0;
    FILE *all = open_memstream(&text, &size);
    must(paths && all);
    for (char *rest = paths, *path; (path = strsep(&rest, ":"));) {
        FILE *file = fopen(path, "r");
        must(file);
        for (int c; (c = fgetc(file)) != EOF;)
            fputc(c, all);
        fclose(file);
    }
    fclose(all);
    free(paths);
    return text;
}

static const char *column_type(const struct field *field)
{
    static const char *const types[] = {
        [FIELD_ID] = "ID",           [FIELD_TEXT] = "TEXT",   [FIELD_INTEGER] = "INTEGER",
        [FIELD_BOOLEAN] = "INTEGER", [FIELD_DAY] = "INTEGER", [FIELD_MOMENT] = "INTEGER",
        [FIELD_MONEY] = "INTEGER",   [FIELD_CHOICE] = "TEXT", [FIELD_HASH] = "BYTES",
        [FIELD_BYTES] = "BYTES",     [FIELD_TEXTS] = "TEXT",  [FIELD_OBJECT] = "TEXT",
        [FIELD_LIST] = "TEXT",
    };
    return types[field->kind];
}

/* Whether the column can be null: the kinds that are never none cannot, unless the field may be. */
static bool can_be_null(const struct field *field)
{
    static const bool never_none[FIELD_LIST + 1] = {
        [FIELD_INTEGER] = true, [FIELD_BOOLEAN] = true, [FIELD_MONEY] = true,
        [FIELD_TEXTS] = true,   [FIELD_LIST] = true,
    };
    bool may_be_none = !never_none[field->kind] || field->flags & NULLABLE;
    return !(field->flags & REQUIRED) && may_be_none;
}

/* A column that a later step adds to a table. Rows were there before, so it can be null. */
static void assert_added(const char *schema, const struct shape *shape, const struct field *field)
{
    char statement[200];
    snprintf(statement, sizeof statement, "\nALTER TABLE %s ADD COLUMN %s %s;\n", shape->name,
             field->name, column_type(field));
    assert_true(field->flags & ADDED_LATER);
    assert_non_null(strstr(schema, statement));
}

/* Reads "    name TYPE NOT NULL …" and steps to the next line. */
static const char *assert_column(const char *line, const char *name, const char *type, bool null)
{
    char column[64], word[16], rest[128];
    int length = 0;
    assert_int_equal(sscanf(line, " %63s %15[A-Z]%127[^\n]%n", column, word, rest, &length), 3);
    assert_string_equal(column, name);
    assert_string_equal(word, type);
    assert_int_equal(strstr(rest, "NOT NULL") == NULL, null);
    return line + length + 1;
}

CASE(the_schema_has_exactly_the_stored_fields_in_their_order)
{
    char *schema = schema_text();
    for (size_t s = 0; s < TABLES; s++) {
        const struct shape *shape = tables[s];
        char start[80];
        snprintf(start, sizeof start, "CREATE TABLE %s (\n", shape->name);
        const char *line = strstr(schema, start);
        assert_non_null(line);
        line = assert_column(line + strlen(start), "company", "INTEGER", false);
        for (size_t i = 0; i < shape->field_count; i++) {
            const struct field *field = &shape->fields[i];
            if (field->flags & ADDED_LATER)
                assert_added(schema, shape, field);
            else if (!(field->flags & NOT_STORED))
                line = assert_column(line, field->name, column_type(field), can_be_null(field));
        }
        assert_memory_equal(line, "    PRIMARY KEY (company", 24);
    }
    free(schema);
}

RUN(T(every_field_lies_within_its_struct_and_on_no_other),
    T(names_are_unique_and_each_kind_has_what_it_needs), T(shapes_have_names_of_their_own),
    T(money_stands_beside_its_currency), T(every_choice_has_a_name_of_its_own),
    T(of_an_issued_invoice_only_what_follows_it_changes),
    T(a_new_row_has_none_where_nothing_is_initial),
    T(the_schema_has_exactly_the_stored_fields_in_their_order))
