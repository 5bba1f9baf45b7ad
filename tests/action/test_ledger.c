#include "action/ledger.h"

#include "action/credit_note.h"
#include "action/entry_reversal.h"
#include "action/refund.h"
#include "billing.h"
#include "store/ledger.h"

static struct trial_balance balance_on(struct scene *scene, int32_t day)
{
    struct trial_balance in = {.day = day};
    struct trial_balance out;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->auditor, &show_trial_balance_operation, &in, &out), OK);
    return out;
}

/* Debit less credit of an account in EUR. */
static int64_t balance_of(const struct trial_balance *balance, const char *account)
{
    for (size_t i = 0; i < balance->accounts.count; i++) {
        const struct ledger_balance *row = LIST_AT(struct ledger_balance, balance->accounts, i);
        if (strcmp(row->account, account) == 0 && strcmp(row->currency, "EUR") == 0)
            return row->balance_minor;
    }
    return 0;
}

static void assert_balanced(const struct trial_balance *balance)
{
    for (size_t i = 0; i < balance->totals.count; i++) {
        const struct trial_balance_total *total =
            LIST_AT(struct trial_balance_total, balance->totals, i);
        assert_int_equal(total->debit_minor, total->credit_minor);
        assert_true(total->debit_minor > 0);
    }
}

CASE(the_trial_balance_moves_with_every_change_of_money_and_balances)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct trial_balance before = balance_on(&scene, DAY_NONE);
    struct invoice invoice = bill(&scene, 0);
    struct trial_balance billed = balance_on(&scene, DAY_NONE);
    assert_int_equal(balance_of(&billed, "receivable") - balance_of(&before, "receivable"), TOTAL);
    assert_int_equal(balance_of(&billed, "revenue") - balance_of(&before, "revenue"), -NET);
    assert_int_equal(balance_of(&billed, "output_tax") - balance_of(&before, "output_tax"),
                     NET - TOTAL);
    pay(&scene, TOTAL + 500, invoice.reference, ALLOCATE_AUTOMATICALLY);
    struct trial_balance paid = balance_on(&scene, DAY_NONE);
    assert_int_equal(balance_of(&paid, "receivable"), balance_of(&before, "receivable"));
    assert_int_equal(balance_of(&paid, "bank") - balance_of(&before, "bank"), TOTAL + 500);
    assert_int_equal(balance_of(&paid, "client_credit") - balance_of(&before, "client_credit"),
                     -500);
    assert_balanced(&billed);
    assert_balanced(&paid);
}

CASE(a_balance_of_an_earlier_day_leaves_out_what_came_later)
{
    struct scene scene;
    struct payment payment;
    scene_set(&scene, *state, NULL);
    int32_t today = time_day(STAGE_NOW_MS);
    struct record_payment in = {
        .payment = {.client_id = scene.scenario.client.id,
                    .currency = "EUR",
                    .amount_minor = 700,
                    .received_day = today - 100,
                    .method = PAYMENT_CASH},
        .rule = ALLOCATE_NOTHING,
    };
    struct trial_balance before = balance_on(&scene, today - 101);
    struct trial_balance then = balance_on(&scene, today - 100);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &record_payment_operation, &in, &payment), OK);
    struct trial_balance later = balance_on(&scene, today - 100);
    assert_int_equal(balance_of(&later, "bank") - balance_of(&then, "bank"), 700);
    struct trial_balance still = balance_on(&scene, today - 101);
    assert_int_equal(balance_of(&still, "bank"), balance_of(&before, "bank"));
    assert_balanced(&later);
}

/* The sums per day against the postings themselves. */
CASE(days_agree_with_postings)
{
    struct stage *stage = *state;
    struct list rows;
    struct store store = {.tables = stage->app.tables,
                          .session = stage->reading,
                          .arena = stage->arena,
                          .company = 1,
                          .viewer = {.is_agency = true}};
    const char *sql =
        "SELECT account, currency, CAST(sum(debit_minor) AS BIGINT) AS debit_minor,"
        " CAST(sum(credit_minor) AS BIGINT) AS credit_minor FROM ("
        " SELECT e.day, p.account, e.currency,"
        " CASE WHEN p.amount_minor > 0 THEN p.amount_minor ELSE 0 END AS debit_minor,"
        " CASE WHEN p.amount_minor < 0 THEN -p.amount_minor ELSE 0 END AS credit_minor"
        " FROM ledger_entry e JOIN ledger_posting p"
        " ON p.company = e.company AND p.entry_id = e.id WHERE e.company = :company"
        " UNION ALL SELECT day, account, currency, -debit_minor, -credit_minor"
        " FROM ledger_day WHERE company = :company) AS moved"
        " GROUP BY day, account, currency";
    assert_int_equal(db_begin(stage->reading, &stage->fault), OK);
    assert_result(stage,
                  store_list(&store, tables_statement(stage->app.tables, "days", sql), NO_PARAMS,
                             &ledger_balance_shape, &rows, &stage->fault),
                  OK);
    db_rollback(stage->reading);
    assert_true(rows.count > 3);
    for (size_t i = 0; i < rows.count; i++) {
        assert_int_equal(LIST_AT(struct ledger_balance, rows, i)->debit_minor, 0);
        assert_int_equal(LIST_AT(struct ledger_balance, rows, i)->credit_minor, 0);
    }
}

CASE(an_account_statement_goes_from_opening_to_closing)
{
    struct scene scene;
    struct account_statement first, second;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    int32_t today = time_day(STAGE_NOW_MS);
    struct account_statement in = {
        .account = "receivable", .currency = "EUR", .from_day = today, .to_day = DAY_NONE};
    assert_result(
        stage, stage_perform(stage, scene.auditor, &show_account_statement_operation, &in, &first),
        OK);
    struct invoice invoice = bill(&scene, 0);
    assert_result(
        stage, stage_perform(stage, scene.auditor, &show_account_statement_operation, &in, &second),
        OK);
    assert_string_equal(second.name, "Trade receivables");
    assert_int_equal(second.opening_minor, first.opening_minor);
    assert_int_equal(second.closing_minor - first.closing_minor, TOTAL);
    assert_int_equal(second.movements.count, first.movements.count + 1);
    const struct ledger_movement *last =
        LIST_AT(struct ledger_movement, second.movements, second.movements.count - 1);
    assert_true(id_equal(last->entry_id, invoice.id));
    assert_int_equal(last->amount_minor, TOTAL);
    struct trial_balance balance = balance_on(&scene, DAY_NONE);
    assert_int_equal(second.closing_minor, balance_of(&balance, "receivable"));
    in.from_day = today + 1;
    in.to_day = today + 1;
    assert_result(
        stage, stage_perform(stage, scene.auditor, &show_account_statement_operation, &in, &first),
        OK);
    assert_int_equal(first.opening_minor, second.closing_minor);
    assert_int_equal(first.movements.count, 0);
    in.to_day = today;
    assert_result(
        stage, stage_perform(stage, scene.auditor, &show_account_statement_operation, &in, &first),
        ERROR_INVALID);
    in = (struct account_statement){.account = "petty_cash", .from_day = today, .to_day = today};
    assert_result(
        stage, stage_perform(stage, scene.auditor, &show_account_statement_operation, &in, &first),
        ERROR_NOT_FOUND);
}

CASE(the_books_are_closed_to_clients_and_to_those_who_do_not_keep_them)
{
    struct scene scene;
    struct trial_balance in = {.day = DAY_NONE};
    struct trial_balance out;
    struct subject subject;
    struct ledger_entry entry;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    subject.id = bill(&scene, 0).id;
    const struct actor actors[] = {scene.approver, scene.payer, scene.viewer, scene.manager};
    for (size_t i = 0; i < sizeof actors / sizeof *actors; i++) {
        assert_result(stage,
                      stage_perform(stage, actors[i], &show_trial_balance_operation, &in, &out),
                      ERROR_FORBIDDEN);
        assert_result(
            stage, stage_perform(stage, actors[i], &show_ledger_entry_operation, &subject, &entry),
            ERROR_FORBIDDEN);
    }
}

/* ---- reversing ----------------------------------------------------------------------------- */

static enum error reverse(struct scene *scene, struct id entry_id, struct ledger_entry *entry)
{
    struct reverse in = {entry_id, "a mistake"};
    return stage_perform(scene->stage, scene->finance, &reverse_ledger_entry_operation, &in, entry);
}

CASE(an_entry_is_reversed_together_with_what_it_records)
{
    struct scene scene;
    struct ledger_entry reversal;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    struct trial_balance before = balance_on(&scene, DAY_NONE);
    struct payment payment = pay(&scene, TOTAL, invoice.reference, ALLOCATE_AUTOMATICALLY);
    struct id allocation_id = LIST_AT(struct allocation, payment.allocations, 0)->id;
    assert_result(stage, reverse(&scene, payment.id, &reversal), ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "allocated");
    assert_result(stage, reverse(&scene, allocation_id, &reversal), OK);
    assert_int_equal(reversal.kind, ENTRY_REVERSAL);
    assert_true(id_equal(reversal.reverses_id, allocation_id));
    assert_int_equal(stored_invoice(&scene, invoice.id).state, INVOICE_ISSUED);
    assert_result(stage, reverse(&scene, allocation_id, &reversal), ERROR_WRONG_STATE);
    assert_result(stage, reverse(&scene, payment.id, &reversal), OK);
    assert_result(stage, reverse(&scene, payment.id, &reversal), ERROR_WRONG_STATE);
    struct trial_balance after = balance_on(&scene, DAY_NONE);
    assert_int_equal(balance_of(&after, "bank"), balance_of(&before, "bank"));
    assert_int_equal(balance_of(&after, "receivable"), balance_of(&before, "receivable"));
    assert_int_equal(balance_of(&after, "client_credit"), balance_of(&before, "client_credit"));
}

CASE(documents_and_reversals_are_not_reversed_in_the_books)
{
    struct scene scene;
    struct ledger_entry reversal, second;
    struct invoice note;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct invoice invoice = bill(&scene, 0);
    assert_result(stage, reverse(&scene, invoice.id, &reversal), ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "kind");
    struct issue_credit_note in = {.invoice_id = invoice.id, .reason = "r"};
    assert_result(
        stage, stage_perform(stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    assert_result(stage, reverse(&scene, note.id, &reversal), ERROR_WRONG_STATE);
    struct payment payment = pay(&scene, 5, NULL, ALLOCATE_NOTHING);
    assert_result(stage, reverse(&scene, payment.id, &reversal), OK);
    assert_result(stage, reverse(&scene, reversal.id, &second), ERROR_WRONG_STATE);
    assert_result(stage, reverse(&scene, scene.engagement.id, &second), ERROR_NOT_FOUND);
    struct reverse by_auditor = {payment.id, "r"};
    assert_result(
        stage,
        stage_perform(stage, scene.auditor, &reverse_ledger_entry_operation, &by_auditor, &second),
        ERROR_FORBIDDEN);
}

CASE(only_the_last_payment_of_a_refund_is_reversed)
{
    struct scene scene;
    struct refund refund;
    struct ledger_entry reversal;
    struct page page;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    struct payment payment = pay(&scene, 500, NULL, ALLOCATE_NOTHING);
    struct request_refund asked = {
        .payment_id = payment.id, .amount_minor = 500, .reason = "paid twice"};
    assert_result(
        stage, stage_perform(stage, scene.finance, &request_refund_operation, &asked, &refund), OK);
    struct pay_refund paid = {refund.id, time_day(STAGE_NOW_MS)};
    struct list_entries query = {.page.limit = 10,
                                 .source_id = refund.id,
                                 .kind = ENTRY_REFUND,
                                 .from_day = DAY_NONE,
                                 .to_day = DAY_NONE};
    for (int round = 0; round < 2; round++) {
        assert_result(
            stage, stage_perform(stage, scene.finance, &pay_refund_operation, &paid, &refund), OK);
        assert_result(
            stage,
            stage_perform(stage, scene.auditor, &list_ledger_entries_operation, &query, &page), OK);
        assert_int_equal(page.items.count, round + 1);
        struct id newest = LIST_AT(struct ledger_entry, page.items, page.items.count - 1)->id;
        struct id oldest = LIST_AT(struct ledger_entry, page.items, 0)->id;
        if (round == 1)
            assert_result(stage, reverse(&scene, oldest, &reversal), ERROR_WRONG_STATE);
        assert_result(stage, reverse(&scene, newest, &reversal), OK);
        assert_true(id_equal(reversal.reverses_id, newest));
    }
    assert_result(stage, reverse(&scene, refund.id, &reversal), OK);
    struct refund stored;
    get_row(stage, &refund_shape, refund.id, &stored);
    assert_int_equal(stored.state, REFUND_CANCELLED);
}

CASE(entries_are_listed_by_period)
{
    struct scene scene;
    struct page page;
    scene_set(&scene, *state, NULL);
    struct stage *stage = scene.stage;
    int32_t today = time_day(STAGE_NOW_MS);
    struct invoice invoice = bill(&scene, 0);
    struct list_entries query = {.page = {.limit = 200, .sort = "-id"},
                                 .kind = ENTRY_INVOICE,
                                 .currency = "EUR",
                                 .from_day = today,
                                 .to_day = today};
    assert_result(
        stage, stage_perform(stage, scene.auditor, &list_ledger_entries_operation, &query, &page),
        OK);
    assert_true(page.items.count > 0);
    const struct ledger_entry *entry = LIST_AT(struct ledger_entry, page.items, 0);
    assert_true(id_equal(entry->id, invoice.id));
    query.from_day = query.to_day = today - 1;
    assert_result(
        stage, stage_perform(stage, scene.auditor, &list_ledger_entries_operation, &query, &page),
        OK);
    assert_int_equal(page.items.count, 0);
}

STAGE_RUN(T(the_trial_balance_moves_with_every_change_of_money_and_balances),
          T(a_balance_of_an_earlier_day_leaves_out_what_came_later),
          T(an_account_statement_goes_from_opening_to_closing),
          T(the_books_are_closed_to_clients_and_to_those_who_do_not_keep_them),
          T(an_entry_is_reversed_together_with_what_it_records),
          T(documents_and_reversals_are_not_reversed_in_the_books),
          T(only_the_last_payment_of_a_refund_is_reversed), T(entries_are_listed_by_period),
          T(days_agree_with_postings))
