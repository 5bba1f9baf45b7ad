#include "tamper.h"

#include "../life.h"
#include "../scene.h"
#include "action/evidence.h"
#include "base/day.h"
#include "core/checkpoint.h"
#include "store/log.h"

/* ---- the cases ----------------------------------------------------------------------------- */

static struct scenario scenario;

static int open_with_life(void **state)
{
    int result = stage_open(state);
    scenario_signed(&scenario, *state, 3);
    live(&scenario);
    return result;
}

CASE(a_company_that_has_lived_is_sound)
{
    assert_sound(*state);
}

/* Each adds to a column of every row, and takes it away again. */
CASE(a_changed_row_of_any_table_is_named)
{
    static const struct {
        const char *table, *column, *plus, *minus;
    } tables[] = {
        {"company", "name", "name || 'x'", "substr(name, 1, length(name) - 1)"},
        {"user_account", "name", "name || 'x'", "substr(name, 1, length(name) - 1)"},
        {"client", "name", "name || 'x'", "substr(name, 1, length(name) - 1)"},
        {"contact", "email", "email || 'x'", "substr(email, 1, length(email) - 1)"},
        {"engagement", "title", "title || 'x'", "substr(title, 1, length(title) - 1)"},
        {"requirement", "text", "text || 'x'", "substr(text, 1, length(text) - 1)"},
        {"requirement_confirmation", "requirement_count", "requirement_count + 1",
         "requirement_count - 1"},
        {"proposal", "total_minor", "total_minor + 1", "total_minor - 1"},
        {"contract", "sum_minor", "sum_minor + 1", "sum_minor - 1"},
        {"signature", "signed_at", "signed_at + 1", "signed_at - 1"},
        {"milestone", "price_minor", "price_minor + 1", "price_minor - 1"},
        {"file", "name", "name || 'x'", "substr(name, 1, length(name) - 1)"},
        {"submission", "submitted_at", "submitted_at + 1", "submitted_at - 1"},
        {"certificate", "accepted_at", "accepted_at + 1", "accepted_at - 1"},
        {"invoice", "due_day", "due_day + 1", "due_day - 1"},
        {"payment", "received_day", "received_day + 1", "received_day - 1"},
        {"allocation", "allocated_at", "allocated_at + 1", "allocated_at - 1"},
        {"refund", "reason", "reason || 'x'", "substr(reason, 1, length(reason) - 1)"},
        {"ledger_entry", "day", "day + 1", "day - 1"},
    };
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const char *change = arena_format(stage->arena, "UPDATE %s SET %s = %s", tables[i].table,
                                          tables[i].column, tables[i].plus);
        const char *back = arena_format(stage->arena, "UPDATE %s SET %s = %s", tables[i].table,
                                        tables[i].column, tables[i].minus);
        tamper(stage, change, back, ": it is not as leaf ");
        tamper(stage, change, back, arena_format(stage->arena, "        %s ", tables[i].table));
    }
    assert_sound(stage);
}

CASE(changed_lines_and_postings_are_named_by_their_owner)
{
    struct stage *stage = *state;
    tamper(stage, "UPDATE invoice_line SET description = description || 'x'",
           "UPDATE invoice_line SET description = substr(description, 1, length(description) - 1)",
           "        invoice_lines ");
    tamper(stage, "UPDATE ledger_posting SET account = 'revenues' WHERE account = 'revenue'",
           "UPDATE ledger_posting SET account = 'revenue' WHERE account = 'revenues'",
           "        ledger_entry_postings ");
}

CASE(a_version_that_no_leaf_names_is_found)
{
    tamper(*state, "UPDATE client SET version = 2", "UPDATE client SET version = 1",
           "it is at version 2, and leaf ");
}

CASE(a_row_that_is_gone_is_found)
{
    tamper(*state, "UPDATE client SET company = 9", "UPDATE client SET company = 1",
           "names it, and it is gone");
}

CASE(a_row_that_no_leaf_names_is_found)
{
    tamper(*state,
           "INSERT INTO client (company, id, version, name, country, currency, time_zone,"
           " payment_days, created_at) SELECT 1, f.id, 1, 'x', 'DE', 'EUR', 'UTC', 1, 1 FROM file f"
           " LIMIT 1",
           "DELETE FROM client WHERE name = 'x'", "no leaf names it");
}

CASE(a_row_that_cannot_be_read_is_named)
{
    tamper(*state, "UPDATE milestone SET state = 'done' WHERE code = 'M3'",
           "UPDATE milestone SET state = 'planned' WHERE code = 'M3'", "is \"done\"");
    tamper(*state, "UPDATE invoice_line SET tax_category = 'x' || tax_category",
           "UPDATE invoice_line SET tax_category = substr(tax_category, 2)",
           "the stored tax_category of a invoice_line");
}

CASE(a_changed_leaf_is_named)
{
    struct stage *stage = *state;
    tamper(stage, "UPDATE leaf SET event = 'x.y' || event WHERE position = 1",
           "UPDATE leaf SET event = substr(event, 4) WHERE position = 1",
           "leaf 1: it does not have its hash");
    tamper(stage, "UPDATE leaf SET payload = payload || ' ' WHERE position = 2",
           "UPDATE leaf SET payload = substr(payload, 1, length(payload) - 1) WHERE position = 2",
           "leaf 2: it does not have its hash");
    tamper(stage, "UPDATE leaf SET at = at + 1 WHERE position = 3",
           "UPDATE leaf SET at = at - 1 WHERE position = 3", "leaf 3: it does not have its hash");
    tamper(stage, "UPDATE leaf SET position = position + 1000 WHERE position = 2",
           "UPDATE leaf SET position = position - 1000 WHERE position = 1002",
           "leaf 2: it is missing");
    tamper(stage, "UPDATE log_head SET size = size + 1", "UPDATE log_head SET size = size - 1",
           "log acme: its head has another size than its frontier");
}

/* The first leaf of that event. */
static struct leaf_row leaf_of(struct stage *stage, const char *event)
{
    struct list leaves;
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_OPERATOR);
    call.store.session = stage->reading;
    assert_result(stage, db_begin(stage->reading, &stage->fault), OK);
    assert_result(stage, list_leaves(&call.store, 0, 100, &leaves, &stage->fault), OK);
    db_rollback(stage->reading);
    size_t i = 0;
    while (strcmp(LIST_AT(struct leaf_row, leaves, i)->event, event) != 0)
        assert_true(++i < leaves.count);
    return *LIST_AT(struct leaf_row, leaves, i);
}

CASE(what_was_erased_without_a_contact_is_named)
{
    static const char *const events[] = {"engagement.created", "requirement.added"};
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        char hash[HASH_HEX_SIZE];
        struct leaf_row leaf = leaf_of(stage, events[i]);
        long long position = (long long)leaf.position;
        leaf_row_erase(&leaf, STAGE_NOW_MS);
        hash_to_hex(leaf.payload_hash, hash);
        tamper(stage,
               arena_format(stage->arena,
                            "CREATE TABLE kept AS SELECT * FROM leaf WHERE position = %lld;"
                            "UPDATE leaf SET payload = NULL, salt = NULL, erased_at = 1,"
                            " payload_hash = %s%s' WHERE position = %lld",
                            position, test_on_sqlite() ? "X'" : "'\\x", hash, position),
               arena_format(stage->arena,
                            "DELETE FROM leaf WHERE position = %lld;"
                            "INSERT INTO leaf SELECT * FROM kept; DROP TABLE kept",
                            position),
               arena_format(stage->arena,
                            "leaf %lld: its payload was erased, and no contact with it", position));
    }
    assert_sound(stage);
}

CASE(a_leaf_that_is_not_found_by_what_it_tells_of_is_named)
{
    struct stage *stage = *state;
    tamper(stage, "UPDATE leaf SET engagement_id = NULL WHERE event = 'invoice.issued'",
           "UPDATE leaf SET engagement_id = subject_id WHERE event = 'invoice.issued'",
           "and is not found by it");
    tamper(stage, "UPDATE leaf_reach SET company = 9", "UPDATE leaf_reach SET company = 1",
           "and is not found by it");
    assert_sound(stage);
}

CASE(money_that_does_not_add_up_is_named)
{
    struct stage *stage = *state;
    tamper(stage,
           "UPDATE ledger_posting SET amount_minor = amount_minor + 1 WHERE account = 'bank'",
           "UPDATE ledger_posting SET amount_minor = amount_minor - 1 WHERE account = 'bank'",
           "its postings do not balance: 1, not 0");
    tamper(stage, "UPDATE invoice SET paid_minor = paid_minor - 1 WHERE paid_minor > 0",
           "UPDATE invoice SET paid_minor = paid_minor + 1 WHERE paid_minor > 0",
           "its paid amount is not what is allocated to it");
    tamper(stage, "UPDATE invoice SET credited_minor = credited_minor - 1 WHERE credited_minor > 0",
           "UPDATE invoice SET credited_minor = credited_minor + 1 WHERE credited_minor > 0",
           "its credited amount is not what its credit notes took off");
    tamper(stage, "UPDATE payment SET allocated_minor = allocated_minor - 1",
           "UPDATE payment SET allocated_minor = allocated_minor + 1",
           "its allocated amount is not that of its allocations");
    tamper(stage, "UPDATE payment SET refunded_minor = refunded_minor - 1",
           "UPDATE payment SET refunded_minor = refunded_minor + 1",
           "its refunded amount is not that of its refunds");
    tamper(stage, "UPDATE ledger_entry SET source_kind = 'refund' WHERE source_kind = 'payment'",
           "UPDATE ledger_entry SET source_kind = 'payment' WHERE kind = 'payment'",
           "what it records is not there");
    tamper(stage, "UPDATE invoice_line SET net_minor = net_minor + 1",
           "UPDATE invoice_line SET net_minor = net_minor - 1",
           "its lines and groups of tax do not sum to its totals");
    tamper(stage, "UPDATE invoice SET state = 'issued' WHERE state = 'paid' AND kind = 'invoice'",
           "UPDATE invoice SET state = 'paid' WHERE paid_minor = total_minor",
           "its state is not what it was paid and credited");
    tamper(stage, "UPDATE refund SET state = 'paid', paid_day = 1",
           "UPDATE refund SET state = 'requested', paid_day = NULL",
           "the ledger's are not those requested");
}

static bool says(struct stage *stage, const char *said)
{
    struct outcome outcome = audit(stage);
    bool found = strstr(outcome.text, said) != NULL;
    free(outcome.text);
    return found;
}

#define OF_THE_SECOND "(SELECT id FROM invoice WHERE number = '2016-0002' AND kind = 'invoice')"
#define LINE(number, net)                                                                          \
    "INSERT INTO invoice_line SELECT company, invoice_id, " number                                 \
    ", milestone_id, certificate_id, description, quantity, " net ", " net                         \
    ", tax_category, tax_rate_ppm, progress_claim_id FROM invoice_line "                           \
    "WHERE number = 1 AND invoice_id = " OF_THE_SECOND ";"

/* Three lines of 333.33 and one of 0.01 bring 189.99 of tax line by line, and 190.00 as a group. */
CASE(tax_must_be_rounded_as_the_contract_says)
{
    static const char wrong[] = "2016-0002: its tax is not that of its rates";
    struct stage *stage = *state;
    forge(stage, LINE("2", "33333") LINE("3", "33333") LINE("4", "1"));
    forge(stage, "UPDATE invoice_line SET net_minor = 33333, unit_price_minor = 33333"
                 " WHERE number = 1 AND invoice_id = " OF_THE_SECOND);
    assert_false(says(stage, wrong));
    forge(stage, "UPDATE contract SET plan = replace(plan, 'per_group', 'per_line')");
    assert_true(says(stage, wrong));
    forge(stage, "UPDATE invoice SET tax_minor = 18999, total_minor = 118999,"
                 " taxes = replace(taxes, '\"190.00\"', '\"189.99\"')"
                 " WHERE id = " OF_THE_SECOND);
    assert_false(says(stage, wrong));
    forge(stage, "UPDATE contract SET plan = replace(plan, 'per_line', 'per_group')");
    assert_true(says(stage, wrong));
    forge(stage, "UPDATE invoice SET tax_minor = 19000, total_minor = 119000,"
                 " taxes = replace(taxes, '\"189.99\"', '\"190.00\"')"
                 " WHERE id = " OF_THE_SECOND);
    forge(stage, "UPDATE invoice_line SET net_minor = 100000, unit_price_minor = 100000"
                 " WHERE number = 1 AND invoice_id = " OF_THE_SECOND);
    forge(stage, "DELETE FROM invoice_line WHERE number > 1");
    assert_sound(stage);
}

CASE(what_is_kept_beside_the_postings_must_be_theirs)
{
    tamper(*state, "UPDATE ledger_day SET debit_minor = debit_minor + 1 WHERE account = 'bank'",
           "UPDATE ledger_day SET debit_minor = debit_minor - 1 WHERE account = 'bank'",
           "ledger_entry bank: what the account moved on a day is not kept as posted");
}

CASE(a_gap_in_the_numbers_is_named)
{
    tamper(*state, "UPDATE invoice SET number = '2016-0009' WHERE number = '2016-0001'",
           "UPDATE invoice SET number = '2016-0001' WHERE number = '2016-0009'",
           "invoice 2016-0001: it is missing");
    tamper(*state, "UPDATE number_series SET next = next + 1 WHERE kind = 'payment'",
           "UPDATE number_series SET next = next - 1 WHERE kind = 'payment'",
           "payment P-2016-0002: it is missing");
}

CASE(what_money_stands_on_must_be_there)
{
    struct stage *stage = *state;
    tamper(stage, "UPDATE submission SET state = 'rejected'",
           "UPDATE submission SET state = 'accepted'",
           "a line does not lead to an acceptance under a signed contract");
    tamper(stage, "UPDATE certificate SET company = 9", "UPDATE certificate SET company = 1",
           "its certificate_id is no certificate that is there");
    tamper(stage, "UPDATE contract SET document = document || ' '",
           "UPDATE contract SET document = substr(document, 1, length(document) - 1)",
           "the text does not have its hash");
    tamper(stage, "UPDATE signature SET signed_at = signed_at - 86400000",
           "UPDATE signature SET signed_at = signed_at + 86400000", "the signature of");
}

CASE(a_file_that_is_gone_or_damaged_is_named)
{
    struct stage *stage = *state;
    char hex[HASH_HEX_SIZE];
    hash_to_hex(hash_bytes("report", 6), hex);
    const char *path =
        arena_format(stage->arena, "%s/%.2s/%s", stage->app.files_directory, hex, hex + 2);
    const char *aside = arena_format(stage->arena, "%s.aside", path);
    assert_int_equal(rename(path, aside), 0);
    struct outcome outcome = audit(stage);
    assert_non_null(strstr(outcome.text, "report.txt is missing"));
    free(outcome.text);
    FILE *file = fopen(path, "w");
    fputs("repork", file);
    fclose(file);
    outcome = audit(stage);
    assert_non_null(strstr(outcome.text, "report.txt is damaged"));
    free(outcome.text);
    assert_int_equal(rename(aside, path), 0);
    assert_sound(stage);
}

/* The last, as it cannot be undone. */
CASE(a_change_between_two_that_no_leaf_names_stays_found)
{
    struct stage *stage = *state;
    struct client client;
    forge(stage, "UPDATE client SET version = version + 1");
    get_row(stage, &client_shape, scenario.client.id, &client);
    change_row(stage, &client_shape, &client);
    struct outcome outcome = audit(stage);
    assert_non_null(strstr(outcome.text, "no leaf names version 2 of it"));
    free(outcome.text);
}

/* The first milestone is billed by two weeks that are over. */
static void recur(struct plan *plan)
{
    static struct recurrence recurrence;
    struct plan_milestone *first = scenario_planned(plan, 0);
    shape_init(&recurrence_shape, &recurrence);
    recurrence.rhythm = RHYTHM_WEEKLY;
    recurrence.start_day = time_day(STAGE_NOW_MS) - 13;
    recurrence.end_day = time_day(STAGE_NOW_MS);
    first->pricing = PRICING_RECURRING;
    first->recurrence = &recurrence;
}

CASE(a_billed_period_and_its_invoice_must_agree)
{
    struct scene scene;
    scene_set_as(&scene, *state, recur);
    assert_true(run_due_jobs(scene.stage) >= 2);
    assert_sound(scene.stage);
    tamper(scene.stage, "UPDATE billing_period SET net_minor = net_minor + 1",
           "UPDATE billing_period SET net_minor = net_minor - 1",
           "it is not what its invoice bills for it");
    tamper(scene.stage, "UPDATE billing_period SET bill_day = bill_day + 1",
           "UPDATE billing_period SET bill_day = bill_day - 1",
           "it is not what its invoice bills for it");
    tamper(scene.stage, "UPDATE billing_period SET company = 9",
           "UPDATE billing_period SET company = 1",
           "a line does not lead to an acceptance under a signed contract, nor to a period of one");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_company_that_has_lived_is_sound),
        T(a_changed_row_of_any_table_is_named),
        T(changed_lines_and_postings_are_named_by_their_owner),
        T(a_version_that_no_leaf_names_is_found),
        T(a_row_that_is_gone_is_found),
        T(a_row_that_no_leaf_names_is_found),
        T(a_row_that_cannot_be_read_is_named),
        T(a_changed_leaf_is_named),
        T(what_was_erased_without_a_contact_is_named),
        T(a_leaf_that_is_not_found_by_what_it_tells_of_is_named),
        T(money_that_does_not_add_up_is_named),
        T(tax_must_be_rounded_as_the_contract_says),
        T(what_is_kept_beside_the_postings_must_be_theirs),
        T(a_gap_in_the_numbers_is_named),
        T(what_money_stands_on_must_be_there),
        T(a_file_that_is_gone_or_damaged_is_named),
        T(a_billed_period_and_its_invoice_must_agree),
        T(a_change_between_two_that_no_leaf_names_stays_found),
    };
    return cmocka_run_group_tests(tests, open_with_life, stage_close);
}
